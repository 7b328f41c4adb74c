"""A step has one name and one length: in the calendar, on pages, in the course, and in its mails."""

import re
from datetime import date

import pytest
from flask import Flask, get_template_attribute

from demo_lms.courses import seeded
from lti_tool.domain.cadences import LEADS_TO, StepId
from lti_tool.mail.letters import render
from lti_tool.services import catalogue
from tests.mail.letters import LETTERS, letter_about, step_of
from tests.web import rendering

# An own day is named by its day; with somebody's own words behind it, there is no room for a question.
SHORT = {
    StepId.OWN_DATE: {"nl": "Vandaag: ", "en": "Today: "},
    StepId.REHEARSE: {"nl": "Klopt het nog: ", "en": "Does it still fit: "},
}

# Without a training, a mail to look back speaks of none, and begins as its step does.
NO_TRAINING = {"harvest_of_work": {"nl": "Terugkijken", "en": "Look back"}}

LEADING_THERE = ["prepare", "prepare_again", "between", "plan", "harvest", "yield_without_plan"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return rendering.make(tmp_path_factory.mktemp("dutch"))


@pytest.fixture(params=["nl", "en"])
def locale(request):
    return request.param


@pytest.fixture
def named(app, locale):
    """What a macro calls something, in a language."""

    def name(macro, *about, file="steps"):
        with app.test_request_context(f"/?lang={locale}"):
            return str(get_template_attribute(f"macros/{file}.html", macro)(*about)).strip()

    return name


def test_every_step_has_a_name_of_its_own(named):
    names = [named("step_name", step.value) for step in StepId]

    assert len(set(names)) == len(StepId)
    assert named("step_name", "anything else") not in names


@pytest.mark.parametrize("letter", LETTERS)
def test_a_mail_begins_with_the_name_of_its_step(named, locale, letter):
    step = StepId(step_of(letter))

    subject = render(letter_about(letter, locale)).subject

    asks_to_prepare = step in (StepId.PREPARE, StepId.PREPARE_AGAIN)
    name = named("step_name", "prepare" if asks_to_prepare else step.value, 1)
    known = NO_TRAINING.get(letter) or SHORT.get(step)
    assert subject.startswith(known[locale] if known else name)


@pytest.mark.parametrize("letter", [name for name in LETTERS if step_of(name) != StepId.OWN_DATE])
def test_a_mail_without_the_learners_words_begins_with_it_too(named, locale, letter):
    step = StepId(step_of(letter))

    subject = render(letter_about(letter, locale, cue=None)).subject

    asks_to_prepare = step in (StepId.PREPARE, StepId.PREPARE_AGAIN)
    name = named("step_name", "prepare" if asks_to_prepare else step.value, 1)
    assert subject.startswith(NO_TRAINING[letter][locale] if letter in NO_TRAINING else name)


@pytest.mark.parametrize("step", LEADS_TO)
def test_the_part_that_a_step_leads_to_bears_its_name(named, locale, step):
    instrument, part = LEADS_TO[step]
    found = catalogue.load().latest(instrument).part(part)

    name = named("step_name", "prepare" if instrument == "pre" else step.value)

    assert named("part_name", instrument, found, locale) == name == found.title[locale]


@pytest.mark.parametrize("phase", ["pre", "mid", "post"])
def test_an_item_is_called_the_same_in_the_course_and_on_every_page(named, locale, phase):
    assert named("item_title", phase, "", 2, file="choices") == named("item_name", phase, 2)
    assert catalogue.load().latest(phase).title[locale] == named("item_name", phase)


def test_an_item_bears_the_names_of_its_steps(named, locale):
    look_back, plan = {"nl": ("Terugkijken", "plan maken"), "en": ("Look back", "make a plan")}[locale]

    assert named("item_name", "pre") == named("step_name", "prepare")
    assert named("item_name", "mid", 2) == named("step_name", "between", 2)
    assert named("step_name", "harvest").startswith(look_back)
    assert named("step_name", "plan").lower() == plan
    assert named("item_name", "post").startswith(look_back)
    assert named("item_name", "post").endswith(plan)


@pytest.mark.parametrize(
    "letter", ["prepare", "prepare_again", "between", "plan", "harvest", "yield_without_plan"]
)
def test_a_mail_says_as_many_minutes_as_the_page_that_it_leads_to(locale, letter):
    instrument, part = LEADS_TO[StepId(step_of(letter))]
    minutes = catalogue.load().latest(instrument).part(part).minutes

    written = render(letter_about(letter, locale))

    said = re.findall(r"(\d+) minut", written.text + written.html)
    assert said
    assert set(said) == {str(minutes)}


def test_the_course_says_as_many_minutes_too(named):
    minutes = catalogue.load().latest("pre").parts[0].minutes

    assert f" {minutes} minut" in named("item_text", "pre", minutes, file="choices")


def test_the_items_of_the_demo_are_named_and_measured_alike(app):
    minutes = catalogue.load().latest("pre").parts[0].minutes
    links = [link for course in seeded(date(2026, 11, 13), frozenset()) for link in course.links]

    with app.test_request_context("/?lang=nl"):
        macros = app.jinja_env.get_template("macros/choices.html").module
        texts = {str(macros.item_text(phase, minutes)).strip() for phase in ("pre", "mid", "post")}
        names = {str(macros.item_title(phase, "", 1)).strip() for phase in ("pre", "mid", "post")}

    assert {link.description for link in links} == texts
    assert {link.title.partition(":")[0] for link in links} == names
