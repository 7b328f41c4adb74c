"""Messages of a real Moodle 4.5, signed afresh: what it says opens, and its session key is kept nowhere."""

import json
import re
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from demo_lms.vocabulary import AGS_ENDPOINT, CONTEXT, CORE, DEPLOYMENT_ID, RESOURCE_LINK
from lti_tool.lti.launch import Posted
from lti_tool.models.courses import Course, Membership, ResourceLink, Role
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment, DeploymentOrigin, Platform
from lti_tool.models.visits import Visit
from lti_tool.services import activities, enrolments, launches, organisations, platforms, tracks
from lti_tool.services.platforms import NewPlatform
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON
from tests.lti.lms import BROWSER, as_jwk, sent
from tests.web.study import COOKIES, Answered, OverHttp
from tests.web.tables import PEOPLES, dump

CAPTURES = Path(__file__).parents[1] / "data/moodle-4.5"
ISSUER = "http://127.0.0.1:8081"
CLIENTS = {"1": "vX4fsLojjYCu3Lr", "2": "03yYXGmmoXAIWhJ", "4": "V5zB5z0YABMN6JP", "5": "s4tpXKGMEahVBbl"}
"""By deployment: this Moodle knows the tool four times."""
CAPTURED_TOOL = "http://127.0.0.1:9100"
REVIEW = "LtiSubmissionReviewRequest_deployment1"
FOR_USER = CORE + "for_user"
SESSKEY = "s3sKeyVanMoodle"
LAUNCHES = sorted(path.stem.removeprefix("id_token_") for path in CAPTURES.glob("*_resource_link_*.json"))


class Moodle(OverHttp):
    """Says what Moodle said, at the tool's present address and time."""

    def say(self, capture: str) -> Answered:
        """Launches one captured message, from login to answer."""
        captured = json.loads((CAPTURES / f"id_token_{capture}.json").read_text())["claims"]
        text = json.dumps(captured).replace(CAPTURED_TOOL, self.tool)
        claims = json.loads(text.replace("sesskey=LEFTOUT", f"sesskey={SESSKEY}"))
        hints = {"login_hint": claims["sub"], "lti_deployment_id": claims[DEPLOYMENT_ID]}
        state, nonce = sent(self.begin(iss=ISSUER, client_id=claims["aud"], **hints))
        now = int(time.time())
        return self.post(Posted(state, self.sign({**claims, "nonce": nonce, "iat": now, "exp": now + 60})))


@pytest.fixture
def moodle(server, key, campus, caplog):
    """Moodle with the deployments of the captures, and its keys on this machine."""
    made = Moodle(server, None, None, key, None, tool=campus.tool, http=campus.http, log=caplog)
    made.publish(as_jwk(key))
    auth, token = f"{ISSUER}/mod/lti/auth.php", f"{ISSUER}/mod/lti/token.php"
    now = campus.work.now().real
    with campus.work.sessions.begin() as session:
        tenant = organisations.find(session, "default")
        for number, client in CLIENTS.items():
            new = NewPlatform(ISSUER, client, auth, token, server.url + "/jwks")
            platforms.approve(session, platforms.add(session, new, now), number, tenant.id, now)
    return made


@pytest.mark.parametrize("capture", LAUNCHES)
def test_a_captured_launch_opens(moodle, campus, capture):
    response = moodle.say(capture).response

    page = campus.http.get(
        response.headers["Location"], headers={"Cookie": f"beklijf_browser={COOKIES[BROWSER]}"}
    )
    assert response.status_code == 303
    assert page.status_code in {200, 303}


@pytest.mark.parametrize(
    ("capture", "role"),
    [
        ("learner_resource_link_deployment1", Role.LEARNER),
        ("teacher_resource_link_deployment1", Role.TRAINER),
        ("admin_resource_link_deployment1", Role.TRAINER),
    ],
)
def test_people_of_moodle_are_in_the_course_what_they_are_there(moodle, campus, capture, role):
    moodle.say(capture)

    assert campus.only(Membership).role is role


