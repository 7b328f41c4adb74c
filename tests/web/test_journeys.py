"""My journey, as people see it: of one training, of all of them, and as the home of what asks nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment
from lti_tool.services import activities, check_ins, enrolments, nudges, plans, tracks
from lti_tool.services.check_ins import Outcome
from lti_tool.services.tracks import Dates
from tests.web.campus import LOOK_BACK, OTHER_COURSE, PREPARE, TRAINER, write
from tests.web.statements import counted

TITLE = "Doorvragen aan het loket"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
HARVEST = {"post.experience": "good", "post.applied": "Ik vroeg eerst door aan de balie."}


@pytest.fixture
def sanne(campus):
    """A learner with a plan, her browser and the first page after it."""
    campus.place()
    browser, page = campus.open("sanne")
    return browser, write(browser, page)


def journey_of(browser, page):
    """The page of the training of this link, by way of all trainings."""
    return browser.follow(browser.open(page, "/journey"), TITLE)


def after(text, heading):
    """What stands below a heading, up to the next one."""
    return re.split(r"<h2", text.split(f">{heading}</h2>")[1])[0]


def test_after_an_activity_is_finished_its_link_shows_the_way_behind_and_ahead(sanne):
    _, page = sanne

    assert "U maakte uw plan" in after(page.text, "Tot nu toe")
    assert "De training" in after(page.text, "Nu")
    assert "Uw eigen dag" in after(page.text, "Wat nog komt")
    assert "Mail: " not in page.text


def test_the_page_of_a_training_has_the_plan_on_top_one_next_step_and_the_mails_with_their_reasons(sanne):
    browser, page = sanne

    page = journey_of(browser, page)

    text = page.text
    assert text.index("vraag ik eerst door") < text.index("Uw volgende stap") < text.index("Tot nu toe")
    assert text.count('class="bk-next') == 1
    assert "Gebruik uw plan in uw werk" in text
    comes = after(text, "Wat nog komt")
    assert "U koos deze dag. Er komt die dag een mail." in comes
    assert "Mail: Terugkijken op de training" in comes
    assert "Omdat de twee weken dan bijna voorbij zijn." in comes


def test_on_the_own_day_and_after_it_the_next_step_is_to_say_how_it_goes(campus, sanne):
    browser, _ = sanne
    (own_on,) = {plan.own_on for plan in campus.all(plans.Plan)}

    campus.go_to(own_on)
    that_day = journey_of(browser, browser.launch(LOOK_BACK))
    campus.go_to(own_on + DAY)
    later = journey_of(browser, browser.launch(LOOK_BACK))

    assert "Vandaag is uw eigen dag" in that_day.text
    assert "Uw eigen dag was" in later.text
    assert browser.follow(later, "Vertel hoe het gaat").status == 200


def test_what_was_said_of_the_plan_stands_on_the_line_in_words(campus, sanne):
    browser, page = sanne
    url, cookie = re.match(r".*/v/[^/]+/", page.url)[0], campus.cookie_of(browser)

    campus.http.post(url + "check-in", data={"checkin.used": "partly"}, headers=cookie)

    assert "U gebruikte een deel" in after(journey_of(browser, browser.launch(LOOK_BACK)).text, "Tot nu toe")


def test_value_levels_are_told_in_words_to_the_person_alone(campus, sanne):
    browser, _ = sanne
    campus.go_to(campus.today + 8 * DAY)
    cookie, page = campus.cookie_of(browser), browser.launch(LOOK_BACK)
    for number in (1, 2, 3):
        campus.http.post(f"{page.url}reflect/harvest/{number}", data=HARVEST, headers=cookie)

    told = after(journey_of(browser, browser.launch(LOOK_BACK)).text, "Wat u vertelde")
    trainer = campus.open(TRAINER)[1]

    assert "Alleen u." in told
    assert "U vertelde hoe het was en wat u anders doet." in told
    assert "Ik vroeg eerst door aan de balie." in told
    assert not re.search(r"niveau|score|\b[1-5] van", told)
    assert "Ik vroeg eerst door" not in trainer.text


def test_who_told_nothing_yet_reads_nothing_about_it(sanne):
    assert "Wat u vertelde" not in journey_of(*sanne).text


def test_a_next_step_of_another_item_of_the_training_opens_from_here(campus):
    campus.place(PREPARE, instrument="pre", ends_on=campus.today + WEEK)
    campus.place(LOOK_BACK)
    browser, page = campus.open("sanne", LOOK_BACK)

    page = journey_of(browser, page)

    assert "Voorbereiden" in after(page.text, "Nu")
    assert browser.follow(page, "Nu beginnen").url.endswith("/reflect/short/1")


def test_a_link_that_nobody_set_up_opens_all_trainings(campus, sanne):
    browser, _ = sanne
    campus.next_link("not-set-up", "Een nieuw onderdeel")

    page = browser.launch(LOOK_BACK)

    assert "Mijn leerreis" in page.text
    assert "Uw trainer bereidt dit onderdeel nog voor." in page.text
    assert "vraag ik eerst door" in page.text
    assert browser.follow(page, TITLE).status == 200


def test_who_takes_part_in_nothing_reads_that_it_is_being_prepared(campus):
    _, page = campus.open("sanne")

    assert "U hebt niets gemist." in page.text


def test_a_launch_in_another_course_tells_in_which_course_each_training_is(campus, sanne):
    browser, _ = sanne

    page = browser.launch(OTHER_COURSE)

    assert "vraag ik eerst door" in page.text
    assert "in ‘Doorvragen aan het loket’" in page.text
    own = browser.follow(page, TITLE)
    assert "vraag ik eerst door" in own.text
    assert "/check-in" not in own.text
    assert "/mails" not in own.text


def test_nobody_opens_the_journey_of_another(campus, sanne):
    browser, page = campus.open("youssef")
    mine = {each.person_id: each for each in campus.all(Enrolment)}
    own = re.search(r"/journey/([-0-9a-f]+)", browser.open(page, "/journey").text)[1]

    for enrolment in mine.values():
        answer = campus.http.get(f"{page.url}journey/{enrolment.id}", headers=campus.cookie_of(browser))
        assert answer.status_code == (200 if str(enrolment.id) == own else 404)


def test_who_became_a_trainer_still_has_the_journey_of_before(campus, sanne):
    browser, _ = sanne
    campus.next_role("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor")
    page, cookie = browser.launch(LOOK_BACK), campus.cookie_of(browser)

    answer = campus.http.get(page.url + "journey", headers=cookie)

    assert answer.status_code == 200
    assert "vraag ik eerst door" in answer.text
    assert "/logbook" not in answer.text


def live_through(campus, many):
    """Lets the one learner take part in as many more trainings, each with a plan and check-ins."""
    now, catalogue = campus.work.now(), campus.work.catalogue
    with campus.work.sessions.begin() as session:
        course = session.scalars(select(Course)).first()
        who, item = session.scalars(select(Enrolment)).first(), session.scalars(select(Activity)).first()
        one = session.get_one(Person, who.person_id)
        for number in range(many):
            day = campus.today - number * DAY
            track = tracks.begin(session, course, Dates(day, day), "Europe/Amsterdam", now.calendar)
            (new,) = enrolments.enrol(session, [one], tracks.cohorts(session, track)[0], now.calendar)
            activities.add(session, track, item.instrument_version_id, now.calendar)
            plan = plans.begin(session, new, now.calendar)
            for outcome in (Outcome.PARTLY, Outcome.NOT_YET):
                check_ins.record(session, check_ins.begin(new, None), plan, outcome, day, now.calendar)
            nudges.replan(session, [new.id], catalogue, now.calendar)


def test_who_takes_part_in_two_trainings_reads_that_a_mail_on_the_line_may_not_come(campus, sanne):
    browser, page = sanne
    of_one = browser.open(page, "/journey").text
    live_through(campus, 1)

    of_two = browser.open(page, "/journey").text

    assert "Een mail kan dus uitvallen." not in of_one
    assert "Een mail kan dus uitvallen." in after(of_two, "Wat nog komt")


@pytest.mark.database
def test_pages_over_all_trainings_ask_as_often_for_many_as_for_one(campus, sanne):
    browser, page = sanne
    url, cookie = re.match(r".*/v/[^/]+/", page.url)[0], campus.cookie_of(browser)
    own = re.search(r"journey/[-0-9a-f]{36}", campus.http.get(url + "journey", headers=cookie).text)[0]

    def ask():
        counts = []
        for path in ("journey", own, "mine", "mine/download"):
            with counted() as sent:
                assert campus.http.get(url + path, headers=cookie).status_code == 200
            counts.append(len(sent))
        return counts

    for_few = ask()
    live_through(campus, 12)
    for_many = ask()

    assert for_many == for_few


@pytest.mark.database
def test_the_page_of_one_training_asks_as_often_for_many_check_ins_as_for_one(campus, sanne):
    browser, page = sanne
    url, cookie = re.match(r".*/v/[^/]+/", page.url)[0], campus.cookie_of(browser)
    path = re.search(r"journey/[-0-9a-f]{36}", campus.http.get(url + "journey", headers=cookie).text)[0]

    def answer(many):
        with campus.work.sessions.begin() as session:
            who = session.scalars(select(Enrolment)).one()
            for _ in range(many):
                row, now = check_ins.begin(who, None), campus.work.now().calendar
                check_ins.record(session, row, None, Outcome.NOT_YET, campus.today, now)
        with counted() as sent:
            assert campus.http.get(url + path, headers=cookie).status_code == 200
        return len(sent)

    assert answer(1) == answer(25)
