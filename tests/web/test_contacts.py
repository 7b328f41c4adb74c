"""Naming contacts and managers, what they are asked, and the cards they get."""

import re
from datetime import date, timedelta

import pytest

from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import deliver
from lti_tool.services import contacts, links, organisations
from lti_tool.services.links import Purpose
from tests import factories, following
from tests.factories import ENDED_ON
from tests.following import INGRID, MONDAY, NEXT_MONDAY
from tests.web.campus import LOOK_BACK, TRAINER
from tests.web.mail import link
from tests.web.tables import dump
from tests.web.test_headers import directive

TYPED = {"name": "Ingrid Postma", "address": INGRID, "locale": "nl"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def where(campus):
    campus.go_to(ENDED_ON, 10)
    made = campus.place(ends_on=ENDED_ON)
    with campus.work.sessions.begin() as session:
        organisations.allow_mail(session, organisations.find(session, "default"), ["gemeente.example"])
    return made


@pytest.fixture
def trainer(campus, where):
    """Asks for a page of the trainer's visit, or sends a form there."""
    return asking(campus, TRAINER)


@pytest.fixture
def learner(campus, where):
    return asking(campus, "sanne")


def asking(campus, name):
    browser, page = campus.open(name)
    cookie = campus.cookie_of(browser)

    def ask(path="", **data):
        method = "POST" if data else "GET"
        return campus.http.request(method, page.url + path, headers=cookie, data=data or None)

    return ask


def letters(campus, day=ENDED_ON, hour=11):
    campus.go_to(day, hour)
    return [letter for letter in campus.deliver() if letter.recipients == (INGRID,)]


def invited(campus, trainer):
    """The address of the page behind an invitation."""
    assert trainer("contacts", **TYPED).status_code == 303
    (letter,) = letters(campus)
    return link(letter, "/k/").partition("?")[0]


def carded(campus, trainer, day=MONDAY):
    """The address of the first card."""
    url = invited(campus, trainer)
    assert campus.http.post(url, data={"answer": "yes"}).status_code == 303
    (letter,) = letters(campus, day, 9)
    return link(letter, "/o/").partition("?")[0]


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


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"address": "iemand@elders.example"}, "Beklijf mailt alleen mensen van de training"),
        ({"address": "geen adres"}, "Schrijf een mailadres op"),
        ({"address": ""}, "Schrijf een mailadres op"),
        ({"name": ""}, "Schrijf de naam van deze persoon op"),
        ({"locale": "de"}, "Kies een van deze antwoorden"),
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
    assert "Deze mensen krijgen een teamkaart: Ingrid Postma. Nooit wat u schreef." in learner().text


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


def test_a_card_opens_without_signing_in_and_names_nobody(campus, trainer):
    url = carded(campus, trainer)

    card, guide = campus.http.get(url), campus.http.get(f"{url}/guide")

    for answer in (card, guide):
        assert answer.status_code == 200
        assert directive(answer, "frame-ancestors") == {"'none'"}
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Op deze kaart staat nooit wat één persoon schreef." in answer.text
        assert not re.search("Ingrid|Ineke|Sanne|mensen noemen", answer.text)
    assert "Leidraad voor het teamoverleg" in guide.text


def test_a_card_says_what_gets_in_the_way_most_and_what_to_do_about_it(campus, where, trainer):
    url = carded(campus, trainer)
    with campus.work.sessions.begin() as session:
        following.group(session, where, 6, "process")
        following.group(session, where, 6, first=6)
    (letter,) = letters(campus, NEXT_MONDAY, 9)

    text = campus.http.get(link(letter, "/o/")).text

    assert "Regels of vaste werkwijzen" in text
    assert "Ongeveer de helft noemt dit." in text
    assert "geheim woord" not in text
    support = campus.work.catalogue.actions.factor("support_system")
    assert any(action.text.nl in text for action in support.actions if action.who == "leader")
    assert not re.search(r">\s*(6|12)\b", text)
    assert campus.http.get(url).status_code == 200


