"""Requests for content of the demo LMS, and what it gets back: a launch of it, turned into one."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from typing import Any

from demo_lms.browser import Browser
from demo_lms.page import Page
from demo_lms.vocabulary import CONTEXT, CUSTOM, MESSAGE_TYPE, RESOURCE_LINK, ROLES
from tests.web.campus import PREPARE, TRAINER, Campus, Claims

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
ADD = "In leeromgeving zetten"
NOTHING = "Niets toevoegen"
DAYS = {"starts_on": "1-12-2026", "between": "8-12-2026", "ends_on": "15-12-2026"}
DATA = "csrf:c7fb &<é>"


def settings_of(campus: Campus, **changes: object) -> dict[str, object]:
    """What the LMS takes; settings that are None are left out."""
    usual = {
        "deep_link_return_url": campus.lms.url + "/content/return?course=311&sesskey=s3sKey",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe", "window"],
        "accept_multiple": True,
        "data": DATA,
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def ask(
    campus: Campus,
    name: str = TRAINER,
    *,
    roles: Sequence[str] | None = None,
    course: bool = True,
    **settings: object,
) -> tuple[Browser, Page]:
    """Somebody adds something of the tool to a course; the first page. roles: others than the LMS's own."""

    def turn(claims: Claims) -> None:
        del claims[RESOURCE_LINK]
        claims[MESSAGE_TYPE] = "LtiDeepLinkingRequest"
        claims[DL + "deep_linking_settings"] = settings_of(campus, **settings)
        if roles is not None:
            claims[ROLES] = list(roles)
        if not course:
            del claims[CONTEXT]

    browser = campus.sign_in(name)
    campus.next_claims(turn)
    return browser, browser.launch(PREPARE)


def told(page: Page) -> dict[str, Any]:
    """What the response on a page tells the platform; whether it is signed, others judge."""
    form = page.form(having="JWT")
    (token,) = [control.value for control in form.controls if control.name == "JWT"]
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def choose(campus, answers=None, **settings):
    """Fills the form in and sends it; the items that go back."""
    browser, page = ask(campus, **settings)
    page = browser.submit(page, answers, button=ADD)
    assert page.has_form("JWT"), page.text
    return told(page)[DL + "content_items"]


def first_open(campus, item, name=TRAINER, link_id="9001"):
    """Somebody opens the link that the LMS made of an item; the first page."""
    browser = campus.sign_in(name)
    campus.next_claims(*claims_of(item, link_id))
    return browser.launch(PREPARE)


def claims_of(item, link_id):
    """What a launch of the link that the LMS made of an item says."""
    link = {"id": link_id, "title": item["title"]}
    return (lambda c: c[CUSTOM].update(item["custom"]), lambda c: c.update({RESOURCE_LINK: link}))
