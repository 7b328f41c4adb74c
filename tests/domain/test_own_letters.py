"""The address that opens a letter of somebody's own: all text in it stays text (RFC 6068)."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import own_letters
from lti_tool.domain.own_letters import OwnLetter

HOSTILE = "Schrijven\r\nBcc: anders@elders.example&bcc=x@y.example?cc=z%0D%0ABcc:q"


def read(url: str) -> tuple[str, dict[str, list[str]]]:
    """The receiver and the headers of a mailto address, as a mail program reads them."""
    parts = urlsplit(url)
    assert parts.scheme == "mailto"
    return unquote(parts.path), parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)


def test_a_mail_program_reads_the_text_as_it_was_written():
    letter = OwnLetter("Een vraag & meer", "Hallo,\n\n100% “zeker”?\nDank = u", "ingrid+les@gemeente.example")

    assert read(letter.url) == (
        "ingrid+les@gemeente.example",
        {"subject": ["Een vraag & meer"], "body": ["Hallo,\r\n\r\n100% “zeker”?\r\nDank = u"]},
    )


def test_spaces_and_line_ends_are_written_as_mail_programs_understand_them():
    assert OwnLetter("Een vraag", "a b\nc").url == "mailto:?subject=Een%20vraag&body=a%20b%0D%0Ac"


@pytest.mark.parametrize("place", ["subject", "body", "to"])
def test_no_text_adds_a_receiver_or_a_header(place):
    letter = OwnLetter(**{"subject": "Vraag", "body": "Hallo", place: HOSTILE})

    _, headers = read(letter.url)

    assert set(headers) == {"subject", "body"}
    assert "\n" not in headers["subject"][0]
    assert letter.url.count("?") == 1
    assert letter.url.count("&") == 1


@given(st.text(), st.text(max_size=200) | st.just("é😀" * 999), st.text(max_size=60))
def test_any_text_makes_one_address_that_is_plain_and_not_too_long(subject, body, to):
    letter = OwnLetter(subject[:60], body, to)

    assert letter.url.isascii()
    assert letter.url.isprintable()
    assert len(letter.url) <= own_letters.LONGEST
    assert not set(letter.url) & set(" \"<>'\\")


def test_of_a_text_that_is_too_long_the_beginning_stands_and_no_character_is_halved():
    _, headers = read(OwnLetter("Vraag", "Hallo " + "😀" * 999).url)

    assert headers["body"][0].startswith("Hallo 😀")
    assert set(headers["body"][0]) == set("Halo 😀")
