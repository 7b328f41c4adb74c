"""One step open in two pages: the older one overwrites nothing silently, and neither text is lost."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from demo_lms.browser import Browser
from lti_tool.models.deliveries import Delivery
from lti_tool.models.reflections import Answer, LateDraft
from lti_tool.services import links
from lti_tool.services.links import Purpose
from tests.web.campus import LOOK_BACK, WRITING, Campus, write

OURS, THEIRS = "het gesprek aan het loket", "de brief over het terras"
SAVED_ELSEWHERE = "Intussen op een andere plek bewaard"


@dataclass
class Writer:
    """A learner who has as many pages open as a test wants."""

    campus: Campus
    browser: Browser
    url: str

    def open(self, step: int) -> dict[str, str]:
        """A page of a step: what its form carries unseen."""
        return unseen(self.read(step).text)

    def read(self, step: int) -> httpx.Response:
        return self.campus.http.get(f"{self.url}reflect/plan/{step}", headers=self._cookie)

    def save(self, step: int, *parts: dict[str, str], **more: Any) -> httpx.Response:
        said = {name: value for part in (*parts, more) for name, value in part.items()}
        return self.campus.http.post(f"{self.url}reflect/plan/{step}", data=said, headers=self._cookie)

    @property
    def _cookie(self) -> dict[str, str]:
        return self.campus.cookie_of(self.browser)


def unseen(text: str) -> dict[str, str]:
    """The hidden fields of the form that holds the answers."""
    form = next(form for form in text.split("<form ") if "data-autosave" in form)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def task(words: str) -> dict[str, str]:
    return {"post.task": words}


@pytest.fixture
def writer(campus: Campus) -> Writer:
    campus.place()
    browser, page = campus.open("sanne")
    return Writer(campus, browser, page.url)


def test_an_older_page_shows_both_texts_instead_of_overwriting_the_newer(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(THEIRS))

    answer = writer.save(1, older, task(OURS))

    assert answer.status_code == 409
    assert f'name="post.task" value="{OURS}"' in answer.text
    assert SAVED_ELSEWHERE in answer.text
    assert f'<p class="bk-words" dir="auto">{THEIRS}</p>' in answer.text
    assert f'value="{THEIRS}"' in writer.read(1).text


def test_pressing_save_once_more_keeps_what_stands_in_the_fields(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(THEIRS))
    shown = unseen(writer.save(1, older, task(OURS)).text)

    answer = writer.save(1, shown, task(OURS))

    assert answer.status_code == 303
    assert f'value="{OURS}"' in writer.read(1).text
    assert writer.campus.all(LateDraft) == []


def test_a_page_that_was_overtaken_twice_asks_twice(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(THEIRS))
    shown = unseen(writer.save(1, older, task(OURS)).text)
    writer.save(1, writer.open(1), task("de vergadering"))

    answer = writer.save(1, shown, task(OURS))

    assert answer.status_code == 409
    assert '<p class="bk-words" dir="auto">de vergadering</p>' in answer.text


def test_an_answer_that_another_page_took_back_does_not_come_back_silently(writer):
    writer.save(1, writer.open(1), task(THEIRS))
    older = writer.open(1)
    writer.save(1, writer.open(1), task(""))

    answer = writer.save(1, older, task(OURS))

    assert answer.status_code == 409
    assert SAVED_ELSEWHERE in answer.text
    assert writer.campus.all(Answer) == []


def test_both_pages_may_say_the_same(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(OURS))

    assert writer.save(1, older, task(OURS)).status_code == 303


def test_another_step_that_went_on_meanwhile_is_no_reason_to_ask(writer):
    first, second = writer.open(1), writer.open(2)
    writer.save(2, second, {"post.if_then": "een inwoner belt"})

    assert writer.save(1, first, task(OURS)).status_code == 303


def test_what_only_the_other_page_changed_stays_as_it_changed_it(writer):
    older = writer.open(4)
    writer.save(4, writer.open(4), {"post.confidence": "7"})

    answer = writer.save(4, older, {"post.buddy": "mijn collega Bram"})

    assert answer.status_code == 303
    assert re.search(r'name="post.confidence" value="7" checked', writer.read(4).text)


@pytest.mark.parametrize(
    ("step", "theirs", "ours", "told"),
    [
        (3, {"post.obstacles": "time"}, {"post.obstacles": "occasion"}, "Te weinig tijd"),
        (3, {"post.obstacles:line": "de verhuizing"}, {"post.obstacles": "time"}, "de verhuizing"),
        (2, {"post.if_then:then": "bel ik terug"}, {"post.if_then:then": "wacht ik"}, "bel ik terug"),
        (1, {"post.task:unknown": "1"}, {"post.task": "de brief"}, "Weet ik nog niet"),
    ],
)
def test_an_answer_of_any_type_is_told_in_words(writer, step, theirs, ours, told):
    older = writer.open(step)
    writer.save(step, writer.open(step), theirs)

    answer = writer.save(step, older, ours)

    assert answer.status_code == 409
    assert told in answer.text.split(SAVED_ELSEWHERE)[1].split("</div>")[0]


def test_a_plan_that_changed_behind_a_letter_is_not_overwritten_by_a_page_of_before(writer):
    write(writer.browser, writer.browser.launch(LOOK_BACK))
    older = writer.open(2)
    change_plan(writer.campus, "de telefoon gaat")

    answer = writer.save(2, older, {**WRITING, "post.if_then": "er iemand aan het loket staat"})

    assert answer.status_code == 409
    assert "de telefoon gaat" in answer.text


def change_plan(campus: Campus, words: str) -> None:
    """As somebody does behind the link of a letter."""
    letter = next(row for row in campus.all(Delivery) if row.step == "rehearse")
    secret = campus.work.settings.secret_key.get_secret_value()
    url = f"/c/{links.token(secret, Purpose.ANSWER, letter.id)}"
    campus.http.post(url, data={"checkin.plan": "change"})
    campus.http.post(f"{url}/change", data={"post.if_then": words, "post.if_then:then": ""})


def test_what_does_not_fit_either_is_asked_after_the_choice(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(THEIRS))
    too_long = "woord " * 40

    asked = writer.save(1, older, task(too_long))
    answer = writer.save(1, unseen(asked.text), task(too_long))

    assert 'id="to-mend"' not in asked.text
    assert (asked.status_code, answer.status_code) == (409, 422)


def test_saving_by_itself_tells_what_the_next_save_starts_from(writer):
    page = writer.open(1)

    for words in (OURS, THEIRS, ""):
        answer = writer.save(1, page, task(words), autosave="1")
        assert answer.status_code == 200
        page["opened"] = answer.text

    assert writer.campus.all(Answer) == []
    assert writer.save(1, page, task(OURS)).status_code == 303


def test_saving_by_itself_keeps_a_text_that_is_too_long_and_stays_at_its_step(writer):
    answer = writer.save(1, writer.open(1), task("woord " * 40), autosave="1")

    assert answer.status_code == 200
    assert "woord woord" in writer.read(1).text


def test_saving_by_itself_overwrites_nothing_and_what_was_typed_waits(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(THEIRS))

    answer = writer.save(1, older, task(OURS), autosave="1")

    page = writer.read(1).text
    assert (answer.status_code, answer.text) == (409, "")
    assert f'name="post.task" value="{THEIRS}"' in page
    assert f'<p class="bk-words" dir="auto">{OURS}</p>' in page
    assert "is er nog" in writer.browser.launch(LOOK_BACK).text


def test_the_page_that_asks_does_not_choose_by_itself(writer):
    older = writer.open(1)
    writer.save(1, writer.open(1), task(THEIRS))
    shown = unseen(writer.save(1, older, task(OURS)).text)

    answer = writer.save(1, shown, task(OURS + " en verder"), autosave="1")

    assert answer.status_code == 409
    assert f'name="post.task" value="{THEIRS}"' in writer.read(1).text
    assert writer.save(1, shown, task(OURS)).status_code == 303


def test_what_waits_is_not_thrown_away_by_a_page_that_never_showed_it(writer):
    older, other = writer.open(1), writer.open(1)
    writer.save(1, other, task(THEIRS))
    newest = writer.open(1)
    writer.save(1, older, task(OURS), autosave="1")

    writer.save(1, newest, task("de vergadering"))

    assert len(writer.campus.all(LateDraft)) == 1


def test_what_a_form_carries_tells_nothing_of_the_words(writer):
    writer.save(2, writer.open(2), {"post.if_then": OURS})
    sanne = writer.open(2)["opened"]
    browser, page = writer.campus.open("youssef")
    other = Writer(writer.campus, browser, page.url)
    other.save(2, other.open(2), {"post.if_then": OURS})

    assert re.fullmatch(r"[0-9a-f]{32}(\.[0-9a-f]{32})*", sanne)
    assert not set(sanne.split(".")) & set(other.open(2)["opened"].split("."))
