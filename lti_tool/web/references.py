"""The short reference that a page shows and the log holds."""

import logging
import secrets
import traceback

from flask import g, request

log = logging.getLogger("beklijf")

# Without letters and digits that look alike when somebody reads them out.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def reference() -> str:
    """The reference of this request, like BK-7Q2M-94XA."""
    if "reference" not in g:
        code = "".join(secrets.choice(ALPHABET) for _ in range(8))
        g.reference = f"BK-{code[:4]}-{code[4:]}"
    return str(g.reference)


def note(event: str, **facts: object) -> None:
    """One line in the log, with the reference. Never give it names, words, subs or tokens."""
    told = " ".join(f"{name}={_plain(value)}" for name, value in facts.items() if value is not None)
    log.info("%s %s ref=%s", event, told, reference())


def note_crash(error: BaseException) -> None:
    """Where something unexpected happened: type and lines, never the message, which may quote people."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    log.error(
        "crash type=%s endpoint=%s ref=%s\n%s", type(error).__qualname__, request.endpoint, reference(), lines
    )


def _plain(value: object) -> str:
    return "".join(c if c.isprintable() and not c.isspace() else "_" for c in str(value))[:200]
