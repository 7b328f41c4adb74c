"""A trainer changes what an item asks: who begins then gets it so, who began keeps what they had."""

import pytest
from sqlalchemy import select

from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation, AdaptationStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.reflections import Reflection
from lti_tool.web.wording_forms import mark_of as mark
from tests.web.adapting import asking_of, mark_of_draft, save
from tests.web.campus import ASSISTANT, TRAINER, write
from tests.web.follow import asking


@pytest.fixture
def place(campus):
    return campus.place()


@pytest.fixture
def trainer(campus, place):
    """What the trainer asks of the pages of the questions."""
    return asking_of(campus, place)


def leave_out(campus, place, trainer, *items):
    for item in items:
        assert trainer(leave_out=item).status_code == 303
    save(campus, place, trainer)


def begun(campus, name):
    """Somebody who saved the first page; what they ask of their pages."""
    learner = asking(campus, name)
    assert learner("reflect/plan/1", **{"post.task": f"klus van {name}"}).status_code == 303
    return learner


def test_a_question_that_is_left_out_is_not_asked_of_who_begins_after_it(campus, place, trainer):
    leave_out(campus, place, trainer, "post.task")

    page = asking(campus, "sanne")("reflect/plan/1").text

    assert 'name="post.if_then"' in page
    assert 'name="post.task"' not in page
    assert "stap 1 van 4" in page


def test_nobody_gets_what_is_not_saved_yet(campus, place, trainer):
    trainer(leave_out="post.task")

    page = asking(campus, "sanne")("reflect/plan/1").text

    assert 'name="post.task"' in page
    assert campus.only(Adaptation).status is AdaptationStatus.DRAFT


def test_who_began_keeps_their_questions_and_their_answers(campus, place, trainer):
    learner = begun(campus, "sanne")
    leave_out(campus, place, trainer, "post.task")

    page = learner("reflect/plan/1").text

    assert "klus van sanne" in page
    assert "stap 1 van 5" in page
    assert campus.only(Reflection).adaptation_id is None


def test_two_people_of_one_training_each_finish_what_they_began(campus, place, trainer):
    begun(campus, "sanne")
    leave_out(campus, place, trainer, "post.task")
    browser, page = campus.open("youssef")
    write(browser, page)
    trainer(put_back="post.task")
    save(campus, place, trainer)

    with campus.work.reading() as session:
        with_it = session.scalars(select(Reflection).order_by(Reflection.started_at)).all()

    assert [row.adaptation_id is None for row in with_it] == [True, False]
    assert with_it[1].submitted_at is not None


def test_a_page_that_was_open_when_the_questions_changed_is_kept_as_it_was_asked(campus, place, trainer):
    learner = asking(campus, "sanne")
    learner("reflect/plan/1")
    leave_out(campus, place, trainer, "post.task")

    answer = learner("reflect/plan/1", **{"post.task": "de brief", "asked_with": "as-it-is"})

    assert answer.status_code == 303
    assert "de brief" in learner("reflect/plan/1").text


def test_a_page_cannot_choose_questions_that_were_never_asked(campus, place, trainer):
    trainer(leave_out="post.task")
    draft = campus.only(Adaptation)

    asking(campus, "sanne")("reflect/plan/1", **{"post.task": "klus", "asked_with": str(draft.id)})

    assert campus.only(Reflection).adaptation_id is None


def test_the_score_still_goes_out_when_most_is_left_out(campus, place, trainer):
    leave_out(
        campus, place, trainer, "post.if_then", "post.task_on", "post.obstacles", "post.obstacles.text",
        "post.obstacle_removal", "post.confidence", "post.buddy", "post.cue", "post.hour",
    )  # fmt: skip
    browser, page = campus.open("sanne")

    page = write(browser, page)

    (score,) = [row for row in campus.all(Delivery) if row.kind == Kind.SCORE]
    assert page.url.endswith("?notice=submitted")
    assert score.status == DeliveryStatus.PLANNED


def test_the_last_question_of_the_first_part_stays(campus, place, trainer):
    part = campus.work.catalogue.latest("post").part("plan")
    answers = [trainer(leave_out=item.id) for step in part.steps[:-1] for item in step.items]

    assert "notice=last_one" in answers[-1].headers["location"]
    assert "Laat in het eerste deel" in trainer("?notice=last_one").text


