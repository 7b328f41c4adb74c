"""A mail server that takes letters and then says nothing: how long none goes there.

Each letter that got no answer may have arrived, and so never goes again by itself. A server that hangs for an
hour must not make that of all that are due.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from lti_tool.models.deliveries import NO_ANSWER, Delivery, DeliveryStatus
from lti_tool.models.rounds import RoundRun

PAUSE = timedelta(minutes=1)
LONGEST = timedelta(hours=1)


def holds(session: Session, round_name: str, now: datetime) -> bool:
    """Whether letters wait: a minute after one without an answer, twice as long each time it happens again.

    Only what happened since a round last sent something counts. round_name: of the rounds that send.
    now: real clock.
    """
    last_success = session.scalar(
        select(RoundRun.started_at)
        .where(RoundRun.name == round_name, RoundRun.finished > 0, RoundRun.started_at <= now)
        .order_by(RoundRun.started_at.desc())
        .limit(1)
    )
    since = now - 2 * LONGEST
    first, last = session.execute(
        select(func.min(Delivery.finished_at), func.max(Delivery.finished_at)).where(
            Delivery.status == DeliveryStatus.UNKNOWN,
            # In the text of the statement: by it a database knows that the index of these few will do.
            Delivery.reason == literal(NO_ANSWER, literal_execute=True),
            Delivery.finished_at.between(max(since, last_success or since), now),
        )
    ).one()
    if first is None or last is None:
        return False
    # As long as it has been going on: so tries become rare, however many workers there are.
    return now < last + min(LONGEST, max(PAUSE, last - first))