def test_a_learner_of_moodle_is_recorded_with_names_course_and_the_way_back(moodle, campus):
    moodle.say("learner_resource_link_deployment1")

    person, link = campus.only(Person), campus.only(ResourceLink)
    key = campus.work.keyring.of([person.key_id])[person.key_id]
    assert launches.name_of(person, key) == "Zoë Müller-Özdemir"
    assert campus.only(Course).title == "Archiefwet in de praktijk"
    assert (link.link_id, link.title) == ("16", "T-html & 'q'")
    assert link.return_url == f"{ISSUER}/mod/lti/view.php?l=16"
    assert [one.origin for one in campus.all(DeploymentOrigin)] == [ISSUER]


@pytest.mark.parametrize("deployment", ["1", "2", "5"])
def test_a_captured_request_for_content_opens_a_choice_that_keeps_nobody(moodle, campus, deployment):
    answered = moodle.say(f"teacher_deep_linking_deployment{deployment}")

    assert answered.response.status_code == 303
    assert re.fullmatch(r"/v/[\w-]{43}/choose", answered.response.headers["Location"])
    assert "result=opened" in answered.log
    assert {table for table, rows in dump(campus.work, PEOPLES).items() if rows} == {"course"}
    assert campus.only(Course).title == "Archiefwet in de praktijk"


@pytest.fixture
def in_the_gradebook(moodle, campus):
    """The learner and the column of the captured review, in an activity that was set up."""
    claims = json.loads((CAPTURES / f"id_token_{REVIEW}.json").read_text())["claims"]
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        known = session.scalars(
            select(Deployment).join(Platform).where(Platform.client_id == claims["aud"])
        ).one()
        said = factories.arrival(
            claims[FOR_USER]["user_id"],
            name="Bram Cursist",
            context_id=claims[CONTEXT]["id"],
            link_id=claims[RESOURCE_LINK]["id"],
            line_item_url=claims[AGS_ENDPOINT]["lineitem"],
        )
        key = campus.work.keyring.make(now.real)
        person, link = launches.record(session, known, said, key, campus.work.keyring.named, now.real)
        course = session.get_one(Course, link.course_id)
        track = tracks.begin(session, course, Dates(ENDED_ON, ENDED_ON), "Europe/Amsterdam", now.calendar)
        activities.place(session, link, track, campus.work.catalogue.latest("post"), now.calendar)
        enrolments.enrol(session, [person], tracks.cohorts(session, track)[0], now.calendar)


def test_a_captured_submission_review_opens_the_page_of_that_learner(moodle, campus, in_the_gradebook):
    response = moodle.say(REVIEW).response

    page = campus.http.get(
        response.headers["Location"], headers={"Cookie": f"beklijf_browser={COOKIES[BROWSER]}"}
    )
    assert page.status_code == 200
    assert "Bram Cursist" in page.text
    assert "Not done yet" in page.text


def test_a_review_of_what_is_not_set_up_says_so_and_leads_back(moodle, campus):
    answered = moodle.say(REVIEW)

    assert answered.response.status_code == 404
    assert f'href="{ISSUER}/mod/lti/view.php?l=15"' in answered.response.text
    assert not any(dump(campus.work, PEOPLES).values())


def test_the_session_key_in_moodles_addresses_is_stored_and_logged_nowhere(moodle, campus, tmp_path, caplog):
    said = []
    for capture in [*LAUNCHES, "teacher_deep_linking_deployment1", REVIEW]:
        answered = moodle.say(capture)
        said.append(answered.log + answered.response.text + str(answered.response.headers))

    assert len(campus.all(Visit)) == len(LAUNCHES)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Archiefwet in de praktijk" in stored
    assert SESSKEY.encode() not in stored
    assert b"sesskey" not in stored
    assert "sesskey" not in "".join(said)
