"""Who is in a course (LTI Names and Role Provisioning Services 2.0 section 2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.domain.rosters import Extent
from lti_tool.lti import members, pages, service_calls, web_links
from lti_tool.lti.access_tokens import Service
from lti_tool.lti.launches import ROSTER_SCOPE
from lti_tool.lti.members import Member
from lti_tool.lti.outgoing import Answer, Outgoing
from lti_tool.lti.ports import Registration, Store
from lti_tool.lti.refusals import Refusal
from lti_tool.lti.service_calls import TEMPORARY, Failure, failure

MEDIA_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
PAGE = 100
"""Members that a page should hold; a hint. Without it Canvas gives ten, and Moodle everybody at once."""

MOST_PAGES = 50
MOST_MEMBERS = 5000


class NotReadReason(StrEnum):
    """Why there is no roster, when the service did answer or was never asked."""

    NO_ADDRESS = "no_address"
    NOBODY = "nobody"  # somebody launched, so a list of nobody is none


@dataclass(frozen=True)
class Place:
    """Where a roster is. url: as the signed claims of a launch said.

    differences: where to ask what changed since the last time, as the platform said then.
    """

    registration: Registration
    deployment_id: str
    url: str
    differences: str | None = None


@dataclass(frozen=True)
class Roster:
    """Members, each once. differences: where to ask next time what changed since; None for nowhere."""

    members: tuple[Member, ...]
    extent: Extent
    differences: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether this is everybody."""
        return self.extent is Extent.WHOLE


@dataclass(frozen=True)
class NotRead:
    """Nothing that can be used came back. status: of the platform's answer, None when there was none."""

    reason: NotReadReason | Failure
    status: int | None = None

    @property
    def permanent(self) -> bool:
        """Whether reading the same again is of no use."""
        return self.reason is not NotReadReason.NOBODY and self.reason not in TEMPORARY


@dataclass(frozen=True)
class Page:
    """Some members. unnamed: how many came without an id. next, differences: addresses that it names."""

    members: list[Member]
    unnamed: int
    next: str | None
    differences: str | None


def read(place: Place, store: Store, outgoing: Outgoing, now: datetime) -> Roster | NotRead:
    """What changed, where the platform tells; else all pages. now: on the real clock."""
    if place.differences is not None:
        changes = _read(place, place.differences, store, outgoing, now)
        if isinstance(changes, Roster) and changes.is_complete:
            return Roster(changes.members, Extent.CHANGES, changes.differences)
        if isinstance(changes, NotRead) and not changes.permanent:
            return changes
    first = pages.with_parameters(place.url, limit=PAGE)
    if first is None:
        return NotRead(NotReadReason.NO_ADDRESS)
    whole = _read(place, first, store, outgoing, now)
    return whole if isinstance(whole, NotRead) or whole.members else NotRead(NotReadReason.NOBODY)


def _read(place: Place, first: str, store: Store, outgoing: Outgoing, now: datetime) -> Roster | NotRead:
    found_pages = _pages(place, first, store, outgoing, now)
    if isinstance(found_pages, NotRead):
        return found_pages
    found: dict[str, Member] = {}
    for member in (member for page in found_pages for member in page.members):
        found[member.sub] = members.merged(found[member.sub], member) if member.sub in found else member
    # Who came without an id may be anybody, so then nobody can be said to be missing.
    is_whole = found_pages[-1].next is None and not any(page.unnamed for page in found_pages)
    # The first page's: what changes while the others are read is told again.
    differences = next((page.differences for page in found_pages if page.differences), None)
    return Roster(tuple(found.values()), Extent.WHOLE if is_whole else Extent.PART, differences)


def _pages(place: Place, first: str, store: Store, outgoing: Outgoing, now: datetime) -> list[Page] | NotRead:
    """The pages, as many as may be: the rest of too long a roster stays unread."""
    found: list[Page] = []
    reader = pages.Reader(place.url, lambda url: _get(place, url, store, outgoing, now))
    for read in reader.read(first, MOST_PAGES):
        page = read if isinstance(read, NotRead) else _page(read)
        if isinstance(page, NotRead):
            return page
        found.append(page)
        if sum(len(one.members) for one in found) >= MOST_MEMBERS:
            break
    return found or NotRead(NotReadReason.NO_ADDRESS)


def _get(place: Place, url: str, store: Store, outgoing: Outgoing, now: datetime) -> Answer | NotRead:
    service = Service(place.registration, place.deployment_id, frozenset({ROSTER_SCOPE}))
    answer = service_calls.call(
        service, lambda token: outgoing.get(url, MEDIA_TYPE, token), store, outgoing, now
    )
    if isinstance(answer, Failure):
        return NotRead(answer)
    return answer if answer.status == 200 else NotRead(failure(answer), answer.status)


def _page(read: pages.Page) -> Page | NotRead:
    content = read.answer.content
    entries = content.get("members") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        return NotRead(Failure.BROKEN, read.answer.status)
    try:
        listed = [members.read(entry) for entry in entries]
    except Refusal:
        return NotRead(Failure.BROKEN, read.answer.status)
    named = [member for member in listed if member is not None]
    differences = web_links.find(read.answer, "differences", read.url)
    return Page(named, len(listed) - len(named), read.next, differences)
