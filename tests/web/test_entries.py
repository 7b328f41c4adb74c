"""Instruments that people take up at will, each time anew, for themselves alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from lti_tool.models.entries import Entry
from lti_tool.models.tallies import Ballot, Counted, SpreadFigure
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.rounds import erasing
from lti_tool.services import tallies
from tests.web.about_people import about, unpacked
from tests.web.campus import OTHER_COURSE, TRAINER
from tests.web.follow import asking
from tests.web.tables import dump

STORY = "Aan de balie vroeg ik eerst door."
HERE = "instruments/insight/00000000-0000-4000-8000-000000000001"
ANOTHER = "instruments/insight/00000000-0000-4000-8000-000000000002"
ONE = {"informal.story": STORY}


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


@pytest.fixture
def trainer(campus, sanne):
    """What the trainer of that training asks."""
    return asking(campus, TRAINER)


def opened(page):
    """What a form says that it was opened with."""
    return page.text.split('name="opened" value="')[1].split('"')[0]


def test_each_person_finds_what_is_meant_for_them_and_nothing_else(sanne, trainer):
    assert all(title in sanne("instruments").text for title in ("Leerklimaatscan", "Waardecheck"))
    assert "Uw training ontwerpen" not in sanne("instruments").text
    assert "Uw training ontwerpen" in trainer("instruments").text
    assert "Leerklimaatscan" not in trainer("instruments").text


@pytest.mark.parametrize(
    "path", ["instruments/canvas", f"{HERE}/1".replace("insight", "canvas"), "instruments/pre"]
)
def test_what_is_meant_for_somebody_else_is_not_there(sanne, path):
    assert sanne(path).status_code == 404


def test_the_way_to_it_stands_on_the_first_page_of_a_learner(sanne):
    assert "/instruments" in sanne().text


def test_the_way_to_it_stands_among_the_settings_of_a_trainer(trainer):
    assert "/instruments" in trainer("settings").text


def test_an_entry_is_written_page_by_page_and_read_back_as_a_whole(sanne):
    first = sanne(f"{HERE}/1", **ONE)
    second = sanne(f"{HERE}/2", **{"informal.noticed": "Collega’s vragen nu ook door."})
    last = sanne(f"{HERE}/3", **{"informal.asks_of_team": "Samen oefenen."})

    page = sanne(HERE).text
    assert first.headers["location"].endswith(f"{HERE}/2")
    assert second.headers["location"].endswith(f"{HERE}/3")
    assert f"{HERE}?notice=entry_kept" in last.headers["location"]
    assert all(words in page for words in (STORY, "Collega’s vragen nu ook door.", "Samen oefenen."))
    assert "Welk moment uit uw werk is u de laatste weken bijgebleven?" in page


def test_looking_at_a_page_keeps_nothing(campus, sanne):
    assert sanne(f"{HERE}/1").status_code == 200
    assert campus.all(Entry) == []


def test_a_page_that_stays_open_keeps_nothing_and_leads_back(campus, sanne):
    answer = sanne(f"{HERE}/1", **{"informal.story": ""})

    assert answer.status_code == 303
    assert campus.all(Entry) == []


def test_a_page_sent_twice_is_one_entry_also_at_the_same_moment(campus, sanne):
    with ThreadPoolExecutor(2) as two:
        codes = {each.status_code for each in two.map(lambda _: sanne(f"{HERE}/1", **ONE), range(2))}

    assert codes == {303}
    assert len(campus.all(Entry)) == 1


def test_each_time_is_an_entry_of_its_own(sanne):
    sanne(f"{HERE}/1", **ONE)
    sanne(f"{ANOTHER}/1", **{"informal.story": "Een ander moment."})

    assert sanne("instruments/insight").text.count("/instruments/insight/") >= 3  # one to begin, two to read


def test_an_answer_can_be_changed_and_taken_back(sanne):
    sanne(f"{HERE}/1", **ONE, **{"informal.potential": "Een idee."})
    sanne(f"{HERE}/1", **{"informal.story": "Aan de balie.", "informal.potential": ""})

    page = sanne(HERE).text
    assert "Aan de balie." in page
    assert STORY not in page
    assert "Een idee." not in page


def test_words_and_choices_are_sealed(campus, sanne):
    sanne(f"{HERE}/1", **ONE)
    sanne(f"{HERE}/1".replace("insight", "climate"), **{"cond.change": "very_little"})

    kept = repr(dump(campus.work))
    assert "balie" not in kept
    assert "very_little" not in kept


def test_what_is_too_long_is_kept_and_asks_to_be_made_shorter(sanne):
    answer = sanne(f"{HERE}/1", **{"informal.story": "x" * 1001})

    assert answer.status_code == 422
    assert "Maak uw antwoord 1 teken korter" in answer.text
    assert "x" * 1001 in sanne(f"{HERE}/1").text


def test_of_two_pages_that_change_one_answer_the_second_is_asked_which_one_stays(sanne):
    sanne(f"{HERE}/1", **ONE)
    seen = opened(sanne(f"{HERE}/1"))
    sanne(f"{HERE}/1", **{"informal.story": "Thuis bedacht."}, opened=seen)

    answer = sanne(f"{HERE}/1", **{"informal.story": "Op het werk bedacht."}, opened=seen)

    assert answer.status_code == 409
    assert "Thuis bedacht." in answer.text
    assert "Op het werk bedacht." in answer.text
    assert "Thuis bedacht." in sanne(HERE).text


def test_what_is_saved_by_itself_says_what_the_next_save_starts_from(sanne):
    mark = sanne(f"{HERE}/1", **ONE, opened=opened(sanne(f"{HERE}/1")), autosave="1").text

    again = sanne(f"{HERE}/1", **{"informal.story": "Met meer woorden."}, opened=mark)

    assert again.status_code == 303
    assert "Met meer woorden." in sanne(HERE).text


def test_saving_for_later_leads_back_to_what_was_begun(sanne):
    answer = sanne(f"{HERE}/1", **ONE, later="1")

    page = sanne("instruments/insight")
    assert answer.headers["location"].endswith("instruments/insight?notice=saved")
    assert HERE in page.text


def test_an_entry_is_taken_out_for_good(campus, sanne):
    sanne(f"{HERE}/1", **ONE)

    assert sanne(HERE, remove="1").status_code == 303
    assert sanne(HERE).status_code == 404
    assert campus.all(Entry) == []


def test_nobody_else_reads_or_removes_it(campus, sanne):
    sanne(f"{HERE}/1", **ONE)
    youssef = asking(campus, "youssef")

    assert youssef(HERE).status_code == 404
    assert STORY not in youssef(f"{HERE}/1").text
    youssef(HERE, remove="1")
    assert STORY in sanne(HERE).text


def test_an_entry_is_there_in_every_course_of_the_person(campus, sanne):
    sanne(f"{HERE}/1", **ONE)
    browser = campus.sign_in("sanne")
    page = browser.launch(OTHER_COURSE)

    found = campus.http.get(page.url + HERE, headers=campus.cookie_of(browser))

    assert STORY in found.text


def test_what_was_typed_under_an_ended_visit_is_kept_beside_the_rest_once(campus):
    campus.place()
    sanne = asking(campus, "sanne")
    sanne(f"{HERE}/1", **ONE)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        answers = [sanne(f"{HERE}/1", **{"informal.story": "Na een uur."}) for _ in range(2)]

    page = asking(campus, "sanne")("instruments/insight").text
    assert {each.status_code for each in answers} == {403}
    assert len(campus.all(Entry)) == 2
    assert STORY in asking(campus, "sanne")(HERE).text
    assert page.count('href="') > 2


def test_it_is_in_the_download_and_goes_with_the_person(campus, sanne):
    sanne(f"{HERE}/1", **ONE)

    campus.next_claims(about())
    browser, page = campus.open("sanne")
    html, taken = unpacked(campus.http.get(page.url + "download", headers=campus.cookie_of(browser)))
    erasing.erase(campus.work, campus.only(Entry).person_id, now=campus.work.now())

    assert STORY in html
    assert taken["entries"][0]["said"][0]["words"] == STORY
    assert campus.all(Entry) == []


SCAN = HERE.replace("insight", "climate")


def test_somebody_counts_along_once_and_sees_nothing_of_a_small_group(campus, sanne):
    sanne(f"{SCAN}/1", **{"cond.change": "much"})
    before = sanne(SCAN).text

    answers = [sanne(f"{SCAN}/count", sent="1") for _ in range(2)]

    page = sanne(SCAN).text
    assert "Tel mij mee" in before
    assert {each.status_code for each in answers} == {303}
    assert len(campus.all(Ballot)) == len(campus.all(Counted)) == 1
    assert "Tel mij mee" not in page
    assert "Vanaf 5 mensen" in page
    assert "Uw groep:" not in page


def test_what_a_group_says_stands_under_ones_own_answer_from_five_people(campus, sanne):
    sanne(f"{SCAN}/1", **{"cond.change": "very_little"})
    with campus.work.sessions.begin() as session:
        enrolment = session.scalars(select(Enrolment)).first()
        cohort = session.get_one(Cohort, enrolment.cohort_id)
        box = tallies.box(session, cohort, campus.work.catalogue.latest("climate"))
        around = {"organisation_id": cohort.organisation_id, "cohort_id": cohort.id}
        session.add(SpreadFigure(
            **around, instrument_version_id=box.version_id, item="cond.change", cell="high", snapshot=1,
            count=8, people=8,
        ))  # fmt: skip

    page = sanne(SCAN).text
    assert "Heel weinig" in page
    assert "Uw groep: de meesten zeggen ‘veel’." in page


def test_only_what_can_be_counted_is_counted(campus, sanne):
    sanne(f"{HERE}/1", **ONE)

    assert "Tel mij mee" not in sanne(HERE).text
    assert sanne(f"{HERE}/count", sent="1").status_code == 404
    assert campus.all(Ballot) == []


def test_counting_along_is_in_the_download_and_its_row_goes_with_the_person(campus, sanne):
    sanne(f"{SCAN}/1", **{"cond.change": "much"})
    sanne(f"{SCAN}/count", sent="1")

    campus.next_claims(about())
    browser, page = campus.open("sanne")
    _, taken = unpacked(campus.http.get(page.url + "download", headers=campus.cookie_of(browser)))
    erasing.erase(campus.work, campus.only(Entry).person_id, now=campus.work.now())

    assert taken["trainings"][0]["counts_along"] == ["Leerklimaatscan"]
    assert campus.all(Counted) == []
    assert len(campus.all(Ballot)) == 1
