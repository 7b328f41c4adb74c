"""Letters of one learner's two weeks, of contacts, and with one link, in both languages."""

import re
from datetime import UTC, date, datetime
from typing import Any

from lti_tool.domain.cadences import StepId
from lti_tool.domain.paces import Pace
from lti_tool.mail.contact_letters import ContactLetter
from lti_tool.mail.letters import NudgeLetter, Writable
from lti_tool.mail.link_letters import LinkLetter
from lti_tool.services import catalogue

ENDED_ON, MADE_ON, OWN_ON = date(2025, 6, 3), date(2025, 6, 3), date(2025, 6, 10)
FIRST_ON, HARVEST_ON, YIELD_ON = date(2025, 5, 20), date(2025, 6, 16), date(2025, 7, 3)
COURSE = "https://leren.example.nl/course/view.php?id=12&lang=nl"
REHEARSE_ON, AGAIN_ON, CHECK_IN_ON = date(2025, 6, 4), date(2025, 6, 12), date(2025, 6, 13)
LAST_ON = date(2025, 6, 17)

OWN_WORDS = {
    "nl": {
        "training": "Doorvragen aan de balie",
        "when_words": "een inwoner belt",
        "then_words": "vraag ik eerst door",
        "cue": "doorvragen",
    },
    "en": {
        "training": "Listening at the counter",
        "when_words": "a resident calls",
        "then_words": "ask one more question first",
        "cue": "ask one more question",
    },
}
NO_PLAN = {"when_words": None, "then_words": None, "cue": None, "plan_made_on": None, "own_on": None}
BEFORE_THE_END = {**NO_PLAN, "answer_url": None, "course_url": COURSE, "first_on": FIRST_ON}
IF_ANSWERED = {"after_an_answer": YIELD_ON}
CHECK_IN = {**IF_ANSWERED, "today": CHECK_IN_ON, "coming": ((LAST_ON, "last_call"),)}
ANSWER = "https://beklijf.example/c/q7Hd2mXw"
LOOK_BACK = f"{ANSWER}/look-back"
AND_HARVEST = {"course_url": COURSE, "also": StepId.HARVEST, "look_back_url": LOOK_BACK}
OWN_PACE = {"pace": Pace.OWN, "ended_on": None}
AT_WORK = {"pace": Pace.AT_WORK}
LETTERS: dict[str, dict[str, Any]] = {
    "prepare": {
        **BEFORE_THE_END,
        "today": date(2025, 5, 6),
        "coming": ((date(2025, 5, 13), "prepare_again"), (date(2025, 5, 22), "between")),
    },
    "prepare_again": {
        **BEFORE_THE_END,
        "today": date(2025, 5, 13),
        "coming": ((date(2025, 5, 22), "between"),),
    },
    "between": {
        **BEFORE_THE_END,
        "today": date(2025, 5, 22),
        "meeting_on": FIRST_ON,
        "meeting_number": 1,
        "next_meeting_on": ENDED_ON,
        "coming": ((REHEARSE_ON, "plan"), (LAST_ON, "last_call")),
    },
    "plan": {
        **NO_PLAN,
        "today": REHEARSE_ON,
        "answer_url": None,
        "course_url": COURSE,
        "coming": ((LAST_ON, "last_call"),),
    },
    "prepare_of_own_pace": {**BEFORE_THE_END, **OWN_PACE, "today": date(2025, 5, 6)},
    "prepare_of_own_pace_that_is_open": {**BEFORE_THE_END, **OWN_PACE, "today": date(2025, 5, 22)},
    "prepare_again_of_own_pace": {**BEFORE_THE_END, **OWN_PACE, "today": date(2025, 5, 13)},
    "plan_of_own_pace": {
        **NO_PLAN,
        **OWN_PACE,
        "today": REHEARSE_ON,
        "answer_url": None,
        "course_url": COURSE,
        "coming": ((LAST_ON, "last_call"),),
    },
    "harvest_of_own_pace": {
        **NO_PLAN,
        **OWN_PACE,
        "today": HARVEST_ON,
        "answer_url": LOOK_BACK,
        "course_url": COURSE,
        **IF_ANSWERED,
        "coming": ((LAST_ON, "last_call"),),
    },
    "yield_of_own_pace": {
        **NO_PLAN,
        **OWN_PACE,
        "today": YIELD_ON,
        "course_url": COURSE,
        "is_last": True,
    },
    "prepare_of_work": {**BEFORE_THE_END, **AT_WORK, "today": date(2025, 5, 6)},
    "prepare_again_of_work": {**BEFORE_THE_END, **AT_WORK, "today": date(2025, 5, 13)},
    "plan_of_work": {
        **NO_PLAN,
        **AT_WORK,
        "today": REHEARSE_ON,
        "answer_url": None,
        "course_url": COURSE,
        "coming": ((LAST_ON, "last_call"),),
    },
    "harvest_of_work": {
        **NO_PLAN,
        **AT_WORK,
        "today": HARVEST_ON,
        "answer_url": LOOK_BACK,
        "course_url": COURSE,
        **IF_ANSWERED,
        "coming": ((LAST_ON, "last_call"),),
    },
    "last_call_of_work": {**NO_PLAN, **AT_WORK, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "yield_of_work": {**NO_PLAN, **AT_WORK, "today": YIELD_ON, "course_url": COURSE, "is_last": True},
    "rehearse": {
        "today": REHEARSE_ON,
        "coming": ((OWN_ON, "own_date"), (CHECK_IN_ON, "check_in"), (LAST_ON, "last_call")),
    },
    "rehearse_and_question": {
        "today": REHEARSE_ON,
        "coming": ((OWN_ON, "own_date"), (CHECK_IN_ON, "check_in"), (LAST_ON, "last_call")),
    },
    "own_date": {
        **IF_ANSWERED,
        "today": OWN_ON,
        "coming": ((CHECK_IN_ON, "check_in"), (LAST_ON, "last_call")),
    },
    "own_date_after_another": {
        **IF_ANSWERED,
        "today": AGAIN_ON,
        "own_on": AGAIN_ON,
        "is_new_day": True,
        "coming": ((LAST_ON, "last_call"),),
    },
    "check_in": CHECK_IN,
    "check_in_after_silence": {**CHECK_IN, "is_silent": True},
    "check_in_of_comparison": {**CHECK_IN, "is_compared": True},
    "check_in_and_harvest_and_question": {
        **AND_HARVEST,
        **IF_ANSWERED,
        "today": LAST_ON,
        "is_last": True,
    },
    "check_in_and_harvest": {**AND_HARVEST, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "harvest": {
        "today": HARVEST_ON,
        "answer_url": LOOK_BACK,
        "course_url": COURSE,
        **IF_ANSWERED,
        "coming": ((LAST_ON, "last_call"),),
    },
    "harvest_after_use": {
        "today": HARVEST_ON,
        "answer_url": LOOK_BACK,
        "course_url": COURSE,
        "has_used_it": True,
        "coming": ((YIELD_ON, "yield"),),
    },
    "harvest_and_answer": {
        "today": HARVEST_ON,
        "answer_url": LOOK_BACK,
        "course_url": COURSE,
        "reply_waits": True,
    },
    "last_call": {**IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "last_call_and_harvest": {**AND_HARVEST, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "last_call_without_plan": {**NO_PLAN, **IF_ANSWERED, "today": LAST_ON, "is_last": True},
    "yield": {"today": YIELD_ON, "course_url": COURSE, "is_last": True},
    "yield_without_plan": {**NO_PLAN, "today": YIELD_ON, "course_url": COURSE, "is_last": True},
}


RECALL = {
    "nl": "Wat vraagt u als eerste, voordat u iets uitlegt?",
    "en": "What do you ask first, before you explain anything?",
}
OF_ONE = {"is_leader": True}
CONTACT_LETTERS: dict[str, dict[str, Any]] = {
    "invitation": {},
    "invitation_of_one": OF_ONE,
    "invitation_of_one_by_name": {**OF_ONE, "told_by": "Samira Bakkali"},
    "talk_of_one": {**OF_ONE, "first_on": FIRST_ON, "next_on": date(2025, 6, 11)},
    "talk_of_own_pace": {**OF_ONE, "first_on": FIRST_ON, "pace": Pace.OWN, "next_on": date(2025, 6, 11)},
    "talk_of_work": {**OF_ONE, **AT_WORK, "first_on": FIRST_ON, "next_on": date(2025, 6, 11)},
    "invitation_of_work": AT_WORK,
    "opened_of_work": {**AT_WORK, "until_on": LAST_ON, "next_on": date(2025, 6, 11)},
    "leader_of_work": {**OF_ONE, **AT_WORK},
    "closed_of_work": {**AT_WORK, "next_on": date(2025, 8, 4)},
    "value_check_of_work": AT_WORK,
    "opened": {"until_on": LAST_ON, "next_on": date(2025, 6, 11)},
    "leader": {"next_on": date(2025, 6, 23)},
    "leader_of_one": OF_ONE,
    "leader_and_more": {"next_on": date(2025, 6, 23), "others": 2, "has_more_people": True},
    "leader_and_more_of_work": {**AT_WORK, "others": 1, "has_more_people": True},
    "talk_and_more": {**OF_ONE, "first_on": FIRST_ON, "has_more_people": True},
    "closed": {"next_on": date(2025, 8, 4)},
    "value_check": {},
    "buddy_invitation": {},
    "buddy_invitation_of_one_by_name": {"told_by": "Samira Bakkali"},
    "buddy": {},
    "buddy_of_one_by_name": {"told_by": "Samira Bakkali"},
}


PREFERENCES, CONFIRM = "https://beklijf.example/m/v3KpR9", "https://beklijf.example/k/Lm4rB9"
ARCHIVE = "https://beklijf.example/a/Vb7nXk"
LINK_LETTERS: dict[str, dict[str, Any]] = {
    "download": {
        "to": "samira@waterhoek.example",
        "url": "https://beklijf.example/a/Qx3wT7",
        "other_url": PREFERENCES,
        "unsubscribe_url": PREFERENCES,
    },
    # To an address that nobody has confirmed: it names nobody and no training.
    "own_address": {
        "to": "samira@thuis.example",
        "url": CONFIRM,
        "other_url": f"{CONFIRM}?answer=no",
        "unsubscribe_url": CONFIRM,
    },
    "archive": {
        "to": "samira@thuis.example",
        "url": ARCHIVE,
        "other_url": f"{ARCHIVE}/stop",
        "unsubscribe_url": PREFERENCES,
        "until": date(2025, 9, 2),
        "again_url": f"{PREFERENCES}/archive",
    },
    "sign_in": {
        "to": "esther@waterhoek.example",
        "url": "https://beklijf.example/o/sign-in/Hd81Wc",
        "other_url": "https://beklijf.example/o/sign-in",
        # Nobody gets it who did not ask; a press of a mail program would sign somebody in.
        "unsubscribe_url": None,
    },
}


def step_of(name: str) -> str:
    """The step of a letter; what comes after it in its name is the situation."""
    return re.sub(r"_(without|and|after|of)_.*", "", name)


def letter_about(name: str, locale: str = "nl", **changes: Any) -> Writable:
    """One of the letters about a training that ended on Tuesday 3 June 2025, to a learner or a contact."""
    if name in LINK_LETTERS:
        return _link_letter(name, locale, changes)
    if name in CONTACT_LETTERS:
        return _contact_letter(name, locale, changes)
    given = {
        "step": StepId(step_of(name)),
        "minutes": catalogue.load().minutes(StepId(step_of(name))),
        "locale": locale,
        "to": "samira@waterhoek.example",
        **OWN_WORDS[locale],
        "plan_made_on": MADE_ON,
        "own_on": OWN_ON,
        "ended_on": ENDED_ON,
        "answer_url": ANSWER,
        "preferences_url": "https://beklijf.example/m/v3KpR9",
        "unsubscribe_url": "https://beklijf.example/m/v3KpR9",
        "mail_from": "post@beklijf.example",
        "message_id": "<5f0c@beklijf.example>",
        "sent_at": datetime(2025, 6, 4, 7, 30, tzinfo=UTC),
    }
    if name.endswith("_and_question"):
        given |= {"recall": RECALL[locale], "recall_url": "https://beklijf.example/c/q7Hd2mXw/recall"}
    return NudgeLetter(**{**given, **LETTERS[name], **changes})


def _contact_letter(name: str, locale: str, changes: dict[str, Any]) -> ContactLetter:
    given = {
        "step": step_of(name),
        "locale": locale,
        "to": "ingrid@waterhoek.example",
        "training": OWN_WORDS[locale]["training"],
        "url": "https://beklijf.example/o/Zt81bQ",
        "stop_url": "https://beklijf.example/o/Zt81bQ/stop",
        "unsubscribe_url": "https://beklijf.example/o/Zt81bQ/stop",
        "mail_from": "post@beklijf.example",
        "message_id": "<5f0c@beklijf.example>",
        "sent_at": datetime(2025, 6, 4, 7, 30, tzinfo=UTC),
    }
    return ContactLetter(**{**given, **CONTACT_LETTERS[name], **changes})


def _link_letter(name: str, locale: str, changes: dict[str, Any]) -> LinkLetter:
    given = {
        "step": name,
        "locale": locale,
        "organisation": "Gemeente Waterhoek",
        "mail_from": "post@beklijf.example",
        "message_id": "<5f0c@beklijf.example>",
        "sent_at": datetime(2025, 6, 4, 7, 30, tzinfo=UTC),
    }
    return LinkLetter(**{**given, **LINK_LETTERS[name], **changes})
