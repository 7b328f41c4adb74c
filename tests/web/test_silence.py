"""Who gives no sign twice in a row is offered fewer mails, a pause or none; and where answers go."""

import pytest

from lti_tool.models.tracks import Enrolment, MailStatus
from lti_tool.services import organisations
from tests.web.campus import TRAINER
from tests.web.follow import TYPED, asking
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.own_addresses import ask, the_question

OFFER = "Als het nu niet uitkomt, kunt u hieronder kiezen."
DESK = "leren@gemeente.example"


@pytest.fixture
def mail(campus):
    return Mail(campus)


def third(mail):
    """The third letter, after that of Monday and that of Thursday."""
    return mail.on(min(mail.planned().values()))


def test_after_two_mails_without_an_answer_the_next_offers_a_way_out(mail):
    first, second = mail.on(MONDAY), mail.on(THURSDAY)

    letter = third(mail)

    assert [OFFER in one.text for one in (first, second, letter)] == [False, False, True]
    assert letter.text.index(OFFER) < letter.text.index("choose=few") < letter.text.index("choose=stop")
    assert OFFER in letter.html


def test_who_answered_one_of_them_is_left_in_peace(campus, mail):
    mail.on(MONDAY)
    cue = link(mail.on(THURSDAY), "/c/").partition("?")[0]
    campus.http.post(cue, data={"checkin.used": "partly"})

    assert OFFER not in third(mail).text


def test_who_has_fewer_mails_already_is_not_offered_them_again(campus, mail):
    with campus.work.sessions.begin() as session:
        session.get_one(Enrolment, mail.who.enrolment.id).mail_status = MailStatus.FEW

    letter = mail.on(THURSDAY)

    assert ["choose=few" in letter.text, "choose=pause" in letter.text] == [False, True]


@pytest.fixture
def desk(campus):
    """The organisation wants to have the answers to its mails."""
    with campus.work.sessions.begin() as session:
        organisations.take_replies(session, organisations.find(session, "default"), DESK)


def test_answers_to_all_mails_go_where_the_organisation_says(campus, mail, desk):
    letters = [mail.on(MONDAY)]
    browser, page = campus.open("sanne")
    ask(browser, page)
    letters.append(the_question(campus))
    with campus.work.sessions.begin() as session:
        organisations.allow_mail(session, organisations.find(session, "default"), ["gemeente.example"])
    asking(campus, TRAINER)("contacts", **TYPED)
    letters += campus.deliver()

    assert len(letters) == 3
    assert {one.header("Reply-To") for one in letters} == {DESK}


def test_without_such_a_wish_they_go_to_whoever_sends(mail):
    assert mail.on(MONDAY).header("Reply-To") == ""
