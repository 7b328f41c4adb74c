"""`organisation adviser`: who reads the figures of an organisation."""

from sqlalchemy import select

from lti_tool.models.people import Mailbox

ESTHER = "esther@waterhoek.example"


def test_an_adviser_who_was_added_is_listed(command):
    added = command("organisation", "adviser", "add", "default", ESTHER)

    assert (added.exit_code, added.output) == (0, f"{ESTHER} is an adviser of default.\n")
    assert command("organisation", "adviser", "list", "default").output == f"{ESTHER}\n"


def test_an_organisation_has_its_own_advisers(command):
    command("organisation", "add", "ours", "Gemeente")
    command("organisation", "adviser", "add", "default", ESTHER)

    assert command("organisation", "adviser", "list", "ours").output == "None.\n"


def test_one_address_may_be_an_adviser_of_two_organisations(command):
    command("organisation", "add", "ours", "Gemeente")

    for slug in ("default", "ours"):
        assert command("organisation", "adviser", "add", slug, ESTHER).exit_code == 0


def test_who_is_an_adviser_already_is_not_added_again_however_the_address_is_written(command):
    command("organisation", "adviser", "add", "default", ESTHER)

    again = command("organisation", "adviser", "add", "default", "Esther@Waterhoek.example")

    assert again.exit_code == 1
    assert "is an adviser of default already" in again.output


def test_who_was_removed_is_no_adviser_and_can_be_one_again(command):
    command("organisation", "adviser", "add", "default", ESTHER)

    removed = command("organisation", "adviser", "remove", "default", ESTHER)

    assert (removed.exit_code, removed.output) == (0, f"{ESTHER} is no adviser of default any more.\n")
    assert command("organisation", "adviser", "list", "default").output == "None.\n"
    assert command("organisation", "adviser", "add", "default", ESTHER).exit_code == 0


def test_nothing_stays_of_an_address_that_nobody_has_after_that(command, work):
    command("organisation", "adviser", "add", "default", ESTHER)

    command("organisation", "adviser", "remove", "default", ESTHER)

    with work.reading() as session:
        assert session.scalars(select(Mailbox)).all() == []


def test_who_is_no_adviser_is_not_removed(command):
    for address in (ESTHER, "nobody"):
        result = command("organisation", "adviser", "remove", "default", address)

        assert result.exit_code == 1
        assert f"{address} is no adviser of default" in result.output


def test_what_is_no_address_is_refused(command):
    result = command("organisation", "adviser", "add", "default", "esther")

    assert result.exit_code == 1
    assert "esther: use a mail address" in result.output


def test_an_organisation_that_is_not_there_has_no_advisers(command):
    for arguments in (("add", "nowhere", ESTHER), ("remove", "nowhere", ESTHER), ("list", "nowhere")):
        result = command("organisation", "adviser", *arguments)

        assert (result.exit_code, result.output) == (1, "Error: There is no organisation nowhere.\n")
