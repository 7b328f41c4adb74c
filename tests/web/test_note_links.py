"""The link of a logbook: whoever holds it can add notes, and nothing else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.logbook import Note, NoteLink, Way
from lti_tool.models.people import Person
from lti_tool.models.platforms import PlatformStatus
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.rounds import erasing
from lti_tool.services import platforms
from tests.web.about_people import about, unpacked
from tests.web.campus import OTHER_COURSE, TRAINER
from tests.web.follow import asking
from tests.web.tables import dump

OWN, NEW = "Femke leest haar brieven hardop.", "Een inwoner legde het mij uit."
PAGE = "00000000-0000-4000-8000-000000000001"
TYPED = {"log.note": NEW, "page": PAGE}


@pytest.fixture
def sanne(campus):
    """What a learner asks of the tool, within a visit."""
    campus.place()
    return asking(campus, "sanne")


def link_on(page):
    """The link that a page shows."""
    return re.search(r"http[^<\s]+/l/[\w-]+", page.text)[0]


@pytest.fixture
def link(sanne):
    """The address of a link just made."""
    return link_on(sanne("logbook/link", make="1"))


def test_a_link_is_shown_once_and_only_its_hash_is_kept(campus, sanne):
    made = sanne("logbook/link", make="1")

    again = sanne("logbook/link").text
    link = link_on(made)
    # The other language is a page that could not show it again.
    assert 'name="locale"' in again
    assert 'name="locale"' not in made.text
    token = link.rsplit("/", 1)[1]
    assert campus.http.get(link).status_code == 200
    assert token not in again
    assert "Beklijf kan hem niet nog een keer laten zien" in again
    assert token not in repr(dump(campus.work))
    assert len(token) >= 43


def test_a_note_comes_in_by_the_link_and_its_owner_reads_it_and_how_it_came(campus, sanne, link):
    answer = campus.http.post(link, data={**TYPED, "log.kind": "told"})

    thanks = campus.http.get(answer.headers["Location"])
    page = sanne("logbook").text
    assert answer.status_code == 303
    assert "Uw notitie is bewaard" in thanks.text
    assert f'href="{link.removeprefix(campus.tool)}"' in thanks.text
    assert NEW in page
    assert "Kwam via uw link" in page
    assert campus.only(Note).way is Way.LINK


def test_who_holds_the_link_reads_nothing_of_anybody(campus, sanne, link):
    sanne("logbook", **{"log.note": OWN})
    campus.http.post(link, data=TYPED)

    seen = [
        campus.http.get(link),
        campus.http.get(f"{link}?kept=1"),
        campus.http.get(f"{link}?month=2026-11"),
    ]

    words = (OWN, NEW, "Sanne", "Doorvragen", "<time")
    assert {answer.status_code for answer in seen} == {200}
    assert not [word for word in words for answer in seen if word in answer.text]


def test_a_page_sent_twice_is_one_note_and_other_words_of_it_stand_beside_the_first(campus, link):
    for words in (NEW, NEW, OWN, OWN, NEW):
        assert campus.http.post(link, data={**TYPED, "log.note": words}).status_code == 303

    assert len(campus.all(Note)) == 2
    assert {note.changed_at for note in campus.all(Note)} == {None}


def test_a_page_of_the_tool_whose_name_somebody_knows_is_not_changed_by_the_link(campus, sanne, link):
    sanne("logbook", **{"log.note": OWN, "page": PAGE})

    campus.http.post(link, data=TYPED)

    page = sanne("logbook").text
    assert OWN in page
    assert NEW in page


def test_nothing_is_removed_by_the_link(campus, sanne, link):
    sanne("logbook", **{"log.note": OWN})
    note = campus.only(Note)

    asked = [
        campus.http.post(link, data={"remove": "1"}),
        campus.http.post(f"{link}/{note.id}", data={"remove": "1"}),
        campus.http.delete(link),
    ]

    assert [answer.status_code for answer in asked] == [422, 404, 405]
    assert campus.only(Note).id == note.id


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"log.note": " "}, "Schrijf eerst iets op"),
        ({"log.note": "x" * 1001}, "Maak uw antwoord 1 teken korter"),
        ({"log.note": NEW, "log.kind": "flying"}, "Kies uit deze antwoorden"),
    ],
)
def test_what_does_not_fit_is_told_and_stays_on_the_page(campus, link, typed, told):
    page = campus.http.post(link, data=typed)

    assert page.status_code == 422
    assert told in page.text
    assert typed["log.note"].strip() in page.text
    assert campus.all(Note) == []


def test_looking_changes_nothing_however_often(campus, link):
    before = dump(campus.work)

    assert {campus.http.request(how, link).status_code for how in ("GET", "HEAD") * 3} == {200}
    assert dump(campus.work) == before


@pytest.mark.parametrize("button", ["make", "end"])
def test_a_new_link_or_stopping_ends_the_one_before(campus, sanne, link, button):
    sanne("logbook/link", **{button: "1"})

    assert campus.http.get(link).status_code == 410
    assert len(campus.all(NoteLink)) == (button == "make")


def test_who_types_while_a_link_ends_still_has_the_words_on_the_page(campus, sanne, link):
    sanne("logbook/link", end="1")

    answer = campus.http.post(link, data=TYPED)

    assert answer.status_code == 410
    assert NEW in answer.text
    assert campus.all(Note) == []


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%F0%9F%8E%88", "..", "%00"])
def test_a_link_that_was_never_made_opens_nothing(campus, link, token):
    assert campus.http.get(f"/l/{token}").status_code in {404, 410}
    assert campus.http.post(f"/l/{token}", data=TYPED).status_code in {404, 405, 410}
    assert campus.all(Note) == []


def test_a_link_is_made_and_ended_within_a_quarter_of_an_hour_after_a_launch(campus, sanne, link):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        page = sanne("logbook/link")
        answers = [sanne("logbook/link", **{name: "1"}) for name in ("make", "end")]

    assert "Open dit onderdeel nog een keer" in page.text
    assert [answer.status_code for answer in answers] == [403, 403]
    assert campus.http.get(link).status_code == 200


def test_a_press_on_no_button_makes_and_ends_nothing(campus, sanne, link):
    assert sanne("logbook/link", other="1").status_code == 400
    assert campus.http.get(link).status_code == 200


def test_a_trainer_makes_none(campus, sanne):
    assert asking(campus, TRAINER)("logbook/link", make="1").status_code == 403
    assert campus.all(NoteLink) == []


def test_it_writes_in_the_logbook_of_its_owner_alone(campus, link):
    youssef = asking(campus, "youssef")

    campus.http.post(link, data=TYPED)

    assert NEW not in youssef("logbook").text
    assert NEW in asking(campus, "sanne")("logbook").text


def test_who_takes_part_in_nothing_any_more_has_no_link_until_they_come_back(campus, link):
    enrolment = campus.only(Enrolment)

    for status, code in ((EnrolmentStatus.LEFT, 410), (EnrolmentStatus.ACTIVE, 200)):
        with campus.work.sessions.begin() as session:
            session.get_one(Enrolment, enrolment.id).status = status
        assert campus.http.get(link).status_code == code


def test_who_never_took_part_in_anything_has_a_logbook_and_a_link_too(campus):
    browser, page = campus.open("sanne", OTHER_COURSE)
    url, cookie = page.url.partition("?")[0], campus.cookie_of(browser)

    link = link_on(campus.http.post(f"{url}logbook/link", headers=cookie, data={"make": "1"}))

    assert campus.all(Enrolment) == []
    assert campus.http.post(link, data=TYPED).status_code == 303


def test_it_ends_with_the_registration_of_the_lms(campus, link):
    with campus.work.sessions.begin() as session:
        platform = session.merge(campus.platform)
        platforms.remove(platform)

    assert campus.platform.status is PlatformStatus.REMOVED
    assert campus.http.get(link).status_code == 410
    assert campus.http.post(link, data=TYPED).status_code == 410


def test_it_goes_with_its_owner(campus, link):
    person = next(one for one in campus.all(Person) if one.sub == "1041")

    erasing.erase(campus.work, person.id, now=campus.work.now())

    assert campus.http.post(link, data=TYPED).status_code == 410
    assert campus.all(NoteLink) == []


def test_what_somebody_takes_along_says_that_there_is_one_and_not_where(campus, link):
    browser = campus.sign_in("sanne")
    campus.next_claims(about())
    page, cookie = browser.launch("3112"), campus.cookie_of(browser)

    html, for_programs = unpacked(campus.http.get(page.url + "download", headers=cookie))

    assert '<span>Link van het logboek</span><span class="bk-nowrap">ja</span>' in page.text
    assert "Link van uw logboek gemaakt op" in html
    assert for_programs["note_link_since"]
    assert link.rsplit("/", 1)[1] not in f"{html}{for_programs}"


def test_its_pages_speak_the_language_of_its_owner_or_the_one_asked_for(campus, link):
    with campus.work.sessions.begin() as session:
        for person in session.query(Person):
            person.locale = "en"

    answer = campus.http.post(f"{link}?lang=nl", data=TYPED, headers={"Accept-Language": "nl"})

    assert "Write in your logbook" in campus.http.get(link, headers={"Accept-Language": "nl"}).text
    assert "Uw notitie is bewaard" in campus.http.get(answer.headers["Location"]).text


def test_nobody_frames_it_keeps_it_or_hears_of_it_by_a_referrer(campus, link):
    for answer in (campus.http.get(link), campus.http.post(link, data=TYPED), campus.http.get("/l/x")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers


def test_the_log_says_that_one_was_made_and_ended_and_never_which(campus, sanne, caplog):
    caplog.set_level("INFO", "beklijf")
    link = link_on(sanne("logbook/link", make="1"))
    campus.http.post(link, data=TYPED)
    sanne("logbook/link", end="1")
    campus.http.get(link)

    said = "\n".join(record.getMessage() for record in caplog.records if record.name == "beklijf")
    assert re.findall(r"note_link\.\w+", said) == ["note_link.made", "note_link.ended", "note_link.refused"]
    assert link.rsplit("/", 1)[1] not in said
    assert NEW not in said
