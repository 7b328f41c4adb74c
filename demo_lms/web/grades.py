"""The score and result services (AGS 2.0 sections 3.3 and 3.4)."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from demo_lms import endpoints, scores
from demo_lms.courses import Course
from demo_lms.gradebook import Grade
from demo_lms.people import Role
from demo_lms.refusals import Refusal
from demo_lms.scores import Score
from demo_lms.vocabulary import MediaType, Scope
from demo_lms.web import here
from demo_lms.web.line_items import found
from demo_lms.web.services import answer, guarded

ITEM = "/services/<course_id>/lineitems/<item_id>/lineitem"

grade_services = Blueprint("grades", __name__)


@grade_services.post(f"{ITEM}/scores", endpoint="scores")
@guarded(Scope.SCORE, takes=MediaType.SCORE)
def receive_score(course: Course, _deployment_id: str, item_id: str) -> Response | Refusal:
    """Take one score (section 3.4.1). Success is status 200 with an empty body, as in Moodle."""
    item, body = found(course, item_id), request.get_data()
    if isinstance(item, Refusal):
        return item
    if not scores.is_one_line(body):
        here.complain("scores", "the body has line breaks, which makes Moodle lose the score without a word")
        return Response("[]", content_type=MediaType.SCORE)
    score = scores.parse(body)
    if isinstance(score, Refusal):
        return score
    refused = _wrong_learner(course, score) or here.platform().gradebook.record(item, score)
    if refused is not None:
        return refused
    for oddity in scores.oddities(body, score, here.now()):
        here.complain("scores", oddity)
    return Response(content_type=f"{MediaType.SCORE}; charset=utf-8")


def _wrong_learner(course: Course, score: Score) -> Refusal | None:
    """Only learners of the course have a place in the gradebook; Moodle refuses anybody else."""
    learners = {person.id for person in here.platform().people if person.role is Role.LEARNER}
    if score.user_id in learners & course.member_ids:
        return None
    return Refusal(400, f"incorrect score received: {score.user_id} is no learner of this course")


@grade_services.get(f"{ITEM}/results", endpoint="results")
@guarded(Scope.RESULT_READ, gives=MediaType.RESULTS)
def tell_results(course: Course, deployment_id: str, item_id: str) -> Response | Refusal:
    """What stands in one column (section 3.3)."""
    item = found(course, item_id)
    if isinstance(item, Refusal):
        return item
    if "limit" in request.args:
        here.complain("results", "asked with limit, on which Moodle answers with an error page")
        return Response(render_template("crashed.html"), 404)
    wished = request.args.get("user_id")
    graded = [grade for grade in here.platform().gradebook.grades(item) if grade.points is not None]
    shown = [grade for grade in graded if wished in (None, grade.score.user_id)]
    return answer([_as_json(grade, deployment_id) for grade in shown], MediaType.RESULTS)


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
