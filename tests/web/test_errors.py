"""What is told, and what is logged, when something fails that should not."""

import re

import pytest
from sqlalchemy import create_engine, text

from tests.web.campus import TRAINER
from tests.web.choosing import ask


def test_a_key_store_that_fails_is_told_too_and_no_address_of_a_visit_is_logged(campus, caplog):
    campus.place()
    browser, page = campus.open("sanne")
    with create_engine(campus.work.settings.keys_url).begin() as keys:
        keys.execute(text("DROP TABLE person_key"))

    answer = campus.http.get(page.url, headers=campus.cookie_of(browser))

    assert answer.status_code == 500
    assert re.search(r"BK-\w{4}-\w{4}", answer.text)
    assert '<html lang="nl"' in answer.text
    assert page.url.split("/")[4] not in caplog.text


@pytest.mark.parametrize(
    ("table", "launch"),
    [("visit", lambda campus: campus.open(TRAINER)), ("content_selection", ask)],
)
def test_the_log_calls_no_launch_opened_that_crashed_while_it_was_recorded(campus, caplog, table, launch):
    with campus.work.sessions.begin() as session:
        session.connection().exec_driver_sql(f"DROP TABLE {table}")

    _, page = launch(campus)

    assert page.status == 500
    assert "crash type=OperationalError" in caplog.text
    assert "result=opened" not in caplog.text


def test_the_log_calls_a_launch_of_somebody_who_was_erased_rejected_and_nothing_else(campus, caplog):
    campus.open("sanne")
    caplog.clear()
    with create_engine(campus.work.settings.keys_url).begin() as keys:
        keys.execute(text("DELETE FROM person_key"))

    _, page = campus.open("sanne")

    (told,) = re.findall(r"lti\.launch (.*)", caplog.text)
    assert page.status == 403
    assert re.match(r"result=rejected reason=erased reg=\S+ nonce=\S+ ", told)
