"""A buddy: asked by a learner, says yes behind the link of a mail, sees what is shown, and stops."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.exports import BuddyKept
from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.plans import PlanStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Enrolment, EnrolmentStatus
from lti_tool.models.visits import Visit
from lti_tool.rounds import erasing
from lti_tool.services import exports, plans, privacy
from lti_tool.services.export_sources import Source
from lti_tool.services.links import Purpose
from lti_tool.services.plans import Sentence
from tests.factories import ENDED_ON
from tests.web.campus import TRAINER
from tests.web.follow import ONE_CLICK, TYPED, asking, letters, set_up, token
from tests.web.mail import link
from tests.web.tables import dump

WORDS = Sentence("zebramoment", "zebradaad")
OWN_DAY, W5, LAST_ON = date(2026, 12, 9), date(2026, 12, 11), date(2026, 12, 25)
EVERYTHING = ("goal", "task", "plan", "day")
YES = {"answer": "yes"}


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def learner(campus, where):
    """Asks for a page of the learner's visit, or sends a form there; the learner has a plan."""
    ask, now = asking(campus, "sanne"), campus.work.now().calendar
    with campus.work.sessions.begin() as session:
        enrolment = session.scalars(select(Enrolment)).one()
        person = session.get_one(Person, enrolment.person_id)
        key = campus.work.keyring.of([person.key_id])[person.key_id]
        plan = plans.begin(session, enrolment, now)
        plan.status, plan.made_on = PlanStatus.MADE, ENDED_ON
        plans.change(session, plan, person, key, WORDS, OWN_DAY, now)
    return ask


def invited(campus, learner, **more):
    """The address of the page behind an invitation."""
    assert learner("buddies", **TYPED, **more).status_code == 303
    (letter,) = letters(campus)
    return link(letter, "/b/").removesuffix("/stop")


def willing(campus, learner, **more):
    """The same, of a buddy who said yes."""
    url = invited(campus, learner, **more)
    assert campus.http.post(url, data=YES).status_code == 303
    return url


def show(campus, learner, *items):
    """The learner lets the buddy see these things."""
    return learner(f"buddies/{campus.only(Contact).id}", item=[*items], kept="1")


def launch_was_long_ago(campus):
    with campus.work.sessions.begin() as session:
        for visit in session.scalars(select(Visit)):
            visit.launched_at -= timedelta(minutes=16)


def test_a_learner_asks_a_buddy_without_giving_a_name_or_a_word_away(campus, learner):
    assert learner("buddies", **TYPED).status_code == 303

    (letter,) = letters(campus)
    shown = learner("buddies?notice=named").text
    assert "Een collega volgt de training" in letter.text
    for word in ("Sanne", "Ingrid", WORDS.when, WORDS.then):
        assert word not in letter.text + letter.subject
    assert "Ingrid Postma" in shown
    assert "Nog geen antwoord" in shown


def test_looking_at_the_pages_behind_an_invitation_changes_nothing(campus, learner):
    url = invited(campus, learner)
    show(campus, learner, *EVERYTHING)
    before = dump(campus.work)

    for _ in range(10):
        for path in ("", "?answer=yes", "/stop", "/stop?stop=1"):
            page = campus.http.get(url + path)
            assert page.status_code == 200
            assert campus.http.head(url + path).status_code == 200
            assert WORDS.when not in page.text
    assert campus.http.post(url).status_code == 422
    assert campus.http.post(url, data={"answer": "no"}).status_code == 422

    assert dump(campus.work) == before


def test_a_yes_brings_one_question_and_a_second_yes_no_more(campus, learner):
    url = willing(campus, learner)

    campus.http.post(url, data=YES)

    rows = [row for row in campus.all(Delivery) if row.step == "buddy"]
    assert [(row.due_on, row.status) for row in rows] == [(W5, DeliveryStatus.PLANNED)]
    assert "Zei ja" in learner("buddies").text


def test_a_buddy_sees_nothing_until_the_learner_shows_it_and_each_thing_by_itself(campus, learner):
    url = willing(campus, learner)
    nothing = campus.http.get(url).text

    assert show(campus, learner, "plan").status_code == 303
    plan = campus.http.get(url).text
    show(campus, learner, "day")
    day = campus.http.get(url).text
    show(campus, learner)
    taken_back = campus.http.get(url).text

    assert "Hier staat nu niets" in nothing
    assert "Hier staat nu niets" in taken_back
    for page, sees_plan, sees_day in (
        (nothing, False, False),
        (plan, True, False),
        (day, False, True),
        (taken_back, False, False),
    ):
        assert (WORDS.when in page, WORDS.then in page) == (sees_plan, sees_plan)
        assert ("9 december" in page) == sees_day
        assert "Sanne" not in page
    assert campus.all(Release) == []


