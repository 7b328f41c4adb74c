"""`organisation`: tenants."""

import pytest

from lti_tool.services import units
from tests import factories


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


def test_an_organisation_has_the_mail_domains_that_it_was_added_with(command):
    command(
        "organisation", "add", "ours", "Gemeente", "--mail-domain=Ours.example", "--mail-domain=b.example"
    )

    result = command("organisation", "mail-domains", "ours")

    assert (result.exit_code, result.output) == (0, "b.example ours.example\n")


def test_other_mail_domains_take_the_place_of_the_former_and_none_leaves_the_course(command):
    command("organisation", "mail-domains", "default", "gemeente.example")

    other = command("organisation", "mail-domains", "default", "stad.example")
    none = command("organisation", "mail-domains", "default", "--none")

    assert other.output == "stad.example\n"
    assert none.output == "None: contacts are people of the course.\n"


def test_what_is_no_mail_domain_is_refused(command):
    for domain in ("gemeente", "a@b.example", "a b.example", "*.example"):
        result = command("organisation", "mail-domains", "default", domain)

        assert result.exit_code == 1
        assert "use a mail domain like gemeente.example" in result.output


def test_the_mail_domains_of_an_organisation_that_is_not_there_are_refused(command):
    result = command("organisation", "mail-domains", "nowhere")

    assert (result.exit_code, result.output) == (1, "Error: There is no organisation nowhere.\n")


def test_good_friday_and_the_fifth_of_may_are_days_off_where_an_organisation_says_so(command):
    first = command("organisation", "days-off", "default")
    both = command("organisation", "days-off", "default", "liberation_day", "good_friday")
    asked = command("organisation", "days-off", "default")
    none = command("organisation", "days-off", "default", "--none")

    assert first.output == none.output == "None: Good Friday and 5 May are working days.\n"
    assert both.output == asked.output == "good_friday liberation_day\n"


def test_another_day_off_is_refused(command):
    result = command("organisation", "days-off", "default", "carnival")

    assert result.exit_code == 2
    assert "'good_friday', 'liberation_day'" in result.output


def test_the_days_off_of_an_organisation_that_is_not_there_are_refused(command):
    result = command("organisation", "days-off", "nowhere", "good_friday")

    assert (result.exit_code, result.output) == (1, "Error: There is no organisation nowhere.\n")


def test_answers_to_mails_go_where_the_organisation_says(command):
    before = command("organisation", "reply-to", "default")
    chosen = command("organisation", "reply-to", "default", "leren@gemeente.example")
    shown = command("organisation", "reply-to", "default")
    none = command("organisation", "reply-to", "default", "--none")

    assert chosen.output == shown.output == "leren@gemeente.example\n"
    assert before.output == none.output == "None: answers go to the address that mails come from.\n"


def test_answers_go_to_an_address_as_a_header_can_hold_it(command):
    for address in ("leren@gemeente.example\r", " leren@gemeente.example\n"):
        assert command("organisation", "reply-to", "default", address).output == "leren@gemeente.example\n"

    beyond_ascii = command("organisation", "reply-to", "default", "leren@gemeënte.example")

    assert beyond_ascii.output == "leren@xn--gemente-uya.example\n"


def test_what_is_no_mail_address_takes_no_answers(command):
    for address in ("gemeente.example", "a b@gemeente.example", "a@gemeente.example\nBcc: b@elders.example"):
        result = command("organisation", "reply-to", "default", address)

        assert result.exit_code == 1
        assert "use a mail address like leren@gemeente.example" in result.output


def test_an_organisation_has_the_parts_that_were_given_last(command):
    command("organisation", "units", "default", "Noord", "Sociaal  domein")

    other = command("organisation", "units", "default", "Zuid", "Noord")
    shown = command("organisation", "units", "default")
    none = command("organisation", "units", "default", "--none")

    assert other.output == shown.output == "Noord\nZuid\n"
    assert none.output == "None: all groups belong to the organisation as a whole.\n"


@pytest.mark.database
def test_a_part_that_a_group_belongs_to_stays_and_is_named(command, work, session):
    command("organisation", "units", "default", "Noord", "Zuid")
    where = factories.place(work, session)
    north, _south = units.of(session, where.organisation)
    where.cohort.unit_id = north.id
    session.commit()

    result = command("organisation", "units", "default", "West")

    assert result.output == "Noord\nWest\nStill in use, and so not removed: Noord.\n"


def test_a_part_without_a_name_and_one_of_nobody_are_refused(command):
    nameless, nobodys = (command("organisation", "units", slug, " ") for slug in ("default", "nobody"))
    missing = command("organisation", "units", "nobody", "Noord")

    assert (nameless.exit_code, nobodys.exit_code, missing.exit_code) == (1, 1, 1)
    assert "Give each part a name" in nameless.output
    assert missing.output == "Error: There is no organisation nobody.\n"


def test_an_organisation_is_written_to_in_dutch_until_it_chooses_english(command):
    before = command("organisation", "language", "default")
    chosen = command("organisation", "language", "default", "en")
    shown = command("organisation", "language", "default")

    assert (before.output, chosen.output, shown.output) == ("nl\n", "en\n", "en\n")


def test_a_language_that_beklijf_does_not_speak_and_one_of_nobody_are_refused(command):
    other = command("organisation", "language", "default", "fr")
    nobodys = command("organisation", "language", "nowhere", "en")

    assert (other.exit_code, nobodys.exit_code) == (2, 1)
    assert nobodys.output == "Error: There is no organisation nowhere.\n"
