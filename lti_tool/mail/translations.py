"""The Dutch of the letters; their English is in the templates themselves."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from config.settings import ROOT

DOMAIN = "mail"
CATALOGUES = ROOT / "config" / "translations"


@cache
def load(locale: str) -> NullTranslations:
    """The catalogue of `locale`, "nl" or "en"; English needs none."""
    return (
        read(CATALOGUES / locale / "LC_MESSAGES" / f"{DOMAIN}.po") if locale != "en" else NullTranslations()
    )


def read(source: Path) -> Translations:
    """The catalogue `source` (.po) in its compiled form: the .mo beside it, or one made in memory.

    Compiled catalogues are not in the repository, so letters must not depend on a build step; and a
    .mo older than its source would send yesterday's words.
    """
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        content = BytesIO(compiled.read_bytes())
    else:
        content = BytesIO()
        with source.open("rb") as text:
            write_mo(content, read_po(text, locale=source.parts[-3], domain=DOMAIN))
        content.seek(0)
    return Translations(content, domain=DOMAIN)
