"""Types of questions: one file each, found by being there."""

import sys

import pytest
from werkzeug.datastructures import MultiDict

from config.settings import ROOT
from lti_tool.domain import instrument_files, item_type_files, item_types
from lti_tool.domain.answers import Answer
from lti_tool.domain.fields import ContentError
from lti_tool.web import forms
from tests.web.questions import TODAY

SHOWN = (ROOT / "CONTRIBUTING.md").read_text().split("```python\n")[1].split("```")[0]


@pytest.fixture
def with_sureness(tmp_path, monkeypatch):
    """The type that contributors are shown, as one more file."""
    (tmp_path / "sureness.py").write_text(SHOWN)
    monkeypatch.setattr(item_types, "__path__", [*item_types.__path__, str(tmp_path)])
    item_type_files.known.cache_clear()
    yield
    sys.modules.pop(f"{item_types.__name__}.sureness", None)
    item_type_files.known.cache_clear()


def instrument(*options):
    words = {"nl": "Hoe zeker bent u ervan?", "en": "How sure are you?"}
    named = [{"id": each, "label": words} for each in options]
    return instrument_files.parse(
        {
            "key": "sure", "version": 1, "phase": "informal", "title": words, "source": "own",
            "part": [{"key": "one", "title": words, "minutes": 1}],
            "step": [{"part": "one", "key": "sure", "title": words, "heading": words}],
            "item": [{
                "step": "sure", "id": "sure.how", "type": "sureness", "audience": "me", "source": "own",
                "ask": words, "option": named,
            }],
        },
        "0",
    )  # fmt: skip


def test_a_type_is_there_once_its_file_is(with_sureness):
    asked = instrument("not", "rather", "very")
    form = forms.step(asked.parts[0].steps[0], "nl", today=TODAY, sent=MultiDict({"sure.how": "rather"}))

    assert form.validate()
    assert forms.read(form) == {"sure.how": Answer(choices=("rather",))}


def test_it_says_itself_which_options_do_not_fit(with_sureness):
    with pytest.raises(ContentError, match="type sureness needs three words"):
        instrument("not", "very")


def test_a_type_without_a_file_is_refused_with_those_that_have_one():
    with pytest.raises(ContentError, match="type 'sureness' is not one of: choice, date, dates, if_then"):
        instrument("not", "rather", "very")
