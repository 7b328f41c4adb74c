"""Who may use which address: every address of the tool, asked for by everybody."""

from datetime import UTC, datetime

import pytest
import time_machine

from lti_tool.models.courses import Role
from lti_tool.rounds import example_letters
from lti_tool.web.access import ROLES as MAY_USE
from lti_tool.web.access import Access
from tests.web.campus import ASSISTANT, TRAINER
from tests.web.routes import addresses, filled
from tests.web.tables import dump

RUNS_THE_PLATFORM = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
EVERYBODY = {
    Role.LEARNER: ("sanne", None),
    Role.TRAINER: (TRAINER, None),
    Role.LOOKER: ("youssef", [ASSISTANT]),
    Role.NONE: ("tjerk", []),
    Role.ADMINISTRATOR: ("emma", [RUNS_THE_PLATFORM]),
}


@pytest.fixture
def visits(campus):
    """Everybody's visit of one activity: address and cookie, by role."""
    campus.place()
    found = {}
    for role, (name, roles) in EVERYBODY.items():
        browser, page = campus.open(name, roles=roles)
        found[role] = (page.url, campus.cookie_of(browser))
    return found


def test_nobody_gets_further_than_a_page_that_says_so(campus, app):
    before = dump(campus.work)

    for method, rule, access in addresses(app):
        status = campus.http.request(method, filled(rule)).status_code

        if access in {*MAY_USE, Access.PRIVACY, Access.CHOOSER}:
            assert (status, rule.rule) == (404, rule.rule)
        if access is Access.MAIL_LINK:
            # The links of an example lead to a page that is the same for everybody and does nothing.
            past = 200 if rule.rule == example_letters.PAGE else 410
            assert (status, rule.rule) == (past, rule.rule)
        if access is Access.NOTE_LINK:
            assert (status, rule.rule) == (410, rule.rule)
        if access is Access.ADVISER:
            assert (status, rule.rule) == (303, rule.rule)
        if access is Access.KEY:
            assert (status, rule.rule) == (401, rule.rule)

    assert dump(campus.work) == before


@pytest.fixture
def standing_clock(visits):
    """A walk may take more than a minute, after which a visit notes that it was used."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_visit_opens_what_its_role_may_use_and_nothing_else(campus, app, visits, role):
    url, cookie = visits[role]
    token = url.split("/")[4]

    # Whoever erases themself is nobody afterwards.
    for method, rule, access in sorted(addresses(app), key=lambda each: each[1].endpoint == "mine.erase"):
        if access not in MAY_USE:
            continue
        status = campus.http.request(method, filled(rule, token), headers=cookie).status_code

        if role in MAY_USE[access]:
            assert status in {200, 303, 400, 404, 409, 422}, (method, rule.rule, status)
        else:
            assert status == 403, (method, rule.rule, status)


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_a_role_may_not_use_changes_nothing(campus, app, visits, standing_clock, role):
    url, cookie = visits[role]
    before = dump(campus.work)

    for method, rule, access in addresses(app):
        if access in MAY_USE and role not in MAY_USE[access]:
            campus.http.request(method, filled(rule, url.split("/")[4]), headers=cookie, data={"x": "y"})

    assert dump(campus.work) == before


@pytest.mark.parametrize("role", EVERYBODY)
def test_reading_changes_nothing_whoever_reads(campus, app, visits, standing_clock, role):
    url, cookie = visits[role]
    before = dump(campus.work)

    for method, rule, access in addresses(app):
        if access in MAY_USE and method in {"GET", "HEAD"}:
            answer = campus.http.request(method, filled(rule, url.split("/")[4]), headers=cookie)
            assert answer.status_code < 500, (method, rule.rule)

    assert dump(campus.work) == before


def test_a_visit_of_another_browser_is_not_opened_by_ones_own_cookie(campus, app, visits):
    _, own = visits[Role.LEARNER]
    token = visits[Role.TRAINER][0].split("/")[4]
    before = dump(campus.work)

    for method, rule, access in addresses(app):
        if access in MAY_USE:
            answer = campus.http.request(method, filled(rule, token), headers=own)
            assert answer.status_code == 403
            assert "Ineke" not in answer.text
            assert "Doorvragen" not in answer.text

    assert dump(campus.work) == before


def test_who_lost_a_role_in_the_course_loses_it_in_visits_that_are_still_open(campus, visits):
    url, cookie = visits[Role.TRAINER]
    campus.open(TRAINER, roles=["Learner"])

    assert campus.http.get(url + "dates", headers=cookie).status_code == 403
