"""What changes while somebody writes: told plainly, and what they typed is still there.

A part or a question that its trainer removed, a page that closed, a thing that is gone already.
"""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete

from lti_tool.models.activities import Activity
from lti_tool.models.contacts import Contact
from lti_tool.models.logbook import Note
from lti_tool.models.reflections import LateDraft, Reflection
from lti_tool.models.tracks import Track
from lti_tool.services import recalls
from lti_tool.services.recalls import Words
from tests.web.campus import LOOK_BACK
from tests.web.follow import TYPED, asking, set_up
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.remembering import ASKED, intensive
from tests.web.tables import dump

WORDS = "Eerst luisteren <b>&</b> dan שלום\U0001f680"
SCAN = "instruments/climate/00000000-0000-4000-8000-000000000009"


@pytest.fixture
def learner(campus):
    set_up(campus)
    return asking(campus, "sanne")


def is_told(page, caplog, *lines):
    """Whether a page says these lines, in Dutch, with what was typed and a reference that is in the log."""
    text = html.unescape(page.text)
    (reference,) = set(re.findall(r"BK-\w{4}-\w{4}", text))
    assert '<html lang="nl"' in page.text
    assert all(line in text for line in lines)
    assert html.escape(WORDS, quote=False) in page.text
    assert reference in caplog.text
    return True


def test_a_part_that_its_trainer_removes_while_somebody_writes_in_it(campus, caplog):
    campus.place(LOOK_BACK)
    learner = asking(campus, "sanne")
    with campus.work.sessions.begin() as session:
        session.execute(delete(Activity))

    answer = learner("reflect/plan/1", **{"post.task": WORDS})

    assert answer.status_code == 404
    assert is_told(answer, caplog, "Dit onderdeel zit niet meer in uw training", "Dit is niet bewaard.")
    assert "/v/" in re.search(r'class="nl-button[^>]*href="([^"]*)"', answer.text)[1]
    assert campus.all(Reflection) == []


def test_what_others_send_is_shown_to_nobody(campus):
    answer = campus.http.post("/v/forged/logbook", data={"log.note": WORDS})
    behind = campus.http.post("/c/forged/brought", data={"checkin.brought": WORDS})

    assert (answer.status_code, behind.status_code) == (404, 410)
    assert "luisteren" not in answer.text + behind.text


def test_a_note_that_was_removed_on_another_page_becomes_a_new_one(campus, learner):
    learner("logbook", **{"log.note": "Femke leest hardop."})
    note = f"logbook/{campus.only(Note).id}"
    learner(note, remove="1")

    answer = learner(note, **{"log.note": WORDS})

    assert answer.status_code == 409
    assert "Uw tekst staat hier nog" in answer.text
    assert html.escape(WORDS, quote=False) in answer.text
    (page,) = re.findall(r'name="page" value="([^"]*)"', answer.text)
    assert learner("logbook", page=page, **{"log.note": WORDS}).status_code == 303
    assert len(campus.all(Note)) == 1


def test_a_note_that_is_removed_twice_is_gone_once(campus, learner):
    learner("logbook", **{"log.note": "Femke leest hardop."})
    note = f"logbook/{campus.only(Note).id}"

    answers = [learner(note, remove="1") for _ in range(2)]

    assert [one.headers["Location"].rpartition("=")[2] for one in answers] == ["note_removed"] * 2


@pytest.mark.parametrize("path", ["buddies", "leader"])
def test_who_is_taken_back_twice_is_taken_back_once(campus, learner, path):
    learner(path, **TYPED)
    remove = f"{path}/{campus.only(Contact).id}/remove"

    answers = [learner(remove, sent="1") for _ in range(2)]

    assert [one.headers["Location"].rpartition("=")[2] for one in answers] == ["removed"] * 2


@pytest.mark.parametrize("button", ["take", "drop"])
def test_a_draft_that_is_settled_twice_is_settled_once(campus, learner, button):
    keep_a_draft(learner)
    settle = f"drafts/{campus.only(LateDraft).id}"

    answers = [learner(settle, **{button: "1"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert campus.all(LateDraft) == []


def keep_a_draft(learner):
    """What was typed under a visit that had ended."""
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        learner("reflect/plan/1", **{"post.task": WORDS})


def test_who_counts_along_after_the_group_has_closed(campus, learner):
    learner(f"{SCAN}/1", **{"cond.change": "much"})
    campus.go_to(date(2027, 12, 1))

    answer = learner(f"{SCAN}/count", sent="1")

    assert answer.status_code == 409
    assert "Uw keuzes kunnen niet meer meetellen in uw groep. Wat u schreef, blijft." in answer.text


def test_a_question_that_its_trainer_takes_back_while_somebody_answers_it(campus):
    mail = Mail(campus)
    intensive(campus, 3)
    url = link(mail.on(MONDAY), "/recall")
    (first, *_) = re.findall(r'name="question" value="([^"]*)"', campus.http.get(url).text)
    with campus.work.sessions.begin() as session:
        words = {2: Words(ASKED[1], "Wie erom vroeg.")}
        recalls.write(session, session.query(Track).one(), words, campus.work.keyring.named)
    before = dump(campus.work)

    answer = campus.http.post(url, data={"question": first, "said": "knew"})

    assert answer.status_code == 409
    assert "Uw trainer haalde deze vraag intussen weg." in answer.text
    assert [words in answer.text for words in ASKED[:2]] == [False, True]
    assert dump(campus.work) == before


@pytest.mark.parametrize(
    ("path", "name"),
    [("brought", "checkin.brought"), ("change", "post.if_then:then"), ("obstacle", "checkin.obstacle:line")],
)
def test_what_is_typed_behind_a_mail_whose_weeks_end_meanwhile(campus, caplog, path, name):
    cue = link(Mail(campus).on(THURSDAY), "/c/").partition("?")[0]
    campus.http.post(cue, data={"checkin.used": "not_yet"})
    campus.go_to(THURSDAY + timedelta(days=60))
    before = dump(campus.work)

    answer = campus.http.post(f"{cue}/{path}", data={name: WORDS})

    assert answer.status_code == 410
    assert is_told(answer, caplog, "Deze link werkt niet meer", "Dit is niet bewaard.")
    assert dump(campus.work) == before
    assert "luisteren" not in campus.http.get(f"{cue}/{path}").text
