"""Who looked at or changed what stands in the audit trail, by ids alone, once it was answered well."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.advisers import Adviser as AdviserRow
from lti_tool.models.people import Person
from lti_tool.rounds import erasing
from lti_tool.web import auditing
from tests.web.about_people import ADMINISTRATOR, about
from tests.web.advisers import Adviser, cookie_of
from tests.web.campus import LOOK_BACK, TRAINER, write
from tests.web.follow import TYPED, asking, set_up

LATER = timedelta(minutes=16)


@pytest.fixture
def written(campus):
    """A learner who wrote something."""
    where = campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)
    return where


def acts(campus):
    """What stands in the trail, as whom, of which row and about which."""
    now = datetime.now(UTC)
    found = campus.work.trail.read(now - timedelta(days=1), now + timedelta(days=1))
    return [(line.act, line.actor.value, line.actor_id, line.about_id) for line in found]


def sannes(campus):
    (found,) = [row.id for row in campus.all(Person) if row.sub == "1041"]
    return found


def test_taking_along_and_erasing_stand_there_of_a_row_that_is_gone(campus, written):
    sanne, her_id = asking(campus, "sanne"), sannes(campus)
    sanne("mine/download")
    sanne("mine/erase")
    sanne("mine/erase", go="1")

    assert acts(campus) == [("exported", "person", her_id, None), ("erased", "person", her_id, None)]
    assert her_id not in [row.id for row in campus.all(Person)]


def test_what_was_refused_does_not(campus, written):
    sanne = asking(campus, "sanne")

    with time_machine.travel(datetime.now(UTC) + LATER):
        sanne("mine/download")

    assert acts(campus) == []


def test_an_administrator_who_looks_at_what_is_kept_of_somebody_is_nobody_by_name(campus, written):
    browser = campus.sign_in(TRAINER)
    campus.next_claims(about("1041", roles=ADMINISTRATOR))
    browser.launch(LOOK_BACK)

    assert acts(campus) == [("kept.read", "administrator", None, sannes(campus))]


def test_naming_a_contact_stands_there_without_whom_and_what_does_not_fit_does_not(campus):
    set_up(campus)
    trainer = asking(campus, TRAINER)

    trainer("contacts", **TYPED)
    trainer("contacts", **TYPED | {"address": "geen adres"})

    assert [act for act, *_ in acts(campus)] == ["contact.named"]


def test_an_adviser_who_signs_in_and_reads_figures_stands_there(campus):
    esther = Adviser(campus).appointed()
    pressed = campus.http.post(esther.asked())
    campus.http.get(pressed.headers["Location"], headers=cookie_of(pressed))
    (row,) = campus.all(AdviserRow)

    assert acts(campus) == [
        ("adviser.signed_in", "adviser", row.id, None),
        ("figures.read", "adviser", row.id, None),
    ]


def test_whoever_a_restore_brought_back_stands_there_as_erased_again(campus, written):
    her_id = sannes(campus)
    (person,) = [row for row in campus.all(Person) if row.id == her_id]
    campus.work.ledger.note(person.key_id, datetime.now(UTC).date())

    erasing.replay(campus.work, now=campus.work.now())

    assert acts(campus) == [("erased.again", "round", None, her_id)]


def test_every_address_in_the_list_exists(app):
    known = {(method, rule.endpoint) for rule in app.url_map.iter_rules() for method in rule.methods}

    assert set(auditing.ACTS) - known == set()
