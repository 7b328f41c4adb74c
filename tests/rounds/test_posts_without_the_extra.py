"""An installation without what posting needs: everything else works, and it says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.channels import HELLO, read
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.rounds import posts
from lti_tool.services import channels
from tests import factories
from tests.factories import ENDED_ON, at
from tests.lti import platform_server
from tests.lti.platform_server import Reply
from tests.processes import environment, run

PATH = "/services/T024BE7LD/B19HNT2QL/k3Jf02mQx91LaPzB7wRt5uYc"
ROUND = """
from datetime import datetime
from lti_tool.app import create_app
from lti_tool.domain.clock import Now
from lti_tool.rounds import posts
from config import settings
moment = datetime.fromisoformat({moment!r})
posts.run(create_app(settings.load()).extensions["beklijf"], now=Now(real=moment, calendar=moment))
"""


@pytest.fixture
def server():
    with platform_server.running() as made:
        made.answer(PATH, Reply(200, b"ok"))
        yield made


@pytest.fixture
def without(work, tmp_path):
    """The settings of a process for which apprise is not installed."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['apprise'] = None\n")
    (tmp_path / "one_round.py").write_text(ROUND.format(moment=at(ENDED_ON, 11).real.isoformat()))
    return {**environment(work.settings), "PYTHONPATH": str(tmp_path)}


def given(session, where, url):
    by = session.scalars(select(Person).where(Person.organisation_id == where.organisation.id)).first()
    channel, named, now = read(url, local=True), where.work.keyring.named, at(ENDED_ON, 10).calendar
    channels.add(session, where.cohort, by, channel, "#balie", "nl", named, now)
    session.commit()


def test_a_post_waits_for_the_extra_and_goes_once_it_is_there(work, session, server, without):
    given(session, factories.place(work, session), server.url + PATH)

    done = run(without, "one_round")
    row = session.scalars(select(Delivery).where(Delivery.step == HELLO)).one()
    waiting = row.status, row.reason, len(server.seen)
    session.commit()
    posts.run(work, now=at(ENDED_ON + timedelta(days=1), 11))

    assert done.returncode == 0
    assert "posts.extra_missing waiting=1" in done.stderr
    assert waiting == (DeliveryStatus.PLANNED, "extra_missing", 0)
    assert len(server.seen) == 1


@pytest.mark.parametrize("has_channel", [True, False])
def test_the_check_says_which_channels_wait(work, session, server, without, has_channel):
    where = factories.place(work, session)
    if has_channel:
        given(session, where, server.url + PATH)

    told = run(without, "lti_tool", "check").stdout.splitlines()

    note = "note    channels: 1 of Teams or Slack wait; "
    assert any(line.startswith(note) for line in told) is has_channel
    assert ("ok      channels" in told) is not has_channel
