"""The papers about privacy: whole in both languages, and true to what is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

from lti_tool.models import every_table, invites, keys, trail  # noqa: F401  reading them is all
from lti_tool.models.base import Base, SealedBytes
from lti_tool.models.erasures import LedgerBase
from lti_tool.models.keys import KeyBase
from lti_tool.models.trail import TrailBase

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "privacy"
NAMES = ("register", "dpia", "processing-agreement", "works-council", "accessibility")
LOCALES = ("nl", "en")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
IN_TREE = ("config/", "docs/", "lti_tool/", "migrations/", "templates/", "tests/")
PAPERS = [*(FOLDER / f"{name}.{locale}.md" for name in NAMES for locale in LOCALES), FOLDER / "README.md"]


def _text(name: str, locale: str) -> str:
    return (FOLDER / f"{name}.{locale}.md").read_text(encoding="utf-8")


def _form(text: str) -> list[str]:
    """Depth of each heading, and how many cells each row of a table has, in their order."""
    kinds = {"#": lambda line: line.split(" ")[0], "|": lambda line: f"{line.count('|')} cells"}
    return [kinds[line[0]](line) for line in text.splitlines() if line[:1] in kinds]


def _own_tables() -> set[str]:
    """Those with rows of an organisation, or with something sealed; and all of the other databases."""
    own = {
        table.name
        for table in Base.metadata.tables.values()
        if "organisation_id" in table.columns or any(isinstance(c.type, SealedBytes) for c in table.columns)
    }
    return own.union(*(base.metadata.tables for base in (KeyBase, LedgerBase, TrailBase)))


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_has_the_same_form_and_the_same_evidence_in_both_languages(name: str) -> None:
    dutch, english = (_text(name, locale) for locale in LOCALES)

    assert _form(dutch) == _form(english)
    assert Counter(CODE.findall(dutch)) == Counter(CODE.findall(english))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_each_file_and_each_test_that_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    named = [code.partition("::") for code in CODE.findall(text) if code.startswith(IN_TREE)]

    gone = [path for path, _, _ in named if not (ROOT / path).exists()]
    gone += [link for link in LINK.findall(text) if not (FOLDER / link).exists()]
    gone += [
        f"{path}::{test}"
        for path, _, test in named
        if test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]

    assert gone == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_register_names_each_table_with_somebodys_data_once(locale: str) -> None:
    known = {*Base.metadata.tables, *_own_tables()}

    named = Counter(code for code in CODE.findall(_text("register", locale)) if code in known)

    assert _own_tables() - set(named) == set()
    assert [table for table, times in named.items() if times > 1] == []
