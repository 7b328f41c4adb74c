"""The configuration that Canvas reads from an address."""

import pytest


@pytest.fixture
def document(campus):
    return campus.http.get("/lti/config/canvas.json").json()


def test_it_names_every_address_of_the_tool(campus, document):
    tool = campus.tool

    assert document["oidc_initiation_url"] == f"{tool}/lti/login"
    assert document["redirect_uris"] == [document["target_link_uri"]] == [f"{tool}/lti/launch"]
    assert document["public_jwk_url"] == f"{tool}/lti/jwks.json"
    assert campus.http.get("/lti/jwks.json").json()["keys"]


def test_content_is_chosen_for_modules_and_assignments_and_no_menu_shows_the_tool(document):
    (canvas,) = document["extensions"]
    places = {each["placement"]: each["message_type"] for each in canvas["settings"]["placements"]}

    assert places == dict.fromkeys(("link_selection", "assignment_selection"), "LtiDeepLinkingRequest")


def test_it_asks_for_the_same_as_a_registration_does(document):
    (canvas,) = document["extensions"]

    assert (canvas["platform"], canvas["privacy_level"]) == ("canvas.instructure.com", "public")
    assert {scope.rsplit("/", 1)[1] for scope in document["scopes"]} == {
        "score", "lineitem", "lineitem.readonly", "contextmembership.readonly", "noticehandlers"
    }  # fmt: skip
    assert document["custom_fields"]["time_zone"] == "$Person.address.timezone"
