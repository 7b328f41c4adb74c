"""JSON for tests and for the unattended journey."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from demo_lms.complaints import Complaint
from demo_lms.courses import Course
from demo_lms.letters import Letter
from demo_lms.line_items import LineItem, is_number
from demo_lms.people import Person
from demo_lms.smtp import REPLIES, Behaviour, MailServer, Mode
from demo_lms.web import here

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/mails")
def mails() -> list[dict[str, Any]]:
    """The mails that arrived, oldest first; with `?after=N` those that came after mail N."""
    return [_mail(letter) for letter in here.platform().mailbox.after(request.args.get("after", 0, int))]


@api.get("/gradebook")
def gradebook() -> list[dict[str, Any]]:
    """One entry for every learner and column in which something arrived."""
    platform = here.platform()
    return [
        _cell(course, item, person)
        for course in platform.courses.all()
        for item in platform.gradebook.items(course.id)
        for person in platform.people
        if platform.gradebook.grade(item, person.id) is not None
    ]


@api.get("/complaints")
def complaints() -> list[dict[str, str]]:
    """What the LMS holds against the tool, oldest first."""
    return [_complaint(complaint) for complaint in here.platform().complaints.all()]


@api.get("/courses")
def courses() -> list[dict[str, Any]]:
    return [_course(course) for course in here.platform().courses.all()]


@api.post("/courses/<course_id>/members")
def change_member(course_id: str) -> ResponseReturnValue:
    """Let somebody leave a course or come (back) to it: {"person": "emma", "is_member": false}."""
    platform, body = here.platform(), request.get_json(silent=True) or {}
    try:
        person, is_member = platform.person(body["person"]), bool(body["is_member"])
        change = platform.courses.admit if is_member else platform.courses.withdraw
        change(course_id, person.id)
    except (LookupError, TypeError):
        return {"error": "the course, person or is_member is missing or unknown"}, 400
    return courses()


@api.get("/smtp")
def smtp() -> dict[str, Any]:
    """How the SMTP server behaves now."""
    return asdict(_mail_server().behaviour)


@api.post("/smtp")
def behave() -> ResponseReturnValue:
    """Make the SMTP server behave otherwise.

    {"mode": "ok"}, {"mode": "down"}, {"mode": "slow", "seconds": 3}, or
    {"mode": "refuse", "address": "a@b.example", "code": 550}: 550 (the default) is for good, 451 for now.
    """
    behaviour = _asked_behaviour(request.get_json(silent=True))
    if behaviour is None:
        return {"error": "mode, seconds, address or code is missing or unknown"}, 400
    _mail_server().behave(behaviour)
    return smtp()


def _asked_behaviour(body: Any) -> Behaviour | None:
    if not isinstance(body, dict) or body.get("mode") not in list(Mode):
        return None
    mode, seconds = Mode(body["mode"]), body.get("seconds", 0)
    if not is_number(seconds) or seconds < 0 or (mode is Mode.SLOW and seconds == 0):
        return None
    if mode is not Mode.REFUSE:
        return Behaviour(mode, float(seconds))
    address, code = body.get("address"), body.get("code", 550)
    if not isinstance(address, str) or not address or code not in REPLIES:
        return None
    return Behaviour(mode, refused={address.lower(): code})


def _mail_server() -> MailServer:
    server = current_app.extensions["mail_server"]
    if not isinstance(server, MailServer):
        raise LookupError("This LMS runs without a mail server.")
    return server


def _mail(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.number,
        "received_at": letter.received_at.isoformat(),
        "from": letter.sender,
        "recipients": list(letter.recipients),
        "subject": letter.subject,
        "message_id": letter.message_id,
        "headers": [list(header) for header in letter.headers],
        "text": letter.text,
        "html": letter.html,
    }


def _cell(course: Course, item: LineItem, person: Person) -> dict[str, Any]:
    grade = here.platform().gradebook.grade(item, person.id)
    if grade is None:
        raise LookupError(f"Nothing arrived for {person.id} in {item.id}.")
    return {
        "course_id": course.id,
        "line_item_id": item.id,
        "link_id": item.description.link_id,
        "label": item.description.label,
        "user_id": person.id,
        "username": person.username,
        "points": grade.points,
        "maximum": item.description.score_maximum,
        "activity_progress": grade.score.activity_progress,
        "grading_progress": grade.score.grading_progress,
        "comment": grade.score.comment,
        "timestamp": grade.score.timestamp.isoformat(),
    }


def _complaint(complaint: Complaint) -> dict[str, str]:
    return {
        "at": complaint.at.isoformat(),
        "endpoint": complaint.endpoint,
        "reason": complaint.reason,
    }


def _course(course: Course) -> dict[str, Any]:
    members = [person for person in here.platform().people if person.id in course.member_ids]
    return {
        "id": course.id,
        "label": course.label,
        "title": course.title,
        "meetings": [meeting.isoformat() for meeting in course.meetings],
        "links": [
            {"id": link.id, "title": link.title, "graded": link.graded, "path": f"/activities/{link.id}"}
            for link in course.links
        ],
        "members": [
            {"id": person.id, "username": person.username, "name": person.name, "role": person.role}
            for person in members
        ],
    }
