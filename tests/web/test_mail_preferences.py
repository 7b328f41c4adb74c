"""Pause, stop and the way back: one training's letters, by the links in the letters themselves."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import update

from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.tracks import Enrolment, MailStatus
from lti_tool.services.links import Purpose
from tests.factories import ENDED_ON
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.tables import dump

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def page(mail):
    """The address of the page behind the links of Monday's letter."""
    return link(mail.on(MONDAY), "/m/").partition("?")[0]


def test_looking_changes_nothing_whatever_the_link_proposes(campus, page):
    before = dump(campus.work)

    for _ in range(10):
        for query in ("", "?choose=stop", "?choose=pause", "?kept=1"):
            assert campus.http.get(page + query).status_code == 200
            assert campus.http.head(page + query).status_code == 200

    assert dump(campus.work) == before


def test_the_choice_of_the_link_is_chosen_beforehand(campus, page):
    assert 'value="pause" checked' in campus.http.get(page + "?choose=pause").text


def test_without_a_choice_in_the_link_what_holds_is_chosen(campus, page):
    campus.http.post(page, data={"choose": "few"})

    assert 'value="few" checked' in campus.http.get(page).text


def test_who_finds_that_mail_came_back_can_have_the_address_tried_again(campus, mail, page):
    with campus.work.sessions.begin() as session:
        session.execute(update(Mailbox).values(status=MailboxStatus.REFUSED))
    shown = campus.http.get(page).text
    assert "kwam terug" in shown
    assert 'value="try_again"' in shown

    campus.http.post(page, data={"choose": "try_again"})

    to_this_address = next(one for one in campus.all(Mailbox) if one.id == campus.all(Delivery)[0].mailbox_id)
    assert to_this_address.status is MailboxStatus.OPEN


def test_stop_ends_the_letters_of_this_training(campus, mail, page):
    answer = campus.http.post(page, data={"choose": "stop"})

    kept = campus.http.get(answer.headers["Location"])
    assert (answer.status_code, kept.status_code) == (303, 200)
    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED
    assert mail.planned() == {}
    campus.go_to(THURSDAY)
    assert campus.deliver() == []


def test_the_way_back_brings_what_is_still_to_come(campus, mail, page):
    before = mail.planned()
    campus.http.post(page, data={"choose": "stop"})

    campus.http.post(page, data={"choose": "go_on"})

    assert campus.only(Enrolment).mail_status is MailStatus.ON
    assert mail.planned() == before


def test_a_pause_is_two_weeks_without_letters(campus, mail, page):
    campus.http.post(page, data={"choose": "pause"})

    enrolment = campus.only(Enrolment)
    assert (enrolment.mail_status, enrolment.paused_until) == (MailStatus.PAUSED, MONDAY + timedelta(days=14))
    assert all(day >= enrolment.paused_until for day in mail.planned().values())
    campus.go_to(THURSDAY)
    assert campus.deliver() == []


def test_the_unsubscribe_of_a_mail_program_stops_with_one_post_and_says_nothing(campus, mail):
    letter = mail.on(MONDAY)
    url = letter.header("List-Unsubscribe").strip("<>")

    answer = campus.http.post(url, data=ONE_CLICK)

    assert letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert (answer.status_code, answer.text) == (200, "")
    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED


def test_the_unsubscribe_of_a_mail_program_may_come_twice_and_as_multipart(campus, page):
    for _ in range(2):
        answer = campus.http.post(page, files={"List-Unsubscribe": (None, "One-Click")})
        assert answer.status_code == 200

    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED


@pytest.mark.parametrize("sent", [{}, {"choose": ""}, {"choose": "invented"}, {"List-Unsubscribe": "maybe"}])
def test_a_post_that_chooses_nothing_changes_nothing(campus, page, sent):
    campus.http.post(page, data={"choose": "stop"})

    answer = campus.http.post(page, data=sent)

    assert answer.status_code == 422
    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED


def test_a_link_that_is_forged_or_of_another_purpose_has_expired(campus, mail, page):
    real = urlsplit(page).path.rsplit("/", 1)[1]
    forged = [
        "x",
        real[:-2],
        mail.token(Purpose.ANSWER, mail.who.enrolment.id),
        mail.token(Purpose.ANSWER, campus.all(Delivery)[0].id),
        mail.token(Purpose.PREFERENCES, uuid4()),
    ]
    before = dump(campus.work)

    for token in forged:
        for sent in ({"choose": "stop"}, ONE_CLICK):
            assert campus.http.post(f"/m/{token}", data=sent).status_code == 410
        assert campus.http.get(f"/m/{token}").status_code == 410

    assert dump(campus.work) == before


def test_the_page_names_the_training_and_nothing_that_anybody_wrote(campus, page):
    text = campus.http.get(page).text

    assert "Doorvragen aan het loket" in text
    assert "een inwoner belt" not in text
    assert "vraag ik eerst door" not in text
    assert "1041" not in text


def test_the_choice_works_long_after_the_last_letter(campus, page):
    campus.go_to(ENDED_ON + timedelta(days=200))

    assert campus.http.post(page, data={"choose": "stop"}).status_code == 303
    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED
