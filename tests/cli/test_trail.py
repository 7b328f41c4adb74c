"""`audit`: commands stand in the trail themselves, which is shown, and dropped by the year or month."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lti_tool.domain.trail import Actor, Line
from lti_tool.services import organisations

MOMENT = datetime(2025, 3, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def default_id(session):
    return organisations.find(session, "default").id


def shown(result):
    """What each line says but its moment."""
    return [line.split("\t")[1:] for line in result.output.splitlines()]


def test_a_command_that_changes_or_looks_stands_in_the_trail_by_its_words(command):
    command("organisation", "terms", "default", "drafts=2w")
    command("organisation", "adviser", "add", "default", "ingrid@gemeente.example")
    command("keys", "rewrap")
    command("platform", "list")

    result = command("audit", "show")

    assert shown(result) == [
        ["default", "operator", "-", "organisation terms", "-"],
        ["default", "operator", "-", "organisation adviser add", "-"],
        ["-", "operator", "-", "keys rewrap", "-"],
        ["-", "operator", "-", "audit show", "-"],
    ]
    assert "ingrid" not in result.output


def test_lines_are_shown_of_some_days_and_of_one_organisation(command, work, default_id):
    who = uuid4()
    for at, of in ((MOMENT, default_id), (MOMENT, None), (MOMENT + timedelta(days=3), default_id)):
        work.trail.note(Line(at, "exported", Actor.PERSON, of, who, who))

    days = "--since=2025-03-05", "--until=2025-03-05"
    of_all = command("audit", "show", *days)
    of_one = command("audit", "show", *days, "--organisation=default")

    assert of_one.output == f"2025-03-05T09:30:00Z\tdefault\tperson\t{who}\texported\t{who}\n"
    assert sorted(row[0] for row in shown(of_all)) == ["-", "default"]


def test_the_lines_of_an_organisation_that_is_not_there_are_refused(command):
    result = command("audit", "show", "--organisation=nowhere")

    assert (result.exit_code, result.output) == (1, "Error: There is no organisation nowhere.\n")


def test_a_year_in_a_file_is_dropped_whole_once_it_is_over(command, work):
    work.trail.note(Line(MOMENT, "exported", Actor.PERSON))
    this_year = str(work.now().real.year)

    gone, again, too_early, month = (
        command("audit", "drop", period) for period in ("2025", "2025", this_year, "2025-03")
    )

    assert gone.output == "2025 is gone.\n"
    assert not work.trail.file_of(2025).exists()
    assert again.output == "Error: There is nothing of 2025.\n"
    assert "that year is not over yet" in too_early.output
    assert "a trail in files goes by the year" in month.output


def test_months_are_made_and_dropped_with_the_role_of_their_owner_only(command):
    elsewhere = {"audit_url": "postgresql+psycopg://beklijf@127.0.0.1:1/audit"}

    results = [command("audit", *words, **elsewhere) for words in (("prepare",), ("drop", "2025-03"))]

    # Nobody is there: that the command itself is written down comes first.
    assert {result.exit_code for result in results} == {1}


def test_a_trail_in_files_needs_no_preparing(command):
    result = command("audit", "prepare")

    assert result.output == "Nothing to do: the trail is in files, one for each year.\n"


def test_check_tells_of_a_trail_that_cannot_be_read(command):
    result = command("check", audit_url="postgresql+psycopg://beklijf@127.0.0.1:1/audit")

    assert "WRONG   audit trail: cannot be read (OperationalError); run audit prepare" in result.output
