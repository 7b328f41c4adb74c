"""Everybody who may come near the words of one learner, each with what they really hold: a visit, links."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lti_tool.domain.instruments import Shelf
from lti_tool.models.activities import Activity
from lti_tool.models.contacts import Contact, ContactKind
from lti_tool.models.courses import ResourceLink, Role
from lti_tool.models.deliveries import Delivery
from lti_tool.models.entries import Entry
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.models.logbook import Note
from lti_tool.models.reflections import LateDraft
from lti_tool.models.visits import Visit
from lti_tool.services import entries, visits
from lti_tool.services.links import Purpose
from tests import factories
from tests.web.buddies import EVERYTHING, YES, opened
from tests.web.campus import ASSISTANT, LOOK_BACK, OTHER_COURSE, TRAINER
from tests.web.follow import token
from tests.web.mail import link
from tests.web.planted import ADDRESS, Story, planted

RUNS_THE_PLATFORM = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
BUDDY = "buddy@stad.example"
AT_WORK = (Role.LEARNER, Role.TRAINER, Role.ADMINISTRATOR)


@dataclass
class Somebody:
    """Who asks. visit: the token in the path; None for who has none.

    links: tokens, by what their address begins with.
    """

    visit: str | None = None
    cookie: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


class Everybody:
    """The people of the matrix, by the name of their column, around the learner of a story."""

    def __init__(self, campus) -> None:
        self.campus, self.story = campus, Story(campus)
        page = self.story.launch(LOOK_BACK)
        self.url, self.cookie = page.url, campus.cookie_of(self.story.browser)
        campus.place(OTHER_COURSE)
        buddy, contact, leader = self._buddy(), self._asked("contacts"), self._asked("leader")
        for reader in ("trainer", "team"):
            self._show(f"plan/shown/{reader}")
        self.people = {
            "writer": self._writer(),
            "colleague": self._launched("youssef"),
            "buddy": buddy,
            "contact": contact,
            "leader": leader,
            "trainer": self._launched(TRAINER),
            "looks along": self._launched("noor", roles=[ASSISTANT]),
            "trainer elsewhere": self._launched("ravi", OTHER_COURSE, roles=["Instructor"]),
            "no part": self._launched("tjerk", roles=[]),
            "administrator": self._launched("emma", roles=[RUNS_THE_PLATFORM]),
            "visit ended": self._ended(),
            "nobody": Somebody(),
        }
        self.of_another_organisation = [self._elsewhere(role) for role in AT_WORK]
        other = self.of_another_organisation[0]
        self.people["other organisation"] = Somebody(self.people["writer"].visit, other.cookie)
        self.ids = self._ids()

    def _ids(self) -> dict[str, object]:
        """What belongs to the learner, and what to the learner's training, for each part of an address."""
        named = {row.kind: row.id for row in self.campus.all(Contact)}
        placed = next(row for row in self.campus.all(Activity) if row.link_id == self._link().id)
        begun_as, key = self._entry()
        return {
            "draft_id": self.campus.all(LateDraft)[0].id, "note_id": self.campus.all(Note)[0].id,
            "contact_id": named[ContactKind.BUDDY], "enrolment_id": self.story.of_sanne().id,
            "delivery_id": self._last_letter().id, "activity_id": placed.id, "track_id": placed.track_id,
            "key": key, "begun_as": begun_as, "item_id": "post.task",
        }  # fmt: skip

    def _entry(self) -> tuple[UUID, str]:
        """What the writer took up at will and wrote words in."""
        offered = entries.offered(self.campus.work.catalogue, Shelf.LEARNER)
        key = next(each.key for each in offered if planted(each.parts[0].items))
        found = select(Entry.begun_as).join(InstrumentVersion).where(InstrumentVersion.key == key)
        with self.campus.work.reading() as session:
            return session.scalars(found).one(), key

    def _link(self) -> ResourceLink:
        return next(row for row in self.campus.all(ResourceLink) if row.link_id == LOOK_BACK)

    def _last_letter(self) -> Delivery:
        own = [row for row in self.campus.all(Delivery) if row.enrolment_id == self.story.of_sanne().id]
        return max((row for row in own if row.message_id), key=lambda row: row.due_at)

    def _own(self, path: str = "", **typed):
        return self.campus.http.request(
            "POST" if typed else "GET", self.url + path, headers=self.cookie, data=typed or None
        )

    def _show(self, path: str) -> None:
        """The learner lets somebody read everything that can be shown."""
        answer = self._own(path, item=[*EVERYTHING], opened=opened(self._own, path))
        assert answer.status_code == 303, path

    def _writer(self) -> Somebody:
        assert self._own("calendar", make="1").status_code == 303
        own = [letter for letter in self.story.letters if letter.recipients == (ADDRESS,)]
        links = {}
        for begins in ("c", "m"):
            letter = next(one for one in reversed(own) if f"/{begins}/" in one.text)
            links[begins] = link(letter, f"/{begins}/").partition("?")[0].split("/")[4]
        feed = token(self.campus, Purpose.FEED, self.campus.only(CalendarFeed).id)
        links |= {"l": self.story.link.rsplit("/", 1)[1], "f": feed}
        return Somebody(self.url.split("/")[4], self.cookie, links)

    def _buddy(self) -> Somebody:
        typed = {"name": "Ingrid Postma", "address": BUDDY, "locale": "nl"}
        assert self._own("buddies", **typed).status_code == 303
        self.story.letters += self.campus.deliver()
        somebody = self._asked("buddy", "b")
        buddy = next(row for row in self.campus.all(Contact) if row.kind is ContactKind.BUDDY)
        self._show(f"buddies/{buddy.id}")
        return somebody

    def _asked(self, name: str, begins: str = "k") -> Somebody:
        """Whoever was mailed a question, and says yes."""
        letter = next(one for one in self.story.letters if one.recipients == (f"{name}@stad.example",))
        url = link(letter, f"/{begins}/").partition("?")[0].removesuffix("/stop")
        assert self.campus.http.post(url, data=YES).status_code == 303
        return Somebody(links={begins: url.rsplit("/", 1)[1]})

    def _launched(self, name: str, link_id: str = LOOK_BACK, **more) -> Somebody:
        browser, page = self.campus.open(name, link_id, **more)
        return Somebody(page.url.split("/")[4], self.campus.cookie_of(browser))

    def _ended(self) -> Somebody:
        """The learner, in a visit that was left alone for a day."""
        token_of_visit = self.story.launch(LOOK_BACK).url.split("/")[4]
        with self.campus.work.sessions.begin() as session:
            mark = visits.fingerprint(token_of_visit)
            visit = session.scalars(select(Visit).where(Visit.token_hash == mark)).one()
            visit.used_at, visit.launched_at = (
                moment - timedelta(days=1) for moment in (visit.used_at, visit.launched_at)
            )
        return Somebody(token_of_visit, self.campus.cookie_of(self.story.browser))

    def _elsewhere(self, role: Role) -> Somebody:
        """Somebody of another organisation on the same tool."""
        now, cookie = self.campus.work.now(), f"cookie-of-{role}"
        with self.campus.work.sessions.begin() as session:
            where = factories.place(self.campus.work, session, organisation=f"other-{role}", now=now)
            who = factories.learner(session, where, f"their-{role}", role=role, now=now)
            browser = visits.Browser(visits.fingerprint(cookie))
            opened_as = visits.open_visit(session, who.person, where.link, browser, now.real)
        return Somebody(opened_as, {"Cookie": f"beklijf_browser={cookie}"})
