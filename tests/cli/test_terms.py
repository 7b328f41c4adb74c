"""`organisation terms`: how long an organisation keeps each kind of data."""

import pytest
from sqlalchemy.exc import IntegrityError

from lti_tool.domain.terms import BOUNDS, Matter
from lti_tool.services import organisations, terms


def shown(result):
    """The days of each kind, as the command says them."""
    lines = (line.split("\t") for line in result.output.splitlines() if "\t" in line)
    return {line[0]: line[1].removesuffix(" days") for line in lines}


def test_each_kind_has_its_usual_term_until_an_organisation_chooses(command):
    result = command("organisation", "terms", "default")

    assert shown(result) == {matter: str(BOUNDS[matter].usual) for matter in Matter}
    assert result.output.count("\tusual\n") == len(Matter)


def test_an_organisation_chooses_terms_and_takes_them_back(command):
    command("organisation", "terms", "default", "training=1y", "drafts=2w")

    chosen = command("organisation", "terms", "default")
    back = command("organisation", "terms", "default", "training=usual")

    assert (shown(chosen)["training"], shown(chosen)["drafts"]) == ("365", "14")
    assert (shown(back)["training"], shown(back)["drafts"]) == ("730", "14")
    assert "goes within the hour" in back.output
    assert "goes within the hour" not in chosen.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("answers=1y", "where KIND is one of training, logbook,"),
        ("training", "use a time like 90, 12w, 6m, 2y or usual"),
        ("training=soon", "use a time like 90, 12w, 6m, 2y or usual"),
        ("training=1d", "keep training from 200 to 3650 days"),
        ("drafts=2y", "keep drafts from 7 to 365 days"),
    ],
)
def test_what_is_no_term_is_refused_and_changes_nothing(command, change, said):
    result = command("organisation", "terms", "default", "logbook=200", change)

    assert result.exit_code == 1
    assert said in result.output
    assert shown(command("organisation", "terms", "default"))["logbook"] == "1095"


def test_the_terms_of_an_organisation_that_is_not_there_are_refused(command):
    result = command("organisation", "terms", "nowhere", "training=1y")

    assert (result.exit_code, result.output) == (1, "Error: There is no organisation nowhere.\n")


@pytest.mark.database
def test_the_table_refuses_a_term_that_is_out_of_bounds(session):
    default = organisations.find(session, "default")

    with pytest.raises(IntegrityError):
        terms.choose(session, default, {Matter.TRAINING: 10})
