"""The switches of the LMS: what is different about it until somebody changes it back.

A new switch is a field here, with a default, and a line in `templates/switches.html`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, get_type_hints

WORDS_OF_BOOLEANS = {"true": True, "false": False}
"""How a form says what JSON has values for."""


STORAGE_FRAME = "leerhuis_storage"


class Profile(StrEnum):
    """Whose habits the services have; `profiles` says which those are."""

    STRICT = "strict"
    MOODLE = "moodle"
    CANVAS = "canvas"
    SLOW = "slow"
    FAILING = "failing"


class Storage(StrEnum):
    """Where the pages of the LMS keep values for tools whose browser keeps no cookies."""

    NONE = "none"
    PARENT = "parent"
    FRAME = "frame"
    ON_REQUEST = "on_request"  # in the frame, and no login says so: a page must ask (`lti.capabilities`)

    @property
    def is_beside(self) -> bool:
        """Whether a frame of its own keeps them, beside that of the tool."""
        return self in {Storage.FRAME, Storage.ON_REQUEST}

    @property
    def frame(self) -> str:
        """What `lti_storage_target` calls the frame that keeps them."""
        return STORAGE_FRAME if self.is_beside else "_parent"

    @property
    def login_fields(self) -> dict[str, str]:
        """What a login says of it (LTI OIDC Login with Client Side postMessages 0.1)."""
        is_told = self in {Storage.PARENT, Storage.FRAME}
        return {"lti_storage_target": self.frame} if is_told else {}


@dataclass(frozen=True)
class Switches:
    """How every switch stands. Each is a word of its kind, or on and off.

    profile: how the services behave.
    storage: where pages keep values for tools.
    guests: whether learners are guests: their launches do not say who they are.
    several_items, item_columns, content_data: whether a course takes more than one item at once, makes
        columns of them, and sends data along that has to come back (Deep Linking 2.0 section 4.4.1).
    """

    profile: Profile = Profile.STRICT
    storage: Storage = Storage.NONE
    guests: bool = False
    several_items: bool = True
    item_columns: bool = True
    content_data: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def changed(switches: Switches, said: object) -> Switches | None:
    """The switches after a form or a JSON object; None when it names what is no switch or no position."""
    if not isinstance(said, Mapping):
        return None
    kinds = get_type_hints(Switches)
    try:
        return replace(switches, **{name: _position(kinds[name], value) for name, value in said.items()})
    except (KeyError, ValueError):
        return None


def _position(kind: type, value: object) -> Any:
    """Raises KeyError or ValueError for what is no position of such a switch."""
    if kind is bool:
        return value if isinstance(value, bool) else WORDS_OF_BOOLEANS[str(value)]
    return kind(value)
