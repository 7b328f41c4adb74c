"""The page of a trainer on whether a training works."""

from collections.abc import Iterator
from typing import Any

from lti_tool.domain.retention import LENGTH
from lti_tool.models.courses import Course
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.models.tracks import Cohort
from lti_tool.services import catalogue
from lti_tool.services.health import Column, Missed, Reached, Undelivered
from lti_tool.web.paging import Pages
from tests.web.sample_settings import TRACK, TRAINER, item_of
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, Page

REASONS = (
    "unreachable", "not_allowed", "no_line_item", "quietly_refused", "later_score_stands", "being_sought",
    "given_up", "asked_again", "platform_removed", "crashed",
)  # fmt: skip
ITEMS = [
    (item_of(AN_ID, "Voorbereiden", "pre"), Column.NAMED),
    (item_of(AN_ID, "Terugkijken", "mid", 1), Column.FOUND),
    (item_of(AN_ID, "Terugkijken", "mid", 2), Column.TO_FIND),
    (item_of(AN_ID, "Plan maken", "post"), Column.NONE),
    (item_of(AN_ID, "Plan maken", "post"), Column.GONE),
]


def pages() -> Iterator[Page]:
    """All of them."""
    yield Page("trainer_health", _shown(), "well")
    late = [
        Undelivered("Bram de Vries", "post", None, reason, waits=False, tried_at=NOW) for reason in REASONS
    ]
    late.append(Undelivered(None, "mid", 2, "unreachable", waits=True, tried_at=NOW))
    missed = [
        Missed("Fatima Aydin", has_left=False, has_address=True, is_refused=True, was_seen=True),
        Missed(None, has_left=False, has_address=False, is_refused=False, was_seen=False),
        Missed("Bram de Vries", has_left=True, has_address=True, is_refused=False, was_seen=True),
    ]
    ill = {"late": late, "missed": missed, "undelivered": 61, "reached": Reached(12, 1, 1, 1, 1, 3)}
    yield Page("trainer_health", _shown(**ill, notice="scores_again"), "with scores")
    yield Page("trainer_health", _shown(**ill, can_edit=False, score_pages=Pages(2, 3)), "only looking")
    for reason in ("no_address", "unreachable", "crashed", "not_allowed", "not_found"):
        yield Page("trainer_health", _shown(roster_problem=reason, notice="scores_rest"), f"roster {reason}")
    gone = _shown(roster_problem="not_found", can_edit=False)
    yield Page("trainer_health", gone, "roster not_found, only looking")
    yield Page("trainer_health", _shown(course=Course(roster_url=None)), "without a roster")
    soon = Course(roster_url="https://lms.example/nrps", roster_read_at=None)
    yield Page("trainer_health", _shown(course=soon), "a roster to read")
    yield from _of_administrator()


def _of_administrator() -> Iterator[Page]:
    """Of somebody who runs the platform: settings and numbers."""
    names = {"missed", "late", "pages", "score_pages", "can_edit", "notice", "title"}
    numbers = {key: value for key, value in _shown().items() if key not in names}
    cohorts = [Cohort(id=AN_ID, number=1, name="", starts_on=TODAY, ends_on=TODAY)]
    standing = {
        "visit": {**TRAINER, "role": "administrator"},
        "track": TRACK,
        "is_removed": False,
        "cohorts": cohorts,
        "meetings": {AN_ID: (TODAY,)},
        "window": LENGTH,
        "cadence": catalogue.load().cadence("standard"),
    }
    yield Page("administrator", {**numbers, **standing}, "well")
    cohorts_of_two = [
        *cohorts,
        Cohort(id=AN_ID, number=2, name="Groep Noord", starts_on=TODAY, ends_on=TODAY),
    ]
    ill = {
        "is_removed": True,
        "reached": Reached(12, 1, 1, 1, 1, 3),
        "cohorts": cohorts_of_two,
        "undelivered": 61,
        "roster_problem": "unreachable",
    }
    yield Page("administrator", {**numbers, **standing, **ill}, "with problems")
    for reason in ("not_allowed", "not_found"):
        there = {**numbers, **standing, "roster_problem": reason}
        yield Page("administrator", there, f"roster {reason}")


def _shown(**shown: Any) -> dict[str, Any]:
    around = {
        "visit": TRAINER,
        "title": TITLE,
        "platform": Platform(id=AN_ID, issuer="https://lms.waterhoek.example", client_id="beklijf-1"),
        "deployment": Deployment(deployment_id="1", product_family="moodle"),
        "course": Course(roster_url="https://lms.example/nrps", roster_read_at=NOW),
        "roster_problem": None,
        "columns": ITEMS,
        "reached": Reached(12),
        "undelivered": 0,
        "missed": [],
        "late": [],
        "pages": Pages(1, 1),
        "score_pages": Pages(1, 1),
        "can_edit": True,
        "notice": None,
    }
    return {**around, **shown}
