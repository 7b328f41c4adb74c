"""`demo`: the tool, a demo LMS, its mailbox and the workers, on this machine."""

import json
import os
import secrets
import shutil
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from config.settings import VAR
from lti_tool.cli.processes import Processes

STARTING_SECONDS = 60
CLIENT_ID = "leerhuis-beklijf"


@dataclass(frozen=True)
class Stage:
    """Where the demo plays: its folder and ports."""

    folder: Path
    port: int
    lms_port: int
    smtp_port: int

    @property
    def tool(self) -> str:
        """The tool's address. Another host name than the LMS's, so that the frame is truly cross-site."""
        return f"http://localhost:{self.port}"

    @property
    def lms(self) -> str:
        """The demo LMS's address."""
        return f"http://127.0.0.1:{self.lms_port}"

    def clear(self) -> None:
        """An empty folder, but for the secrets; what is not the demo's own stays."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for own in self.folder.glob("*.db*"):
            own.unlink()
        shutil.rmtree(self.folder / "broker", ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """The settings of the demo's processes; its secrets are made once and kept in its folder."""
        secret_file = self.folder / "secrets.json"
        if not secret_file.exists():
            made = {"key": secrets.token_urlsafe(48), "data": f"demo:{secrets.token_urlsafe(32)}"}
            secret_file.write_text(json.dumps(made))
            secret_file.chmod(0o600)
        kept = json.loads(secret_file.read_text())
        return {
            **os.environ,
            "BEKLIJF_LOCAL": "1",
            "BEKLIJF_BASE_URL": self.tool,
            "BEKLIJF_SECRET_KEY": kept["key"],
            "BEKLIJF_DATA_KEYS": kept["data"],
            "BEKLIJF_DATABASE_URL": f"sqlite:///{self.folder / 'beklijf.db'}",
            "BEKLIJF_KEYS_URL": f"sqlite:///{self.folder / 'keys.db'}",
            "BEKLIJF_ERASED_URL": f"sqlite:///{self.folder / 'erased.db'}",
            "BEKLIJF_AUDIT_URL": f"sqlite:///{self.folder / 'audit.db'}",
            "BEKLIJF_BROKER_URL": f"filesystem://{self.folder / 'broker'}",
            "BEKLIJF_SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "BEKLIJF_MAIL_FROM": "beklijf@gemeente.example",
            "BEKLIJF_OPERATOR": "Gemeente Voorbeeld",
            "BEKLIJF_CONTACT": "beklijf@gemeente.example",
            "BEKLIJF_PRIVACY_URL": "https://gemeente.example/privacy",
            "PYTHONUNBUFFERED": "1",
        }

    def tool_commands(self) -> Sequence[Sequence[str]]:
        """Web, worker and beat."""
        # In a container one is root, of which Celery warns at length; a demo does no harm there.
        calm = ["-W", "ignore::RuntimeWarning:celery.platforms"]
        python, celery = sys.executable, [*calm, "-m", "celery", "--quiet", "--app", "tasks.app:celery"]
        return (
            [
                python, "-m", "waitress", f"--listen=localhost:{self.port}", "--threads=8",
                "--call", "lti_tool.app:create_app",
            ],
            [python, *celery, "worker", "--pool=solo", "--loglevel=warning", "--without-mingle"],
            [python, *celery, "beat", "--loglevel=warning"],
        )  # fmt: skip

    def lms_command(self, *more: str) -> Sequence[str]:
        """The demo LMS, with its own mail server."""
        return [
            sys.executable, "-m", "demo_lms", f"--port={self.lms_port}",
            f"--smtp-port={self.smtp_port}", f"--tool={self.tool}", *more,
        ]  # fmt: skip


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=VAR / "demo", show_default=True)
@click.option("--port", default=8420, show_default=True, help="Of the tool.")
@click.option("--lms-port", default=8421, show_default=True, help="Of the demo LMS.")
@click.option("--smtp-port", default=8425, show_default=True, help="Of the demo LMS's mail server.")
@click.option("--bare", is_flag=True, help="Without the two trainings set up beforehand.")
@click.option("--not-installed", is_flag=True, help="The LMS does not have the tool yet: you add it.")
def demo(folder: Path, port: int, lms_port: int, smtp_port: int, bare: bool, not_installed: bool) -> None:
    """Try the tool on this machine: a small LMS with two trainings, and a mailbox.

    It begins anew each time, since the LMS keeps nothing either.
    """
    stage = Stage(folder.resolve(), port, lms_port, smtp_port)
    _require_free({"--port": port, "--lms-port": lms_port, "--smtp-port": smtp_port})
    stage.clear()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Processes(stage.environment(), stage.folder / "processes.log") as processes:
        click.echo("Making a database.")
        processes.run("-m", "flask", "--app", "lti_tool.app", "db", "upgrade")
        _prepare(stage, processes, not_installed=not_installed)
        click.echo("Starting the tool, its workers and the demo LMS.")
        own = ["--not-installed"] if not_installed else []
        for command in (stage.lms_command(*own), *stage.tool_commands()):
            processes.start(command)
        processes.await_answer(f"{stage.lms}/jwks.json", STARTING_SECONDS)
        processes.await_answer(f"{stage.tool}/lti/jwks.json", STARTING_SECONDS)
        if not bare and not not_installed:
            click.echo("Setting up two trainings, as their trainer would.")
            processes.run("-m", "demo_lms.seed", f"--lms={stage.lms}")
        processes.settle()
        click.echo(f"Ready. The demo LMS: {stage.lms}  Its mailbox: {stage.lms}/mail  (end with Ctrl-C)")
        if not_installed:
            click.echo(processes.ask("-m", "lti_tool", "platform", "invite", "--trust"), nl=False)
        processes.watch()


def _require_free(ports: Mapping[str, int]) -> None:
    for option, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                taken = f"Port {port} is in use, perhaps by a demo that still runs."
                raise click.ClickException(f"{taken} End it, or choose another with {option}.") from None


def _prepare(stage: Stage, processes: Processes, *, not_installed: bool) -> None:
    lms = stage.lms
    if not not_installed:
        processes.run(
            "-m", "lti_tool", "platform", "add", f"--issuer={lms}", f"--client-id={CLIENT_ID}",
            f"--login-url={lms}/auth", f"--token-url={lms}/token", f"--jwks-url={lms}/jwks.json",
            "--deployment-id=1", "--allow-anonymous",
        )  # fmt: skip
    processes.run("-m", "lti_tool", "organisation", "mail-domains", "default", "gemeente.example")
