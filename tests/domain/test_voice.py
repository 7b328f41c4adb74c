"""The countable rules of the voice: each catches what it should, and lets pass what is fine."""

import pytest

from lti_tool.domain import voice
from lti_tool.domain.voice import Kind, Rule

CAUGHT = [
    (
        Rule.SENTENCE,
        Kind.TEXT,
        "nl",
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien",
    ),
    (Rule.SENTENCE, Kind.TEXT, "en", "a b c d e f g h i j k l m n o p q r s"),
    (Rule.AVERAGE, Kind.TEXT, "nl", "U kiest hier zelf een dag die u het beste past. " * 3),
    (Rule.AVERAGE, Kind.TEXT, "en", "You choose a day here that fits best with all of the work you do. " * 3),
    (
        Rule.WORDS,
        Kind.QUESTION,
        "nl",
        "Wat wilt u straks na deze lange training in uw eigen werk anders doen?",
    ),
    (
        Rule.WORDS,
        Kind.QUESTION,
        "en",
        "What would you like to do in another way at work after this rather long training?",
    ),
    (Rule.WORDS, Kind.BUTTON, "nl", "Bewaar nu uw eigen plan"),
    (Rule.WORDS, Kind.MAIL_BODY, "nl", "Kies een dag. " * 21),
    (Rule.SENTENCES, Kind.HELP, "nl", "Kies een dag. Kies een klus. Kies een collega."),
    (Rule.SENTENCES, Kind.ERROR, "en", "It is late. It is dark. It is cold. It is winter."),
    (Rule.CHARACTERS, Kind.SUBJECT, "nl", "Vandaag: het gesprek met de bewoners van de wijk beginnen"),
    (Rule.QUESTION_MARK, Kind.QUESTION, "nl", "Vertel wat u wilt leren."),
    (Rule.QUESTION_MARK, Kind.QUESTION, "en", "What happened? And what then?"),
    (Rule.COMMAS, Kind.TEXT, "nl", "Kies een dag, als dat kan, en schrijf hem op."),
    (Rule.BRACKETS, Kind.TEXT, "en", "Choose a day (any day)."),
    (Rule.EITHER_OR, Kind.TEXT, "nl", "Bel en/of mail."),
    (Rule.EITHER_OR, Kind.TEXT, "en", "Call and/or mail."),
    (Rule.PASSIVE, Kind.TEXT, "nl", "Uw plan wordt door niemand gelezen."),
    (Rule.PASSIVE, Kind.TEXT, "nl", "De dag is gekozen door de trainer."),
    (Rule.PASSIVE, Kind.TEXT, "en", "Your plan is read by nobody."),
    (Rule.PASSIVE, Kind.TEXT, "en", "The day was recently chosen by the trainer."),
    (Rule.NOUN_OF_VERB, Kind.TEXT, "nl", "Begin met het invullen van uw plan."),
    (Rule.NOUN_OF_VERB, Kind.TEXT, "nl", "Het gaat om de toepassing van de stof."),
    (Rule.NOUN_OF_VERB, Kind.TEXT, "en", "Start with the completion of your plan."),
    (Rule.HELPER_VERBS, Kind.TEXT, "nl", "U kunt kiezen wat u wilt doen."),
    (Rule.HELPER_VERBS, Kind.TEXT, "en", "You can choose what you will do."),
    (Rule.NEGATIONS, Kind.TEXT, "nl", "Niemand leest het niet."),
    (Rule.NEGATIONS, Kind.TEXT, "en", "Nobody does not read it."),
    (Rule.LONG_WORD, Kind.TEXT, "nl", "Kies een samenwerkingspartner."),
    (Rule.ABBREVIATION, Kind.TEXT, "nl", "Kies bijv. een dag."),
    (Rule.ABBREVIATION, Kind.TEXT, "nl", "Kies een dag m.b.t. uw plan."),
    (Rule.ABBREVIATION, Kind.TEXT, "en", "Choose a day, e.g. Monday."),
    (Rule.CONTRACTION, Kind.TEXT, "en", "You don’t have to."),
    (Rule.CONTRACTION, Kind.TEXT, "en", "That's fine."),
    (Rule.SHOUTING, Kind.TEXT, "nl", "Bewaard!"),
    (Rule.SHOUTING, Kind.TEXT, "en", "Saved 🎉"),
    (Rule.SHOUTING, Kind.TEXT, "nl", "Dit is NIET nodig."),
    (Rule.PERCENTAGE, Kind.TEXT, "en", "56% of your staff made a plan."),
    (Rule.PERCENTAGE, Kind.TEXT, "nl", "U vergeet 50 procent."),
    (Rule.WORD, Kind.TEXT, "nl", "Wij moeten u iets vragen."),
    (Rule.WORD, Kind.TEXT, "nl", "Helaas is dat niet gelukt."),
    (Rule.WORD, Kind.TEXT, "nl", "Indien u wilt, kiest u een dag."),
    (Rule.WORD, Kind.TEXT, "nl", "De stakeholders weten het."),
    (Rule.WORD, Kind.TEXT, "nl", "Kies je dag."),
    (Rule.WORD, Kind.QUESTION, "nl", "Waarom wilt u dit leren?"),
    (Rule.WORD, Kind.QUESTION, "en", "Why do you want to learn this?"),
    (Rule.WORD, Kind.TEXT, "en", "We will facilitate this."),
    (Rule.WORD, Kind.TEXT, "en", "You must choose a day."),
    (Rule.WORD, Kind.TEXT, "en", "In order to start, choose a day."),
]

