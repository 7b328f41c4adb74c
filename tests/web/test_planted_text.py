"""A marked text in every field that a person can fill: found where it belongs, and nowhere else.

The marks are words that nothing else holds, so a search for them finds every leak.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
import time_machine

from lti_tool.domain.instruments import Item, Shelf
from lti_tool.domain.item_types import if_then
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.logbook import Note
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import lti_store, scores
from lti_tool.services import entries, organisations
from tests.factories import ENDED_ON
from tests.web.about_people import ADMINISTRATOR, about, reviewing, unpacked
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
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
        self.letter(NEXT_TUESDAY)

    def letter(self, day):
        self.campus.go_to(day)
        self.letters += self.campus.deliver()
        return next(one for one in reversed(self.letters) if one.recipients == (ADDRESS,))

    def answer(self, url, said):
        assert self.campus.http.post(url, data=said).status_code == 303


@pytest.fixture
def story(campus, caplog):
    caplog.set_level("DEBUG")
    return Story(campus)


def test_the_marks_are_where_they_belong(story):
    """Without this, the other tests here could look for what was never written."""
    everything = set(story.fields.values())

    assert len(everything) >= 14
    assert everything - {mark("checkin.obstacle:line")} <= marks("\n".join(story.own_pages))
    assert {"zebraalsanders", "zebradananders", mark("post.cue")} <= marks(
        "\n".join(f"{letter.subject}\n{letter.text}" for letter in story.letters)
    )


def test_nothing_that_anybody_wrote_stands_in_the_bytes_of_the_database(story, campus, tmp_path):
    with closing(sqlite3.connect(tmp_path / "beklijf.db")) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    stored = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert busy == 0
    assert b"Doorvragen aan het loket" in stored["beklijf.db"]
    assert {name: marks(content) for name, content in stored.items() if marks(content)} == {}


def test_nothing_that_anybody_wrote_stands_in_a_log(story, caplog):
    # Not those of the tests' own browsers and of the LMS's mail server.
    theirs = ("httpx", "httpcore", "mail", "asyncio")
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    ours = [record for record in records if not record.name.startswith(theirs)]

    said = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in ours)
    assert "lti.launch result=opened" in said
    assert marks(said) == set()
    assert "1041" not in said


def test_letters_quote_only_the_own_sentence_and_cue_and_only_to_the_writer(story):
    own = [letter for letter in story.letters if letter.recipients == (ADDRESS,)]
    others = [letter for letter in story.letters if letter.recipients != (ADDRESS,)]
    allowed = {mark("post.if_then"), mark("post.if_then:then"), mark("post.cue"), *CHANGED.values()}

    quoted = marks("\n".join(text for one in own for text in (one.subject, one.text, one.html)))
    assert len(own) >= 3
    assert quoted - {"zebraadres"} <= allowed
    assert marks(" ".join(letter.subject for letter in own)) == {mark("post.cue")}
    assert others
    assert set().union(*(marks(letter.source) for letter in others)) == set()


def test_the_link_of_a_logbook_shows_nothing_that_anybody_wrote(story, campus):
    again = [campus.http.get(story.link), campus.http.get(f"{story.link}?kept=1")]
    answers = [*story.behind_link, *again]

    assert {answer.status_code for answer in answers} == {200}
    assert marks("".join(answer.text for answer in answers)) == set()


def test_the_gradebook_gets_completed_and_no_text(story, campus):
    cells = campus.http.get(f"{campus.lms.url}/api/gradebook").json()
    reported = [row for row in campus.all(Delivery) if row.kind is Kind.SCORE]

    assert {row.status for row in reported} == {DeliveryStatus.SENT}
    assert {cell["points"] for cell in cells} == {1}
    assert marks(repr(cells)) == set()


def test_who_teaches_sees_the_name_and_nothing_else(story, campus):
    browser = campus.sign_in(TRAINER)
    paths = ["", "dates", "set-up", "reflect/plan/1", "check-in", "logbook", "plan", "nowhere"]

    for role, link_id in product(["Instructor", ASSISTANT], [PREPARE, LOOK_BACK]):
        campus.next_role(role)
        page, cookie = browser.launch(link_id), campus.cookie_of(browser)
        seen = "".join(campus.http.get(page.url + path, headers=cookie).text for path in paths)

        assert marks(seen) == {"zebranaam", "zebradochter"}, (role, link_id)


def test_from_the_gradebook_and_from_a_question_about_data_the_name_is_seen_and_nothing_else(story, campus):
    seen = []
    for change in (reviewing("1041"), about("1041", roles=ADMINISTRATOR)):
        for link_id in (PREPARE, LOOK_BACK):
            browser = campus.sign_in(TRAINER)
            campus.next_claims(change)
            page = browser.launch(link_id)
            again = campus.http.get(page.url + "erase", headers=campus.cookie_of(browser))
            seen += [page.text, again.text]

    assert marks("".join(seen)) == {"zebranaam", "zebradochter"}


def test_what_somebody_takes_along_holds_every_word_of_theirs(story, campus):
    campus.next_claims(about())
    page, cookie = story.browser.launch(LOOK_BACK), campus.cookie_of(story.browser)

    file = campus.http.get(page.url + "download", headers=cookie)

    own = {*story.fields.values(), *CHANGED.values(), DRAFT, MANAGER, "zebranaam", "zebraadres"}
    for text in (unpacked(file)[0], json.dumps(unpacked(file)[1])):
        assert own - marks(text) == set()
        assert CONTACT not in text


def test_the_name_of_a_contact_is_read_by_who_named_it_and_after_a_yes_by_the_group(story, campus):
    url, cookie = story.of_trainer
    seen = {path: marks(campus.http.get(url + path, headers=cookie).text) for path in ("contacts", "")}
    invitation = next(one for one in story.letters if one.recipients == ("contacts@stad.example",))
    campus.http.post(link(invitation, "/k/").partition("?")[0], data={"answer": "yes"})
    _, page = campus.open("youssef")
    own, own_cookie = story.launch(LOOK_BACK).url, campus.cookie_of(story.browser)

    assert marks(campus.http.get(own + "leader", headers=own_cookie).text) >= {MANAGER}
    assert seen == {"contacts": {CONTACT}, "": {"zebranaam", "zebradochter"}}
    assert marks(page.text) == {CONTACT}


def test_another_learner_sees_nothing_of_it(story, campus):
    browser = campus.sign_in("youssef")
    seen = []
    for link_id, part in ((PREPARE, "short"), (LOOK_BACK, "plan")):
        page, cookie = browser.launch(link_id), campus.cookie_of(browser)
        paths = ["", "check-in", "logbook", "plan", *(f"reflect/{part}/{number}" for number in range(1, 6))]
        seen += [campus.http.get(page.url + path, headers=cookie).text for path in paths]

    assert marks("".join(seen)) == set()


def test_no_page_that_refuses_something_says_what_was_written(story, campus):
    page, cookie = story.launch(LOOK_BACK), campus.cookie_of(story.browser)
    url = link(story.letters[-1], "/m/").partition("?")[0]
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        ended = campus.http.post(page.url + "reflect/plan/1", headers=cookie, data={"post.task": DRAFT})
    big = {"post.task": "zebragroot" * 110_000}

    answers = [
        ended,
        campus.http.get(page.url),
        campus.http.post(page.url + "reflect/plan/1", headers=cookie, data=big),
        campus.http.post(page.url + "reflect/plan/9", headers=cookie, data={"post.task": "zebrafout"}),
        campus.http.get(f"{page.url}set-up?zebra=zebravraag", headers=cookie),
        campus.http.post("/c/zebratoken", data={"checkin.used": "zebraantwoord"}),
        campus.http.post(url, data={"choose": "zebrakeuze"}),
        campus.http.get("/zebrapad"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 413, 404, 403, 410, 422, 404]
    own_name = {"zebranaam", "zebradochter"}
    in_forms = {mark for answer in answers for mark in marks(re.sub(r'value="[^"]*"', "", answer.text))}
    assert in_forms <= own_name
