"""The addresses of the tool: each is on the list, and what is not built yet is not there."""

import re

import pytest

from config.settings import ROOT
from lti_tool.web.access import ROLES, Access, access_of

HERE = {
    "/static/themes/<slug>.css": "GET",
    "/lti/login": "GET POST",
    "/lti/login/<uuid:registration_id>": "GET POST",
    "/lti/launch": "GET POST",
    "/lti/jwks.json": "GET",
    "/lti/register": "GET POST",
    "/lti/config/canvas.json": "GET",
    "/lti/notices": "POST",
    "/v/<visit>/": "GET",
    "/v/<visit>/choose": "GET POST",
    "/v/<visit>/choose/done": "GET",
    "/v/<visit>/choose/trainings/<uuid:track_id>/remove": "GET POST",
    "/v/<visit>/language": "POST",
    "/v/<visit>/mails": "GET POST",
    "/v/<visit>/reflect/<part>/<int:number>": "GET POST",
    "/v/<visit>/reflect/<part>/<int:number>/help": "GET",
    "/v/<visit>/drafts/<uuid:draft_id>": "POST",
    "/v/<visit>/finished": "GET POST",
    "/v/<visit>/instruments": "GET",
    "/v/<visit>/instruments/<key>": "GET",
    "/v/<visit>/instruments/<key>/<uuid:begun_as>": "GET POST",
    "/v/<visit>/instruments/<key>/<uuid:begun_as>/count": "POST",
    "/v/<visit>/instruments/<key>/<uuid:begun_as>/story": "POST",
    "/v/<visit>/session/shown": "GET POST",
    "/v/<visit>/team": "GET",
    "/v/<visit>/let-read": "GET",
    "/v/<visit>/let-read/<uuid:enrolment_id>": "GET POST",
    "/v/<visit>/plan/answers": "POST",
    "/v/<visit>/before": "GET",
    "/v/<visit>/before/goals": "GET",
    "/v/<visit>/before/remind": "GET POST",
    "/v/<visit>/before/goals/sheet": "GET",
    "/v/<visit>/instruments/<key>/<uuid:begun_as>/<int:number>": "GET POST",
    "/v/<visit>/hints": "GET",
    "/v/<visit>/hints/all": "POST",
    "/v/<visit>/hints/<name>": "POST",
    "/v/<visit>/hints/aim": "POST",
    "/v/<visit>/hints/<name>/away": "POST",
    "/v/<visit>/settings/again": "GET",
    "/v/<visit>/settings/comparison": "POST",
    "/v/<visit>/settings/remove": "GET POST",
    "/v/<visit>/settings/remove/back": "POST",
    "/v/<visit>/plan": "GET",
    "/v/<visit>/plan/talk": "GET",
    "/v/<visit>/plan/shown/trainer": "GET POST",
    "/v/<visit>/plan/shown/team": "GET POST",
    "/v/<visit>/plan.ics": "GET",
    "/v/<visit>/journey": "GET",
    "/v/<visit>/journey/<uuid:enrolment_id>": "GET",
    "/v/<visit>/logbook": "GET POST",
    "/v/<visit>/logbook/<uuid:note_id>": "GET POST",
    "/v/<visit>/logbook/<uuid:note_id>/plan": "GET POST",
    "/v/<visit>/mine": "GET",
    "/v/<visit>/mine/download": "GET",
    "/v/<visit>/mine/erase": "GET POST",
    "/v/<visit>/mine/archive": "GET POST",
    "/m/<token>/archive": "GET POST",
    "/a/<token>/stop": "GET POST",
    "/v/<visit>/logbook/link": "GET POST",
    "/l/<token>": "GET POST",
    "/v/<visit>/check-in": "GET POST",
    "/v/<visit>/check-in/obstacle": "GET POST",
    "/v/<visit>/check-in/date": "GET POST",
    "/v/<visit>/check-in/thanks": "GET",
    "/v/<visit>/review": "GET",
    "/v/<visit>/questions": "GET",
    "/v/<visit>/privacy/": "GET",
    "/v/<visit>/privacy/erase": "GET POST",
    "/v/<visit>/privacy/words": "GET",
    "/v/<visit>/privacy/download": "GET",
    "/v/<visit>/privacy/send": "POST",
    "/v/<visit>/settings": "GET",
    "/v/<visit>/questions/<uuid:activity_id>": "GET POST",
    "/v/<visit>/questions/<uuid:activity_id>/save": "GET POST",
    "/v/<visit>/questions/<uuid:activity_id>/preview": "GET",
    "/v/<visit>/questions/<uuid:activity_id>/words/<item_id>": "GET POST",
    "/v/<visit>/questions/<uuid:activity_id>/own": "GET POST",
    "/v/<visit>/questions/<uuid:activity_id>/own/<item_id>": "GET POST",
    "/v/<visit>/set-up": "GET POST",
    "/v/<visit>/schedule": "GET POST",
    "/v/<visit>/dates": "GET POST",
    "/v/<visit>/groups": "GET POST",
    "/v/<visit>/items/<uuid:activity_id>/remove": "GET POST",
    "/v/<visit>/items/<uuid:activity_id>/opening": "GET POST",
    "/v/<visit>/trainings/<uuid:track_id>/remove": "GET POST",
    "/v/<visit>/told": "POST",
    "/v/<visit>/health": "GET",
    "/v/<visit>/health/scores": "POST",
    "/v/<visit>/as-learner": "POST",
    "/v/<visit>/as-learner/stop": "POST",
    "/v/<visit>/as-learner/items/<uuid:activity_id>": "POST",
    "/v/<visit>/after": "GET",
    "/v/<visit>/letters": "GET",
    "/v/<visit>/during": "GET",
    "/v/<visit>/during/show": "GET",
    "/v/<visit>/after/export": "GET",
    "/v/<visit>/after/export/people.csv": "GET",
    "/v/<visit>/after/export/figures.csv": "GET",
    "/v/<visit>/after/export/goals.csv": "GET",
    "/v/<visit>/after/export/all.xlsx": "GET",
    "/v/<visit>/after/report": "GET",
    "/v/<visit>/letters/example": "POST",
    "/v/<visit>/letters/see/<name>": "GET",
    "/c/example": "GET POST",
    "/v/<visit>/letters/<uuid:delivery_id>/again": "POST",
    "/v/<visit>/check-in/change": "GET POST",
    "/v/<visit>/channels": "GET POST",
    "/v/<visit>/channels/<uuid:contact_id>/remove": "POST",
    "/v/<visit>/contacts": "GET POST",
    "/v/<visit>/contacts/<uuid:contact_id>/again": "POST",
    "/v/<visit>/contacts/<uuid:contact_id>/remove": "POST",
    "/v/<visit>/leader": "GET POST",
    "/v/<visit>/leader/yourself": "GET",
    "/v/<visit>/leader/<uuid:contact_id>/remove": "POST",
    "/v/<visit>/buddies": "GET POST",
    "/v/<visit>/buddies/yourself": "GET",
    "/v/<visit>/buddies/<uuid:contact_id>": "GET POST",
    "/v/<visit>/buddies/<uuid:contact_id>/remove": "POST",
    "/b/<token>": "GET POST",
    "/b/<token>/stop": "GET POST",
    "/c/<token>": "GET POST",
    "/c/<token>/obstacle": "GET POST",
    "/c/<token>/help": "GET POST",
    "/c/<token>/brought": "GET POST",
    "/c/<token>/evidence": "GET POST",
    "/v/<visit>/check-in/help": "GET POST",
    "/v/<visit>/check-in/brought": "GET POST",
    "/v/<visit>/check-in/evidence": "GET POST",
    "/c/<token>/date": "GET POST",
    "/c/<token>/change": "GET POST",
    "/c/<token>/thanks": "GET",
    "/c/<token>/look-back": "GET POST",
    "/c/<token>/looked-back": "GET",
    "/c/<token>/recall": "GET POST",
    "/v/<visit>/recall": "GET POST",
    "/m/<token>": "GET POST",
    "/m/<token>/calendar": "GET POST",
    "/v/<visit>/calendar": "GET POST",
    "/f/<token>.ics": "GET",
    "/m/<token>/days": "GET POST",
    "/v/<visit>/days": "GET POST",
    "/v/<visit>/address": "GET POST",
    "/k/<token>": "GET POST",
    "/o/<token>": "GET",
    "/o/<token>/guide": "GET",
    "/o/<token>/guide/climate": "GET",
    "/o/<token>/guide/talk": "GET",
    "/o/<token>/guide/team_meeting": "GET",
    "/o/<token>/value-check": "GET POST",
    "/o/<token>/climate": "GET POST",
    "/o/<token>/stop": "GET POST",
    "/o/sign-in": "GET POST",
    "/o/sign-in/<token>": "GET POST",
    "/o/insight": "GET",
    "/o/insight/figures.csv": "GET",
    "/o/insight/obstacles.csv": "GET",
    "/o/insight/mails.csv": "GET",
    "/o/insight/all.xlsx": "GET",
    "/o/comparisons": "GET",
    "/o/sign-out": "POST",
    "/api/v1/openapi.json": "GET",
    "/api/v1/quarters": "GET",
    "/api/v1/quarters/<quarter>": "GET",
    "/a/<token>": "GET POST",
    "/hooks/bounces": "POST",
    "/local/clock": "GET POST",
    "/static/<path:filename>": "GET",
}
NOT_YET = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/.well-known/security.txt",
]


