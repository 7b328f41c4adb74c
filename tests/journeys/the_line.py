"""The whole line, unattended, with the processes of the demo: `make journey`.

One training from preparation to silence: real launches, real letters over SMTP, real scores. One line
per step with its figure; the first step that does not hold ends it with exit code 1.
"""

import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import httpx

from demo_lms.browser import Browser
from demo_lms.page import Page
from tests.journeys import stage
from tests.journeys.stage import DoesNotStart

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT_MOST_SECONDS = 180
SCORES_SECONDS = 20
DAY = timedelta(days=1)
TRAINER = "ineke"
# A makes a plan and uses it; B makes one and does not get to it; C makes none; D never opens anything.
A, B, C, D = "sanne", "youssef", "tjerk", "emma"
ADDRESSES = {
    A: "sanne.dewit@gemeente.example",
    B: "youssef.elhaddad@gemeente.example",
    C: "tjerk.hoekstra@gemeente.example",
    D: "emma.verbeek@gemeente.example",
}
PREPARE, LOOK_BACK = "3111", "3112"
HARVEST = "Wat de training u bracht"
WHEN, THEN = "een inwoner aan het loket komt", "vraag ik eerst door"


class DoesNotHold(Exception):
    """A step of the journey did not do what it promises."""


class Journey:
    """The story, step by step, told on standard output."""

    def __init__(self, tool: str, lms: str) -> None:
        self.tool, self.lms = tool, lms
        self.began = time.monotonic()
        self.today = date.min

    def holds(self, fact: object, what: str, figure: object = "") -> None:
        """Tells a step, or ends the journey."""
        if not fact:
            raise DoesNotHold(f"{what}: {figure}")
        seconds = time.monotonic() - self.began
        print(f"ok {seconds:6.1f} s  {what}{f': {figure}' if figure != '' else ''}", flush=True)

    def api(self, name: str) -> list[dict[str, Any]]:
        """What the demo LMS knows."""
        return list(httpx.get(f"{self.lms}/api/{name}", trust_env=False).json())

    def subjects(self, who: str) -> list[str]:
        """What somebody's mailbox got, oldest first."""
        return [mail["subject"] for mail in self.mails(who)]

    def mails(self, who: str) -> list[dict[str, Any]]:
        """The mails of somebody, oldest first."""
        return [mail for mail in self.api("mails") if ADDRESSES[who] in mail["recipients"]]

    def move(self, to: str) -> bool:
        """Moves the calendar and waits for the round that follows; False when nothing is planned."""
        answer = httpx.post(f"{self.tool}/local/clock", json={"to": to}, timeout=60, trust_env=False)
        if answer.status_code == 409:
            return False
        answer.raise_for_status()
        moment = datetime.fromisoformat(answer.json()["calendar"])
        self.today = moment.astimezone(AMSTERDAM).date()
        return True

    def go_to(self, day: date) -> None:
        """Moves the calendar working day by working day."""
        while self.today < day:
            self.move("next_working_day")

    def await_scores(self, count: int) -> list[dict[str, Any]]:
        """The gradebook as soon as it holds that many scores."""
        until = time.monotonic() + SCORES_SECONDS
        while len(cells := self.api("gradebook")) < count and time.monotonic() < until:
            time.sleep(0.2)
        return cells


def choose_end(today: date) -> date:
    """A Thursday with two weeks after it in which nobody has a holiday, so that W+n is the n-th weekday."""
    off = holidays.country_holidays("NL", years=(today.year, today.year + 1))
    day = today + 2 * DAY
    while day.weekday() != 3 or any(day + number * DAY in off for number in range(15)):
        day += DAY
    return day


def working_day(end: date, number: int) -> date:
    """W+n after a training that ended on a day, counted in weekdays."""
    day = end
    for _ in range(number):
        day += DAY
        while day.weekday() > 4:
            day += DAY
    return day


