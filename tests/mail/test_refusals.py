"""What a server says when it refuses a letter, and what that means for the address."""

import pytest

from lti_tool.mail.mailer import NotSent, Reason, Sent, Unknown
from tests.mail.connections import saying


def test_an_address_refused_for_good_does_not_hold_up_the_next(server, connection, to):
    server.postbox.refusals["gone@waterhoek.example"] = "550 5.1.1 No such mailbox"

    results = [connection.send(to("gone@waterhoek.example")), connection.send(to())]

    assert results == [NotSent(Reason.REFUSED_ADDRESS, permanent=True), Sent()]
    assert [letter["To"] for letter in server.postbox.letters] == ["samira@waterhoek.example"]


def test_an_address_refused_for_now_may_be_tried_again(server, connection, to):
    server.postbox.refusals["samira@waterhoek.example"] = "450 4.2.0 Greylisted"

    assert connection.send(to()) == NotSent(Reason.REFUSED_FOR_NOW, permanent=False)


def test_a_goodbye_at_one_letter_does_not_hold_up_the_next(server, connection, to):
    server.postbox.refusals["samira@waterhoek.example"] = "421 4.7.0 Too many for this one"
    goodbyes = [connection.send(to()), connection.is_silent]

    others = [connection.send(to("joost@waterhoek.example")), connection.send(to()), connection.is_silent]

    assert goodbyes == [NotSent(Reason.REFUSED_FOR_NOW, permanent=False), False]
    assert others == [Sent(), NotSent(Reason.REFUSED_FOR_NOW, permanent=False), False]


def test_a_server_that_says_goodbye_at_two_letters_in_a_row_wants_none_now(server, connection, to):
    for name in ("samira", "joost"):
        server.postbox.refusals[f"{name}@waterhoek.example"] = "421 4.3.2 Closing down"

    for name in ("samira", "joost"):
        connection.send(to(f"{name}@waterhoek.example"))

    assert connection.is_silent


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 Relaying denied",
        "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
        "550 relay not permitted",
        "530 Authentication required",
        "550 authentication required",
        "550 5.4.5 Daily user sending limit exceeded",
        "503 5.5.1 Bad sequence of commands",
        "554 No service here",
    ],
)
def test_a_refusal_of_ours_says_nothing_about_the_mailbox(server, connection, to, reply):
    server.postbox.refusals["samira@waterhoek.example"] = reply

    assert connection.send(to()) == NotSent(Reason.REFUSED_BY_POLICY, permanent=False)


@pytest.mark.parametrize("reply", ["552 5.2.2 Mailbox full", "550 5.2.2 Over quota", "552 Mailbox full"])
def test_a_full_mailbox_may_be_tried_again(server, connection, to, reply):
    server.postbox.refusals["samira@waterhoek.example"] = reply

    assert connection.send(to()) == NotSent(Reason.REFUSED_FOR_NOW, permanent=False)


@pytest.mark.parametrize("reply", ["550 No such user", "550-5.1.1 Gone since\r\n550 5.1.1 last year"])
def test_an_address_that_is_not_there_is_refused_for_good(server, connection, to, reply):
    server.postbox.refusals["samira@waterhoek.example"] = reply

    assert connection.send(to()) == NotSent(Reason.REFUSED_ADDRESS, permanent=True)


def test_a_refused_sender_says_nothing_about_the_mailbox(server, connection, to):
    server.postbox.at_mail = saying("550 5.1.8 Who are you")

    assert connection.send(to()) == NotSent(Reason.REFUSED_SENDER, permanent=False)


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        ("554 5.6.0 Not this", NotSent(Reason.REFUSED_CONTENT, permanent=True)),
        ("554 5.7.1 Spam", NotSent(Reason.REFUSED_CONTENT, permanent=True)),
        ("550 Rejected by policy", NotSent(Reason.REFUSED_CONTENT, permanent=True)),
        ("552 5.7.0 Not such an attachment", NotSent(Reason.REFUSED_CONTENT, permanent=True)),
        ("550 5.4.5 Daily user sending limit exceeded", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("550 5.1.8 Who are you", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("530 5.7.0 Authentication required", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("550 relay not permitted", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("552 5.2.2 Mailbox full", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("451 4.3.0 Later", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("421 4.3.2 Closing down", NotSent(Reason.REFUSED_FOR_NOW, permanent=False)),
        ("what?", Unknown(Reason.NO_ANSWER)),
    ],
)
def test_the_answer_to_the_content_decides(server, connection, to, reply, result):
    server.postbox.at_content = saying(reply)

    assert connection.send(to()) == result


def test_an_address_beyond_ascii_is_refused_without_a_word_to_the_server(server, connection, to):
    assert connection.send(to("zoë@waterhoek.example")) == NotSent(Reason.REFUSED_ADDRESS, permanent=True)
    assert server.postbox.letters == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "samira",
        "@waterhoek.example",
        "samira@",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
    ],
)
def test_what_is_no_address_is_refused(connection, to, address):
    assert connection.send(to(address)) == NotSent(Reason.REFUSED_ADDRESS, permanent=True)
