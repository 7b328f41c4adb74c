"""A trainer changes what an item asks: what stands in the draft, and saving it."""

from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation


def change_of(campus, place):
    with campus.work.reading() as session:
        activity = session.get_one(Activity, place.activity.id)
        return session.get_one(Adaptation, activity.draft_id).change


def save(campus, place, trainer):
    """Saves what was changed for who begins then."""
    answer = trainer("/save", change=str(change_of(campus, place)))
    assert "notice=asked" in answer.headers["location"]
