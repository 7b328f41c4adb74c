"""Notices of platforms: one server talks to another, nobody is behind it."""

from collections.abc import Iterator

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from lti_tool.lti import notices as signed
from lti_tool.lti.notices import ContextCopied, NotForUs
from lti_tool.lti.refusals import RefusalReason, Refused
from lti_tool.rounds import lti_store, notices
from lti_tool.web import references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("notices", __name__, url_prefix="/lti")


@blueprint.post("/notices")
@open_to(Access.ANYONE)
def receive() -> ResponseReturnValue:
    """Keeps the sound notices and drops the others; the platform hears of the latter when none was sound."""
    sent = signed.parse(request.get_data())
    if sent is None:
        references.note("lti.notice", result="rejected", reason="malformed_request")
        abort(400)
    judged = list(_judged(sent))
    for outcome in judged:
        _take(outcome)
    refused = [outcome for outcome in judged if isinstance(outcome, Refused)]
    return "", _status(refused, len(judged))


def _judged(sent: list[str]) -> Iterator[ContextCopied | NotForUs | Refused]:
    """What they say. Where keys do not come, the rest is left: the platform is to send it all again.

    So nobody can make one request wait for one silent platform after the other.
    """
    store = lti_store.store(workplace())
    for text in sent:
        outcome = signed.judge(text, store, workplace().outgoing, now().real)
        yield outcome
        if _lacks_keys(outcome):
            return


def _take(outcome: ContextCopied | NotForUs | Refused) -> None:
    match outcome:
        case ContextCopied():
            is_new = notices.record(workplace(), outcome, now=now())
            result = "recorded" if is_new else "known"
            references.note("lti.notice", result=result, reg=outcome.registration_id)
        case NotForUs():
            references.note("lti.notice", result="ignored", type=outcome.type)
        case Refused():
            told = {"detail": outcome.detail or None, "iss": outcome.issuer, "client": outcome.client_id}
            references.note("lti.notice", result="rejected", reason=outcome.reason, **told)


def _status(refused: list[Refused], count: int) -> int:
    """Keys that could not be fetched are worth another try by the platform."""
    if any(map(_lacks_keys, refused)):
        return 503
    return 400 if refused and len(refused) == count else 200


def _lacks_keys(outcome: ContextCopied | NotForUs | Refused) -> bool:
    return isinstance(outcome, Refused) and outcome.reason is RefusalReason.KEYS_UNAVAILABLE
