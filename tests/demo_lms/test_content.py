"""Adding activities: what the LMS asks of the tool, and how strictly it takes what comes back."""

import re
import secrets
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from demo_lms.switches import Switches
from demo_lms.vocabulary import CUSTOM, DEEP_LINKING, DEPLOYMENT_ID, MESSAGE_TYPE, VERSION

SETTINGS = DEEP_LINKING + "deep_linking_settings"


@pytest.fixture
def trainer(browser):
    browser.sign_in("ineke")
    return browser


def asked(trainer, tool):
    """The claims of a request for content."""
    trainer.choose_content("311")
    return jwt.decode(tool.launches[-1]["id_token"], options={"verify_signature": False})


def an_item(tool, **changes) -> dict[str, Any]:
    item = {
        "type": "ltiResourceLink",
        "title": "Voorbereiden",
        "url": f"{tool.url}/lti/launch",
        "custom": {"activity_id": "a-1"},
        "lineItem": {"scoreMaximum": 1, "resourceId": "a-1", "tag": "pre"},
    } | changes
    return {name: value for name, value in item.items() if value != "left out"}


def answer(trainer, tool, claims, *items, **changes):
    """Posts a response that holds, but for the changes; the page that follows."""
    settings, now = claims[SETTINGS], int(datetime.now(UTC).timestamp())
    content = {
        "iss": "leerhuis-beklijf",
        "aud": claims["iss"],
        "iat": now,
        "exp": now + 60,
        "nonce": secrets.token_hex(8),
        DEPLOYMENT_ID: "1",
        MESSAGE_TYPE: "LtiDeepLinkingResponse",
        VERSION: "1.3.0",
        DEEP_LINKING + "content_items": list(items),
        DEEP_LINKING + "data": settings.get("data", "left out"),
    } | changes
    sent = {name: value for name, value in content.items() if value != "left out"}
    token = tool.key.sign(sent, {"alg": "RS256", "typ": "JWT", "kid": tool.key.kid})
    cookie = next(one.value for one in trainer.cookies.all() if one.name == "leerhuis")
    headers = {"Cookie": f"leerhuis={cookie}"}
    return httpx.post(settings["deep_link_return_url"], data={"JWT": token}, headers=headers, trust_env=False)


def way_on(page):
    """Where the page that takes an answer leads to."""
    return re.search(r'id="back" href="([^"]+)"', page.text)[1].replace("&amp;", "&")


def note(page):
    """What the status line of a page says, without tags."""
    inside = re.search(r'role="status"[^>]*>(.*?)</div>', page.text, re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def titles(platform):
    return [link.title for link in platform.courses.find("311").links[2:]]


def test_a_request_has_what_section_4_4_asks_for(trainer, tool, platform):
    claims = asked(trainer, tool)

    assert claims[MESSAGE_TYPE] == "LtiDeepLinkingRequest"
    assert "https://purl.imsglobal.org/spec/lti/claim/resource_link" not in claims
    assert {name: claims[SETTINGS][name] for name in ("accept_types", "accept_multiple")} == {
        "accept_types": ["ltiResourceLink"],
        "accept_multiple": True,
    }
    assert parse_qs(urlsplit(claims[SETTINGS]["deep_link_return_url"]).query).keys() == {
        "course", "id", "sesskey",
    }  # fmt: skip


def test_switches_change_what_is_taken(trainer, tool, platform):
    platform.switches = Switches(several_items=False, item_columns=False, content_data=False)

    settings = asked(trainer, tool)[SETTINGS]

    assert (settings["accept_multiple"], settings["accept_lineitem"]) == (False, False)
    assert "data" not in settings


def test_items_become_activities_with_their_columns_and_parameters(trainer, tool, platform):
    claims = asked(trainer, tool)
    plain = an_item(tool, title="Mijn leerreis", lineItem="left out")

    answer(trainer, tool, claims, an_item(tool), plain)

    assert titles(platform) == ["Voorbereiden", "Mijn leerreis"]
    first, second = platform.courses.find("311").links[2:]
    column = platform.gradebook.column_of(first)
    assert (column.description.resource_id, column.description.tag) == ("a-1", "pre")
    assert platform.gradebook.column_of(second) is None
    assert platform.claims_for(platform.person("sanne"), first)[CUSTOM]["activity_id"] == "a-1"
    assert platform.complaints.all() == []


def test_a_response_counts_once(trainer, tool, platform):
    claims = asked(trainer, tool)
    answer(trainer, tool, claims, an_item(tool))

    again = answer(trainer, tool, claims, an_item(tool))

    assert "U koos al eerder. Er komt nu niets bij." in again.text
    assert titles(platform) == ["Voorbereiden"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Voorbereiden"], "1 activiteit staat nu in de training."),
        (["Voorbereiden", "Mijn leerreis"], "2 activiteiten staan nu in de training."),
        (["Voorbereiden", ""], "1 activiteit past niet in deze leeromgeving."),
        ([], "Er is niets toegevoegd."),
    ],
)
def test_afterwards_the_course_says_what_was_added(trainer, tool, names, said):
    claims = asked(trainer, tool)

    taken = answer(trainer, tool, claims, *(an_item(tool, title=name) for name in names))
    course = trainer.visit(way_on(taken))

    assert course.document.heading == "Doorvragen aan het loket"
    assert said in note(course)
    assert said in taken.text  # for whoever has no script


