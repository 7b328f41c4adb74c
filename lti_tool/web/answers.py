"""The pages behind a letter's question."""

from collections.abc import Callable, Sequence

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.answers import Answer
from lti_tool.rounds import letters
from lti_tool.services import responses
from lti_tool.services.links import Purpose
from lti_tool.web import asking, following_up, looking_back, mail_links, remembering, taking_along
from lti_tool.web.access import Access, open_to
from lti_tool.web.asking import Asking
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("answers", __name__, url_prefix="/c/<token>")


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def question(token: str) -> ResponseReturnValue:
    """The question of the letter, with the answer of its link chosen beforehand."""
    return _with(token, _question)


@blueprint.route("/look-back", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def look_back(token: str) -> ResponseReturnValue:
    """How the training was: the question of the letter to look back, or the second of one it shares."""
    return _with(token, looking_back.question)


@blueprint.get("/looked-back")
@open_to(Access.MAIL_LINK)
def looked_back(token: str) -> ResponseReturnValue:
    """That is kept."""
    return _with(token, looking_back.thanks)


@blueprint.route(following_up.ADDRESS, methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def more(token: str, name: str) -> ResponseReturnValue:
    """What follows on an answer."""
    return _after_answer(token, following_up.PAGES[name])


@blueprint.get("/thanks")
@open_to(Access.MAIL_LINK)
def thanks(token: str) -> ResponseReturnValue:
    """It is kept."""
    return _after_answer(token, _thanks)


def _question(found: Asking) -> ResponseReturnValue:
    is_asked = found.question.asks_about_plan
    return asking.question(found) if is_asked else redirect(found.url("look_back"), 303)


def _thanks(found: Asking) -> ResponseReturnValue:
    return asking.thanks(found, found.url("look_back") if looking_back.is_open(found) else None)


@blueprint.route("/recall", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def recall(token: str) -> ResponseReturnValue:
    """The questions about the content that the letter brought, and their answers."""
    return _with(token, remembering.page)


def _after_answer(token: str, page: Callable[[Asking], ResponseReturnValue]) -> ResponseReturnValue:
    def when_answered(found: Asking) -> ResponseReturnValue:
        return page(found) if found.question.check_in else redirect(found.url("question"), 303)

    return _with(token, when_answered)


def _with(token: str, page: Callable[[Asking], ResponseReturnValue]) -> ResponseReturnValue:
    """A page of the question of a link; one that leads to the course when the link is past or not ours."""
    is_post = request.method == "POST"
    delivery_id = workplace().row_of(Purpose.ANSWER, token)
    asked = responses.find(session(), delivery_id, to_change=is_post) if delivery_id else None
    if asked is None or delivery_id is None:
        return _past(None)
    learner = asked.learner
    g.reader_locale = learner.person.letter_locale
    g.organisation_id = learner.person.organisation_id
    course_url = letters.return_url(session(), learner)
    key = workplace().keyring.of([learner.person.key_id]).get(learner.person.key_id)
    if key is None or not responses.is_open(asked, now().calendar):
        return _past(course_url, taking_along.words(workplace().catalogue))
    own = workplace().token(Purpose.PREFERENCES, delivery_id)
    around = {
        "title": learner.track.title,
        "course_url": course_url,
        "preferences_url": url_for("preferences.choose", token=own),
    }
    return page(Asking(asked, key, lambda name: _address(name, token), around))


def _address(name: str, token: str) -> str:
    if name in following_up.PAGES:
        return url_for("answers.more", name=name, token=token)
    return url_for(f"answers.{name}", token=token)


def _past(course_url: str | None, typed: Sequence[Answer] = ()) -> ResponseReturnValue:
    """typed: what came along with a link of ours that is over; of any other link nothing is shown."""
    return mail_links.gone("link_expired", "answer", course_url=course_url, typed=typed)
