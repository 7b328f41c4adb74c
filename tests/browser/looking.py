"""What a page must hold for everybody, looked at in the browser."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

AXE: str = Axe().axe_script
SCRIPT = Path(__file__).with_name("look.js").read_text()
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALL_RULES = (*WCAG, "best-practice")
SMALLEST_TARGET = 44  # px; the layout's own promise, more than WCAG 2.2 asks
# A small phone, a phone, a window of 1280 px at 200 %, and that window itself.
WIDTHS = (320, 390, 640, 1280)
AXE_AT = (320, 390, 1280)
SPREAD_AT = (320, 1280)

Findings = dict[str, list[str]]
"""What was found in which check: barriers, wide, small, clipped."""


def prepare(page: Page | Frame) -> None:
    """Brings along what the looking takes; once a document."""
    page.evaluate(AXE)
    page.evaluate(SCRIPT)


def barriers(page: Page | Frame, tags: tuple[str, ...] = ALL_RULES) -> list[str]:
    """What axe-core finds on a page as it stands."""
    prepare(page)
    found: list[str] = page.evaluate("tags => look.barriers(tags)", tags)
    return found


def at_all_widths(page: Page, name: str) -> Findings:
    """Everything, at each width, with all folds open. name: of the page, for what is told of it."""
    findings: Findings = defaultdict(list)
    prepare(page)
    page.evaluate("look.unfold()")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for check, found in _at(page, width):
            findings[check] += [f"{name} at {width} px: {one}" for one in found]
    return findings


def _at(page: Page, width: int) -> Iterator[tuple[str, list[str]]]:
    yield "wide", page.evaluate("look.wide()")
    yield "clipped", page.evaluate("look.clipped()")
    yield "small", page.evaluate("least => look.small(least)", SMALLEST_TARGET)
    if width in AXE_AT:
        yield "barriers", page.evaluate("tags => look.barriers(tags)", ALL_RULES)
    if width in SPREAD_AT:
        page.evaluate("look.spread(true)")
        yield "wide", page.evaluate("look.wide()")
        yield "clipped", page.evaluate("look.clipped()")
        page.evaluate("look.spread(false)")
