"""Sealed values, and what a database tells without the key store."""

from dataclasses import replace
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import create_engine, inspect, select, text

from lti_tool.domain.answers import Answer
from lti_tool.models.check_ins import Outcome
from lti_tool.models.people import Mailbox
from lti_tool.models.plans import Plan
from lti_tool.models.sealed import Sealed
from lti_tool.services import check_ins, desks, late_drafts, launches, mailboxes, plans, reflections, sealing
from lti_tool.services.keys import Key
from lti_tool.services.plans import Sentence
from tests import factories
from tests.factories import ENDED_ON, at

KEY = Key(uuid4(), b"k" * 32)
PLACE = sealing.Place(uuid4(), uuid4(), "answer.value")
TEXT = "Dan vraag ik eerst door: één zin is genoeg. ✓"


def test_a_sealed_text_opens_with_its_key_at_its_place():
    assert sealing.unseal(KEY, PLACE, sealing.seal(KEY, PLACE, TEXT)) == TEXT


@pytest.mark.parametrize("text", ["", "a", "é" * 32, "x" * 63, "x" * 64, "x" * 65, "a\0", "\x80", "\0" * 200])
def test_any_text_opens_as_it_was(text):
    assert sealing.unseal(KEY, PLACE, sealing.seal(KEY, PLACE, text)) == text


def test_the_length_of_a_sealed_choice_does_not_tell_which_it_is():
    said = [Answer(choices=("yes",)), Answer(choices=("no",)), Answer(choices=("10",)), Answer(unknown=True)]

    lengths = {len(sealing.seal(KEY, PLACE, answer.to_json()).pack()) for answer in said}

    assert len(lengths) == 1


def test_a_sealed_text_survives_its_way_through_the_database_as_bytes():
    sealed = sealing.seal(KEY, PLACE, TEXT)

    assert Sealed.unpack(sealed.pack()) == sealed


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, organisation_id=uuid4()),
        replace(PLACE, person_id=uuid4()),
        replace(PLACE, column="plan.when"),
        replace(PLACE, column="answer.valu"),
        sealing.common_place("answer.value"),
    ],
)
def test_a_value_that_was_moved_does_not_open(elsewhere):
    sealed = sealing.seal(KEY, PLACE, TEXT)

    with pytest.raises(InvalidTag):
        sealing.unseal(KEY, elsewhere, sealed)


def test_another_key_does_not_open_it_also_under_the_same_id():
    sealed = sealing.seal(KEY, PLACE, TEXT)

    with pytest.raises(InvalidTag):
        sealing.unseal(Key(KEY.id, b"x" * 32), PLACE, sealed)


@pytest.mark.parametrize("position", [0, -1])
def test_a_value_of_which_one_bit_changed_does_not_open(position):
    sealed = sealing.seal(KEY, PLACE, TEXT)
    changed = bytearray(sealed.ciphertext)
    changed[position] ^= 1

    with pytest.raises(InvalidTag):
        sealing.unseal(KEY, PLACE, replace(sealed, ciphertext=bytes(changed)))


def test_the_same_text_never_looks_the_same_twice():
    sealed = [sealing.seal(KEY, PLACE, TEXT) for _ in range(50)]

    assert len({one.nonce for one in sealed}) == len({one.ciphertext for one in sealed}) == 50


def test_bytes_that_are_no_sealed_value_are_refused():
    with pytest.raises(ValueError, match="not a sealed value"):
        Sealed.unpack(b"too short")


NAME, ADDRESS = "Wilhelmina Schoonderwoerd", "wilhelmina.schoonderwoerd@gemeente.example"
WHEN, THEN, CUE = "een zenuwachtige inwoner aanschuift", "schenk ik eerst koffie in", "koffie schenken"
LOOKING_BACK = "Het rollenspel met de boze ondernemer bleef hangen"
OBSTACLE = "de ganzen op het parkeerterrein"
LATE = "te laat geschreven en toch bewaard"
WORDS = (NAME, ADDRESS, WHEN, THEN, CUE, LOOKING_BACK, OBSTACLE, LATE, "Schoonderwoerd", "koffie", "ganzen")


def live_through(work, session):
    """Somebody launches, writes, plans, says how it went, and writes once more too late."""
    where = factories.place(work, session)
    who = factories.learner(session, where, "sub-77", name=NAME, email=ADDRESS)
    now = at(ENDED_ON, 17).calendar
    seat = desks.find(session, who.person, who.key, where.link, work.catalogue)
    said = {"post.moment": Answer(words=LOOKING_BACK)}
    reflections.save(session, seat.desk, said, 1, now)
    factories.plan(session, where, who, sentence=Sentence(WHEN, THEN, CUE))
    check_in = check_ins.begin(who.enrolment, None)
    check_ins.record(session, check_in, None, Outcome.NOT_YET, ENDED_ON, now)
    other = Answer(choices=("other",), words=OBSTACLE)
    check_ins.name_obstacles(session, check_in, who.person, who.key, other)
    late = {"post.moment": Answer(words=LATE)}
    late_drafts.keep(session, seat.desk, (seat.part.key, 1), late, now)
    session.commit()
    return who


def dump(url):
    """Every value of every table, as a dump of the database holds it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608  our own tables
                yield from (as_bytes(value) for value in row)
    engine.dispose()


def as_bytes(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.mark.database
def test_the_database_alone_shows_no_name_no_address_and_no_word(work, session, database):
    live_through(work, session)

    everything = b"\n".join(dump(database))

    assert b"sub-77" in everything
    assert [word for word in WORDS if word.encode() in everything] == []


def test_the_file_of_the_database_shows_none_either(work, session, tmp_path):
    live_through(work, session)

    on_disk = b"".join(file.read_bytes() for file in tmp_path.glob("beklijf.db*"))

    assert b"sub-77" in on_disk
    assert [word for word in WORDS if word.encode() in on_disk] == []


def test_all_that_was_written_opens_with_the_key_store(work, session):
    who = live_through(work, session)
    session.expire_all()

    key = work.keyring.of([who.person.key_id])[who.person.key_id]

    assert launches.name_of(who.person, key) == NAME
    mailbox = session.get_one(Mailbox, who.person.mailbox_id)
    assert mailboxes.address_of(mailbox, work.keyring.named) == ADDRESS
    row = session.scalars(select(Plan)).one()
    assert plans.sentence_of(row, who.person, key) == Sentence(WHEN, THEN, CUE)


def test_of_somebody_whose_key_is_gone_no_name_and_no_plan_is_left(work, session):
    who = live_through(work, session)
    work.keyring.forget(who.person.key_id)

    key = work.keyring.of([who.person.key_id]).get(who.person.key_id)

    assert key is None
    assert launches.name_of(who.person, key) is None
    assert plans.sentence_of(session.scalars(select(Plan)).one(), who.person, key) is None
