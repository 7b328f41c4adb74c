"""Items that were chosen in the LMS and that nobody opened: a trainer sees which, and can take one away."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.models.activities import Activity
from lti_tool.models.deliveries import Delivery
from lti_tool.models.instruments import InstrumentPart
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Enrolment
from tests.web.campus import ASSISTANT, PREPARE
from tests.web.choosing import DAYS, choose, claims_of, first_open
from tests.web.unopened import open_item, open_settings

APART = "Nog niet in uw leeromgeving, of niet geopend"
REMOVE_ITEM = "Onderdeel weghalen"
OTHERS = ("Voorbereiden", "Terugkijken op bijeenkomst 1", "Terugkijken op bijeenkomst 2", "Mijn leerreis")


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


def test_the_page_of_a_training_names_what_nobody_opened_apart(campus):
    items = choose(campus, DAYS)

    _, page = open_settings(campus, items[3])

    opened, waiting = page.text.split('id="items"')[1].split(APART)
    assert "Terugkijken en plan maken: Doorvragen" in opened
    assert [name for name in OTHERS if name not in waiting or name in opened] == []
    assert "Terugkijken en plan maken" not in waiting


def test_an_item_that_a_learner_opened_is_in_the_course(campus):
    items = choose(campus, {**DAYS, "between": "", "purposes": ["pre", "post"]}, accept_multiple=True)
    for number, item in enumerate(items[:-1]):
        first_open(campus, item, "sanne", f"910{number}")

    _, page = open_settings(campus, items[-1])

    assert APART not in page.text


def test_who_may_only_look_sees_what_is_missing_without_the_way_to_remove_it(campus):
    items = choose(campus, DAYS)

    _, page = open_settings(campus, items[0], roles=[ASSISTANT])

    assert APART in page.text
    assert "/remove" not in page.text


@pytest.mark.database
def test_a_trainer_reads_what_happens_and_takes_an_item_away_with_its_mails(campus):
    items = choose(campus, DAYS)
    first_open(campus, items[0], "sanne")
    before = {row.step for row in campus.all(Delivery) if row.status == "planned"}
    browser, page = open_settings(campus, items[0])
    look_back = next(
        row for row in campus.all(Activity) if str(row.lms_id) == items[3]["custom"]["activity_id"]
    )

    page = browser.open(page, f"/items/{look_back.id}/remove")
    untouched = len(campus.all(Activity))
    done = browser.submit(page, button=REMOVE_ITEM)

    after = {row.step for row in campus.all(Delivery) if row.status == "planned"}
    assert "Mails die alleen hierover gaan, komen niet meer." in page.text
    assert (untouched, len(campus.all(Activity))) == (5, 4)
    assert "Het onderdeel is weg." in done.text
    assert "Terugkijken en plan maken" not in done.text
    assert before - after >= {"plan"}


def test_an_item_that_somebody_opened_meanwhile_stays(campus):
    items = choose(campus, DAYS)
    browser, page = open_settings(campus, items[0])
    journey = next(row for row in campus.all(Activity) if row.instrument_version_id is None)
    asks = browser.open(page, f"/items/{journey.id}/remove")
    first_open(campus, items[4], "sanne", "9005")

    done = browser.submit(asks, button=REMOVE_ITEM)

    assert "Beklijf haalde niets weg." in done.text
    assert len(campus.all(Activity)) == 5


@pytest.mark.database
def test_an_item_that_somebody_wrote_in_from_another_link_stays(campus):
    items = choose(campus, DAYS)
    open_item(campus, items[3])
    learner, page = open_item(campus, items[3], name="sanne")
    url, cookie = page.url.partition("?")[0], campus.cookie_of(learner)
    campus.http.post(f"{url}reflect/short/1", headers=cookie, data={"pre.goal": "luisteren"})
    (pre,) = {one.activity_id for one in campus.all(Reflection)}
    trainer, page = open_item(campus, items[3])
    remove, cookie = f"{page.url.partition('?')[0]}items/{pre}/remove", campus.cookie_of(trainer)

    answer = campus.http.post(remove, headers=cookie)

    assert answer.headers["Location"].endswith("notice=stays")
    assert pre in {one.id for one in campus.all(Activity)}
    assert campus.only(Reflection).activity_id == pre


def test_an_item_of_another_training_is_not_removed_by_its_address(campus):
    items = choose(campus, DAYS)
    browser, page = open_item(campus, items[0])
    choose(campus, {**DAYS, "name": "Een andere"})
    own = {str(item["custom"]["activity_id"]) for item in items}
    foreign = next(row for row in campus.all(Activity) if str(row.lms_id) not in own)

    answer = campus.http.post(f"{page.url}items/{foreign.id}/remove", headers=campus.cookie_of(browser))

    assert answer.headers["Location"].endswith("notice=stays")
    assert len(campus.all(Activity)) == 10


def test_a_link_of_an_item_that_was_removed_is_set_up_when_it_is_opened_after_all(campus):
    items = choose(campus, DAYS)
    browser, page = open_settings(campus, items[0])
    look_back = next(
        row for row in campus.all(Activity) if str(row.lms_id) == items[3]["custom"]["activity_id"]
    )
    browser.submit(browser.open(page, f"/items/{look_back.id}/remove"), button=REMOVE_ITEM)

    _, page = open_item(campus, items[3], "9004")

    assert page.url.endswith("/set-up")


@pytest.mark.database
def test_an_item_in_which_somebody_begins_to_write_while_it_is_removed_stays(campus):
    items = choose(campus, DAYS)
    open_item(campus, items[3], name="sanne")
    trainer, page = open_item(campus, items[3])
    preparing = next(
        row for row in campus.all(Activity) if str(row.lms_id) == items[0]["custom"]["activity_id"]
    )
    url = f"{page.url.partition('?')[0]}items/{preparing.id}/remove"

    with ThreadPoolExecutor(1) as one, campus.work.sessions.begin() as session:
        begin_to_write(session, preparing)
        removed = one.submit(campus.http.post, url, headers=campus.cookie_of(trainer))
        time.sleep(0.5)

    assert removed.result().headers["Location"].endswith("notice=stays")
    assert len(campus.all(Reflection)) == 1


def begin_to_write(session, activity):
    """Somebody who takes part opens the first part of an item by another link; not kept yet."""
    part = session.scalars(
        select(InstrumentPart).where(
            InstrumentPart.instrument_version_id == activity.instrument_version_id,
            InstrumentPart.position == 1,
        )
    ).one()
    (enrolment,) = session.scalars(select(Enrolment))
    written = Reflection(
        organisation_id=activity.organisation_id,
        enrolment_id=enrolment.id,
        activity_id=activity.id,
        part_id=part.id,
        started_at=activity.created_at,
        saved_at=activity.created_at,
    )
    session.add(written)
    session.flush()


@pytest.mark.database
def test_an_item_that_is_removed_while_it_is_first_opened_is_either_gone_or_bound(campus):
    items = choose(campus, DAYS)
    browser, page = open_item(campus, items[0])
    look_back = next(
        row for row in campus.all(Activity) if str(row.lms_id) == items[3]["custom"]["activity_id"]
    )
    url, own = f"{page.url}items/{look_back.id}/remove", campus.cookie_of(browser)
    learner = campus.sign_in("sanne")
    campus.next_claims(*claims_of(items[3], "9004"))

    with ThreadPoolExecutor(2) as both:
        opened = both.submit(learner.launch, PREPARE)
        removed = both.submit(campus.http.post, url, headers=own)

    left = [row.link_id for row in campus.all(Activity) if row.id == look_back.id]
    is_gone = removed.result().headers["Location"].endswith("notice=item_removed")
    assert opened.result().status == 200
    assert removed.result().status_code == 303
    assert left == [] if is_gone else left[0] is not None