def test_of_a_small_group_a_card_shows_no_figure_and_says_why(campus, where, trainer):
    carded(campus, trainer)
    with campus.work.sessions.begin() as session:
        following.group(session, where, 4, "time")
    (letter,) = letters(campus, NEXT_MONDAY, 9)

    text = campus.http.get(link(letter, "/o/")).text

    assert "Uw groep is te klein voor getallen. Zo is niemand te herkennen." in text
    assert "Te weinig tijd" not in text


def test_what_was_named_about_the_reader_never_stands_on_a_card(campus, where, trainer):
    carded(campus, trainer)
    with campus.work.sessions.begin() as session:
        following.group(session, where, 6, "leader")
    (letter,) = letters(campus, NEXT_MONDAY, 9)

    assert "leidinggevende wil" not in campus.http.get(link(letter, "/o/")).text


def test_a_card_closes_after_sixty_days(campus, trainer):
    url = carded(campus, trainer)

    campus.go_to(MONDAY + timedelta(days=60))
    last = campus.http.get(url).status_code
    campus.go_to(MONDAY + timedelta(days=61))

    assert (last, campus.http.get(url).status_code, campus.http.get(f"{url}/guide").status_code) == (
        200,
        410,
        410,
    )
    assert campus.http.get(f"{url}/stop").status_code == 200


@pytest.mark.parametrize("said", [{"stop": "1"}, ONE_CLICK])
def test_stopping_ends_the_letters_and_closes_the_card(campus, trainer, said):
    url = carded(campus, trainer)
    before = dump(campus.work)
    assert campus.http.get(f"{url}/stop").status_code == 200
    unchanged = dump(campus.work) == before

    answer = campus.http.post(f"{url}/stop", data=said)

    assert unchanged
    assert answer.status_code == (200 if said == ONE_CLICK else 303)
    assert campus.only(Contact).status is ContactStatus.STOPPED
    assert campus.http.get(url).status_code == 410
    assert "geen kaarten meer" in campus.http.get(f"{url}/stop").text
    assert letters(campus, NEXT_MONDAY, 9) == []


def test_a_contact_who_was_taken_back_reads_no_card_any_more(campus, trainer):
    url = carded(campus, trainer)

    trainer(f"contacts/{campus.only(Contact).id}/remove", x="y")

    assert [campus.http.get(url + path).status_code for path in ("", "/guide", "/stop")] == [410] * 3
    assert campus.http.post(f"{url}/stop", data=ONE_CLICK).status_code == 410


def test_links_of_another_letter_or_purpose_open_nothing(campus, trainer, where):
    url = carded(campus, trainer)
    secret = campus.work.settings.secret_key.get_secret_value()
    rows = campus.all(Delivery)
    of_learners = [row.id for row in rows if row.kind is Kind.NUDGE]
    invitation = next(row.id for row in rows if row.kind is Kind.SERVICE)
    card = next(row.id for row in rows if row.kind is Kind.DIGEST)
    sign = contacts_token(secret)
    before = dump(campus.work)

    tokens = [sign(Purpose.INVITATION, card), sign(Purpose.CARD, invitation), url.rsplit("/", 1)[1][:-3]]
    tokens += [sign(Purpose.CARD, row_id) for row_id in of_learners]
    for token in tokens:
        assert campus.http.get(f"/o/{token}").status_code == 410
        assert campus.http.post(f"/o/{token}/stop", data=ONE_CLICK).status_code == 410

    assert dump(campus.work) == before


def contacts_token(secret):
    return lambda purpose, row_id: links.token(secret, purpose, row_id)


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


def test_the_talk_card_of_a_manager_holds_three_questions(campus):
    campus.go_to(date(2026, 11, 16))
    where = campus.place(LOOK_BACK, starts_on=date(2026, 11, 25), ends_on=ENDED_ON)
    with campus.work.sessions.begin() as session:
        who = factories.learner(session, where, "1041", now=campus.work.now())
        following.confirmed(session, where, who, now=campus.work.now())
    campus.go_to(date(2026, 11, 18))
    deliver.run(campus.work, now=campus.work.now())
    row = next(row for row in campus.all(Delivery) if row.step == "talk")
    token = contacts_token(campus.work.settings.secret_key.get_secret_value())(Purpose.CARD, row.id)

    answer = campus.http.get(f"/o/{token}")

    assert row.status is DeliveryStatus.SENT
    assert answer.status_code == 200
    assert answer.text.count("?</li>") == 3
