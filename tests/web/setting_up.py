"""What the two pages of a set up show and have filled in."""

from datetime import timedelta

WEEK = timedelta(days=7)
SEVERAL_DAYS = {
    "preset": "several",
    "starts_on": "1-12-2026",
    "ends_on": "15-12-2026",
    "between": "8-12-2026",
}


def chosen(page, name):
    """What a form has filled in for a field."""
    controls = [one for one in page.form(name).controls if one.name == name]
    return next((one.value for one in controls if one.is_chosen or one.kind == "text"), None)


def ticked(page):
    """The steps that the calendar would send."""
    controls = page.form("switch_on").controls
    return {one.value for one in controls if one.name == "send" and one.is_chosen}
