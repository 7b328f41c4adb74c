"""A logbook: a note in ten seconds, for its writer alone."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.logbook import Note
from lti_tool.rounds import erasing
from tests.web.about_people import about, unpacked
from tests.web.campus import OTHER_COURSE, TRAINER
from tests.web.follow import asking
from tests.web.tables import dump

ALOUD = "Femke leest haar brieven hardop."
ONE = {"log.note": ALOUD, "page": "00000000-0000-4000-8000-000000000001"}


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


def only(campus):
    return campus.only(Note)


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


def test_months_stand_apart_with_the_latest_first(campus):
    campus.go_to(date(2026, 10, 30))
    campus.place()
    sanne = asking(campus, "sanne")
    sanne("logbook", **{"log.note": "In oktober."})
    campus.go_to(date(2026, 11, 2))
    sanne = asking(campus, "sanne")
    sanne("logbook", **{"log.note": "In november."})

    now, before = sanne("logbook").text, sanne("logbook?month=2026-10").text

    assert "In november." in now
    assert "In oktober." not in now
    assert "oktober 2026: 1 notitie" in now
    assert "In oktober." in before
    assert "In november." not in before


def in_words(page):
    """What stands above the notes of a month about all of them."""
    return page.text.split('aria-labelledby="month"')[1].split("</section>")[0]


def test_a_month_says_in_words_what_there_was_each_once_and_in_the_order_of_the_question(campus, sanne):
    sanne("logbook", **{"log.note": ALOUD, "log.kind:line": "Uit een filmpje"})
    for kind, need in (("alone", "solve"), ("watching", "solve"), ("alone", "new"), ("none", "none")):
        sanne("logbook", **{"log.note": ALOUD, "log.kind": kind, "log.need": need})
    sanne("logbook", **{"log.note": ALOUD, "log.need": "new"})

    told = in_words(sanne("logbook"))

    found = [re.sub(r"</?bdi>", "", each) for each in re.findall(r"<d[td][^>]*>(.*?)</d[td]>", told)]
    assert found == [
        "Hoe leerde u wat u opschreef?",
        "Ik zag hoe een ander het deed",
        "Ik zocht het in mijn eentje uit",
        "Iets anders: Uit een filmpje",
        "Wat voor moment was het?",
        "Ik deed iets voor het eerst",
        "Er ging iets mis",
    ]


def test_a_month_in_words_holds_no_figure_but_its_year(campus, sanne):
    for _ in range(3):
        sanne("logbook", **{"log.note": ALOUD, "log.kind": "doing"})

    told = in_words(sanne("logbook"))

    assert re.findall(r"\d+", re.sub(r"<[^>]*>", "", told)) == [str(campus.today.year)]


def test_another_month_says_what_there_was_in_that_month(campus):
    campus.place()
    for day, kind in ((date(2026, 10, 30), "doing"), (date(2026, 11, 2), "watching")):
        campus.go_to(day)
        sanne = asking(campus, "sanne")
        for _ in range(2):
            sanne("logbook", **{"log.note": ALOUD, "log.kind": kind})

    before, now = in_words(sanne("logbook?month=2026-10")), in_words(sanne("logbook"))

    assert ("Ik probeerde het uit" in before, "Ik zag hoe" in before) == (True, False)
    assert ("Ik probeerde het uit" in now, "Ik zag hoe" in now) == (False, True)


@pytest.mark.parametrize("notes", [[{"log.kind": "doing"}], [{}, {}]])
def test_a_month_with_one_note_or_without_a_choice_is_not_put_in_words(sanne, notes):
    for note in notes:
        sanne("logbook", **{"log.note": ALOUD, **note})

    assert 'aria-labelledby="month"' not in sanne("logbook").text


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "x", "1999-01"])
def test_a_month_without_notes_shows_the_latest(campus, sanne, month):
    sanne("logbook", **ONE)

    page = sanne(f"logbook?month={month}")

    assert page.status_code == 200
    assert ALOUD in page.text


@pytest.mark.parametrize("path", ["logbook", "logbook/00000000-0000-4000-8000-000000000009"])
def test_what_is_typed_in_a_visit_that_ended_is_kept_as_a_note(campus, sanne, path):
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        page = sanne(path, **ONE)

    assert page.status_code == 403
    assert "Uw tekst is bewaard" in page.text
    assert ALOUD not in page.text
    assert ALOUD in asking(campus, "sanne")("logbook").text


@pytest.mark.parametrize("path", ["logbook", "logbook/00000000-0000-4000-8000-000000000009"])
def test_what_is_sent_twice_in_a_visit_that_ended_is_kept_once(campus, sanne, path):
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        pages = [sanne(path, **{**ONE, "log.note": words}) for words in (ALOUD, ALOUD, "Anders.", ALOUD)]

    assert all("Uw tekst is bewaard" in page.text for page in pages)
    assert len(campus.all(Note)) == 2


def test_a_visit_that_ended_overwrites_no_note_and_repeats_none(campus, sanne):
    sanne("logbook", **ONE)
    path = f"logbook/{only(campus).id}"

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        for where in ("logbook", path):
            sanne(where, **ONE)
            sanne(where, **{**ONE, "log.note": "Anders."})

    page = asking(campus, "sanne")("logbook").text
    assert ALOUD in page
    assert "Anders." in page
    assert len(campus.all(Note)) == 2


@pytest.mark.parametrize("typed", [{"log.note": " "}, {**ONE, "remove": "1"}])
def test_a_visit_that_ended_keeps_nothing_where_nothing_was_written(campus, sanne, typed):
    path = "logbook/00000000-0000-4000-8000-000000000009" if "remove" in typed else "logbook"
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        page = sanne(path, **typed)

    assert "Uw tekst is bewaard" not in page.text
    assert campus.all(Note) == []


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
