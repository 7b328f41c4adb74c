"""`keys`: the tool's own keys."""

from lti_tool.rounds import lti_store


def kids(work):
    return [key.kid for key in lti_store.ToolKeys(work).published()]


def test_a_new_key_signs_and_the_old_one_stays_published(command, work, app):
    (old,) = kids(work)

    result = command("keys", "rotate-lti")

    new, second = kids(work)
    assert result.exit_code == 0
    assert new in result.output
    assert (new != old, second) == (True, old)
    assert lti_store.ToolKeys(work).signing_key().kid == new
    shown = app.test_client().get("/lti/jwks.json").get_json()["keys"]
    assert [key["kid"] for key in shown] == [new, old]


def test_wrong_data_keys_lead_to_check(command):
    result = command("keys", "rotate-lti", data_keys="test:" + "B" * 43)

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "python -m lti_tool check" in result.output
