"""Where a link comes from, when only the platform can tell, and takes its time."""

import time
from datetime import date

from lti_tool.lti.launches import LINE_ITEM_READ_SCOPE, SCORE_SCOPE, Grades
from lti_tool.lti.roles import Kind, Role
from lti_tool.rounds import lti_store, origins
from lti_tool.services import organisations
from tests import factories
from tests.factories import at
from tests.lti.platform_server import PlatformServer, Reply
from tests.rounds.test_arriving import launch

NOW = at(date(2026, 12, 4), 16)


def test_a_launch_waits_for_a_slow_platform_a_moment_only(work, session, running_server: PlatformServer):
    running_server.forget()
    platform, _ = factories.deployment(session, organisations.find(session, "default"))
    platform.token_url = running_server.url + "/token"
    session.commit()
    lti_store.make_first_key(work, NOW.real)
    running_server.answer("/token", Reply.json({"access_token": "t", "token_type": "Bearer"}))
    next_page = {"Link": f'<{running_server.url}/items?page=0>; rel="next"'}
    pages = [Reply(200, b"[]", next_page | {"X-Page": str(number)}, delay=4) for number in range(3)]
    running_server.answer("/items", *pages)
    grades = Grades(None, running_server.url + "/items", frozenset({SCORE_SCOPE, LINE_ITEM_READ_SCOPE}))
    trainer = (Role(Kind.CONTEXT, "instructor"),)
    began = time.monotonic()

    origin = origins.of(work, launch(platform, roles=trainer, grades=grades), NOW)

    assert len(running_server.requests_to("/items")) == 2
    assert time.monotonic() - began < 7
    assert origin.lms_id is None
