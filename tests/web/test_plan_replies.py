"""A trainer answers a plan that is shown to them in a sentence or two."""

import re

import pytest
from sqlalchemy import update

from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Person
from lti_tool.models.plan_replies import PlanReply
from lti_tool.models.tracks import Enrolment, Track
from lti_tool.rounds import erasing
from lti_tool.services import moves
from lti_tool.services.tracks import Dates
from tests.web.about_people import about, unpacked
from tests.web.buddies import opened
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.planning import asking, place

WORDS = "Begin bij één gesprek."


@pytest.fixture
def training(campus):
    """A training that asks to prepare and to make a plan."""
    return place(campus)


@pytest.fixture
def sanne(training):
    """What a learner asks who shows her trainer her plan."""
    browser, page = training.open("sanne", PREPARE)
    write(browser, page, {"pre.goal": "Rustig blijven"})
    write(browser, browser.launch(LOOK_BACK))
    ask = asking(training, browser)
    show(ask, "plan")
    return ask


@pytest.fixture
def trainer(training, sanne):
    """What the trainer asks."""
    return asking(training, training.sign_in(TRAINER))


@pytest.fixture
def path(training, sanne):
    """Where the trainer answers her."""
    return f"let-read/{training.all(Enrolment)[0].id}"


def show(ask, *things):
    there = opened(ask, "plan/shown/trainer")
    return ask("plan/shown/trainer", item=[*things, "-"], opened=there)


def read(ask):
    """Opens the answers that wait."""
    return ask("plan/answers", x="")


def test_an_answer_waits_on_the_first_page_and_is_read_with_the_plan_after_a_press(sanne, trainer, path):
    assert trainer(path, words=WORDS).status_code == 303

    first, before = sanne("").text, sanne("plan").text
    assert read(sanne).status_code == 303
    after, last = sanne("plan").text, sanne("").text

    assert "Uw trainer schreef u een antwoord" in first
    assert "Antwoord lezen" in before
    assert WORDS not in first + before
    assert WORDS in after
    assert "Ineke van Dalen op " in after
    assert "Antwoord lezen" not in after
    assert "Uw trainer schreef u een antwoord" not in last


def test_its_writer_sees_whether_it_was_read_and_changes_it_until_then(sanne, trainer, path, training):
    trainer(path, words=WORDS)
    unread = trainer("let-read").text
    trainer(path, words="Begin klein.")

    read(sanne)
    late = trainer(path, words="Of toch anders.")

    assert "Het is nog niet gelezen" in unread
    assert "Begin klein." in sanne("plan").text
    assert late.status_code == 409
    assert "Of toch anders." in late.text
    assert "Het is gelezen" in trainer("let-read").text
    assert len(training.all(PlanReply)) == 1


def filled_from(page):
    return re.search(r'name="filled_from" value="([^"]+)"', page.text)[1]


@pytest.mark.parametrize("before", [None, "Een eerste zin."])
def test_the_same_trainer_in_two_windows_loses_neither_text(trainer, path, training, sanne, before):
    if before:
        trainer(path, words=before)
    mark = filled_from(trainer(path))
    trainer(path, words=WORDS, filled_from=mark)

    late = trainer(path, words="Kies één dag.", filled_from=mark)
    told = trainer(path, words="Begin klein en kies één dag.", filled_from=filled_from(late))
    read(sanne)

    assert late.status_code == 409
    assert "U bewaarde intussen een ander antwoord" in late.text
    assert WORDS in late.text
    assert "Kies één dag." in late.text
    assert told.status_code == 303
    assert "Begin klein en kies één dag." in sanne("plan").text


def test_a_second_press_of_the_same_answer_is_told_of_no_other_answer(trainer, path, training):
    mark = filled_from(trainer(path))
    trainer(path, words=WORDS, filled_from=mark)

    again = trainer(path, words=WORDS, filled_from=mark)

    assert again.status_code == 303
    assert len(training.all(PlanReply)) == 1


def test_nothing_is_taken_back_that_another_window_wrote(trainer, path, training):
    trainer(path, words="Een eerste zin.")
    mark = filled_from(trainer(path))
    trainer(path, words=WORDS, filled_from=mark)

    late = trainer(path, take_back="1", words="Een eerste zin.", filled_from=mark)

    assert late.status_code == 409
    assert WORDS in late.text
    assert len(training.all(PlanReply)) == 1


def test_it_can_be_taken_back_until_it_was_read(sanne, trainer, path, training):
    trainer(path, words=WORDS)
    trainer(path, take_back="1")
    gone = training.all(PlanReply)
    trainer(path, words=WORDS)
    read(sanne)

    late = trainer(path, take_back="1")

    assert gone == []
    assert late.status_code == 409
    assert len(training.all(PlanReply)) == 1


def test_what_is_shown_is_found_from_before_and_after_and_speaks_of_no_colleague(trainer):
    pages = [trainer(path).text for path in ("before", "after")]
    shown = trainer("let-read").text

    assert all("/let-read" in text for text in pages)
    assert "De dag die deze deelnemer koos" in shown or "Het plan in één zin" in shown
    assert "uw collega" not in shown


