"""Asking a manager without a mail of Beklijf: for whom the tool may not write to."""

from datetime import date, timedelta

from lti_tool.models.contacts import Contact
from tests.factories import ENDED_ON
from tests.web.follow import TYPED, asking, set_up

ELSEWHERE = {**TYPED, "address": "iemand@elders.example"}


def test_a_manager_elsewhere_is_asked_by_the_learner_without_a_mail(campus):
    set_up(campus)
    learner = asking(campus, "sanne")
    refused = learner("leader", **ELSEWHERE)

    page = learner("leader/yourself").text

    assert refused.status_code == 422
    assert "leader/yourself" in refused.text
    assert "rond maandag 14 december" in page
    assert "Wat deed u deze week anders?" in page
    assert "10 minuten" not in page
    assert campus.all(Contact) == []


def test_before_the_training_there_are_three_questions_for_a_talk_as_on_the_card(campus):
    campus.go_to(ENDED_ON - timedelta(days=20))
    campus.place(ends_on=ENDED_ON)

    page = asking(campus, "sanne")("leader/yourself").text

    talk = campus.work.catalogue.guide("talk")
    asks = [ask.nl for point in talk.points for ask in point.asks]
    assert len(asks) == 3
    assert all(f"“{ask}”" in page for ask in asks)
    assert "Op vrijdag 4 december begin ik aan de training" in page
    assert "Vraag mij na de training één ding, rond maandag 14 december" in page


def test_after_the_two_weeks_no_day_is_named_that_is_past(campus):
    set_up(campus)
    campus.go_to(date(2026, 12, 15))

    page = asking(campus, "sanne")("leader/yourself").text

    assert "in de komende dagen" in page
    assert "14 december" not in page


def test_a_manager_who_was_asked_is_not_asked_a_second_time(campus):
    set_up(campus)
    learner = asking(campus, "sanne")

    learner("leader", **TYPED)

    assert "leader/yourself" not in learner("leader").text
