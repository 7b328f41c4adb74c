"""What pages behind the links of letters share."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.services import preferences
from lti_tool.services.learner_facts import Learner
from lti_tool.services.links import Purpose
from lti_tool.web import references
from lti_tool.web.visiting import workplace


def find_learner(token: str) -> Learner | None:
    """Whose mails a link is about; None for one that is not ours, or past."""
    delivery_id = workplace().row_of(Purpose.PREFERENCES, token)
    learner = preferences.find(session(), delivery_id) if delivery_id else None
    if learner is not None:
        g.reader_locale = learner.person.letter_locale
        g.organisation_id = learner.person.organisation_id
    return learner


def gone(page: str, event: str, **words: object) -> ResponseReturnValue:
    """The page behind a link that opens nothing, or nothing any more. event: what the log calls it."""
    references.note(f"{event}.refused", reason="link_over")
    return render_template(f"pages/{page}.html", reference=references.reference(), **words), 410


def no_preferences() -> ResponseReturnValue:
    """The page behind a link to somebody's mails that is not ours, or past."""
    return gone("link_expired", "preferences", course_url=None)
