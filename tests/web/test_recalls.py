"""Letters bring questions about the content, and how it went stays the learner's."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.models.check_ins import CheckIn
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.recalls import Recall, RecallQuestion, Remembered
from lti_tool.models.tracks import Track
from lti_tool.rounds import erasing
from lti_tool.services import deliveries, exports, learner_facts, privacy, recalls
from lti_tool.services.export_sources import Source
from lti_tool.services.recalls import Words
from tests.web.campus import TRAINER
from tests.web.follow import asking
from tests.web.mail import MONDAY, THURSDAY, Mail, link
from tests.web.remembering import ANSWERED, ASKED, intensive
from tests.web.tables import dump

CHECK_IN_ON = THURSDAY + timedelta(days=5)


@pytest.fixture
def mail(campus):
    return Mail(campus)


def letters(mail):
    """Those that may bring a question: the first after the plan, and the check-in."""
    first = mail.on(MONDAY)
    mail.on(THURSDAY)
    return first, mail.on(CHECK_IN_ON)


def behind(letter):
    """The address of the page behind the question of a letter."""
    return link(letter, "/recall")


def say(campus, url, said, number=1):
    asked = re.findall(r'name="question" value="([^"]+)"', campus.http.get(url).text)
    return campus.http.post(url, data={"question": asked[number - 1], "said": said})


def test_two_letters_bring_the_questions_in_order_and_never_an_answer(campus, mail):
    intensive(campus, 2)

    first, second = letters(mail)

    assert [[words for words in ASKED if words in each.text] for each in (first, second)] == [
        [ASKED[0]], [ASKED[1]],
    ]  # fmt: skip
    assert ASKED[0] in first.html
    for each in (first, second):
        assert not any(words in each.text + each.html for words in ANSWERED)
        assert not any(words in each.subject for words in ASKED)


def test_without_questions_the_letters_are_those_of_standard(campus, mail):
    intensive(campus)
    found = letters(mail)

    assert all("recall" not in letter.text + letter.html for letter in found)
    assert campus.all(Recall) == []


def test_one_question_comes_once(campus, mail):
    intensive(campus, 1)
    first, second = letters(mail)

    assert ASKED[0] in first.text
    assert ASKED[0] not in second.text
    assert "/recall" not in second.text


def test_a_letter_that_is_sent_again_brings_the_same_question(campus, mail):
    intensive(campus, 2)
    mail.on(MONDAY)
    with campus.work.sessions.begin() as session:
        sent = session.scalars(select(Delivery).where(Delivery.status == DeliveryStatus.SENT)).one()
        sent.status = DeliveryStatus.UNKNOWN
        session.flush()
        deliveries.send_again(session, sent.organisation_id, sent.id, campus.work.now())

    (letter,) = campus.deliver()

    assert ASKED[0] in letter.text
    assert len(campus.all(Recall)) == 1


def test_a_question_with_signs_of_html_and_line_ends_stays_one_line_of_text(campus, mail):
    intensive(campus)
    with campus.work.sessions.begin() as session:
        words = {1: Words("<b>Wat</b>\n& wie?", "Dat.")}
        recalls.write(session, session.query(Track).one(), words, campus.work.keyring.named)

    letter = mail.on(MONDAY)

    assert "“<b>Wat</b> & wie?”" in letter.text
    assert "&lt;b&gt;Wat&lt;/b&gt; &amp; wie?" in letter.html


def test_the_page_shows_all_questions_of_its_letter_and_their_answers_folded_away(campus, mail):
    intensive(campus, 3)
    first, second = letters(mail)

    pages = [campus.http.get(behind(letter)).text for letter in (first, second)]

    assert [[words for words in ASKED if words in page] for page in pages] == [
        [ASKED[0], ASKED[1]], [ASKED[2]],
    ]  # fmt: skip
    assert pages[0].count('<details class="bk-more">') == 2
    folded = "".join(re.findall(r"<details.*?</details>", pages[0], re.DOTALL))
    assert ANSWERED[0] in folded
    assert ANSWERED[0] not in re.sub(r"<details.*?</details>", "", pages[0], flags=re.DOTALL)


def test_looking_changes_nothing(campus, mail):
    intensive(campus, 2)
    url = behind(mail.on(MONDAY))
    before = dump(campus.work)

    for _ in range(10):
        assert campus.http.get(url).status_code == 200
        campus.http.head(url)
        campus.http.options(url)

    assert dump(campus.work) == before


def test_the_last_word_counts_and_stays_on_the_page(campus, mail):
    intensive(campus, 3)
    url = behind(mail.on(MONDAY))

    answers = [say(campus, url, said, number=2) for said in ("forgot", "almost")]

    page = campus.http.get(url).text
    assert [answer.status_code for answer in answers] == [303, 303]
    assert sorted(str(row.said) for row in campus.all(Recall)) == ["None", "almost"]
    assert page.count("Bewaard: “Bijna”.") == 1


@pytest.mark.parametrize("data", [{"said": "knew"}, {"said": "best"}, {}])
def test_what_no_button_says_is_not_kept(campus, mail, data):
    intensive(campus, 1)
    url = behind(mail.on(MONDAY))
    asked = re.search(r'name="question" value="([^"]+)"', campus.http.get(url).text).group(1)
    before = dump(campus.work)

    question = {} if data == {"said": "knew"} else {"question": asked}
    answer = campus.http.post(url, data={**data, **question})

    assert answer.status_code == 400
    assert dump(campus.work) == before


def test_a_question_of_another_letter_is_not_answered_here(campus, mail):
    intensive(campus, 2)
    first, second = letters(mail)
    other = re.search(r'name="question" value="([^"]+)"', campus.http.get(behind(second)).text).group(1)

    answer = campus.http.post(behind(first), data={"question": other, "said": "knew"})

    assert answer.status_code == 400
    assert {row.said for row in campus.all(Recall)} == {None}


def test_a_question_that_was_taken_back_is_not_there_any_more(campus, mail):
    intensive(campus, 1)
    url = behind(mail.on(MONDAY))

    intensive(campus)

    page = campus.http.get(url)
    assert page.status_code == 200
    assert "Uw trainer heeft die weggehaald" in page.text
    assert ASKED[0] not in page.text


def test_the_page_closes_with_the_other_questions_of_its_letter(campus, mail):
    intensive(campus, 1)
    url = behind(mail.on(MONDAY))
    campus.go_to(MONDAY + timedelta(days=60))

    assert campus.http.get(url).status_code == 410
    assert ASKED[0] not in campus.http.get(url).text


def facts(campus, mail):
    with campus.work.reading() as session:
        return learner_facts.gather(session, [mail.who.enrolment.id])[0]


def test_a_word_is_a_sign_of_life_and_no_answer_about_the_plan(campus, mail):
    intensive(campus, 2)
    first, _second = letters(mail)
    before, planned = facts(campus, mail), mail.planned()

    say(campus, behind(first), "forgot")

    after = facts(campus, mail)
    assert (before.is_silent, after.is_silent) == (True, False)
    assert (before.answered_at, after.answered_at) == (None, None)
    assert mail.planned() == planned
    assert ("last_call", 1) in planned
    assert campus.all(CheckIn) == []


def test_nothing_of_how_it_went_shows_to_a_trainer(campus, mail):
    intensive(campus, 2)
    url = behind(mail.on(MONDAY))
    trainer = asking(campus, TRAINER)
    before = [trainer(path).text for path in ("", "letters", "dates", "recall")]

    say(campus, url, "forgot")

    assert [trainer(path).text for path in ("", "letters", "dates", "recall")] == before


def test_an_example_brings_the_question_and_leads_nowhere(campus, mail):
    intensive(campus, 3)
    trainer = asking(campus, TRAINER)

    for step in ("rehearse", "check_in", "own_date"):
        trainer("letters/example", step=step)
    found = campus.deliver()

    asked = {letter.subject: [words for words in ASKED if words in letter.text] for letter in found}
    assert sorted(asked.values()) == [[], [ASKED[2]], [ASKED[0]]]
    urls = {url.split("?")[0] for letter in found for url in re.findall(r"https?://[^\s\"<>]+", letter.text)}
    assert urls == {f"{campus.tool}/c/example"}
    assert campus.all(Recall) == []


def test_erasing_a_learner_takes_along_how_it_went_and_leaves_the_questions(campus, mail):
    intensive(campus, 2)
    say(campus, behind(mail.on(MONDAY)), "knew")

    erasing.erase(campus.work, mail.who.person.id, now=campus.work.now())

    assert campus.all(Recall) == []
    assert len(campus.all(RecallQuestion)) == 2


def test_what_somebody_takes_along_holds_their_questions_and_how_it_went(campus, mail):
    intensive(campus, 3)
    say(campus, behind(mail.on(MONDAY)), "almost")

    kept = exported(campus, mail)

    assert [(one.question, one.said) for one in kept.questions] == [
        (ASKED[0], Remembered.ALMOST),
        (ASKED[1], None),
    ]


def exported(campus, mail):
    """What somebody takes along about the training."""
    with campus.work.reading() as session:
        person, work = session.get_one(Person, mail.who.person.id), campus.work
        source = Source(session, person, mail.who.key, work.keyring.named, work.catalogue, "nl")
        (training,) = exports.of_person(source).trainings
        assert privacy.kept(session, person).questions == len(training.questions)
        return training
