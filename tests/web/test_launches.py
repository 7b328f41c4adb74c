"""Launches that open, and what is recorded of them (certification for tools, valid launches)."""

import re

import pytest

from demo_lms.vocabulary import CONTEXT, CUSTOM, ROLES
from lti_tool.models.courses import Course, CourseKind, Membership, ResourceLink, Role
from lti_tool.models.people import Mailbox, Person
from lti_tool.models.tracks import Enrolment
from lti_tool.models.visits import Visit
from lti_tool.services import launches, mailboxes, visits
from tests.web.at_once import passage, post_at_once
from tests.web.campus import LOOK_BACK
from tests.web.tables import dump

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
STAFF = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Staff"
ADDRESS = "sanne.dewit@gemeente.example"
UNKNOWN = "http://purl.imsglobal.org/vocab/lis/v2/unknown/unknown#Helper"


def without(*names):
    return lambda claims: [claims.pop(name, None) for name in names]


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ([MEMBERSHIP + "Instructor"], Role.TRAINER),
        ([MEMBERSHIP + "Instructor", STAFF, MEMBERSHIP + "Mentor"], Role.TRAINER),
        (["Instructor"], Role.TRAINER),
        ([MEMBERSHIP + "Learner"], Role.LEARNER),
        ([MEMBERSHIP + "Learner", STAFF, MEMBERSHIP + "Mentor"], Role.LEARNER),
        (["Learner"], Role.LEARNER),
        ([UNKNOWN], Role.NONE),
        ([""], Role.NONE),
        ([], Role.NONE),
    ],
)
def test_a_launch_opens_with_any_roles_and_allows_what_the_course_role_allows(campus, roles, role):
    _, page = campus.open("sanne", roles=roles)

    assert page.status == 200
    assert (campus.only(Membership).role, campus.only(Person).sub) == (role, "1041")


@pytest.mark.parametrize(
    "roles", [[MEMBERSHIP + "Instructor"], [MEMBERSHIP + "Learner"]], ids=["teacher", "learner"]
)
@pytest.mark.parametrize(
    ("left_out", "name", "addresses"),
    [
        ((), "Sanne de Wit", [ADDRESS]),
        (("email",), "Sanne de Wit", []),
        (("name",), "Sanne de Wit", [ADDRESS]),
        (("name", "given_name", "family_name"), None, [ADDRESS]),
        (("name", "given_name", "family_name", "email"), None, []),
    ],
    ids=["all", "names-only", "parts-of-the-name", "address-only", "nothing"],
)
def test_a_launch_opens_with_whatever_the_lms_tells_about_a_person(campus, roles, left_out, name, addresses):
    browser = campus.sign_in("sanne")
    campus.next_claims(lambda claims: claims.update({ROLES: roles}), without(*left_out))

    page = browser.launch(LOOK_BACK)

    person = campus.only(Person)
    key = campus.work.keyring.of([person.key_id])[person.key_id]
    assert page.status == 200
    assert launches.name_of(person, key) == name
    assert [mailboxes.address_of(box, campus.work.keyring.named) for box in campus.all(Mailbox)] == addresses
    assert "Sanne" not in repr(dump(campus.work))


@pytest.mark.parametrize("role", ["Instructor", "Learner"])
def test_a_launch_without_a_course_opens_in_a_course_of_its_own(campus, role):
    browser = campus.sign_in("sanne")
    campus.next_claims(
        lambda claims: claims.update({ROLES: [MEMBERSHIP + role]}),
        without(CONTEXT, "name", "given_name", "family_name"),
    )

    page = browser.launch(LOOK_BACK)

    course = campus.only(Course)
    assert page.status == 200
    assert (course.kind, course.context_id) == (CourseKind.LINK, LOOK_BACK)
    assert course.title == "Terugkijken en plan maken: Doorvragen aan het loket"


def test_a_launch_becomes_a_visit_with_its_token_in_the_path_and_only_its_hash_stored(campus):
    browser, page = campus.open("sanne")

    token = re.fullmatch(rf"{campus.tool}/v/([\w-]{{43}})/", page.url)[1]
    visit = campus.only(Visit)
    cookie = next(one for one in browser.cookies.all() if one.host == "localhost")
    assert visit.token_hash == visits.fingerprint(token)
    assert visit.browser == visits.fingerprint(cookie.value)
    assert (visit.person_id, visit.link_id) == (campus.only(Person).id, campus.only(ResourceLink).id)
    assert token not in repr(dump(campus.work))


