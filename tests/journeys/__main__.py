"""All journeys, unattended, with the processes of the demo: `make journey`.

One line per step with its figure; the first step that does not hold ends it with exit code 1.
"""

import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.journeys import stage, the_breadth, the_course, the_line
from tests.journeys.stage import DoesNotStart, Stage
from tests.journeys.story import DoesNotHold, Journey

LINE_SECONDS, ALL_SECONDS = 180, 300
SHOWN_OF_THE_LOG = 4000


def main() -> int:
    """Tells the stories; 0 when every step held."""
    with tempfile.TemporaryDirectory(prefix="journey") as name:
        try:
            with stage.running(Path(name)) as place:
                tell(Journey(place.tool, place.lms), place)
        except (DoesNotHold, DoesNotStart, LookupError, httpx.HTTPError) as failure:
            log = Path(name, "log").read_text()[-SHOWN_OF_THE_LOG:]
            print(f"FAILED  {failure}\n{log}", flush=True)
            return 1
    return 0


def tell(journey: Journey, place: Stage) -> None:
    """All stories, in one year of some mailboxes."""
    began = time.monotonic()
    journey.begin("The line: one training, from preparation to silence")
    the_line.tell(journey)
    in_time(began, LINE_SECONDS, "the line")
    journey.begin("The breadth: meetings, holidays, leave, and those who follow")
    the_breadth.tell(journey)
    journey.begin("The course: installed, filled at once, and copied")
    the_course.tell(journey, place.command)
    check_rules(journey)
    in_time(began, ALL_SECONDS, "the whole journey")


def check_rules(journey: Journey) -> None:
    """What holds for all letters together."""
    everything = journey.api("mails")
    identities = {mail["message_id"] for mail in everything}
    journey.holds(len(identities) == len(everything), "each letter came once", len(everything))
    followers = (the_breadth.CONTACT, the_breadth.NO_ANSWER, the_breadth.MANAGER, the_breadth.BUDDY)
    known = {*the_line.ADDRESSES.values(), *(each["address"] for each in followers)}
    strangers = {address for mail in everything for address in mail["recipients"]} - known
    journey.holds(not strangers, "at the right addresses", sorted(strangers) or "no other")
    complaints = journey.api("complaints")
    journey.holds(not complaints, "the LMS has no complaints", complaints or 0)


def in_time(began: float, at_most: int, what: str) -> None:
    """Raises DoesNotHold when it took too long, in seconds."""
    seconds = time.monotonic() - began
    if seconds > at_most:
        raise DoesNotHold(f"{what} took {seconds:.0f} s, {at_most} at most")
    print(f"{what.capitalize()} holds, in {seconds:.0f} s.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
