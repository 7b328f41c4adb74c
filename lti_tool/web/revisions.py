"""One step open in two pages: what an older one knows of the answers, and what the newer changed since."""

from collections.abc import Mapping

from lti_tool.domain.answers import Answer
from lti_tool.domain.instruments import Step
from lti_tool.services.keys import NamedKeys
from lti_tool.services.reflections import Desk
from lti_tool.web.forms import PageForm

Kept = Mapping[str, Answer]
OPEN = Answer()
# Hexadecimal digits: enough to tell a person's own answers apart.
LENGTH = 32


def write(named: NamedKeys, desk: Desk, step: Step, kept: Kept) -> str:
    """What a form carries of the answers that it was opened with: a mark of each, in the step's order."""
    return ".".join(_mark(named, desk, item.id, kept.get(item.id, OPEN)) for item in step.items)


def settle(named: NamedKeys, desk: Desk, form: PageForm, opened: str | None, kept: Kept) -> dict[str, Answer]:
    """Puts into a form what only another page changed; of what both changed, the other's answers by item.

    opened: what the form carried; None of a page from before forms carried anything.
    """
    clashes: dict[str, Answer] = {}
    if opened is None:
        return clashes
    marks = dict(zip([field.name for field in form], opened.split("."), strict=False))
    for field in form:
        newer, mark = kept.get(field.name, OPEN), marks.get(field.name)
        is_same = field.can_be_kept and field.data == newer
        if is_same or mark == _mark(named, desk, field.name, newer):
            continue
        if field.can_be_kept and mark == _mark(named, desk, field.name, field.data):
            field.process_data(newer)
        else:
            clashes[field.name] = newer
    return clashes


def _mark(named: NamedKeys, desk: Desk, item_id: str, said: Answer) -> str:
    # Keyed, and bound to its place: it can be compared, but tells nothing of the words.
    place = f"answer/{desk.enrolment.id}/{desk.activity.id}/{desk.part.id}/{item_id}"
    return named.fingerprint(f"{place}/{said.to_json()}")[:LENGTH]