# The sentences that the voice itself gives as examples, and words that only look like a forbidden one.
FINE = [
    (Kind.QUESTION, "nl", "Wat wilt u straks anders doen in uw werk?"),
    (Kind.QUESTION, "en", "What do you want to do differently at work?"),
    (Kind.BUTTON, "nl", "Aan buddy laten zien"),
    (Kind.SUBJECT, "nl", "Vandaag: het gesprek beginnen"),
    (
        Kind.ERROR,
        "nl",
        "Bewaren lukt nu niet. Uw tekst staat nog op dit scherm. Probeer het over een minuut opnieuw.",
    ),
    (Kind.TEXT, "nl", "Hierna nog: vrijdag 13 juni, dinsdag 17 juni en één mail in juli."),
    (Kind.TEXT, "en", "Still to come: Friday 13 June, Tuesday 17 June and one mail in July."),
    (Kind.TEXT, "nl", "Denk aan tijd, regels, spullen of een afspraak."),
    (Kind.TEXT, "nl", "Als een inwoner belt, vraag ik eerst door."),
    (Kind.TEXT, "nl", "Het plan is klaar en gaat door tot juni."),
    (Kind.TEXT, "en", "This is a plan to stand by."),
    (Kind.TEXT, "nl", "De afdeling van uw collega doet mee aan de training van vandaag."),
    (Kind.TEXT, "en", "Choose the moment of the day."),
    (Kind.TEXT, "nl", "Vraag het uw leidinggevende."),
    (Kind.TEXT, "nl", "U krijgt de mail om 9.30 uur."),
    (Kind.TEXT, "en", "The window closes on 3 May and you can stop."),
    (Kind.TEXT, "nl", "Schrijf op wie u ontmoet in het lesgebouw."),
    (Kind.TEXT, "en", "Open the LMS, then your gradebook."),
    (Kind.TEXT, "nl", "Hallo %(name)s, u hebt {days} dagen."),
    (Kind.EXAMPLES, "nl", "‘Als wij overleggen, dan vraag ik door.’"),
    (Kind.OPTION, "en", "We have no time"),
    (Kind.TEXT, "nl", "Toch is dat zo."),
    (Kind.TEXT, "en", "Anyone may read it. Nobody does."),
]


@pytest.mark.parametrize(("rule", "kind", "locale", "text"), CAUGHT)
def test_a_rule_catches(rule, kind, locale, text):
    found = {finding.rule for finding in voice.findings(text, kind, locale)}

    assert rule in found


@pytest.mark.parametrize(("kind", "locale", "text"), FINE)
def test_what_is_fine_passes(kind, locale, text):
    assert voice.findings(text, kind, locale) == []


def test_a_limit_may_be_reached_but_not_passed():
    twelve = "Wat doet u op die dag nu anders dan u eerst deed?"

    assert voice.findings(twelve, Kind.QUESTION, "nl") == []
    assert [found.rule for found in voice.findings(f"En {twelve}", Kind.QUESTION, "nl")] == [Rule.WORDS]


def test_a_finding_says_what_to_write_instead():
    (found,) = voice.findings("Kies tevens een dag.", Kind.TEXT, "nl")

    assert found.what == "word to avoid: tevens; write: ook"


def test_a_list_has_ten_options_at_most():
    assert voice.option_findings(["iets"] * 10) == []
    assert [found.rule for found in voice.option_findings(["iets"] * 11)] == [Rule.OPTIONS]


def test_texts_of_unknown_kind_are_only_weighed_by_their_words():
    long = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"

    assert voice.word_findings(long, Kind.TEXT, "nl") == []
    assert [found.rule for found in voice.word_findings("Helaas!", Kind.TEXT, "nl")] == [
        Rule.SHOUTING,
        Rule.WORD,
    ]
