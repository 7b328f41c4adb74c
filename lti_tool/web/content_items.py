"""What was chosen, as items for the platform: their titles come from the texts of the pages."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import get_template_attribute
from markupsafe import Markup

from lti_tool.domain import origins
from lti_tool.lti import content_items
from lti_tool.lti.content_items import Column, LinkItem, Window
from lti_tool.lti.deep_links import Wanted
from lti_tool.lti.site import Site
from lti_tool.services.whole_tracks import Added, Chosen, Purpose
from lti_tool.web.visiting import workplace

LAST_MINUTE = time(23, 59)


def written(added: Iterable[Added], asked: Wanted, site: Site) -> list[dict[str, object]]:
    """The activities that were added, as the platform takes them."""
    return [content_items.written(_item(each, site), asked) for each in added]


def to_be_set_up(chosen: Chosen, asked: Wanted, site: Site) -> dict[str, object]:
    """An item of no training yet: its trainer sets it up when they open it first."""
    title, text = _texts(chosen, "")
    column = None if chosen.purpose is Purpose.JOURNEY else Column(title, "", chosen.purpose)
    return content_items.written(LinkItem(title, text, site.launch_url, column=column), asked)


def words(name: str, **said: object) -> str:
    """A line of plain text, from the texts of the pages."""
    macro = get_template_attribute("macros/choices.html", name)
    return Markup(macro(**said)).unescape().strip()  # noqa: S704  of a template of ours


def _item(added: Added, site: Site) -> LinkItem:
    title, text = _texts(added.chosen, added.title)
    own_id = str(added.activity.lms_id)
    asks = added.chosen.purpose is not Purpose.JOURNEY
    return LinkItem(
        title=title,
        text=text,
        url=site.launch_url,
        custom={origins.ACTIVITY: own_id},
        column=Column(title, own_id, added.chosen.purpose) if asks else None,
        submission=_window(added),
    )


def _texts(chosen: Chosen, training: str) -> tuple[str, str]:
    purpose = chosen.purpose.value
    title = words("item_title", purpose=purpose, training=training, number=chosen.meeting_number)
    return title, words("item_text", purpose=purpose, minutes=_minutes(chosen.purpose))


def _minutes(purpose: Purpose) -> int | None:
    if purpose is Purpose.JOURNEY:
        return None
    return workplace().catalogue.latest(purpose).parts[0].minutes


def _window(added: Added) -> Window:
    zone = ZoneInfo(added.time_zone)
    return Window(_at(added.first_day, time(), zone), _at(added.last_day, LAST_MINUTE, zone))


def _at(day: date | None, clock: time, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, clock, zone)
