"""One note open in two pages: nothing is overwritten that nobody saw, and nothing that was typed is lost."""

import re

import pytest

from lti_tool.models.logbook import Note
from tests.web.follow import asking

FIRST, OTHER, MINE = "Hardop lezen helpt.", "Zacht lezen helpt ook.", "Samen lezen helpt het meest."
PAGE = {"page": "00000000-0000-4000-8000-000000000001"}


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


@pytest.fixture
def path(campus, sanne):
    """Where a note of hers is changed."""
    sanne("logbook", **{"log.note": FIRST, "log.kind": "doing", **PAGE})
    return f"logbook/{campus.only(Note).id}"


def opened(page):
    """What the form of a page carries of the note that it was opened with."""
    return {"opened": re.search(r'name="opened" value="([^"]*)"', page.text)[1]}


def field(page):
    """What stands in the field of the note."""
    return re.search(r"<textarea[^>]*>([^<]*)</textarea>", page.text)[1].strip()


def sent(words, **more):
    return {"log.note": words, "log.kind": "doing", **more}


def test_what_both_pages_changed_is_asked_with_both_texts(campus, sanne, path):
    older, newer = opened(sanne(path)), opened(sanne(path))
    sanne(path, **sent(OTHER), **newer)

    asked = sanne(path, **sent(MINE), **older)

    assert asked.status_code == 409
    assert "U bewaarde deze notitie ook ergens anders" in asked.text
    assert OTHER in asked.text.split("<textarea")[0]
    assert field(asked) == MINE
    assert OTHER in sanne("logbook").text


def test_who_saw_both_texts_saves_the_one_in_the_field(campus, sanne, path):
    older = opened(sanne(path))
    sanne(path, **sent(OTHER), **opened(sanne(path)))
    asked = sanne(path, **sent(MINE), **older)

    answer = sanne(path, **sent(MINE), **opened(asked))

    page = sanne("logbook").text
    assert answer.status_code == 303
    assert MINE in page
    assert OTHER not in page


def test_what_only_the_other_page_changed_stays(campus, sanne, path):
    older = opened(sanne(path))
    sanne(path, **{"log.note": FIRST, "log.kind": "alone"}, **opened(sanne(path)))

    answer = sanne(path, **sent(MINE), **older)

    page = sanne("logbook").text.split('id="before"')[1]
    assert answer.status_code == 303
    assert MINE in page
    assert "in mijn eentje" in page


def test_a_page_that_is_sent_twice_asks_nothing(campus, sanne, path):
    page = opened(sanne(path))

    assert [sanne(path, **sent(MINE), **page).status_code for _ in range(2)] == [303, 303]


def test_a_mark_of_one_note_says_nothing_of_another(campus, sanne, path):
    page = opened(sanne(path))
    sanne("logbook", **{"log.note": FIRST, "log.kind": "doing"})
    (other,) = [note for note in campus.all(Note) if str(note.id) not in path]

    assert opened(sanne(f"logbook/{other.id}")) != page


def test_what_was_typed_about_a_note_that_was_removed_can_be_saved_as_a_new_one(campus, sanne, path):
    page = opened(sanne(path))
    sanne(path, remove="1")

    left = sanne(path, **sent(MINE, **{"log.wonder": "Ze lachte."}), **page)
    name = re.search(r'name="page" value="([^"]*)"', left.text)[1]
    answers = [sanne("logbook", **sent(field(left)), page=name) for _ in range(2)]

    assert left.status_code == 409
    assert "U haalde deze notitie op een andere pagina weg" in left.text
    assert "Ze lachte." in left.text
    assert [answer.status_code for answer in answers] == [303, 303]
    assert MINE in sanne("logbook").text
    assert campus.only(Note)


def test_a_note_that_was_removed_is_not_there_for_who_typed_nothing(campus, sanne, path):
    sanne(path, remove="1")

    answers = [sanne(path), sanne(path, **{"log.note": " "})]

    assert [answer.status_code for answer in answers] == [404] * 2


def test_a_note_that_another_page_changed_is_shown_before_it_is_removed(campus, sanne, path):
    older = opened(sanne(path))
    sanne(path, **sent(OTHER), **opened(sanne(path)))

    asked = sanne(path, remove="1", **older)
    answer = sanne(path, remove="1", **opened(asked))

    assert asked.status_code == 409
    assert "U veranderde deze notitie ergens anders" in asked.text
    assert field(asked) == OTHER
    assert answer.status_code == 303
    assert campus.all(Note) == []


def test_the_page_that_a_note_came_from_asks_too_before_it_overwrites_later_words(campus, sanne, path):
    sanne(path, **sent(OTHER), **opened(sanne(path)))

    asked = sanne("logbook", **sent(MINE), **PAGE)
    same = sanne("logbook", **sent(OTHER), **PAGE)

    assert asked.status_code == 409
    assert OTHER in asked.text.split("<textarea")[0]
    assert field(asked) == MINE
    assert same.status_code == 303
    assert OTHER in sanne("logbook").text
