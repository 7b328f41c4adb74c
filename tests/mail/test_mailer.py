"""The mailer against a real SMTP server, in good days and bad."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from lti_tool.mail.mailer import Mailer, NotSent, Reason, Sent, Unknown
from lti_tool.mail.servers import Trouble, Unreachable
from tests.mail.connections import SHORT, connected, hang_up, say_nothing


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


def test_an_international_domain_is_reached_by_its_ascii_name(server, connection, to):
    connection.send(to("samira@waterhoeké.example"))

    assert server.postbox.letters[0]["To"] == "samira@xn--waterhoek-j4a.example"


def test_nothing_personal_is_logged(server, connection, to, caplog):
    caplog.set_level("DEBUG", logger="lti_tool")
    server.postbox.refusals["samira@waterhoek.example"] = "550 5.1.1 No such mailbox"

    connection.send(to())

    assert [record for record in caplog.records if record.name.startswith("lti_tool")] == []
