"""What follows on an answer: something that may help, what it brought, and what becomes of the plan."""

import pytest

from lti_tool.models.check_ins import CheckIn, Outcome
from lti_tool.models.plans import Plan
from lti_tool.services import plans
from tests.web.mail import NEXT_TUESDAY, THURSDAY, Mail, link
from tests.web.tables import dump

MARK = "kwartelmerk"


@pytest.fixture
def mail(campus):
    return Mail(campus)


@pytest.fixture
def cue(mail):
    """The page behind the letter of the own day."""
    return link(mail.on(THURSDAY), "/c/").partition("?")[0]


def sentence(campus, mail):
    with campus.work.reading() as session:
        plan = session.get_one(Plan, campus.only(Plan).id)
        return plans.sentence_of(plan, mail.who.person, mail.who.key)


def named(campus, cue, *obstacles):
    campus.http.post(cue, data={"checkin.used": "not_yet"})
    return campus.http.post(f"{cue}/obstacle", data={"checkin.obstacle": list(obstacles)})


def test_what_stood_in_the_way_brings_two_things_that_fit(campus, cue):
    to_help = named(campus, cue, "time")

    page = campus.http.get(to_help.headers["Location"])

    assert to_help.headers["Location"].endswith("/help")
    assert page.text.count('name="action" value="time.') == 2
    assert "Dit kan helpen bij wat in de weg zit." in page.text


def test_who_names_something_of_their_own_is_offered_people_and_the_day(campus, cue):
    to_help = named(campus, cue, "other").headers["Location"]

    page = campus.http.get(to_help).text
    after = campus.http.post(to_help, data={"action": "own", "checkin.new_date": NEXT_TUESDAY.isoformat()})

    assert "Iemand die uw werk kent" in page
    assert page.count("mailto:") == 3
    assert 'name="action" value="time.' not in page
    assert after.status_code == 303
    assert campus.only(Plan).own_on == NEXT_TUESDAY


@pytest.mark.parametrize("obstacles", [["none"], []])
def test_where_nothing_fits_the_new_day_is_asked_at_once(campus, cue, obstacles):
    assert named(campus, cue, *obstacles).headers["Location"].endswith("/date")


def test_a_suggestion_may_become_the_plan_on_another_day(campus, mail, cue):
    to_help = named(campus, cue, "time").headers["Location"]
    action = next(one for one in campus.work.catalogue.actions.factor("time").actions if one.then is not None)
    before = sentence(campus, mail)

    campus.http.post(to_help, data={"action": action.id, "checkin.new_date": NEXT_TUESDAY.isoformat()})

    after = sentence(campus, mail)
    assert (after.when, after.then) == (before.when, action.then.nl)
    assert campus.only(Plan).own_on == NEXT_TUESDAY
    assert mail.planned()["own_date", 2] == NEXT_TUESDAY


def test_who_keeps_the_own_plan_changes_the_day_alone(campus, mail, cue):
    to_help = named(campus, cue, "time").headers["Location"]
    before = sentence(campus, mail)

    campus.http.post(to_help, data={"action": "own", "checkin.new_date": NEXT_TUESDAY.isoformat()})

    assert sentence(campus, mail) == before
    assert campus.only(Plan).own_on == NEXT_TUESDAY


def test_who_could_help_is_kept_sealed_beside_the_answer(campus, cue):
    to_help = named(campus, cue, "time").headers["Location"]

    campus.http.post(to_help, data={"action": "own", "checkin.who": MARK})

    assert campus.only(CheckIn).said is not None
    assert MARK not in repr(dump(campus.work))
    assert MARK not in campus.http.get(to_help).text


@pytest.mark.parametrize(
    "data", [{"action": "time.invented"}, {"action": "own", "checkin.new_date": "2026-12-25"}, {}]
)
def test_what_was_not_offered_is_told_and_changes_nothing(campus, cue, data):
    to_help = named(campus, cue, "time").headers["Location"]
    before = dump(campus.work)

    answer = campus.http.post(to_help, data={**data, "sent": "1"})

    assert answer.status_code == 422
    assert dump(campus.work) == before


def test_what_it_brought_is_kept_sealed_and_may_be_skipped(campus, cue):
    campus.http.post(cue, data={"checkin.used": "used"})

    kept = campus.http.post(f"{cue}/brought", data={"checkin.brought": MARK, "checkin.noticed": ""})
    skipped = campus.http.post(f"{cue}/brought", data={"skip": ""})

    assert [one.headers["Location"].rsplit("/", 1)[1] for one in (kept, skipped)] == ["thanks", "thanks"]
    assert campus.only(CheckIn).said is not None
    assert MARK not in repr(dump(campus.work))
    assert MARK not in campus.http.get(f"{cue}/brought").text


@pytest.fixture
def a_month_later(campus, mail, cue):
    """The page behind the letter of a month later, of somebody who did part of it."""
    campus.http.post(cue, data={"checkin.used": "partly"})
    while (step := min(mail.planned().items(), key=lambda one: one[1]))[0] != ("yield", 1):
        campus.go_to(step[1])
        campus.deliver()
    letter = mail.on(mail.planned()["yield", 1])
    assert "Een maand later" in letter.subject
    return link(letter, "/c/").partition("?")[0]


@pytest.mark.parametrize(
    ("answer", "follows"), [("keep", "evidence"), ("close", "evidence"), ("change", "change")]
)
def test_a_month_later_the_plan_is_kept_changed_or_closed(campus, a_month_later, answer, follows):
    sent = campus.http.post(a_month_later, data={"checkin.plan.close": answer})

    assert sent.headers["Location"].endswith(f"/{follows}")
    assert campus.http.get(sent.headers["Location"]).status_code == 200
    assert {one.outcome for one in campus.all(CheckIn)} == {Outcome.PARTLY, Outcome(answer)}
    assert (campus.only(Plan).closed_on is not None) is (answer == "close")


def test_a_plan_that_was_closed_may_be_taken_up_again(campus, a_month_later):
    campus.http.post(a_month_later, data={"checkin.plan.close": "close"})

    campus.http.post(a_month_later, data={"checkin.plan.close": "keep"})

    assert campus.only(Plan).closed_on is None
