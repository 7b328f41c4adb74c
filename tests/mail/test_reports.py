"""Reading delivery reports, of which anybody may be the writer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.domain.bounces import Report, judge_all
from lti_tool.mail.reports import LONGEST, parse
from tests.dsn import NAMES, report

HEAD = b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
STATUS = b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
FAILED = STATUS + b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"


def returned(kind=b"message/rfc822", message_id=b"<a@b>"):
    """The part with the letter itself."""
    return b"--b\r\nContent-Type: " + kind + b"\r\n\r\nMessage-ID: " + message_id + b"\r\n\r\nx\r\n--b--\r\n"


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("postfix-unknown-user", "refused"),
        ("postfix-expired", "for_now"),
        ("postfix-delayed", None),
        ("exchange-unknown-user", "refused"),
        ("exchange-policy", "not_the_address"),
        ("exchange-mailbox-full", "for_now"),
        ("gmail-unknown-user", "refused"),
    ],
)
def test_the_reports_of_well_known_servers_are_understood(name, verdict):
    found = parse(report(name, "<12.34@localhost>"))

    assert found.message_id == "<12.34@localhost>"
    assert judge_all(found.told) == verdict
    assert "learner@gemeente.example" in found.told[0].addresses


def test_every_report_of_the_samples_is_tried_above():
    assert len(NAMES) == 8  # the one that is left is no report


def test_an_answer_of_somebody_who_is_away_is_no_report():
    assert parse(report("out-of-office")) is None


def test_a_report_without_the_letter_is_an_answer_to_it():
    content = b"In-Reply-To:\r\n <c@d>\r\n" + HEAD + FAILED + b"--b--\r\n"

    assert parse(content).message_id == "<c@d>"


def test_a_report_in_bare_line_feeds_is_understood():
    assert parse((HEAD + FAILED + returned()).replace(b"\r\n", b"\n")).message_id == "<a@b>"


def test_a_letter_that_came_back_within_another_mail_is_not_looked_for():
    inner = b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + HEAD.replace(b'"b"', b'"c"')
    forwarded = HEAD + inner + (FAILED + returned()).replace(b"--b", b"--c") + b"--b--\r\n"

    assert parse(forwarded) is None


def test_what_stands_far_behind_is_not_read():
    long = HEAD + FAILED + b"--b\r\nContent-Type: text/plain\r\n\r\n" + b"x\r\n" * LONGEST + returned()

    assert parse(long) is None


@pytest.mark.parametrize(
    "message_id", [b"", b"<>", b"a@b", b"<a b>", b"<a\x00b>", b"<\xff\xfe\xfd>", b"<" + b"a" * 300 + b">"]
)
def test_what_is_no_message_id_is_none(message_id):
    assert parse(HEAD + FAILED + returned(message_id=message_id)) is None


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-16", "rot13", "idna", "\ud800"])
def test_a_wrong_charset_does_no_harm(charset):
    kind = f'text/rfc822-headers; charset="{charset}"'.encode(errors="replace")

    assert parse(HEAD + FAILED + returned(kind)).message_id == "<a@b>"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "x-uuencode", "8bit", "?"])
def test_a_wrong_encoding_does_no_harm(encoding):
    kind = b"text/rfc822-headers\r\nContent-Transfer-Encoding: " + encoding.encode()

    assert isinstance(parse(HEAD + FAILED + returned(kind)), Report | None)


def test_parts_within_parts_without_end_are_no_report():
    depth = 3000
    parts = (f"Content-Type: multipart/report; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))

    assert parse("".join(parts).encode()) is None


def test_of_recipients_without_end_some_are_read():
    block = b"Action: failed\r\nStatus: 5.1.1\r\n\r\n"

    assert len(parse(HEAD + STATUS + block * 3000 + returned()).told) == 20


PIECES = [HEAD, STATUS, FAILED, returned(), b"--b\r\n", b"--b--", b"Action: failed\r\n", b"Status:", b"\r\n"]


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_no_bytes_make_it_crash(content):
    assert isinstance(parse(content), Report | None)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=12))
@settings(deadline=None)
def test_no_bytes_between_the_pieces_of_a_report_make_it_crash(pieces):
    assert isinstance(parse(b"".join(pieces)), Report | None)


@given(st.sampled_from(NAMES), st.data())
@settings(deadline=None)
def test_no_report_that_was_damaged_makes_it_crash(name, data):
    content = bytearray(report(name))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    found = parse(bytes(content))

    if found:
        judge_all(found.told)
        "".join(address for told in found.told for address in told.addresses).encode()
        assert found.message_id.isascii()
        assert found.message_id.isprintable()
