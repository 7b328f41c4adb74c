"""The course: an administrator installs the tool, a trainer fills a course at once, and copies it later."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

from demo_lms.browser import Browser
from tests.journeys import acts
from tests.journeys.story import Journey

ADMINISTRATOR, LEARNER = "beheer", "sanne"
COURSE = "311"
AT_MOST = 300
"""Seconds from the pasted address to the first activity that somebody did."""

Command = Callable[..., str]
"""An operator's command; what it prints."""


def tell(journey: Journey, command: Command) -> None:
    """The story."""
    began = time.monotonic()
    deployment = install(journey, command)
    links = fill(journey, deployment)
    scores = len(journey.api("gradebook"))
    acts.prepare(journey, LEARNER, links[0])
    journey.holds(len(journey.await_scores(scores + 1)) == scores + 1, "the gradebook holds it", scores + 1)
    seconds = time.monotonic() - began
    journey.holds(seconds < AT_MOST, "installed, filled and begun within five minutes", f"{seconds:.0f} s")
    copy(journey)


def install(journey: Journey, command: Command) -> str:
    """The administrator pastes the address that the operator gave; the deployment that the LMS made."""
    before = journey.api("courses")
    address = re.search(r"http\S+invite=\S+", command("platform", "invite", "--trust"))
    journey.holds(address, "an operator prints an address to register with")
    with Browser(journey.lms) as browser:
        browser.sign_in(ADMINISTRATOR)
        around = browser.submit(browser.visit("/tools"), {"url": address[0]}, having="url")
        page = browser.submit(browser.open_frame(around), having="wish")
        journey.holds("Beklijf is gekoppeld" in page.text, "the administrator pastes it and says yes")
        tools = browser.submit(browser.visit("/tools"), {"in_chooser": True}, "Activeren", having="Activeren")
        deployment = re.findall(r"deployment (\d+)", tools.text)[-1]
        journey.holds(deployment, "and activates the tool", f"deployment {deployment}")
    journey.holds(journey.api("courses") == before, "no course has changed by that")
    return deployment


def fill(journey: Journey, deployment: str) -> list[str]:
    """The trainer adds a whole training at once; its new links."""
    before = {link["id"] for link in _links(journey, COURSE)}
    days = [journey.today + timedelta(days=number) for number in (21, 28)]
    with Browser(journey.lms) as browser:
        browser.sign_in(acts.TRAINER)
        form = browser.choose_content(COURSE, deployment=deployment)
        answers = {"preset": "several", "starts_on": days[0].isoformat(), "ends_on": days[1].isoformat()}
        page = browser.hand_over(browser.submit(form, answers, button="In leeromgeving zetten"))
        journey.holds(
            "activiteiten staan nu in de training" in page.text, "the trainer adds all of it at once"
        )
    links = [link for link in _links(journey, COURSE) if link["id"] not in before]
    titles = [link["title"].partition(":")[0] for link in links]
    journey.holds(len(links) == 4, "preparing, one look between, the plan, and the own plan's page", titles)
    return [link["id"] for link in links]


def copy(journey: Journey) -> None:
    """The trainer copies the course for the next group, and only gives its days."""
    with Browser(journey.lms) as browser:
        browser.sign_in(acts.TRAINER)
        button = "Training kopiëren voor een volgende groep"
        copied = browser.submit(browser.visit(f"/courses/{COURSE}"), button=button)
        course = copied.url.rpartition("/")[2].partition("?")[0]
        links = _links(journey, course)
        days = browser.launch(links[-2]["id"])
        journey.holds(days.url.endswith("/schedule"), "a copied course only asks for its days", course)
        first = journey.today + timedelta(days=182)
        answers = {"starts_on": first.isoformat(), "ends_on": first.isoformat()}
        page = browser.submit(browser.submit(days, answers, having="starts_on"), having="switch_on")
        journey.holds("notice=ready" in page.url, "and is ready", first)


def _links(journey: Journey, course: str) -> list[dict[str, str]]:
    return next(list(one["links"]) for one in journey.api("courses") if one["id"] == course)
