"""Debian's chromium, told to mind its own business."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

PATH = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A frame stays in the process of its page: moved to another, the driver now and then loses sight of it.
    "--disable-site-isolation-trials",
)
# Third-party cookies are kept only when partitioned, as browsers do that protect their readers.
ONLY_PARTITIONED = "--test-third-party-cookie-phaseout"
# No page of a walk stays long enough for an optimising compiler, nor is drawing worth a process of its own.
FOR_A_WALK = ("--in-process-gpu", "--js-flags=--no-turbofan --no-maglev")
PATIENCE = 60_000  # ms, on a busy machine
BLOCK = 2  # a content setting of Chromium
OFF = 0  # of its control of third-party cookies


def launch(playwright: Playwright) -> Browser:
    """A browser for any number of profiles."""
    return playwright.chromium.launch(executable_path=PATH, args=[*QUIET, ONLY_PARTITIONED])


def launch_for_a_walk(playwright: Playwright) -> Browser:
    """A browser that sees many pages, each for a moment."""
    return playwright.chromium.launch(executable_path=PATH, args=[*QUIET, *FOR_A_WALK])


class Window:
    """The window of a tab, whose context says nothing about it (`no_viewport`).

    Playwright waits for each size until it is drawn, which takes longer than most of the looking. A page
    that is asked where something is lays itself out without.
    """

    def __init__(self, tab: Page) -> None:
        self._devtools = tab.context.new_cdp_session(tab)

    def resize(self, width: int, height: int) -> None:
        """Both in px."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._devtools.send("Emulation.setDeviceMetricsOverride", size)


def launch_without_cookies(
    playwright: Playwright, folder: Path, site: str, within: str = "*"
) -> BrowserContext:
    """A browser of its own whose reader forbids a site all cookies, partitioned or not.

    within: the site on top for which that holds.
    """
    exceptions = {f"{site},{within}": {"setting": BLOCK}}
    return _launch_profile(playwright, folder, {"content_settings": {"exceptions": {"cookies": exceptions}}})


def launch_keeping_all_cookies(playwright: Playwright, folder: Path) -> BrowserContext:
    """A browser of its own whose reader forbids nothing: cookies of third parties are kept."""
    return _launch_profile(playwright, folder, {"cookie_controls_mode": OFF})


def _launch_profile(playwright: Playwright, folder: Path, profile: dict[str, Any]) -> BrowserContext:
    preferences = {"profile": profile}
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(preferences))
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=PATH, args=list(QUIET), locale="nl-NL"
    )
