"""Reading who is in a course."""

from typing import Any

import pytest

from lti_tool.lti import roles, roster
from lti_tool.lti.members import Status
from lti_tool.lti.ports import AccessToken
from lti_tool.lti.roster import NotRead, NotReadReason, Place, Roster
from lti_tool.lti.service_calls import Failure
from lti_tool.models.courses import Role
from tests.lti.lms import DEPLOYMENT, NOW, Lms
from tests.lti.platform_server import Reply
from tests.lti.rosters import MEMBERS, SCOPE, TOKEN, member, page

NO_ADDRESSES = ("", "no address", "ftp://lms.example/x", "http://[", "https://a@b.example/")
BRAM = {
    "status": "Active", "roles": ["Learner"], "user_id": "5", "lis_person_sourcedid": "ID-learner2",
    "name": "Bram Jansen", "given_name": "Bram", "family_name": "Jansen",
    "email": "learner2@example.test", "ext_user_username": "learner2",
}  # fmt: skip
TRUUS = {"status": "Active", "roles": ["Instructor"], "user_id": "3", "name": "Truus van Trainer"}


@pytest.fixture
def platform(lms: Lms) -> Lms:
    """A platform that gives rosters."""
    lms.server.answer("/token", Reply.json(TOKEN))
    return lms


def read(platform: Lms, *pages: Reply, path: str = MEMBERS) -> Roster | NotRead:
    if pages:
        platform.server.answer(MEMBERS, *pages)
    place = Place(platform.registration, DEPLOYMENT, platform.server.url + path)
    return roster.read(place, platform.store, platform.outgoing, NOW)


def found(platform: Lms, *pages: Reply) -> Roster:
    outcome = read(platform, *pages)
    assert isinstance(outcome, Roster), outcome
    return outcome


def refused(platform: Lms, *pages: Reply) -> NotReadReason | Failure:
    outcome = read(platform, *pages)
    assert isinstance(outcome, NotRead), outcome
    return outcome.reason


def test_a_roster_is_asked_for_as_moodle_wants_it(platform: Lms) -> None:
    read(platform, page(BRAM))

    (seen,) = platform.server.requests_to(MEMBERS)
    (asked,) = platform.server.requests_to("/token")
    assert seen.target == MEMBERS + "?limit=100"
    assert seen.headers["accept"] == "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    assert seen.headers["authorization"] == "Bearer token-1"
    assert b"scope=https%3A%2F%2Fpurl.imsglobal.org%2Fspec%2Flti-nrps%2Fscope%2F" in asked.body


def test_the_query_of_the_address_stays(platform: Lms) -> None:
    platform.server.answer(MEMBERS, page(BRAM))

    read(platform, path=MEMBERS + "?type_id=5")

    (seen,) = platform.server.requests_to(MEMBERS)
    assert seen.target == MEMBERS + "?type_id=5&limit=100"


def test_members_are_read_as_moodle_writes_them(platform: Lms) -> None:
    outcome = found(platform, page(BRAM, TRUUS))

    bram, truus = outcome.members
    assert (bram.sub, bram.name, bram.email, bram.status) == (
        "5", "Bram Jansen", "learner2@example.test", Status.ACTIVE,
    )  # fmt: skip
    assert [roles.in_course(one.roles) for one in (bram, truus)] == [Role.LEARNER, Role.TRAINER]
    assert (truus.email, truus.locale, outcome.is_complete) == (None, None, True)


def test_only_an_id_and_roles_are_needed(platform: Lms) -> None:
    (bare,) = found(platform, page(member(5))).members

    assert (bare.name, bare.email, bare.locale, bare.status) == (None, None, None, Status.ACTIVE)


def test_a_name_may_come_in_parts(platform: Lms) -> None:
    (bram,) = found(platform, page(member(5, given_name="Bram", family_name="Jansen"))).members

    assert bram.name == "Bram Jansen"


@pytest.mark.parametrize(
    ("word", "status"),
    [("Inactive", Status.INACTIVE), ("deleted", Status.DELETED), ("lis/v2/status#Active", Status.ACTIVE)],
)
def test_a_status_is_one_of_three(platform: Lms, word: str, status: Status) -> None:
    (one,) = found(platform, page(member(5, status=word))).members

    assert one.status is status


