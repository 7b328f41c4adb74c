"""Commands as an operator types them, with the settings of the environment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lti_tool.__main__ import main
from tests.conftest import make_settings
from tests.processes import environment

Command = Callable[..., Result]


@pytest.fixture
def command(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command. typed: what is answered to its questions. Other words change a setting."""

    def run(*arguments: str, typed: str | bytes = "", **more: object) -> Result:
        url = str(more.pop("database_url", database))
        for name, value in environment(make_settings(tmp_path, url, **more)).items():
            if name.startswith("BEKLIJF_"):
                monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, arguments, input=typed)

    return run
