"""Which clock on the wall counts for a person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort


def zone_of(person: Person, cohort: Cohort) -> ZoneInfo:
    """The person's time zone, else that of the cohort, which took the organisation's."""
    return ZoneInfo(person.time_zone or cohort.time_zone)


def today_anywhere(person: Person, office: str, now: datetime) -> date:
    """The person's local day, whatever they take part in (calendar clock).

    office: the zone of who has none, as an IANA key.
    """
    return now.astimezone(ZoneInfo(person.time_zone or office)).date()


def today(person: Person, cohort: Cohort, now: datetime) -> date:
    """The person's local day (calendar clock)."""
    return now.astimezone(zone_of(person, cohort)).date()
