"""A learner writes: step by step, with a pause in between, and nothing is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import event

from lti_tool.database import db
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.plans import Plan, PlanStatus
from lti_tool.models.reflections import Answer, Reflection, ReflectionStatus
from lti_tool.rounds import scores
from tests.factories import AMSTERDAM
from tests.web.campus import LOOK_BACK, WRITING, write

STEPS = 5


@pytest.fixture
def learner(campus):
    """Sanne at an activity that looks back: her browser and its first page."""
    campus.place()
    return campus.open("sanne")


def post(campus, browser, page, step, said):
    """One step, sent as it is: also what no form would send."""
    return campus.http.post(f"{page.url}reflect/plan/{step}", data=said, headers=campus.cookie_of(browser))


def read(campus, browser, page, step):
    return campus.http.get(f"{page.url}reflect/plan/{step}", headers=campus.cookie_of(browser))


def test_writing_goes_step_by_step_to_the_end(learner):
    browser, page = learner
    page = browser.open(page, "/reflect/")

    seen = []
    while "/reflect/" in page.url:
        seen.append(page.url.rsplit("/", 1)[1])
        assert f"stap {len(seen)} van {STEPS}" in page.text
        page = browser.submit(page, having="later")

    assert seen == ["1", "2", "3", "4", "5"]
    assert page.url.endswith("?notice=submitted")


def test_what_is_saved_for_later_is_there_at_the_next_launch_at_the_same_step(campus, learner):
    browser, page = learner
    page = browser.submit(browser.open(page, "/reflect/"), {"post.task": "de brief"}, having="later")
    later = next(button.text for button in page.form("later").buttons if button.name == "later")
    home = browser.submit(page, {"post.if_then": "een inwoner belt"}, button=later)

    resumed = browser.open(browser.launch(LOOK_BACK), "/reflect/")

    assert home.url.endswith("?notice=saved")
    assert resumed.url.endswith("/reflect/plan/2")
    assert ("post.if_then", "een inwoner belt") in resumed.form("later").filled({}, None)
    assert campus.only(Reflection).status is ReflectionStatus.DRAFT
    assert campus.all(Plan) == []


def test_i_do_not_know_yet_is_an_answer_that_stays(campus, learner):
    browser, page = learner
    step = browser.open(page, "/reflect/")

    browser.submit(step, {"post.task:unknown": True}, having="later")

    again = read(campus, browser, page, 1)
    assert 'name="post.task:unknown" value="1" checked' in again.text
    assert [row.item_id for row in campus.all(Answer)] == ["post.task"]


def test_an_answer_that_is_taken_back_is_removed(campus, learner):
    browser, page = learner
    post(campus, browser, page, 1, {"post.task": "de brief"})

    post(campus, browser, page, 1, {"post.task": ""})

    assert campus.all(Answer) == []


def test_text_that_is_too_long_is_kept_in_full_and_told_on_top(campus, learner):
    browser, page = learner
    too_long = "woord " * 40

    answer = post(campus, browser, page, 1, {"post.task": too_long})

    assert answer.status_code == 422
    assert 'id="to-mend"' in answer.text
    assert 'href="#post-task"' in answer.text
    assert "39 tekens korter" in answer.text
    assert f'value="{too_long.strip()}"' in answer.text
    assert f'value="{too_long.strip()}"' in read(campus, browser, page, 1).text


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (2, {"post.task_on": "2020-01-01"}),
        (2, {"post.task_on": "morgen"}),
        (3, {"post.obstacles": "invented"}),
        (4, {"post.confidence": "11"}),
        (4, {"post.confidence": ["3", "4"]}),
        (5, {"post.hour": "03:00"}),
    ],
)
def test_what_was_not_offered_is_told_and_not_stored(campus, learner, step, said):
    browser, page = learner

    answer = post(campus, browser, page, step, said)

    assert answer.status_code == 422
    assert 'id="to-mend"' in answer.text
    assert campus.all(Answer) == []
    assert campus.all(Plan) == []


def test_a_mistake_on_a_page_does_not_cost_what_is_right_on_it(campus, learner):
    browser, page = learner

    post(campus, browser, page, 2, {"post.if_then": "een inwoner belt", "post.task_on": "2020-01-01"})

    assert "een inwoner belt" in read(campus, browser, page, 2).text


def test_a_field_of_another_step_is_left_alone(campus, learner):
    browser, page = learner

    post(campus, browser, page, 1, {"post.task": "de brief", "post.cue": "sluipt mee", "status": "used"})

    assert [row.item_id for row in campus.all(Answer)] == ["post.task"]


def test_what_somebody_wrote_comes_back_as_text_and_never_as_markup(campus, learner):
    browser, page = learner
    wrote = '"><script>alert(1)</script>\x07 {{ 7 * 7 }}'

    post(campus, browser, page, 1, {"post.task": wrote})

    text = read(campus, browser, page, 1).text
    assert "<script>alert" not in text
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in text


def test_finishing_makes_the_plan_queues_the_score_and_plans_the_letters_at_once(campus, learner):
    browser, page = learner
    day = campus.work.now().calendar.astimezone(AMSTERDAM).date()
    page = browser.open(page, "/reflect/")
    for _ in range(1, STEPS):
        names = page.form("later").names
        page = browser.submit(page, {n: v for n, v in WRITING.items() if n in names}, having="later")
    commits = []

    with campus.app.app_context():
        event.listen(db.engine, "commit", commits.append)
    browser.submit(page, having="later")

    plan, rows = campus.only(Plan), campus.all(Delivery)
    assert len(commits) == 1
    assert (plan.status, plan.made_on) == (PlanStatus.MADE, day)
    assert plan.own_on is not None
    assert plan.own_on > day
    assert [row.kind for row in rows].count(Kind.SCORE) == 1
    assert {row.step for row in rows if row.status is DeliveryStatus.PLANNED} >= {"rehearse", "own_date"}
    assert campus.only(Reflection).status is ReflectionStatus.SUBMITTED


def test_the_plan_stands_on_top_of_the_page_afterwards(learner):
    browser, page = learner

    home = write(browser, page)

    assert "een inwoner belt" in home.text
    assert "vraag ik eerst door" in home.text


def test_a_plan_can_be_changed_and_the_score_is_not_sent_again(campus, learner):
    browser, page = learner
    write(browser, page)
    scored = [row.id for row in campus.all(Delivery) if row.kind is Kind.SCORE]

    home = write(browser, browser.launch(LOOK_BACK), {**WRITING, "post.if_then": "de brief klaar is"})

    assert "de brief klaar is" in home.text
    assert "een inwoner belt" not in home.text
    assert campus.only(Reflection).status is ReflectionStatus.REVISED
    assert [row.id for row in campus.all(Delivery) if row.kind is Kind.SCORE] == scored


def test_an_activity_without_a_column_in_the_gradebook_sends_no_score(campus, learner):
    browser, _ = learner
    campus.next_claims(lambda claims: claims.pop("https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"))

    write(browser, browser.launch(LOOK_BACK))

    scores.run(campus.work, now=campus.work.now())
    (score,) = [row for row in campus.all(Delivery) if row.kind is Kind.SCORE]
    assert (score.status, score.reason) == (DeliveryStatus.SKIPPED, "no_line_item")
    assert campus.only(Plan).status is PlanStatus.MADE


@pytest.mark.database
def test_pressing_the_last_button_twice_at_once_finishes_once(campus, learner):
    browser, page = learner
    address, cookie = f"{page.url}reflect/plan/{STEPS}", campus.cookie_of(browser)

    def press(_: int) -> int:
        return httpx.post(address, data=WRITING, headers=cookie, trust_env=False, timeout=30).status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(press, range(4)))

    assert statuses == [303] * 4
    assert len(campus.all(Plan)) == len(campus.all(Reflection)) == 1
    assert [row.kind for row in campus.all(Delivery)].count(Kind.SCORE) == 1


def test_nobody_reads_or_changes_what_another_wrote(campus, learner):
    browser, page = learner
    post(campus, browser, page, 1, {"post.task": "de brief van Sanne"})
    other, other_page = campus.open("youssef")

    read_by_other = read(campus, other, other_page, 1)
    post(campus, other, other_page, 1, {"post.task": "iets van Youssef"})

    assert "de brief van Sanne" not in read_by_other.text
    assert "de brief van Sanne" in read(campus, browser, page, 1).text
    assert len(campus.all(Reflection)) == 2


def test_nothing_in_the_way_gives_way_to_something_in_the_way(campus, learner):
    browser, page = learner

    post(campus, browser, page, 3, {"post.obstacles": ["time", "none"]})

    text = read(campus, browser, page, 3).text
    assert re.findall(r'name="post.obstacles" value="(\w+)" checked', text) == ["time"]


def test_the_days_that_are_offered_are_working_days_of_the_two_weeks_after_the_training(campus, learner):
    browser, page = learner

    text = read(campus, browser, page, 2).text

    ended_on = campus.work.now().calendar.astimezone(AMSTERDAM).date()
    offered = {
        ended_on + timedelta(days=n) for n in range(40) if f'value="{ended_on + timedelta(days=n)}"' in text
    }
    assert offered
    assert max(offered) <= ended_on + timedelta(days=14)
    assert {day.weekday() for day in offered} <= {0, 1, 2, 3, 4}


def test_without_an_address_the_page_says_that_no_letters_come(campus):
    campus.place()

    _, page = campus.open("marloes")

    assert "geen mailadres" in page.text


def test_the_hour_that_a_learner_chooses_is_when_the_letters_come(campus, learner):
    browser, page = learner

    write(browser, page, {**WRITING, "post.hour": "11:30"})

    planned = [row for row in campus.all(Delivery) if row.kind is Kind.NUDGE and row.status == "planned"]
    hours = {f"{row.due_at.astimezone(AMSTERDAM):%H:%M}" for row in planned}
    assert hours == {"11:30"}
