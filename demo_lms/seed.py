"""Sets up the two trainings of the demo, as their trainer would: `python -m demo_lms.seed`.

Everything goes over HTTP, through the pages that a trainer sees.
"""

import argparse
import sys
from collections.abc import Mapping

import httpx

from demo_lms.browser import Browser
from demo_lms.page import Page

TRAINER = "ineke"


def main() -> int:
    """Opens every activity as the trainer, and sets up those that were not yet."""
    parser = argparse.ArgumentParser(prog="python -m demo_lms.seed", description=__doc__)
    parser.add_argument("--lms", default="http://127.0.0.1:8421", help="address of the demo LMS")
    lms = parser.parse_args().lms
    courses = httpx.get(f"{lms}/api/courses", trust_env=False).json()
    with Browser(lms) as browser:
        browser.sign_in(TRAINER)
        for course in courses:
            for link in course["links"]:
                _set_up(browser, link["id"], course["meetings"])
    return 0


def _set_up(browser: Browser, link_id: str, meetings: list[str]) -> Page:
    page = browser.launch(link_id)
    if not page.has_form("starts_on"):
        return page
    between = "\n".join(meetings[1:-1])
    days: Mapping[str, str] = {"starts_on": meetings[0], "between": between, "ends_on": meetings[-1]}
    calendar = browser.submit(page, days, having="starts_on")
    return browser.submit(calendar, having="switch_on")


if __name__ == "__main__":
    sys.exit(main())
