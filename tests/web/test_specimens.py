"""Every letter of every training: its trainer looks at it, and has it sent to themselves as an example."""

import re
from datetime import timedelta

import pytest
from babel import Locale
from sqlalchemy import select, update

from lti_tool.domain.paces import Pace
from lti_tool.mail.environment import weekdays
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Track
from lti_tool.models.visits import Visit
from lti_tool.services import catalogue
from lti_tool.services.specimens import EVERY
from tests.web.campus import PREPARE, TRAINER
from tests.web.tables import dump
from tests.web.test_learner_statements import statements_of
from tests.web.test_trainer_statements import MOST

CADENCES = ("light", "standard", "intensive")
FOLLOWING = [
    *(f"contact.{step}" for step in ("invitation", "opened", "leader", "closed", "value_check")),
    *(f"leader.{step}" for step in ("invitation", "talk", "leader")),
    *(f"buddy.{step}" for step in ("invitation", "buddy")),
]
MARK = {
    "nl": ("Voorbeeld: ", "U vroeg om dit voorbeeld."),
    "en": ("Example: ", "You asked for this example."),
}
DAY = timedelta(days=1)


@pytest.fixture
def trainer(campus):
    """Opens a training as its trainer, with letters in a language; their browser and first page."""

    def opened(cadence="standard", pace=Pace.TOGETHER, locale="nl"):
        last = campus.today + 20 * DAY
        days = {"starts_on": last - 6 * DAY if pace is Pace.TOGETHER else last, "ends_on": last}
        if pace is Pace.OWN:
            days["starts_on"] = last - 10 * DAY
        campus.place(PREPARE, instrument="pre", pace=pace, **days)
        campus.place(pace=pace, **days)
        browser, home = campus.open(TRAINER)
        with campus.work.sessions.begin() as session:
            session.execute(update(Track).values(cadence=cadence))
            session.execute(update(Person).values(mail_locale=locale))
            session.execute(update(Visit).values(locale=locale))
        return browser, home

    return opened


def named(browser, home):
    """The letters that can be looked at, by their names in an address."""
    return re.findall(r"/letters/see/([a-z_.]+)\"", browser.open(home, "/letters").text)


def see(campus, browser, home, name):
    """The page of one letter."""
    return campus.http.get(f"{home.url}letters/see/{name}", headers=campus.cookie_of(browser)).text


def sent(campus, browser, home, names):
    """Those letters, sent to the trainer, three a day."""
    url, cookie, letters = f"{home.url}letters/example", campus.cookie_of(browser), []
    for first in range(0, len(names), 3):
        with campus.work.sessions.begin() as session:
            session.execute(update(Delivery).values(due_on=campus.today - DAY))
        for name in names[first : first + 3]:
            campus.http.post(url, data={"step": name}, headers=cookie)
        letters += campus.deliver()
    return letters


@pytest.mark.parametrize("locale", ["nl", "en"])
@pytest.mark.parametrize("pace", list(Pace))
@pytest.mark.parametrize("cadence", CADENCES)
def test_each_letter_comes_as_an_example_to_who_asks(campus, trainer, cadence, pace, locale):
    browser, home = trainer(cadence, pace, locale)
    names = named(browser, home)

    letters = sent(campus, browser, home, names)

    assert len(letters) == len(names)
    subject, mark = MARK[locale]
    for letter in letters:
        assert "ineke" in letter.recipients[0]
        assert letter.subject.startswith(subject)
        assert letter.text.lstrip().startswith(mark)
        assert mark in letter.html
        links = {link.split("?")[0] for link in re.findall(r"https?://[^\s\"<>]+", letter.text)}
        assert links == {f"{campus.tool}/c/example"}


