"""What pages say of days where each person has two weeks of their own, or nobody is trained."""

from datetime import timedelta

import pytest

from lti_tool.domain.paces import Pace
from lti_tool.models.tracks import Enrolment
from tests.factories import ENDED_ON
from tests.web.campus import TRAINER
from tests.web.follow import asking

DAY, WEEK = timedelta(days=1), timedelta(days=7)
OPENS, LAST = ENDED_ON - 3 * WEEK, ENDED_ON + 3 * WEEK
# Of a day on which all of them ended, or of a training that was given to them.
OF_ALL = (
    "na de training",
    "training is voorbij",
    "training dan",
    "weken daarna",
    "weken erna",
    "De training eindigde",
)


@pytest.fixture(autouse=True)
def today(campus):
    """A Friday, after office hours."""
    campus.go_to(ENDED_ON, 16)
    return ENDED_ON


@pytest.fixture
def own_pace(campus):
    return campus.place(starts_on=OPENS, ends_on=LAST, pace=Pace.OWN)


@pytest.fixture
def at_work(campus, today):
    return campus.place(starts_on=today, ends_on=today, pace=Pace.AT_WORK)


def finished(browser, page):
    """Says that the training was finished today."""
    return browser.submit(browser.open(page, "/finished"), {}, having="day")


def of_all(page):
    """What of all that a page says."""
    shown = page.text.split("<main")[1].split("</main>")[0]
    return [words for words in OF_ALL if words in shown]


def test_a_trainer_reads_that_everybody_has_two_weeks_of_their_own(campus, own_pace):
    ask = asking(campus, TRAINER)

    home, settings = ask("").text, ask("settings").text

    assert "Ieders twee weken beginnen op de dag waarop diegene klaar is." in home
    assert "vanaf de dag waarop iemand klaar is" in settings
    assert "De twee weken daarna" not in home + settings


def test_a_trainer_of_people_at_work_reads_since_when_they_try_it(campus, at_work):
    home = asking(campus, TRAINER)("").text

    assert "Vanaf 4 december 2026 proberen mensen het in hun werk" in home
    assert "De twee weken daarna" not in home


def test_no_day_on_the_page_of_a_trainer_tells_when_somebody_finished(campus, own_pace):
    finished(*campus.open("sanne"))

    home = asking(campus, TRAINER)("").text

    assert "Plan maken" in home
    assert "Vanaf " not in home.split('id="coming"')[1]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "De training staat al open. Wie nu meedoet, krijgt de mails nog."),
        (22, "De laatste dag is geweest. Wie later klaar is, krijgt de mails nog."),
        (40, "De laatste dag is geweest. Wie later klaar is, krijgt de mails nog."),
    ],
)
def test_the_calendar_of_a_trainer_says_what_still_comes(campus, own_pace, today, days, said):
    campus.go_to(today + days * DAY, 16)

    dates = asking(campus, TRAINER)("dates").text

    assert said in dates


def test_once_the_last_day_and_two_weeks_have_passed_a_trainer_reads_that_others_may_still_finish(
    campus, own_pace
):
    campus.go_to(LAST + 3 * WEEK, 10)

    home = asking(campus, TRAINER)("").text

    assert "De twee weken na de laatste dag zijn voorbij" in home
    assert "wie later klaar is" in home


@pytest.mark.parametrize(("pace", "said"), [("own_pace", ["na de training"]), ("at_work", [])])
def test_before_anything_is_said_no_page_of_a_learner_speaks_of_an_end(campus, request, pace, said):
    request.getfixturevalue(pace)
    ask = asking(campus, "sanne")
    journey = f"journey/{campus.only(Enrolment).id}"

    # One's own "after the training" is whenever that will be.
    assert [of_all(ask(path)) for path in ("", journey, "mails")] == [said, [], []]


def test_a_reason_of_a_mail_fits_who_has_not_finished(campus, own_pace):
    assert "Omdat de twee weken dan beginnen." in asking(campus, "sanne")("mails").text


def test_after_their_two_weeks_a_learner_reads_when_they_finished(campus, own_pace, today):
    finished(*campus.open("sanne"))
    campus.go_to(today + 3 * WEEK, 10)

    journey = asking(campus, "sanne")(f"journey/{campus.only(Enrolment).id}").text

    assert "U was klaar met de training op vrijdag 4 december" in journey
    assert "De training eindigde op" not in journey
