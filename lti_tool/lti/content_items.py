"""What the tool offers a course: links with their columns and windows (Deep Linking 2.0 section 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lti_tool.lti.deep_links import RESOURCE_LINK, Wanted

LONGEST_TITLE = 255
"""Moodle drops an item with a longer one without a word."""

LONGEST_LABEL = 100
REVIEWABLE = ("Submitted", "Completed")
"""States of a learner's work in which there may be something to look at (Submission Review 1.0)."""

TARGETS = ("iframe", "window")
"""Where an item may open, the best first."""

_NO_TAGS = str.maketrans("<>", "‹›")


@dataclass(frozen=True)
class Column:
    """The line item of a link. A whole maximum from 1 to 100 is what every platform takes."""

    label: str
    resource_id: str
    tag: str
    score_maximum: int = 1


@dataclass(frozen=True)
class Window:
    """From when until when. None: no bound on that side."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class LinkItem:
    """One link. submission: when learners' work is expected."""

    title: str
    text: str
    url: str
    custom: Mapping[str, str] = field(default_factory=dict)
    column: Column | None = None
    submission: Window = Window()


def written(item: LinkItem, wanted: Wanted) -> dict[str, object]:
    """An item as the platform takes it; what has no value, or would be ignored, is left out."""
    members: dict[str, object] = {
        "type": RESOURCE_LINK,
        "title": plain(item.title, LONGEST_TITLE),
        "text": plain(item.text, LONGEST_TITLE),
        "url": item.url,  # Blackboard refuses an item without one
        "custom": dict(item.custom),
        "submission": _window(item.submission),
        **_target(wanted),
    }
    if item.column is not None and wanted.takes_columns:
        members["lineItem"] = _column(item.column)
    return {name: value for name, value in members.items() if value not in ("", {}, None) or name in TARGETS}


def plain(text: str, longest: int) -> str:
    """A text without anything that looks like a tag: Moodle takes those out. Cut at a length."""
    cut = " ".join(text.translate(_NO_TAGS).split())
    return cut if len(cut) <= longest else cut[: longest - 1].rstrip() + "…"


def _column(column: Column) -> dict[str, object]:
    members = {
        "label": plain(column.label, LONGEST_LABEL),
        "scoreMaximum": column.score_maximum,
        "resourceId": column.resource_id,
        "tag": column.tag,
        "submissionReview": {"reviewableStatus": list(REVIEWABLE)},
    }
    return {name: value for name, value in members.items() if value != ""}


def _window(window: Window) -> dict[str, str]:
    ends = {"startDateTime": window.starts_at, "endDateTime": window.ends_at}
    return {name: _moment(moment) for name, moment in ends.items() if moment is not None}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _target(wanted: Wanted) -> dict[str, object]:
    """In the page where the platform can; Canvas opens what names a window too in a new tab."""
    accepted = next((target for target in TARGETS if target in wanted.targets), None)
    return {} if accepted is None else {accepted: {}}
