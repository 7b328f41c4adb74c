"""A training that asks to prepare and to make a plan, and what a learner asks of the tool in it."""

from tests.web.campus import LOOK_BACK, PREPARE


def place(campus):
    """Both activities, set up."""
    campus.place(PREPARE, instrument="pre")
    campus.place(LOOK_BACK)
    return campus


def asking(campus, browser, link_id=LOOK_BACK):
    """What somebody asks of the tool, within a new visit."""
    page, cookie = browser.launch(link_id), campus.cookie_of(browser)

    def ask(path, **data):
        method = "POST" if data else "GET"
        url = page.url.partition("?")[0] + path
        return campus.http.request(method, url, headers=cookie, data=data or None)

    return ask