@pytest.mark.parametrize("kind", ["msg", "errormsg"])
def test_afterwards_the_course_says_what_the_tool_says(trainer, tool, kind):
    taken = answer(trainer, tool, asked(trainer, tool), **{DEEP_LINKING + kind: "U hebt <niets> gekozen."})

    assert note(trainer.visit(way_on(taken))) == "U hebt &lt;niets&gt; gekozen."


def test_of_another_course_it_says_nothing(trainer, tool):
    taken = answer(trainer, tool, asked(trainer, tool), an_item(tool))

    assert 'role="status"' not in trainer.visit(way_on(taken).replace("311", "312")).text


def test_going_back_to_the_page_where_one_chose_leads_to_the_course(trainer, tool, platform):
    page = trainer.visit("/courses/311/add/1")
    assert trainer.visit(page.url).document.frames, "before the answer it is there, also after a reload"
    trainer.open_tool(page)
    claims = jwt.decode(tool.launches[-1]["id_token"], options={"verify_signature": False})
    answer(trainer, tool, claims, an_item(tool))

    back = trainer.visit(page.url)

    assert (back.status, back.document.heading) == (200, "Doorvragen aan het loket")
    assert "1 activiteit staat nu in de training." in note(back)


def test_a_tab_of_its_own_chooses_beside_the_frame(trainer, tool, platform):
    page = trainer.visit("/courses/311/add/1")
    trainer.open_tool(page)
    tab = trainer.follow_in_tab(page, page.link("Kies in een nieuw tabblad"))
    trainer.submit(trainer.submit(tab))

    for launch, name in zip(tool.launches, ("Voorbereiden", "Mijn leerreis"), strict=True):
        claims = jwt.decode(launch["id_token"], options={"verify_signature": False})
        answer(trainer, tool, claims, an_item(tool, title=name))

    assert titles(platform) == ["Voorbereiden", "Mijn leerreis"]


def test_a_request_that_nobody_made_is_a_new_one(trainer):
    page = trainer.visit("/courses/311/add/1/made-up")

    assert page.document.frames
    assert "made-up" not in page.url


def test_a_message_is_shown(trainer, tool, platform):
    page = answer(trainer, tool, asked(trainer, tool), **{DEEP_LINKING + "msg": "U hebt niets gekozen."})

    assert "U hebt niets gekozen." in page.text
    assert titles(platform) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "somebody"}, "iss"),
        ({"aud": "http://elsewhere.example"}, "aud"),
        ({"exp": 11111}, "exp"),
        ({"iat": 9999999999}, "iat"),
        ({"nonce": "left out"}, "nonce"),
        ({MESSAGE_TYPE: "LtiResourceLinkRequest"}, "message"),
        ({VERSION: "1.0"}, "version"),
        ({DEPLOYMENT_ID: "2"}, "deployment"),
        ({DEEP_LINKING + "data": "left out"}, "data"),
        ({DEEP_LINKING + "data": "other"}, "data"),
        ({DEEP_LINKING + "msg": 7}, "message"),
        ({DEEP_LINKING + "content_items": {}}, "items"),
    ],
)
def test_a_response_that_does_not_hold_adds_nothing(trainer, tool, platform, changes, reason):
    page = answer(trainer, tool, asked(trainer, tool), an_item(tool), **changes)

    assert page.status_code == 400
    assert "In uw training is niets veranderd." in page.text
    assert titles(platform) == []
    assert reason in platform.complaints.all()[-1].reason


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "link"},
        {"title": "x" * 256},
        {"title": "Met <b>nadruk</b>"},
        {"title": None},
        {"url": "left out"},
        {"url": "https://elsewhere.example/"},
        {"custom": {"number": 1}},
        {"custom": {"empty": None}},
        {"lineItem": {"scoreMaximum": 150}},
        {"lineItem": {"scoreMaximum": 2.5}},
        {"lineItem": {"scoreMaximum": 1, "label": ""}},
        {"submission": {"startDateTime": "2026-12-01"}},
        {"submission": {"startDateTime": "2026-12-02T09:00:00Z", "endDateTime": "2026-12-01T09:00:00Z"}},
        {"windows": {}},
    ],
    ids=str,
)
def test_an_item_that_does_not_hold_disappears_and_leaves_a_complaint(trainer, tool, platform, changes):
    answer(trainer, tool, asked(trainer, tool), an_item(tool, **changes), an_item(tool, title="Goed"))

    assert titles(platform) == ["Goed"]
    assert len(platform.complaints.all()) == 1


def test_where_one_item_is_taken_two_are_none(trainer, tool, platform):
    platform.switches = Switches(several_items=False)

    answer(trainer, tool, asked(trainer, tool), an_item(tool), an_item(tool))

    assert titles(platform) == []


def test_only_a_trainer_of_the_course_adds_activities(browser):
    browser.sign_in("sanne")

    assert browser.visit("/courses/311/add/1").status == 403
    assert "Activiteit toevoegen" not in browser.visit("/courses/311").text
