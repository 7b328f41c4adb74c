"""The days of a training that is held again."""

from datetime import date

from lti_tool.domain import reruns

TUESDAY = date(2026, 11, 3)


def test_the_days_keep_the_distances_between_them():
    days = (TUESDAY, date(2026, 11, 10), date(2026, 11, 12))

    assert reruns.again(days, date(2027, 1, 5)) == (date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 14))


def test_the_next_day_alike_has_the_same_name_and_is_not_before():
    assert reruns.alike(TUESDAY, date(2026, 11, 4)) == date(2026, 11, 10)
    assert reruns.alike(TUESDAY, date(2026, 11, 10)) == date(2026, 11, 10)
