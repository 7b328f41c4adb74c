"""What is past the term of its organisation goes, and only that."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from lti_tool.domain.answers import Answer as Said
from lti_tool.domain.terms import BOUNDS, Matter
from lti_tool.models.courses import Membership
from lti_tool.models.deliveries import Delivery
from lti_tool.models.entries import Entry
from lti_tool.models.instruments import InstrumentPart
from lti_tool.models.logbook import Note
from lti_tool.models.people import Leave, Mailbox, Person
from lti_tool.models.plans import Plan
from lti_tool.models.privacy import Tombstone
from lti_tool.models.readings import Reading
from lti_tool.models.reflections import Answer, LateDraft, Reflection
from lti_tool.models.tracks import Enrolment
from lti_tool.models.visits import Proof, Visit
from lti_tool.rounds import deliver, retention
from lti_tool.services import expiry, instruments, nudges, readings, reflections, sealing, terms, visits
from lti_tool.services.readings import Reader
from lti_tool.services.visits import Browser
from tests import factories
from tests.factories import ENDED_ON, at

DAY = timedelta(days=1)
LONGEST = ENDED_ON + timedelta(days=1500)
pytestmark = pytest.mark.database


@pytest.fixture
def where(work, session):
    place = factories.place(work, session)
    place.track.closes_on = ENDED_ON
    session.commit()
    return place


@pytest.fixture
def who(work, session, where):
    found = factories.learner(session, where)
    session.commit()
    return found


def last_day(matter):
    """The last day on which something of this kind is kept that ended with the training."""
    return ENDED_ON + timedelta(days=BOUNDS[matter].usual)


def run(work, day):
    return retention.run(work, now=at(day, 9, 0)).past


def number(session, model):
    session.expire_all()
    counted = session.scalars(select(func.count()).select_from(model)).one()
    session.commit()
    return counted


def written(session, where, who, on=ENDED_ON):
    """A plan with its letters, and an answer."""
    factories.plan(session, where, who)
    part = session.scalars(select(InstrumentPart).order_by(InstrumentPart.position)).first()
    desk = reflections.Desk(who.person, who.key, who.enrolment, where.activity, part)
    reflections.save(session, desk, {"post.cue": Said(words="doorvragen")}, 1, at(on).calendar)
    session.commit()


def version(session, where, key):
    return instruments.version_of(session, where.work.catalogue.latest(key)).id


def noted(session, where, who, on=ENDED_ON, **more):
    note = Note(person_id=who.person.id, organisation_id=who.person.organisation_id, sent_as=uuid4(),
                instrument_version_id=version(session, where, "logbook"), written_on=on,
                written_at=at(on).calendar, said=sealed(who, "note"), **more)  # fmt: skip
    session.add(note)
    session.commit()


def seen(session, who, on):
    """Somebody was in a course that day."""
    session.execute(
        update(Membership).where(Membership.person_id == who.person.id).values(seen_at=at(on).real)
    )
    session.commit()


def sealed(who, column):
    return sealing.seal(who.key, sealing.Place(who.person.organisation_id, who.person.id, column), "Zo.")


def test_what_people_wrote_in_a_training_goes_with_its_letters_and_who_takes_part_stays(
    work, session, mailbox, where, who
):
    written(session, where, who)
    seen(session, who, LONGEST)
    deliver.run(work, now=at(ENDED_ON + timedelta(days=60)))

    before = run(work, last_day(Matter.TRAINING))[Matter.TRAINING]
    kept = [number(session, model) for model in (Answer, Reflection, Plan)]
    gone = run(work, last_day(Matter.TRAINING) + DAY)[Matter.TRAINING]

    assert (before, gone) == (0, 1)
    assert kept == [1, 1, 1]
    left = [number(session, model) for model in (Answer, Reflection, Plan, Delivery, Enrolment)]
    assert left == [0, 0, 0, 0, 1]


def test_what_is_gone_is_not_planned_and_sent_anew(work, session, mailbox, where, who):
    written(session, where, who)
    seen(session, who, LONGEST)
    deliver.run(work, now=at(ENDED_ON + timedelta(days=60)))
    mailbox.mails.clear()
    over_on = last_day(Matter.TRAINING) + DAY
    run(work, over_on)

    nudges.replan(session, [who.enrolment.id], work.catalogue, at(over_on).calendar)
    session.commit()
    deliver.run(work, now=at(over_on + DAY))

    assert mailbox.mails == []


def test_somebody_who_wrote_later_keeps_it_for_as_long_from_then(work, session, where, who):
    later = ENDED_ON + timedelta(days=300)
    written(session, where, who, on=later)
    over_on = later + timedelta(days=BOUNDS[Matter.TRAINING].usual)

    counts = [run(work, day)[Matter.TRAINING] for day in (last_day(Matter.TRAINING) + DAY, over_on + DAY)]

    assert counts == [0, 1]


def test_a_training_that_goes_on_keeps_what_was_written_at_its_beginning(work, session, where, who):
    written(session, where, who)
    where.cohort.ends_on = LONGEST
    session.commit()

    assert run(work, LONGEST)[Matter.TRAINING] == 0
    assert number(session, Answer) == 1


def test_a_note_goes_its_term_after_it_was_written_or_changed(work, session, where, who):
    noted(session, where, who)
    noted(session, where, who, changed_at=at(ENDED_ON + timedelta(days=2)).calendar)

    counts = [run(work, last_day(Matter.LOGBOOK) + n * DAY)[Matter.LOGBOOK] for n in (0, 1, 2, 3)]

    assert counts == [0, 1, 0, 1]


def test_what_was_taken_up_at_will_goes_its_term_after_it_was_saved(work, session, where, who):
    session.add(
        Entry(
            organisation_id=who.person.organisation_id,
            person_id=who.person.id,
            begun_as=uuid4(),
            instrument_version_id=version(session, where, "insight"),
            begun_on=ENDED_ON,
            saved_at=at(ENDED_ON).calendar,
            said=sealed(who, "entry"),
        )
    )
    session.commit()

    assert [run(work, last_day(Matter.ENTRIES) + n * DAY)[Matter.ENTRIES] for n in (0, 1, 2)] == [0, 1, 0]
    assert number(session, Entry) == 0


def test_a_draft_goes_its_term_after_it_was_kept(work, session, where, who):
    session.add(
        LateDraft(organisation_id=who.person.organisation_id, person_id=who.person.id, part="plan", step=1,
                  activity_id=where.activity.id, answers=sealed(who, "draft"), saved_at=at(ENDED_ON).calendar)
    )  # fmt: skip
    session.commit()

    assert [run(work, last_day(Matter.DRAFTS) + n * DAY)[Matter.DRAFTS] for n in (0, 1, 2)] == [0, 1, 0]
    assert number(session, LateDraft) == 0


def test_a_period_of_leave_goes_its_term_after_its_last_day(work, session, who):
    session.add(
        Leave(
            organisation_id=who.person.organisation_id,
            person_id=who.person.id,
            first_on=ENDED_ON - 9 * DAY,
            last_on=ENDED_ON,
        )
    )
    session.commit()

    assert [run(work, last_day(Matter.AWAY) + n * DAY)[Matter.AWAY] for n in (0, 1, 2)] == [0, 1, 0]
    assert number(session, Leave) == 0


def test_who_read_what_goes_its_term_after_the_last_day(work, session, where, who):
    reader = Reader.team_mate(factories.learner(session, where, "other").person)
    readings.note(session, reader, [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    session.commit()

    assert [run(work, last_day(Matter.READINGS) + n * DAY)[Matter.READINGS] for n in (0, 1, 2)] == [0, 1, 0]
    assert number(session, Reading) == 0


def test_when_somebody_opened_an_item_goes_with_what_they_wrote(work, session, where, who):
    browser = Browser("a browser", Proof.COOKIE)
    visits.open_visit(session, who.person, where.link, browser, at(ENDED_ON).real)
    seen(session, who, LONGEST)

    run(work, last_day(Matter.TRAINING))
    kept = number(session, Visit)
    run(work, last_day(Matter.TRAINING) + DAY)

    assert (kept, number(session, Visit)) == (1, 0)


def test_people_of_whom_nothing_is_kept_go_with_address_and_key_their_term_after_they_were_seen(
    work, session, where, who
):
    key_id = who.person.key_id

    before = run(work, last_day(Matter.PEOPLE))[Matter.PEOPLE]
    gone = run(work, last_day(Matter.PEOPLE) + DAY)[Matter.PEOPLE]

    assert (before, gone) == (0, 2)
    assert [number(session, model) for model in (Person, Enrolment, Mailbox)] == [0, 0, 0]
    assert work.keyring.of([key_id]) == {}


def test_people_whose_term_ended_may_be_named_by_a_roster_again(work, session, where, who):
    run(work, last_day(Matter.PEOPLE) + DAY)

    assert number(session, Tombstone) == 0
    assert work.ledger.key_ids() == []


def test_people_of_whom_something_is_kept_stay_until_that_goes(work, session, where, who):
    noted(session, where, who, on=ENDED_ON + timedelta(days=100))

    counts = [
        run(work, day)[Matter.PEOPLE]
        for day in (last_day(Matter.PEOPLE) + DAY, last_day(Matter.LOGBOOK) + timedelta(days=101))
    ]

    assert counts == [1, 1]


def test_people_who_were_seen_in_a_course_stay(work, session, where, who):
    seen(session, who, ENDED_ON + timedelta(days=200))

    assert run(work, last_day(Matter.PEOPLE) + DAY)[Matter.PEOPLE] == 1
    assert [row.sub for row in session.scalars(select(Person))] == ["learner"]


def test_people_of_a_training_that_goes_on_stay(work, session, where, who):
    where.cohort.ends_on = LONGEST
    session.commit()

    assert run(work, LONGEST)[Matter.PEOPLE] == 0


@pytest.mark.parametrize("matter", [Matter.DRAFTS, Matter.READINGS])
def test_another_organisation_keeps_its_own_terms(work, session, where, matter):
    elsewhere = factories.place(work, session, organisation="elsewhere")
    for each in (where, elsewhere):
        of_place(session, each)
    terms.choose(session, elsewhere.organisation, {matter: 40})
    session.commit()

    removed = run(work, ENDED_ON + timedelta(days=41))

    assert removed[matter] == 1


def of_place(session, where):
    """A draft, and a note of who read something."""
    who, other = (factories.learner(session, where, sub) for sub in ("one", "two"))
    readings.note(session, Reader.team_mate(other.person), [(who.enrolment.id, "pre.goal")], on=ENDED_ON)
    session.add(
        LateDraft(organisation_id=who.person.organisation_id, person_id=who.person.id, part="plan", step=1,
                  activity_id=where.activity.id, answers=sealed(who, "draft"), saved_at=at(ENDED_ON).calendar)
    )  # fmt: skip
    session.flush()


def test_however_much_there_is_it_goes_some_at_a_time(work, session, where, who, monkeypatch):
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    for _ in range(5):
        noted(session, where, who)

    assert run(work, last_day(Matter.LOGBOOK) + DAY)[Matter.LOGBOOK] == 5


def test_the_log_has_numbers_only(work, session, where, who, caplog):
    caplog.set_level("INFO", logger="beklijf.retention")
    noted(session, where, who)

    run(work, last_day(Matter.LOGBOOK) + DAY)

    (said,) = [each.getMessage() for each in caplog.records if each.name == "beklijf.retention"]
    assert said == (
        "retention.removed contacts=0 invites=0 ballots=0 archives=0 trials=0 training=0 logbook=1 entries=0 "
        "drafts=0 away=0 readings=0 people=2"
    )
