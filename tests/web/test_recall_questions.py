"""A trainer writes questions about the content of a training."""

import pytest

from lti_tool.models.recalls import RecallQuestion
from lti_tool.models.tracks import Track
from tests.web.campus import ASSISTANT, TRAINER, switch_on
from tests.web.follow import asking
from tests.web.remembering import ANSWERED, ASKED, TYPED, intensive
from tests.web.tables import dump


@pytest.fixture
def trainer(campus):
    campus.place()
    intensive(campus)
    return asking(campus, TRAINER)


def test_a_trainer_writes_questions_which_are_kept_sealed(campus, trainer):
    answer = trainer("recall", **TYPED)

    page = trainer("recall").text
    assert answer.status_code == 303
    assert all(words in page for words in (*ASKED, *ANSWERED))
    assert not any(words in repr(dump(campus.work)) for words in (*ASKED, *ANSWERED))
    assert (
        "De vragen zijn bewaard"
        in campus.http.get(answer.headers["location"], headers=trainer_cookie(campus)).text
    )


def trainer_cookie(campus):
    return campus.cookie_of(campus.browsers[-1])


def test_a_question_that_is_emptied_goes_and_the_others_stay_what_they_were(campus, trainer):
    trainer("recall", **TYPED)
    before = {row.number: row.id for row in campus.all(RecallQuestion)}

    trainer("recall", **{**TYPED, "question-2": "", "answer-2": " "})

    assert {row.number: row.id for row in campus.all(RecallQuestion)} == {
        number: row_id for number, row_id in before.items() if number != 2
    }


def test_without_any_question_there_are_none_and_the_first_page_says_so(campus, trainer):
    trainer("recall", **TYPED)

    answer = trainer("recall", **dict.fromkeys(TYPED, ""))

    home = campus.http.get(answer.headers["location"], headers=trainer_cookie(campus)).text
    assert campus.all(RecallQuestion) == []
    assert "Er zijn nu geen vragen" in home
    assert "nog geen" in home


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"answer-2": ""}, "Schrijf ook het antwoord op"),
        ({"question-2": " "}, "Schrijf ook de vraag op"),
        ({"question-1": "x" * 201}, "Maak deze tekst 1 teken korter"),
        ({"answer-4": "x" * 402}, "Maak deze tekst 2 tekens korter"),
    ],
)
def test_what_does_not_fit_is_told_keeps_nothing_and_stays_on_the_page(campus, trainer, changed, told):
    before = dump(campus.work)

    answer = trainer("recall", **{**TYPED, **changed})

    assert answer.status_code == 422
    assert told in answer.text
    assert ASKED[2] in answer.text
    assert dump(campus.work) == before


def test_only_a_trainer_writes_questions(campus, trainer):
    statuses = [asking(campus, "sanne")("recall").status_code]
    browser, home = campus.open("youssef", roles=[ASSISTANT])
    url, cookie = f"{home.url}recall", campus.cookie_of(browser)
    statuses += [campus.http.request(one, url, headers=cookie).status_code for one in ("GET", "POST")]

    assert statuses == [403, 403, 403]


def test_the_calendar_says_what_is_missing_and_then_which_mails_bring_a_question(campus, trainer):
    before = trainer("dates").text
    trainer("recall", **{"question-1": ASKED[0], "answer-1": ANSWERED[0]})
    one = trainer("dates").text
    trainer("recall", **TYPED)
    all_four = trainer("dates").text

    missing, brings = "Er zijn nog geen vragen over de inhoud", "Er staat een vraag over de inhoud in"
    assert [(missing in page, page.count(brings)) for page in (before, one, all_four)] == [
        (True, 0), (False, 1), (False, 2),
    ]  # fmt: skip
    assert before.count("/recall") == 1


def test_who_sets_a_training_up_as_intensive_reads_that_there_are_no_questions_yet(campus):
    browser, page = campus.open(TRAINER)

    calendar = browser.submit(page, {"phase": "post", "cadence": "intensive"}, having="starts_on")
    home = switch_on(browser, browser.submit(calendar, having="switch_on", button="Terug naar de dagen"))

    assert "Er zijn nog geen vragen over de inhoud" in calendar.text
    assert campus.only(Track).cadence == "intensive"
    assert "Vragen over de inhoud schrijven" in home.text


def test_other_mails_bring_no_questions_and_the_page_says_so(campus, trainer):
    intensive(campus, cadence="standard")

    assert "/recall" not in trainer().text
    assert "Er zijn nog geen vragen" not in trainer("dates").text
    assert "Kies daarvoor Intensief" in trainer("recall").text
