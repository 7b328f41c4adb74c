"""A browser over plain HTTP: signs in, opens activities in their frame, fills and sends forms.

It runs no scripts and presses the buttons that scripts would press. It keeps cookies as Chromium does and
refuses to frame what Chromium refuses. Made for tests, for the journey and for filling the demo.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from demo_lms import cookies, framing
from demo_lms.cookies import CookieStore, Navigation
from demo_lms.documents import Answer, Control, Form
from demo_lms.page import Page

LONGEST_CHAIN = 20
"""Redirects that a browser follows."""

FORM = "application/x-www-form-urlencoded"


@dataclass
class Browser:
    """One browser with one person behind it.

    lms: address of the LMS.
    language: what the browser asks pages to be in.
    """

    lms: str
    language: str = "nl"
    cookies: CookieStore = field(default_factory=CookieStore)

    def __post_init__(self) -> None:
        no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        # Over plain HTTP there is nobody to trust, and reading a list of those takes longer than a page.
        nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client = httpx.Client(timeout=60, trust_env=False, cookies=no_cookies, verify=nobody)

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def visit(self, url: str) -> Page:
        """Type an address into the tab."""
        return self._navigate("GET", urljoin(self.lms, url), "", Navigation())

    def follow(self, page: Page, text: str) -> Page:
        """Click on a link; it opens where the page is."""
        return self._navigate("GET", page.link(text), "", Navigation(page.top, page.origin))

    def open(self, page: Page, part: str) -> Page:
        """Click on the first link whose address holds this text. Raises LookupError when there is none."""
        for link in page.document.links:
            if part in link.url:
                url, navigation = urljoin(page.url, link.url), Navigation(page.top, page.origin)
                return self._navigate("GET", url, "", navigation)
        raise LookupError(f"no link to {part!r} on {page.url}: {page.text[:400]}")

    def follow_in_tab(self, page: Page, url: str) -> Page:
        """Click on a link that opens in the tab itself, such as one in a mail."""
        return self._navigate("GET", urljoin(page.url, url), "", Navigation(None, page.origin))

    def submit(
        self,
        page: Page,
        answers: Mapping[str, Answer] | None = None,
        button: str | None = None,
        having: str | None = None,
    ) -> Page:
        """Fill a form of the page and send it.

        answers: by field name; None as an answer leaves the field out, whatever the page says.
        button: text or value of the button to press; the first one when left out.
        having: a field, button text or id by which to find the form; the first form when left out.
        """
        form = page.form(having or button)
        pressed = form.button(button)
        return self._send_form(page, form, form.filled(answers or {}, pressed), pressed)

    def sign_in(self, name: str) -> Page:
        """Press the button of somebody at the entrance, by username."""
        return self.submit(self.visit("/"), button=name)

    def activity(self, link_id: str, *, deployment: str | None = None) -> Page:
        """The LMS's page round an activity."""
        query = f"?deployment={deployment}" if deployment else ""
        return self.visit(f"/activities/{link_id}{query}")

    def open_frame(self, page: Page) -> Page:
        """What the first frame of a page shows."""
        if not page.document.frames:
            raise LookupError(f"no frame on {page.url} ({page.status})")
        url = urljoin(page.url, page.document.frames[0].url)
        return self._navigate("GET", url, "", Navigation(page.top or page.origin, page.origin))

    def answer(self, link_id: str, *, deployment: str | None = None, in_tab: bool = False) -> Page:
        """Open an activity up to the LMS's answer: the page whose form carries the id_token, or an error.

        in_tab: open it in a tab of its own instead of in the frame.
        Another page of the tool is returned as it is when the tool does not go on.
        """
        around = self.activity(link_id, deployment=deployment)
        if in_tab:
            start = self.follow_in_tab(around, around.link("Open deze activiteit in een nieuw tabblad"))
        else:
            start = self.open_frame(around)
        return self._log_in(start)

    def open_tool(self, page: Page) -> Page:
        """What the tool shows in the frame of a page of the LMS, such as that of one result."""
        return self._pass_on(self._log_in(self.open_frame(page)))

    def launch(self, link_id: str, *, deployment: str | None = None, in_tab: bool = False) -> Page:
        """Open an activity the whole way, and show what the tool shows."""
        return self._pass_on(self.answer(link_id, deployment=deployment, in_tab=in_tab))

    def _log_in(self, start: Page) -> Page:
        landed = self.submit(start)
        return self.submit(landed) if landed.has_form("repost") else landed

    def _pass_on(self, answer: Page) -> Page:
        is_passage = answer.has_form("id_token") or answer.has_form("error")
        return self.submit(answer) if is_passage else answer

    def choose_content(self, course_id: str, *, deployment: str = "1") -> Page:
        """Add an activity to a course up to the tool, and show what the tool shows."""
        start = self.open_frame(self.visit(f"/courses/{course_id}/add/{deployment}"))
        landed = self.submit(start)
        answer = self.submit(landed) if landed.has_form("repost") else landed
        return self.submit(answer) if answer.has_form("id_token") or answer.has_form("error") else answer

    def hand_over(self, page: Page) -> Page:
        """Take what the tool chose back to the LMS, from the tool's last page; what the LMS shows."""
        landed = self.submit(page, having="JWT")
        return self.submit(landed) if landed.has_form("repost") else landed

    def _send_form(
        self, page: Page, form: Form, pairs: list[tuple[str, str]], pressed: Control | None
    ) -> Page:
        action = (pressed.action if pressed is not None else "") or form.action or page.url
        url, navigation = urljoin(page.url, action), Navigation(page.top, page.origin)
        if form.method == "post":
            return self._navigate("POST", url, urlencode(pairs), navigation)
        return self._navigate("GET", f"{url.partition('?')[0]}?{urlencode(pairs)}", "", navigation)

    def _navigate(self, method: str, url: str, body: str, navigation: Navigation) -> Page:
        """Ask for a page and follow redirects; at 301, 302 and 303 a POST becomes a GET (Fetch 4.4)."""
        chain = [url]
        for _ in range(LONGEST_CHAIN):
            response = self._ask(method, chain, body, navigation)
            if not response.has_redirect_location:
                _judge_framing(response, navigation)
                return Page(response, navigation.top, tuple(chain))
            if response.status_code in (301, 302, 303):
                method, body = "GET", ""
            chain.append(urljoin(chain[-1], response.headers["Location"]))
        raise LookupError(f"too many redirects: {chain}")

    def _ask(self, method: str, chain: list[str], body: str, navigation: Navigation) -> httpx.Response:
        url, now = chain[-1], datetime.now(UTC)
        headers = _headers(method, chain, navigation) | {"Accept-Language": self.language}
        cookie = self.cookies.header(url, method, navigation, now)
        if cookie:
            headers["Cookie"] = cookie
        response = self._client.request(
            method, url, content=body or None, headers=headers, follow_redirects=False
        )
        for line in response.headers.get_list("set-cookie"):
            self.cookies.keep(line, url, navigation, now)
        return response


def _headers(method: str, chain: list[str], navigation: Navigation) -> dict[str, str]:
    """What Chromium sends with a navigation (Fetch Metadata section 2)."""
    headers = {
        "User-Agent": "Mozilla/5.0 (leerhuis)",
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Sec-Fetch-Site": _distance(chain, navigation.initiator),
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document" if navigation.top is None else "iframe",
    }
    if method == "POST":
        headers["Content-Type"] = FORM
        headers["Origin"] = navigation.initiator or "null"
    return headers


def _distance(chain: list[str], initiator: str | None) -> str:
    """How far every address of the chain lies from the page that began it; the farthest counts."""
    if initiator is None:
        return "none"
    if any(cookies.site(url) != cookies.site(initiator) for url in chain):
        return "cross-site"
    parts = [urlsplit(url) for url in chain]
    is_own = all(f"{part.scheme}://{part.netloc}" == initiator for part in parts)
    return "same-origin" if is_own else "same-site"


def _judge_framing(response: httpx.Response, navigation: Navigation) -> None:
    if navigation.top is not None:
        policies = response.headers.get_list("content-security-policy")
        options = response.headers.get("x-frame-options")
        framing.judge(str(response.url), policies, options, navigation.top)
