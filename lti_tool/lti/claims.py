"""Reading the claims of a token: every value has a type and a length, or the launch is refused."""

import json
from collections.abc import Mapping
from itertools import islice

from lti_tool.lti.refusals import Refusal, RefusalReason

LONGEST_ID = 255
LONGEST_WORDING = 255
LONGEST_URL = 2048

_LTI = "https://purl.imsglobal.org/spec/lti/claim/"
VERSION = _LTI + "version"
MESSAGE_TYPE = _LTI + "message_type"
DEPLOYMENT_ID = _LTI + "deployment_id"
TARGET_LINK_URI = _LTI + "target_link_uri"
ROLES = _LTI + "roles"
RESOURCE_LINK = _LTI + "resource_link"
CONTEXT = _LTI + "context"
CUSTOM = _LTI + "custom"
LAUNCH_PRESENTATION = _LTI + "launch_presentation"
TOOL_PLATFORM = _LTI + "tool_platform"
FOR_USER = _LTI + "for_user"
NOTICE = _LTI + "notice"
ORIGIN_CONTEXTS = _LTI + "origin_contexts"
NOTIFICATIONS = _LTI + "platformnotificationservice"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"


class Claims:
    """One JSON object of a token. Its methods raise Refusal; unknown members are never looked at.

    JSON null means absent, and so does an empty list where an object belongs: PHP writes {} as [].
    """

    def __init__(self, members: Mapping[str, object]) -> None:
        self._members = members

    def value(self, name: str) -> object:
        """The claim as it came."""
        return self._members.get(name)

    def identifier(self, name: str, reason: RefusalReason) -> str:
        """A required text of 1 to 255 characters that names something, unchanged."""
        value = self.value(name)
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not is_clean(value):
            raise Refusal(reason, f"{_short(name)} must be a text of 1 to {LONGEST_ID} characters")
        return value

    def section(self, name: str, reason: RefusalReason = RefusalReason.BAD_CLAIM) -> "Claims | None":
        """An object; None when absent."""
        value = self.value(name)
        if value is None or value == []:
            return None
        if not isinstance(value, dict):
            raise Refusal(reason, f"{_short(name)} must be an object")
        return Claims(value)

    def texts(self, name: str, reason: RefusalReason, most: int) -> tuple[str, ...]:
        """A required list of texts, which may be empty."""
        value = self.value(name)
        if not isinstance(value, list) or len(value) > most:
            raise Refusal(reason, f"{_short(name)} must be a list of at most {most}")
        if not all(isinstance(one, str) and len(one) <= LONGEST_URL for one in value):
            raise Refusal(reason, f"{_short(name)} must hold texts")
        return tuple(value)

    def wording(self, name: str) -> str | None:
        """A text for people's eyes, on one line, cut to 255 characters; None when there is none.

        Not being fit to show is no reason to keep somebody out, so this refuses nothing.
        """
        value = self.value(name)
        if not isinstance(value, str):
            return None
        visible = "".join(c if c.isprintable() else " " for c in value)
        return " ".join(visible.split())[:LONGEST_WORDING].rstrip() or None

    def scalars(self, most: int, longest: int) -> dict[str, str]:
        """The members that are a text, number or truth value, as text. Empty and unfit ones are left out."""
        written = ((name, _written(value)) for name, value in self._members.items())
        fit = (
            (name, text)
            for name, text in written
            if 0 < len(text) <= longest and is_storable(text) and len(name) <= LONGEST_ID and is_clean(name)
        )
        return dict(islice(fit, most))


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, bool | int | float) else ""


def is_clean(text: str) -> bool:
    """Whether a text holds no line ends, control characters or halves of characters."""
    return is_storable(text) and not any(c < " " or c == "\x7f" for c in text)


def is_storable(text: str) -> bool:
    """Whether a text can be written to a database: no NUL, no halves of characters."""
    return not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1]
