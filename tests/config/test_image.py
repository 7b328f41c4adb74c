"""What an image is built with: requirements by their hashes, and extras that an operator asks for."""

import re
import subprocess
from pathlib import Path

import pytest

from config.settings import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", "")


def installed(folder: Path, extras: str) -> list[str]:
    """What pip is asked for, one run a line, when the step of the extras runs."""
    (step,) = re.findall(r"^RUN (.*\$EXTRAS.*)$", DOCKERFILE, re.MULTILINE)
    pip = folder / "pip"
    pip.write_text('#!/bin/sh\necho "$@"\ntest -f "$(echo "$@" | sed "s/.* //")"\n')
    pip.chmod(0o755)
    ran = subprocess.run(
        ["/bin/sh", "-c", step.replace("/venv/bin/pip", str(pip))],
        cwd=ROOT,
        env={"EXTRAS": extras, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ran.stdout.splitlines()


def test_an_image_holds_no_extra_unless_asked_for(tmp_path: Path) -> None:
    assert installed(tmp_path, "") == []


def test_the_extra_of_channels_is_installed_by_its_hashes(tmp_path: Path) -> None:
    (asked,) = installed(tmp_path, "channels")

    assert asked == "install --no-cache-dir --require-hashes -r requirements-channels.txt"
    assert "requirements-channels.txt" in re.search(r"^COPY (requirements.*)$", DOCKERFILE, re.MULTILINE)[1]


def test_an_extra_that_there_is_not_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        installed(tmp_path, "chanels channels")


def test_nothing_gets_into_an_image_without_its_hash() -> None:
    installs = re.findall(r"pip install[^;&\n]*", DOCKERFILE)

    assert len(installs) == 2
    assert all("--require-hashes" in each for each in installs)
