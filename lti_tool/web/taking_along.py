"""What somebody typed where it cannot be kept any more: shown to them once, to take along."""

from flask import request

from lti_tool.domain.answers import Answer
from lti_tool.web.item_fields import MOST_DAYS
from lti_tool.web.typed import clean_text
from lti_tool.web.visiting import workplace

# Of forms that ask no item of the catalogue.
OTHER_FIELDS = ("name", "address", "first_on", "last_on")


def words() -> list[Answer]:
    """What this request sends in somebody's own words, in the order of the form."""
    if request.method != "POST":
        return []
    own = _own_fields()
    typed = (clean_text(value) for name, value in request.form.items(multi=True) if name in own)
    return [Answer(words=each) for each in typed if each]


def _own_fields() -> set[str]:
    """The names of all fields that take words or a typed day."""
    items = [item for each in workplace().catalogue.instruments for part in each.parts for item in part.items]
    fields = {item.id for item in items if item.type.is_typed or item.type.names_days}
    ends = ("then", "line", *map(str, range(2, MOST_DAYS + 1)))
    return fields | {f"{item.id}:{end}" for item in items for end in ends} | set(OTHER_FIELDS)
