"""What the LTI layer keeps, on the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lti_tool.lti.ports import REFETCH_PAUSE, STATE_LIFE, AccessToken, PendingLogin, StoredKeySet
from lti_tool.models.platforms import AccessToken as AccessTokenRow
from lti_tool.models.platforms import PendingLogin as PendingLoginRow
from lti_tool.models.platforms import ToolKey
from lti_tool.rounds import lti_store
from lti_tool.services import organisations, platforms
from lti_tool.services.platforms import NewPlatform
from tests import factories

NOW = datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
ISSUER = "https://lms.example"
JWKS_URL = ISSUER + "/jwks"
SCOPES = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


@pytest.fixture
def platform(session):
    """A registration with deployment "1"."""
    row, _ = factories.deployment(session, organisations.find(session, "default"))
    session.commit()
    return row


@pytest.fixture
def store(work):
    return lti_store.store(work)


def login(platform, state="state-1", **more):
    said = {
        "state": state,
        "nonce": "nonce-1",
        "registration_id": platform.id,
        "browser": "hash-of-a-cookie",
        "target_link_uri": "https://tool.example/lti/launch",
        "deployment_id": "1",
        "created_at": NOW,
    }
    return PendingLogin(**{**said, **more})


def at_once(number, call):
    """What several callers get who call at the same moment."""
    with ThreadPoolExecutor(number) as callers:
        return list(callers.map(lambda _: call(), range(number)))


@pytest.mark.database
def test_a_login_is_taken_once_and_whole(store, platform):
    begun = login(platform)
    store.states.remember(begun, NOW)

    assert store.states.take("state-1", NOW + A_SECOND) == begun
    assert store.states.take("state-1", NOW + A_SECOND) is None


@pytest.mark.database
def test_of_several_who_take_a_login_at_once_one_gets_it(store, platform):
    store.states.remember(login(platform), NOW)

    taken = at_once(6, lambda: store.states.take("state-1", NOW + A_SECOND))

    assert len([one for one in taken if one is not None]) == 1


def test_the_state_itself_is_not_in_the_database(store, platform, session):
    store.states.remember(login(platform, state="a-state-that-nobody-may-read"), NOW)

    row = session.scalars(select(PendingLoginRow)).one()

    assert "a-state-that-nobody-may-read" not in {str(getattr(row, c.key)) for c in row.__table__.columns}


def test_logins_that_never_came_back_are_swept(store, platform, session):
    store.states.remember(login(platform, "old"), NOW)

    store.states.remember(login(platform, "new"), NOW + STATE_LIFE + A_SECOND)

    assert session.scalar(select(func.count()).select_from(PendingLoginRow)) == 1


@pytest.mark.database
def test_a_key_set_is_kept_in_place_of_the_former(store):
    first = StoredKeySet('{"keys": []}', NOW, NOW + timedelta(hours=1))
    second = StoredKeySet('{"keys": [1]}', NOW + A_SECOND, NOW + timedelta(hours=2))
    unread = store.key_sets.get(JWKS_URL)
    store.key_sets.put(JWKS_URL, first)

    store.key_sets.put(JWKS_URL, second)

    assert unread is None
    assert store.key_sets.get(JWKS_URL) == second


def test_a_key_set_that_could_not_be_fetched_is_remembered_as_such(store):
    failed = StoredKeySet(None, NOW, NOW + A_SECOND)

    store.key_sets.put(JWKS_URL, failed)

    assert store.key_sets.get(JWKS_URL) == failed


@pytest.mark.database
def test_an_unknown_key_justifies_one_fetch_in_a_while(store):
    store.key_sets.put(JWKS_URL, StoredKeySet("{}", NOW, NOW + A_SECOND))

    assert store.key_sets.may_look_again(ISSUER, JWKS_URL, NOW)
    assert not store.key_sets.may_look_again(ISSUER, JWKS_URL, NOW + REFETCH_PAUSE - A_SECOND)
    assert store.key_sets.may_look_again(ISSUER, JWKS_URL, NOW + REFETCH_PAUSE)
    assert store.key_sets.may_look_again("https://other.example", "https://other.example/jwks", NOW)


@pytest.mark.database
@pytest.mark.parametrize("is_known", [True, False])
def test_of_several_with_an_unknown_key_at_once_one_fetches(store, is_known):
    if is_known:
        store.key_sets.put(JWKS_URL, StoredKeySet("{}", NOW, NOW + A_SECOND))

    answers = at_once(6, lambda: store.key_sets.may_look_again(ISSUER, JWKS_URL, NOW))

    assert sorted(answers) == [False] * 5 + [True]


@pytest.mark.database
def test_of_several_at_two_key_addresses_of_one_issuer_one_fetches(store, work):
    urls = [f"{ISSUER}/jwks/{number}" for number in range(2)]
    with work.sessions.begin() as session:
        for number, url in enumerate(urls):
            new = NewPlatform(ISSUER, f"client-{number}", ISSUER + "/auth", ISSUER + "/token", url)
            platforms.add(session, new, NOW)
    for url in urls:
        store.key_sets.put(url, StoredKeySet("{}", NOW, NOW + A_SECOND))

    with ThreadPoolExecutor(6) as callers:
        asked = callers.map(lambda n: store.key_sets.may_look_again(ISSUER, urls[n % 2], NOW), range(6))
        answers = sorted(asked)

    assert answers == [False] * 5 + [True]


@pytest.mark.database
def test_of_several_who_find_a_key_set_no_longer_fresh_one_fetches(store):
    store.key_sets.put(JWKS_URL, StoredKeySet("{}", NOW, NOW + A_SECOND))

    too_early = store.key_sets.may_refresh(JWKS_URL, NOW)
    answers = at_once(6, lambda: store.key_sets.may_refresh(JWKS_URL, NOW + A_SECOND))

    assert not too_early
    assert sorted(answers) == [False] * 5 + [True]
    assert store.key_sets.may_refresh(JWKS_URL, NOW + A_SECOND + REFETCH_PAUSE)


@pytest.mark.database
def test_several_who_put_the_same_new_key_set_at_once_all_succeed(store):
    fetched = StoredKeySet("{}", NOW, NOW + A_SECOND)

    at_once(6, lambda: store.key_sets.put(JWKS_URL, fetched))

    assert store.key_sets.get(JWKS_URL) == fetched


@pytest.mark.database
def test_a_token_is_kept_for_one_deployment_and_its_scopes(store, platform):
    token = AccessToken("secret-token", NOW + timedelta(hours=1))
    newer = AccessToken("newer-token", NOW + timedelta(hours=2))
    store.tokens.put(platform.id, "1", SCOPES, token)

    store.tokens.put(platform.id, "1", SCOPES, newer)

    assert store.tokens.get(platform.id, "1", SCOPES) == newer
    assert store.tokens.get(platform.id, "2", SCOPES) is None
    assert store.tokens.get(platform.id, "1", "other") is None


@pytest.mark.database
def test_several_who_put_a_first_token_at_once_all_succeed(store, platform):
    token = AccessToken("secret-token", NOW + timedelta(hours=1))

    at_once(6, lambda: store.tokens.put(platform.id, "1", SCOPES, token))

    assert store.tokens.get(platform.id, "1", SCOPES) == token


def test_a_token_is_sealed_in_the_database(store, platform, session):
    store.tokens.put(platform.id, "1", SCOPES, AccessToken("secret-token", NOW))

    row = session.scalars(select(AccessTokenRow)).one()

    assert b"secret-token" not in row.token.pack()


def test_a_removed_registration_is_found_no_more(store, platform, session):
    before = store.registrations.of_issuer(platform.issuer)
    platforms.remove(platform)
    session.commit()

    assert [one.id for one in before] == [platform.id]
    assert store.registrations.of_issuer(platform.issuer) == ()
    assert store.registrations.by_id(platform.id) is None


def test_a_deployment_is_known_to_its_own_registration_only(store, platform):
    assert store.registrations.deployment_is_known(platform.id, "1")
    assert not store.registrations.deployment_is_known(platform.id, "2")
    assert not store.registrations.deployment_is_known(uuid4(), "1")


@pytest.mark.database
def test_a_key_that_signs_no_more_stays_published_for_a_week_and_is_then_removed(work, store):
    now = work.now().real
    (old,) = store.tool_keys.published(now)
    new, signs_from = lti_store.rotate_key(work, now)
    later = signs_from + timedelta(days=7, hours=1)

    def published_at(moment: datetime) -> list[str]:
        return [key.kid for key in store.tool_keys.published(moment)]

    within = published_at(signs_from + timedelta(days=6, hours=23))
    after = published_at(later)
    lti_store.rotate_key(work, later)

    assert store.tool_keys.signing_key(later).kid == new
    assert (within, after) == ([new, old.kid], [new])
    with work.reading() as session:
        assert old.kid not in set(session.scalars(select(ToolKey.kid)))


def test_the_first_key_is_made_once(work, store):
    lti_store.make_first_key(work, NOW)

    assert len(store.tool_keys.published(NOW)) == 1
