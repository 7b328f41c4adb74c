"""Launches whose last step several browsers take at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import httpx

from demo_lms.cookies import Navigation


def passage(campus, browser, page):
    """The form by which the LMS answers: its address, its fields and the cookie that goes along."""
    form = page.form("id_token")
    url = urljoin(page.url, form.action)
    origin = Navigation(page.top, page.origin)
    cookie = browser.cookies.header(url, "POST", origin, campus.work.now().real)
    return url, dict(form.filled({}, None)), {"Cookie": cookie}


def post_at_once(passages):
    """The statuses of forms that are posted at the same moment."""

    def post(passage) -> int:
        url, form, headers = passage
        return httpx.post(url, data=form, headers=headers, trust_env=False, timeout=30).status_code

    with ThreadPoolExecutor(len(passages)) as threads:
        return sorted(threads.map(post, passages))
