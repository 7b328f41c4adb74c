"""The score and result services (AGS 2.0 sections 3.3 and 3.4)."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from demo_lms import endpoints, paging, scores
from demo_lms.courses import Course
from demo_lms.gradebook import Grade
from demo_lms.habits import Habits
from demo_lms.line_items import LineItem
from demo_lms.people import Role
from demo_lms.refusals import Refusal
from demo_lms.scores import Score
from demo_lms.vocabulary import MediaType, Scope
from demo_lms.web import here
from demo_lms.web.line_items import found
from demo_lms.web.services import answer, guarded, next_link

ITEM = "/services/<course_id>/lineitems/<item_id>/lineitem"

grade_services = Blueprint("grades", __name__)


@grade_services.post(f"{ITEM}/scores", endpoint="scores")
@guarded(Scope.SCORE, takes=MediaType.SCORE)
def receive_score(course: Course, deployment_id: str, item_id: str) -> Response | Refusal:
    """Take one score (section 3.4.1)."""
    item, body, habits = found(course, item_id), request.get_data(), here.platform().habits
    if isinstance(item, Refusal):
        return item
    if habits.hides_refusals and not scores.is_one_line(body):
        here.complain("scores", "the body has line breaks, which makes Moodle lose the score without a word")
        return Response("[]", content_type=MediaType.SCORE)
    score = scores.parse(body)
    if isinstance(score, Refusal):
        return score
    refused = _wrong_learner(course, score) or here.platform().gradebook.record(item, score, habits)
    if refused is not None:
        return _said(refused, habits)
    for oddity in scores.oddities(body, score, here.now()):
        here.complain("scores", oddity)
    return _taken(item, score, deployment_id, habits)


def _said(refused: Refusal, habits: Habits) -> Response | Refusal:
    """Moodle says why in its status line, and "[]" in the body."""
    if not habits.hides_refusals:
        return refused
    here.complain("scores", refused.reason)
    return Response("[]", refused.status, content_type=MediaType.SCORE)


def _taken(item: LineItem, score: Score, deployment_id: str, habits: Habits) -> Response:
    """Success: nothing, or in Canvas the address of the result."""
    if not habits.tells_result:
        return Response(content_type=f"{MediaType.SCORE}; charset=utf-8")
    registration = here.platform().registration
    url = endpoints.result(registration, item.course_id, item.id, deployment_id, score.user_id)
    return answer({"resultUrl": url}, MediaType.SCORE)


def _wrong_learner(course: Course, score: Score) -> Refusal | None:
    """Only learners of the course have a place in the gradebook."""
    learners = {person.id for person in here.platform().people if person.role is Role.LEARNER}
    if score.user_id in learners & course.member_ids:
        return None
    status = here.platform().habits.unknown_learner
    return Refusal(status, f"incorrect score received: {score.user_id} is no learner of this course")


@grade_services.get(f"{ITEM}/results", endpoint="results")
@guarded(Scope.RESULT_READ, gives=MediaType.RESULTS)
def tell_results(course: Course, deployment_id: str, item_id: str) -> Response | Refusal:
    """What stands in one column (section 3.3)."""
    item = found(course, item_id)
    if isinstance(item, Refusal):
        return item
    if here.platform().habits.crashes_on_limit and "limit" in request.args:
        here.complain("results", "asked with limit, on which Moodle answers with an error page")
        return Response(render_template("crashed.html"), 404)
    window = paging.parse(request.args, here.platform().habits)
    if isinstance(window, Refusal):
        return window
    wished = request.args.get("user_id")
    graded = [grade for grade in here.platform().gradebook.grades(item) if grade.points is not None]
    shown = [grade for grade in graded if wished in (None, grade.score.user_id)]
    response = answer([_as_json(grade, deployment_id) for grade in window.entries(shown)], MediaType.RESULTS)
    after = window.after(shown)
    if after is not None:
        url = endpoints.results(here.platform().registration, course.id, item_id, deployment_id)
        response.headers["Link"] = f'<{next_link(url, after)}>; rel="next"'
    return response


def _as_json(grade: Grade, deployment_id: str) -> dict[str, Any]:
    """One result (section 3.3.4)."""
    registration, item, score = here.platform().registration, grade.item, grade.score
    entry = {
        "id": endpoints.result(registration, item.course_id, item.id, deployment_id, score.user_id),
        "userId": score.user_id,
        "resultScore": grade.points,
        "resultMaximum": item.description.score_maximum,
        "scoreOf": endpoints.line_item(registration, item.course_id, item.id, deployment_id),
        "timestamp": score.timestamp.isoformat(timespec="seconds"),
    }
    return entry | ({"comment": score.comment} if score.comment else {})
