"""Deployments that appear unannounced: they wait until an operator says whose they are."""

import re

import pytest
import time_machine

from lti_tool.models.courses import Membership
from lti_tool.models.platforms import Deployment, Platform, WaitingDeployment
from lti_tool.models.visits import Visit
from tests.lti.lms import BROWSER, ISSUER, NOW, claims_of, sent, with_claims
from tests.web import study
from tests.web.at_once import passage, post_at_once
from tests.web.campus import LOOK_BACK
from tests.web.study import COOKIES
from tests.web.tables import PEOPLES, dump

COOKIE = {"Cookie": f"beklijf_browser={COOKIES[BROWSER]}"}
NAMES = ("sanne", "youssef", "tjerk", "emma")


@pytest.fixture
def lms(server, key, campus, caplog):
    """A platform with as many deployments as it likes."""
    with time_machine.travel(NOW):
        yield study.platform(server, key, campus, caplog)


def posted(lms, deployment_id):
    """The form of a launch in a deployment."""
    state, nonce = sent(lms.begin())
    claims = claims_of(nonce)
    with_claims(deployment_id=deployment_id)(claims)
    return {"state": state, "id_token": lms.sign(claims)}


def operate(campus, *arguments, typed=""):
    """What a command says."""
    return campus.app.test_cli_runner().invoke(args=["platform", *arguments], input=typed).output


def listed(campus):
    return {one.deployment_id for one in campus.all(WaitingDeployment)}


@pytest.mark.database
def test_first_launches_of_an_unknown_deployment_at_once_make_it_wait_once(campus):
    browsers = [campus.sign_in(name) for name in NAMES]
    passages = [passage(campus, one, one.answer(LOOK_BACK, deployment="2")) for one in browsers]

    statuses = post_at_once(passages)

    assert statuses == [403] * 4
    assert campus.only(WaitingDeployment).deployment_id == "2"


@pytest.mark.database
def test_an_unknown_deployment_waits_and_nothing_about_the_person_is_kept(campus, caplog):
    page = campus.sign_in("sanne").launch(LOOK_BACK, deployment="2")

    reference = re.search(r"BK-\w{4}-\w{4}", page.text)[0]
    (line,) = [line for line in caplog.text.splitlines() if reference in line]
    assert page.status == 403
    assert listed(campus) == {"2"}
    assert not any(dump(campus.work, PEOPLES).values())
    assert f"result=rejected reason=unknown_deployment reg={campus.platform.id} deployment=2 " in line


def test_the_page_says_who_decides_whom_to_ask_and_what_to_do_then(campus):
    page = campus.sign_in("sanne").launch(LOOK_BACK, deployment="2")

    assert page.document.heading == "Beklijf is hier nog niet open"
    for words in ("Wie Beklijf beheert, zegt daar eerst ja op.", "Over u is niets bewaard.",
                  "naar wie Beklijf beheert.",
                  "de beheerder van uw leeromgeving.", "Open dit onderdeel dan opnieuw."):  # fmt: skip
        assert words in page.text


@pytest.mark.database
def test_of_many_deployments_at_once_twenty_are_listed(lms, campus, caplog):
    forms = [posted(lms, f"new-{number}") for number in range(23)]
    passages = [(campus.tool + "/lti/launch", form, COOKIE) for form in forms]
    caplog.clear()

    statuses = [status for begin in range(0, 23, 6) for status in post_at_once(passages[begin : begin + 6])]

    assert statuses == [403] * 23
    assert len(listed(campus)) == 20
    assert caplog.text.count("detail=the_waiting_list_is_full") == 3
    assert "The list is full." in operate(campus, "list")


@pytest.mark.database
def test_a_deployment_that_an_operator_approves_opens_at_the_next_launch(campus):
    browser = campus.sign_in("sanne")
    browser.launch(LOOK_BACK, deployment="2")
    shown = operate(campus, "list")

    said = operate(campus, "approve", str(campus.platform.id), typed="y\n")
    page = browser.launch(LOOK_BACK, deployment="2")

    assert "deployment 2\twaits since" in shown
    assert "Approved: 2." in said
    assert page.status == 200
    assert listed(campus) == set()
    assert {one.deployment_id for one in campus.all(Deployment)} == {"1", "2"}
    assert len(campus.all(Visit)) == len(campus.all(Membership)) == 1


def test_one_that_is_not_on_the_full_list_can_be_approved_by_its_id(lms, campus):
    for number in range(21):
        lms.launch(with_claims(deployment_id=f"new-{number}"))
    registration = next(one for one in campus.all(Platform) if one.issuer == ISSUER)

    operate(campus, "approve", str(registration.id), "--deployment-id=new-20", typed="y\n")

    assert "new-20" not in listed(campus)
    assert lms.launch(with_claims(deployment_id="new-19")).response.status_code == 403
    assert lms.launch(with_claims(deployment_id="new-20")).response.status_code == 303
