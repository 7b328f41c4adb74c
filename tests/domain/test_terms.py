"""How long each kind of data may be kept."""

import pytest

from lti_tool.domain.terms import BOUNDS, Matter, Terms, fits, parse


@pytest.mark.parametrize(
    ("text", "days"), [("90", 90), ("90d", 90), ("12w", 84), ("6m", 180), ("2y", 730), ("1", 1)]
)
def test_a_time_is_a_number_of_days_weeks_months_or_years(text, days):
    assert parse(text) == days


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5y", "y", "90 d", "1h", "2Y", "123456", "²", "٣"])
def test_anything_else_is_no_time(text):
    assert parse(text) is None


def test_every_kind_has_a_term_by_itself_that_could_be_chosen():
    assert {matter for matter in Matter if fits(matter, BOUNDS[matter].usual)} == set(Matter)


def test_what_was_chosen_goes_before_the_usual():
    chosen = Terms({Matter.DRAFTS: 7})

    assert (chosen.days(Matter.DRAFTS), chosen.days(Matter.LOGBOOK)) == (7, 1095)


@pytest.mark.parametrize("matter", Matter)
def test_a_term_is_never_shorter_or_longer_than_its_bounds(matter):
    least, most = BOUNDS[matter].least, BOUNDS[matter].most

    assert [fits(matter, days) for days in (least - 1, least, most, most + 1)] == [False, True, True, False]