def test_nobody_is_answered_who_shows_nothing(sanne, trainer, path, training):
    show(sanne)

    looks, answers = trainer(path), trainer(path, words=WORDS)

    assert (looks.status_code, answers.status_code) == (404, 409)
    assert WORDS in answers.text
    assert training.all(PlanReply) == []


def test_who_hides_their_plan_again_keeps_the_answer(sanne, trainer, path):
    trainer(path, words=WORDS)
    show(sanne)

    read(sanne)

    assert WORDS in sanne("plan").text
    assert WORDS not in trainer("let-read").text


@pytest.mark.parametrize(("words", "says"), [(" ", "Schrijf eerst iets"), ("x" * 301, "1 teken korter")])
def test_an_answer_has_room_for_a_sentence_or_two(trainer, path, training, words, says):
    answer = trainer(path, words=words)

    assert answer.status_code == 422
    assert says in answer.text
    assert training.all(PlanReply) == []


def test_who_may_only_look_answers_nobody(training, path):
    browser = training.sign_in("youssef")
    training.next_role(ASSISTANT)
    looking = asking(training, browser)

    assert looking(path, words=WORDS).status_code == 403
    assert training.all(PlanReply) == []


def test_two_trainers_who_answer_one_person_each_keep_their_answer(sanne, trainer, path, training):
    browser, page = training.open("youssef", roles=["Instructor"])
    url, cookie = page.url.partition("?")[0] + path, training.cookie_of(browser)
    trainer(path, words=WORDS)

    answer = training.http.post(url, data={"words": "Kies één dag."}, headers=cookie)
    read(sanne)

    assert answer.status_code == 303
    assert all(words in sanne("plan").text for words in (WORDS, "Kies één dag."))


def test_nobody_else_reads_an_answer(trainer, path, training):
    trainer(path, words=WORDS)
    youssef = asking(training, training.sign_in("youssef"))

    read(youssef)

    assert training.only(PlanReply).read_at is None
    assert WORDS not in youssef("plan").text + youssef("team").text


def test_the_next_mail_says_once_that_an_answer_waits_and_not_what_it_says(trainer, path, training):
    trainer(path, words=WORDS)
    days = sorted({row.due_on for row in training.all(Delivery) if row.step in {"rehearse", "own_date"}})
    training.go_to(days[0])
    (first,) = training.deliver()
    with training.work.sessions.begin() as session:
        session.execute(update(PlanReply).values(read_at=None))
    training.go_to(days[1])

    (second,) = training.deliver()

    assert "Uw trainer antwoordde in Beklijf." in first.text
    assert "Uw trainer antwoordde" not in second.text
    assert "één gesprek" not in first.text + second.text


def test_an_answer_that_was_read_stands_in_no_mail(sanne, trainer, path, training):
    trainer(path, words=WORDS)
    read(sanne)
    training.go_to(min(row.due_on for row in training.all(Delivery) if row.step in {"rehearse", "own_date"}))

    (letter,) = training.deliver()

    assert "Uw trainer antwoordde" not in letter.text


def test_it_moves_along_with_its_reader_to_another_group(sanne, trainer, path, training):
    trainer(path, words=WORDS)
    moved_id = training.only(PlanReply).enrolment_id
    with training.work.sessions.begin() as session:
        track, now = session.get_one(Track, training.only(Track).id), training.work.now().calendar
        moves.add_group(session, track, "Noord", Dates(now.date(), now.date()), now)
        moves.regroup(session, track, {moved_id: 2}, training.work.catalogue, now)

    read(sanne)

    assert WORDS in sanne("plan").text


def test_it_is_in_the_file_of_its_reader_and_goes_with_them(sanne, trainer, path, training):
    trainer(path, words=WORDS)
    person_id = training.all(Enrolment)[0].person_id
    training.next_claims(about())
    browser = training.sign_in("sanne")
    page, cookie = browser.launch(LOOK_BACK), training.cookie_of(browser)
    overview = training.http.get(page.url, headers=cookie).text
    readable, data = unpacked(training.http.get(page.url + "download", headers=cookie))

    erasing.erase(training.work, person_id, now=training.work.now())

    assert re.search(r"Antwoorden van een trainer</[^>]*>\s*<[^>]*>1<", overview)
    assert WORDS in readable
    assert data["trainings"][0]["replies"][0]["words"] == WORDS
    assert training.all(PlanReply) == []


def test_it_stays_when_its_writer_is_erased_without_their_name(sanne, trainer, path, training):
    trainer(path, words=WORDS)
    writer_id = training.only(PlanReply).writer_id

    erasing.erase(training.work, writer_id, now=training.work.now())
    read(sanne)
    page = sanne("plan").text

    assert training.only(PlanReply).writer_id is None
    assert WORDS in page
    assert "Uw trainer op " in page
    assert "Ineke" not in page.split("<main")[1]


def test_only_its_reader_has_the_key(trainer, path, training):
    trainer(path, words=WORDS)

    row = training.only(PlanReply)

    person_id = next(one.person_id for one in training.all(Enrolment) if one.id == row.enrolment_id)
    keys = {one.id: one.key_id for one in training.all(Person)}
    assert row.words.key_id == keys[person_id]
