"""Naming contacts and managers, and what they are asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.services import contacts
from tests import factories
from tests.following import MONDAY
from tests.web.campus import TRAINER
from tests.web.follow import ONE_CLICK, TYPED, asking, invited, letters, set_up
from tests.web.tables import dump


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def trainer(campus, where):
    """Asks for a page of the trainer's visit, or sends a form there."""
    return asking(campus, TRAINER)


@pytest.fixture
def learner(campus, where):
    return asking(campus, "sanne")


def test_a_trainer_names_a_contact_who_is_asked_first(campus, trainer):
    answer = trainer("contacts", **TYPED)

    shown = trainer("contacts?notice=named").text
    assert answer.status_code == 303
    assert "Ingrid Postma" in shown
    assert "Nog geen antwoord" in shown
    assert campus.only(Contact).status is ContactStatus.INVITED
    (letter,) = letters(campus)
    assert "Ingrid" not in letter.text + letter.subject
    assert "Ineke" not in letter.text + letter.subject


def test_whoever_asked_reads_that_a_mail_came_back(campus, trainer):
    trainer("contacts", **TYPED)
    with campus.work.sessions.begin() as session:
        mailbox = session.get_one(Mailbox, session.scalars(select(Contact.mailbox_id)).one())
        mailbox.status = MailboxStatus.REFUSED

    shown = trainer("contacts").text

    assert "Een mail kwam terug" in shown
    assert "Nog geen antwoord" not in shown


def test_whoever_asked_reads_that_nobody_answered(campus, trainer):
    trainer("contacts", **TYPED)
    with campus.work.sessions.begin() as session:
        contacts.lapse(session, campus.work.keyring.named, campus.work.now().calendar + timedelta(days=15))

    shown = trainer("contacts").text

    assert "1 persoon gaf in twee weken geen antwoord" in shown
    assert "Ingrid Postma" not in shown


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"address": "iemand@elders.example"}, "Beklijf mailt alleen mensen van de training"),
        ({"address": "geen adres"}, "Schrijf een mailadres op"),
        ({"address": ""}, "Schrijf een mailadres op"),
        ({"name": ""}, "Schrijf de naam van deze persoon op"),
        ({"locale": "de"}, "Kies uit deze antwoorden"),
    ],
)
def test_what_does_not_fit_is_told_beside_the_field_and_asks_nobody(campus, trainer, changed, told):
    before = dump(campus.work)

    answer = trainer("contacts", **{**TYPED, **changed})

    assert answer.status_code == 422
    assert told in answer.text
    assert dump(campus.work) == before


def test_who_is_in_the_course_may_be_named_wherever_their_address_is(campus, where, trainer):
    with campus.work.sessions.begin() as session:
        here = {"context_id": where.course.context_id, "link_id": where.link.link_id}
        factories.learner(session, where, "1055", email="collega@elders.example", **here)

    assert trainer("contacts", **{**TYPED, "address": "Collega@elders.example"}).status_code == 303


def test_an_address_is_asked_once_also_when_it_was_taken_back(campus, trainer):
    trainer("contacts", **TYPED)
    contact = campus.only(Contact)

    trainer(f"contacts/{contact.id}/remove", x="y")
    again = trainer("contacts", **TYPED)

    assert again.status_code == 422
    assert "één keer" in again.text
    assert "Ingrid" not in trainer("contacts").text
    assert contacts.name_of(campus.only(Contact), campus.work.keyring.named) == ""
    assert letters(campus) == []


def test_only_so_many_are_asked_at_once(campus, trainer):
    answers = [
        trainer("contacts", **{**TYPED, "address": f"n{n}@gemeente.example"}).status_code for n in range(11)
    ]

    assert answers == [303] * 10 + [422]


def test_learners_see_who_gets_a_team_card_once_they_said_yes(campus, trainer, learner):
    url = invited(campus, trainer)
    before = learner().text

    campus.http.post(url, data={"answer": "yes"})

    assert "Ingrid" not in before
    assert "De teamkaart gaat naar: Ingrid Postma. Nooit wat u schreef." in learner().text


