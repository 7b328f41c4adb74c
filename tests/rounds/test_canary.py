"""With wrong data keys, or the key store of another database, nothing is written under a wrong key."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from lti_tool.models.keys import PersonKey
from lti_tool.rounds import preparation
from lti_tool.rounds.keyring import Keyring
from lti_tool.rounds.workplace import small_engine
from lti_tool.services.keys import KeysDoNotOpen
from tests.conftest import make_settings
from tests.factories import ENDED_ON, at

NOW = at(ENDED_ON)
pytestmark = pytest.mark.database


@pytest.fixture
def elsewhere(tmp_path):
    """Another key store, with keys of its own."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    Keyring(
        sessionmaker(small_engine(url)), make_settings(tmp_path, "sqlite:///x.db").wrapping_keys
    ).prepare()
    return url


def keys_in(url):
    with sessionmaker(small_engine(url))() as session:
        return session.scalars(select(func.count()).select_from(PersonKey)).one()


def test_its_own_key_store_makes_keys(work):
    assert work.keyring.of([work.keyring.make(NOW.real).id]) != {}


def test_no_key_is_made_in_the_store_of_another_database(build, elsewhere):
    work = build(keys_url=elsewhere).extensions["beklijf"]

    with pytest.raises(KeysDoNotOpen, match="not the one that this database"):
        work.keyring.make(NOW.real)

    assert keys_in(elsewhere) == 0


def test_no_key_is_made_under_a_data_key_that_opens_nothing(build, work):
    wrong = build(data_keys="test:" + "B" * 43).extensions["beklijf"]
    before = keys_in(work.settings.keys_url)

    with pytest.raises(KeysDoNotOpen):
        wrong.keyring.make(NOW.real)

    assert keys_in(work.settings.keys_url) == before


def test_the_tool_does_not_begin_with_the_key_store_of_another_database(build, tmp_path):
    work = build(keys_url=f"sqlite:///{tmp_path / 'empty.db'}").extensions["beklijf"]

    with pytest.raises(KeysDoNotOpen, match="not the one that this database"):
        preparation.prepare(work, now=NOW)


def test_a_database_without_a_mark_is_marked_once(work):
    for _ in range(2):
        preparation.prepare(work, now=NOW)

    assert work.keyring.named is not None