@pytest.mark.parametrize("locale", ["nl", "en"])
@pytest.mark.parametrize("pace", list(Pace))
def test_the_page_of_a_letter_says_what_the_letter_says(campus, trainer, pace, locale):
    browser, home = trainer("intensive", pace, locale)
    names = named(browser, home)

    pages = [see(campus, browser, home, name) for name in names]

    for letter, page in zip(sent(campus, browser, home, names), pages, strict=True):
        assert letter.subject.removeprefix(MARK[locale][0]).rstrip("…") in page
        own = [line for line in letter.text.splitlines() if line and MARK[locale][1] not in line]
        said = [line.rstrip(":.") for line in own if not line.startswith("http")]
        assert [line for line in said if line not in page] == []


@pytest.mark.parametrize("pace", list(Pace))
@pytest.mark.parametrize("cadence", CADENCES)
def test_each_letter_that_may_come_can_be_looked_at(campus, trainer, cadence, pace):
    steps = [str(step.id) for step in catalogue.load().cadence(cadence).steps]
    may_come = [step for step in steps if step != "between" or pace is Pace.TOGETHER]

    assert named(*trainer(cadence, pace)) == [*may_come, *FOLLOWING]


def test_a_reminder_that_the_trainer_chose_is_among_them(campus, trainer):
    browser, home = trainer("light")
    with campus.work.sessions.begin() as session:
        session.execute(update(Cohort).values(remind_on=campus.today + DAY))

    assert "prepare_again" in named(browser, home)


def test_a_card_names_no_other_that_comes_after_the_closing_day(campus, trainer):
    browser, home = trainer()
    before = see(campus, browser, home, "leader.talk")
    with campus.work.sessions.begin() as session:
        session.execute(update(Track).values(closes_on=campus.today + 21 * DAY))

    after = see(campus, browser, home, "leader.talk")

    assert "De volgende kaart komt op" in before
    assert "De volgende kaart komt op" not in after


def test_looking_sends_and_changes_nothing(campus, trainer):
    browser, home = trainer()
    names = named(browser, home)
    see(campus, browser, home, "plan")
    before = dump(campus.work)

    for name in names:
        see(campus, browser, home, name)

    assert dump(campus.work) == before


def test_who_may_look_reads_the_letter_and_can_have_none_sent(campus, trainer):
    trainer()
    browser, home = campus.open("noor")

    page = see(campus, browser, home, "harvest")

    assert "Voor een contact van deze training." in browser.open(home, "/letters").text
    assert "Hoe was de training voor u?" in page
    assert "Stuur mij deze" not in page + browser.open(home, "/letters").text


def test_an_unknown_letter_and_a_learner_get_nothing(campus, trainer):
    statuses = []
    for (browser, home), name in ((trainer(), "score"), (campus.open("sanne"), "plan")):
        cookie = campus.cookie_of(browser)
        statuses.append(campus.http.get(f"{home.url}letters/see/{name}", headers=cookie).status_code)

    assert statuses == [404, 403]


def test_looking_at_a_letter_asks_the_database_little(campus, trainer):
    browser, home = trainer("intensive")
    cookie = campus.cookie_of(browser)
    see(campus, browser, home, "plan")

    asked = {name: statements_of(campus, f"{home.url}letters/see/{name}", cookie) for name in EVERY}

    assert {name: number for name, number in asked.items() if number > MOST} == {}


@pytest.mark.parametrize("cadence", ["standard", "intensive"])
def test_the_example_about_making_a_plan_names_the_mails_of_who_makes_none(campus, trainer, cadence):
    browser, home = trainer(cadence)
    campus.open("sanne")
    with campus.work.sessions.begin() as session:
        rows = session.execute(
            select(Delivery.due_on, Delivery.step).where(Delivery.kind == Kind.NUDGE)
        ).all()
    (plan,) = [on for on, step in rows if step == "plan"]

    page = see(campus, browser, home, "plan")

    later = weekdays([(on, step) for on, step in rows if on > plan], locale=Locale("nl"))
    assert re.search(rf"als u geen plan maakt:? {later}\.", " ".join(page.split()))
