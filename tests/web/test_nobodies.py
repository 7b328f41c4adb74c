"""Test people count nowhere: with one in a full group, every page of its trainer stays as it was."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from lti_tool.models.people import Person
from lti_tool.web.access import Access
from tests.web.campus import ASSISTANT, PREPARE, TRAINER, write
from tests.web.routes import addresses, filled

STUDENT = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
OF_TRAINERS = {Access.LOOKER, Access.TRAINER, Access.VISITOR}


def pages(campus, app, browser, home):
    """Every page that a trainer can look at, by its address."""
    cookie, token = campus.cookie_of(browser), home.url.split("/")[4]
    rules = [rule for method, rule, access in addresses(app) if method == "GET" and access in OF_TRAINERS]
    found = {rule.rule: campus.http.get(filled(rule, token), headers=cookie) for rule in rules}
    return {path: told(answer.content) for path, answer in found.items() if answer.status_code == 200}


def told(content):
    """What a file says. A workbook also holds when it was made."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as book:
        return [book.read(name) for name in sorted(book.namelist()) if name != "docProps/core.xml"]


def offers(text, token):
    """Where the links and forms of a page lead, within the visit."""
    for method, found in (
        ("GET", r'<a [^>]*href="([^"]+)"'),
        ("POST", r'<form method="post" action="([^"]+)"'),
    ):
        for url in re.findall(found, text):
            if url.startswith(f"/v/{token}/") and not url.endswith(("/language", "/as-learner")):
                yield method, url.partition("#")[0]


@pytest.fixture
def group(campus):
    """A training of today with somebody in it who is done."""
    campus.place(PREPARE, instrument="pre")
    campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)
    return campus.open(TRAINER)


def test_a_test_student_of_the_lms_changes_no_page_of_the_trainer(campus, app, group):
    before = pages(campus, app, *group)

    browser, page = campus.open("tjerk", roles=["Learner", STUDENT])
    write(browser, page)

    assert any(each.is_test for each in campus.all(Person))
    after = pages(campus, app, *group)
    assert {path for path in before if before[path] != after.get(path)} == set()


def test_a_trainer_who_looks_as_a_learner_changes_no_page_either(campus, app, group):
    before = pages(campus, app, *group)

    browser, home = group
    write(browser, browser.submit(home, button="Bekijken als deelnemer"))

    after = pages(campus, app, *group)
    assert len(before) > 5
    assert {path for path in before if before[path] != after.get(path)} == set()


def test_who_may_only_look_is_shown_nothing_that_they_may_not_do(campus, app, group):
    browser, home = campus.open("youssef", roles=[ASSISTANT])
    cookie = campus.cookie_of(browser)
    refused = {}
    for path, content in pages(campus, app, browser, home).items():
        if not isinstance(content, bytes):
            continue
        for method, url in offers(content.decode("utf-8", "replace"), home.url.split("/")[4]):
            status = campus.http.request(method, url, headers=cookie).status_code
            if status == 403:
                refused[path, method] = url

    assert refused == {}
