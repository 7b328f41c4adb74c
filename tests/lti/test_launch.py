"""Launches that hold, and what they say."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lti_tool.lti import roles
from lti_tool.lti.deep_links import DeepLinking
from lti_tool.lti.launch import Posted
from lti_tool.lti.launches import Course, Grades, Launch, Link, SubmissionReview
from lti_tool.lti.ports import Registration
from lti_tool.lti.refusals import RefusalReason, Refused, fingerprint
from lti_tool.lti.site import Site
from tests.lti.lms import LTI, MEMBERSHIP, NOW, Change, Lms, claims_of, reason_of, sent, with_claims, without

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
CAPTURES = Path(__file__).parents[1] / "data/moodle-4.5"
KINDS = {"resource_link": Launch, "deep_linking": DeepLinking, "SubmissionReview": SubmissionReview}


def opened(lms: Lms, *changes: Change) -> Launch:
    outcome = lms.launch(*changes)
    assert isinstance(outcome, Launch), outcome
    return outcome


def adding(**claims: object) -> Change:
    """Adds claims under their full names."""
    return lambda known: known.update(claims)


NAMED = {"given_name": "Zoë", "family_name": "Müller", "name": "Zoë Müller"}
WAYS_TO_BE_SOMEBODY: dict[str, list[Change]] = {
    "plain": [adding(**NAMED, email="zoe@gemeente.example")],
    "several roles": [
        lambda claims: claims[LTI + "roles"].append(
            "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student"
        )
    ],
    "e-mail only": [adding(email="zoe@gemeente.example")],
    "names only": [adding(**NAMED)],
    "no personal data": [],
    "e-mail without a course": [adding(email="zoe@gemeente.example"), without("context")],
    "only a resource link": [without("context")],
}


@pytest.mark.parametrize(
    "role", ["Learner", "Instructor", f"{MEMBERSHIP}#Learner", f"{MEMBERSHIP}#Instructor"]
)
@pytest.mark.parametrize("changes", WAYS_TO_BE_SOMEBODY.values(), ids=list(WAYS_TO_BE_SOMEBODY))
def test_every_valid_launch_of_the_certification_opens(lms: Lms, role: str, changes: list[Change]) -> None:
    launch = opened(lms, with_claims(roles=[role]), *changes)

    assert launch.is_trainer is ("Instructor" in role)
    assert launch.is_learner is ("Learner" in role)


@pytest.mark.parametrize("found", [[], [""], ["https://example.org/unknown"]])
def test_somebody_with_no_known_role_may_nothing(lms: Lms, found: list[str]) -> None:
    launch = opened(lms, with_claims(roles=found))

    runs_the_platform = roles.is_administrator(launch.roles)
    allowed = [launch.is_trainer, launch.may_look, launch.is_learner, runs_the_platform]
    assert not any(allowed)


def capture(name: str) -> dict[str, Any]:
    return json.loads((CAPTURES / name).read_text())["claims"]


def launch_capture(lms: Lms, name: str) -> object:
    """A captured message of Moodle, signed afresh for a login of ours."""
    claims = capture(name)
    deployment_id = claims[LTI + "deployment_id"]
    moodle: Registration = replace(lms.registration, issuer=claims["iss"], client_id=claims["aud"])
    lms.store.registrations.known[:] = [moodle]
    lms.store.registrations.deployments.add((moodle.id, deployment_id))
    lms.site = Site("http://127.0.0.1:9100", local=True)
    state, nonce = sent(
        lms.begin(
            iss=moodle.issuer,
            client_id=moodle.client_id,
            target_link_uri=claims[LTI + "target_link_uri"],
            lti_deployment_id=deployment_id,
        )
    )
    made = int(NOW.timestamp())
    return lms.post(Posted(state, lms.sign({**claims, "nonce": nonce, "iat": made, "exp": made + 60})))


@pytest.mark.parametrize("path", sorted(CAPTURES.glob("id_token_*.json")), ids=lambda path: path.stem)
def test_every_message_of_a_real_moodle_holds(lms: Lms, path: Path) -> None:
    outcome = launch_capture(lms, path.name)

    (kind,) = re.findall("|".join(KINDS), path.name)
    assert isinstance(outcome, KINDS[kind])


def test_a_real_moodle_says_this_of_a_learner(lms: Lms) -> None:
    launch = launch_capture(lms, "id_token_learner_resource_link_deployment1.json")

    moodle = "http://127.0.0.1:8081"
    assert isinstance(launch, Launch)
    assert (launch.sub, launch.name, launch.email) == ("6", "Zoë Müller-Özdemir", "learner3@example.test")
    assert launch.course == Course("2", "Archiefwet in de praktijk", "AW101")
    assert launch.link == Link("16", "T-html & 'q'")
    assert launch.locale == "en"
    assert launch.grades is not None
    assert launch.grades.line_items == f"{moodle}/mod/lti/services.php/2/lineitems?type_id=1"
    assert not launch.grades.takes_scores
    assert launch.roster == f"{moodle}/mod/lti/services.php/CourseSection/2/bindings/1/memberships"
    assert launch.return_to == f"{moodle}/mod/lti/view.php?l=16"
    assert launch.frame_origins == {moodle}
    assert launch.product_family == "moodle"
    assert launch.is_learner
    assert not launch.may_look


def test_a_real_moodle_administrator_teaches_and_administers(lms: Lms) -> None:
    launch = launch_capture(lms, "id_token_admin_resource_link_deployment1.json")

    assert isinstance(launch, Launch)
    assert launch.is_trainer
    assert roles.is_administrator(launch.roles)
    assert not launch.is_learner
    assert launch.grades is not None
    assert launch.grades.takes_scores


def test_no_session_key_and_no_token_shows_when_a_launch_is_printed(lms: Lms) -> None:
    launch = opened(lms, adding(**NAMED, email="zoe@gemeente.example"), with_claims(custom={"key": "SECRET"}))

    assert not any(word in repr(launch) for word in ("Zoë", "gemeente", "SECRET", "learner-7"))


def test_a_launch_is_named_in_the_log_by_a_hash(lms: Lms) -> None:
    state, nonce = sent(lms.begin())
    launch = lms.post(Posted(state, lms.sign(claims_of(nonce))))

    assert isinstance(launch, Launch)
    assert launch.nonce_hash == fingerprint(nonce)
    assert nonce not in repr(launch)


def test_a_refusal_names_platform_and_attempt_but_nobody(lms: Lms) -> None:
    outcome = lms.launch(with_claims(sub="s" * 300), adding(**NAMED))

    assert isinstance(outcome, Refused)
    assert (outcome.issuer, outcome.client_id) == (lms.registration.issuer, lms.registration.client_id)
    assert outcome.nonce_hash
    assert "Zoë" not in repr(outcome)
    assert "sss" not in repr(outcome)


def test_an_anonymous_launch_opens_where_the_registration_allows_it(lms: Lms) -> None:
    lms.store.registrations.known[:] = [replace(lms.registration, allow_anonymous=True)]

    assert opened(lms, without("sub")).sub is None
    assert reason_of(lms.launch(with_claims(sub=""))) is RefusalReason.BAD_SUBJECT


def test_a_registration_removed_during_the_login_launches_no_more(lms: Lms) -> None:
    state, nonce = sent(lms.begin())
    lms.store.registrations.known[:] = []

    outcome = lms.post(Posted(state, lms.sign(claims_of(nonce))))

    assert reason_of(outcome) is RefusalReason.UNKNOWN_REGISTRATION


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("nl", "nl"),
        ("nl_NL", "nl"),
        ("NL-be", "nl"),
        ("en-US", "en"),
        ("en_us", "en"),
        ("de", None),
        ("", None),
        (7, None),
    ],
)
def test_the_language_is_ours_or_none(lms: Lms, tag: object, expected: str | None) -> None:
    assert opened(lms, with_claims(launch_presentation={"locale": tag})).locale == expected
    assert opened(lms, with_claims(locale=tag)).locale == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("99", None),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("$Person.address.timezone", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_a_time_zone_is_one_that_exists(lms: Lms, zone: str, expected: str | None) -> None:
    assert opened(lms, with_claims(custom={"time_zone": zone})).time_zone == expected
    assert opened(lms, with_claims(zoneinfo=zone)).time_zone == expected


def test_custom_parameters_become_texts_and_empty_ones_nothing(lms: Lms) -> None:
    custom = {
        "activity": "terugkijken",
        "attempt": 2,
        "late": False,
        "nothing": "",
        "unknown": "$ResourceLink.id.history",
        "price": "$ 5",
        "list": ["x"],
        "null": None,
        "nul": "a\x00b",
        "half": "\ud800",
        "long": "x" * 5000,
    }

    launch = opened(lms, with_claims(custom=custom))

    assert launch.custom == {"activity": "terugkijken", "attempt": "2", "late": "false", "price": "$ 5"}


def test_services_are_kept_as_the_claims_give_them(lms: Lms) -> None:
    services = {
        AGS: {"scope": [SCORE], "lineitem": "https://api.example/1?x=2", "lineitems": "https://api.example/"},
        NRPS: {"context_memberships_url": "https://roster.example/3"},
    }

    launch = opened(
        lms, adding(**services), with_claims(launch_presentation={"return_url": "https://b.example/"})
    )

    assert launch.grades == Grades("https://api.example/1?x=2", "https://api.example/", frozenset({SCORE}))
    assert launch.grades.takes_scores
    assert launch.roster == "https://roster.example/3"
    assert launch.frame_origins == {"https://api.example", "https://roster.example", "https://b.example"}


def test_services_on_this_machine_frame_nothing_outside_local_mode(lms: Lms) -> None:
    launch = opened(
        lms, adding(**{AGS: {"lineitem": "http://127.0.0.1:1/", "lineitems": "https://10.0.0.1/"}})
    )

    assert launch.frame_origins == {"https://10.0.0.1"}


@pytest.mark.parametrize("empty", [None, []])
def test_php_writes_nothing_as_an_empty_list(lms: Lms, empty: object) -> None:
    launch = opened(
        lms,
        with_claims(custom=empty, context=empty, launch_presentation=empty, tool_platform=empty),
        adding(**{AGS: empty, NRPS: empty}),
    )

    assert launch.course == Course(None, None, None)
    assert (launch.grades, launch.roster, launch.custom) == (None, None, {})


@pytest.mark.parametrize("section", ["custom", "launch_presentation", "tool_platform"])
@pytest.mark.parametrize("value", ["text", 7, ["x"], True])
def test_a_section_that_is_no_object_is_refused(lms: Lms, section: str, value: object) -> None:
    assert reason_of(lms.launch(with_claims(**{section: value}))) is RefusalReason.BAD_CLAIM


def test_texts_for_the_eye_are_made_fit_to_show(lms: Lms) -> None:
    launch = opened(
        lms,
        with_claims(
            resource_link={"id": "1", "title": "  Terug\n\tkijken\x00 \u202e "},
            context={"id": "2", "title": "x" * 999, "label": 7},
            name=["Zoë"],
            email="zoe@gemeente.example\nBcc: x@y.example",
        ),
    )

    assert launch.link.title == "Terug kijken"
    assert launch.course == Course("2", "x" * 255, None)
    assert (launch.name, launch.email) == (None, None)


def test_claims_that_nobody_knows_are_ignored(lms: Lms) -> None:
    assert opened(lms, adding(**{"https://example.org/claim": [{"deep": {"er": None}}], "": 1}))


def test_a_test_student_is_a_test_person(lms: Lms) -> None:
    pretended = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"

    assert opened(lms, with_claims(roles=[f"{MEMBERSHIP}#Learner", pretended])).is_test_person
