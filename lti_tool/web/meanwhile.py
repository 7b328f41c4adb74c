"""Two trainers who change the same at once: what a form was filled in from goes along with it.

No form takes the place of what somebody else changed before its sender has seen that. It is a fingerprint of
what was shown, and no number that each change raises: so a new form needs nothing but its own state, and who
changed something and changed it back is not asked about.
"""

from hashlib import sha256

from flask import request

FIELD = "filled_from"


def mark(*state: object) -> str:
    """A fingerprint of what a form shows. state: values whose text tells all that somebody can change."""
    return sha256("\x1f".join(map(str, state)).encode()).hexdigest()[:32]


def is_other(now: str) -> bool:
    """Whether the form that came in was filled in from something else than there is now. now: its mark."""
    sent = request.form.get(FIELD)
    return sent is not None and sent != now


def carried(now: str, *, is_told: bool = False) -> str:
    """The mark that goes along with a form. A form that comes back keeps the one that it came with.

    is_told: its page shows how things are now.
    """
    return now if is_told else request.form.get(FIELD, now)
