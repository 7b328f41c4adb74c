"""A story that is told step by step, with what the LMS and its mailboxes know."""

import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WAITING_SECONDS = 20
DAY = timedelta(days=1)


class DoesNotHold(Exception):
    """A step of the journey did not do what it promises."""


class Journey:
    """The story, step by step, told on standard output.

    today: what the calendar of the tool says, in Amsterdam.
    arrived: each mail with the day of the calendar on which it came, oldest first.
    """

    def __init__(self, tool: str, lms: str) -> None:
        self.tool, self.lms = tool, lms
        self.began = time.monotonic()
        self.today = datetime.now(AMSTERDAM).date()
        self.arrived: list[tuple[date, dict[str, Any]]] = []
        self.chapter = 0

    def begin(self, title: str) -> None:
        """Begins another story: from here on, only the mails count that come in it."""
        self._collect()
        self.chapter = len(self.arrived)
        print(f"-- {title}", flush=True)

    def holds(self, fact: object, what: str, figure: object = "") -> None:
        """Tells a step, or ends the journey."""
        if not fact:
            raise DoesNotHold(f"{what}: {figure}")
        seconds = time.monotonic() - self.began
        print(f"ok {seconds:6.1f} s  {what}{f': {figure}' if figure != '' else ''}", flush=True)

    def api(self, name: str) -> list[dict[str, Any]]:
        """What the demo LMS knows."""
        return list(httpx.get(f"{self.lms}/api/{name}", trust_env=False).json())

    def change_member(self, course: str, who: str, *, is_member: bool) -> None:
        """Lets somebody into a course of the LMS, or out of it."""
        change = {"person": who, "is_member": is_member}
        httpx.post(
            f"{self.lms}/api/courses/{course}/members", json=change, trust_env=False
        ).raise_for_status()

    def mails(self, address: str) -> list[dict[str, Any]]:
        """The mails to an address, oldest first."""
        self._collect()
        return [mail for _, mail in self.arrived[self.chapter :] if address in mail["recipients"]]

    def subjects(self, address: str) -> list[str]:
        """Their subjects."""
        return [mail["subject"] for mail in self.mails(address)]

    def days(self, address: str) -> list[date]:
        """The days on which they came."""
        self._collect()
        return [day for day, mail in self.arrived[self.chapter :] if address in mail["recipients"]]

    def await_mail(self, address: str, count: int) -> dict[str, Any]:
        """A mail that goes at once: the newest, as soon as there are that many."""
        until = time.monotonic() + WAITING_SECONDS
        while len(mails := self.mails(address)) < count and time.monotonic() < until:
            time.sleep(0.2)
        self.holds(
            len(mails) == count, f"mail comes to {address} at once", [mail["subject"] for mail in mails]
        )
        return mails[-1]

    def await_scores(self, count: int) -> list[dict[str, Any]]:
        """The gradebook as soon as it holds that many scores."""
        until = time.monotonic() + WAITING_SECONDS
        while len(cells := self.api("gradebook")) < count and time.monotonic() < until:
            time.sleep(0.2)
        return cells

    def move(self, to: str) -> bool:
        """Moves the calendar and waits for the round that follows; False when nothing is planned."""
        self._collect()
        answer = httpx.post(f"{self.tool}/local/clock", json={"to": to}, timeout=60, trust_env=False)
        if answer.status_code == 409:
            return False
        answer.raise_for_status()
        moment = datetime.fromisoformat(answer.json()["calendar"])
        self.today = moment.astimezone(AMSTERDAM).date()
        self._collect()
        return True

    def go_to(self, day: date) -> None:
        """Moves the calendar working day by working day."""
        while self.today < day:
            self.move("next_working_day")

    def _collect(self) -> None:
        fresh = self.api(f"mails?after={len(self.arrived)}")
        self.arrived += [(self.today, mail) for mail in fresh]
