"""Two organisations on one tool: nobody gets anywhere with the ids and tokens of the other."""

import pytest
from sqlalchemy import select

from lti_tool.domain.answers import Answer as Said
from lti_tool.models.base import Base
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.reflections import LateDraft
from lti_tool.services import desks, late_drafts, organisations, visits
from lti_tool.web.access import ROLES
from tests import factories, following
from tests.web.campus import TRAINER
from tests.web.routes import addresses, filled
from tests.web.tables import dump

SECRET = "geheim van de ander"


class Other:
    """The other organisation: a learner with a draft and a letter that may not have arrived."""

    def __init__(self, campus) -> None:
        now = campus.work.now()
        with campus.work.sessions.begin() as session:
            organisations.add(session, "second", "Andere gemeente", "Europe/Amsterdam", now.real)
            where = factories.place(
                campus.work, session, organisation="second", now=now, course_title="Training van de ander"
            )
            who = factories.learner(session, where, "1041", name=SECRET, now=now)
            seat = desks.find(session, who.person, who.key, where.link, campus.work.catalogue)
            said = {"post.task": Said(words=SECRET)}
            late_drafts.keep(session, seat.desk, ("plan", 1), said, now.calendar)
            of_the_other = select(Delivery).where(Delivery.organisation_id == where.organisation.id)
            letter = session.scalars(of_the_other.order_by(Delivery.due_at)).first()
            letter.status = DeliveryStatus.UNKNOWN
            mark = visits.fingerprint("cookie-of-the-other")
            self.visit = visits.open_visit(session, who.person, where.link, visits.Browser(mark), now.real)
            self.organisation_id, self.track_id = where.organisation.id, where.track.id
            self.delivery_id = letter.id
            self.draft_id = session.scalars(select(LateDraft.id)).one()
            self.contact_id = following.named(session, where, name=SECRET, now=now).id


@pytest.fixture
def other(campus):
    campus.place()
    return Other(campus)


def rows_of(campus, organisation_id):
    """All rows of one organisation."""
    tables = {t.name: [c.name for c in t.columns] for t in Base.metadata.sorted_tables}
    return {
        name: [row for row in rows if organisation_id in row]
        for name, rows in dump(campus.work).items()
        if "organisation_id" in tables[name]
    }


@pytest.mark.parametrize("name", ["sanne", TRAINER])
def test_ids_of_another_organisation_open_and_change_nothing(campus, app, other, name):
    browser, page = campus.open(name)
    cookie, own = campus.cookie_of(browser), page.url.split("/")[4]
    before = rows_of(campus, other.organisation_id)
    ids = {name: getattr(other, name) for name in ("draft_id", "delivery_id", "contact_id")}

    for method, rule, _ in addresses(app):
        if set(ids) & rule.arguments:
            path = filled(rule, own, **ids)
            answer = campus.http.request(method, path, headers=cookie, data={"take": "1"})
            assert answer.status_code in {403, 404, 405}, path
            assert SECRET not in answer.text

    assert before == rows_of(campus, other.organisation_id)
    assert any(before.values())


@pytest.mark.parametrize("name", ["sanne", TRAINER])
def test_a_visit_of_another_organisation_does_not_open_with_ones_own_cookie(campus, app, other, name):
    browser, _ = campus.open(name)
    cookie = campus.cookie_of(browser)
    before = rows_of(campus, other.organisation_id)

    for method, rule, access in addresses(app):
        if "visit" in rule.arguments and not rule.endpoint.startswith("privacy."):
            answer = campus.http.request(method, filled(rule, other.visit), headers=cookie)
            # A pass of another kind is nobody's visit.
            assert answer.status_code == 403 if access in ROLES else answer.status_code in {404, 410}
            assert SECRET not in answer.text
            assert "Training van de ander" not in answer.text

    assert before == rows_of(campus, other.organisation_id)


def test_a_trainer_sees_only_people_of_the_own_organisation(campus, other):
    campus.open("youssef")

    _, page = campus.open(TRAINER)

    assert "Youssef el Haddad" in page.text
    assert SECRET not in page.text
    assert str(other.delivery_id) not in page.text


def test_a_link_cannot_join_a_track_of_another_organisation(campus, other):
    browser = campus.sign_in(TRAINER)
    campus.next_link("3119", "Nog een onderdeel")
    page = browser.launch("3112")
    before = rows_of(campus, other.organisation_id)

    answer = campus.http.post(
        page.url,
        headers=campus.cookie_of(browser),
        data={"phase": "pre", "track": str(other.track_id), "switch_on": "1"},
    )

    assert answer.status_code == 422
    assert before == rows_of(campus, other.organisation_id)


def test_the_same_subject_of_two_organisations_is_two_persons(campus, other):
    _, page = campus.open("sanne")

    people = [person for person in campus.all(Person) if person.sub == "1041"]
    assert len({person.organisation_id for person in people}) == len(people) == 2
    assert SECRET not in page.text
    assert "Training van de ander" not in page.text
