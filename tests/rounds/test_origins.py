"""Where a link comes from: no further than its own organisation, and no longer than a launch can wait."""

import time
from datetime import date

import pytest
from sqlalchemy import select

from lti_tool.lti.launches import LINE_ITEM_READ_SCOPE, SCORE_SCOPE, Course, Grades, Link
from lti_tool.lti.roles import Kind, Role
from lti_tool.models.tracks import Track
from lti_tool.rounds import arriving, lti_store, origins
from lti_tool.services import organisations, platforms
from tests import factories
from tests.factories import at
from tests.lti.platform_server import PlatformServer, Reply
from tests.rounds.launching import BROWSER, launch

NOW = at(date(2026, 12, 4), 16)


def test_a_launch_waits_for_a_slow_platform_a_moment_only(work, session, running_server: PlatformServer):
    running_server.forget()
    platform, _ = factories.deployment(session, organisations.find(session, "default"))
    platform.token_url = running_server.url + "/token"
    session.commit()
    lti_store.make_first_key(work, NOW.real)
    running_server.answer("/token", Reply.json({"access_token": "t", "token_type": "Bearer"}))
    next_page = {"Link": f'<{running_server.url}/items?page=0>; rel="next"'}
    pages = [Reply(200, b"[]", next_page | {"X-Page": str(number)}, delay=3) for number in range(3)]
    running_server.answer("/items", *pages)
    grades = Grades(None, running_server.url + "/items", frozenset({SCORE_SCOPE, LINE_ITEM_READ_SCOPE}))
    trainer = (Role(Kind.CONTEXT, "instructor"),)
    began = time.monotonic()

    origin = origins.of(work, launch(platform, roles=trainer, grades=grades), NOW)

    assert len(running_server.requests_to("/items")) == 2
    assert time.monotonic() - began < 8.5
    assert origin.lms_id is None


@pytest.mark.parametrize("deployment", ["1", "2"])
def test_a_training_comes_along_within_its_organisation_only(work, session, deployment):
    where = factories.place(work, session)
    tenant = organisations.add(session, "second", "Andere gemeente", "Europe/Amsterdam", NOW.real)
    session.flush()
    platforms.approve(session, where.platform, "2", tenant.id, NOW.real)
    session.commit()
    said = {
        "activity_id": str(where.activity.lms_id),
        "link_history": where.link.link_id,
        "context_history": where.course.context_id,
    }

    copied = {"course": Course("copy", "Kopie", None), "link": Link("copy-1", where.link.title)}
    arriving.arrive(
        work, launch(where.platform, deployment_id=deployment, custom=said, **copied), BROWSER, now=NOW
    )

    made = set(session.scalars(select(Track.organisation_id).where(Track.id != where.track.id)))
    assert made == ({where.organisation.id} if deployment == where.deployment.deployment_id else set())
