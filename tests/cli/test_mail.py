"""`mail ingest-dsn`: from a mail server's pipe, and from a folder."""

import os

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from tests import factories
from tests.dsn import report
from tests.processes import environment, run

LETTER = "<a-letter@localhost>"


@pytest.fixture
def letter(work, session):
    """The id of a letter that went out."""
    where = factories.place(work, session)
    factories.learner(session, where)
    row = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
    row.status, row.message_id = DeliveryStatus.SENT, LETTER
    session.commit()
    return row.id


def status(session, letter):
    session.expire_all()
    row = session.get_one(Delivery, letter)
    found = row.status, session.get_one(Mailbox, row.mailbox_id).status
    session.commit()
    return found


CAME_BACK = (DeliveryStatus.FAILED, MailboxStatus.REFUSED)
ARRIVED = (DeliveryStatus.SENT, MailboxStatus.OPEN)


def test_a_report_on_standard_input_is_taken_without_a_word(command, session, letter):
    result = command("mail", "ingest-dsn", typed=report("postfix-unknown-user", LETTER))

    assert (result.exit_code, result.stdout) == (0, "")
    assert status(session, letter) == CAME_BACK


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 1000,
        b"x" * 2_000_000,
        report("out-of-office"),
        report("gmail-unknown-user", "<not@ours>"),
    ],
)
def test_what_says_nothing_about_a_letter_of_ours_is_handled_too(command, session, letter, content):
    result = command("mail", "ingest-dsn", typed=content)

    assert result.exit_code == 0
    assert status(session, letter) == ARRIVED


@pytest.mark.parametrize(
    "broken",
    [{"database_url": "sqlite:////dev/null/there.db"}, {"smtp_url": "smtp://127.0.0.1:9?no-such-word=1"}],
)
def test_a_mail_server_is_asked_to_try_again_when_the_database_or_a_setting_does_not_work(command, broken):
    result = command("mail", "ingest-dsn", typed=report("postfix-unknown-user"), **broken)

    assert result.exit_code == os.EX_TEMPFAIL
    assert "Traceback" not in result.output


def test_it_works_in_a_real_pipe_of_flask(database, work, session, letter):
    ended = run(
        environment(work.settings),
        "flask",
        "--app",
        "lti_tool.app",
        "mail",
        "ingest-dsn",
        typed=report("exchange-unknown-user", LETTER).decode(),
    )

    assert ended.returncode == 0
    assert status(session, letter) == CAME_BACK


def test_the_reports_of_a_folder_are_read_and_removed_and_other_mails_are_set_aside(
    command, session, letter, tmp_path
):
    folder = tmp_path / "bounces"
    folder.mkdir()
    for name, content in (
        ("1.eml", report("postfix-unknown-user", LETTER)),
        ("2.eml", report("out-of-office")),
        ("3.eml", report("gmail-unknown-user", "<not@ours>")),
        ("notes.txt", b"mine"),
    ):
        (folder / name).write_bytes(content)
    (folder / "4.eml").symlink_to(folder / "notes.txt")

    result = command("mail", "ingest-dsn", str(folder))

    assert result.exit_code == 0
    assert status(session, letter) == CAME_BACK
    left = {str(file.relative_to(folder)) for file in folder.rglob("*") if not file.is_dir()}
    assert left == {"other/2.eml", "notes.txt", "4.eml"}
    assert "1 for good: their addresses get no more mail\n" in result.stdout
    assert "1 about no mail of this Beklijf, or known already\n" in result.stdout


def test_no_mail_that_was_set_aside_is_overwritten(command, tmp_path, letter):
    for _ in range(2):
        (tmp_path / "1.eml").write_bytes(report("out-of-office"))
        command("mail", "ingest-dsn", str(tmp_path))

    assert {file.name for file in (tmp_path / "other").iterdir()} == {"1.eml", "2-1.eml"}


def test_a_maildir_is_read(command, session, letter, tmp_path):
    folder = tmp_path / "Maildir"
    for place in ("new", "cur", "tmp"):
        (folder / place).mkdir(parents=True)
    (folder / "cur" / "1796632207.M1P2.mail:2,S").write_bytes(report("gmail-unknown-user", LETTER))
    half_written = folder / "tmp" / "1796632208.M1P2.mail"
    half_written.write_bytes(b"x")

    result = command("mail", "ingest-dsn", str(folder))

    assert result.exit_code == 0
    assert status(session, letter) == CAME_BACK
    assert [file for file in folder.rglob("*") if file.is_file()] == [half_written]


def test_what_could_not_be_recorded_stays_in_the_folder(command, tmp_path):
    (tmp_path / "1.eml").write_bytes(report("postfix-unknown-user"))

    result = command("mail", "ingest-dsn", str(tmp_path), database_url="sqlite:////dev/null/there.db")

    assert result.exit_code == os.EX_TEMPFAIL
    assert (tmp_path / "1.eml").exists()


def test_a_folder_that_is_not_there_is_told(command, tmp_path):
    result = command("mail", "ingest-dsn", str(tmp_path / "nowhere"))

    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_the_log_of_a_run_names_nobody(command, letter, caplog):
    command("mail", "ingest-dsn", typed=report("postfix-unknown-user", LETTER))

    assert "bounce outcome=refused" in caplog.text
    assert "gemeente.example" not in caplog.text
