"""What people do in a journey: a trainer, learners, and those who follow them."""

import time
from datetime import date
from typing import Any

from demo_lms.browser import Browser
from demo_lms.page import Page
from tests.journeys.story import DoesNotHold, Journey

TRAINER = "ineke"
BROUGHT = "opschrijven wat het opleverde"
CONTACTS = "/settings /contacts"
WHEN, THEN, CUE = "een inwoner aan het loket komt", "vraag ik eerst door", "doorvragen"


def switch_on(journey: Journey, link: str, phase: str, days: dict[str, Any] | None = None) -> None:
    """The trainer sets a link up. days: of a new training; without them it joins the one that is there."""
    with Browser(journey.lms) as browser:
        browser.sign_in(TRAINER)
        began = time.monotonic()
        form = browser.launch(link)
        calendar = browser.submit(form, {"phase": phase, **(days or {})}, having="starts_on")
        page = browser.submit(calendar, having="switch_on")
        seconds = time.monotonic() - began
        journey.holds(page.status == 200, f"the trainer switches {link} on ({phase})", f"{seconds:.1f} s")


def home(journey: Journey, who: str, link: str) -> str:
    """What somebody sees who opens a link."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        return browser.launch(link).text


def _go(browser: Browser, page: Page, parts: str) -> Page:
    """Clicks from one page to the next. parts: of each address, in order."""
    for part in parts.split():
        page = browser.open(page, part)
    return page


def follow(journey: Journey, who: str, link: str, part: str) -> str:
    """What somebody sees on a page that the first leads to. part: of its address, or of each on the way."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        return _go(browser, browser.launch(link), part).text


def prepare(journey: Journey, who: str, link: str) -> None:
    """A learner prepares in the frame of the LMS."""
    told = {
        "pre.goal": f"Rustig blijven en doorvragen ({who})",
        "pre.share_trainer": "no",
        "pre.task": "het gesprek aan het loket op maandag",
    }
    _submit(journey, who, link, told, "prepares")


def look_back_on_a_meeting(journey: Journey, who: str, link: str) -> None:
    """A learner looks back between two meetings."""
    _submit(journey, who, link, {"mid.try": "Eerst vragen, dan schrijven"}, "looks back on a meeting")


def look_back(journey: Journey, who: str, link: str) -> None:
    """A learner looks back on the training, which is the next step on the page of the training."""
    told = {"post.experience.text": "De oefening met de telefoon", "post.applied": "Ik vraag nu eerst door"}
    _submit(journey, who, link, told, "looks back on the training")


def make_plan(journey: Journey, who: str, link: str, own_on: date | None) -> None:
    """A learner makes the if-then plan; without a day, the one that is offered first."""
    told = {"post.if_then": WHEN, "post.if_then:then": THEN, "post.cue": CUE}
    if own_on is not None:
        told["post.task_on"] = own_on.isoformat()
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        page = _write(browser, browser.launch(link), told)
        journey.holds(WHEN in page.text, f"{who} makes a plan", own_on or "the day that is offered")


def answer(journey: Journey, mail: dict[str, Any], choice: str) -> Page:
    """Follows the link of a mail, sees that nothing changed yet, and presses the button."""
    link = link_in(mail, f"answer={choice}")
    with Browser(journey.lms) as browser:
        page = browser.submit(browser.visit(link), button="Antwoord bewaren")
        journey.holds(page.status == 200, f"{mail['recipients'][0]} answers from the mail", choice)
        return page


def name_obstacle(journey: Journey, page: Page, new_on: date) -> None:
    """A learner names what stood in the way, and chooses another day."""
    with Browser(journey.lms) as browser:
        page = browser.submit(page, {"checkin.obstacle": ["time"]}, having="checkin.obstacle")
        chosen = {"action": "own", "checkin.new_date": new_on.isoformat()}
        page = browser.submit(page, chosen, having="checkin.new_date")
        journey.holds(page.status == 200, "names an obstacle and chooses another day", new_on)


