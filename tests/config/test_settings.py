"""Settings: what is wrong is named in plain words."""

import pytest

from config import settings
from config.settings import WrongSettings

RIGHT = {
    "BASE_URL": "https://beklijf.example.org",
    "SECRET_KEY": "chosen at random, and long enough to be safe",
    "DATA_KEYS": "a:" + "A" * 43,
    "DATABASE_URL": "postgresql+psycopg://beklijf@localhost/beklijf",
    "KEYS_URL": "sqlite:////var/lib/beklijf/keys.db",
    "ERASED_URL": "postgresql+psycopg://beklijf@elsewhere/erased",
    "AUDIT_URL": "postgresql+psycopg://beklijf@elsewhere/audit",
    "BROKER_URL": "redis://localhost:6379/0",
    "SMTP_URL": "smtp://mail.example.org:587?starttls=1",
    "MAIL_FROM": "beklijf@example.org",
    "TIMEZONE": "Europe/Amsterdam",
}
WRONG = [
    ("BASE_URL", "beklijf.example.org", "public address"),
    ("BASE_URL", "https://beklijf.example.org/tool", "public address"),
    ("BASE_URL", "ftp://beklijf.example.org", "public address"),
    ("BASE_URL", "https://beklijf.example.org:many", "public address"),
    ("BASE_URL", "https://[beklijf", "public address"),
    ("BASE_URL", "http://beklijf.example.org", "https://"),
    ("SECRET_KEY", "short", "32 characters"),
    ("HOOK_SECRET", "short", "32 characters"),
    ("DATA_KEYS", "", "name:key"),
    ("DATA_KEYS", "a:short", "name:key"),
    ("DATA_KEYS", "A" * 43, "name:key"),
    ("DATA_KEYS", "a:" + "é" * 43, "name:key"),
    ("DATA_KEYS", f"a:{'A' * 43},a:{'B' * 43}", "one name for two keys"),
    ("DATABASE_URL", "mysql://localhost/beklijf", "postgresql+psycopg://"),
    ("KEYS_URL", "keys.db", "sqlite:///"),
    ("ERASED_URL", "erased.log", "sqlite:///"),
    ("AUDIT_URL", "audit.log", "sqlite:///"),
    ("BROKER_URL", "amqp://localhost", "redis://"),
    ("SMTP_URL", "mail.example.org", "smtp://"),
    ("SMTP_URL", "smtp://", "smtp://"),
    ("SMTP_URL", "smtp://mail.example.org:many", "smtp://"),
    ("MAIL_FROM", "beklijf", "address"),
    ("CONTACT", "020 1234567", "mail address"),
    ("CONTACT", "javascript:alert(1)", "mail address"),
    ("PRIVACY_URL", "http://example.org/privacy", "https://"),
    ("PRIVACY_URL", "javascript:alert(1)", "https://"),
    ("MAIL_FROM", "a@b@example.org", "address"),
    ("TIMEZONE", "Amsterdam", "time zone"),
    ("LOCAL", "perhaps", "0 or 1"),
]


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """A working environment, which a test then spoils."""
    for name, value in RIGHT.items():
        monkeypatch.setenv(f"BEKLIJF_{name}", value)
    monkeypatch.delenv("BEKLIJF_LOCAL", raising=False)
    return monkeypatch


def complaints():
    with pytest.raises(WrongSettings) as refused:
        settings.load()
    return str(refused.value).splitlines()


def test_settings_that_work_are_read():
    loaded = settings.load()

    assert loaded.base_url == RIGHT["BASE_URL"]
    assert [key.name for key in loaded.wrapping_keys] == ["a"]
    assert not loaded.local


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_wrong_setting_is_named_with_what_fits(environment, name, value, words):
    environment.setenv(f"BEKLIJF_{name}", value)

    (complaint,) = complaints()

    assert complaint.startswith(f"BEKLIJF_{name}: ")
    assert words in complaint


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("SECRET_KEY", "hunter2", "hunter2"),
        ("HOOK_SECRET", "hunter2", "hunter2"),
        ("DATA_KEYS", "a:hunter2", "hunter2"),
        ("SMTP_URL", "mailto://me:hunter2@mail.example.org", "hunter2"),
    ],
)
def test_a_complaint_never_repeats_a_secret(environment, name, value, secret):
    environment.setenv(f"BEKLIJF_{name}", value)

    assert secret not in "\n".join(complaints())


