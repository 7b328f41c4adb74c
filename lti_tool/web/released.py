"""Who reads an answer besides its writer, said above the field before the first letter is typed."""

from uuid import UUID

from flask import Flask, g

from lti_tool.database import session
from lti_tool.domain import takeaways as of_meetings
from lti_tool.domain.releases import STORIES, THING_OF, Reader
from lti_tool.services import releases, stories, takeaways
from lti_tool.services.takeaways import Meeting


def init_app(app: Flask) -> None:
    """Lets every template ask."""
    app.jinja_env.globals["shown_to"] = shown_to


def of_training(enrolment_id: UUID) -> None:
    """What is written on this page belongs to a training, where some of it may be shown to others."""
    g.written_in = enrolment_id


def of_meeting(meeting: Meeting) -> None:
    """What is written on this page looks back on a meeting, where some of it may be shown to others."""
    g.written_about = meeting


def of_entry(entry_id: UUID) -> None:
    """What is written on this page was taken up at will; its story may be shown to a team."""
    g.written_as = entry_id


def shown_to(item_id: str) -> list[str]:
    """Who else reads the answer to a question, in a fixed order."""
    if item_id in STORIES and "written_as" in g:
        return [Reader.TEAM.value] if stories.is_told_anywhere(session(), g.written_as) else []
    if item_id in list(of_meetings.Thing) and "written_about" in g:
        return _shown_of_meeting(of_meetings.Thing(item_id))
    thing = THING_OF.get(item_id)
    if thing is None or "written_in" not in g:
        return []
    if "readers" not in g:
        g.readers = releases.readers(session(), g.written_in)
    return [reader.value for reader in Reader if reader in g.readers[thing]]


def _shown_of_meeting(thing: of_meetings.Thing) -> list[str]:
    if "shown_of_meeting" not in g:
        g.shown_of_meeting = takeaways.released(session(), g.written_about)
    return [reader.value for reader in of_meetings.Reader if (reader, thing) in g.shown_of_meeting]
