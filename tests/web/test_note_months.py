"""The months of a logbook: each apart, and in words what there was."""

import re
from datetime import date

import pytest

from tests.web.follow import asking
from tests.web.notes import ALOUD, ONE


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


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
