"""A page looks as its organisation wants: its own style sheet after the neutral one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import ROOT, WrongSettings
from lti_tool.services import themes
from tests.conftest import make_settings
from tests.factories import ENDED_ON
from tests.web.campus import write
from tests.web.mail import MONDAY, link

LOOK = (Path(__file__).parent.parent / "data" / "themes" / "waterhoven.css").read_text()


def folder(tmp_path, **looks):
    """A folder with the looks of organisations."""
    made = tmp_path / "themes"
    made.mkdir()
    for slug, css in looks.items():
        (made / f"{slug}.css").write_text(css)
    return made


@pytest.fixture
def themed(campus, tmp_path):
    """A tool whose default organisation has a look of its own."""
    looks = themes.load(folder(tmp_path, default=LOOK), ROOT / "lti_tool" / "static")
    campus.app.extensions["beklijf"] = replace(campus.app.extensions["beklijf"], themes=looks)
    return campus


def sheets(text):
    """The style sheets of a page, in order."""
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)


def test_without_a_look_of_its_own_an_organisation_has_the_neutral_one(campus):
    campus.place()

    _, page = campus.open("sanne")

    assert not any("themes" in sheet for sheet in sheets(page.text))


def test_within_a_visit_the_sheet_of_the_organisation_stands_after_the_neutral_one(themed):
    themed.place()

    _, page = themed.open("sanne")

    names = [sheet.partition("?")[0].rpartition("/")[2] for sheet in sheets(page.text)]
    assert names.index("default.css") == names.index("theme-neutral.css") + 1
    assert names.index("default.css") < names.index("app.css")


def test_the_sheet_holds_what_was_judged_and_may_be_kept_for_good(themed):
    themed.place()
    _, page = themed.open("sanne")
    (url,) = (sheet for sheet in sheets(page.text) if "themes" in sheet)

    answer = themed.http.get(url)

    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert "--bk-accent: #6b2c6f;" in answer.text
    assert "/*" not in answer.text


@pytest.mark.parametrize("query", ["", "?v=0123456789ab", "?x=1"])
def test_another_version_of_it_is_not_kept(themed, query):
    answer = themed.http.get(f"/static/themes/default.css{query}")

    assert answer.headers["cache-control"] == "no-cache"


def test_what_nobody_mounted_is_not_there(themed):
    assert themed.http.get("/static/themes/waterhoven.css").status_code == 404


def test_a_page_behind_a_mail_has_the_look_too(themed):
    themed.go_to(ENDED_ON, 16)
    themed.place(ends_on=ENDED_ON)
    browser, page = themed.open("sanne")
    write(browser, page)
    themed.go_to(MONDAY)
    letter = themed.deliver()[-1]

    answer = themed.http.get(link(letter, "/c/"))

    assert answer.status_code == 200
    assert any("themes/default.css" in sheet for sheet in sheets(answer.text))


def test_before_a_launch_a_page_is_of_nobody(themed):
    answer = themed.http.post("/lti/launch")

    assert not any("themes" in sheet for sheet in sheets(answer.text))


def test_a_tool_with_a_look_that_cannot_be_read_well_does_not_start(build, tmp_path):
    pale = folder(tmp_path, waterhoven=":root { --bk-ink: #999; }")

    with pytest.raises(WrongSettings, match="BEKLIJF_THEMES:\nwaterhoven\\.css: --bk-ink on --bk-surface"):
        build(themes=str(pale))


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ValueError, match="folder with the style sheets"):
        make_settings(tmp_path, f"sqlite:///{tmp_path}/x.db", themes=str(tmp_path / "nowhere"))
