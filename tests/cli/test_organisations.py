"""`organisation`: tenants."""


def test_the_default_organisation_is_there_from_the_start(command):
    result = command("organisation", "list")

    assert result.exit_code == 0
    assert result.output == "default\tDefault organisation\tEurope/Amsterdam\n"


def test_an_organisation_that_was_added_is_listed_with_its_time_zone(command):
    added = command("organisation", "add", "aruba", "Land Aruba", "--time-zone=America/Aruba")

    assert (added.exit_code, added.output) == (0, "Added aruba: Land Aruba.\n")
    assert "aruba\tLand Aruba\tAmerica/Aruba\n" in command("organisation", "list").output


def test_a_slug_that_is_taken_is_refused(command):
    result = command("organisation", "add", "default", "Nog een")

    assert (result.exit_code, result.output) == (1, "Error: There is an organisation default already.\n")


def test_a_time_zone_that_does_not_exist_is_refused(command):
    result = command("organisation", "add", "mars", "Mars", "--time-zone=Mars/Olympus")

    assert (result.exit_code, result.output) == (
        1,
        "Error: Mars/Olympus: use a time zone like Europe/Amsterdam.\n",
    )
    assert "mars" not in command("organisation", "list").output


def test_a_slug_that_no_command_could_name_is_refused(command):
    for slug in ("Ge meente", "--x", ""):
        result = command("organisation", "add", "--", slug, "Gemeente")

        assert result.exit_code == 1
        assert "small letters, figures and hyphens" in result.output


def test_a_database_that_was_not_migrated_leads_to_check(command, tmp_path):
    result = command("organisation", "list", database_url=f"sqlite:///{tmp_path / 'new.db'}")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "python -m lti_tool check" in result.output
