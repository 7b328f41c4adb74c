"""A logbook: a note in ten seconds, for its writer alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from lti_tool.models.logbook import Note
from lti_tool.rounds import erasing
from tests.web.about_people import about, unpacked
from tests.web.campus import OTHER_COURSE, TRAINER
from tests.web.follow import asking
from tests.web.notes import ALOUD, ONE, only
from tests.web.tables import dump


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


def test_a_note_is_written_in_one_go_and_stands_there_from_then_on(campus, sanne):
    answer = sanne("logbook", **ONE)

    page = sanne("logbook").text
    assert answer.status_code == 303
    assert "notice=note_kept" in answer.headers["location"]
    assert ALOUD in page


def test_what_can_be_added_stands_with_it_in_words(campus, sanne):
    sanne("logbook", **ONE, **{"log.wonder": "Ze lachte.", "log.kind": "watching", "log.need": "more"})

    page = sanne("logbook").text.split('id="before"')[1]
    assert all(words in page for words in (ALOUD, "Ze lachte.", "Ik zag hoe een ander het deed"))
    assert "Ik wilde meer weten" in page


def test_a_choice_that_is_not_there_is_written_beside_it_and_can_be_taken_back(campus, sanne):
    sanne("logbook", **ONE, **{"log.kind:line": "Uit een filmpje", "log.need": "more"})
    before = sanne("logbook").text.split('id="before"')[1]

    sanne(f"logbook/{only(campus).id}", **ONE, **{"log.kind": "none", "log.need": "none"})

    after = sanne("logbook").text.split('id="before"')[1]
    assert "Iets anders: <bdi>Uit een filmpje</bdi>" in before
    assert "Ik wilde meer weten" in before
    assert not any(words in after for words in ("Iets anders", "Ik wilde meer weten", "Geen antwoord"))


def test_what_made_somebody_look_twice_is_a_note_by_itself(campus, sanne):
    assert sanne("logbook", **{"log.wonder": "Ze lachte."}).status_code == 303
    assert "Ze lachte." in sanne("logbook").text


def test_words_and_choices_are_sealed(campus, sanne):
    sanne("logbook", **ONE, **{"log.kind": "watching"})

    kept = repr(dump(campus.work))
    assert "Femke" not in kept
    assert "watching" not in kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Schrijf eerst iets op"),
        ({"log.note": "  \n", "log.kind": "watching"}, "Schrijf eerst iets op"),
        ({"log.note": "x" * 1001}, "Maak uw antwoord 1 teken korter"),
        ({"log.note": ALOUD, "log.kind": "flying"}, "Kies uit deze antwoorden"),
    ],
)
def test_what_does_not_fit_is_told_and_stays_on_the_page(campus, sanne, typed, told):
    page = sanne("logbook", page=ONE["page"], **typed)

    assert page.status_code == 422
    assert told in page.text
    assert typed.get("log.note", "").strip() in page.text
    assert campus.all(Note) == []


def test_a_page_that_is_sent_twice_is_one_note_also_at_once(campus, sanne):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: sanne("logbook", **ONE).status_code, range(4)))

    assert answers == [303] * 4
    assert campus.only(Note)


def test_who_goes_back_and_mends_a_word_has_one_note_with_the_last_words(campus, sanne):
    sanne("logbook", **ONE)
    sanne("logbook", **{**ONE, "log.note": "Hardop lezen helpt."})

    page = sanne("logbook").text
    assert campus.only(Note).changed_at is not None
    assert "Hardop lezen helpt." in page
    assert ALOUD not in page


@pytest.mark.parametrize("page", ["", "no-uuid", "0" * 400])
def test_a_page_that_does_not_say_which_it_is_still_keeps_its_note(campus, sanne, page):
    assert sanne("logbook", **{**ONE, "page": page}).status_code == 303
    assert campus.only(Note)


def test_a_note_can_be_changed(campus, sanne):
    sanne("logbook", **ONE, **{"log.kind": "watching"})
    path = f"logbook/{only(campus).id}"
    assert ALOUD in sanne(path).text

    answer = sanne(path, **{"log.note": "Hardop lezen helpt."})

    page = sanne("logbook").text
    assert answer.status_code == 303
    assert "Hardop lezen helpt." in page
    assert "Ik zag hoe" not in page.split('id="before"')[1]


def test_a_note_that_is_emptied_stays_as_it_was_and_the_page_says_so(campus, sanne):
    sanne("logbook", **ONE)

    page = sanne(f"logbook/{only(campus).id}", **{"log.note": ""})

    assert page.status_code == 422
    assert "Schrijf eerst iets op" in page.text
    assert ALOUD in sanne("logbook").text


def test_a_note_that_is_removed_is_gone(campus, sanne):
    sanne("logbook", **ONE)

    sanne(f"logbook/{only(campus).id}", remove="1")

    assert campus.all(Note) == []
    assert "Uw logboek is nog leeg" in sanne("logbook").text


def test_nobody_reads_changes_or_removes_the_note_of_another(campus, sanne):
    sanne("logbook", **ONE)
    path, youssef = f"logbook/{only(campus).id}", asking(campus, "youssef")

    answers = [youssef(path), youssef(path, **{"log.note": "Van mij"}), youssef(path, remove="1")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert ALOUD not in "".join(page.text for page in (*answers, youssef("logbook")))
    assert ALOUD in sanne("logbook").text


def test_two_people_may_send_from_pages_with_one_name(campus, sanne):
    sanne("logbook", **ONE)

    assert asking(campus, "youssef")("logbook", **ONE).status_code == 303
    assert len(campus.all(Note)) == 2


def test_a_trainer_has_no_part_in_it(campus, sanne):
    sanne("logbook", **ONE)

    assert asking(campus, TRAINER)("logbook").status_code == 403


def test_it_is_the_same_logbook_in_every_course_also_where_nothing_is_set_up(campus, sanne):
    sanne("logbook", **ONE)

    _browser, page = campus.open("sanne", OTHER_COURSE)
    url = page.url.partition("?")[0]
    other = campus.http.get(url + "logbook", headers=campus.cookie_of(campus.browsers[-1]))

    assert ALOUD in other.text


def test_it_goes_with_its_writer_and_stands_in_what_they_take_along(campus, sanne):
    sanne("logbook", **ONE, **{"log.kind": "watching"})
    campus.next_claims(about())
    browser = campus.sign_in("sanne")
    page = browser.launch("3112")
    file = campus.http.get(page.url + "download", headers=campus.cookie_of(browser))
    html, taken = unpacked(file)

    assert ALOUD in html
    assert [said["words"] or said["chosen"] for said in taken["logbook"][0]["said"]] == [
        ALOUD,
        ["Ik zag hoe een ander het deed"],
    ]

    erasing.erase(campus.work, only(campus).person_id, now=campus.work.now())
    assert campus.all(Note) == []
