"""A copy from before an erasure is put back: nobody who was erased comes back with it."""

import shutil

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from lti_tool.domain.answers import Answer as Said
from lti_tool.models.keys import PersonKey
from lti_tool.models.people import Person
from lti_tool.models.privacy import Tombstone
from lti_tool.models.reflections import Answer
from lti_tool.rounds import erasing, preparation, retention
from lti_tool.rounds.opening import open_workplace
from lti_tool.services import reflections, sealing
from lti_tool.services.keys import Key
from lti_tool.services.reflections import Desk
from tests import factories
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON, 17)
WORDS = "Ik wil rustiger blijven aan het loket."
DATABASE, KEYS = "beklijf.db", "keys.db"


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    """Somebody who wrote something; somebody else stays."""
    writer = factories.learner(session, where, "sanne")
    part, _ = reflections.parts(session, writer.enrolment, where.activity)[0]
    desk = Desk(writer.person, writer.key, writer.enrolment, where.activity, part)
    reflections.save(session, desk, {"post.task": Said(words=WORDS)}, 1, NOW.calendar)
    factories.learner(session, where, "marloes")
    session.commit()
    return writer


@pytest.fixture
def copy(who, session, tmp_path):
    """Both databases as they were before the erasure."""
    session.close()
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in (DATABASE, KEYS):
        for file in tmp_path.glob(f"{name}*"):
            shutil.copy(file, folder)
    return folder


def restore(work, copy, *names):
    """Puts them back, as an operator does while nothing runs; the tool as it starts then."""
    work.sessions.kw["bind"].dispose()
    folder = copy.parent
    for name in names:
        for file in folder.glob(f"{name}*"):
            file.unlink()
        for file in copy.glob(f"{name}*"):
            shutil.copy(file, folder)
    return open_workplace(work.settings)


def people(work):
    with work.reading() as session:
        return set(session.scalars(select(Person.sub)))


def test_what_somebody_wrote_opens_no_more_in_a_dump_from_before_they_were_erased(work, who, copy):
    erasing.erase(work, who.person.id, now=NOW)

    restored = restore(work, copy, DATABASE)

    with restored.reading() as session:
        person = session.scalars(select(Person).where(Person.sub == "sanne")).one()
        answer = session.scalars(select(Answer)).one()
        place = reflections.answer_place(person, answer)
    assert restored.keyring.of([person.key_id]) == {}
    for other in (*keys_left(restored), Key(person.key_id, b"0" * 32)):
        with pytest.raises(InvalidTag):
            sealing.unseal(Key(person.key_id, other.secret), place, answer.value)


def keys_left(work):
    """All keys that the store still has, opened."""
    with sessionmaker(work.keyring._sessions.kw["bind"])() as session:
        ids = session.scalars(select(PersonKey.id)).all()
    return [*work.keyring.of(ids).values(), work.keyring.named.common, work.keyring.named.hmac]


@pytest.mark.parametrize("names", [(DATABASE,), (KEYS,), (DATABASE, KEYS)])
def test_whoever_was_erased_since_is_erased_again_before_the_tool_starts(work, who, copy, names):
    erasing.erase(work, who.person.id, now=NOW)
    restored = restore(work, copy, *names)

    preparation.prepare(restored, now=NOW)

    assert people(restored) == {"trainer", "marloes"}
    assert restored.keyring.there([who.key.id]) == []
    with restored.reading() as session:
        assert len(session.scalars(select(Tombstone)).all()) == 1


def test_without_that_step_the_next_round_makes_up_for_it(work, who, copy):
    erasing.erase(work, who.person.id, now=NOW)
    restored = restore(work, copy, DATABASE, KEYS)

    retention.run(restored, now=NOW)

    assert people(restored) == {"trainer", "marloes"}


def test_nobody_else_is_touched_by_it(work, who, copy):
    erasing.erase(work, who.person.id, now=NOW)
    restored = restore(work, copy, DATABASE, KEYS)

    assert [erasing.replay(restored, now=NOW) for _ in range(2)] == [1, 0]

    with restored.reading() as session:
        (stays,) = session.scalars(select(Person).where(Person.sub == "marloes"))
    assert list(restored.keyring.of([stays.key_id])) == [stays.key_id]


def test_an_erasure_that_was_cut_off_after_its_note_is_finished(work, who):
    work.ledger.note(who.key.id, NOW.real.date())

    erasing.replay(work, now=NOW)

    assert people(work) == {"trainer", "marloes"}
    assert work.keyring.there([who.key.id]) == []


def test_an_erasure_is_noted_once_however_often_it_is_tried(work, who):
    for _ in range(2):
        work.ledger.note(who.key.id, NOW.real.date())

    assert work.ledger.key_ids() == [who.key.id]


def test_the_ledger_says_of_nobody_who_it_was(work, who, tmp_path, copy):
    erasing.erase(work, who.person.id, now=NOW)

    content = b"".join(file.read_bytes() for file in tmp_path.glob("erased.db*"))

    assert who.key.id.hex.encode() in content
    assert [mark for mark in (b"sanne", who.person.id.hex.encode()) if mark in content] == []
