"""`retention run`: what the round of each hour does, told in numbers."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from lti_tool.cli.terms import WHAT
from lti_tool.domain.digests import OF_A_GROUP, over_after
from lti_tool.models.contacts import Contact
from lti_tool.models.invites import Invite
from lti_tool.services import invites
from lti_tool.services.invites import LIVES, NewInvite
from tests import factories, following

# The command reads the clock of the machine. Two days, so that a midnight in between changes nothing.
MARGIN = timedelta(days=2)
NOTHING_ELSE = "Past the term of their organisation:\n" + "".join(
    f"{matter}\t0\t{what}\n" for matter, what in WHAT.items()
)


def numbers(session):
    session.expire_all()
    found = [session.scalar(select(func.count()).select_from(model)) for model in (Contact, Invite)]
    session.commit()
    return found


def test_what_is_past_its_term_goes_once_and_is_counted_and_the_rest_stays(command, work, session):
    now = datetime.now(UTC)
    where = factories.place(work, session)
    following.confirmed(session, where)
    where.cohort.starts_on = where.cohort.ends_on = (now - over_after(OF_A_GROUP) - MARGIN).date()
    for made_at in (now, now - LIVES - MARGIN):
        invites.make(session, NewInvite(None, is_trusted=False), made_at)
    session.commit()

    first = command("retention", "run")
    second = command("retention", "run")

    assert first.exit_code == second.exit_code == 0
    assert first.output == (
        "Removed: 1 who followed a training, 1 invites to register, 0 choices that were never counted, "
        "0 links to somebody's words.\n" + NOTHING_ELSE
    )
    assert second.output == (
        "Removed: 0 who followed a training, 0 invites to register, 0 choices that were never counted, "
        "0 links to somebody's words.\n" + NOTHING_ELSE
    )
    assert numbers(session) == [0, 1]