def test_looking_at_an_invitation_changes_nothing(campus, trainer):
    url = invited(campus, trainer)
    before = dump(campus.work)

    for query in ("", "?answer=yes", "?answer=no", "?kept=1"):
        assert campus.http.get(url + query).status_code == 200
        assert campus.http.head(url + query).status_code == 200

    assert dump(campus.work) == before


@pytest.mark.parametrize("said", [{"answer": "no"}, ONE_CLICK])
def test_who_says_no_gets_nothing_more(campus, trainer, said):
    url = invited(campus, trainer)

    assert campus.http.post(url, data=said).status_code in {200, 303}

    assert campus.only(Contact).status is ContactStatus.STOPPED
    assert letters(campus, MONDAY, 9) == []
    assert "Wil geen mail" in trainer("contacts").text


def test_a_yes_brings_the_cards_and_a_second_yes_no_more(campus, trainer):
    url = invited(campus, trainer)

    for _ in range(2):
        campus.http.post(url, data={"answer": "yes"})

    planned = [row.step for row in campus.all(Delivery) if row.kind is Kind.DIGEST]
    assert sorted(planned) == ["closed", "leader", "opened", *["value_check"] * 4]
    assert campus.http.post(url, data={"answer": "maybe"}).status_code == 422


def test_an_invitation_that_was_taken_back_opens_nothing(campus, trainer):
    url = invited(campus, trainer)
    trainer(f"contacts/{campus.only(Contact).id}/remove", x="y")

    assert campus.http.get(url).status_code == 410
    assert campus.http.post(url, data={"answer": "yes"}).status_code == 410
    assert campus.only(Contact).status is ContactStatus.REMOVED


def test_a_learner_names_a_manager_without_giving_a_name_away(campus, learner):
    assert learner("leader", **TYPED).status_code == 303

    (letter,) = letters(campus)
    assert "Iemand uit uw team volgt de training" in letter.text
    assert "Sanne" not in letter.text
    assert "Ingrid" not in letter.text
    assert "Nog geen antwoord" in learner("leader").text


def test_a_manager_reads_the_learners_name_if_the_learner_ticks_it(campus, learner):
    learner("leader", **TYPED, tells_name="1")

    (letter,) = letters(campus)
    assert "Sanne" in letter.text


def test_a_learner_has_one_manager_at_a_time_and_can_take_them_back(campus, learner):
    learner("leader", **TYPED)
    other = {**TYPED, "address": "ander@gemeente.example"}

    second = learner("leader", **other)
    taken_back = learner(f"leader/{campus.only(Contact).id}/remove", x="y")
    third = learner("leader", **other)

    assert (second.status_code, taken_back.status_code, third.status_code) == (422, 303, 303)


def test_what_a_learner_names_is_seen_by_that_learner_only(campus, learner, trainer):
    learner("leader", **TYPED)
    other = asking(campus, "youssef")
    leader_id = campus.only(Contact).id

    assert "Ingrid" not in trainer("contacts").text + trainer().text
    assert "Ingrid" not in other("leader").text + other().text
    assert other(f"leader/{leader_id}/remove", x="y").status_code == 404
    assert trainer(f"contacts/{leader_id}/remove", x="y").status_code == 404
    assert campus.only(Contact).status is ContactStatus.INVITED


def test_a_question_that_may_not_have_arrived_goes_out_again_when_the_trainer_says_so(campus, trainer):
    invited(campus, trainer)
    assert "Opnieuw sturen" not in trainer("contacts").text
    with campus.work.sessions.begin() as session:
        session.scalars(select(Delivery).where(Delivery.kind == Kind.SERVICE)).one().status = "unknown"
    contact = campus.only(Contact)

    shown = trainer("contacts").text
    unasked = letters(campus)
    answer = trainer(f"contacts/{contact.id}/again", x="y")
    again = letters(campus, hour=12)

    assert "Beklijf kan niet zien of een mail aankwam" in shown
    assert (answer.status_code, len(unasked), len(again)) == (303, 0, 1)
    assert trainer(f"contacts/{contact.id}/again", x="y").status_code == 404
