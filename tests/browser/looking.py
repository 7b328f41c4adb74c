"""What a page must hold for everybody, looked at in the browser."""

from collections import defaultdict
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

from tests.browser.chromium import Window

SCRIPT: str = Axe().axe_script + Path(__file__).with_name("look.js").read_text()
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
ALL_RULES = (*WCAG, "best-practice")
SMALLEST_TARGET = 44  # px; the layout's own promise, more than WCAG 2.2 asks
# A small phone, a phone, a window of 1280 px at 200 %, and that window itself.
WIDTHS = (320, 390, 640, 1280)
# Axe takes most of the time. So each page is held against it twice: at one of these in one language, at the
# other in the other.
AXE_AT = (320, 1280)
SPREAD_AT = (320, 1280)

Findings = dict[str, list[str]]
"""What was found in which check: barriers, wide, small, clipped."""


def prepare(page: Page | Frame) -> None:
    """Brings along what the looking takes, past the policy that forbids a page all foreign script.

    Once for all that a page shows until it goes elsewhere: to bring it takes as long as to look.
    """
    if not page.evaluate("typeof globalThis.look?.barriers === 'function'"):
        page.evaluate(SCRIPT)


def barriers(page: Page | Frame, tags: tuple[str, ...] = ALL_RULES) -> list[str]:
    """What axe-core finds on a page as it stands."""
    prepare(page)
    found: list[str] = page.evaluate("tags => look.barriers(tags)", tags)
    return found


def at_all_widths(page: Page, window: Window, name: str, axe_at: int) -> Findings:
    """Everything, at each width, with all folds open; after the page has the script.

    name: of the page, for what is told of it. axe_at: the width (px) at which axe looks along.
    """
    findings: Findings = defaultdict(list)
    page.evaluate("look.unfold()")
    for width in WIDTHS:
        window.resize(width, 900)
        tags = ALL_RULES if width == axe_at else None
        asked = {"width": width, "least": SMALLEST_TARGET, "tags": tags, "spread": width in SPREAD_AT}
        for check, found in page.evaluate("asked => look.everything(asked)", asked).items():
            findings[check] += [f"{name} at {width} px: {one}" for one in found]
    return findings
