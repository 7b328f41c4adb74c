"""The links of what was chosen in the LMS: taken in there, opened, and the page of one's own plan."""

from datetime import date

import pytest

from demo_lms.switches import Switches
from lti_tool.models.activities import Activity
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import roster
from tests.web.campus import PREPARE, TRAINER, write
from tests.web.choosing import ADD, DAYS, NOTHING, choose, claims_of, first_open


@pytest.fixture(autouse=True)
def _in_november(campus):
    campus.go_to(date(2026, 11, 20))


def test_nobody_on_the_roster_takes_part_before_one_of_the_links_is_opened(campus):
    items = choose(campus, DAYS)
    roster.run(campus.work, now=campus.work.now())
    before = campus.all(Enrolment)

    page = first_open(campus, items[0])
    roster.run(campus.work, now=campus.work.now())

    assert before == []
    assert "Doorvragen aan het loket" in page.document.heading
    assert len(campus.all(Enrolment)) > 1


def test_a_learner_who_opens_an_item_first_takes_part_and_can_begin(campus):
    items = choose(campus, DAYS)

    page = first_open(campus, items[0], "sanne")

    assert "/reflect/pre" in page.text or "/reflect/short" in page.text
    assert len(campus.all(Enrolment)) == 1


def test_who_opens_an_item_before_its_days_are_set_waits_and_the_trainer_is_asked_for_them(campus):
    items = choose(campus, {"when": "later"})

    assert "U hebt niets gemist" in first_open(campus, items[0], "sanne").text
    assert first_open(campus, items[0]).url.endswith("/schedule")


def test_the_strict_lms_takes_all_of_a_training_and_each_link_opens_its_own_item(campus):
    trainer = campus.sign_in(TRAINER)
    page = trainer.submit(trainer.choose_content("312"), DAYS, button=ADD)

    page = trainer.hand_over(page)

    assert "5 activiteiten staan nu in de training." in page.text
    added = campus.lms.platform.courses.find("312").links[3:]
    assert [link.graded for link in added] == [True, True, True, True, False]
    learner = campus.sign_in("sanne")
    assert "/reflect/short" in learner.launch(added[0].id).text
    assert "/reflect/plan" in learner.launch(added[3].id).text
    assert len([row for row in campus.all(Activity) if row.link_id is not None]) == 2


def test_a_link_of_which_another_item_was_chosen_opens_that(campus):
    items = choose(campus, DAYS)
    first_open(campus, items[0])

    page = first_open(campus, items[3], "sanne")

    assert "/reflect/plan" in page.text
    assert len([row for row in campus.all(Activity) if row.link_id is not None]) == 1


def test_what_somebody_wrote_at_a_link_stays_there_whatever_is_chosen_of_it(campus):
    items = choose(campus, DAYS)
    campus.go_to(date(2026, 12, 15))
    learner = campus.sign_in("sanne")
    campus.next_claims(*claims_of(items[3], "9001"))
    write(learner, learner.launch(PREPARE))

    page = first_open(campus, items[0], "sanne")

    assert "vraag ik eerst door" in page.text
    assert "/reflect/short" not in page.text


def test_an_item_is_found_by_its_own_id_where_the_lms_names_another_link(campus):
    items = choose(campus, DAYS)
    first_open(campus, items[0], link_id="9001")
    first_open(campus, items[3], link_id="9004")
    opened = {row.lms_id: row.link_id for row in campus.all(Activity)}

    page = first_open(campus, items[3], "sanne", link_id="9001")

    assert "/reflect/plan" in page.text
    assert {row.lms_id: row.link_id for row in campus.all(Activity)} == opened


def test_the_strict_lms_takes_one_item_and_no_data(campus):
    campus.lms.platform.switches = Switches(several_items=False, item_columns=False, content_data=False)
    trainer = campus.sign_in(TRAINER)
    page = trainer.submit(trainer.choose_content("311"), DAYS, button=ADD)

    page = trainer.hand_over(page)

    assert "1 activiteit staat nu in de training." in page.text


def test_the_strict_lms_shows_that_nothing_was_added(campus):
    trainer = campus.sign_in(TRAINER)

    page = trainer.hand_over(trainer.submit(trainer.choose_content("311"), button=NOTHING))

    assert "U hebt niets toegevoegd." in page.text


def test_my_journey_shows_a_learner_the_way_and_asks_nothing(campus):
    items = choose(campus, DAYS)

    page = first_open(campus, items[4], "sanne")

    assert page.status == 200
    assert "Wat nog komt" in page.text
    assert "Terugkijken op bijeenkomst 2" in page.text
    assert page.text.count('class="bk-next') == 1
    assert len(campus.all(Enrolment)) == 1


def test_my_journey_shows_the_plan_that_was_made_elsewhere(campus):
    items = choose(campus, DAYS)
    campus.go_to(date(2026, 12, 15))
    learner = campus.sign_in("sanne")
    campus.next_claims(*claims_of(items[3], "9004"))
    write(learner, learner.launch(PREPARE))

    campus.next_claims(*claims_of(items[4], "9005"))
    page = learner.launch(PREPARE)

    assert "vraag ik eerst door" in page.text
    assert learner.follow(page, "Plan veranderen").status == 200


def test_my_journey_is_the_page_of_the_training_for_its_trainer(campus):
    items = choose(campus, DAYS)
    first_open(campus, items[4], "sanne")

    page = first_open(campus, items[4])

    people = page.text.split('id="people"')[1].split("</section>")[0]
    assert "Sanne de Wit" in people
    assert "Nog niet" not in people
    assert "Mijn leerreis" in page.text
