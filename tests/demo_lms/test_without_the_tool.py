"""An LMS to which an administrator still has to add the tool."""

from collections.abc import Iterator

import pytest

from demo_lms import content
from demo_lms.browser import Browser
from demo_lms.platform import Platform
from demo_lms.running import RunningPlatform
from demo_lms.switches import Switches
from demo_lms.tools import State
from tests.demo_lms.fake_tool import FakeTool


@pytest.fixture
def lms(tool: FakeTool) -> Iterator[RunningPlatform]:
    with RunningPlatform(tool.url, is_installed=False) as running:
        tool.lms = running.url
        yield running


def install(platform: Platform) -> str:
    """Adds the tool as an administrator would; its deployment."""
    tool = platform.tools.add(platform.registration, "Beklijf")
    platform.tools.change(tool.registration.client_id, State.ACTIVE, in_chooser=True)
    return tool.registration.deployment_ids[0]


def test_it_begins_without_the_tool_and_without_anything_of_it(platform: Platform) -> None:
    courses = platform.courses.all()

    assert platform.tools.all() == []
    assert [course.links for course in courses] == [(), ()]
    assert [platform.gradebook.items(course.id) for course in courses] == [[], []]
    assert all(course.meetings and course.member_ids for course in courses)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/courses/311", "Deze training heeft nog geen activiteiten."),
        ("/courses/311", "zodra de beheerder daarvoor een tool aanzet."),
        ("/courses/311/results", "Hier komen de resultaten van de deelnemers"),
        ("/privacy", "Er staat nog geen tool aan die iets bewaart."),
    ],
)
def test_its_pages_say_what_is_not_there_yet(browser: Browser, path: str, text: str) -> None:
    browser.sign_in("ineke")

    assert text in browser.visit(path).text


def test_nobody_asks_a_tool_that_is_not_there_what_it_keeps(browser: Browser) -> None:
    browser.sign_in("sanne")

    assert browser.visit("/privacy/start").status == 404


def test_once_it_is_added_the_first_activities_are_those_that_a_trainer_chose(
    browser: Browser, platform: Platform
) -> None:
    deployment, course = install(platform), platform.courses.find("311")
    assert course is not None
    asked = platform.content_requests.add(course, deployment, Switches())
    for title in ("Voorbereiden", "Mijn leerreis"):
        item = {"title": title, "lineItem": {"scoreMaximum": 1}}
        content.create(item, asked, platform.courses, platform.gradebook)

    browser.sign_in("ineke")
    page = browser.visit("/courses/311")

    found = platform.courses.find("311")
    assert found is not None
    assert [link.title for link in found.links] == ["Voorbereiden", "Mijn leerreis"]
    assert len({link.id for link in found.links}) == 2
    assert len(platform.gradebook.items("311")) == 2
    assert page.link("Activiteit toevoegen met Beklijf").endswith(f"/courses/311/add/{deployment}")


def test_a_course_without_activities_can_be_copied(platform: Platform) -> None:
    course = platform.courses.find("311")
    assert course is not None

    copy = platform.copy_course(course, platform.person("ineke"))

    assert (copy.id, copy.links) == ("313", ())
