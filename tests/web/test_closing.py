"""After the closing day: no letters, whatever kind of training it is, and words that stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.domain.paces import Pace
from lti_tool.models.tracks import Enrolment, Track
from lti_tool.services import nudges, organisations
from tests.factories import ENDED_ON
from tests.following import INGRID
from tests.web import buddies, follow
from tests.web.campus import TRAINER, write
from tests.web.follow import asking

DAY = timedelta(days=1)
YES = {"answer": "yes"}


@pytest.fixture(params=list(Pace))
def pace(request):
    return request.param


@pytest.fixture
def learner(campus, pace):
    """Somebody with a plan, in a training of that kind that is followed up from today."""
    campus.go_to(ENDED_ON, 10)
    days = {"starts_on": ENDED_ON - 7 * DAY, "ends_on": ENDED_ON + 7 * DAY} if pace is Pace.OWN else {}
    campus.place(pace=pace, **days)
    with campus.work.sessions.begin() as session:
        organisations.allow_mail(session, organisations.find(session, "default"), ["gemeente.example"])
    write(*campus.open("sanne"))
    return asking(campus, "sanne")


def close(campus, day=ENDED_ON + 2 * DAY):
    with campus.work.sessions.begin() as session:
        session.execute(update(Track).values(closes_on=day))


def close_and_plan(campus):
    """The same as a trainer does it, who has all that comes planned anew."""
    close(campus)
    with campus.work.sessions.begin() as session:
        enrolment, now = session.scalars(select(Enrolment)).one(), campus.work.now().calendar
        nudges.replan(session, [enrolment.id], campus.work.catalogue, now)


def sent(campus, days):
    """All letters of so many days after the closing day; what stood planned too."""
    letters = []
    for number in range(3, days, 4):
        campus.go_to(ENDED_ON + number * DAY, 10)
        letters += campus.deliver()
    return letters


def test_no_letter_goes_to_a_learner(campus, learner):
    close(campus)

    assert sent(campus, 80) == []


def test_neither_does_one_to_a_buddy(campus, learner):
    buddies.willing(campus, learner)
    close(campus)

    assert sent(campus, 40) == []


def test_a_contact_gets_only_the_value_check(campus, learner):
    url = follow.invited(campus, asking(campus, TRAINER))
    campus.http.post(url, data=YES)
    close(campus)

    letters = sent(campus, 110)

    assert {letter.recipients for letter in letters} == {(INGRID,)}
    assert {letter.subject for letter in letters} == {"Tijd voor de waardecheck"}


def test_words_stay_to_read_and_the_pages_say_that_no_mail_comes(campus, learner):
    close_and_plan(campus)
    campus.go_to(ENDED_ON + 3 * DAY, 10)
    ask = asking(campus, "sanne")
    journey = f"journey/{campus.only(Enrolment).id}"

    for page in (ask(""), ask(journey)):
        assert "Deze training is afgesloten. Er komen geen mails meer over." in page.text
        assert "vraag ik eerst door" in page.text
        assert "Mails die nog komen" not in page.text


def test_a_trainer_reads_it_where_the_days_stand(campus, learner):
    close_and_plan(campus)
    campus.go_to(ENDED_ON + 3 * DAY, 10)

    dates = asking(campus, TRAINER)("dates").text

    assert "De sluitdag is voorbij. Alleen contacten krijgen nog mail, voor de waardecheck." in dates
    assert "Na deze dag krijgen alleen contacten nog mail, voor de waardecheck." in dates


@pytest.mark.parametrize("pace", [Pace.OWN])
def test_the_day_on_which_somebody_finished_stays_then(campus, learner):
    close_and_plan(campus)
    campus.go_to(ENDED_ON + 3 * DAY, 10)
    ask = asking(campus, "sanne")

    page = ask("finished").text
    ask("finished", day=f"{ENDED_ON - DAY:%d-%m-%Y}")

    assert "Deze training is voorbij." in page
    assert 'name="day"' not in page
    assert campus.only(Enrolment).anchor_on == ENDED_ON
