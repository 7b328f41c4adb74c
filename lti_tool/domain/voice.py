"""How Beklijf speaks, as far as it can be counted (the voice's sections 1 and 2).

A rule that finds nothing proves little: who reads aloud decides. A text may break a rule on purpose,
with its reason beside it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.domain import wordlists

MAX_OPTIONS = 10


class Kind(StrEnum):
    """What a text is for; it decides how long the text may be."""

    TEXT = "text"  # anything that is read as sentences
    QUESTION = "question"
    HELP = "help"
    EXAMPLES = "examples"  # what someone might write, in quotation marks
    OPTION = "option"  # an answer to choose, in the learner's words
    TITLE = "title"
    BUTTON = "button"
    SUBJECT = "subject"
    MAIL_BODY = "mail_body"  # without own words and footer
    ERROR = "error"
    EMPTY_STATE = "empty_state"
    CARD = "card"  # for a leader


class Rule(StrEnum):
    """The names by which an excess points at a rule."""

    SENTENCE = "sentence"
    AVERAGE = "average"
    WORDS = "words"
    SENTENCES = "sentences"
    CHARACTERS = "characters"
    QUESTION_MARK = "question_mark"
    OPTIONS = "options"
    COMMAS = "commas"
    BRACKETS = "brackets"
    EITHER_OR = "either_or"
    PASSIVE = "passive"
    NOUN_OF_VERB = "noun_of_verb"
    HELPER_VERBS = "helper_verbs"
    NEGATIONS = "negations"
    LONG_WORD = "long_word"
    ABBREVIATION = "abbreviation"
    CONTRACTION = "contraction"
    SHOUTING = "shouting"
    PERCENTAGE = "percentage"
    WORD = "word"


@dataclass(frozen=True)
class Finding:
    """One thing that a rule has against a text."""

    rule: Rule
    what: str


LONGEST_SENTENCE = {"nl": 15, "en": 18}
HIGHEST_AVERAGE = {"nl": 10, "en": 12}
MOST_WORDS = {
    Kind.QUESTION: {"nl": 12, "en": 14},
    Kind.HELP: {"nl": 25, "en": 28},
    Kind.BUTTON: {"nl": 4, "en": 4},
    Kind.MAIL_BODY: {"nl": 60, "en": 65},
    Kind.CARD: {"nl": 60, "en": 60},
}
MOST_SENTENCES = {Kind.HELP: 2, Kind.ERROR: 3, Kind.EMPTY_STATE: 2}
MOST_CHARACTERS = {Kind.SUBJECT: 45}

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]*>")
SENTENCE_END = re.compile(r"(?<=[.?!…])[\"’”')\]]*\s+|\n+")
WORD = re.compile(r"[^\W_]+(?:[-'’.:,][^\W_]+)*")
LETTERS = re.compile(r"[^\W\d_]+")
LISTED = re.compile(r"(?:[\w’'-]+, )+(?:[\w’'-]+ ){1,2}(?:of|en|or|and)\b")
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
DOTTED = re.compile(
    r"\b(?:[a-z]\.){2,}|\b(?:bijv|bv|evt|enz|etc|incl|excl|resp|max|min|nl|ca|approx|vs)\.", re.IGNORECASE
)
PERCENTAGE = re.compile(r"\d\s?(?:%|procent\b|per ?cent\b)", re.IGNORECASE)
PASSIVE = {
    "nl": re.compile(
        r"\b(?:wordt|worden|werd|werden|is|zijn|was|waren)\b[^.?!,;:]*?(?<!\bga )(?<!\bgaat )(?<!\bgaan )"
        r"\bdoor\s+\w+",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\b(?:\s+\w+){0,2}?\s+"
        r"(?:\w+ed|done|made|sent|read|seen|written|given|kept|chosen|shown|taken|found|held|set|told|known)"
        r"\s+by\b",
        re.IGNORECASE,
    ),
}
NOUN_OF_VERB = {
    "nl": re.compile(r"\b(?:het (\w{2,}en)|(\w{3,}ing)) van\b", re.IGNORECASE),
    "en": re.compile(r"\bthe (\w{3,}(?:tion|sion|ment|ance|ence)) of\b", re.IGNORECASE),
}
HELPER_VERBS = {
    "nl": re.compile(
        r"\b(?:kan|kunt|kunnen|wil|wilt|willen|mag|mogen|zal|zult|zullen|hoeft|hoeven)\b", re.IGNORECASE
    ),
    "en": re.compile(r"(?<!\d )\b(?:can|could|may|might|will|would|shall|should)\b", re.IGNORECASE),
}
NEGATIONS = {
    "nl": re.compile(r"\b(?:niet|geen|nooit|niets|niemand|nergens|zonder)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:not|no|never|nothing|nobody|nowhere|cannot|without)\b", re.IGNORECASE),
}
CONTRACTION = re.compile(
    r"\b\w+n['’]t\b|\b(?:it|that|you|we|they|i|there|let)['’](?:s|re|ve|ll|m|d)\b", re.IGNORECASE
)


def findings(text: str, kind: Kind, locale: str) -> list[Finding]:
    """Everything the rules have against a text of that kind."""
    plain = PLACEHOLDER.sub("X", text)
    return [
        *_sentence_length(plain, locale),
        *_size(plain, kind, locale),
        *_question_mark(plain, kind),
        *_punctuation(plain),
        *_verbs(plain, locale),
        *_spelling(plain, locale),
        *_shouting(plain),
        *_words_to_avoid(plain, kind, locale),
    ]


def word_findings(text: str, kind: Kind, locale: str) -> list[Finding]:
    """What the word lists have against a text, and exclamation marks: for texts whose kind is not known."""
    plain = PLACEHOLDER.sub("X", text)
    return [*_shouting(plain), *_words_to_avoid(plain, kind, locale)]


def option_findings(labels: Iterable[str]) -> list[Finding]:
    """What there is against a list of options as a whole."""
    number = len(list(labels))
    return [Finding(Rule.OPTIONS, f"{number} options, {MAX_OPTIONS} at most")] if number > MAX_OPTIONS else []


def sentences(text: str) -> list[str]:
    """The sentences of a text; 9.30 and "9:30" end none."""
    return [sentence for sentence in SENTENCE_END.split(text) if WORD.search(sentence)]


def words(text: str) -> list[str]:
    """The words of a text; "als-dan-plan" is one."""
    return WORD.findall(text)


def _sentence_length(text: str, locale: str) -> Iterator[Finding]:
    lengths = [len(words(sentence)) for sentence in sentences(text)]
    longest = LONGEST_SENTENCE[locale]
    yield from (
        Finding(Rule.SENTENCE, f"sentence of {n} words, {longest} at most") for n in lengths if n > longest
    )
    # Two sentences of a help text may fill their own limit; an average says something from three.
    if len(lengths) > 2 and (mean := sum(lengths) / len(lengths)) > (most := HIGHEST_AVERAGE[locale]):
        yield Finding(Rule.AVERAGE, f"{mean:.1f} words in a sentence on average, {most} at most")


def _size(text: str, kind: Kind, locale: str) -> Iterator[Finding]:
    if (number := len(words(text))) > (most := MOST_WORDS.get(kind, {}).get(locale, number)):
        yield Finding(Rule.WORDS, f"{number} words, {most} at most")
    if (number := len(sentences(text))) > (most := MOST_SENTENCES.get(kind, number)):
        yield Finding(Rule.SENTENCES, f"{number} sentences, {most} at most")
    if (number := len(text)) > (most := MOST_CHARACTERS.get(kind, number)):
        yield Finding(Rule.CHARACTERS, f"{number} characters, {most} at most")


def _question_mark(text: str, kind: Kind) -> Iterator[Finding]:
    if kind is Kind.QUESTION and (text.count("?") != 1 or not text.endswith("?")):
        yield Finding(Rule.QUESTION_MARK, "a question has one question mark, at its end")


def _punctuation(text: str) -> Iterator[Finding]:
    for sentence in sentences(text):
        commas = LISTED.sub("", sentence)
        if len(re.findall(r",(?=\s(?!\d))", commas)) > 1:
            yield Finding(Rule.COMMAS, f"more than one comma for a clause: {sentence}")
    if re.search(r"[()\[\]]", text):
        yield Finding(Rule.BRACKETS, "brackets")
    if found := re.search(r"\b(?:en/of|and/or)\b", text, re.IGNORECASE):
        yield Finding(Rule.EITHER_OR, found.group())


def _verbs(text: str, locale: str) -> Iterator[Finding]:
    if found := PASSIVE[locale].search(text):
        yield Finding(Rule.PASSIVE, f"passive: {found.group()}")
    for found in NOUN_OF_VERB[locale].finditer(text):
        if not {word.lower() for word in found.groups() if word} & NO_VERB_IN_IT:
            yield Finding(Rule.NOUN_OF_VERB, f"noun made of a verb: {found.group()}")
    for sentence in sentences(text):
        if len(HELPER_VERBS[locale].findall(sentence)) > 1:
            yield Finding(Rule.HELPER_VERBS, f"more than one helper verb: {sentence}")
        if len(NEGATIONS[locale].findall(sentence)) > 1:
            yield Finding(Rule.NEGATIONS, f"more than one negation: {sentence}")


def _spelling(text: str, locale: str) -> Iterator[Finding]:
    long = [word for word in LETTERS.findall(text) if len(word) > 12]
    if locale == "nl":
        for word in sorted({word.lower() for word in long} - wordlists.LONG_WORDS_THAT_STAY):
            yield Finding(Rule.LONG_WORD, f"{word} has {len(word)} letters, 12 at most")
    if found := DOTTED.search(text):
        yield Finding(Rule.ABBREVIATION, f"abbreviation: {found.group()}")
    if locale == "en" and (found := CONTRACTION.search(text)):
        yield Finding(Rule.CONTRACTION, f"written in full: {found.group()}")
    if found := PERCENTAGE.search(text):
        yield Finding(Rule.PERCENTAGE, f"a share of people or of learning: {found.group()}")


def _shouting(text: str) -> Iterator[Finding]:
    if "!" in text or EMOJI.search(text):
        yield Finding(Rule.SHOUTING, "exclamation mark or emoji")
    capitals = {word for word in LETTERS.findall(text) if len(word) > 1 and word.isupper()}
    for word in sorted(capitals - wordlists.CAPITALS_THAT_STAY):
        yield Finding(Rule.SHOUTING, f"capitals: {word}")


def _words_to_avoid(text: str, kind: Kind, locale: str) -> Iterator[Finding]:
    for avoided, instead in AVOIDED[locale].items():
        if found := avoided.search(text):
            advice = f"; write: {instead}" if instead else ""
            yield Finding(Rule.WORD, f"word to avoid: {found.group()}{advice}")
    if kind is Kind.QUESTION and (found := LEADING[locale].search(text)):
        yield Finding(Rule.WORD, f"leads the answer: {found.group()}")
    if kind not in (Kind.EXAMPLES, Kind.OPTION) and (found := SENDER[locale].search(text)):
        yield Finding(Rule.WORD, f"who is meant by {found.group()!r}? The tool is called Beklijf")


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(phrase.strip()).replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(rf"\b(?:{any_of})\b", re.IGNORECASE)


def _avoided(locale: str) -> dict[re.Pattern[str], str]:
    plain = (line.split(": ", 1) for line in wordlists.PLAIN[locale].strip().splitlines())
    tone = (phrase for phrase in wordlists.TONE[locale].split(","))
    return {_pattern([phrase]): instead for phrase, instead in plain} | {_pattern(tone): ""}


AVOIDED = {locale: _avoided(locale) for locale in ("nl", "en")}
LEADING = {locale: _pattern(phrases.split(",")) for locale, phrases in wordlists.LEADING.items()}
SENDER = {locale: _pattern(phrases.split(",")) for locale, phrases in wordlists.SENDER.items()}
NO_VERB_IN_IT = frozenset(wordlists.NO_VERB_IN_IT.split())
