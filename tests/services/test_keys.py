"""The key store: who opens it, and what a missing key means."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, delete
from sqlalchemy.orm import sessionmaker

from config.settings import DataKey
from lti_tool.models.keys import KeyBase, NamedKey, PersonKey
from lti_tool.services import keys
from lti_tool.services.keys import KeysDoNotOpen

NOW = datetime(2026, 12, 4, tzinfo=UTC)
OLD = DataKey("old", b"o" * 32)
NEW = DataKey("new", b"n" * 32)
SAME_NAME = DataKey("old", b"x" * 32)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.db"


@pytest.fixture
def store(file):
    """A session of a key store with its named keys."""
    engine = create_engine(f"sqlite:///{file}")
    KeyBase.metadata.create_all(engine)
    with sessionmaker(engine)() as opened:
        keys.make_named_keys(opened, [OLD])
        opened.commit()
        yield opened
    engine.dispose()


def test_a_key_that_was_made_is_found_again(store):
    made = keys.make_person_key(store, [OLD], NOW)
    store.commit()

    assert keys.person_keys(store, [OLD], [made.id]) == {made.id: made}


def test_no_two_people_have_the_same_key(store):
    made = [keys.make_person_key(store, [OLD], NOW) for _ in range(20)]

    assert len({key.secret for key in made}) == len({key.id for key in made}) == 20


def test_a_key_that_is_not_there_is_left_out_since_its_person_was_erased(store):
    stays = keys.make_person_key(store, [OLD], NOW)
    goes = keys.make_person_key(store, [OLD], NOW)

    keys.forget_person_keys(store, [goes.id])
    store.commit()

    assert set(keys.person_keys(store, [OLD], [stays.id, goes.id])) == {stays.id}


def test_forgetting_a_key_twice_is_harmless(store):
    made = keys.make_person_key(store, [OLD], NOW)

    keys.forget_person_keys(store, [made.id])
    keys.forget_person_keys(store, [made.id])
    keys.forget_person_keys(store, [uuid4()])

    assert keys.person_keys(store, [OLD], [made.id]) == {}


@pytest.mark.parametrize("wrong", [NEW, SAME_NAME])
def test_a_wrong_data_key_says_so_instead_of_calling_somebody_erased(store, wrong):
    made = keys.make_person_key(store, [OLD], NOW)
    store.commit()

    with pytest.raises(KeysDoNotOpen, match="'old'"):
        keys.person_keys(store, [wrong], [made.id])


@pytest.mark.parametrize("wrong", [NEW, SAME_NAME])
def test_the_named_keys_tell_that_the_data_keys_are_wrong(store, wrong):
    with pytest.raises(KeysDoNotOpen, match="'old'"):
        keys.named_keys(store, [wrong])


def test_the_first_data_key_writes_and_the_old_one_still_opens(store):
    before = keys.make_person_key(store, [OLD], NOW)
    after = keys.make_person_key(store, [NEW, OLD], NOW)
    store.commit()

    assert set(keys.person_keys(store, [NEW, OLD], [before.id, after.id])) == {before.id, after.id}
    assert keys.person_keys(store, [NEW], [after.id]) == {after.id: after}


def test_all_keys_open_with_the_new_data_key_alone_once_they_were_wrapped_anew(store):
    person = keys.make_person_key(store, [OLD], NOW)
    before = keys.named_keys(store, [OLD])

    while keys.rewrap(store, [NEW, OLD]):
        pass

    assert keys.under_older(store, [NEW]) == 0
    assert keys.person_keys(store, [NEW], [person.id]) == {person.id: person}
    assert keys.named_keys(store, [NEW]) == before


def test_keys_are_wrapped_anew_some_at_a_time_until_none_is_left(store, monkeypatch):
    monkeypatch.setattr(keys, "REWRAPPED_AT_ONCE", 2)
    for _ in range(3):
        keys.make_person_key(store, [OLD], NOW)

    done = [keys.rewrap(store, [NEW, OLD]) for _ in range(3)]

    # Three of persons and three named ones, two of each at a time.
    assert done == [4, 2, 0]


def test_a_key_whose_data_key_is_not_given_stays_as_it_was_and_says_so(store):
    person = keys.make_person_key(store, [OLD], NOW)
    store.commit()

    with pytest.raises(KeysDoNotOpen, match="'old'"):
        keys.rewrap(store, [NEW])
    store.rollback()

    assert keys.person_keys(store, [OLD], [person.id]) == {person.id: person}


def test_a_data_key_whose_name_begins_like_the_first_one_is_another(store):
    longer = DataKey("older", b"l" * 32)
    keys.make_person_key(store, [longer], NOW)

    assert keys.under_older(store, [OLD]) == 1


@pytest.mark.parametrize("name", [keys.CANARY, keys.COMMON, keys.HMAC])
def test_a_store_without_one_of_its_named_keys_does_not_open(store, name):
    store.execute(delete(NamedKey).where(NamedKey.name == name))

    with pytest.raises(KeysDoNotOpen, match="run the migrations"):
        keys.named_keys(store, [OLD])


def test_named_keys_are_made_once_and_stay(store):
    before = keys.named_keys(store, [OLD])

    keys.make_named_keys(store, [NEW, OLD])

    assert keys.named_keys(store, [NEW, OLD]) == before
    assert before.hmac.secret != before.common.secret


def test_a_wrapped_key_that_was_moved_to_another_person_does_not_open(store):
    theirs = keys.make_person_key(store, [OLD], NOW)
    wrapped = keys._wrap(OLD, theirs.id, theirs.secret)

    with pytest.raises(KeysDoNotOpen):
        keys._unwrap([OLD], uuid4(), wrapped)


def test_a_fingerprint_finds_the_same_text_and_tells_nothing_without_its_key(store):
    named = keys.named_keys(store, [OLD])

    fingerprint = named.fingerprint("sanne@gemeente.example")

    assert fingerprint == named.fingerprint("sanne@gemeente.example")
    assert fingerprint != named.fingerprint("youssef@gemeente.example")
    assert len(fingerprint) == 64
    assert "sanne" not in fingerprint


def test_secrets_never_show_when_they_are_printed(store):
    made = keys.make_person_key(store, [OLD], NOW)

    assert repr(made.secret) not in repr(made)
    assert repr(OLD.secret) not in repr(OLD)
    assert repr(made.secret) not in repr(keys.named_keys(store, [OLD]))


def test_a_key_that_was_forgotten_is_not_left_in_the_file(work, file):
    made = work.keyring.make(NOW)
    wrapped = bytes_of(file, made.id)
    before = content(file)

    work.keyring.forget(made.id)

    assert wrapped in before
    assert wrapped not in content(file)


def bytes_of(file, key_id):
    """A key as it stands in the store."""
    engine = create_engine(f"sqlite:///{file}")
    with sessionmaker(engine)() as opened:
        wrapped = opened.get_one(PersonKey, key_id).wrapped
    engine.dispose()
    return wrapped


def content(file):
    """All that lies on disk for a database of SQLite, its log included."""
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))
