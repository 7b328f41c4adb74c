"""The platform: everything one running LMS knows, and what tests may ask of it."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from demo_lms import claims, copies, courses, habits, other_claims
from demo_lms.authorization import Authority, Granted
from demo_lms.claims import TIME_ZONE, Message
from demo_lms.complaints import Complaints
from demo_lms.content import ContentRequests
from demo_lms.courses import Course, Courses, ResourceLink
from demo_lms.faults import Faults
from demo_lms.gradebook import Gradebook
from demo_lms.habits import Habits
from demo_lms.keys import KeySet
from demo_lms.mailbox import Mailbox
from demo_lms.notices import Handlers
from demo_lms.openings import OneTimeValues, Opening, Openings, Purpose, Target
from demo_lms.people import PEOPLE, Person, Role
from demo_lms.registering import RegistrationTokens
from demo_lms.registration import Registration
from demo_lms.sign_ins import SignIns
from demo_lms.switches import Switches
from demo_lms.tokens import Tokens
from demo_lms.tools import Tool, Tools

NextToken = Callable[[dict[str, Any], dict[str, Any]], str | None]
"""Changes the claims and the header of one launch in place, or returns a token to send instead."""


class Platform:
    """The state of the LMS, in memory only: it ends with the process.

    switches: how the LMS is different now; replaced as a whole.
    next_token: set by a test that wants a bad launch; used for the next id_token and then forgotten.
    is_installed: whether the tool is there from the start, with activities in each course, or an
        administrator adds it.
    """

    def __init__(
        self, registration: Registration, today: date | None = None, *, is_installed: bool = True
    ) -> None:
        self._given = registration
        self.tools = Tools(*([Tool(registration, "Beklijf")] if is_installed else []))
        self.registration_tokens = RegistrationTokens()
        self.today = today or datetime.now(TIME_ZONE).date()
        self.people = PEOPLE
        members = frozenset(person.id for person in PEOPLE if person.role is not Role.ADMINISTRATOR)
        self.courses = Courses(courses.seeded(self.today, members, has_activities=is_installed))
        self.gradebook = Gradebook(link for course in self.courses.all() for link in course.links)
        self.keys = KeySet()
        self.complaints = Complaints()
        self.mailbox = Mailbox(self.complaints)
        self.openings, self.nonces, self.assertion_ids = Openings(), OneTimeValues(), OneTimeValues()
        self.authority = Authority(self.tools, self.openings, self.nonces)
        self.tokens, self.sign_ins, self.faults = Tokens(), SignIns(), Faults()
        self.switches = Switches()
        self.notice_handlers = Handlers()
        self.content_requests, self.content_nonces = ContentRequests(), OneTimeValues()
        self.next_token: NextToken | None = None

    @property
    def registration(self) -> Registration:
        """That of the first tool that may be opened; the one given from the start while there is none."""
        return next((tool.registration for tool in self.tools.active()), self._given)

    @property
    def habits(self) -> Habits:
        """What is peculiar to the kind of LMS that this is now."""
        return habits.of(self.switches.profile)

    def person(self, name: str) -> Person:
        """Somebody by id or username. Raises LookupError for a stranger."""
        for person in self.people:
            if name in (person.id, person.username):
                return person
        raise LookupError(f"Nobody here is called {name}.")

    def link(self, link_id: str) -> ResourceLink:
        """An activity by id. Raises LookupError when there is none."""
        link = self.courses.find_link(link_id)
        if link is None:
            raise LookupError(f"There is no activity {link_id}.")
        return link

    def add_link(self, link: ResourceLink) -> None:
        """A new activity, with its column when it is graded."""
        self.courses.add_link(link)
        self.gradebook.add_column(link)

    def copy_course(self, course: Course, trainer: Person) -> Course:
        """The same course again with only this trainer in it; its graded activities get their columns."""
        copy = copies.copied(course, self.courses, trainer.id)
        self.courses.add(copy)
        for link in copy.links:
            self.gradebook.copy_column(link)
        return copy

    def claims_for(
        self,
        person: Person,
        link: ResourceLink,
        *,
        nonce: str | None = None,
        deployment_id: str | None = None,
        now: datetime | None = None,
    ) -> dict[str, Any]:
        """The claims of a launch without a browser; the nonce is a fresh one unless it is given."""
        deployment = deployment_id or self.registration.deployment_ids[0]
        opening = Opening("none", person, link, deployment, Target.IFRAME)
        message = self._message(opening, nonce or secrets.token_urlsafe(16), secrets.token_hex(12))
        return claims.written(message, self._opened(opening), now or datetime.now(UTC))

    def header(self) -> dict[str, Any]:
        """The header of an id_token signed now."""
        return {"typ": "JWT", "alg": "RS256", "kid": self.keys.current.kid}

    def sign(self, claims: Any, header: dict[str, Any] | None = None) -> str:
        """An id_token of these claims, signed by this LMS whatever they say."""
        return self.keys.current.sign(claims, self.header() if header is None else header)

    def id_token(self, granted: Granted, session_key: str, now: datetime) -> str:
        """The id_token that answers a request that held; `next_token` may spoil it."""
        written, header = self._written(granted, session_key, now), self.header()
        spoil, self.next_token = self.next_token, None
        replacement = spoil(written, header) if spoil is not None else None
        return self.sign(written, header) if replacement is None else replacement

    def rotate_keys(self, *, keep_old: bool = True) -> str:
        """Sign with a new key; returns its kid."""
        return self.keys.rotate(keep_old=keep_old).kid

    def _written(self, granted: Granted, session_key: str, now: datetime) -> dict[str, Any]:
        """The claims of whatever was opened, as the switches stand."""
        opening, registration = granted.opening, self._opened(granted.opening)
        if opening.purpose is Purpose.PRIVACY:
            return other_claims.about_data(opening, registration, granted.nonce, self.habits, now)
        written = claims.written(self._message(opening, granted.nonce, session_key), registration, now)
        if opening.purpose is Purpose.REVIEW and opening.for_user:
            return other_claims.of_a_review(written, opening.for_user)
        is_guest = self.switches.guests and opening.person.role is Role.LEARNER
        return other_claims.of_a_guest(written) if is_guest else written

    def _opened(self, opening: Opening) -> Registration:
        found = self.tools.of_deployment(opening.deployment_id)
        if found is None:
            raise LookupError(f"No tool here has the deployment {opening.deployment_id}.")
        return found

    def _message(self, opening: Opening, nonce: str, session_key: str) -> Message:
        course = self.courses.find(opening.link.course_id)
        if course is None:
            raise LookupError(f"There is no course {opening.link.course_id}.")
        column = self.gradebook.column_of(opening.link)
        column_id = column.id if column else None
        return Message(opening, course, nonce, session_key, column_id, self.habits)
