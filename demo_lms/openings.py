"""Openings: an activity that somebody opened, from that click until the launch."""

import json
import secrets
import threading
from dataclasses import dataclass
from enum import StrEnum

from demo_lms.content import ContentRequest
from demo_lms.courses import ResourceLink
from demo_lms.people import Person
from demo_lms.registration import Registration


class Target(StrEnum):
    """Where the tool is shown (LTI Core 1.3 section 5.4.4)."""

    IFRAME = "iframe"
    WINDOW = "window"


class Purpose(StrEnum):
    """What somebody opens the tool for; each is a message of its own."""

    ACTIVITY = "activity"
    REVIEW = "review"  # one person's result, from the gradebook
    PRIVACY = "privacy"  # what is kept of somebody, or in general


NO_LINK = ResourceLink("0", "", "Gegevens", "", graded=False)
"""Where the tool is opened from the LMS itself, from no course."""


@dataclass(frozen=True)
class Opening:
    """One click on one activity. Its id is known to the LMS and, within the hint, to the tool.

    for_user: whom a review or a question about data is about.
    content: what is asked of the tool instead, when somebody adds an activity.
    """

    id: str
    person: Person
    link: ResourceLink
    deployment_id: str
    target: Target = Target.IFRAME
    purpose: Purpose = Purpose.ACTIVITY
    for_user: str | None = None
    content: ContentRequest | None = None

    @property
    def message_hint(self) -> str:
        """The `lti_message_hint`: JSON, as Moodle's is, to be handed back unaltered (LTI Core 1.3, 4.1.2)."""
        return json.dumps({"cmid": int(self.link.id), "launchid": self.id}, separators=(",", ":"))

    def login_fields(self, registration: Registration) -> dict[str, str]:
        """The form fields of the third-party-initiated login (LTI Core 1.3 section 4.1, as Moodle sends)."""
        return {
            "iss": registration.issuer,
            "target_link_uri": registration.launch_url,
            "login_hint": self.person.id,
            "lti_message_hint": self.message_hint,
            "client_id": registration.client_id,
            "lti_deployment_id": self.deployment_id,
        }


class Openings:
    """The openings that have not become a launch. Each can be taken once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Opening] = {}

    def add(
        self,
        person: Person,
        link: ResourceLink,
        deployment_id: str,
        target: Target,
        purpose: Purpose = Purpose.ACTIVITY,
        for_user: str | None = None,
        content: ContentRequest | None = None,
    ) -> Opening:
        identity = f"ltilaunch{link.id}_{secrets.randbelow(10**10)}"
        opening = Opening(identity, person, link, deployment_id, target, purpose, for_user, content)
        with self._lock:
            self._open[opening.id] = opening
        return opening

    def find(self, message_hint: str) -> Opening | None:
        """The opening that this hint stands for; None for a used, altered or invented hint."""
        try:
            launch_id = json.loads(message_hint)["launchid"]
        except (ValueError, KeyError, TypeError):
            return None
        with self._lock:
            opening = self._open.get(launch_id) if isinstance(launch_id, str) else None
        return opening if opening is not None and opening.message_hint == message_hint else None

    def take(self, opening: Opening) -> bool:
        """Whether this is the first time; from now on the hint is worth nothing."""
        with self._lock:
            return self._open.pop(opening.id, None) is not None


class OneTimeValues:
    """Values that may be seen once: nonces and the ids of client assertions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: set[str] = set()

    def accept(self, value: str) -> bool:
        """Whether `value` was never seen before; it has been from now on."""
        with self._lock:
            is_new = value not in self._seen
            self._seen.add(value)
        return is_new
