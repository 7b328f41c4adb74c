"""Line items: the columns of the gradebook, and how a tool may describe one (AGS 2.0 section 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeGuard

from demo_lms import timestamps
from demo_lms.refusals import Refusal


class Owner(StrEnum):
    """Who made the column: the LMS together with an activity, or the tool by itself (AGS 2.0, 4.3)."""

    PLATFORM = "platform"
    TOOL = "tool"


@dataclass(frozen=True)
class Description:
    """What a line item says about itself. Empty text means that it says nothing."""

    label: str
    score_maximum: float
    resource_id: str = ""
    tag: str = ""
    link_id: str = ""
    starts_at: str = ""
    ends_at: str = ""

    def as_json(self) -> dict[str, Any]:
        """The members of the line item media type, apart from its id; what is empty stays out."""
        optional = {
            "resourceId": self.resource_id,
            "tag": self.tag,
            "resourceLinkId": self.link_id,
            "startDateTime": self.starts_at,
            "endDateTime": self.ends_at,
        }
        given = {name: value for name, value in optional.items() if value}
        return {"label": self.label, "scoreMaximum": self.score_maximum, **given}


@dataclass(frozen=True)
class LineItem:
    """One column of one course."""

    id: str
    course_id: str
    description: Description
    owner: Owner


def parse(body: Any) -> Description | Refusal:
    """The description in a POST or PUT (AGS 2.0 sections 3.2.5 to 3.2.13)."""
    if not isinstance(body, dict):
        return Refusal(400, "a line item is a JSON object")
    label, maximum = body.get("label"), body.get("scoreMaximum")
    if not isinstance(label, str) or not label.strip():
        return Refusal(400, "label is missing or blank")
    if not is_number(maximum) or maximum <= 0:
        return Refusal(400, "scoreMaximum must be a number above 0")
    wrong = _wrong_text(body)
    if wrong:
        return Refusal(400, wrong)
    return Description(
        label,
        maximum,
        *(body.get(name) or "" for name in TEXTS),
    )


TEXTS = ("resourceId", "tag", "resourceLinkId", "startDateTime", "endDateTime")
"""Optional members of a line item, in the order of `Description`."""


def _wrong_text(body: Mapping[str, Any]) -> str | None:
    for name in TEXTS:
        value = body.get(name)
        if value is not None and not isinstance(value, str):
            return f"{name} must be text"
        if value and name.endswith("DateTime") and timestamps.parse(value) is None:
            return f"{name} must be an ISO 8601 date and time with a zone"
    return None


def is_number(value: object) -> TypeGuard[float]:
    """Whether a JSON value is a number; `true` is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
