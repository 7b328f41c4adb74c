"""A marked text in every field that a person can fill: found where it belongs, and nowhere else.

The marks are words that nothing else holds, so a search for them finds every leak.
"""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import func, select

from config.settings import ROOT
from lti_tool.models.base import Base, SealedBytes
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from tests.web.about_people import ADMINISTRATOR, about, reviewing, unpacked
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER
from tests.web.mail import link
from tests.web.planted import ADDRESS, CHANGED, CONTACT, DRAFT, MANAGER, Story, mark, marks

# Sealed columns that no learner fills by themselves, with the test that plants a text there; none where they
# hold no words of anybody.
ELSEWHERE = {
    "ballot.choices": "",
    "content_selection.reply": "",
    "content_selection.request": "",
    "plan_reply.words": "tests/web/test_plan_replies.py::test_nobody_else_reads_an_answer",
    "recall_question.answer": "tests/web/test_recall_questions.py::"
    "test_a_trainer_writes_questions_which_are_kept_sealed",
    "recall_question.question": "tests/web/test_recall_questions.py::"
    "test_a_trainer_writes_questions_which_are_kept_sealed",
    "team_note.words": "tests/web/test_team_notes.py::"
    "test_the_words_stand_nowhere_in_the_bytes_of_the_stores",
}


@pytest.fixture
def story(campus, caplog):
    caplog.set_level("DEBUG")
    return Story(campus)


def test_the_marks_are_where_they_belong(story):
    """Without this, the other tests here could look for what was never written."""
    everything = set(story.fields.values())

    assert len(everything) >= 14
    # What a mail's page asks stands on the journey and in the own file.
    assert everything - story.of_answers <= marks("\n".join(story.own_pages))
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


def test_every_sealed_column_is_filled_by_the_story_or_said_to_be_elsewhere(story, campus):
    """A new column for words fails here until somebody plants a text in it, here or there."""
    sealed = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedBytes)
    ]
    with campus.work.reading() as session:
        empty = {
            str(column)
            for column in sealed
            if session.scalar(select(func.count()).where(column.is_not(None))) == 0
        }

    assert empty == set(ELSEWHERE)
    for text in ELSEWHERE.values():
        name, _, test = text.partition("::")
        assert not name or f"def {test}(" in (ROOT / name).read_text(encoding="utf-8")
