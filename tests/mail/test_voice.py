"""The limits of plain language that can be counted, for each letter in each language."""

import re

import pytest

from lti_tool.mail.letters import render
from lti_tool.mail.link_letters import LINK_VERSION
from tests.mail.letters import RECALL

LONGEST_SENTENCE = {"nl": 15, "en": 18}
MEAN_SENTENCE = {"nl": 10, "en": 12}
LONGEST_QUESTION = {"nl": 12, "en": 14}
LONGEST_BODY = {"nl": 60, "en": 65}
FOOT = {"nl": "U krijgt deze mail", "en": "You get this mail"}
QUOTE = {"nl": "U schreef", "en": "You wrote"}
NOT_OURS = {
    "nl": r"helaas|verplicht|moet|dient|deadline|te laat|achterstand|vergeet|goed zo|\bwij\b|\bons\b|[!(]",
    "en": r"unfortunately|\bmust\b|overdue|\bfail|remind|well done|\bwe\b|\bour\b|n't|please|[!(]",
}
LINK = re.compile(r"https://\S+")


@pytest.fixture
def sentences(about, name, locale):
    """The sentences that are ours: without the quote, links, and the title, which is a name."""
    text = render(about(name, locale, **({} if name in LINK_VERSION else {"training": "X"}))).text
    paragraphs = [
        line for line in LINK.sub("", text).split("\n") if line and not line.startswith(QUOTE[locale])
    ]
    return [each for line in paragraphs for each in re.split(r"(?<=[.?:])\s", line)]


def count(text):
    return len(re.findall(r"[\w’'-]+", text))


def test_no_sentence_is_long(sentences, locale):
    assert [each for each in sentences if count(each) > LONGEST_SENTENCE[locale]] == []


def test_sentences_are_short_on_average(sentences, locale):
    assert sum(map(count, sentences)) / len(sentences) <= MEAN_SENTENCE[locale]


def test_a_letter_asks_one_short_question(sentences, locale):
    (question,) = [each for each in sentences if each.endswith("?")]

    assert count(question) <= LONGEST_QUESTION[locale]


def test_the_body_is_short(letter, locale):
    body = LINK.sub("", letter.text.replace(RECALL[locale], "")).partition(FOOT[locale])[0]
    ours = "\n".join(line for line in body.split("\n") if not line.startswith(QUOTE[locale]))

    assert count(ours) <= LONGEST_BODY[locale]


def test_no_letter_pushes_praises_or_regrets(letter, locale):
    assert re.findall(NOT_OURS[locale], f"{letter.subject}\n{letter.text}".lower()) == []
