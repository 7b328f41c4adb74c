"""The cards behind the letters to contacts and managers, and the way out."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.rounds import deliver
from lti_tool.services.links import Purpose
from tests import factories, following
from tests.factories import ENDED_ON
from tests.following import MONDAY, NEXT_MONDAY
from tests.web.campus import LOOK_BACK, TRAINER
from tests.web.follow import ONE_CLICK, asking, carded, letters, set_up, token
from tests.web.mail import link
from tests.web.policies import directive
from tests.web.tables import dump


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def trainer(campus, where):
    """Asks for a page of the trainer's visit, or sends a form there."""
    return asking(campus, TRAINER)


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


def test_who_looked_at_stopping_finds_the_way_back_while_the_card_is_open(campus, trainer):
    url = carded(campus, trainer)

    asked = campus.http.get(f"{url}/stop").text
    campus.go_to(MONDAY + timedelta(days=61))
    later = campus.http.get(f"{url}/stop").text

    assert "Kaarten blijven krijgen" in asked
    assert "Deze mails stoppen?" in later
    assert "Kaarten blijven krijgen" not in later


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


def test_a_card_closes_with_the_platform_and_stopping_stays_possible(campus, trainer):
    url = carded(campus, trainer)
    with campus.work.sessions.begin() as session:
        session.execute(update(Platform).values(status=PlatformStatus.REMOVED))

    assert [campus.http.get(page).status_code for page in (url, f"{url}/guide")] == [410, 410]
    assert campus.http.post(f"{url}/stop", data=ONE_CLICK).status_code == 200


def test_links_of_another_letter_or_purpose_open_nothing(campus, trainer, where):
    url = carded(campus, trainer)
    rows = campus.all(Delivery)
    of_learners = [row.id for row in rows if row.kind is Kind.NUDGE]
    invitation = next(row.id for row in rows if row.kind is Kind.SERVICE)
    card = next(row.id for row in rows if row.kind is Kind.DIGEST)
    before = dump(campus.work)

    tokens = [
        token(campus, Purpose.INVITATION, card),
        token(campus, Purpose.CARD, invitation),
        url.rsplit("/", 1)[1][:-3],
    ]
    tokens += [token(campus, Purpose.CARD, row_id) for row_id in of_learners]
    for one in tokens:
        assert campus.http.get(f"/o/{one}").status_code == 410
        assert campus.http.post(f"/o/{one}/stop", data=ONE_CLICK).status_code == 410

    assert dump(campus.work) == before


def test_the_talk_card_of_a_manager_holds_three_questions_until_the_learner_leaves(campus):
    campus.go_to(date(2026, 11, 16))
    where = campus.place(LOOK_BACK, starts_on=date(2026, 11, 25), ends_on=ENDED_ON)
    with campus.work.sessions.begin() as session:
        who = factories.learner(session, where, "1041", now=campus.work.now())
        following.confirmed(session, where, who, now=campus.work.now())
    campus.go_to(date(2026, 11, 18))
    deliver.run(campus.work, now=campus.work.now())
    row = next(row for row in campus.all(Delivery) if row.step == "talk")

    answer = campus.http.get(f"/o/{token(campus, Purpose.CARD, row.id)}")

    assert row.status is DeliveryStatus.SENT
    assert answer.status_code == 200
    assert answer.text.count("?</li>") == 3

    with campus.work.sessions.begin() as session:
        session.execute(update(Enrolment).values(status=EnrolmentStatus.LEFT))
    assert campus.http.get(str(answer.url)).status_code == 410


def test_the_card_of_a_manager_tells_nothing_of_the_group_however_large_it_is(campus, where):
    with campus.work.sessions.begin() as session:
        who, *_ = following.group(session, where, 24, "time")
        following.confirmed(session, where, who, now=campus.work.now())
    letters(campus, NEXT_MONDAY, 9)
    row = next(row for row in campus.all(Delivery) if row.step == "leader")

    answer = campus.http.get(f"/o/{token(campus, Purpose.CARD, row.id)}")

    assert (answer.status_code, row.status) == (200, DeliveryStatus.SENT)
    assert "Eén ding voor deze week" in answer.text
    assert not re.search("Wat in de weg zit|Te weinig tijd|noemt dit|noemen dit", answer.text)
