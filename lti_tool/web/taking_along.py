"""What somebody typed where it cannot be kept any more: shown to them once, to take along."""

from collections.abc import Collection

from flask import request

from lti_tool.domain.answers import Answer
from lti_tool.domain.own_questions import SAID
from lti_tool.domain.recalls import MOST
from lti_tool.services.catalogue import Catalogue
from lti_tool.web.item_fields import MOST_DAYS
from lti_tool.web.typed import YEAR_FIRST, clean_text, parse_day, write_day

# Of forms that ask no item of the catalogue: of learners, and of trainers.
OTHER_FIELDS = (
    "name", "address", "first_on", "last_on",
    "starts_on", "between", "ends_on", "closes_on",
    *(f"{name}-{number}" for number in range(1, MOST + 1) for name in ("question", "answer")),
)  # fmt: skip


def words(catalogue: Catalogue, only: Collection[str] | None = None) -> list[Answer]:
    """What this request sends in somebody's own words, in the order of the form. only: to these items."""
    if request.method != "POST":
        return []
    own = _own_fields(catalogue)
    sent = (each for each in request.form.items(multi=True) if each[0] in own or each[0].startswith(SAID))
    typed = (_typed(value) for name, value in sent if only is None or name.partition(":")[0] in only)
    return [Answer(words=each) for each in typed if each]


def _typed(value: str) -> str:
    """As its writer knows it: a day that was chosen from a list comes as 2026-12-15."""
    text = clean_text(value)
    day = parse_day(text) if YEAR_FIRST.fullmatch(text) else None
    return write_day(day) if day else text


def _own_fields(catalogue: Catalogue) -> set[str]:
    """The names of all fields that take words or a typed day."""
    items = [item for each in catalogue.instruments for item in each.items.values()]
    fields = {item.id for item in items if item.type.is_typed or item.type.names_days}
    ends = ("then", "line", *map(str, range(2, MOST_DAYS + 1)))
    return fields | {f"{item.id}:{end}" for item in items for end in ends} | set(OTHER_FIELDS)
