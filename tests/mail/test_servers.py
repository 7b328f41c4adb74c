"""Addresses of mail servers, logging in, and encryption that really checks who is there."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lti_tool.mail.letters import render
from lti_tool.mail.mailer import Connection, Mailer, Sent
from lti_tool.mail.servers import Server, Trouble, Unreachable


@pytest.fixture
def letter(about):
    return render(about("check_in"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a key and a certificate for 127.0.0.1 that nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def send(url, letter):
    connection = Mailer(url, timeout=5).connect()
    if not isinstance(connection, Connection):
        return connection
    with connection:
        return connection.send(letter)


def test_a_letter_goes_over_a_connection_that_is_encrypted_from_the_start(serve, tls, trusted, letter):
    server = serve(tls=tls)

    assert send(f"smtps://127.0.0.1:{server.port}", letter) == Sent()


def test_a_letter_goes_over_a_connection_that_is_encrypted_after_the_greeting(serve, tls, trusted, letter):
    server = serve(tls_context=tls, require_starttls=True)

    assert send(f"{server.url}?starttls=1", letter) == Sent()


def test_a_stranger_in_place_of_the_server_gets_nothing(serve, tls, letter):
    at_once, after_greeting = serve(tls=tls), serve(tls_context=tls)

    assert send(f"smtps://127.0.0.1:{at_once.port}", letter) == Unreachable(Trouble.NO_ENCRYPTION)
    assert send(f"{after_greeting.url}?starttls=1", letter) == Unreachable(Trouble.NO_ENCRYPTION)
    assert at_once.postbox.letters == after_greeting.postbox.letters == []


def test_encryption_that_was_asked_for_is_never_left_out(server, letter):
    assert send(f"{server.url}?starttls=1", letter) == Unreachable(Trouble.NO_ENCRYPTION)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_with_odd_signs_logs_in(serve, login, letter):
    server = serve(**login)

    assert send(f"smtp://beklijf:s3cr%3At%2F%40@127.0.0.1:{server.port}", letter) == Sent()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_is_seen_before_any_letter(serve, login, letter):
    server = serve(**login)

    assert send(f"smtp://beklijf:guess@127.0.0.1:{server.port}", letter) == Unreachable(Trouble.NO_LOGIN)


def test_a_server_that_knows_no_login_is_unreachable_for_who_wants_one(server, letter):
    url = f"smtp://beklijf:guess@127.0.0.1:{server.port}"

    assert send(url, letter) == Unreachable(Trouble.NO_LOGIN)


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example.org", 25),
        ("smtps://mail.example.org", 465),
        ("smtp://mail.example.org:587?starttls=1", 587),
    ],
)
def test_a_server_has_the_port_of_its_scheme_unless_it_names_one(url, port):
    assert Server.parse(url).port == port


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example.org",
        "smtp://",
        "smtp://mail.example.org?tls=1",
        "smtp://beklijf:secret@mail.example.org",
    ],
)
def test_an_address_that_cannot_work_or_would_tell_the_password_is_refused(url):
    with pytest.raises(ValueError):
        Mailer(url)


def test_no_small_write_waits_for_the_answer_to_the_one_before(server):
    smtp = Server.parse(server.url).open(timeout=5)

    assert smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    smtp.close()


def test_the_password_shows_in_no_log():
    assert "secret" not in repr(Server.parse("smtps://beklijf:secret@mail.example.org"))
