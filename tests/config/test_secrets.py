"""The settings that an operator writes down stay on that machine."""

import pytest

from config.settings import ROOT


@pytest.mark.parametrize("kept_out", [".dockerignore", ".gitignore"])
def test_the_secrets_of_an_installation_get_into_no_image_and_no_commit(kept_out: str) -> None:
    lines = (ROOT / kept_out).read_text().splitlines()

    assert ".env" in lines
    assert {"var", "var/"} & set(lines)
