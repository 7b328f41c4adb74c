"""A launch of a browser without cookies, one request at a time."""

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from demo_lms.browser import Browser
from tests.web.campus import LOOK_BACK, Campus
from tests.web.fetching import IN_FRAME, OWN


@dataclass
class Launch:
    """A launch without cookies, one request at a time, as the scripts of the pages would send them.

    kept: what the platform was told to keep.
    """

    campus: Campus
    kept: dict[str, str]

    @property
    def state(self) -> str:
        return parse_qs(urlsplit(self.kept["go-on"]).query)["state"][0]

    def answer(self, name: str = "sanne") -> dict[str, str]:
        """What the platform lets the browser post, once somebody signed in there passes by."""
        browser = self.campus.sign_in(name)
        page = browser.visit(self.kept["go-on"])
        return dict(page.form("id_token").filled({}, None))

    def post(self, fields: dict[str, str], **headers: str):
        """A form at the launch address. headers: that differ from those of our own page."""
        sent = {**OWN, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.campus.http.post("/lti/launch", data=fields, headers=sent)


def opening(campus: Campus, name: str = "sanne") -> dict[str, str]:
    """The parameters of a login, of somebody who opens an activity."""
    around = campus.sign_in(name).activity(LOOK_BACK)
    start = Browser.open_frame(campus.browsers[-1], around)
    return dict(start.form("login_hint").filled({}, None))


def to_keep(page: str) -> dict[str, str]:
    """What a page tells its script."""
    (element,) = re.findall(r"<div (data-storage=[^>]*)>", page)
    return {name: html.unescape(value) for name, value in re.findall(r'data-([\w-]+)="([^"]*)"', element)}


def log_in(campus: Campus, asked: dict[str, str]):
    """The page of a login whose cookie did not come back."""
    first = campus.http.post("/lti/login", data=asked, headers=IN_FRAME)
    return campus.http.get(first.headers["Location"], headers=IN_FRAME)


def launch_of_sanne(campus: Campus) -> Launch:
    """Her activity is set up; the platform keeps values in the page around the frame."""
    campus.place()
    asked = opening(campus) | {"lti_storage_target": "_parent"}
    return Launch(campus, to_keep(log_in(campus, asked).text))
