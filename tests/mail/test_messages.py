"""The headers and form of a letter on the wire."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP

import pytest

from lti_tool.mail.letters import render
from tests.mail.reading import read


@pytest.fixture
def message(about):
    return read(render(about("check_in")))


def test_text_comes_first_and_html_beside_it(message):
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("tag", ["nl", "en"])
def test_the_language_of_the_letter_is_told(about, tag):
    assert read(render(about("check_in", tag)))["Content-Language"] == tag


def test_no_machine_answers_it_but_refusals_still_come_back(message):
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_one_click_stops_it_however_long_the_link(about):
    url = f"https://beklijf.example/m/{'v3KpR9' * 20}"

    wire = render(about("check_in", unsubscribe_url=url)).as_bytes().decode()

    assert f"\r\nList-Unsubscribe: <{url}>\r\n" in wire
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in wire


def test_date_and_message_id_are_those_that_were_recorded(message):
    assert message["Message-ID"] == "<5f0c@beklijf.example>"
    assert message["Date"] == "Wed, 04 Jun 2025 07:30:00 +0000"


@pytest.mark.parametrize(
    ("mail_from", "shown"),
    [
        ("post@beklijf.example", "Beklijf <post@beklijf.example>"),
        ("Leren bij Waterhoek <leren@waterhoek.example>", "Leren bij Waterhoek <leren@waterhoek.example>"),
    ],
)
def test_the_sender_has_a_name(about, mail_from, shown):
    assert read(render(about("check_in", mail_from=mail_from)))["From"] == shown


def test_answers_go_where_the_organisation_wants_them(about, message):
    other = read(render(about("check_in", reply_to="leren@waterhoek.example")))

    assert message["Reply-To"] is None
    assert other["Reply-To"] == "leren@waterhoek.example"


def test_the_wire_needs_no_more_than_ascii_and_short_lines(about):
    wire = render(about("check_in", when_words="é🙂 " * 500, training="x" * 3000)).as_bytes()

    assert wire.isascii()
    assert max(map(len, re.split(rb"\r\n", wire))) <= 998
    assert b"\n" not in wire.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "words", ["= één = 🙂 \t", "..\n.\nFrom een collega", "regel  \n\n  einde ", "woord" * 400]
)
def test_what_was_written_is_what_is_read(about, words):
    letter = replace(
        render(about("check_in")), text=f"{words}\n", html=f"<p>{words}</p>\n", subject="één 🙂" * 9
    )

    message = read(letter)

    parts = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    text, html = (part.replace("\r\n", "\n") for part in parts)
    assert (text, html) == (letter.text, letter.html)
    assert message["Subject"] == letter.subject


def test_a_line_end_in_a_header_is_refused(about):
    letter = replace(render(about("check_in")), subject="Dag\r\nBcc: iedereen@waterhoek.example")

    with pytest.raises(ValueError, match="Subject has a line end"):
        letter.as_bytes()


def test_a_letter_to_no_address_is_no_message(about):
    with pytest.raises(ValueError):
        read(render(about("check_in", to="zoë@waterhoek.example")))


@pytest.mark.parametrize(
    "cue", ["=?utf-8?q?a=0D=0ABcc:_v@x.nl?=", "=?utf-8?b?DQpCY2M6IHZAeC5u?=", "=?utf-7?q?+2AA-?="]
)
def test_words_that_look_encoded_begin_no_header(about, cue):
    sound = read(render(about("check_in", cue="doorvragen")))

    wire = render(about("check_in", cue=cue)).as_bytes()

    headers = message_from_bytes(wire, policy=SMTP)
    assert headers.keys() == sound.keys()
    assert headers["Subject"] == f"Tussenstand: {cue.replace('=?', '= ?')}"
