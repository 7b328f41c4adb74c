"""What platforms do that a tool must withstand, launch by launch; the rows of `docs/conformance.md`."""

import pytest
import time_machine
from sqlalchemy import select

from lti_tool.models.courses import Course, Membership, ResourceLink, Role
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment, Platform
from lti_tool.models.visits import Visit
from lti_tool.services import organisations, platforms
from tests.lti.lms import BROWSER, CLIENT, ISSUER, MEMBERSHIP, NOW, a_login, with_claims
from tests.web import study
from tests.web.study import Judge

SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"
PERSON = "http://purl.imsglobal.org/vocab/lis/v2/person"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"


@pytest.fixture
def lms(server, key, campus, caplog):
    """A platform with any oddity."""
    with time_machine.travel(NOW):
        yield study.platform(server, key, campus, caplog)


@pytest.fixture
def opens(lms):
    """A launch with these claims opens."""
    return lambda *changes: Judge(lms).opened(lms.launch(*changes))


def roles(*names):
    return with_claims(roles=list(names))


def test_canvas_has_one_issuer_for_all_and_says_more_at_the_login_than_the_standard(lms, campus):
    study.add_second_client(campus.work, lms.server.url + "/jwks")
    asked = {name: lms.here(value) for name, value in a_login().parameters.items() if value}
    more = {"deployment_id": "7:abc", "canvas_region": "eu", "canvas_environment": "prod"}

    answered = lms.ask("POST", "/lti/login", BROWSER, {**asked, **more})

    assert f"client_id={CLIENT}" in answered.response.headers["Location"]
    assert "canvas" not in answered.response.headers["Location"]


def test_the_link_of_canvas_s_course_menu_has_the_id_of_the_course(opens, campus):
    opens(with_claims(resource_link={"id": "course-1"}))

    assert campus.only(Course).context_id == campus.only(ResourceLink).link_id == "course-1"


def test_canvas_s_test_student_is_nobody(opens, campus):
    opens(roles(MEMBERSHIP + "#Learner", SYSTEM.replace("lis/v2", "lti") + "#TestUser"))

    assert campus.only(Person).is_test


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ([MEMBERSHIP + "#Instructor", MEMBERSHIP + "/instructor#TeachingAssistant"], Role.LOOKER),
        ([MEMBERSHIP + "#Mentor"], Role.NONE),
        ([INSTITUTION + "#Instructor", MEMBERSHIP + "#Learner"], Role.LEARNER),
        ([INSTITUTION + "#Student", MEMBERSHIP + "#Instructor"], Role.TRAINER),
        ([INSTITUTION + "#Administrator"], Role.ADMINISTRATOR),
        ([PERSON + "#Administrator", MEMBERSHIP + "#Learner"], Role.LEARNER),
        ([SYSTEM + "#None", INSTITUTION + "#None", MEMBERSHIP + "#Learner"], Role.LEARNER),
    ],
    ids=["Canvas: assistant", "Canvas: observer", "staff who learn", "students who teach", "administrator",
         "Moodle: administrator", "Open edX: none"],
)  # fmt: skip
def test_the_role_in_the_course_decides_however_it_is_written(opens, campus, told, role):
    opens(roles(*told))

    assert campus.only(Membership).role is role


def test_links_of_brightspace_share_a_context_and_stay_apart(opens, campus):
    for number in ("link-1", "link-2"):
        opens(with_claims(resource_link={"id": number}))

    assert {one.link_id for one in campus.all(ResourceLink)} == {"link-1", "link-2"}
    assert len({one.link_id for one in campus.all(Visit)}) == 2
    assert campus.only(Course).context_id == "course-1"


def test_schools_of_one_blackboard_client_are_tenants_of_their_own(opens, campus):
    with campus.work.sessions.begin() as session:
        school = organisations.add(session, "school", "School", "Europe/Amsterdam", NOW)
        client = session.scalars(select(Platform).where(Platform.issuer == ISSUER)).one()
        platforms.approve(session, client, "school-2", school.id, NOW)

    opens()
    opens(with_claims(deployment_id="school-2"))

    people = campus.all(Person)
    assert [one.sub for one in people] == ["learner-7", "learner-7"]
    assert len({one.organisation_id for one in people}) == 2
    assert len({one.deployment_id for one in campus.all(Course)}) == 2


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("99", None),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("America/Paramaribo", "America/Paramaribo"),
    ],
    ids=["Moodle: server time", "itslearning: a name of Windows", "others"],
)
def test_a_time_zone_may_be_of_any_kind(opens, campus, zone, expected):
    opens(with_claims(custom={"time_zone": zone}))

    assert campus.only(Person).time_zone == expected


@pytest.mark.parametrize(("tag", "language"), [("en-US", "en"), ("en_US", "en"), ("", "nl"), ("de_DE", "nl")])
def test_a_locale_may_be_written_in_any_way(opens, campus, tag, language):
    opens(with_claims(launch_presentation={"locale": tag}))

    assert campus.only(Person).locale == language


def test_a_platform_that_posts_a_launch_without_a_platform_id_or_names_opens(opens, campus):
    opens(with_claims(tool_platform={"name": "1EdTech"}))

    assert campus.only(Person).name is None


def test_what_moodle_says_of_deployments_at_the_login_holds_at_the_launch(lms, campus):
    known = next(one for one in campus.all(Deployment) if one.deployment_id == "deployment-1")

    answered = lms.log_in(a_login(lti_deployment_id=known.deployment_id))

    assert answered.response.status_code == 302
    assert "lti_deployment_id" not in answered.response.headers["Location"]
