"""One step open in two pages: what an older one knows of the answers, and what the newer changed since."""

from collections.abc import Iterable, Mapping

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Item
from lti_tool.services.keys import NamedKeys
from lti_tool.services.reflections import Desk
from lti_tool.web.forms import PageForm

Kept = Mapping[str, Answer]
OPEN = Answer()
# Hexadecimal digits: enough to tell a person's own answers apart.
LENGTH = 32


def of_desk(desk: Desk) -> str:
    """The place of what one person writes for an activity."""
    return f"answer/{desk.enrolment.id}/{desk.activity.id}/{desk.part.id}"


def write(named: NamedKeys, place: str, items: Iterable[Item], kept: Kept) -> str:
    """What a form carries of the answers that it was opened with: a mark of each, in the order asked.

    place: whose answers to what, so that a mark of one place says nothing about another.
    """
    return ".".join(_mark(named, place, item.id, kept.get(item.id, OPEN)) for item in items)


def settle(named: NamedKeys, place: str, form: PageForm, opened: str | None, kept: Kept) -> dict[str, Answer]:
    """Puts into a form what only another page changed; of what both changed, the other's answers by item.

    place: as of `write`. opened: what the form carried; None of a page from before forms carried anything.
    """
    clashes: dict[str, Answer] = {}
    if opened is None:
        return clashes
    marks = dict(zip([field.name for field in form], opened.split("."), strict=False))
    for field in form:
        newer, mark = kept.get(field.name, OPEN), marks.get(field.name)
        is_same = field.can_be_kept and field.data == newer
        if is_same or mark == _mark(named, place, field.name, newer):
            continue
        if field.can_be_kept and mark == _mark(named, place, field.name, field.data):
            field.process_data(newer)
        else:
            clashes[field.name] = newer
    return clashes


def _mark(named: NamedKeys, place: str, item_id: str, said: Answer) -> str:
    # Keyed, and bound to its place: it can be compared, but tells nothing of the words.
    return named.fingerprint(f"{place}/{item_id}/{said.to_json()}")[:LENGTH]