def choose_days(journey: Journey, who: str, link: str, answers: dict[str, Any], having: str) -> None:
    """A learner says which days are free, or tells of days away."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        page = browser.open(browser.open(browser.launch(link), "/mails"), "/days")
        page = browser.submit(page, answers, having=having)
        journey.holds("kept=1" in page.url, f"{who} chooses days", answers)


def ask(journey: Journey, who: str, link: str, part: str, named: dict[str, str]) -> None:
    """Somebody names a contact of the group (CONTACTS), their own manager ("/leader") or a buddy."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        page = _go(browser, browser.launch(link), part)
        page = browser.submit(page, named, having="address")
        journey.holds("notice=named" in page.url, f"{who} asks {named['name']} along", named["address"])


def say_yes(journey: Journey, mail: dict[str, Any]) -> None:
    """Whoever was asked opens the link of the invitation and presses yes."""
    with Browser(journey.lms) as browser:
        page = browser.submit(browser.visit(link_in(mail, "/k/")), having="answer")
        journey.holds("kept=1" in page.url, f"{mail['recipients'][0]} says yes", page.status)


def be_buddy(journey: Journey, mail: dict[str, Any]) -> None:
    """A buddy opens the link of the invitation, sees that nothing is said yet, and presses yes."""
    with Browser(journey.lms) as browser:
        page = browser.visit(buddy_link(mail))
        asked = page.has_form("answer")
        page = browser.submit(page, having="answer")
        journey.holds(asked and not page.has_form("answer"), f"{mail['recipients'][0]} says yes", page.status)


def show_buddy(journey: Journey, who: str, link: str, *items: str) -> None:
    """A learner lets a buddy see these things and nothing else."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        page = browser.open(browser.open(browser.launch(link), "/buddies"), "/buddies/")
        page = browser.submit(page, {"item": list(items)}, having="item")
        journey.holds("notice=kept" in page.url, f"{who} shows the buddy", items)


def see_as_buddy(journey: Journey, mail: dict[str, Any]) -> str:
    """What a buddy sees behind a mail."""
    with Browser(journey.lms) as browser:
        return browser.visit(buddy_link(mail)).text


def stop_as_buddy(journey: Journey, mail: dict[str, Any]) -> str:
    """A buddy stops; what the link of the mail shows then."""
    with Browser(journey.lms) as browser:
        page = browser.submit(browser.visit(f"{buddy_link(mail)}/stop"), button="Stoppen als buddy")
        journey.holds(page.status == 200, f"{mail['recipients'][0]} stops", page.status)
        return browser.visit(buddy_link(mail)).text


def buddy_link(mail: dict[str, Any]) -> str:
    """The page of a buddy behind a mail."""
    return link_in(mail, "/b/").removesuffix("/stop")


def open_card(journey: Journey, mail: dict[str, Any]) -> Page:
    """Opens the card behind a letter."""
    with Browser(journey.lms) as browser:
        return browser.visit(link_in(mail, "/o/"))


def link_in(mail: dict[str, Any], part: str) -> str:
    """The first address in a mail that holds this. Raises LookupError when there is none."""
    for word in mail["text"].split():
        if part in word and word.startswith("http"):
            return str(word)
    raise LookupError(f"no {part!r} in {mail['subject']!r}")


def _submit(journey: Journey, who: str, link: str, told: dict[str, str], what: str) -> None:
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        page = _write(browser, browser.launch(link), told)
        journey.holds("notice=submitted" in page.url, f"{who} {what}", page.status)


def _write(browser: Browser, page: Page, told: dict[str, str]) -> Page:
    """Goes through a part step by step, filling in what is asked for."""
    page = browser.open(page, "/reflect/")
    for _ in range(10):
        names = page.form("later").names
        said = {name: value for name, value in told.items() if name in names}
        page = browser.submit(page, said, having="later")
        if "/reflect/" not in page.url:
            return page
    raise DoesNotHold(f"writing does not end: {page.url}")
