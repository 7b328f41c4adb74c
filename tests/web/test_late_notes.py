"""Notes that are sent in a visit that ended: kept, and not shown."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.logbook import Note
from tests.web.follow import asking
from tests.web.notes import ALOUD, ONE, only


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


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