def set_up(journey: Journey, end: date) -> None:
    """The trainer sets both links up; the second joins the training of the first."""
    with Browser(journey.lms) as browser:
        browser.sign_in(TRAINER)
        began = time.monotonic()
        calendar = browser.submit(
            browser.launch(PREPARE),
            {"phase": "pre", "starts_on": end.isoformat(), "ends_on": end.isoformat()},
            having="starts_on",
        )
        page = browser.submit(calendar, having="switch_on")
        journey.holds(page.status == 200, "the trainer sets up the preparation", page.status)
        calendar = browser.submit(browser.launch(LOOK_BACK), {"phase": "post"}, having="starts_on")
        page = browser.submit(calendar, having="switch_on")
        seconds = time.monotonic() - began
        journey.holds(page.status == 200, "and lets the plan join the same training", f"{seconds:.1f} s")


def write(browser: Browser, page: Page, answers: dict[str, Any]) -> Page:
    """Goes through a part step by step, filling in what is asked for."""
    page = browser.open(page, "/reflect/")
    for _ in range(10):
        fields = page.form("later").names
        page = browser.submit(
            page, {name: value for name, value in answers.items() if name in fields}, having="later"
        )
        if "/reflect/" not in page.url:
            return page
    raise DoesNotHold(f"writing does not end: {page.url}")


def prepare(journey: Journey, who: str) -> None:
    """A learner prepares in the frame of the LMS."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        page = write(
            browser,
            browser.launch(PREPARE),
            {
                "pre.goal": f"Rustig blijven en doorvragen ({who})",
                "pre.share_trainer": "no",
                "pre.task": "het gesprek aan het loket op maandag",
            },
        )
        journey.holds("notice=submitted" in page.url, f"{who} prepares", page.status)


def make_plan(journey: Journey, who: str, own_on: date | None) -> None:
    """A learner makes the if-then plan; without a day, the one that is offered first."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        answers = {"post.if_then": WHEN, "post.if_then:then": THEN, "post.cue": "doorvragen"}
        if own_on is not None:
            answers["post.task_on"] = own_on.isoformat()
        page = write(browser, browser.launch(LOOK_BACK), answers)
        journey.holds(WHEN in page.text, f"{who} makes a plan", own_on or "the day that is offered")


def harvest(journey: Journey, who: str) -> None:
    """A learner looks back on the training, which is the next step on the page of the training."""
    with Browser(journey.lms) as browser:
        browser.sign_in(who)
        told = {
            "post.experience.text": "De oefening met de telefoon",
            "post.applied": "Ik vraag nu eerst door",
        }
        page = write(browser, browser.launch(LOOK_BACK), told)
        journey.holds("notice=submitted" in page.url, f"{who} looks back on the training", page.status)


def answer(journey: Journey, who: str, choice: str) -> Page:
    """Follows the link of the newest mail, sees that nothing changed yet, and presses the button."""
    newest = journey.mails(who)[-1]
    link = next(word for word in newest["text"].split() if f"answer={choice}" in word)
    with Browser(journey.lms) as browser:
        page = browser.visit(link)
        page = browser.submit(page, button="Antwoord bewaren")
        journey.holds(page.status == 200, f"{who} answers from the mail", choice)
        return page


def name_obstacle(journey: Journey, page: Page, new_on: date) -> None:
    """Names what stood in the way, and chooses another day."""
    with Browser(journey.lms) as browser:
        page = browser.submit(page, {"checkin.obstacle": ["time"]}, having="checkin.obstacle")
        chosen = {"action": "own", "checkin.new_date": new_on.isoformat()}
        page = browser.submit(page, chosen, having="checkin.new_date")
        journey.holds(page.status == 200, f"{B} names an obstacle and chooses another day", new_on)


