"""Every sentence of the letters has its Dutch, with or without a build step."""

import os
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.settings import ROOT
from lti_tool.mail import translations

PO = translations.CATALOGUES / "nl" / "LC_MESSAGES" / "mail.po"


def written_in_templates():
    methods = [("**.txt", "jinja2"), ("**.html", "jinja2")]
    return {msgid for _, _, msgid, _, _ in extract_from_dir(ROOT / "templates" / "mail", methods)}


def test_the_catalogue_holds_the_sentences_of_the_letters_and_no_others():
    with PO.open("rb") as text:
        catalogue = read_po(text)

    assert {message.id for message in catalogue if message.id} == written_in_templates()
    assert [message.id for message in catalogue if message.id and (not message.string or message.fuzzy)] == []


def test_both_languages_fill_in_the_same_places():
    with PO.open("rb") as text:
        faults = [message.id for message, errors in read_po(text, locale="nl").check() if errors]

    assert faults == []


def catalogue_saying(folder: Path, dutch: str) -> Path:
    source = folder / "nl" / "LC_MESSAGES" / "mail.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Done"\nmsgstr "{dutch}"\n'
    )
    return source


def compile_beside(source: Path, *, seconds_later: int) -> None:
    compiled = source.with_suffix(".mo")
    with source.open("rb") as text, compiled.open("wb") as binary:
        write_mo(binary, read_po(text, locale="nl"))
    written = source.stat().st_mtime + seconds_later
    os.utime(compiled, (written, written))


def test_letters_are_dutch_without_a_compiled_catalogue(tmp_path):
    source = catalogue_saying(tmp_path, "Gedaan")

    assert translations.read(source).gettext("Done") == "Gedaan"


def test_a_compiled_catalogue_is_used(tmp_path):
    source = catalogue_saying(tmp_path, "Gedaan")
    compile_beside(source, seconds_later=60)
    source.write_text("this is no catalogue any more")
    os.utime(source, (0, 0))

    assert translations.read(source).gettext("Done") == "Gedaan"


def test_a_compiled_catalogue_older_than_its_source_is_not(tmp_path):
    source = catalogue_saying(tmp_path, "Gisteren")
    compile_beside(source, seconds_later=-60)
    catalogue_saying(tmp_path, "Vandaag")

    assert translations.read(source).gettext("Done") == "Vandaag"
