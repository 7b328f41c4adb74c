"""A buddy: asked by a learner, says yes behind the link of a mail, and stops."""

import pytest

from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.releases import Release
from lti_tool.services.links import Purpose
from tests.web.buddies import EVERYTHING, W5, WORDS, YES, invited, show, willing, with_a_plan
from tests.web.campus import TRAINER
from tests.web.follow import ONE_CLICK, TYPED, asking, letters, set_up, token
from tests.web.tables import dump


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def learner(campus, where):
    return with_a_plan(campus)


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
