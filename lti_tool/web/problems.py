"""What does not fit in a form, as values: the pages say in words what does."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProblemKind(StrEnum):
    """What there is to mend."""

    TOO_LONG = "too_long"
    NO_DATE = "no_date"
    DAY_OUTSIDE = "day_outside"
    DAY_NOT_OFFERED = "day_not_offered"
    NOT_AN_OPTION = "not_an_option"
    NOTHING_CHOSEN = "nothing_chosen"
    NO_ITEM = "no_item"
    ENDS_TOO_EARLY = "ends_too_early"
    NO_NAME = "no_name"
    NO_GROUP_NAME = "no_group_name"
    NO_TRAINING_NAME = "no_training_name"
    NO_ADDRESS = "no_address"
    ADDRESS_ELSEWHERE = "address_elsewhere"
    ASKED_BEFORE = "asked_before"
    TOO_MANY = "too_many"
    NO_CHANNEL_NAME = "no_channel_name"
    NO_CHANNEL = "no_channel"
    CHANNEL_HERE = "channel_here"
    TOO_MANY_CHANNELS = "too_many_channels"
    TOO_MANY_ADDRESSES = "too_many_addresses"
    TOO_MANY_LEAVES = "too_many_leaves"
    CLOSES_TOO_EARLY = "closes_too_early"
    ENDS_AFTER_CLOSING = "ends_after_closing"
    NO_DATE_IN_LINE = "no_date_in_line"
    NOT_IN_BETWEEN = "not_in_between"
    SAME_DAY_TWICE = "same_day_twice"
    TOO_MANY_DAYS = "too_many_days"
    ONE_DAY_ONLY = "one_day_only"
    NO_SESSIONS = "no_sessions"
    TEXT_TOO_LONG = "text_too_long"
    NO_QUESTION = "no_question"
    NO_ANSWER = "no_answer"
    NO_NOTE = "no_note"
    DAY_FULL = "day_full"
    LOOKS_AS_LEARNER = "looks_as_learner"
    NO_OWN_QUESTION = "no_own_question"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    OPTIONS_DIFFER = "options_differ"
    SAME_OPTION_TWICE = "same_option_twice"
    OPTION_TOO_LONG = "option_too_long"


@dataclass(frozen=True)
class Problem:
    """Why an answer does not fit; the pages say in words what does.

    over, limit: characters, or days. first, last: the first and the last day that fit.
    example: a day that fits, to show how to write one. line: of several, counted from 1.
    day: the one that it is about.
    """

    kind: ProblemKind
    over: int = 0
    limit: int = 0
    first: date | None = None
    last: date | None = None
    example: date | None = None
    line: int = 0
    day: date | None = None
