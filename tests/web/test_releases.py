"""People let others read a part of their plan, thing by thing, and take it back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from lti_tool.domain.releases import Reader
from lti_tool.models.releases import Release
from lti_tool.models.tracks import Enrolment, EnrolmentStatus, Track
from lti_tool.rounds import erasing
from lti_tool.services import moves
from lti_tool.services.tracks import Dates
from tests.web.about_people import about, unpacked
from tests.web.buddies import opened
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking, place

GOAL, OBSTACLE = "Eerst horen wat iemand zoekt.", "De telefoon gaat steeds."
PREPARED = {"pre.goal": GOAL, "pre.task": "de brief"}


@pytest.fixture
def training(campus):
    """A training that asks to prepare and to make a plan."""
    return place(campus)


@pytest.fixture
def sanne(training):
    """What a learner with a plan asks of the tool."""
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, PREPARED)
    write(browser, browser.launch(LOOK_BACK))
    return asking(training, browser)


@pytest.fixture
def youssef(training):
    """What another learner of the same group asks."""
    return asking(training, training.sign_in("youssef"))


@pytest.fixture
def trainer(training):
    """What the trainer asks."""
    return asking(training, training.sign_in(TRAINER))


def show(ask, reader, *things):
    """Lets somebody read these things, and nothing else."""
    path = f"plan/shown/{reader}"
    return ask(path, item=[*things], opened=opened(ask, path))


def an_hour_later():
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=16))


def test_nobody_reads_anything_until_its_writer_shows_it(sanne, youssef, trainer):
    seen = [youssef("team").text, *(trainer(path).text for path in ("let-read", "", "before/goals"))]

    assert [words for words in (GOAL, "een inwoner belt", "de brief") for page in seen if words in page] == []
    assert "Nu laat niemand iets zien" in seen[0]
    assert "Nu laat niemand iets zien" in seen[1]


def test_a_trainer_reads_what_is_shown_under_the_name_of_its_writer_and_nothing_else(sanne, youssef, trainer):
    assert show(sanne, "trainer", "goal").status_code == 303

    page, before = trainer("let-read").text, trainer("before").text

    assert GOAL in page
    assert "Sanne" in page
    assert "een inwoner belt" not in page
    assert "1 persoon laat u iets van een plan lezen" in before
    assert GOAL not in youssef("team").text


def test_a_team_reads_what_is_shown_to_it_and_the_trainer_does_not(sanne, youssef, trainer):
    show(sanne, "team", "plan", "task")

    page = youssef("team").text

    assert all(words in page for words in ("een inwoner belt", "vraag ik eerst door", "de brief", "Sanne"))
    assert GOAL not in page
    assert "een inwoner belt" not in trainer("let-read").text
    assert "een inwoner belt" in sanne("team").text


def test_what_is_taken_back_is_gone_at_once(sanne, youssef, training):
    show(sanne, "team", "plan", "goal")

    show(sanne, "team", "goal")
    one = youssef("team").text
    show(sanne, "team")

    assert GOAL in one
    assert "een inwoner belt" not in one
    assert GOAL not in youssef("team").text
    assert training.all(Release) == []


def test_showing_needs_a_launch_of_a_short_while_ago_and_hiding_does_not(sanne, training):
    show(sanne, "team", "plan")

    with an_hour_later():
        refused = show(sanne, "team", "plan", "goal")
        kept = [row.item.value for row in training.all(Release)]
        hidden = show(sanne, "team")

    assert refused.status_code == 403
    assert "Open dit onderdeel nog eens in uw leeromgeving" in refused.text
    assert kept == ["plan"]
    assert hidden.status_code == 303
    assert training.all(Release) == []


def test_what_was_typed_since_the_last_submit_is_not_read(sanne, youssef):
    show(sanne, "team", "goal")

    sanne("reflect/short/1", **{"pre.goal": "Nog maar half", "autosave": "1"})

    assert "Nog maar half" not in youssef("team").text
    assert GOAL not in youssef("team").text


def test_the_page_of_the_plan_says_who_reads_how_much(sanne):
    before = sanne("plan").text
    show(sanne, "trainer", "goal", "plan")
    show(sanne, "team", "plan")

    after = sanne("plan").text

    assert before.count("leest niets") == 2
    assert "leest 2 delen" in after
    assert "leest 1 deel" in after


def test_what_is_shown_is_ticked_and_the_rest_is_not(sanne):
    show(sanne, "trainer", "plan")

    page = sanne("plan/shown/trainer").text

    assert 'value="plan" checked' in page
    assert 'value="goal" checked' not in page
    assert "U en uw trainer." in page
    assert "Verandert u uw tekst? Dan is de nieuwe te lezen." in page


@pytest.mark.parametrize("path", ["plan/shown/buddy", "plan/shown/world"])
def test_there_are_no_other_readers(sanne, path):
    assert sanne(path).status_code == 404


def test_its_writer_reads_who_opened_it(sanne, youssef, trainer):
    show(sanne, "trainer", "task")
    show(sanne, "team", "goal")

    trainer("let-read")
    youssef("team")
    sanne("team")
    page = sanne("mine").text

    assert page.count("Uw trainer opende dit op") == 1
    assert page.count("Iemand uit uw team opende dit op") == 1


def test_what_is_no_thing_is_not_shown(sanne, training):
    show(sanne, "team", "' OR 1=1", "plan")

    assert [row.item.value for row in training.all(Release)] == ["plan"]


def test_who_left_the_training_reads_and_shows_nothing(sanne, youssef, training):
    show(sanne, "team", "goal")
    sannes = training.all(Release)[0].enrolment_id
    with training.work.sessions.begin() as session:
        session.get_one(Enrolment, sannes).status = EnrolmentStatus.LEFT

    assert GOAL not in youssef("team").text
    assert GOAL not in sanne("team").text


def test_who_moves_to_another_group_shows_that_one_nothing_and_the_trainer_what_was_shown(
    sanne, trainer, training
):
    show(sanne, "team", "goal")
    show(sanne, "trainer", "goal")
    moved_id = training.all(Release)[0].enrolment_id

    with training.work.sessions.begin() as session:
        track, now = session.scalars(select(Track)).one(), training.work.now().calendar
        moves.add_group(session, track, "Noord", Dates(now.date(), now.date()), now)
        moves.regroup(session, track, {moved_id: 2}, training.work.catalogue, now)

    assert [row.reader for row in training.all(Release)] == [Reader.TRAINER]
    assert GOAL in trainer("let-read").text


def test_a_page_that_was_opened_before_a_move_shows_the_new_group_nothing(sanne, training):
    show(sanne, "team", "goal", "plan")
    moved_id, before = training.all(Release)[0].enrolment_id, opened(sanne, "plan/shown/team")
    with training.work.sessions.begin() as session:
        track, now = session.scalars(select(Track)).one(), training.work.now().calendar
        moves.add_group(session, track, "Noord", Dates(now.date(), now.date()), now)
        moves.regroup(session, track, {moved_id: 2}, training.work.catalogue, now)

    answer = sanne("plan/shown/team", item=["goal"], opened=before)

    assert answer.status_code == 409
    assert "Dit is intussen veranderd" in answer.text
    assert training.all(Release) == []


def test_what_was_taken_back_in_another_page_does_not_come_back(sanne, training):
    show(sanne, "trainer", "goal", "plan")
    before = opened(sanne, "plan/shown/trainer")
    show(sanne, "trainer", "plan")

    answer = sanne("plan/shown/trainer", item=["goal", "plan"], opened=before)

    assert answer.status_code == 409
    assert [row.item.value for row in training.all(Release)] == ["plan"]


def test_above_what_others_read_it_says_so_before_the_first_letter(sanne):
    before = sanne("reflect/plan/1").text
    show(sanne, "team", "task")
    show(sanne, "trainer", "task")

    after = sanne("reflect/plan/1").text

    assert "En wie u dit laat lezen" not in before
    assert "U. En wie u dit laat lezen: uw trainer, uw team." in after


def test_a_goal_that_a_team_reads_says_that_the_trainer_may_come_to_read_it_too(sanne):
    show(sanne, "team", "goal")
    to_team = sanne("reflect/short/1").text
    show(sanne, "trainer", "goal")

    to_both = sanne("reflect/short/1").text

    assert "U. En wie u dit laat lezen: uw team. Ook uw trainer, als u dat hieronder goedvindt." in to_team
    assert "U. En wie u dit laat lezen: uw trainer, uw team.</strong>" in to_both


def test_who_shows_a_goal_under_their_name_does_not_show_the_reason_beside_it_without(training, trainer):
    browser, page = training.open("youssef", PREPARE)
    reason = {"pre.relevance.self": "Mijn eigen reden.", "pre.share_trainer": "yes"}
    write(browser, page, {**PREPARED, **reason})
    ask = asking(training, browser, PREPARE)
    unnamed = trainer("before/goals").text

    show(ask, "trainer", "goal")

    assert "Mijn eigen reden." in unnamed
    assert "Mijn eigen reden." not in trainer("before/goals").text + trainer("let-read").text


def test_what_is_shown_is_in_the_own_file_and_goes_with_its_writer(sanne, training, youssef):
    show(sanne, "team", "goal")
    person_id = training.all(Enrolment)[0].person_id
    training.next_claims(about())
    browser = training.sign_in("sanne")
    page, cookie = browser.launch(LOOK_BACK), training.cookie_of(browser)
    readable, data = unpacked(training.http.get(page.url + "download", headers=cookie))

    erasing.erase(training.work, person_id, now=training.work.now())

    assert "Uw team leest" in readable
    assert data["trainings"][0]["shown"] == [{"reader": "team", "things": ["goal"], "stories": []}]
    assert training.all(Release) == []
    assert GOAL not in youssef("team").text
