"""What is told, and what is logged, when something fails that should not."""

import re

from sqlalchemy import create_engine, text


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
