"""Every id that the catalogue must have appears somewhere, in both languages."""

import pytest
from click.testing import CliRunner

from lti_tool.__main__ import main
from lti_tool.domain.words import LOCALES
from lti_tool.services import catalogue, coverage
from tests.services.test_catalogue_complete import ASKED, wanted

TEAM = "agenda consequences practice interim_results attendance ask_back"
VALUE_CHECK = "story yield next_on"
FACTORS = """
    confidence craft change capability satisfaction openness climate feedback leader peers support_system
    reward work time
"""
OBSTACLES = "time occasion process means worth colleagues leader alone unsure habit other none"
IDS = [
    *(item_id for key in ASKED for item_id in wanted(key)),
    *(f"team.{each}" for each in TEAM.split()),
    *(f"value_check.{each}" for each in VALUE_CHECK.split()),
    *(f"factor.{each}" for each in FACTORS.split()),
    *(f"obstacle.{each}" for each in OBSTACLES.split()),
]


@pytest.fixture(scope="module")
def found():
    return coverage.appearances(catalogue.load())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("wanted_id", dict.fromkeys(IDS))
def test_each_id_appears_in_each_language(found, wanted_id, locale):
    assert any(locale in each.locales for each in found if each.id == wanted_id)


def test_what_comes_back_above_a_later_question_says_where(found):
    (signs,) = (each for each in found if each.id == "pre.indicators.self")

    assert "again above mid.on_course" in signs.where


def test_an_obstacle_says_where_it_can_be_chosen(found):
    (time,) = (each for each in found if each.id == "obstacle.time")

    asked = ("pre.obstacles", "mid.holding_back", "post.obstacles", "checkin.obstacle")
    assert all(item in time.where for item in asked)


def test_a_command_lists_them():
    listed = CliRunner().invoke(main, ["catalogue", "coverage"])

    assert listed.exit_code == 0
    assert "pre.goal: instruments/pre.v1.toml, part short, step " in listed.output
    assert "factor.time: actions/time.toml" in listed.output
