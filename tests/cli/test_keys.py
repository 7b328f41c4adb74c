"""`keys`: the tool's own keys."""

from datetime import UTC, datetime, timedelta

from lti_tool.rounds import lti_store

OLD = "test:" + "A" * 43


def kids(work):
    return [key.kid for key in lti_store.ToolKeys(work).published(work.now().real)]


def signing(work):
    return lti_store.ToolKeys(work).signing_key(work.now().real).kid


def test_a_new_key_is_published_and_the_old_one_signs_until_every_platform_may_know_it(command, work, app):
    (old,) = kids(work)

    result = command("keys", "rotate-lti")

    new, second = kids(work)
    moment = datetime.now(UTC) + timedelta(minutes=65)
    assert result.exit_code == 0
    assert result.output == (
        f"Key {new} is published.\n"
        f"It signs from {moment:%Y-%m-%d %H:%M} UTC. Until then the key before it does.\n"
    )
    assert (new != old, second, signing(work)) == (True, old, old)
    shown = app.test_client().get("/lti/jwks.json").get_json()["keys"]
    assert [key["kid"] for key in shown] == [new, old]


def test_when_a_key_leaked_every_other_one_is_withdrawn_at_once(command, work):
    old = kids(work)

    result = command("keys", "rotate-lti", "--now", typed="y\n")

    assert result.exit_code == 0
    assert len(kids(work)) == 1
    assert signing(work) not in old
    assert "All other keys are withdrawn." in result.output


def test_nothing_is_withdrawn_before_somebody_says_yes(command, work):
    old = kids(work)

    result = command("keys", "rotate-lti", "--now", typed="n\n")

    assert result.exit_code == 1
    assert kids(work) == old


def test_wrong_data_keys_lead_to_check(command):
    result = command("keys", "rotate-lti", data_keys="test:" + "B" * 43)

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "python -m lti_tool check" in result.output


def test_the_keys_of_persons_are_wrapped_by_the_first_data_key_and_the_old_one_may_go(command, work):
    made = work.keyring.make(work.now().real)
    both = "new:" + "N" * 43 + "," + OLD

    result = command("keys", "rewrap", data_keys=both)

    assert result.exit_code == 0
    assert result.output == (
        "4 keys were wrapped anew. All of them open with new alone.\n"
        "test may go once all processes write with new and check notes no key.\n"
    )
    alone = command("keys", "rewrap", data_keys="new:" + "N" * 43)
    assert alone.output == "0 keys were wrapped anew. All of them open with new alone.\n"
    assert "WRONG   keys" not in command("check", data_keys="new:" + "N" * 43).output
    assert str(made.id) not in result.output


def test_without_the_data_key_that_wrapped_them_no_key_is_touched(command, work):
    made = work.keyring.make(work.now().real)

    result = command("keys", "rewrap", data_keys="new:" + "N" * 43)

    assert result.exit_code == 1
    assert "python -m lti_tool check" in result.output
    assert work.keyring.of([made.id]) == {made.id: made}
