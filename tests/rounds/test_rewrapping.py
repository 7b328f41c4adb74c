"""A new data key takes the place of an old one, while others go on using the key store."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import sessionmaker

from config.settings import DataKey
from lti_tool.models.keys import PersonKey
from lti_tool.rounds import transactions
from lti_tool.rounds.keyring import Keyring
from lti_tool.services import keys

NOW = datetime(2026, 12, 4, tzinfo=UTC)
OLD = DataKey("old", b"o" * 32)
NEW = DataKey("new", b"n" * 32)
PEOPLE = 7

pytestmark = pytest.mark.database


@pytest.fixture
def sessions(database):
    """Of a key store on each of the databases."""
    engine = create_engine(database)
    transactions.prepare_sqlite(engine)
    transactions.prepare_postgresql(engine)
    yield sessionmaker(engine, expire_on_commit=False)
    engine.dispose()


@pytest.fixture
def old(sessions):
    """Who writes with the old data key, as all do before the change."""
    keyring = Keyring(sessions, [OLD])
    keyring.prepare()
    return keyring


@pytest.fixture
def changing(sessions, monkeypatch):
    """Who writes with the new one, and opens what the old one wrapped; a few at a time."""
    monkeypatch.setattr(keys, "REWRAPPED_AT_ONCE", 2)
    return Keyring(sessions, [NEW, OLD])


def test_everybody_keeps_their_key_and_the_old_data_key_can_go(sessions, old, changing):
    made = old.make_all(PEOPLE, NOW)
    named = old.named

    number = changing.rewrap()

    alone = Keyring(sessions, [NEW])
    assert number == PEOPLE + len((keys.HMAC, keys.COMMON, keys.CANARY))
    assert alone.of(key.id for key in made) == {key.id: key for key in made}
    assert alone.named == named


def test_who_writes_with_the_new_data_key_reads_what_the_old_one_wrote_before_anything_is_rewrapped(
    old, changing
):
    made = old.make(NOW)

    assert changing.of([made.id]) == {made.id: made}
    assert changing.under_older() == 1 + len((keys.HMAC, keys.COMMON, keys.CANARY))


def test_a_second_time_there_is_nothing_left_to_do(old, changing):
    old.make_all(PEOPLE, NOW)
    changing.rewrap()

    assert (changing.rewrap(), changing.under_older()) == (0, 0)


def test_a_process_that_still_writes_with_the_old_one_is_seen_and_made_up_for(sessions, old, changing):
    changing.rewrap()
    late = Keyring(sessions, [OLD, NEW]).make(NOW)

    seen = changing.under_older()
    changing.rewrap()

    assert (seen, changing.under_older()) == (1, 0)
    assert Keyring(sessions, [NEW]).of([late.id]) == {late.id: late}


def test_two_operators_at_once_do_no_harm(sessions, old, changing):
    made = old.make_all(PEOPLE, NOW)
    together = Barrier(2)

    def rewrap(_number):
        together.wait()
        return changing.rewrap()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(rewrap, range(2)))

    assert Keyring(sessions, [NEW]).of(key.id for key in made) == {key.id: key for key in made}


def test_somebody_erased_meanwhile_stays_erased(sessions, old, changing):
    stays, goes = old.make_all(2, NOW)

    with ThreadPoolExecutor(1) as pool, sessions() as erasing:
        keys.forget_person_keys(erasing, [goes.id])
        rewrapping = pool.submit(changing.rewrap)
        # It waits for the erasure, having read the key already or not.
        assert wait([rewrapping], timeout=0.5).done == set()
        erasing.commit()

    assert set(Keyring(sessions, [NEW]).of([stays.id, goes.id])) == {stays.id}
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(PersonKey)) == 1
