"""The settings that an operator writes down stay on that machine."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config.settings import ROOT
from lti_tool.rounds.opening import make_folder
from lti_tool.rounds.workplace import small_engine


@pytest.mark.parametrize("kept_out", [".dockerignore", ".gitignore"])
def test_the_secrets_of_an_installation_get_into_no_image_and_no_commit(kept_out: str) -> None:
    lines = (ROOT / kept_out).read_text().splitlines()

    assert ".env" in lines
    assert {"var", "var/"} & set(lines)


def test_the_folder_of_databases_is_for_its_owner_only(tmp_path: Path) -> None:
    make_folder(f"sqlite:///{tmp_path / 'var' / 'keys.db'}")

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_a_key_stands_in_no_error_of_the_key_store(tmp_path: Path) -> None:
    engine = small_engine(f"sqlite:///{tmp_path / 'keys.db'}")

    with engine.connect() as keys, pytest.raises(OperationalError) as failed:
        keys.execute(text("INSERT INTO person_key (wrapped) VALUES (:wrapped)"), {"wrapped": "a wrapped key"})

    assert "a wrapped key" not in str(failed.value)