def test_a_launch_records_course_and_link_and_where_to_go_back_to(campus):
    campus.open("sanne")

    course, link = campus.only(Course), campus.only(ResourceLink)
    assert (course.kind, course.context_id) == (CourseKind.CONTEXT, "311")
    assert course.title == "Doorvragen aan het loket"
    assert (link.link_id, link.course_id) == (LOOK_BACK, course.id)
    assert link.return_url == f"{campus.lms.url}/courses/311/return"
    assert "/services/311/lineitems/" in link.line_item_url


def test_a_learner_who_opens_what_is_set_up_takes_part_once(campus):
    where = campus.place()

    browser, _ = campus.open("sanne")
    browser.launch(LOOK_BACK)

    enrolment = campus.only(Enrolment)
    assert (enrolment.cohort_id, enrolment.anchor_on) == (where.cohort.id, where.cohort.ends_on)


@pytest.mark.parametrize("roles", [["Instructor"], [], [MEMBERSHIP + "Mentor"]])
def test_who_is_no_learner_does_not_take_part(campus, roles):
    campus.place()
    campus.open("sanne", roles=roles)

    assert campus.all(Enrolment) == []


def test_a_second_launch_takes_over_what_the_lms_says_now_and_keeps_what_it_leaves_out(campus):
    browser, _ = campus.open("sanne")
    campus.next_claims(
        lambda claims: claims.update({"name": "Sanne Visser", ROLES: ["Instructor"]}), without("email")
    )

    browser.launch(LOOK_BACK)

    person = campus.only(Person)
    key = campus.work.keyring.of([person.key_id])[person.key_id]
    assert launches.name_of(person, key) == "Sanne Visser"
    assert person.mailbox_id is not None
    assert campus.only(Membership).role is Role.TRAINER


@pytest.mark.database
def test_of_two_posts_of_one_launch_at_once_exactly_one_opens(campus):
    browser = campus.sign_in("sanne")
    once = passage(campus, browser, browser.answer(LOOK_BACK))

    statuses = post_at_once([once, once])

    assert statuses == [303, 400]
    assert len(campus.all(Visit)) == 1


@pytest.mark.database
def test_a_group_that_opens_a_new_activity_at_the_same_moment_gets_in(campus):
    names = ("sanne", "youssef", "marloes", "tjerk", "emma")
    browsers = [campus.sign_in(name) for name in names]
    passages = [passage(campus, one, one.answer(LOOK_BACK)) for one in browsers]

    statuses = post_at_once(passages)

    assert statuses == [303] * 5
    assert len(campus.all(Person)) == len(campus.all(Visit)) == 5
    assert campus.only(ResourceLink).course_id == campus.only(Course).id


@pytest.mark.database
def test_people_who_open_a_new_course_in_several_frames_at_once_get_in_everywhere(campus):
    names = ("sanne", "youssef", "marloes") * 3
    browsers = [campus.sign_in(name) for name in names]
    passages = [passage(campus, one, one.answer(LOOK_BACK)) for one in browsers]

    statuses = post_at_once(passages)

    assert statuses == [303] * 9
    assert (len(campus.all(Person)), len(campus.all(Visit))) == (3, 9)


@pytest.mark.parametrize("actual", ["9000", "root"])
def test_who_uses_the_lms_as_somebody_else_opens_nothing_of_that_person(campus, caplog, actual):
    before = dump(campus.work, {"visit", "person", "enrolment"})

    _, page = open_acting(campus, actual)

    assert page.status == 403
    assert "Dit kan alleen de persoon zelf openen" in page.text
    assert "reason=acts_as_somebody_else" in caplog.text
    assert dump(campus.work, {"visit", "person", "enrolment"}) == before


@pytest.mark.parametrize("actual", ["1041", "", "$ActualUser.id"])
def test_who_is_themselves_or_whose_lms_does_not_tell_opens(campus, actual):
    _, page = open_acting(campus, actual)

    assert page.status == 200


def open_acting(campus, actual):
    acting = {"user_id": "1041", "actual_user_id": actual}
    campus.next_claims(lambda claims: claims[CUSTOM].update(acting))
    return campus.open("sanne")
