"""`organisation key`: which programs read the figures of an organisation."""

from lti_tool.services import api_keys


def add(command, slug="default", name="dashboard"):
    return command("organisation", "key", "add", slug, name)


def test_a_key_is_shown_once_and_works(command, work):
    added = add(command)

    key = added.output.splitlines()[0]
    assert added.exit_code == 0
    with work.sessions.begin() as session:
        assert api_keys.use(session, key, work.now().real).organisation.slug == "default"
    assert key not in command("organisation", "key", "list", "default").output


def test_the_list_says_when_a_key_was_made_and_last_used(command, work):
    key = add(command).output.splitlines()[0]
    before = command("organisation", "key", "list", "default").output
    with work.sessions.begin() as session:
        api_keys.use(session, key, work.now().real)

    after = command("organisation", "key", "list", "default").output

    assert before.startswith("dashboard\tmade ")
    assert before.endswith("\tnever used\n")
    assert "\tlast used " in after


def test_a_name_is_given_once_in_an_organisation(command):
    command("organisation", "add", "ours", "Gemeente")
    add(command)

    again, elsewhere = add(command), add(command, "ours")

    assert (again.exit_code, elsewhere.exit_code) == (1, 0)
    assert "default has a key dashboard already." in again.output


def test_a_key_that_was_removed_opens_nothing(command, work):
    key = add(command).output.splitlines()[0]

    removed = command("organisation", "key", "remove", "default", "dashboard")

    assert removed.exit_code == 0
    with work.sessions.begin() as session:
        assert api_keys.use(session, key, work.now().real) is None
    assert command("organisation", "key", "list", "default").output == "None.\n"


def test_what_is_not_there_is_said_in_plain_words(command):
    assert "There is no organisation nowhere." in add(command, "nowhere").output
    assert "default has no key x." in command("organisation", "key", "remove", "default", "x").output
    assert "Give the key a name" in add(command, name=" ").output
