"""A walk past every page of the gallery, in both languages, at all widths."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from playwright.sync_api import sync_playwright

from lti_tool.domain.words import LOCALES
from tests.browser import chromium, gallery, looking
from tests.browser.looking import Findings
from tests.browser.watch import Watch


@dataclass
class Survey:
    """What was found in each check, in words; and how many pages were looked at."""

    findings: Findings = field(default_factory=lambda: defaultdict(list))
    pages: int = 0

    def add(self, findings: Findings) -> None:
        for check, found in findings.items():
            self.findings[check] += found

    def told(self, check: str) -> str:
        """All that one check found, a line each: a list would be cut off."""
        return "\n".join(["", *self.findings[check]])


def walk(url: str) -> Survey:
    """Both languages at once, each in a browser of its own: the looking takes most of the time.

    url: where the gallery is.
    """
    survey = Survey()
    with ThreadPoolExecutor(len(LOCALES)) as pool:
        for part in pool.map(lambda locale: _walk(url, locale), LOCALES):
            survey.pages += part.pages
            survey.add(part.findings)
    return survey


def _walk(url: str, locale: str) -> Survey:
    survey = Survey()
    with sync_playwright() as playwright:
        browser = chromium.launch_for_a_walk(playwright)
        context, watch = browser.new_context(no_viewport=True), Watch((url,))
        watch.over(context)
        tab = context.new_page()
        window = chromium.Window(tab)
        for number, page in enumerate(gallery.pages(locale)):
            tab.goto(url + gallery.address(number, locale))
            tab.add_script_tag(url=gallery.SCRIPT)
            name = f"{page} ({locale})"
            survey.add(looking.at_all_widths(tab, window, name, _axe_width(number, locale)))
            survey.add({"restless": [f"{name}: {one}" for one in watch.take()]})
            survey.pages += 1
        browser.close()
    return survey


def _axe_width(number: int, locale: str) -> int:
    """The width (px) for a page in one language; in the other language it gets the other one."""
    return looking.AXE_AT[(number + LOCALES.index(locale)) % len(looking.AXE_AT)]
