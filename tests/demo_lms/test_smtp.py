"""The mail server: what it takes, what it refuses, and how tests make it misbehave."""

import smtplib
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from demo_lms.running import RunningPlatform

SANNE = "sanne.dewit@gemeente.example"
YOUSSEF = "youssef.elhaddad@gemeente.example"


def letter(**changes: str | None) -> EmailMessage:
    """A letter that nobody can object to, but for the changes; None leaves a header out."""
    message = EmailMessage()
    right: dict[str, str | None] = {
        "From": "Beklijf <beklijf@gemeente.example>",
        "To": SANNE,
        "Subject": "Vandaag: doorvragen – één keer",
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": "<1@gemeente.example>",
    }
    for name, value in (right | {name.replace("_", "-"): changes[name] for name in changes}).items():
        if value is not None:
            message[name] = value
    message.set_content("Hoe staat het ermee?\n")
    message.add_alternative("<p>Hoe staat het ermee?</p>", subtype="html")
    return message


@pytest.fixture
def send(lms: RunningPlatform) -> Callable[..., dict[str, Any]]:
    def send(message: EmailMessage, *to: str, timeout: float = 10) -> dict[str, Any]:
        with smtplib.SMTP("127.0.0.1", lms.smtp.port, timeout=timeout) as connection:
            return connection.send_message(message, "bounce@gemeente.example", to or (SANNE,))

    return send


Send = Callable[..., dict[str, Any]]


def behave(http: httpx.Client, **behaviour: Any) -> None:
    assert http.post("/api/smtp", json=behaviour).status_code == 200


def test_a_letter_arrives_whole(send: Send, http: httpx.Client) -> None:
    send(letter())

    (mail,) = http.get("/api/mails").json()
    assert (mail["from"], mail["recipients"]) == ("bounce@gemeente.example", [SANNE])
    assert mail["subject"] == "Vandaag: doorvragen – één keer"
    assert mail["message_id"] == "<1@gemeente.example>"
    assert mail["text"].strip() == "Hoe staat het ermee?"
    assert mail["html"].strip() == "<p>Hoe staat het ermee?</p>"
    assert ["To", SANNE] in mail["headers"]


def test_a_good_letter_gives_no_complaint(send: Send, lms: RunningPlatform) -> None:
    send(letter())

    assert lms.platform.complaints.all() == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"Message_ID": None}, "0 headers Message-ID"),
        ({"Date": None}, "0 headers Date"),
        ({"Subject": None}, "0 headers Subject"),
        ({"Date": format_datetime(datetime.now(UTC) + timedelta(days=14))}, "clock that was moved"),
        ({"List_Unsubscribe_Post": "List-Unsubscribe=One-Click"}, "List-Unsubscribe"),
    ],
)
def test_a_careless_letter_is_taken_with_a_complaint(
    send: Send, lms: RunningPlatform, changes: dict[str, str | None], complaint: str
) -> None:
    send(letter(**changes))

    assert len(lms.platform.mailbox) == 1
    assert complaint in lms.platform.complaints.all()[0].reason


def test_the_same_letter_twice_is_kept_twice_with_a_complaint(send: Send, lms: RunningPlatform) -> None:
    send(letter())
    send(letter())

    assert len(lms.platform.mailbox) == 2
    assert "arrived before" in lms.platform.complaints.all()[0].reason


def test_the_mails_after_a_number_are_the_new_ones(send: Send, http: httpx.Client) -> None:
    send(letter())
    send(letter(Message_ID="<2@gemeente.example>"))

    newer = http.get("/api/mails?after=1").json()

    assert [mail["message_id"] for mail in newer] == ["<2@gemeente.example>"]


@pytest.mark.parametrize("code", [550, 451])
def test_one_address_is_refused_and_others_are_not(send: Send, http: httpx.Client, code: int) -> None:
    behave(http, mode="refuse", address=SANNE.upper(), code=code)

    refused = send(letter(), SANNE, YOUSSEF)

    assert refused[SANNE][0] == code
    assert [mail["recipients"] for mail in http.get("/api/mails").json()] == [[YOUSSEF]]


def test_a_second_refusal_adds_to_the_first_until_all_is_well(send: Send, http: httpx.Client) -> None:
    behave(http, mode="refuse", address=SANNE)
    behave(http, mode="refuse", address=YOUSSEF, code=451)

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send(letter(), SANNE, YOUSSEF)
    behave(http, mode="ok")
    send(letter())

    assert {address: reply[0] for address, reply in refusal.value.recipients.items()} == {
        SANNE: 550,
        YOUSSEF: 451,
    }
    assert len(http.get("/api/mails").json()) == 1


def test_a_server_that_is_down_refuses_connections_and_comes_back_on_its_port(
    send: Send, http: httpx.Client
) -> None:
    behave(http, mode="down")

    with pytest.raises(ConnectionRefusedError):
        send(letter())
    behave(http, mode="ok")
    send(letter())

    assert len(http.get("/api/mails").json()) == 1


def test_going_down_twice_is_going_down_once(send: Send, http: httpx.Client) -> None:
    behave(http, mode="down")
    behave(http, mode="down")
    behave(http, mode="ok")

    send(letter())

    assert len(http.get("/api/mails").json()) == 1


def test_a_slow_server_has_taken_the_letter_by_the_time_the_sender_gives_up(
    send: Send, http: httpx.Client
) -> None:
    behave(http, mode="slow", seconds=6)

    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        send(letter(), timeout=2)

    assert len(http.get("/api/mails").json()) == 1


def test_a_slow_server_answers_a_patient_sender(send: Send, http: httpx.Client) -> None:
    behave(http, mode="slow", seconds=0.4)
    began = time.monotonic()

    send(letter())

    assert time.monotonic() - began >= 0.4
    assert len(http.get("/api/mails").json()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"mode": "broken"},
        {"mode": "slow"},
        {"mode": "slow", "seconds": -1},
        {"mode": "refuse"},
        {"mode": "refuse", "address": SANNE, "code": 250},
    ],
)
def test_an_unknown_behaviour_changes_nothing(http: httpx.Client, body: Any) -> None:
    answer = http.post("/api/smtp", json=body)

    assert answer.status_code == 400
    assert http.get("/api/smtp").json()["mode"] == "ok"
