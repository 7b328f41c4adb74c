"""`check`: each look says in plain words what is wrong."""

import re

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from sqlalchemy.orm import sessionmaker

from config.settings import parse_data_keys
from lti_tool.rounds.keyring import Keyring
from lti_tool.rounds.workplace import small_engine
from tests.conftest import make_settings
from tests.processes import environment, free_port, run

(A_KEY,) = parse_data_keys("test:" + "A" * 43)


@pytest.fixture
def smtp_url():
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    server.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.stop()


def wrong(result):
    """What does not work: the look, and what it says."""
    return dict(re.findall(r"^WRONG +([a-z ]+): (.+)$", result.output, re.MULTILINE))


@pytest.mark.database
def test_a_tool_that_can_work_says_so_of_each_part(command, smtp_url):
    told = {"operator": "Gemeente Waterhoek", "contact": "a@b.example", "privacy_url": "https://b.example/p"}

    result = command("check", smtp_url=smtp_url, **told)

    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == ["ok"] * 8


def test_a_tool_that_does_not_say_who_runs_it_works_and_is_told_which_settings_are_missing(command, smtp_url):
    result = command("check", smtp_url=smtp_url, operator="Gemeente Waterhoek")

    assert result.exit_code == 0
    assert "note    operator: set BEKLIJF_CONTACT, BEKLIJF_PRIVACY_URL" in result.output.splitlines()


def test_the_looks_of_organisations_are_named_and_those_of_nobody_noted(command, smtp_url, tmp_path):
    looks = tmp_path / "themes"
    looks.mkdir()
    for slug in ("default", "nobody"):
        (looks / f"{slug}.css").write_text(":root { --bk-radius: 0; }")

    result = command("check", smtp_url=smtp_url, themes=str(looks))

    assert result.exit_code == 0
    assert "ok      themes: default, nobody" in result.output
    assert "note    themes: there is no organisation nobody" in result.output


def test_a_database_that_was_not_migrated_says_what_to_run(command, tmp_path, smtp_url):
    result = command("check", smtp_url=smtp_url, database_url=f"sqlite:///{tmp_path / 'new.db'}")

    assert result.exit_code == 1
    assert "run flask --app lti_tool.app db upgrade" in wrong(result)["database"]


def test_a_database_that_is_not_there_is_named(command, smtp_url):
    nowhere = f"postgresql+psycopg://beklijf:secret@127.0.0.1:{free_port()}/beklijf"

    result = command("check", smtp_url=smtp_url, database_url=nowhere)

    assert result.exit_code == 1
    assert "BEKLIJF_DATABASE_URL" in wrong(result)["database"]
    assert "secret" not in result.output


def test_wrong_data_keys_are_named(command, smtp_url):
    result = command("check", smtp_url=smtp_url, data_keys="test:" + "B" * 43)

    assert result.exit_code == 1
    assert set(wrong(result)) == {"keys"}
    assert "BEKLIJF_DATA_KEYS" in wrong(result)["keys"]


def test_a_data_key_of_another_name_is_named(command, smtp_url):
    result = command("check", smtp_url=smtp_url, data_keys="other:" + "A" * 43)

    assert "no data key named 'test'" in wrong(result)["keys"]


def test_a_key_store_that_was_not_made_says_what_to_run(command, tmp_path, smtp_url):
    result = command("check", smtp_url=smtp_url, keys_url=f"sqlite:///{tmp_path / 'new_keys.db'}")

    assert set(wrong(result)) == {"keys"}
    assert "run the migrations" in wrong(result)["keys"]


def test_a_mail_server_that_is_down_is_named(command):
    result = command("check", smtp_url=f"smtp://127.0.0.1:{free_port()}")

    assert result.exit_code == 1
    assert wrong(result) == {"mail server": "127.0.0.1 does not answer; look at BEKLIJF_SMTP_URL"}


def test_a_mail_server_that_wants_no_user_is_named_without_the_password(command, smtp_url):
    result = command("check", smtp_url=smtp_url.replace("//", "//me:hunter2@"))

    assert "does not let this user in" in wrong(result)["mail server"]
    assert "hunter2" not in result.output


def test_a_redis_that_is_down_is_named(command, smtp_url):
    result = command("check", smtp_url=smtp_url, broker_url=f"redis://127.0.0.1:{free_port()}/0")

    assert result.exit_code == 1
    assert set(wrong(result)) == {"broker"}
    assert "BEKLIJF_BROKER_URL" in wrong(result)["broker"]


@pytest.mark.redis
def test_a_redis_that_answers_is_fine(command, smtp_url, redis_url):
    assert command("check", smtp_url=smtp_url, broker_url=redis_url).exit_code == 0


@pytest.mark.database
def test_the_key_store_of_another_database_is_named(command, smtp_url, tmp_path):
    elsewhere = Keyring(sessionmaker(small_engine(f"sqlite:///{tmp_path / 'other.db'}")), [A_KEY])
    elsewhere.prepare()

    result = command("check", smtp_url=smtp_url, keys_url=f"sqlite:///{tmp_path / 'other.db'}")

    assert wrong(result)["keys"].startswith(
        "the key store is not the one that this database was written with"
    )


def test_a_folder_of_the_broker_that_cannot_be_written_is_named(command, smtp_url, tmp_path):
    (tmp_path / "file").touch()

    result = command("check", smtp_url=smtp_url, broker_url=f"filesystem://{tmp_path / 'file' / 'broker'}")

    assert set(wrong(result)) == {"broker"}


def test_several_that_do_not_work_are_all_named_and_counted(command):
    result = command("check", data_keys="test:" + "B" * 43)

    assert set(wrong(result)) == {"keys", "mail server"}
    assert "2 of 5 do not work." in result.output


@pytest.mark.parametrize(
    ("smtp_url", "words"),
    [
        ("smtp://mail.example.org?tls=1", "must be like smtp://"),
        ("smtp://me:hunter2@mail.example.org", "a password needs smtps:// or starttls=1"),
    ],
)
def test_an_address_of_a_mail_server_that_cannot_work_is_refused_at_the_start(command, smtp_url, words):
    result = command("check", smtp_url=smtp_url)

    assert result.exit_code == 1
    assert result.output.startswith("Error: These settings cannot work:\nBEKLIJF_SMTP_URL: ")
    assert words in result.output
    assert "hunter2" not in result.output


def test_the_process_ends_with_one_and_without_a_traceback_when_settings_are_missing(tmp_path):
    settings = environment(make_settings(tmp_path, f"sqlite:///{tmp_path / 'beklijf.db'}"))
    del settings["BEKLIJF_SECRET_KEY"]

    ended = run(settings, "lti_tool", "check")

    assert ended.returncode == 1
    assert ended.stderr == "Error: These settings cannot work:\nBEKLIJF_SECRET_KEY: is not set\n"


def test_check_tells_how_many_keys_still_need_an_older_data_key(command, work, smtp_url):
    work.keyring.make(work.now().real)
    both = "new:" + "N" * 43 + ",test:" + "A" * 43

    before = command("check", data_keys=both, smtp_url=smtp_url).output
    command("keys", "rewrap", data_keys=both)

    assert "note    keys: 4 need an older data key; run keys rewrap before it goes" in before
    assert "older data key" not in command("check", data_keys=both, smtp_url=smtp_url).output
