"""A person's own sentence stays as it was written."""

import pytest

from lti_tool.mail.quotes import quote

DUTCH = {"when": "Als", "then": "dan"}
ENGLISH = {"when": "When", "then": "I will"}


@pytest.mark.parametrize(
    ("when_words", "then_words", "labels", "sentence"),
    [
        ("een inwoner belt", "vraag ik door", DUTCH, "Als een inwoner belt, dan vraag ik door."),
        ("een inwoner belt,", "vraag ik door!", DUTCH, "Als een inwoner belt, dan vraag ik door!"),
        ("Als een inwoner belt", "Dan vraag ik door", DUTCH, "Als een inwoner belt, Dan vraag ik door."),
        ("Alsof het niets is", "dank ik hem", DUTCH, "Als Alsof het niets is, dan dank ik hem."),
        ("a resident calls", "ask more", ENGLISH, "When a resident calls, I will ask more."),
        ("a resident calls", "I ask more", ENGLISH, "When a resident calls, I ask more."),
        ("“zo” (of zo)", "…", DUTCH, "Als “zo” (of zo), dan …"),
    ],
)
def test_only_what_is_missing_stands_around_the_words(when_words, then_words, labels, sentence):
    assert str(quote(when_words, then_words, **labels)) == sentence
