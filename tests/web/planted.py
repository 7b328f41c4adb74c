"""A learner who fills in everything that can be filled in, with a marked text in each field."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import time_machine

from lti_tool.domain.instruments import Item, Shelf
from lti_tool.domain.item_types import if_then
from lti_tool.models.logbook import Note
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import lti_store, scores
from lti_tool.services import entries, organisations
from tests.factories import ENDED_ON
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, write
from tests.web.mail import MONDAY, NEXT_TUESDAY, THURSDAY, link

NAME, ADDRESS, DRAFT = "Zebranaam Zebradochter", "zebraadres@gemeente.example", "zebralatekladtekst"
CONTACT, MANAGER = "zebracontact", "zebrachef"
CHANGED = {"post.if_then": "zebraalsanders", "post.if_then:then": "zebradananders"}


def mark(field: str) -> str:
    """The marked text of one field."""
    return "zebra" + re.sub(r"\W", "", field)


def marks(found: str | bytes) -> set[str]:
    """The marked texts in a text."""
    words = found.decode(errors="replace") if isinstance(found, bytes) else found
    return set(re.findall(r"zebra\w+", words.lower()))


def planted(items: Iterator[Item]) -> dict[str, str]:
    """A marked text for every field of items that takes text."""
    fields = {}
    for item in items:
        if item.type.is_typed:
            fields[item.id] = mark(item.id)
        if item.type is if_then.TYPE:
            fields[f"{item.id}:then"] = mark(f"{item.id}:then")
        if any(option.with_line for option in item.options):
            fields[f"{item.id}:line"] = mark(f"{item.id}:line")
    return fields


class Story:
    """One learner fills everything that can be filled, from preparation to the last answer."""

    def __init__(self, campus) -> None:
        self.campus = campus
        catalogue = campus.work.catalogue
        of_pre, of_post = (planted(catalogue.latest(key).parts[0].items) for key in ("pre", "post"))
        self.fields = {**of_pre, **of_post}
        self.letters, self.own_pages = [], []
        lti_store.make_first_key(campus.work, campus.work.now().real)
        campus.go_to(ENDED_ON, 16)
        campus.place(PREPARE, instrument="pre", ends_on=ENDED_ON)
        campus.place(LOOK_BACK, ends_on=ENDED_ON)
        campus.open("youssef")
        self.browser = campus.sign_in("sanne")
        self.write(PREPARE, {**of_pre, "pre.share_trainer": "no"})
        self.write(LOOK_BACK, {**of_post, "post.task_on": THURSDAY.isoformat()})
        self.leave_a_draft()
        self.keep_a_logbook()
        self.take_up_what_there_is()
        self.name_others()
        self.follow_up()
        scores.run(campus.work, now=campus.work.now())

    def launch(self, link_id):
        """The learner opens an activity under the marked name and address."""
        self.campus.next_claims(lambda claims: claims.update(name=NAME, email=ADDRESS))
        return self.browser.launch(link_id)

    def write(self, link_id, said):
        page = write(self.browser, self.launch(link_id), said)
        cookie = self.campus.cookie_of(self.browser)
        part = "short" if link_id == PREPARE else "plan"
        steps = [self.campus.http.get(f"{page.url.partition('?')[0]}reflect/{part}/{n}", headers=cookie)
                 for n in range(1, 6)]  # fmt: skip
        self.own_pages += [page.text, *(step.text for step in steps)]

    def leave_a_draft(self):
        page, cookie = self.launch(LOOK_BACK), self.campus.cookie_of(self.browser)
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
            self.campus.http.post(page.url + "reflect/plan/1", headers=cookie, data={"post.task": DRAFT})

    def keep_a_logbook(self):
        """A note, with all that can be added."""
        page, cookie = self.launch(LOOK_BACK), self.campus.cookie_of(self.browser)
        noted = planted(self.campus.work.catalogue.latest("logbook").part("note").items)
        assert self.campus.http.post(page.url + "logbook", headers=cookie, data=noted).status_code == 303
        self.own_pages.append(self.campus.http.get(page.url + "logbook", headers=cookie).text)
        self.fields |= noted
        self.keep_with_the_plan(page.url, cookie)
        self.write_by_the_link(page.url, cookie, {name: f"{words}link" for name, words in noted.items()})
        self.own_pages.append(self.campus.http.get(page.url + "logbook", headers=cookie).text)

    def keep_with_the_plan(self, url, cookie):
        """The note stands on the page of the plan too."""
        path, taking_part = f"logbook/{self.campus.only(Note).id}/plan", self.of_sanne()
        kept = self.campus.http.post(url + path, headers=cookie, data={"add": str(taking_part.id)})
        assert kept.status_code == 303
        self.own_pages.append(self.campus.http.get(url + "plan", headers=cookie).text)

    def of_sanne(self):
        """Her taking part in the training."""
        (person,) = [one for one in self.campus.all(Person) if one.sub == "1041"]
        return next(one for one in self.campus.all(Enrolment) if one.person_id == person.id)

    def write_by_the_link(self, url, cookie, noted):
        """Another note, by the link of the logbook; and one that is too long, which stays where it is."""
        made = self.campus.http.post(f"{url}logbook/link", headers=cookie, data={"make": "1"})
        self.link = re.search(r'bk-ref--long">([^<]+)<', made.text)[1]
        answer = self.campus.http.post(self.link, data=noted)
        assert answer.status_code == 303
        self.behind_link = [self.campus.http.get(url) for url in (answer.headers["Location"], self.link)]
        assert self.campus.http.post(self.link, data={"log.note": "zebrateveel" * 200}).status_code == 422
        self.fields |= {f"link {name}": words for name, words in noted.items()}

    def take_up_what_there_is(self):
        """Every page of everything that a learner may take up at will."""
        page, cookie = self.launch(LOOK_BACK), self.campus.cookie_of(self.browser)
        for asked in entries.offered(self.campus.work.catalogue, Shelf.LEARNER):
            url = f"{page.url}instruments/{asked.key}/{uuid4()}"
            for number, step in enumerate(asked.parts[0].steps, start=1):
                typed = planted(step.items) or {step.items[0].id: step.items[0].options[0].id}
                answer = self.campus.http.post(f"{url}/{number}", headers=cookie, data=typed)
                assert answer.status_code == 303
                self.fields |= planted(step.items)
            self.own_pages.append(self.campus.http.get(url, headers=cookie).text)

    def name_others(self):
        """The trainer names a contact, and the learner a manager."""
        with self.campus.work.sessions.begin() as session:
            organisations.allow_mail(session, organisations.find(session, "default"), ["stad.example"])
        browser, page = self.campus.open(TRAINER)
        self.of_trainer = page.url, self.campus.cookie_of(browser)
        own = self.launch(LOOK_BACK).url, self.campus.cookie_of(self.browser)
        for name, path, (url, cookie) in ((CONTACT, "contacts", self.of_trainer), (MANAGER, "leader", own)):
            typed = {"name": name, "address": f"{path}@stad.example", "locale": "nl"}
            assert self.campus.http.post(url + path, headers=cookie, data=typed).status_code == 303

    def follow_up(self):
        """Monday's letter changes the plan, Thursday's names an obstacle and another day."""
        url = link(self.letter(MONDAY), "/c/").partition("?")[0]
        self.answer(url, {"checkin.plan": "change"})
        self.answer(f"{url}/change", CHANGED)
        url = link(self.letter(THURSDAY), "/c/").partition("?")[0]
        self.answer(url, {"checkin.used": "not_yet"})
        self.fields["checkin.obstacle:line"] = mark("checkin.obstacle:line")
        self.answer(f"{url}/obstacle", {"checkin.obstacle:line": mark("checkin.obstacle:line")})
        self.answer(f"{url}/date", {"checkin.new_date": NEXT_TUESDAY.isoformat()})
        url = link(self.letter(NEXT_TUESDAY), "/c/").partition("?")[0]
        self.answer(url, {"checkin.used": "used"})
        brought = {name: mark(name) for name in ("checkin.brought", "checkin.noticed")}
        self.answer(f"{url}/brought", brought)
        self.fields |= brought
        self.of_answers = {mark("checkin.obstacle:line"), *brought.values()}

    def letter(self, day):
        self.campus.go_to(day)
        self.letters += self.campus.deliver()
        return next(one for one in reversed(self.letters) if one.recipients == (ADDRESS,))

    def answer(self, url, said):
        assert self.campus.http.post(url, data=said).status_code == 303
