"""From a launch that held to a visit."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date
from functools import partial

import pytest
from sqlalchemy import create_engine, event, select, update
from sqlalchemy.orm import Session

from lti_tool.lti.launches import LINE_ITEM_SCOPE, SCORE_SCOPE, Grades, Link
from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.deliveries import Kind as DeliveryKind
from lti_tool.models.keys import PersonKey
from lti_tool.models.people import Person
from lti_tool.models.platforms import Deployment
from lti_tool.models.tracks import Enrolment
from lti_tool.models.visits import Visit
from lti_tool.rounds import arriving, erasing
from lti_tool.services import desks, launches, line_items, organisations, submissions, visits
from tests import factories
from tests.factories import at
from tests.rounds.launching import BROWSER, launch

NOW = at(date(2026, 12, 4), 16)


@pytest.fixture
def platform(work, session):
    found, _ = factories.deployment(session, organisations.find(session, "default"))
    session.commit()
    return found


@pytest.mark.database
def test_two_first_launches_at_once_make_one_person_whose_name_opens(work, session, platform):
    with ThreadPoolExecutor(4) as threads:
        tokens = list(
            threads.map(lambda _: arriving.arrive(work, launch(platform), BROWSER, now=NOW), range(4))
        )

    person = session.scalars(select(Person)).one()
    key = work.keyring.of([person.key_id])[person.key_id]
    assert launches.name_of(person, key) == "Naam van sub-1"
    assert len(session.scalars(select(Visit)).all()) == len(set(tokens)) == 4


@pytest.mark.parametrize("before", [None, "eerder@gemeente.example"])
def test_letters_to_come_move_to_the_address_that_a_launch_tells(work, session, before):
    where = factories.place(work, session)
    who = factories.learner(session, where, "sub-1", email=before, now=NOW)
    session.commit()

    arriving.arrive(work, launch(where.platform), BROWSER, now=NOW)

    session.expire_all()
    rows = session.scalars(select(Delivery).where(Delivery.status == DeliveryStatus.PLANNED)).all()
    assert {row.mailbox_id for row in rows} == {session.get_one(Person, who.person.id).mailbox_id} != {None}


def test_the_language_is_that_of_the_lms_until_one_is_chosen_in_the_tool(work, platform):
    def spoken(locale):
        arriving.arrive(work, launch(platform, locale=locale), BROWSER, now=NOW)
        with work.reading() as session:
            return session.scalars(select(Person.locale)).one()

    followed = [spoken("nl"), spoken("en"), spoken(None)]
    with work.sessions.begin() as session:
        visits.speak(session, session.scalars(select(Visit)).first(), "nl")

    assert (followed, spoken("en")) == (["nl", "en", "en"], "nl")


def test_no_key_is_left_behind_by_a_launch_that_lost_the_race(work, session, platform):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: arriving.arrive(work, launch(platform), BROWSER, now=NOW), range(4)))

    person = session.scalars(select(Person)).one()
    with Session(create_engine(work.settings.keys_url)) as keys:
        assert keys.scalars(select(PersonKey.id)).all() == [person.key_id]


def test_a_database_that_is_lost_while_it_commits_makes_nobody_look_erased(work, platform):
    def lose(_session):
        event.remove(work.sessions, "after_commit", lose)
        raise ConnectionError

    event.listen(work.sessions, "after_commit", lose)
    with pytest.raises(ConnectionError):
        arriving.arrive(work, launch(platform), BROWSER, now=NOW)

    token = arriving.arrive(work, launch(platform), BROWSER, now=NOW)

    assert token is not None


def test_somebody_whose_key_is_gone_was_erased_and_gets_no_visit(work, session, platform):
    arriving.arrive(work, launch(platform), BROWSER, now=NOW)
    person = session.scalars(select(Person)).one()
    session.commit()
    work.keyring.forget(person.key_id)

    token = arriving.arrive(work, launch(platform), BROWSER, now=NOW)

    assert token is None


def test_a_learner_who_launches_after_set_up_takes_part_at_once(work, session):
    where = factories.place(work, session)
    session.commit()
    said = launch(where.platform, link=Link(where.link.link_id, "Terugkijken"))

    arriving.arrive(work, said, BROWSER, now=NOW)

    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.cohort_id, enrolment.anchor_on) == (where.cohort.id, where.cohort.ends_on)


def test_what_the_lms_leaves_out_stays_as_it_was(work, session, platform):
    arriving.arrive(work, launch(platform), BROWSER, now=NOW)
    arriving.arrive(work, launch(platform, name=None, email=None), BROWSER, now=NOW)

    person = session.scalars(select(Person)).one()
    key = work.keyring.of([person.key_id])[person.key_id]
    assert launches.name_of(person, key) == "Naam van sub-1"
    assert person.mailbox_id is not None


ITEMS = "https://lms.example/lineitems"


@pytest.fixture
def refused(work, session):
    """Two learners of one link whose scores were not taken, by their subs."""
    where = factories.place(work, session, context_id="course-1", link_id="link-1")
    people = {sub: factories.learner(session, where, sub) for sub in ("sub-1", "sub-2")}
    for who in people.values():
        seat = desks.find(session, who.person, who.key, where.link, work.catalogue)
        submissions.submit(session, seat, work.catalogue, NOW.calendar)
    score = Delivery.kind == DeliveryKind.SCORE
    session.execute(update(Delivery).where(score).values(status=DeliveryStatus.FAILED, reason="not_found"))
    session.commit()
    return where.platform, people


def waiting(session, people):
    """Whose score is to go out again."""
    session.expire_all()
    planned = Delivery.status == DeliveryStatus.PLANNED
    rows = session.scalars(
        select(Delivery.enrolment_id).where(Delivery.kind == DeliveryKind.SCORE, planned)
    ).all()
    return {sub for sub, who in people.items() if who.enrolment.id in rows}


@pytest.mark.parametrize(
    ("line_item", "again"), [(f"{ITEMS}/1", {"sub-1"}), (f"{ITEMS}/2", {"sub-1", "sub-2"})]
)
def test_a_launch_lets_scores_be_sent_again_and_those_of_all_when_the_address_is_another(
    work, session, refused, line_item, again
):
    platform, people = refused

    grades = Grades(line_item, ITEMS, frozenset({SCORE_SCOPE}))
    arriving.arrive(work, launch(platform, "sub-1", grades=grades), BROWSER, now=NOW)

    assert waiting(session, people) == again


def test_what_kind_of_lms_it_is_stays_when_a_launch_does_not_say(work, session, platform):
    arriving.arrive(work, launch(platform, product_family="canvas"), BROWSER, now=NOW)

    arriving.arrive(work, launch(platform), BROWSER, now=NOW)

    assert session.scalars(select(Deployment.product_family)).one() == "canvas"


def test_a_launch_that_may_not_send_scores_looks_for_no_column(work, session, platform):
    scopes = frozenset({LINE_ITEM_SCOPE})

    arriving.arrive(work, launch(platform, grades=Grades(None, ITEMS, scopes)), BROWSER, now=NOW)

    assert not line_items.takes_scores(session.scalars(select(ResourceLink)).one())


def test_where_a_column_can_be_looked_for_scores_wait_for_it(work, session, platform):
    scopes = frozenset({SCORE_SCOPE, LINE_ITEM_SCOPE, "https://example.org/another"})
    own_id = "9d1f2c3a-0000-4000-8000-000000000001"

    grades = Grades(None, ITEMS, scopes)
    arriving.arrive(work, launch(platform, grades=grades, custom={"activity_id": own_id}), BROWSER, now=NOW)

    link = session.scalars(select(ResourceLink)).one()
    assert (link.line_items_url, link.line_item_scopes) == (ITEMS, LINE_ITEM_SCOPE)
    assert str(link.own_id) == own_id
    assert line_items.takes_scores(link)


@pytest.mark.database
def test_who_is_erased_while_they_launch_comes_back_as_somebody_new_whose_key_is_there(
    work, session, platform
):
    arriving.arrive(work, launch(platform), BROWSER, now=NOW)
    former = session.scalars(select(Person.id)).one()
    session.commit()
    to_erase = [former]

    def erase(_session, _transaction):
        """As soon as the launch has read the key, and before it writes."""
        if to_erase:
            # As another process does: in this one the launch only reads just now.
            Context().run(partial(erasing.erase, work, to_erase.pop(), now=NOW))

    event.listen(work.keyring._sessions, "after_transaction_end", erase)
    token = arriving.arrive(work, launch(platform), BROWSER, now=NOW)

    who, key = session.execute(select(Person.id, Person.key_id)).one()
    session.commit()
    assert who != former
    assert token is not None
    assert key in work.keyring.of([key])
    assert arriving.arrive(work, launch(platform), BROWSER, now=NOW) is not None