@pytest.mark.parametrize(
    "link",
    [
        '<{url}?from=1>; rel="next"',
        "<{url}?from=1>; rel=next",
        '<{url}?from=1>; title="a, b; c"; REL="other NEXT"',
        '<{url}?from=9>; rel="differences", <{url}?from=1>; rel="next"',
        "<{url}?from=1>; rel=“next”",  # Moodle
        "<{path}?from=1>; rel=next",
        '<{url}?from=1&amp;limit=1>; rel="next"',  # Moodle
    ],
)
def test_the_next_page_is_found_however_it_is_written(platform: Lms, link: str) -> None:
    header = link.format(url=platform.server.url + MEMBERS, path=MEMBERS)

    outcome = found(platform, page(member(1), link=header), page(member(2)))

    assert [one.sub for one in outcome.members] == ["1", "2"]
    assert outcome.is_complete
    assert platform.server.requests_to(MEMBERS)[1].target.startswith(MEMBERS + "?from=1")
    assert "amp;" not in platform.server.requests_to(MEMBERS)[1].target


@pytest.mark.parametrize(
    "link",
    ["", "<>", "<{url}", "nonsense", '<{url}?from=1>; rel="prev"', '<{url}>; anchor="/x"; rel=next'],
)
def test_what_leads_to_no_next_page_ends_the_roster(platform: Lms, link: str) -> None:
    outcome = found(platform, page(member(1), link=link.format(url=platform.server.url + MEMBERS)))

    assert outcome.is_complete
    assert len(platform.server.requests_to(MEMBERS)) == 1


@pytest.mark.parametrize(
    "elsewhere", ["https://other.example/memberships", "http://localhost:9/x", "//other.example/", "http://["]
)
def test_the_token_goes_to_no_other_host_and_nobody_is_said_to_be_missing(
    platform: Lms, elsewhere: str
) -> None:
    outcome = found(platform, page(member(1), link=f'<{elsewhere}>; rel="next"'))

    assert ([one.sub for one in outcome.members], outcome.is_complete) == (["1"], False)


def test_pages_that_go_round_in_circles_end(platform: Lms) -> None:
    again = page(member(1), link=f'<{MEMBERS}?from=1>; rel="next"')

    outcome = found(platform, again)

    assert len(platform.server.requests_to(MEMBERS)) == 2
    assert not outcome.is_complete


def test_too_many_pages_are_not_read_to_the_end(platform: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "MOST_PAGES", 3)
    pages = [page(member(n), link=f'<{MEMBERS}?from={n}>; rel="next"') for n in range(1, 9)]

    outcome = found(platform, *pages)

    assert ([one.sub for one in outcome.members], outcome.is_complete) == (["1", "2", "3"], False)


def test_too_many_members_are_not_read_to_the_end(platform: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "MOST_MEMBERS", 2)
    pages = [page(member(n), link=f'<{MEMBERS}?from={n}>; rel="next"') for n in range(1, 9)]

    assert not found(platform, *pages).is_complete
    assert len(platform.server.requests_to(MEMBERS)) == 2


def test_who_has_no_id_is_left_out_and_then_nobody_is_said_to_be_missing(platform: Lms) -> None:
    outcome = found(platform, page(member(1), member(2, user_id=...), member(3, user_id="")))

    assert ([one.sub for one in outcome.members], outcome.is_complete) == (["1"], False)


def test_somebody_in_two_sections_is_one_member(platform: Lms) -> None:
    twice = member(1, status="Inactive"), member(1, name="Bram"), member(1, roles=["Instructor"])

    (one,) = found(platform, page(*twice)).members

    assert (one.name, one.status) == ("Bram", Status.ACTIVE)
    assert roles.in_course(one.roles) is Role.TRAINER


