"""From choosing content in the LMS to a training that is on: within five minutes, and ten decisions at most.

How long a new user takes is put together from what a browser shows and what has to be done there. Every word
is read once, at 238 a minute (silent reading of non-fiction: Brysbaert 2019, doi 10.1016/j.jml.2019.104047).
Acting takes what the keystroke-level model says (Card, Moran and Newell 1980, doi 10.1145/358886.358895):
0.28 s a key for an average typist, 1.1 s to point, 0.2 s to press, 1.35 s to decide. Waiting is measured.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Frame, Page, expect

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from tests.browser import classroom
from tests.browser.classroom import press
from tests.browser.test_deep_links import COURSE, TRAINER, _as_it_was, add_activity
from tests.web.campus import Campus

__all__ = ["_as_it_was"]

pytestmark = pytest.mark.browser

READ, KEY, POINT, PRESS, DECIDE = 60 / 238, 0.28, 1.1, 0.2, 1.35
FIVE_MINUTES, MOST_DECISIONS = 300, 10
QUESTIONS = """() => {
  const shown = (each) => each.checkVisibility() && !each.closest('[aria-hidden=true]');
  const sets = [...document.querySelectorAll('main fieldset')].filter(shown);
  const alone = [...document.querySelectorAll('main :is(input, select, textarea):not([type=hidden])')]
    .filter((each) => shown(each) && !each.closest('fieldset'));
  return sets.length + alone.length;
}"""


@dataclass
class Effort:
    """What somebody reads, decides and does on the way, and how long they wait."""

    words: int = 0
    decisions: int = 0
    keys: int = 0
    presses: int = 0
    began: float = field(default_factory=time.monotonic)

    def read(self, place: Page | Frame) -> None:
        self.words += len(place.locator("body").inner_text().split())
        self.decisions += place.evaluate(QUESTIONS)

    def fill(self, place: Page | Frame, label: str, typed: str) -> None:
        place.get_by_role("textbox", name=label, exact=True).first.fill(typed)
        self.keys += len(typed)
        self.presses += 1

    def press(self, place: Page | Frame, name: str) -> None:
        press(place, name)
        self.presses += 1

    @property
    def seconds(self) -> float:
        acting = self.keys * KEY + self.presses * (POINT + PRESS) + self.decisions * DECIDE
        return self.words * READ + acting + time.monotonic() - self.began


@pytest.fixture
def effort() -> Iterator[Effort]:
    """What a new user spends; told at the end."""
    spent = Effort()
    yield spent
    print(f"{spent.words} words, {spent.decisions} decisions, {spent.keys} keys, {spent.presses} presses")


def test_a_new_trainer_has_a_training_on_within_five_minutes(
    tab: Page, campus: Campus, effort: Effort
) -> None:
    classroom.sign_in(tab, campus, TRAINER)
    effort.began = time.monotonic()
    tool = add_activity(tab, campus)
    effort.read(tool)
    for day, typed in (("Eerste dag", "15-12-2026"), ("Laatste dag", "18-12-2026")):
        effort.fill(tool, day, typed)
    effort.press(tool, "In leeromgeving zetten")
    tab.wait_for_url(f"**/courses/{COURSE}?added=*")
    effort.read(tab)
    tab.get_by_role("link", name="Voorbereiden").last.click()
    tool = classroom.in_frame(tab)
    effort.read(tool)

    expect(tool.get_by_role("heading", name="Deze training staat aan")).to_be_visible()
    print(f"{effort.seconds:.0f} s")
    assert effort.decisions <= MOST_DECISIONS
    assert effort.seconds < FIVE_MINUTES
    assert DeliveryStatus.FAILED not in {row.status for row in campus.all(Delivery)}
