"""The mailer against a real SMTP server, in good days and bad."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lti_tool.mail.letters import Letter, render
from lti_tool.mail.mailer import Connection, Mailer, NotSent, Reason, Sent, Unknown
from lti_tool.mail.servers import Trouble, Unreachable

SHORT = 1


@pytest.fixture
def to(about) -> Callable[..., Letter]:
    """A letter to that address."""
    return lambda address="samira@waterhoek.example", **changes: render(
        about("check_in", to=address, **changes)
    )


@pytest.fixture
def connection(server) -> Iterator[Connection]:
    with connected(server.url) as open_connection:
        yield open_connection


def connected(url: str) -> Connection:
    connection = Mailer(url, timeout=SHORT, patience=SHORT).connect()
    assert isinstance(connection, Connection)
    return connection


async def hang_up(server: Any) -> None:
    server.transport.abort()


async def say_nothing(server: Any) -> None:
    await asyncio.sleep(10 * SHORT)


def saying(reply: str) -> Callable[[Any], Any]:
    async def say(server: Any) -> str:
        return reply

    return say


def test_a_letter_arrives_with_both_its_forms(server, connection, to):
    letter = to()

    result = connection.send(letter)

    assert result == Sent()
    (arrived,) = server.postbox.letters
    assert arrived["To"] == "samira@waterhoek.example"
    assert arrived["Subject"] == "Tussenstand: doorvragen"
    assert arrived.get_body(("plain",)).get_content().splitlines() == letter.text.splitlines()
    assert arrived.get_body(("html",)).get_content().splitlines() == letter.html.splitlines()


def test_a_line_that_begins_with_a_dot_arrives_whole(server, connection, to):
    letter = to(when_words="..een lijst", training=".")

    connection.send(letter)

    assert (
        server.postbox.letters[0].get_body(("plain",)).get_content().splitlines() == letter.text.splitlines()
    )


def test_several_letters_go_over_one_connection(server, connection, to):
    results = [connection.send(to(f"{name}@waterhoek.example")) for name in ("a", "b", "c")]

    assert results == [Sent()] * 3
    assert len(server.postbox.letters) == 3
    assert server.postbox.connections == 1


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


@pytest.mark.parametrize("silence", [say_nothing, hang_up])
def test_nobody_knows_about_a_letter_that_got_no_answer(server, connection, to, silence):
    server.postbox.at_content = silence

    assert connection.send(to()) == Unknown(Reason.NO_ANSWER)


@pytest.mark.parametrize("silence", [say_nothing, hang_up])
def test_a_letter_whose_content_was_never_asked_for_was_not_sent(server, connection, to, silence):
    server.postbox.at_mail = silence

    assert connection.send(to()) == NotSent(Reason.CONNECTION_LOST, permanent=False)


@pytest.mark.parametrize("silence", [say_nothing, hang_up])
@pytest.mark.parametrize("stage", ["at_mail", "at_content"])
def test_the_letter_after_a_lost_connection_goes_over_a_new_one(server, connection, to, stage, silence):
    setattr(server.postbox, stage, silence)
    connection.send(to("first@waterhoek.example"))
    setattr(server.postbox, stage, None)

    result = connection.send(to("second@waterhoek.example"))

    assert result == Sent()
    assert server.postbox.letters[-1]["To"] == "second@waterhoek.example"
    assert server.postbox.connections == 2


def test_a_connection_that_went_stale_between_two_letters_is_opened_again(serve, to):
    server = serve(timeout=SHORT / 3)
    with connected(server.url) as connection:
        connection.send(to("first@waterhoek.example"))
        time.sleep(SHORT)

        result = connection.send(to("second@waterhoek.example"))

    assert result == Sent()
    assert len(server.postbox.letters) == 2


def test_a_server_that_goes_down_between_two_letters_did_not_get_the_second(server, connection, to):
    connection.send(to("first@waterhoek.example"))
    server.stop()

    result = connection.send(to("second@waterhoek.example"))

    assert result == NotSent(Reason.CONNECTION_LOST, permanent=False)


def test_a_server_that_stops_reading_halfway_did_not_get_the_letter(to, half_reader):
    long_letter = to(training="Doorvragen " * 400_000)

    with connected(half_reader) as connection:
        result = connection.send(long_letter)

    assert result == NotSent(Reason.CONNECTION_LOST, permanent=False)


@pytest.fixture
def half_reader() -> Iterator[str]:
    """The address of a server that asks for the content and then reads no more."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    over = threading.Event()

    def talk() -> None:
        talk, _ = listener.accept()
        talk.sendall(b"220 half\r\n")
        for reply in (b"250 half\r\n", b"250 from\r\n", b"250 to\r\n", b"354 go\r\n"):
            talk.recv(1024)
            talk.sendall(reply)
        over.wait(30)
        talk.close()

    thread = threading.Thread(target=talk)
    thread.start()
    yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    over.set()
    thread.join()
    listener.close()


def test_a_server_that_is_down_is_unreachable_before_any_letter(server):
    server.stop()

    assert Mailer(server.url, timeout=SHORT).connect() == Unreachable(Trouble.NO_CONNECTION)


def test_a_server_that_never_greets_is_unreachable_within_the_timeout():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()

        result = Mailer(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout=SHORT).connect()

        assert result == Unreachable(Trouble.NO_CONNECTION)
        assert time.monotonic() - began < 10 * SHORT


def test_an_address_beyond_ascii_is_refused_without_a_word_to_the_server(server, connection, to):
    assert connection.send(to("zoë@waterhoek.example")) == NotSent(Reason.REFUSED_ADDRESS, permanent=True)
    assert server.postbox.letters == []


def test_an_international_domain_is_reached_by_its_ascii_name(server, connection, to):
    connection.send(to("samira@waterhoeké.example"))

    assert server.postbox.letters[0]["To"] == "samira@xn--waterhoek-j4a.example"


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


def test_nothing_personal_is_logged(server, connection, to, caplog):
    caplog.set_level("DEBUG", logger="lti_tool")
    server.postbox.refusals["samira@waterhoek.example"] = "550 5.1.1 No such mailbox"

    connection.send(to())

    assert [record for record in caplog.records if record.name.startswith("lti_tool")] == []