def test_a_buddy_reads_the_name_only_if_the_learner_ticks_it(campus, learner):
    url = invited(campus, learner, tells_name="1")
    asked = campus.http.get(url).text

    campus.http.post(url, data=YES)

    assert "Sanne" in asked
    assert "Sanne" in campus.http.get(url).text


def test_showing_more_takes_a_fresh_launch_and_hiding_does_not(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan", "day")
    launch_was_long_ago(campus)

    hidden = show(campus, learner, "plan").status_code
    more = show(campus, learner, "plan", "task")

    assert (hidden, more.status_code) == (303, 403)
    assert "Open dit onderdeel nog eens" in more.text
    assert [row.item.value for row in campus.all(Release)] == ["plan"]


def test_what_is_no_item_is_not_shown(campus, learner):
    willing(campus, learner)

    show(campus, learner, "kopje", "plan", "' OR 1=1")

    assert [row.item.value for row in campus.all(Release)] == ["plan"]


@pytest.mark.parametrize("said", [{"stop": "1"}, ONE_CLICK])
def test_a_buddy_stops_and_sees_nothing_any_more(campus, learner, said):
    url = willing(campus, learner)
    show(campus, learner, "plan")

    answer = campus.http.post(f"{url}/stop", data=said)

    assert answer.status_code == (200 if said == ONE_CLICK else 303)
    assert campus.only(Contact).status is ContactStatus.STOPPED
    assert WORDS.when not in campus.http.get(url).text
    assert "U bent geen buddy" in campus.http.get(f"{url}/stop").text
    assert "Wil geen mail" in learner("buddies").text
    assert "gestopt als buddy" in learner(f"buddies/{campus.only(Contact).id}").text
    assert show(campus, learner, "plan", "day").status_code == 403
    assert letters(campus, W5) == []


def test_who_says_no_before_a_yes_gets_nothing_more_and_may_come_back(campus, learner):
    url = invited(campus, learner)

    campus.http.post(f"{url}/stop", data={"stop": "1"})
    nothing = letters(campus, W5)
    campus.http.post(url, data=YES)

    assert nothing == []
    assert campus.only(Contact).status is ContactStatus.CONFIRMED


def test_the_question_leads_to_what_is_shown_and_its_stop_ends_it(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan")

    (letter,) = letters(campus, W5)

    url = link(letter, "/b/").removesuffix("/stop")
    assert "Ik blijf buddy" in campus.http.get(f"{url}/stop").text
    assert WORDS.when in campus.http.get(url).text
    assert WORDS.when not in letter.text + letter.subject + letter.html
    assert campus.http.post(f"{url}/stop", data=ONE_CLICK).status_code == 200
    assert WORDS.when not in campus.http.get(url).text


def test_a_buddy_who_is_taken_back_sees_nothing_and_a_late_yes_changes_nothing(campus, learner):
    url = willing(campus, learner)
    show(campus, learner, "plan")

    learner(f"buddies/{campus.only(Contact).id}/remove", x="y")

    for path in ("", "/stop"):
        assert campus.http.get(url + path).status_code == 410
        assert campus.http.post(url + path, data=YES).status_code == 410
    assert campus.only(Contact).status is ContactStatus.REMOVED
    assert campus.all(Release) == []
    assert "Ingrid" not in learner("buddies").text
    assert letters(campus, W5) == []


def test_the_page_closes_a_week_after_the_two_weeks_and_stopping_stays_possible(campus, learner):
    url = willing(campus, learner)
    show(campus, learner, "plan")

    campus.go_to(LAST_ON)
    last = campus.http.get(url)
    campus.go_to(LAST_ON + timedelta(days=1))
    over = campus.http.get(url)

    assert (last.status_code, over.status_code) == (200, 410)
    assert WORDS.when in last.text
    assert WORDS.when not in over.text
    assert "U hoeft niets te doen" in over.text
    assert "Ik blijf buddy" not in campus.http.get(f"{url}/stop").text
    assert campus.http.post(url, data=YES).status_code == 410
    assert campus.http.post(f"{url}/stop", data=ONE_CLICK).status_code == 200


@pytest.mark.parametrize("what", ["left", "removed", "erased"])
def test_the_page_closes_with_the_learner_and_the_platform(campus, learner, what):
    url = willing(campus, learner)
    show(campus, learner, "plan")

    with campus.work.sessions.begin() as session:
        enrolment = session.scalars(select(Enrolment)).one()
        if what == "left":
            enrolment.status = EnrolmentStatus.LEFT
        if what == "removed":
            session.scalars(select(Platform)).one().status = PlatformStatus.REMOVED
        person_id, key_id = enrolment.person_id, session.get_one(Person, enrolment.person_id).key_id
    if what == "erased":
        campus.work.keyring.forget(key_id)
        no_key = campus.http.get(url)
        erasing.erase(campus.work, person_id, now=campus.work.now())
        assert no_key.status_code == 410

    answer = campus.http.get(url)

    assert answer.status_code == 410
    assert WORDS.when not in answer.text


def test_links_of_another_letter_or_purpose_open_nothing(campus, learner):
    url = willing(campus, learner)
    learner("leader", **{**TYPED, "address": "leider@gemeente.example"})
    rows = campus.all(Delivery)
    own = next(row for row in rows if row.step == "buddy")
    others = [row for row in rows if row.contact_id != own.contact_id]
    before = dump(campus.work)

    tokens = [token(campus, purpose, own.id) for purpose in Purpose if purpose is not Purpose.BUDDY]
    tokens += [token(campus, Purpose.BUDDY, row.id) for row in others]
    tokens.append(url.rsplit("/", 1)[1][:-3])
    for one in tokens:
        assert campus.http.get(f"/b/{one}").status_code == 410
        assert campus.http.post(f"/b/{one}", data=YES).status_code == 410
        assert campus.http.post(f"/b/{one}/stop", data=ONE_CLICK).status_code == 410
    right = url.rsplit("/", 1)[1]
    for path in ("/k/", "/o/", "/c/", "/m/", "/a/"):
        assert campus.http.get(path + right).status_code in {404, 410}
        campus.http.post(f"{path}{right}", data={"answer": "no"})

    assert dump(campus.work) == before


def test_whom_a_learner_asks_is_seen_by_that_learner_only(campus, learner):
    willing(campus, learner)
    other, trainer, buddy_id = asking(campus, "youssef"), asking(campus, TRAINER), campus.only(Contact).id

    assert "Ingrid" not in trainer().text + trainer("contacts").text + trainer("letters").text
    assert "Ingrid" not in other("buddies").text + other().text
    for path in (f"buddies/{buddy_id}", f"buddies/{buddy_id}/remove", f"leader/{buddy_id}/remove"):
        assert other(path, item="plan").status_code == 404
    assert trainer("buddies").status_code == 403
    assert trainer(f"buddies/{buddy_id}").status_code == 403
    assert trainer(f"contacts/{buddy_id}/remove", x="y").status_code == 404
    assert campus.only(Contact).status is ContactStatus.CONFIRMED
    assert campus.all(Release) == []


def test_a_buddy_elsewhere_is_asked_by_the_learner_without_a_mail(campus, learner):
    refused = learner("buddies", **{**TYPED, "address": "iemand@elders.example"})

    page = learner("buddies/yourself").text

    assert refused.status_code == 422
    assert "buddies/yourself" in refused.text
    assert "rond vrijdag 11 december" in page
    assert campus.all(Contact) == []


def test_what_is_kept_names_the_buddies_and_what_they_see(campus, learner):
    willing(campus, learner)
    show(campus, learner, "plan", "day")

    with campus.work.reading() as session:
        person = session.get_one(Person, session.scalars(select(Enrolment)).one().person_id)
        key = campus.work.keyring.of([person.key_id])[person.key_id]
        source = Source(session, person, key, campus.work.keyring.named, campus.work.catalogue, "nl")
        (training,) = exports.of_person(source).trainings
        kept = privacy.kept(session, person)

    assert training.buddies == (BuddyKept("Ingrid Postma", "confirmed", ("day", "plan")),)
    assert training.managers == ()
    assert (kept.buddies, kept.leaders) == (1, 0)