def test_a_roster_of_nobody_is_none(platform: Lms) -> None:
    assert refused(platform, page()) is NotReadReason.NOBODY


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b'{"members": {}}', b'{"members": null}', b'{"members": [1]}',
        b"[" * 99_999, b"\xff\xfe", b'{"members": [' + b"9" * 5000 + b"]}",
    ],
)  # fmt: skip
def test_what_is_no_roster_is_not_read(platform: Lms, body: bytes) -> None:
    assert refused(platform, Reply(200, body)) is Failure.BROKEN


@pytest.mark.parametrize(
    "changes",
    [
        {"user_id": 5}, {"user_id": "x" * 256}, {"user_id": "a\nb"}, {"user_id": ["5"]},
        {"user_id": "\ud800"}, {"roles": "Learner"}, {"roles": None}, {"roles": [1]}, {"roles": ["x"] * 201},
        {"status": 1}, {"status": "Gone"}, {"status": ["Active"]},
    ],
)  # fmt: skip
def test_one_member_of_wrong_types_makes_the_whole_not_read(platform: Lms, changes: dict[str, Any]) -> None:
    assert refused(platform, page(member(1), member(2, **changes))) is Failure.BROKEN


@pytest.mark.parametrize("value", [5, "no address", "x@y\nz", ["a@b.example"], "a" * 300 + "@b.example"])
def test_an_address_that_is_none_is_left_out(platform: Lms, value: object) -> None:
    (one,) = found(platform, page(member(1, email=value, name={"a": 1}, locale=7))).members

    assert (one.email, one.name, one.locale) == (None, None, None)


def test_a_huge_page_is_not_read(platform: Lms) -> None:
    assert refused(platform, page(*(member(n, name="x" * 200) for n in range(3000)))) is Failure.TOO_LARGE


@pytest.mark.parametrize(
    ("status", "reason", "permanent"),
    [
        (400, Failure.NOT_ACCEPTED, True),
        (401, Failure.UNAUTHORISED, False),
        (403, Failure.NOT_ALLOWED, True),
        (404, Failure.NOT_FOUND, True),
        (429, Failure.PLATFORM_FAILED, False),
        (500, Failure.PLATFORM_FAILED, False),
        (302, Failure.NOT_ACCEPTED, True),
        (204, Failure.NOT_ACCEPTED, True),
    ],
)
def test_a_refusal_says_whether_asking_again_may_help(
    platform: Lms, status: int, reason: NotReadReason | Failure, permanent: bool
) -> None:
    outcome = read(platform, Reply(status))

    assert outcome == NotRead(reason, status)
    assert outcome.permanent is permanent


def test_a_page_that_fails_halfway_leaves_no_roster(platform: Lms) -> None:
    first = page(member(1), link=f'<{MEMBERS}?from=1>; rel="next"')

    assert refused(platform, first, Reply(500)) is Failure.PLATFORM_FAILED


def test_a_token_that_is_taken_no_more_is_renewed_once(platform: Lms) -> None:
    kept = (platform.registration.id, DEPLOYMENT, SCOPE)
    platform.store.tokens.put(*kept, AccessToken("old", NOW.replace(year=2027)))

    found(platform, Reply(401), page(BRAM))

    sent = [one.headers["authorization"] for one in platform.server.requests_to(MEMBERS)]
    assert sent == ["Bearer old", "Bearer token-1"]


def test_a_platform_that_grants_no_roster_is_not_asked_for_one(platform: Lms) -> None:
    platform.server.answer("/token", Reply.json({**TOKEN, "scope": "another"}))

    assert refused(platform, page(BRAM)) is Failure.TOKEN_REFUSED
    assert platform.server.requests_to(MEMBERS) == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        *((url, NotReadReason.NO_ADDRESS) for url in NO_ADDRESSES),
        ("https://10.0.0.1/memberships", Failure.FORBIDDEN_ADDRESS),
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_called_is_not(
    platform: Lms, url: str, reason: NotReadReason | Failure
) -> None:
    place = Place(platform.registration, DEPLOYMENT, url)

    assert roster.read(place, platform.store, platform.outgoing, NOW) == NotRead(reason)


def test_members_and_tokens_do_not_show_when_printed(platform: Lms) -> None:
    shown = repr(found(platform, page(BRAM)))

    assert "Bram" not in shown
    assert "learner2" not in shown
