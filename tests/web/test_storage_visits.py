"""Visits without a cookie: where their address goes on, and where it shows nothing."""

import re

import pytest

from tests.web.fetching import BY_LINK, BY_SCRIPT, IN_FRAME, MAILED, OWN, PASTED
from tests.web.platform_storage import launch_of_sanne
from tests.web.tables import dump


@pytest.fixture
def launch(campus):
    return launch_of_sanne(campus)


@pytest.fixture
def address(campus, launch):
    """The address of Sanne's visit without a cookie."""
    return campus.tool + launch.post(launch.answer() | {"proof": launch.kept["value"]}).headers["Location"]


@pytest.mark.parametrize("headers", [OWN, IN_FRAME, BY_SCRIPT, BY_LINK])
def test_such_a_visit_goes_on_inside_the_course(campus, address, headers):
    page = campus.http.get(address, headers=headers)

    assert page.status_code == 200
    assert "Sanne de Wit" in page.text


@pytest.mark.parametrize("headers", [PASTED, MAILED, {**MAILED, "Sec-Fetch-Site": "same-site"}, {}])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("GET", "reflect/plan/1"), ("POST", "reflect/plan/1")]
)
def test_pasted_or_passed_on_its_address_shows_nothing_but_the_way_to_the_course(
    campus, address, headers, method, path
):
    before = dump(campus.work)

    page = campus.http.request(method, address + path, headers=headers, data={"post.task": "iets"})

    assert page.status_code == 403
    assert "Sanne" not in page.text
    assert "Doorvragen" not in page.text
    assert len(re.findall(r'class="nl-button ', page.text)) == 1
    assert f'href="{campus.lms.url}/courses/311/return"' in page.text
    assert "Dit adres werkt alleen binnen uw leeromgeving" in page.text
    assert dump(campus.work) == before


def test_its_pages_may_be_framed_by_the_platform_only(campus, address):
    policy = campus.http.get(address, headers=OWN).headers["Content-Security-Policy"]

    assert policy.endswith(f"frame-ancestors {campus.lms.url}")
