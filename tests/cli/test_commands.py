"""Both ways to the commands, and those that need no database."""

import os
import socket

from click.testing import CliRunner

from lti_tool.__main__ import main
from lti_tool.cli.commands import COMMANDS
from tests.conftest import make_settings
from tests.processes import environment, free_port, run

NAMES = {
    "audit", "catalogue", "check", "comparison", "demo", "keys", "mail", "organisation", "platform",
    "retention",
}  # fmt: skip


def test_the_commands_are_listed_without_any_setting(monkeypatch):
    for name in [name for name in os.environ if name.startswith("BEKLIJF_")]:
        monkeypatch.delenv(name)

    result = CliRunner().invoke(main, ["--help"])

    assert result.exit_code == 0
    assert set(main.commands) == NAMES
    assert "Error" not in result.output


def test_flask_knows_the_same_commands(app):
    assert set(app.cli.commands) >= {command.name for command in COMMANDS}
    assert {command.name for command in COMMANDS} == NAMES - {"demo"}


def test_flask_runs_them_too(database, tmp_path):
    settings = environment(make_settings(tmp_path, database))

    ended = run(settings, "flask", "--app", "lti_tool.app", "organisation", "list")

    assert ended.stdout == "default\tDefault organisation\tEurope/Amsterdam\n"


def test_the_catalogue_holds(command):
    result = command("catalogue", "check")

    assert (result.exit_code, result.output) == (0, "The catalogue holds.\n")


def test_a_demo_whose_port_is_in_use_says_so_and_touches_nothing(tmp_path):
    kept = tmp_path / "beklijf.db"
    kept.write_text("of a demo that runs")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ports = [f"--port={free_port()}", f"--lms-port={port}"]
        result = CliRunner().invoke(main, ["demo", f"--folder={tmp_path}", *ports])

    assert result.exit_code == 1
    assert f"Port {port} is in use" in result.output
    assert "--lms-port" in result.output
    assert kept.exists()
