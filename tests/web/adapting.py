"""A trainer changes what an item asks: what stands in the draft, and saving it."""

import re

from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation
from tests.web.campus import TRAINER
from tests.web.follow import asking


def asking_of(campus, place):
    """What a trainer asks of the pages of an item's questions; each call is of a page of its own."""
    ask = asking(campus, TRAINER)

    def of_item(path="", **data):
        return ask(f"questions/{place.activity.id}{path}", **data)

    return of_item


def mark_of_draft(campus, place):
    """What a page tells of the draft that it shows."""
    with campus.work.reading() as session:
        activity = session.get_one(Activity, place.activity.id)
        draft = session.get_one(Adaptation, activity.draft_id)
        return f"{draft.id}-{draft.change}"


def save(campus, place, trainer):
    """Saves what was changed for who begins then."""
    answer = trainer("/save", change=mark_of_draft(campus, place))
    assert "notice=asked" in answer.headers["location"]


def opened(page):
    """What a page says of the words that it was opened with."""
    return re.search(r'name="opened" value="(\w+)"', page.text)[1]