@pytest.fixture
def beforehand(campus):
    """What a trainer asks of the questions of a preparation."""
    activity_id = campus.place(instrument="pre").activity.id
    ask = asking(campus, TRAINER)
    return lambda path="", **data: ask(f"questions/{activity_id}{path}", **data)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("", {"item_up": "pre.share_trainer"}),
        ("", {"item_down": "pre.relevance.self"}),
        ("/words/pre.share_trainer", {"ask-nl": "Leest u deze vraag?", "opened": mark(None)}),
    ],
)
def test_the_question_for_consent_keeps_its_words_and_its_place(campus, beforehand, path, data):
    answer = beforehand(path, **data)

    assert "notice=consent" in answer.headers["location"]
    assert campus.all(Adaptation) == []
    assert "Deze vraag houdt zijn woorden" in beforehand("?notice=consent").text


def test_no_link_or_button_offers_what_the_question_for_consent_may_not(beforehand):
    page = beforehand().text

    assert "words/pre.goal" in page
    assert "words/pre.share_trainer" not in page
    assert 'name="leave_out" value="pre.share_trainer"' in page
    assert 'name="item_up" value="pre.share_trainer"' not in page
    assert 'name="item_down" value="pre.relevance.self"' not in page


def test_a_part_that_is_left_out_is_nowhere_and_its_mail_does_not_come(campus, place, trainer):
    learner = begun(campus, "sanne")
    harvest = [item.id for item in campus.work.catalogue.latest("post").part("harvest").items]

    leave_out(campus, place, trainer, *harvest)

    assert learner("reflect/harvest/1").status_code == 404
    assert learner("").status_code == learner("journey").status_code == learner("plan").status_code == 200
    assert not [row for row in campus.all(Delivery) if row.step == "harvest" and row.status == "planned"]


def test_the_pages_around_show_the_plan_of_who_was_asked_less(campus, place, trainer):
    leave_out(campus, place, trainer, "post.task_on", "post.task")
    browser, page = campus.open("sanne")
    write(browser, page)
    learner = asking(campus, "sanne")

    assert "Terugbellen" not in learner("plan").text
    assert learner("journey").status_code == learner("mine").status_code == 200


def test_the_download_holds_what_was_answered_to_a_question_that_is_asked_no_more(campus, place, trainer):
    learner = begun(campus, "sanne")
    leave_out(campus, place, trainer, "post.task")

    page = learner("mine").text

    assert "klus van sanne" in page
    assert campus.work.catalogue.question("post.task").ask.nl in page


def test_the_trainer_is_told_who_keeps_what_before_anything_happens(campus, place, trainer):
    begun(campus, "sanne")
    trainer(leave_out="post.task_on")

    page = trainer("/save").text

    assert "1 persoon is al begonnen" in page
    assert "geen mail op hun eigen dag" in page


def test_of_two_trainers_the_second_is_told_and_nothing_is_lost(campus, place, trainer):
    trainer(leave_out="post.task")
    seen = mark_of_draft(campus, place)
    trainer(leave_out="post.buddy")

    answer = trainer("/save", change=seen)

    assert "notice=meanwhile" in answer.headers["location"]
    assert "intussen veranderd" in trainer("?notice=meanwhile").text
    assert trainer("").text.count("Terugzetten") == 2


def test_changes_that_are_dropped_leave_nothing(campus, place, trainer):
    trainer(leave_out="post.task")

    trainer("/save", drop="1", change=mark_of_draft(campus, place))

    assert campus.all(Adaptation) == []


def test_what_is_put_back_before_it_was_saved_leaves_nothing_to_save(campus, place, trainer):
    trainer(leave_out="post.task")
    trainer(put_back="post.task")

    assert trainer("/save").status_code == 303
    assert "Deze vragen bewaren" not in trainer("").text


def test_back_to_the_source_asks_the_instrument_as_it_is(campus, place, trainer):
    leave_out(campus, place, trainer, "post.task")
    trainer(put_back="post.task")
    save(campus, place, trainer)

    with campus.work.reading() as session:
        assert session.get_one(Activity, place.activity.id).adaptation_id is None


def test_who_may_only_look_changes_nothing(campus, place):
    browser, home = campus.open("youssef", roles=[ASSISTANT])
    cookie, url = campus.cookie_of(browser), f"{home.url}questions/{place.activity.id}"

    page = campus.http.get(url, headers=cookie)
    answer = campus.http.post(url, headers=cookie, data={"leave_out": "post.task"})

    assert page.status_code == 200
    assert "Weglaten" not in page.text
    assert answer.status_code == 403


def test_a_question_moves_for_who_begins(campus, place, trainer):
    trainer(step_down="task")
    save(campus, place, trainer)

    assert 'name="post.if_then"' in asking(campus, "sanne")("reflect/plan/1").text


def test_the_preview_shows_the_changes_and_keeps_nothing(campus, place, trainer):
    trainer(leave_out="post.task")

    page = trainer("/preview").text

    assert 'name="post.if_then"' in page
    assert 'name="post.task"' not in page
