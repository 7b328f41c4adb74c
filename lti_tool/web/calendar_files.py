"""What all calendars of the tool share (RFC 5545)."""

from urllib.parse import urlsplit

from icalendar import Calendar, Event

from lti_tool.web.visiting import workplace

PRODUCT = "-//Beklijf//Calendar//EN"
MIMETYPE = "text/calendar; charset=utf-8"


def begin() -> Calendar:
    """A calendar without entries."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", "Beklijf")  # RFC 7986 section 5.1
    calendar.add("x-wr-calname", "Beklijf")
    return calendar


def entry(name: object, summary: str, url: str | None, description: str) -> Event:
    """An entry that leaves its time free. name: its own in this tool, the same each time it is read."""
    event = Event()
    event.add("uid", f"{name}@{urlsplit(workplace().settings.base_url).hostname}")
    event.add("summary", summary)
    if description:
        event.add("description", description)
    if url:
        event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