def tell(journey: Journey) -> None:
    """The story."""
    end = choose_end(datetime.now(AMSTERDAM).date())
    journey.holds(True, "the platform is added and the processes run", journey.lms)
    set_up(journey, end)
    for who in (A, B, C):
        prepare(journey, who)
    journey.holds(len(journey.await_scores(3)) == 3, "the gradebook holds the preparations", 3)

    journey.go_to(end)
    journey.holds(
        not any(journey.mails(who) for who in (A, B, C)), "who prepared gets no mail before the end", 0
    )
    own_day = working_day(end, 4)
    make_plan(journey, A, None)
    make_plan(journey, B, own_day)
    journey.holds(len(journey.await_scores(5)) == 5, "the gradebook holds the plans", 5)

    journey.go_to(working_day(end, 1))
    journey.holds(
        [len(journey.mails(who)) for who in (A, B, C)] == [1, 1, 1],
        "W+1: the plan to see before oneself, and for C the reminder to make one",
        [journey.subjects(who)[-1] for who in (A, B, C)],
    )
    journey.holds(
        journey.subjects(D)[-1] == journey.subjects(C)[-1],
        "D, who never opened anything, is on the roster and gets that too",
        journey.subjects(D),
    )
    journey.holds(WHEN in journey.mails(A)[0]["text"], "A reads the own sentence again", WHEN)
    journey.holds("/c/" not in journey.mails(C)[0]["text"], "C is led to the course", journey.lms)

    journey.go_to(own_day)
    journey.holds(
        [journey.subjects(who)[1:] for who in (A, B)] == [["Vandaag: doorvragen"]] * 2,
        "W+4: the own day",
        "Vandaag: doorvragen",
    )
    answer(journey, A, "used")
    new_day = working_day(end, 6)
    name_obstacle(journey, answer(journey, B, "not_yet"), new_day)

    journey.go_to(new_day)
    journey.holds(
        journey.subjects(B)[2:] == ["Vandaag: doorvragen"], "W+6: B gets a new cue on the new day", new_day
    )
    journey.go_to(working_day(end, 9))
    journey.holds(
        [journey.subjects(who)[-1] for who in (A, B, C)] == [HARVEST] * 3,
        "W+9: who used it, who did not and who made no plan are asked what it brought",
        HARVEST,
    )
    harvest(journey, A)
    journey.go_to(working_day(end, 10))
    journey.holds(len(journey.mails(A)) == 3, "A used it and got no more cues", 3)
    journey.holds(journey.subjects(C)[2:] == ["Terugkijken op uw training"], "W+10: C gets the last call", 3)
    while journey.move("next_due"):
        pass
    journey.go_to(end + timedelta(days=50))
    journey.holds(
        [journey.subjects(who)[-1] for who in (A, B)] == ["Een maand later: doorvragen"] * 2,
        "a month later A and B are asked what becomes of the plan",
        "Een maand later: doorvragen",
    )
    counts = {who: len(journey.mails(who)) for who in (A, B, C)}
    journey.holds(counts[C] == 3, "C, who answered nothing, hears nothing more", counts)
    check_rules(journey)


def check_rules(journey: Journey) -> None:
    """What holds for all letters and scores together."""
    everything = journey.api("mails")
    identities = {mail["message_id"] for mail in everything}
    journey.holds(len(identities) == len(everything), "each letter came once", len(everything))
    strangers = {address for mail in everything for address in mail["recipients"]} - set(ADDRESSES.values())
    journey.holds(not strangers, "at the right addresses", sorted(strangers) or "no other")
    complaints = journey.api("complaints")
    journey.holds(not complaints, "the LMS has no complaints", complaints or 0)


def main() -> int:
    """Tells the story; 0 when every step held."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="journey") as name:
        try:
            with stage.running(Path(name)) as place:
                tell(Journey(place.tool, place.lms))
            seconds = time.monotonic() - began
            if seconds > AT_MOST_SECONDS:
                raise DoesNotHold(f"it took {seconds:.0f} s, {AT_MOST_SECONDS} at most")
        except (DoesNotHold, DoesNotStart, LookupError, httpx.HTTPError) as failure:
            print(f"FAILED  {failure}\n{(Path(name) / 'log').read_text()[-4000:]}", flush=True)
            return 1
        print(f"The line holds, in {seconds:.0f} s.", flush=True)
        return 0


if __name__ == "__main__":
    sys.exit(main())
