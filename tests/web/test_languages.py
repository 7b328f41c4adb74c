"""Days and times as the reader's own clock shows them."""

from datetime import UTC, datetime

from lti_tool.web import languages

SAVED_AT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def test_a_moment_is_told_in_local_time(app):
    with app.test_request_context("/", headers={"Accept-Language": "nl"}):
        told = f"{languages.day_long(SAVED_AT)}, {languages.clock(SAVED_AT)}"

    assert told == "woensdag 25 november, 0.30 uur"


def test_a_changed_static_file_changes_its_address(app):
    with app.test_request_context("/"):
        address = app.url_for("static", filename="app.css", _external=False)

    assert address.startswith("/static/app.css?v=")
