"""A platform that somebody else wrote, `lti1p3platform`: its tokens, our judgement."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration

from lti_tool.models.courses import Course, Membership, ResourceLink, Role
from lti_tool.models.people import Person
from lti_tool.models.visits import Visit
from lti_tool.services import launches, organisations, platforms
from lti_tool.services.platforms import NewPlatform
from tests.lti.platform_server import Reply

ISSUER = "https://other-lms.example"
COOKIE = {"Cookie": "beklijf_browser=cookie-of-this-browser"}
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"


class Conf(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, registration):
        self._registration = registration

    def get_registration_by_params(self, **_):
        return self._registration


class Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, hint):
        self._lti_message_hint = hint

    def get_redirect(self, url):
        return url


class Launch(LTIAdvantageMessageLaunchAbstract):
    def prepare_launch(self, preflight_response):
        self.set_user_data("u-17", [LEARNER], "Fatma Yıldız", "fatma@gemeente.example")
        self.set_resource_link_claim("rl-9", title="Terugkijken")
        self.set_launch_context_claim("c-4", ["CourseSection"], "Rapporten lezen", "RL")
        self.set_launch_presentation_claim("iframe", f"{ISSUER}/course/4?session=geheim")
        self.set_ags(f"{ISSUER}/lineitems", f"{ISSUER}/lineitems/3")
        self.set_nrps(f"{ISSUER}/members")

    def render_launch_form(self, launch_data, **_):
        return launch_data


@pytest.fixture
def platform(server, key, campus):
    """The other platform, registered in the tool."""
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    registration = Registration()
    registration.set_iss(ISSUER).set_client_id("tool-1").set_deployment_id("d-1")
    registration.set_launch_url(f"{campus.tool}/lti/launch").set_oidc_login_url(f"{campus.tool}/lti/login")
    registration.set_platform_private_key(private).set_platform_public_key(public)
    server.answer("/jwks", Reply(200, json.dumps({"keys": registration.get_jwks()}).encode()))
    now = campus.work.now().real
    with campus.work.sessions.begin() as session:
        new = NewPlatform(ISSUER, "tool-1", f"{ISSUER}/auth", f"{ISSUER}/token", server.url + "/jwks")
        tenant = organisations.find(session, "default")
        platforms.approve(session, platforms.add(session, new, now), "d-1", tenant.id, now)
    return Conf(registration=registration)


def log_in(campus, platform):
    """The other platform begins a login; where the tool sends the browser with it."""
    login = Login(SimpleNamespace(), platform)
    login.set_lti_message_hint("hint-1")
    answer = campus.http.get(login.initiate_login("u-17"), headers=COOKIE)
    assert answer.status_code == 302
    return answer.headers["Location"]


def answer_login(location, platform):
    """The form that the other platform lets the browser post."""
    asked = SimpleNamespace(get_data=dict(parse_qsl(urlsplit(location).query)), form_data={})
    return Launch(asked, platform).lti_launch()


def test_a_launch_signed_by_another_platform_opens_and_is_recorded(campus, platform):
    form = answer_login(log_in(campus, platform), platform)

    launched = campus.http.post(form.pop("launch_url"), data=form, headers=COOKIE)
    page = campus.http.get(launched.headers["Location"], headers=COOKIE)

    person = campus.only(Person)
    key = campus.work.keyring.of([person.key_id])[person.key_id]
    assert (launched.status_code, page.status_code) == (303, 200)
    assert launches.name_of(person, key) == "Fatma Yıldız"
    assert (campus.only(Course).title, campus.only(Membership).role) == ("Rapporten lezen", Role.LEARNER)
    assert campus.only(ResourceLink).line_item_url == f"{ISSUER}/lineitems/3"
    assert campus.only(ResourceLink).return_url == f"{ISSUER}/course/4"


def test_its_launch_opens_once(campus, platform):
    form = answer_login(log_in(campus, platform), platform)
    url = form.pop("launch_url")

    statuses = [campus.http.post(url, data=form, headers=COOKIE).status_code for _ in range(2)]

    assert statuses == [303, 400]
    assert len(campus.all(Visit)) == 1


def test_its_signature_over_something_else_does_not_open(campus, platform):
    first = answer_login(log_in(campus, platform), platform)
    second = answer_login(log_in(campus, platform), platform)
    head, _, signature = first["id_token"].split(".")
    mixed = f"{head}.{second['id_token'].split('.')[1]}.{signature}"

    answer = campus.http.post(
        f"{campus.tool}/lti/launch", data={"state": second["state"], "id_token": mixed}, headers=COOKIE
    )

    assert answer.status_code == 400
    assert campus.all(Visit) == []
