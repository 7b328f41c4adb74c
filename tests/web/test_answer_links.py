"""Links of answers in a letter: looking changes nothing, and when they open nothing."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from lti_tool.models.check_ins import CheckIn
from lti_tool.models.deliveries import Delivery
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.services.links import Purpose
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.tables import dump

WINDOW_ENDS = date(2026, 12, 18)
DAY = timedelta(days=1)


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def cue(mail):
    """The letter of the own day, after that of Monday."""
    mail.on(MONDAY)
    return mail.on(THURSDAY)


def test_looking_changes_nothing_however_often_and_however_a_scanner_looks(campus, cue):
    urls = [link(cue, f"answer={one}") for one in ("used", "partly", "not_yet")]
    pages = [
        url.partition("?")[0] + path
        for url in urls[:1]
        for path in ("/obstacle", "/date", "/change", "/thanks")
    ]
    before = dump(campus.work)

    for _ in range(10):
        for url in (*urls, *pages):
            assert campus.http.get(url).status_code in {200, 303}
            assert campus.http.head(url).status_code in {200, 303}
            campus.http.options(url)

    assert dump(campus.work) == before


def test_the_page_shows_the_answer_of_the_link_chosen_but_nothing_is_sent_yet(campus, cue):
    page = campus.http.get(link(cue, "answer=partly"))

    assert 'value="partly" checked' in page.text
    assert "een inwoner belt" in page.text
    assert campus.all(CheckIn) == []


def test_a_link_that_is_forged_or_of_another_purpose_has_expired(campus, mail, cue):
    real = link(cue, "answer=used").partition("?")[0].rsplit("/", 1)[1]
    delivery = campus.all(Delivery)[0].id
    forged = [
        "x",
        real[:-5] + ("A" if real[-5] != "A" else "B") + real[-4:],
        mail.token(Purpose.PREFERENCES, delivery),
        mail.token(Purpose.ANSWER, uuid4()),
        mail.token(Purpose.PREFERENCES, mail.who.enrolment.id),
    ]
    before = dump(campus.work)

    for token in forged:
        for method in ("GET", "POST"):
            answer = campus.http.request(method, f"/c/{token}", data={"checkin.used": "used"})
            assert answer.status_code == 410
            assert "Deze link werkt niet meer" in answer.text

    assert dump(campus.work) == before


def test_a_link_works_until_a_week_after_the_window_and_then_points_to_the_course(campus, mail, cue):
    with campus.work.sessions.begin() as session:
        session.get_one(
            type(mail.where.link), mail.where.link.id
        ).return_url = f"{campus.lms.url}/courses/311/return"
    url = link(cue, "answer=used")
    campus.go_to(WINDOW_ENDS + 7 * DAY, 23, 0)
    in_time = campus.http.get(url)

    campus.go_to(WINDOW_ENDS + 8 * DAY, 0, 5)
    too_late = campus.http.post(url, data={"checkin.used": "used"})

    assert (in_time.status_code, too_late.status_code) == (200, 410)
    assert f'href="{campus.lms.url}/courses/311/return"' in too_late.text
    assert "een inwoner belt" not in too_late.text
    assert campus.all(CheckIn) == []


def test_the_link_of_somebody_who_was_erased_has_expired(campus, mail, cue):
    campus.work.keyring.forget(mail.who.key.id)

    answer = campus.http.post(link(cue, "answer=used"), data={"checkin.used": "used"})

    assert answer.status_code == 410
    assert campus.all(CheckIn) == []


@pytest.mark.parametrize("what", ["left", "removed"])
def test_the_link_closes_with_the_course_and_the_platform(campus, mail, cue, what):
    with campus.work.sessions.begin() as session:
        if what == "left":
            session.execute(update(Enrolment).values(status=EnrolmentStatus.LEFT))
        else:
            session.execute(update(Platform).values(status=PlatformStatus.REMOVED))

    shown = campus.http.get(link(cue, "answer=used"))
    answer = campus.http.post(link(cue, "answer=used"), data={"checkin.used": "used"})

    assert (shown.status_code, answer.status_code) == (410, 410)
    assert "een inwoner belt" not in shown.text
    assert campus.all(CheckIn) == []
