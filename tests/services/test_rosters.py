"""What a roster that was read leaves behind."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from lti_tool.models.courses import Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.services import erasure, launches, rosters
from lti_tool.services.course_people import Keys, Roster
from tests import factories
from tests.factories import ENDED_ON, at
from tests.services.rosters import ACTIVE, LATER, NOW, apply, listed, person, role, status


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


def name(session, where, sub):
    found = person(session, sub)
    return launches.name_of(found, where.work.keyring.of([found.key_id])[found.key_id])


@pytest.mark.database
def test_newcomers_become_persons_with_a_name_an_address_and_letters(session, where):
    used, made = apply(session, where, listed("a"), listed("b", locale="en"))

    assert used == made
    assert name(session, where, "a") == "Naam van a"
    assert [person(session, sub).locale for sub in "ab"] == ["nl", "en"]
    assert (role(session, "a"), status(session, "a")) == (Role.LEARNER, ACTIVE)
    assert {row.mailbox_id for row in session.scalars(select(Delivery))} == {
        person(session, sub).mailbox_id for sub in "ab"
    }


def test_everything_works_without_names_and_addresses(session, where):
    apply(session, where, listed("a", name=None, email=None), listed("b", email="no address"))

    assert (person(session, "a").name, person(session, "a").mailbox_id) == (None, None)
    assert (status(session, "a"), status(session, "b")) == (ACTIVE, ACTIVE)


def planned_for(session, sub):
    """The mailboxes that the letters to come of somebody are planned for."""
    rows = select(Delivery.mailbox_id).join(Enrolment).join(Person)
    return set(session.scalars(rows.where(Person.sub == sub, Delivery.status == DeliveryStatus.PLANNED)))


@pytest.mark.database
@pytest.mark.parametrize("before", [None, "eerder@gemeente.example"])
def test_letters_to_come_move_to_the_address_that_a_roster_tells(session, where, before):
    apply(session, where, listed("a", email=before), listed("b"))
    stays = planned_for(session, "b")

    apply(session, where, listed("a"), listed("b"))

    assert planned_for(session, "a") == {person(session, "a").mailbox_id} != {None}
    assert planned_for(session, "b") == stays


def test_two_people_with_one_address_share_its_mailbox(session, where):
    apply(
        session, where, listed("a", email="Team@gemeente.example"), listed("b", email="team@gemeente.example")
    )

    assert person(session, "a").mailbox_id == person(session, "b").mailbox_id


def test_what_the_roster_leaves_out_stays_as_a_launch_said_it(session, where):
    who = factories.learner(session, where, "a")
    mailbox = who.person.mailbox_id
    apply(session, where, listed("a", name=None, email=None, locale="en"))

    assert (name(session, where, "a"), who.person.mailbox_id, who.person.locale) == (
        "Naam van a",
        mailbox,
        "nl",
    )


def test_another_name_and_address_on_the_roster_are_taken_over(session, where):
    who = factories.learner(session, where, "a")
    mailbox = who.person.mailbox_id
    apply(session, where, listed("a", name="Nieuwe naam", email="nieuw@gemeente.example"))

    assert name(session, where, "a") == "Nieuwe naam"
    assert who.person.mailbox_id != mailbox


def test_a_roster_never_takes_away_nor_adds_to_what_a_launch_granted(session, where):
    factories.learner(session, where, "b")
    apply(session, where, listed("trainer"), listed("b", role=Role.TRAINER), listed("c", role=Role.LOOKER))

    assert [role(session, sub) for sub in ("trainer", "b", "c")] == [Role.TRAINER, Role.LEARNER, Role.LOOKER]
    assert [status(session, sub) for sub in ("trainer", "b", "c")] == [None, ACTIVE, None]


def test_who_has_no_part_in_the_course_or_is_not_in_it_does_not_become_a_person(session, where):
    apply(session, where, listed("a", role=Role.NONE), listed("b", is_active=False))

    assert (person(session, "a"), person(session, "b")) == (None, None)


def test_who_takes_part_in_another_group_of_the_training_stays_there(session, where):
    who = factories.learner(session, where, "a")
    second = Cohort(
        organisation_id=where.organisation.id, track_id=where.track.id, number=2, starts_on=ENDED_ON,
        ends_on=ENDED_ON, dated_at=at(ENDED_ON).calendar, time_zone="Europe/Amsterdam",
    )  # fmt: skip
    session.add(second)
    session.flush()
    who.enrolment.cohort_id = second.id
    apply(session, where, listed("a"), listed("b"))

    cohorts = dict(session.execute(select(Person.sub, Enrolment.cohort_id).join(Enrolment)).all())
    assert cohorts == {"a": second.id, "b": where.cohort.id}


def test_whose_key_is_gone_is_left_as_erased(session, where):
    who = factories.learner(session, where, "a")
    session.commit()
    where.work.keyring.forget(who.key.id)
    used, _ = apply(session, where, listed("a", name="Terug"), listed("b"))

    assert who.key.id not in used
    assert who.enrolment.status is ACTIVE


def test_who_launched_since_the_keys_were_made_keeps_the_own_key(session, where):
    roster, ring = Roster([listed("a")], True, NOW.real), where.work.keyring
    keys = Keys(ring.named, {}, {"a": ring.make(NOW.real)})
    who = factories.learner(session, where, "a")

    used = rosters.apply(session, where.course, roster, keys, where.work.catalogue, LATER)

    assert (used, who.person.key_id, status(session, "a")) == (set(), who.key.id, ACTIVE)


def test_people_of_another_organisation_with_the_same_subs_stay_where_they_are(work, session, where):
    other = factories.place(work, session, organisation="other", context_id="course-2", link_id="link-2")
    factories.learner(session, other, "a", context_id="course-2", link_id="link-2")
    apply(session, where, listed("a"), listed("b"))

    rows = session.execute(select(Person.organisation_id, Enrolment.status).join(Enrolment)).all()
    assert len(rows) == 3
    assert {row.status for row in rows} == {ACTIVE}


@pytest.mark.database
def test_a_roster_of_sixty_asks_as_often_as_one_of_three(work, session, where):
    apply(session, where, listed("before"))
    few, many = ([f"{number}" for number in numbers] for numbers in (range(3), range(100, 160)))

    assert (counts := [statements(session, where, some) for some in turns(many)]) == [
        statements(session, where, some) for some in turns(few)
    ]
    assert max(counts) < 40


def turns(subs):
    """They come, half with an address; are described otherwise; go; and are back again."""
    some = [f"{sub}@gemeente.example" if int(sub) % 2 else None for sub in subs]
    come = [listed(sub, email=address) for sub, address in zip(subs, some, strict=True)]
    names = [f"Anders {sub}" if int(sub) % 3 else f"Naam van {sub}" for sub in subs]
    changed = [
        listed(sub, name=name, email=f"x{sub}@gemeente.example")
        for sub, name in zip(subs, names, strict=True)
    ]
    return come, changed, [listed(f"instead of {subs[0]}")], come


def statements(session, where, people):
    sent = []

    def note(_connection, _cursor, statement, *_more):
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        apply(session, where, *people)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


def test_keys_are_made_all_at_once(work):
    made = work.keyring.make_all(3, NOW.real)

    assert set(work.keyring.of(key.id for key in made)) == {key.id for key in made}
    work.keyring.forget(*(key.id for key in made))
    assert work.keyring.of(key.id for key in made) == {}


def test_a_roster_does_not_bring_back_who_was_erased(work, session, where):
    apply(session, where, listed("a"), listed("b"))
    erasure.erase(session, person(session, "a"), work.keyring.named, ENDED_ON)

    apply(session, where, listed("a"), listed("b"))

    assert (person(session, "a"), person(session, "b") is None) == (None, False)
