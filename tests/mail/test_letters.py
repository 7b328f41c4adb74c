"""What a letter says, and what it never says."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from lti_tool.domain.cadences import StepId
from lti_tool.domain.digests import DigestStep
from lti_tool.mail.contact_letters import CONTACT_VERSION
from lti_tool.mail.letters import LONGEST_SUBJECT, TEMPLATE_VERSION, render
from lti_tool.mail.link_letters import LINK_VERSION
from lti_tool.models.check_ins import Outcome
from lti_tool.services import catalogue
from tests.mail.letters import CONTACT_LETTERS, LETTERS, LINK_LETTERS, step_of
from tests.mail.reading import read

EXPECTED = Path(__file__).parents[1] / "data" / "mails"
LINK = re.compile(r"https://\S+")


def test_each_letter_reads_as_it_was_agreed(letter, name, locale):
    """To agree on other words: delete the file, run this once so that it is written, read it as a diff."""
    expected = EXPECTED / f"{name}.{locale}.txt"
    version = {**TEMPLATE_VERSION, **CONTACT_VERSION, **LINK_VERSION}[step_of(name)]
    told = f"Template: {version}\nSubject: {letter.subject}\n\n{letter.text}"

    if not expected.exists():
        expected.write_text(told)
        pytest.fail(f"{expected} did not exist; it now holds:\n\n{told}")

    assert told == expected.read_text(), f"{expected} reads otherwise. The letter now is:\n\n{told}"


def test_the_first_line_is_the_learners_own_sentence(about):
    text = render(about("check_in")).text

    assert text.startswith("U schreef: “Als een inwoner belt, dan vraag ik eerst door.”\n")


@pytest.mark.parametrize("name", ["rehearse", "own_date", "check_in", "last_call"])
def test_a_letter_without_words_holds_none(about, name, locale):
    letter = render(about(name, locale, when_words=None, then_words=None, cue=None))

    own = ("belt", "vraag ik", "doorvragen", "calls", "one more question")
    everything = letter.subject + letter.text + letter.html
    assert [words for words in own if words in everything] == []


@pytest.mark.parametrize("name", [*LETTERS, *CONTACT_LETTERS])
def test_the_title_of_the_training_stands_in_the_body_only(letter, locale):
    title = {"nl": "Doorvragen aan de balie", "en": "Listening at the counter"}[locale]

    assert title in letter.text
    assert title not in letter.subject


@pytest.mark.parametrize(
    "name", ["rehearse", "own_date", "check_in", "last_call", "last_call_without_plan", "yield"]
)
def test_each_question_has_three_answers_that_the_tool_knows(about, name):
    links = LINK.findall(render(about(name)).text)

    answers = [link.partition("?answer=")[2] for link in links if "?answer=" in link]
    assert len(answers) == 3
    assert all(Outcome(answer) for answer in answers)


@pytest.mark.parametrize("name", ["harvest", "harvest_after_use"])
def test_the_letter_to_look_back_offers_the_scale_in_the_words_of_the_course(about, name, locale):
    scale = next(item for item in catalogue.load().latest("post").part("harvest").items if item.options)

    answers = re.findall(r"^(.+):\n\S+/look-back\?answer=(\w+)$", render(about(name, locale)).text, re.M)

    asked = [(each.label[locale], each.id) for each in scale.options if each.id != "not_applicable"]
    assert answers == asked
    assert f"\n{scale.ask[locale]}\n" in render(about(name, locale)).text


@pytest.mark.parametrize("name", ["check_in_and_harvest", "last_call_and_harvest"])
def test_a_letter_of_two_steps_asks_one_question_and_leads_to_the_other(about, name, locale):
    links = LINK.findall(render(about(name, locale)).text)

    assert [link.partition("/c/")[2] for link in links if "/c/" in link] == [
        "q7Hd2mXw?answer=used",
        "q7Hd2mXw?answer=partly",
        "q7Hd2mXw?answer=not_yet",
        "q7Hd2mXw/look-back",
    ]


def test_the_plan_letter_points_to_the_course(about):
    letter = render(about("plan", course_url="https://leren.example.nl/c/12"))

    assert "Plan maken:\nhttps://leren.example.nl/c/12\n" in letter.text
    assert "Plan maken</a>" in letter.html
    assert "?answer=" not in letter.text


def test_a_plan_letter_without_an_address_of_the_course_says_where_to_go(about):
    letter = render(about("plan", course_url=None))

    assert "Open uw training in uw leeromgeving." in letter.text
    assert "Plan maken</a>" not in letter.html


@pytest.mark.parametrize("name", LETTERS)
def test_fewer_pause_and_stop_are_one_link_away(letter):
    links = LINK.findall(letter.text)

    assert links[-3:] == [
        "https://beklijf.example/m/v3KpR9?choose=few",
        "https://beklijf.example/m/v3KpR9?choose=pause",
        "https://beklijf.example/m/v3KpR9?choose=stop",
    ]


@pytest.mark.parametrize("name", CONTACT_LETTERS)
def test_a_contact_can_stop_with_one_link(letter):
    assert LINK.findall(letter.text)[-1] == "https://beklijf.example/o/Zt81bQ/stop"


def test_a_leader_reads_a_learners_name_only_where_the_learner_lets_it_be_told(about):
    for name in ("invitation_of_one", "talk_of_one", "leader_of_one"):
        assert "Iemand uit uw team" in render(about(name)).text
        assert "Samira Bakkali" in render(about(name, told_by="Samira\r\nBakkali")).text


def test_what_comes_is_told_with_its_days_each_once(about):
    coming = (
        (date(2025, 6, 17), "last_call"),
        (date(2025, 6, 13), "check_in"),
        (date(2025, 6, 13), "harvest"),
    )

    letter = render(about("own_date", coming=coming))

    assert "Mails die nu gepland zijn: vrijdag 13 juni en dinsdag 17 juni." in letter.text


def test_the_last_letter_says_that_it_is_the_last(about):
    letter = render(about("check_in", is_last=True, coming=(), after_an_answer=None))

    assert "Dit is voorlopig de laatste mail over uw plan." in letter.text


def test_a_letter_tells_of_the_one_that_an_answer_brings(about):
    last = "Zonder antwoord is dit de laatste mail over uw plan."
    one_more = "Na een antwoord komt er nog één mail op donderdag 3 juli."

    assert f"Mails die nu gepland zijn: dinsdag 17 juni. {one_more}" in render(about("check_in")).text
    assert f"{last} {one_more}" in render(about("last_call")).text


@pytest.mark.parametrize(
    ("today", "sentence", "subject"),
    [
        (date(2025, 6, 10), "Vandaag wilde u dit doen.", "Vandaag: doorvragen"),
        (date(2025, 6, 11), "Uw dag was dinsdag 10 juni.", "Eigen dag: doorvragen"),
        (date(2025, 6, 9), "Uw dag is dinsdag 10 juni.", "10 juni: doorvragen"),
    ],
)
def test_a_letter_that_comes_before_or_after_the_day_does_not_say_today(about, today, sentence, subject):
    letter = render(about("own_date", today=today))

    assert sentence in letter.text
    assert letter.subject == subject


def test_a_plan_without_a_day_is_not_given_one(about):
    for name in ("rehearse", "own_date", "check_in", "last_call"):
        letter = render(about(name, own_on=None, coming=(), is_last=True))

        assert "Uw dag" not in letter.text
        assert "10 juni" not in letter.subject + letter.text


@pytest.mark.parametrize(
    ("cue", "subject"),
    [
        ("é én 🙂 <b>", "Vandaag: é én 🙂 <b>"),
        ("100% %(day)s {{ cue }}", "Vandaag: 100% %(day)s {{ cue }}"),
        ("rustig eerst een open vraag stellen aan bel", "Vandaag: rustig eerst een open vraag stellen…"),
        ("a" * 40, f"Vandaag: {'a' * 35}…"),
        ("doorvragen\r\nBcc: iedereen@waterhoek.example", "Vandaag: doorvragen Bcc:…"),
        ("door\x00vragen\u2028nu", "Vandaag: door vragen nu"),
    ],
)
def test_a_subject_takes_any_cue_and_stays_short(about, cue, subject):
    letter = render(about("own_date", cue=cue))

    assert letter.subject == subject
    assert len(letter.subject) <= LONGEST_SUBJECT
    assert read(letter)["Subject"] == subject


def test_every_subject_is_short(letter):
    assert len(letter.subject) <= LONGEST_SUBJECT


def test_a_line_end_in_a_title_begins_no_header(about):
    message = read(render(about("check_in", training="Balie\r\nBcc: iedereen@waterhoek.example")))

    assert message["Bcc"] is None
    assert "“Balie Bcc: iedereen@waterhoek.example”" in message.get_body(("plain",)).get_content()


def test_no_repr_shows_a_persons_words_or_links(about):
    nudge = about("check_in")

    shown = repr(nudge) + repr(render(nudge))

    assert "inwoner" not in shown
    assert "beklijf.example" not in shown


@pytest.mark.parametrize(
    "contradiction",
    [
        {"is_last": True, "coming": ((date(2025, 6, 17), "last_call"),)},
        {"answer_url": None},
        {"also": StepId.HARVEST},
        {"sent_at": datetime(2025, 6, 13, 7, 30)},  # noqa: DTZ001
    ],
)
def test_a_letter_that_contradicts_itself_is_not_made(about, contradiction):
    with pytest.raises(ValueError):
        about("check_in", **contradiction)


def test_each_step_has_a_version_for_the_record():
    assert set(TEMPLATE_VERSION) == set(StepId)
    assert set(CONTACT_VERSION) == {"invitation", "buddy_invitation", *DigestStep}
    assert set(LINK_VERSION) == set(LINK_LETTERS)
    every = [*TEMPLATE_VERSION.values(), *CONTACT_VERSION.values(), *LINK_VERSION.values()]
    assert len(set(every)) == len(every)
