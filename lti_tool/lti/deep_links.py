"""The request to choose content for a course (LTI Deep Linking 2.0 section 4.4)."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lti_tool.lti import claims as names
from lti_tool.lti import messages, platform_links, roles, urls
from lti_tool.lti.claims import Claims
from lti_tool.lti.launches import Course
from lti_tool.lti.messages import Expected
from lti_tool.lti.refusals import Refusal, RefusalReason

RESOURCE_LINK = "ltiResourceLink"
MOST_ENTRIES = 50
LONGEST_RETURN_URL = 8192
"""Canvas puts a whole token into this address."""


@dataclass(frozen=True)
class Wanted:
    """What the platform takes back, and where.

    return_url: the whole address, session key and all: it is kept sealed, and never logged.
    several: whether more than one item may go back; None when the platform did not say.
    line_items: whether it makes a column for an item; None when it did not say.
    targets: where it can show an item, such as "iframe" or "window".
    creates_at_once: whether items are there without another question to the person.
    data: to be handed back unaltered; None when none was sent.
    first_day, last_day: of the course, as the platform has them (ISO 8601); empty when it does not say.
    """

    return_url: str = field(repr=False)
    types: frozenset[str]
    targets: frozenset[str]
    several: bool | None = None
    line_items: bool | None = None
    creates_at_once: bool = False
    data: object = field(default=None, repr=False)
    first_day: str = ""
    last_day: str = ""

    def as_text(self) -> str:
        """All of it in one text, to be kept."""
        members = {**vars(self), "types": sorted(self.types), "targets": sorted(self.targets)}
        return json.dumps(members)

    @classmethod
    def of_text(cls, text: str) -> "Wanted":
        """What `as_text` wrote."""
        members: dict[str, Any] = json.loads(text)
        return cls(
            **{**members, "types": frozenset(members["types"]), "targets": frozenset(members["targets"])}
        )

    @property
    def return_place(self) -> str:
        """The return address without its query: what may stand in a header."""
        return self.return_url.partition("#")[0].partition("?")[0]

    @property
    def takes_links(self) -> bool:
        """Whether there is anything that this tool can offer."""
        return RESOURCE_LINK in self.types

    @property
    def takes_several(self) -> bool:
        """One item is always welcome; more only where the platform says so."""
        return self.takes_links and self.several is True

    @property
    def takes_columns(self) -> bool:
        """What a platform does not speak of may work: it ignores what it does not know."""
        return self.line_items is not False


@dataclass(frozen=True)
class DeepLinking:
    """Somebody who edits a course is to choose what the tool adds to it. Who it is, is not kept.

    sub: who; None when the platform does not say.
    may_choose: whether their roles allow that; a request without roles leaves it to the platform.
    The rest as in `Launch`.
    """

    registration_id: UUID
    deployment_id: str
    issuer: str
    client_id: str
    may_choose: bool
    wanted: Wanted
    course: Course
    roster: str | None
    sub: str | None
    locale: str | None
    return_to: str | None
    frame_origins: frozenset[str]
    nonce_hash: str


def read(claims: Claims, expected: Expected, issuer: str, client_id: str) -> DeepLinking:
    """The request; raises Refusal. Who, as what and for which target may all be left out."""
    wanted = _wanted(claims, expected)
    if claims.value(names.TARGET_LINK_URI) is not None:
        messages.require_target(claims, expected.site)
    presentation = claims.section(names.LAUNCH_PRESENTATION) or Claims({})
    roster = messages.read_roster(claims)
    addresses = [wanted.return_place, presentation.value("return_url"), roster]
    return DeepLinking(
        registration_id=expected.registration_id,
        deployment_id=messages.read_deployment(claims, expected),
        issuer=issuer,
        client_id=client_id,
        may_choose=_may_choose(claims),
        wanted=wanted,
        course=messages.read_course(claims),
        roster=roster,
        sub=messages.read_subject(claims, allow_anonymous=True),
        locale=messages.read_locale(claims),
        return_to=messages.read_way_back(claims, expected.site),
        frame_origins=platform_links.origins(addresses, local=expected.site.local),
        nonce_hash=expected.nonce_hash,
    )


def _may_choose(claims: Claims) -> bool:
    """Roles are optional here (section 4.4.9): without any, the platform decided who may choose."""
    if claims.value(names.ROLES) is None:
        return True
    held = messages.read_roles(claims)
    return not held or roles.may_edit(held)


def _wanted(claims: Claims, expected: Expected) -> Wanted:
    settings = claims.section(names.DEEP_LINKING)
    if settings is None:
        raise Refusal(RefusalReason.BAD_CLAIM, "deep_linking_settings is missing")
    types = settings.texts("accept_types", RefusalReason.BAD_CLAIM, MOST_ENTRIES)
    if not types:
        raise Refusal(RefusalReason.BAD_CLAIM, "accept_types is empty")
    custom = messages.read_custom(claims)
    targets = settings.texts("accept_presentation_document_targets", RefusalReason.BAD_CLAIM, MOST_ENTRIES)
    return Wanted(
        return_url=_return_url(settings, expected),
        types=frozenset(types),
        targets=frozenset(targets),
        several=_flag(settings, "accept_multiple"),
        line_items=_flag(settings, "accept_lineitem"),
        creates_at_once=_flag(settings, "auto_create") is True,
        data=settings.value("data"),
        first_day=_day(custom.get("course_begin", "")),
        last_day=_day(custom.get("course_end", "")),
    )


def _day(text: str) -> str:
    """The day of a moment, where it was written; empty for what is none."""
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return ""


def _return_url(settings: Claims, expected: Expected) -> str:
    """Where the browser will post the response: never a script, and https but on this machine."""
    text = settings.value("deep_link_return_url")
    url = urls.read(text, longest=LONGEST_RETURN_URL)
    if url is None or not isinstance(text, str) or not urls.is_allowed(url, local=expected.site.local):
        raise Refusal(RefusalReason.BAD_CLAIM, "deep_link_return_url is no URL of a platform")
    return text


def _flag(settings: Claims, name: str) -> bool | None:
    """A truth value, also written as text, as in older messages; anything else says nothing."""
    value = settings.value(name)
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())
