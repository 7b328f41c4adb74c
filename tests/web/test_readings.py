"""Who opened what somebody let others read: that person sees it among their own words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.readings import Reading
from lti_tool.services import organisations
from tests.following import INGRID
from tests.web.about_people import unpacked
from tests.web.buddies import show
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.follow import TYPED, asking
from tests.web.mail import link
from tests.web.tables import dump

GOAL = "Rustig blijven aan het loket"
READ = "Wie las wat u liet lezen?"


@pytest.fixture
def released(campus):
    """A learner who lets the trainer read what she wants to learn."""
    campus.place(PREPARE, instrument="pre")
    campus.place(LOOK_BACK)
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": GOAL, "pre.share_trainer": "yes"})
    return asking(campus, "sanne")


def later(days):
    return time_machine.travel(datetime.now(UTC) + timedelta(days=days))


def told(page):
    """What stands below the heading, as plain lines."""
    _, _, below = page.text.partition(READ)
    return re.findall(r"(\w[^<>]* opende dit op [^<]*)", below)


def reads(campus):
    """The trainer looks at what people let them read of their goals."""
    assert GOAL in asking(campus, TRAINER)("before/goals").text


def test_somebody_reads_that_their_trainer_opened_it_and_on_which_day(campus, released):
    before = released("mine")
    reads(campus)

    after = released("mine")

    assert READ not in before.text
    (line,) = told(after)
    assert re.fullmatch(r"Uw trainer opende dit op \d+ \w+ 20\d\d\.", line)
    assert "Wat ik anders wil doen" in after.text.partition(READ)[2]


def test_opened_once_more_it_tells_the_first_and_the_last_day(campus, released):
    reads(campus)
    with later(1):
        reads(campus)
        (line,) = told(asking(campus, "sanne")("mine"))

    assert re.fullmatch(r"Uw trainer opende dit op \d+ \w+ 20\d\d, en voor het laatst op .*", line)
    assert len(campus.all(Reading)) == 1


def test_who_looks_without_seeing_words_is_not_told_of(campus, released):
    browser, page = campus.open(TRAINER)
    campus.http.head(f"{page.url}before/goals", headers=campus.cookie_of(browser))

    assert asking(campus, "youssef", roles=[ASSISTANT])("before/goals").status_code == 403
    assert campus.all(Reading) == []


def test_what_nobody_let_a_trainer_read_is_no_reading(campus):
    campus.place(PREPARE, instrument="pre")
    browser, page = campus.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": GOAL, "pre.share_trainer": "no"})

    asking(campus, TRAINER)("before/goals")

    assert campus.all(Reading) == []


def test_looking_again_on_the_same_day_changes_nothing(campus, released):
    trainer = asking(campus, TRAINER)
    trainer("goals")
    before = dump(campus.work)

    trainer("goals")

    assert dump(campus.work) == before


def test_a_buddy_who_opens_their_page_is_told_of_by_name(campus, released):
    url = buddy_page(campus, released)
    show(campus, released, "goal")
    campus.http.head(url)
    nothing_yet = campus.all(Reading)

    assert GOAL in campus.http.get(url).text
    page = released("mine")

    assert nothing_yet == []
    assert [one.partition(" opende")[0] for one in told(page)] == ["Uw buddy Ingrid Postma"]
    assert "Ook een mailprogramma kan de pagina van een buddy openen." in page.text


def test_a_buddy_to_whom_nothing_is_shown_reads_nothing(campus, released):
    campus.http.get(buddy_page(campus, released))

    assert campus.all(Reading) == []


def buddy_page(campus, learner):
    """The address of the page of a buddy who said yes."""
    with campus.work.sessions.begin() as session:
        organisations.allow_mail(session, organisations.find(session, "default"), ["gemeente.example"])
    learner("buddies", **TYPED)
    (letter,) = [one for one in campus.deliver() if one.recipients == (INGRID,)]
    url = link(letter, "/b/").removesuffix("/stop")
    campus.http.post(url, data={"answer": "yes"})
    return url


def test_what_somebody_takes_along_says_it_too_and_never_which_trainer(campus, released):
    reads(campus)

    page, export = unpacked(released("mine/download"))

    (training,) = export["trainings"]
    (one,) = training["read_by"]
    assert (one["reader"], one["name"], one["what"]) == ("trainer", None, "pre.goal")
    assert READ in page
    assert "Ineke" not in page.partition(READ)[2]


def test_nobody_else_reads_who_read(campus, released):
    reads(campus)

    for page in (asking(campus, TRAINER)("before/goals"), asking(campus, "youssef")("mine")):
        assert READ not in page.text
