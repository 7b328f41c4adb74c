"""The mailbox of the demo, as its people read it."""

import smtplib

import pytest

from demo_lms.browser import Browser
from demo_lms.running import RunningPlatform
from tests.demo_lms.fake_tool import FakeTool


def mail(lms: RunningPlatform, body: str, **headers: str) -> None:
    """A letter with an HTML body and, if given, more headers."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    source = "\r\n".join(["Subject: Vandaag", "Content-Type: text/html; charset=utf-8", *lines, "", body, ""])
    with smtplib.SMTP("127.0.0.1", lms.smtp.port) as connection:
        connection.sendmail("beklijf@gemeente.example", ["sanne.dewit@gemeente.example"], source.encode())


def test_a_letter_is_shown_in_a_frame_that_can_do_little_but_open_links_on_top(
    browser: Browser, lms: RunningPlatform
) -> None:
    mail(
        lms,
        '<html><head><title>x</title></head><body><a href="http://localhost/c/1">Gedaan</a></body></html>',
    )

    page = browser.visit("/mail/1")

    assert 'sandbox="allow-popups allow-top-navigation-by-user-activation"' in page.text
    assert "&lt;head&gt;&lt;base target=&#34;_top&#34;&gt;" in page.text
    assert "<body><a" not in page.text


def test_the_mailbox_shows_the_newest_first(browser: Browser, lms: RunningPlatform) -> None:
    mail(lms, "een")
    mail(lms, "twee")

    links = [link.url for link in browser.visit("/mail").document.links]

    assert links.index("/mail/2") < links.index("/mail/1")


def test_one_click_unsubscribes_from_server_to_server(
    browser: Browser, lms: RunningPlatform, tool: FakeTool
) -> None:
    mail(
        lms,
        "x",
        List_Unsubscribe=f"<{tool.url}/m/stop>",
        List_Unsubscribe_Post="List-Unsubscribe=One-Click",
    )

    page = browser.submit(browser.visit("/mail/1"), button="Afmelden met één klik")

    assert tool.unsubscribed == [{"List-Unsubscribe": "One-Click"}]
    assert "U bent afgemeld." in page.text


def test_one_click_goes_to_the_tool_only(browser: Browser, lms: RunningPlatform) -> None:
    mail(
        lms,
        "x",
        List_Unsubscribe="<http://169.254.169.254/latest>",
        List_Unsubscribe_Post="List-Unsubscribe=One-Click",
    )

    with pytest.raises(LookupError, match="Afmelden met één klik"):
        browser.submit(browser.visit("/mail/1"), button="Afmelden met één klik")
