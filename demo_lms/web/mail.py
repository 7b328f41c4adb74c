"""The mailbox as people see it."""

import re

import httpx
from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from demo_lms.letters import Letter
from demo_lms.web import here

mail_pages = Blueprint("mail", __name__, url_prefix="/mail")

HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
"""What a mail programme posts when its reader clicks "unsubscribe" (RFC 8058 section 3.1)."""


@mail_pages.get("")
def mailbox() -> ResponseReturnValue:
    return render_template("mailbox.html", letters=here.platform().mailbox.all()[::-1])


@mail_pages.get("/<int:number>")
def letter(number: int) -> ResponseReturnValue:
    found = _letter(number)
    return render_template(
        "letter.html", letter=found, html=_opening_on_top(found.html), unsubscribe=_one_click_url(found)
    )


@mail_pages.post("/<int:number>/unsubscribe")
def unsubscribe(number: int) -> ResponseReturnValue:
    """Do what the button of a mail programme does: one POST, from server to server, without cookies."""
    found = _letter(number)
    url = _one_click_url(found)
    if url is None:
        abort(404)
    try:
        status = httpx.post(url, data=ONE_CLICK, timeout=10, trust_env=False).status_code
    except httpx.HTTPError:
        status = 0
    return redirect(f"/mail/{number}?unsubscribed={status}", 303)


def _letter(number: int) -> Letter:
    return here.platform().mailbox.find(number) or abort(404)


def _one_click_url(letter: Letter) -> str | None:
    """The tool's address for a one-click unsubscription; other addresses are none of the LMS's business."""
    if "one-click" not in letter.header("List-Unsubscribe-Post").lower():
        return None
    urls = re.findall(r"<([^>]+)>", letter.header("List-Unsubscribe"))
    tool = here.platform().registration.tool + "/"
    return next((url for url in urls if url.startswith(tool)), None)


def _opening_on_top(html: str) -> str:
    """The letter, with links that leave its frame: the pages behind them refuse to be framed."""
    base = '<base target="_top">'
    if HEAD.search(html) is None:
        return base + html
    return HEAD.sub(lambda head: head.group() + base, html, count=1)
