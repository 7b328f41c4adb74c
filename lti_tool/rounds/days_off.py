"""The days off that an organisation chooses: kept, and the letters to come moved along."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from lti_tool.domain.clock import Now
from lti_tool.models.organisations import Organisation
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import digests, enrolments, nudges, organisations

# So many people to a transaction: whoever answers a mail meanwhile does not wait for all of them.
TOGETHER = 500


def choose(work: Workplace, organisation_id: UUID, days: Collection[str], *, now: Now) -> str:
    """Takes these days off, in place of the former; what stands there now. Again does what was left undone.

    days: words of `holidays.OPTIONAL`.
    """
    with work.sessions.begin() as session:
        organisation = session.get_one(Organisation, organisation_id)
        organisations.take_off(session, organisation, days)
        chosen = organisation.extra_holidays
        people = enrolments.of_organisation(session, organisation_id, now.calendar.date())
        contacts = digests.of_organisation(session, organisation_id)
    for some in _portions(people):
        with work.sessions.begin() as session:
            nudges.replan(session, some, work.catalogue, now.calendar)
    for some in _portions(contacts):
        with work.sessions.begin() as session:
            digests.replan(session, some, now.calendar)
    return chosen


def _portions(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + TOGETHER] for start in range(0, len(ids), TOGETHER))
