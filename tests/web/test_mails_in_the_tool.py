"""Pause, stop and the way back from inside the tool: for who reads no mails, or has none at hand."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.tracks import Enrolment, MailStatus
from tests.web.campus import OTHER_COURSE
from tests.web.mail import MONDAY, Mail, link


@pytest.fixture
def mail(campus):
    """The letters of Sanne, seen from the Monday after the training."""
    mail = Mail(campus)
    campus.go_to(MONDAY, 8)
    return mail


@pytest.fixture
def sanne(campus, mail):
    """Sanne in the tool: her browser and her first page."""
    return campus.open("sanne")


def press(sanne, button):
    """Presses a button about the mails; the page after it."""
    browser, page = sanne
    return browser.submit(page, button=button)


def test_pause_and_stop_stand_beside_each_other_where_the_mails_are_listed(sanne):
    _, page = sanne

    form = page.form("choose")
    assert [button.text for button in form.buttons] == [
        "Minder mails",
        "Twee weken pauzeren",
        "Deze mails stoppen",
    ]
    equal = '<button class="bk-textbutton" type="submit" name="choose"'
    assert page.text.count(equal) == 3


def test_a_pause_lasts_two_weeks_and_the_page_says_until_when(campus, mail, sanne):
    page = press(sanne, "Twee weken pauzeren")

    enrolment = campus.only(Enrolment)
    assert (enrolment.mail_status, enrolment.paused_until) == (MailStatus.PAUSED, MONDAY + timedelta(days=14))
    assert "Uw mails staan op pauze tot maandag 21 december." in page.text
    assert all(day >= enrolment.paused_until for day in mail.planned().values())


def test_stop_ends_the_mails_and_leaves_the_plan(campus, mail, sanne):
    page = press(sanne, "Deze mails stoppen")

    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED
    assert mail.planned() == {}
    assert "een inwoner belt" in page.text


@pytest.mark.parametrize(
    ("button", "back"),
    [
        ("Minder mails", "Alle mails weer krijgen"),
        ("Twee weken pauzeren", "Weer mails krijgen"),
        ("Deze mails stoppen", "Weer mails krijgen"),
    ],
)
def test_the_way_back_is_on_the_same_page(campus, mail, sanne, button, back):
    before = mail.planned()
    page = press(sanne, button)

    page = sanne[0].submit(page, button=back)

    assert campus.only(Enrolment).mail_status is MailStatus.ON
    assert mail.planned() == before
    assert "Uw mails gaan door." in page.text


def test_who_paused_can_still_stop(campus, sanne):
    page = press(sanne, "Twee weken pauzeren")

    sanne[0].submit(page, button="Deze mails stoppen")

    assert campus.only(Enrolment).mail_status is MailStatus.STOPPED


def test_a_pause_that_is_over_is_none_any_more(campus, sanne):
    press(sanne, "Twee weken pauzeren")
    campus.go_to(MONDAY + timedelta(days=14))

    _, page = campus.open("sanne")

    assert "pauze" not in page.text
    assert "Weer mails krijgen" not in page.text


@pytest.mark.parametrize("sent", [{}, {"choose": ""}, {"choose": "invented"}])
def test_what_chooses_nothing_changes_nothing(campus, sanne, sent):
    browser, page = sanne

    answer = campus.http.post(f"{page.url}mails", data=sent, headers=campus.cookie_of(browser))

    assert answer.status_code == 422
    assert campus.only(Enrolment).mail_status is MailStatus.ON


def test_what_only_an_address_can_say_is_not_taken_from_the_tool(campus, mail, sanne):
    browser, page = sanne

    answer = campus.http.post(
        f"{page.url}mails", data={"choose": "stop_all"}, headers=campus.cookie_of(browser)
    )

    assert answer.status_code == 400
    assert campus.only(Enrolment).mail_status is MailStatus.ON


def test_the_page_behind_each_mail_is_in_the_tool_too(campus, mail, sanne):
    browser, home = sanne
    behind_a_letter = campus.http.get(link(mail.on(MONDAY), "/m/").partition("?")[0])

    page = browser.open(home, "/mails")

    for words in ("Vanaf nu", "Minder mails", "Kies dagen, tijd en taal", "Omdat u deze dag"):
        assert (words, words in page.text, words in behind_a_letter.text) == (words, True, True)
    assert page.text.count('name="choose"') == behind_a_letter.text.count('name="choose"') - 1
    assert "Alles stoppen" not in page.text


def test_a_choice_on_that_page_holds_and_stands_there_next_time(campus, sanne):
    browser, home = sanne
    page = browser.open(home, "/mails")
    assert 'value="go_on" checked' in page.text

    home = browser.submit(page, {"choose": "few"}, button="Keuze bewaren")

    assert campus.only(Enrolment).mail_status is MailStatus.FEW
    assert "Vanaf nu krijgt u mail" in home.text
    assert 'value="few" checked' in browser.open(home, "/mails").text


@pytest.mark.parametrize("button", ["Twee weken pauzeren", "Deze mails stoppen"])
def test_days_language_and_another_address_can_be_chosen_whatever_was_chosen(sanne, button):
    browser, _ = sanne

    page = browser.open(press(sanne, button), "/mails")

    assert [part in page.text for part in ("/days", "/calendar", "/address")] == [True] * 3


def test_where_nothing_comes_any_more_the_page_promises_none(campus, mail, sanne):
    browser, home = sanne
    with campus.work.sessions.begin() as session:
        session.execute(update(Delivery).values(status=DeliveryStatus.CANCELLED))

    page = browser.open(home, "/mails")

    assert "Over deze training komen voorlopig geen mails meer." in page.text
    assert "U krijgt nu een paar korte mails" not in page.text


def test_only_the_mails_of_this_training_change(campus, sanne):
    campus.place(OTHER_COURSE)
    browser, page = campus.open("sanne", OTHER_COURSE)

    campus.http.post(f"{page.url}mails", data={"choose": "stop"}, headers=campus.cookie_of(browser))

    assert sorted(row.mail_status for row in campus.all(Enrolment)) == [MailStatus.ON, MailStatus.STOPPED]


def test_who_gets_no_mails_at_all_is_offered_no_choice_between_them(campus):
    campus.place()

    browser, page = campus.open("marloes")

    assert not page.has_form("choose")
    page = browser.open(page, "/mails")
    assert not page.has_form("choose")
    assert "geen mailadres" in page.text


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("no_room_today", "Omdat er op een eerdere dag geen plaats voor was."),
        ("connection_lost", "Omdat deze mail niet eerder weg kon."),
        ("refused_by_policy", "Omdat deze mail niet eerder weg kon."),
        ("refused_sender", "Omdat deze mail niet eerder weg kon."),
        ("crashed", "Omdat deze mail niet eerder weg kon."),
        ("bounced_for_now", "Omdat deze mail niet eerder weg kon."),
        ("sent_again", "Omdat uw trainer vroeg deze mail nog een keer te sturen."),
    ],
)
def test_a_mail_that_the_round_moved_says_so_in_the_tool_and_behind_a_mail(campus, mail, reason, told):
    campus.open("sanne")
    letter = mail.on(MONDAY)
    with campus.work.sessions.begin() as session:
        row = next(one for one in campus.all(Delivery) if one.status is DeliveryStatus.PLANNED)
        session.get_one(Delivery, row.id).reason = reason

    behind_the_mail = campus.http.get(link(letter, "/m/").partition("?")[0])
    _, in_the_tool = campus.open("sanne")

    assert told in in_the_tool.text
    assert told in behind_the_mail.text


def test_a_mail_that_found_no_room_is_told_of_with_the_reason(campus, sanne):
    day = campus.all(Delivery)[0].due_on
    with campus.work.sessions.begin() as session:
        session.execute(update(Delivery).values(status=DeliveryStatus.SKIPPED, reason="budget"))

    _, page = campus.open("sanne")

    told = page.text.split("Mails die niet kwamen")[1].split("</section>")[0]
    assert f"{day.day} december: " in told
    assert "U kreeg die week al andere mails van Beklijf." in told


def test_who_takes_part_in_one_training_is_told_nothing_of_mails_that_may_not_come(sanne):
    browser, page = sanne

    assert "meer dan één training" not in page.text + browser.open(page, "/mails").text
