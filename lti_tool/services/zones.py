"""Which clock on the wall counts for a person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort


def zone_of(person: Person, cohort: Cohort) -> ZoneInfo:
    """The person's time zone, else that of the cohort, which took the organisation's."""
    return ZoneInfo(person.time_zone or cohort.time_zone)


def today(person: Person, cohort: Cohort, now: datetime) -> date:
    """The person's local day (calendar clock)."""
    return now.astimezone(zone_of(person, cohort)).date()
