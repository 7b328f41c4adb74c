"""Channels of groups, on a server of this machine, and what was posted there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from lti_tool.domain.channels import read
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.models.people import Person
from lti_tool.services import channels
from tests.factories import ENDED_ON, at
from tests.lti import platform_server
from tests.lti.platform_server import PlatformServer, Reply

SLACK = "/services/T024BE7LD/B19HNT2QL/k3Jf02mQx91LaPzB7wRt5uYc"
TEAMS = "/workflows/4f3a1c0e9d/triggers/manual/paths/invoke"
ASKED = "?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-_9"


@contextmanager
def serving() -> Iterator[PlatformServer]:
    """A server with a channel of each kind, which takes what is posted."""
    with platform_server.running() as made:
        made.answer(SLACK, Reply(200, b"ok"))
        made.answer(TEAMS, Reply(202))
        yield made


def added(session, where, url, *, now=None, locale="nl"):
    """A channel of the group, given by its trainer."""
    by = session.scalars(select(Person).where(Person.organisation_id == where.organisation.id)).first()
    channel = read(url, local=True)
    named, moment = where.work.keyring.named, (now or at(ENDED_ON, 10)).calendar
    made = channels.add(session, where.cohort, by, channel, "#balie", locale, named, moment)
    session.commit()
    return made


def posted(server, path=SLACK):
    """What stands in the channel: of each post all its texts, in order."""
    return [texts(json.loads(one.body)) for one in server.requests_to(path)]


def texts(content):
    """All that a post says, a line each."""
    if isinstance(content, dict):
        own = [content["text"]] if isinstance(content.get("text"), str) else []
        return "\n".join(own + [texts(each) for each in content.values() if not isinstance(each, str)])
    return "\n".join(texts(each) for each in content) if isinstance(content, list) else ""


def rows(session, step=None):
    session.expire_all()
    asked = select(Delivery).where(Delivery.kind == Kind.POST).order_by(Delivery.due_at)
    found = [row for row in session.scalars(asked) if step in (None, row.step)]
    session.commit()
    return found
