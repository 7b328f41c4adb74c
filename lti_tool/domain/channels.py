"""Addresses of channels in Slack and Teams, as those services hand them out (incoming webhooks).

The form is held strictly, so that no two readers see two hosts in one address, and nothing can be
asked of any host but these. Sources: Slack, "Sending messages using incoming webhooks"; Microsoft,
"Create incoming webhooks with Workflows for Microsoft Teams".
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST = 1000
HELLO = "hello"
"""The first post: it says what will come, and shows whoever gave the address that it works."""


class Service(StrEnum):
    """What a channel belongs to."""

    SLACK = "slack"
    TEAMS = "teams"


@dataclass(frozen=True)
class Channel:
    """A channel that posts can go to. url: a secret: whoever has it can post there."""

    service: Service
    url: str = field(repr=False)


_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOSTS = {
    Service.SLACK: r"hooks\.slack\.com",
    Service.TEAMS: rf"(?:{_LABEL}\.)+(?:logic\.azure\.com|api\.powerplatform\.com)(?::443)?",
}
_PATHS = {
    Service.SLACK: r"/services/[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9]+",
    Service.TEAMS: (
        r"(?:/powerautomate/automations/direct(?:/cu/[0-9]+)?)?/workflows/[A-Za-z0-9_-]+"
        r"/triggers/manual/paths/invoke\?[A-Za-z0-9_.~%&=-]+"
    ),
}
_LOOPBACK = r"(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?"


def read(text: str, *, local: bool) -> Channel | None:
    """The channel that an address is of; None for any other address.

    local: a server on this machine may stand for either of them, over http.
    """
    url = text.strip()
    if len(url) > LONGEST:
        return None
    for service in Service:
        allowed = rf"https://{_HOSTS[service]}" + (rf"|http://{_LOOPBACK}" if local else "")
        if re.fullmatch(rf"(?:{allowed}){_PATHS[service]}", url, re.ASCII):
            return Channel(service, url)
    return None