def spelled_out(path):
    """One address for each word where one of several may stand."""
    start, choice, end = re.fullmatch(r"(.*?)(?:<any\((.*)\):\w+>(.*))?", path).groups()
    return [path] if choice is None else [f"{start}{word}{end}" for word in choice.split(", ")]


def test_every_address_of_the_tool_is_on_the_list(app):
    found = {}
    for rule in app.url_map.iter_rules():
        for path in spelled_out(rule.rule):
            found.setdefault(path, set()).update(rule.methods - {"HEAD", "OPTIONS"})

    assert {path: " ".join(sorted(methods)) for path, methods in found.items()} == HERE


@pytest.mark.parametrize("path", NOT_YET)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_built_yet_is_not_there(campus, method, path):
    assert campus.http.request(method, path).status_code == 404


def test_every_address_says_who_may_use_it(app):
    who = {rule.rule: access_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}

    assert {path for path in who if path.startswith("/v/")} == {
        path
        for path, access in who.items()
        if access in {*ROLES, Access.CHOOSER, Access.GUEST, Access.PRIVACY}
    }
    assert {path for path in who if path[:3] in {"/a/", "/c/", "/m/", "/k/", "/o/"}} == {
        path for path, access in who.items() if access in {Access.MAIL_LINK, Access.ADVISER}
    } | {"/o/sign-in"}
    assert {path for path, access in who.items() if access is Access.ADVISER} == {
        "/o/comparisons",
        "/o/insight",
        "/o/insight/<any(figures, obstacles, mails):sheet>.csv",
        "/o/insight/all.xlsx",
        "/o/sign-out",
    }
    assert {path for path in who if path.startswith("/b/")} == {
        path for path, access in who.items() if access is Access.BUDDY
    }
    assert {path for path in who if path.startswith("/l/")} == {
        path for path, access in who.items() if access is Access.NOTE_LINK
    }
    assert {path for path, access in who.items() if access is Access.KEY} == {
        path for path in who if path.startswith("/api/")
    } - {"/api/v1/openapi.json"}
    assert {path for path, access in who.items() if access is Access.SIGNED} == {"/hooks/bounces"}
    assert {path for path, access in who.items() if access is Access.LOCAL} == {"/local/clock"}


def test_operators_are_told_every_address_that_holds_a_secret(app):
    open_to_all = {Access.ANYONE, Access.LOCAL, Access.SIGNED, Access.GUEST, Access.KEY}
    secret = {
        rule.rule.split("<")[0]
        for rule in app.url_map.iter_rules()
        if access_of(app, rule.endpoint) not in open_to_all
    }
    told = (
        (ROOT / "docs" / "operations.md").read_text().partition("hold secrets")[0].rpartition("Addresses")[2]
    )

    assert {path for path in secret if f"`{path[:3]}`" not in told} == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_outside_local_mode_there_is_no_clock_to_move(build, method):
    outside = build(base_url="https://beklijf.example", local=False).test_client()

    answer = outside.open(
        "/local/clock", method=method, json={"to": "next_due"}, base_url="https://beklijf.example"
    )

    assert answer.status_code == 404


def test_asking_in_a_way_that_an_address_does_not_know_is_told_with_a_page(campus):
    answer = campus.http.delete("/lti/launch")

    assert answer.status_code == 405
    assert "BK-" in answer.text
