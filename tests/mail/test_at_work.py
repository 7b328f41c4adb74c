"""Who tries something in their work, without a training, reads of none in any letter."""

import re

import pytest

from lti_tool.domain.cadences import StepId
from lti_tool.domain.paces import Pace
from lti_tool.mail.channels import POST_VERSION, Post, write
from lti_tool.mail.letters import render
from lti_tool.services import catalogue
from tests.mail.letters import CONTACT_LETTERS, LAST_ON, LETTERS, letter_about, step_of

# Where nobody meets, nothing comes between two sessions.
COMING = [name for name in (*LETTERS, *CONTACT_LETTERS) if step_of(name) != StepId.BETWEEN]
OF_A_COURSE = [name for name in COMING if LETTERS.get(name, {}).get("course_url")]


@pytest.fixture
def asked(locale):
    """The question that the course asks in the same words: what it is called is the instrument's."""
    scale = next(item for item in catalogue.load().latest("post").part("harvest").items if item.options)
    return scale.ask[locale]


@pytest.fixture(params=COMING)
def name(request):
    return request.param


def without(words, *ours):
    for each in ours:
        words = words.replace(each, "")
    return words.lower()


def test_a_letter_speaks_of_no_training(name, locale, asked):
    letter = render(letter_about(name, locale, pace=Pace.AT_WORK, training="X"))

    said = without(letter.subject + letter.text + letter.html, asked)
    assert re.findall(r".{20}\btraining.{9}", said) == []


@pytest.mark.parametrize("name", OF_A_COURSE)
def test_neither_does_one_without_the_address_of_the_course(name, locale, asked):
    letter = render(letter_about(name, locale, pace=Pace.AT_WORK, training="X", course_url=None))

    assert "training" not in without(letter.subject + letter.text + letter.html, asked)


@pytest.mark.parametrize("step", POST_VERSION)
def test_neither_does_a_card_in_a_channel(step, locale):
    about = Post(step=step, locale=locale, training="X", until_on=LAST_ON, pace=Pace.AT_WORK, to_do="Y")

    assert "training" not in " ".join(write(about)).lower()
