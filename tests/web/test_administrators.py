"""Who runs the platform and has no part in the course: settings and numbers, and nobody's name or words."""

import pytest

from demo_lms.faults import Endpoint, Fault
from lti_tool.models.courses import Membership, Role
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.rounds import roster
from tests.web.campus import TRAINER, write

INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"


@pytest.fixture
def done(campus):
    """A training of which one learner is done, whose score did not arrive."""
    campus.place()
    browser, page = campus.open("sanne")
    write(browser, page)
    with campus.work.sessions.begin() as session:
        row = session.query(Delivery).filter(Delivery.kind == Kind.SCORE).one()
        row.status, row.reason, row.finished_at = DeliveryStatus.FAILED, "not_allowed", row.created_at


@pytest.mark.parametrize("role", [INSTITUTION, SYSTEM])
def test_an_administrator_sees_whether_it_works_in_numbers(campus, done, role):
    _, page = campus.open("emma", roles=[role])

    assert "1 score did not arrive" in page.text
    assert "Deployment ID" in page.text
    assert "<dt>Take part</dt><dd>fewer than 5</dd>" in page.text


def test_an_administrator_sees_no_name_and_no_word_of_anybody(campus, done):
    _, page = campus.open("emma", roles=[INSTITUTION])

    inside = page.text.partition("<main")[2]
    for said in ("Sanne", "Ineke", "doorvragen", "een inwoner belt"):
        assert said not in inside


@pytest.mark.parametrize(
    "path", ["settings", "health", "letters", "dates", "before", "after", "groups", "recall", "contacts"]
)
def test_pages_of_a_trainer_stay_closed_to_an_administrator(campus, done, path):
    browser, page = campus.open("emma", roles=[INSTITUTION])

    assert campus.http.get(f"{page.url}{path}", headers=campus.cookie_of(browser)).status_code == 403


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "look there whether Beklijf may read the list"),
        (404, "Only a trainer can stop them"),
        (410, "Only a"),
    ],
)
def test_an_administrator_reads_why_there_is_no_list_and_is_sent_to_no_page_that_they_have_not(
    campus, done, status, words
):
    campus.lms.platform.faults.add(Endpoint.ROSTER, Fault(status))
    roster.run(campus.work, now=campus.work.now())

    _, page = campus.open("emma", roles=[INSTITUTION])

    assert words in page.text
    assert "Settings" not in page.text


def test_an_administrator_who_teaches_is_a_trainer(campus, done):
    _, page = campus.open(TRAINER, roles=[INSTITUTION, "Instructor"])

    assert "Bekijken als deelnemer" in page.text


def test_an_administrator_takes_no_part(campus, done):
    campus.open("emma", roles=[INSTITUTION])

    (role,) = [row.role for row in campus.all(Membership) if row.role is Role.ADMINISTRATOR]
    _, group = campus.open(TRAINER)
    assert role is Role.ADMINISTRATOR
    assert "Emma" not in group.text.partition("<main")[2]


def test_before_a_training_is_set_up_there_is_nothing_to_see(campus):
    _, page = campus.open("emma", roles=[INSTITUTION])

    assert page.status == 200
    assert "set up yet" in page.text
