"""How the browser reads pages and fills forms."""

import pytest

from demo_lms import markup
from demo_lms.documents import Answer

PAGE = """<!DOCTYPE html>
<title>Plan</title><h1>Uw <em>plan</em></h1>
<a href="/terug">Terug
  naar het begin</a>
<form id="plan" method="POST" action="/v/1/plan">
  <input type="hidden" name="token" value="a&amp;b">
  <input name="cue" value="Als een inwoner belt">
  <textarea name="act">
vraag ik &lt;eerst&gt; door</textarea>
  <input type="radio" name="sure" value="5"><input type="radio" name="sure" value="7" checked>
  <input type="checkbox" name="why" value="tijd" checked><input type="checkbox" name="why" value="regels">
  <input type="checkbox" name="again">
  <select name="hour"><option value="9">9 uur<option selected>10 uur</select>
  <select name="day"><option value="ma">maandag</option><option value="di">dinsdag</option></select>
  <select name="many" multiple><option value="x">x</option></select>
  <input name="asleep" value="1" disabled>
  <button name="to" value="save">Plan bewaren</button>
  <button name="to" value="later" formaction="/v/1/later">Later verder</button>
  <button type="button" name="nothing" value="1">Uitleg</button>
</form>
<input form="plan" name="outside" value="o">
<iframe src="/start" title="Activiteit"></iframe>
"""


def sent(answers: dict[str, Answer] | None = None, button: str | None = None) -> list[tuple[str, str]]:
    form = markup.read(PAGE).forms[0]
    return form.filled(answers or {}, form.button(button))


def test_a_page_is_read() -> None:
    document = markup.read(PAGE)

    assert (document.title, document.heading) == ("Plan", "Uw plan")
    assert [(link.url, link.text) for link in document.links] == [("/terug", "Terug naar het begin")]
    assert [(frame.url, frame.text) for frame in document.frames] == [("/start", "Activiteit")]


def test_a_form_sends_what_it_holds_and_the_first_button() -> None:
    assert sent() == [
        ("token", "a&b"),
        ("cue", "Als een inwoner belt"),
        ("act", "vraag ik <eerst> door"),
        ("sure", "7"),
        ("why", "tijd"),
        ("hour", "10 uur"),
        ("day", "ma"),
        ("to", "save"),
        ("outside", "o"),
    ]


@pytest.mark.parametrize(
    ("answers", "pair"),
    [
        ({"cue": "Als ik een brief schrijf"}, ("cue", "Als ik een brief schrijf")),
        ({"sure": "5"}, ("sure", "5")),
        ({"why": ["regels"]}, ("why", "regels")),
        ({"again": True}, ("again", "on")),
        ({"hour": "9"}, ("hour", "9")),
        ({"day": "di"}, ("day", "di")),
        ({"token": "forged"}, ("token", "forged")),
    ],
)
def test_an_answer_takes_the_place_of_what_was_there(
    answers: dict[str, Answer], pair: tuple[str, str]
) -> None:
    assert [found for found in sent(answers) if found[0] == pair[0]] == [pair]


@pytest.mark.parametrize("name", ["token", "cue", "sure", "why"])
def test_a_field_can_be_left_out(name: str) -> None:
    assert name not in dict(sent({name: None}))


@pytest.mark.parametrize("mark", ["Later verder", "later"])
def test_a_button_is_found_by_its_text_or_value_and_may_lead_elsewhere(mark: str) -> None:
    button = markup.read(PAGE).forms[0].button(mark)

    assert button is not None
    assert button.action == "/v/1/later"
    assert ("to", "later") in sent(button=mark)


@pytest.mark.parametrize(
    ("answers", "button"),
    [
        ({"unknown": "x"}, None),
        ({"asleep": "2"}, None),
        ({"sure": "11"}, None),
        ({"why": ["tijd", "geld"]}, None),
        ({"hour": "12"}, None),
        ({}, "Verzenden"),
        ({}, "Uitleg"),
    ],
)
def test_what_the_form_does_not_offer_cannot_be_answered(
    answers: dict[str, Answer], button: str | None
) -> None:
    with pytest.raises(LookupError):
        sent(answers, button)