def test_all_that_is_wrong_is_named_at_once(environment):
    environment.delenv("BEKLIJF_BASE_URL")
    environment.delenv("BEKLIJF_MAIL_FROM")
    environment.setenv("BEKLIJF_TIMEZONE", "Mars")

    assert complaints() == [
        "BEKLIJF_BASE_URL: is not set",
        "BEKLIJF_MAIL_FROM: is not set",
        "BEKLIJF_TIMEZONE: must be a time zone like Europe/Amsterdam",
    ]


def test_a_secret_may_come_from_a_file(environment, tmp_path):
    file = tmp_path / "secret_key"
    file.write_text("from a file, chosen at random and long enough\n")
    environment.delenv("BEKLIJF_SECRET_KEY")
    environment.setenv("BEKLIJF_SECRET_KEY_FILE", str(file))

    assert settings.load().secret_key.get_secret_value() == "from a file, chosen at random and long enough"


def test_a_file_that_is_not_there_is_named(environment, tmp_path):
    environment.delenv("BEKLIJF_SECRET_KEY")
    environment.setenv("BEKLIJF_SECRET_KEY_FILE", str(tmp_path / "gone"))

    (complaint,) = complaints()

    assert complaint == f"BEKLIJF_SECRET_KEY_FILE: {tmp_path / 'gone'} cannot be read"


def test_a_file_that_is_no_text_is_named(environment, tmp_path):
    file = tmp_path / "secret_key"
    file.write_bytes(b"\xff\xfe\x00")
    environment.delenv("BEKLIJF_SECRET_KEY")
    environment.setenv("BEKLIJF_SECRET_KEY_FILE", str(file))

    assert complaints() == [f"BEKLIJF_SECRET_KEY_FILE: {file} cannot be read"]


@pytest.mark.parametrize("address", ["http://localhost:8420", "http://127.0.0.1:8420", "http://[::1]:8420"])
def test_local_mode_works_on_this_machine(environment, address):
    environment.setenv("BEKLIJF_LOCAL", "1")
    environment.setenv("BEKLIJF_BASE_URL", address)

    assert settings.load().local


@pytest.mark.parametrize("address", ["https://beklijf.example.org", "http://192.168.1.2:8420"])
def test_local_mode_is_refused_with_an_address_that_others_reach(environment, address):
    environment.setenv("BEKLIJF_LOCAL", "1")
    environment.setenv("BEKLIJF_BASE_URL", address)

    (complaint,) = complaints()

    assert complaint.startswith("BEKLIJF_LOCAL")
    assert "loopback" in complaint


def test_local_mode_is_refused_when_it_would_listen_to_others(environment):
    environment.setenv("BEKLIJF_LOCAL", "1")
    environment.setenv("BEKLIJF_BASE_URL", "http://localhost:8420")
    loaded = settings.load()

    settings.refuse_public_bind(loaded, "127.0.0.1")
    with pytest.raises(WrongSettings, match=r"cannot listen on 0\.0\.0\.0"):
        settings.refuse_public_bind(loaded, "0.0.0.0")  # noqa: S104


def test_without_local_mode_the_tool_may_listen_to_others():
    settings.refuse_public_bind(settings.load(), "0.0.0.0")  # noqa: S104


def test_secrets_do_not_show_when_settings_are_printed():
    printed = repr(settings.load())

    assert RIGHT["SECRET_KEY"] not in printed
    assert "A" * 43 not in printed
    assert RIGHT["SMTP_URL"] not in printed


def test_the_first_data_key_writes_and_the_others_still_open(environment):
    environment.setenv("BEKLIJF_DATA_KEYS", f"new:{'B' * 43}, old:{'A' * 43}")

    assert [key.name for key in settings.load().wrapping_keys] == ["new", "old"]
