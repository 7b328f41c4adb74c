"""A learner with a plan, the letters that come, and what stands behind their links."""

import re
from dataclasses import dataclass, field
from datetime import date

from demo_lms.letters import Letter
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services import links
from lti_tool.services.links import Purpose
from tests import factories
from tests.factories import ENDED_ON, Learner, Place
from tests.web.campus import Campus

MONDAY, THURSDAY, NEXT_TUESDAY = date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 15)


@dataclass
class Mail:
    """One learner's letters about one training that ended on a Friday; the own day is the Thursday after."""

    campus: Campus
    locale: str = "nl"
    where: Place = field(init=False)
    who: Learner = field(init=False)

    def __post_init__(self) -> None:
        self.campus.go_to(ENDED_ON, 16)
        self.where = self.campus.place(ends_on=ENDED_ON)
        now = self.campus.work.now()
        with self.campus.work.sessions.begin() as session:
            self.who = factories.learner(session, self.where, "1041", now=now, locale=self.locale)
            factories.plan(session, self.where, self.who, own_on=THURSDAY, now=now)

    def on(self, day: date) -> Letter:
        """The one letter that comes on a day."""
        self.campus.go_to(day)
        (letter,) = self.campus.deliver()
        return letter

    def planned(self) -> dict[tuple[str, int], date]:
        """The letters that are still to come: their days, by step and occurrence."""
        return {
            (row.step, row.occurrence): row.due_on
            for row in self.campus.all(Delivery)
            if row.status is DeliveryStatus.PLANNED
        }

    def token(self, purpose: Purpose, row_id: object) -> str:
        """A token as only the tool can make it."""
        return links.token(self.campus.work.settings.secret_key.get_secret_value(), purpose, row_id)


def link(letter: Letter, having: str) -> str:
    """The link in the text of a letter that holds this."""
    found = [url for url in re.findall(r"https?://\S+", letter.text) if having in url]
    assert found, letter.text
    return found[0]
