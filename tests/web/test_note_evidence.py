"""A note of the logbook that its writer keeps with a plan, and what was done with a plan, by day."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lti_tool.models.logbook import Note, NoteEvidence
from lti_tool.models.tracks import Enrolment
from lti_tool.rounds import erasing
from lti_tool.services import plans
from tests.web.about_people import about, unpacked
from tests.web.campus import LOOK_BACK, TRAINER, write
from tests.web.planning import asking, place
from tests.web.tables import dump

ALOUD = "Ik las de brief hardop en hoorde waar het stroef werd."


@pytest.fixture
def training(campus):
    """A training in which a plan is made."""
    return place(campus)


@pytest.fixture
def sanne(training):
    """What a learner with a plan asks of the tool."""
    browser, page = training.open("sanne")
    write(browser, page)
    return asking(training, browser)


@pytest.fixture
def note(training, sanne):
    """Where a note of hers is kept with a plan."""
    sanne("logbook", **{"log.note": ALOUD, "log.kind": "doing"})
    return f"logbook/{training.only(Note).id}/plan"


def own_plan(training):
    """What a learner presses."""
    return str(training.only(Enrolment).id)


def progress(text):
    """What stands on the page of a plan under what was done with it."""
    return text.split('aria-labelledby="progress"')[1].split("</section>")[0]


def test_a_note_is_kept_with_a_plan_and_stands_on_its_page_with_its_day(training, sanne, note):
    offered = sanne(note).text

    answer = sanne(note, add=own_plan(training))

    logbook, plan = sanne("logbook").text, progress(sanne("plan").text)
    assert "vraag ik eerst door" in offered
    assert answer.status_code == 303
    assert "notice=note_with_plan" in answer.headers["location"]
    assert "Bij uw plan van" in logbook
    assert ALOUD in plan
    assert f'datetime="{training.today.isoformat()}"' in plan
    assert "Ik probeerde het uit" in plan


def test_it_is_taken_back_the_same_way_and_stays_in_the_logbook(training, sanne, note):
    sanne(note, add=own_plan(training))
    offered = sanne(note).text

    answer = sanne(note, remove=own_plan(training))

    assert "Weghalen bij plan" in offered
    assert answer.status_code == 303
    assert training.all(NoteEvidence) == []
    assert ALOUD not in sanne("plan").text
    assert ALOUD in sanne("logbook").text


def test_a_press_twice_keeps_it_once(training, sanne, note):
    answers = [sanne(note, add=own_plan(training)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert training.only(NoteEvidence)


def test_what_was_answered_about_the_plan_stands_among_the_notes_by_day(training, sanne, note):
    sanne(note, add=own_plan(training))
    training.go_to(training.today + timedelta(days=1))
    training.sign_in("sanne")
    later = asking(training, training.browsers[-1])
    later("check-in", **{"checkin.used": "used"})
    later("check-in/evidence", **{"checkin.evidence": "Nog 3 open meldingen op het bord."})

    plan = progress(later("plan").text)

    assert plan.index("Gebruikt") < plan.index("Nog 3 open meldingen") < plan.index(ALOUD)


def test_other_words_of_the_note_are_those_that_stand_with_the_plan(training, sanne, note):
    sanne(note, add=own_plan(training))

    sanne(note.removesuffix("/plan"), **{"log.note": "Hardop lezen helpt."})

    plan = progress(sanne("plan").text)
    assert "Hardop lezen helpt." in plan
    assert ALOUD not in plan


def test_a_note_that_is_removed_stands_with_no_plan_any_more(training, sanne, note):
    sanne(note, add=own_plan(training))

    answer = sanne(note.removesuffix("/plan"), remove="1")

    assert answer.status_code == 303
    assert training.all(NoteEvidence) == []


def test_it_stands_in_my_journey_at_its_day(training, sanne, note):
    before = sanne("journey").text
    sanne(note, add=own_plan(training))

    assert "Een notitie bij uw plan" not in before
    assert "Een notitie bij uw plan" in sanne("journey").text


def test_it_is_on_no_sheet_for_a_talk(training, sanne, note):
    sanne(note, add=own_plan(training))

    assert ALOUD not in sanne("plan/talk").text + sanne("plan/talk?show=1&with=leader").text


def test_who_has_no_plan_is_offered_none(training):
    ask = asking(training, training.sign_in("sanne"))
    ask("logbook", **{"log.note": ALOUD})

    page = ask(f"logbook/{training.only(Note).id}/plan")

    assert "Bij een plan zetten" not in ask("logbook").text
    assert "U hebt nog geen plan" in page.text


def test_without_anything_done_the_page_of_a_plan_says_what_will_stand_there(sanne):
    assert "Hier komt te staan wat u over uw plan vertelt" in progress(sanne("plan").text)


def test_a_plan_of_somebody_else_is_not_there(training, sanne, note):
    browser, page = training.open("youssef")
    write(browser, page)
    of_sanne = training.only(Note).person_id
    (other,) = [one for one in training.all(Enrolment) if one.person_id != of_sanne]

    assert sanne(note, add=str(other.id)).status_code == 404
    assert training.all(NoteEvidence) == []


def test_nobody_keeps_or_takes_back_the_note_of_another(training, sanne, note):
    sanne(note, add=own_plan(training))
    kept = own_plan(training)
    browser, page = training.open("youssef")
    write(browser, page)
    youssef, trainer = asking(training, browser), asking(training, training.sign_in(TRAINER))

    answers = [youssef(note), youssef(note, remove=kept), trainer(note), trainer(note, remove=kept)]

    assert [answer.status_code for answer in answers] == [404, 404, 403, 403]
    assert training.only(NoteEvidence)


@pytest.mark.parametrize("pressed", [{"add": "x"}, {"other": "1"}, {"remove": ""}])
def test_a_press_on_no_plan_changes_nothing(training, sanne, note, pressed):
    assert sanne(note, **pressed).status_code == 400
    assert training.all(NoteEvidence) == []


def test_of_several_plans_the_writer_chooses_and_one_note_may_stand_with_both(training, sanne, note):
    first = training.only(Enrolment)
    with training.work.sessions.begin() as session:
        known = {name: getattr(first, name) for name in ("organisation_id", "person_id", "cohort_id")}
        moments = {"anchor_on": first.anchor_on, "joined_at": first.joined_at}
        second = Enrolment(**known, **moments, attempt=2)
        session.add(second)
        session.flush()
        plans.begin(session, second, first.joined_at)
        other = second.id

    sanne(note, add=str(other))
    once = sanne(note).text
    sanne(note, add=str(first.id))

    assert (once.count("Bij plan zetten"), once.count("Weghalen bij plan")) == (1, 1)
    assert {one.enrolment_id for one in training.all(NoteEvidence)} == {first.id, other}


def test_what_somebody_takes_along_says_with_which_plan_and_all_of_it_goes_with_them(training, sanne, note):
    sanne(note, add=own_plan(training))
    training.next_claims(about())
    browser = training.sign_in("sanne")
    page = browser.launch(LOOK_BACK)
    html, taken = unpacked(training.http.get(page.url + "download", headers=training.cookie_of(browser)))

    erasing.erase(training.work, training.only(Note).person_id, now=training.work.now())

    assert 'Hoe vaak een notitie bij een plan staat</span><span class="bk-nowrap">1<' in page.text
    assert "Bij uw plan van" in html
    assert taken["logbook"][0]["with_plans_of"] == [taken["trainings"][0]["title"]]
    assert dump(training.work, ["note", "note_evidence"]) == {"note": [], "note_evidence": []}


def test_a_note_that_was_removed_meanwhile_is_kept_with_nothing(training, sanne, note):
    assert sanne(f"logbook/{uuid4()}/plan", add=own_plan(training)).status_code == 404
