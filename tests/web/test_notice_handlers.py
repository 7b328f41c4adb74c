"""The tool asks each platform once to tell when a course is copied, and is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from demo_lms.faults import Endpoint, Fault
from demo_lms.vocabulary import CONTEXT_COPY
from lti_tool.models.platforms import ContextCopy, Deployment
from lti_tool.rounds import notices
from tests.web.campus import LOOK_BACK, TRAINER

SIX_HOURS = timedelta(hours=6)


def run(campus):
    return notices.run(campus.work, now=campus.work.now())


def long_ago(campus, **more):
    """The platform was last asked six hours ago."""
    with campus.work.sessions.begin() as session:
        known = session.get_one(Deployment, campus.only(Deployment).id)
        known.notices_asked_at = campus.work.now().real - SIX_HOURS
        for name, value in more.items():
            setattr(known, name, value)


def handler(campus):
    return campus.lms.platform.notice_handlers.of("1").get(CONTEXT_COPY)


@pytest.mark.database
def test_a_platform_that_sends_notices_is_asked_once(campus):
    campus.open(TRAINER, LOOK_BACK)

    counts = [run(campus), run(campus)]
    long_ago(campus)

    assert [*counts, run(campus)] == [1, 0, 0]
    assert handler(campus) == campus.tool + "/lti/notices"


@pytest.mark.database
def test_of_several_rounds_at_once_one_asks(campus):
    campus.open(TRAINER, LOOK_BACK)

    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: run(campus), range(4)))

    assert sorted(counts) == [0, 0, 0, 1]


def test_nobody_is_asked_before_a_launch_offers_the_service(campus):
    assert run(campus) == 0


def test_a_platform_that_refused_is_asked_again_some_hours_later(campus):
    campus.open(TRAINER, LOOK_BACK)
    campus.lms.platform.faults.add(Endpoint.PUT_NOTICE_HANDLER, Fault(500))

    counts = [run(campus), run(campus)]
    long_ago(campus)

    assert [*counts, run(campus)] == [0, 0, 1]


def test_a_tool_that_moved_asks_anew(campus):
    campus.open(TRAINER, LOOK_BACK)
    run(campus)
    long_ago(campus, notices_to="https://old.example/lti/notices")

    assert run(campus) == 1


def test_a_course_copied_in_the_lms_is_known_before_anybody_opens_it(campus):
    browser, _ = campus.open(TRAINER, LOOK_BACK)
    run(campus)

    browser.submit(browser.visit("/courses/311"), button="Training kopiëren voor een volgende groep")

    known = campus.only(ContextCopy)
    assert (known.context_id, known.origin) == ("313", "311")
