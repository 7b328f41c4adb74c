"""Reporting completed parts to gradebooks, on the rails of the letters. A score is harmless to repeat."""

from datetime import datetime, timedelta

from lti_tool.domain.clock import Now
from lti_tool.lti import grades
from lti_tool.lti.grades import NotSent, NotSentReason, Score, Sent
from lti_tool.lti.ports import Registration
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import crashes, deliver, line_items, lti_store, results
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import deliveries, rounds, scores
from lti_tool.services.deliveries import Claim
from lti_tool.services.scores import Report

NAME = "scores"
BATCH = 25
VERSION = "score-1"
LONGEST_BACK_OFF = timedelta(hours=6)


def run(work: Workplace, *, now: Now) -> int:
    """Sends the scores that are due; how many the gradebooks took."""
    clock = Ticking(now)
    with work.sessions.begin() as session:
        run_id = rounds.begin(session, NAME, now.real)
        deliveries.recover(session, now.real)
    sent = 0
    while clock.elapsed < deliver.AT_MOST:
        with work.sessions.begin() as session:
            claims = deliveries.claim(session, [Kind.SCORE], BATCH, deliver.lease(work), clock.now())
        if not claims:
            break
        sent += sum(_send_one(work, claim, clock) for claim in claims)
    with work.sessions.begin() as session:
        rounds.end(session, run_id, sent, clock.now().real)
    return sent


def _send_one(work: Workplace, claim: Claim, clock: Ticking) -> bool:
    identity = f"score-{claim.delivery_id}"
    try:
        return _report(work, claim, identity, clock)
    except Exception as error:
        crashes.note(NAME, claim.delivery_id, error)
        _put_aside(work, claim, identity, clock.now())
        return False


def _report(work: Workplace, claim: Claim, identity: str, clock: Ticking) -> bool:
    report = _prepare(work, claim, identity, clock.now())
    if report is None:
        return False
    registration = lti_store.Registrations(work).by_id(report.platform_id)
    if registration is None:
        _finish(work, claim, identity, DeliveryStatus.FAILED, "platform_removed", clock.now())
        return False
    result = _send(work, report, registration, clock)
    match result:
        case Sent():
            _finish(work, claim, identity, DeliveryStatus.SENT, None, clock.now(), result.timestamp)
        case NotSent(reason=NotSentReason.NOT_A_LEARNER):
            _finish(work, claim, identity, DeliveryStatus.SKIPPED, scores.LEFT_COURSE, clock.now())
        case NotSent(reason=NotSentReason.NO_LINE_ITEM):
            _finish(work, claim, identity, DeliveryStatus.SKIPPED, scores.NO_LINE_ITEM, clock.now())
        case NotSent(permanent=True):
            _finish(work, claim, identity, DeliveryStatus.FAILED, result.reason, clock.now())
        case NotSent():
            _retry(work, claim, identity, result, clock.now())
    return isinstance(result, Sent)


def _send(work: Workplace, report: Report, registration: Registration, clock: Ticking) -> Sent | NotSent:
    line_item = line_items.obtain(work, report, registration, clock)
    if isinstance(line_item, NotSent):
        return line_item
    score = Score(
        registration,
        report.deployment_id,
        line_item,
        report.sub,
        report.after,
        report.is_own_column or report.line_item_url is None,
        report.product_family,
    )
    result = grades.send_score(score, lti_store.store(work), work.outgoing, clock.now().real)
    return line_items.believe(work, report, result)


def _prepare(work: Workplace, claim: Claim, identity: str, now: Now) -> Report | None:
    """What to send, marked as being sent, with the moment that the gradebook may hear."""
    with work.sessions.begin() as session:
        delivery = deliveries.find_claimed(session, claim)
        if delivery is None:
            return None
        report = scores.report(session, delivery)
        if report is None:
            deliveries.skip(session, claim, scores.NO_LINE_ITEM, now.real)
        elif now.calendar.date() > delivery.last_on:
            deliveries.skip(session, claim, scores.GIVEN_UP, now.real)
            return None
        else:
            delivery.scored_at = grades.next_timestamp(report.after, now.real)
            session.flush()
            deliveries.mark_sending(session, claim, identity, VERSION, deliver.lease(work), now.real)
        return report


def _finish(
    work: Workplace,
    claim: Claim,
    identity: str,
    status: DeliveryStatus,
    reason: str | None,
    now: Now,
    scored_at: datetime | None = None,
) -> None:
    with work.sessions.begin() as session:
        deliveries.finish(session, claim.delivery_id, identity, status, reason, now.real)
        if scored_at is not None:
            session.get_one(Delivery, claim.delivery_id).scored_at = scored_at


def _put_aside(work: Workplace, claim: Claim, identity: str, now: Now) -> None:
    """Lets a score wait long after a crash, before it was marked as being sent or after."""
    until = now.real + LONGEST_BACK_OFF
    with work.sessions.begin() as session:
        if not deliveries.release(session, claim, "crashed", until):
            deliveries.retry(session, claim.delivery_id, identity, "crashed", until)


def _retry(work: Workplace, claim: Claim, identity: str, result: NotSent, now: Now) -> None:
    with work.sessions.begin() as session:
        delivery = session.get(Delivery, claim.delivery_id)
        # Gone meanwhile: whose score it is was erased.
        attempts = delivery.attempts if delivery else 1
        pause = max(results.BACK_OFF * 2 ** min(attempts - 1, 10), result.wait or timedelta())
        retry_at = now.real + min(pause, LONGEST_BACK_OFF)
        deliveries.retry(session, claim.delivery_id, identity, result.reason, retry_at)
