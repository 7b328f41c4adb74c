"""The themes of organisations, read from a folder and judged."""

from pathlib import Path

import pytest

from config.settings import ROOT
from lti_tool.domain import themes as rules
from lti_tool.services import themes
from lti_tool.services.themes import WrongTheme

STATIC = ROOT / "lti_tool" / "static"
SOUND = Path(__file__).parent.parent / "data" / "themes"


def read(folder, css):
    (folder / "waterhoven.css").write_text(css, encoding="utf-8")
    return themes.load(folder, STATIC)["waterhoven"]


def test_a_theme_is_written_anew_from_what_was_read():
    (theme,) = themes.load(SOUND, STATIC).values()

    assert theme.css == (
        ":root { --bk-accent: #6b2c6f; --bk-accent-strong: #491b4b; --bk-accent-soft: #f5eaf5; "
        '--bk-radius: 0px; --bk-font: "Fira Sans", Verdana, sans-serif; }\n'
    )


def test_a_folder_without_themes_brings_none(tmp_path):
    assert themes.load(tmp_path, STATIC) == {}


def test_the_neutral_theme_holds_its_own_rules(tmp_path):
    theme = read(tmp_path, ":root { --bk-radius: 12px; }")

    neutral = themes._neutral(STATIC)
    assert set(neutral.values) == set(rules.TOKENS)
    assert list(rules.too_close(neutral, neutral)) == []
    assert theme.colours == {}


@pytest.mark.parametrize(
    ("css", "says"),
    [
        (":root { --bk-accent: #7a9; }", "--bk-accent on --bk-surface has contrast 2.63, and needs 4.5"),
        (":root { --bk-ink: #777; }", "--bk-ink on --bk-surface has contrast 4.48, and needs 4.5"),
        (":root { --bk-control: #aaa; }", "--bk-control on --bk-surface has contrast 2.32, and needs 3.0"),
        (":root { --bk-on-accent: #0b5a63; }", "--bk-on-accent on --bk-accent has contrast 1.00"),
        (":root { --bk-paper: #e4f0f0; }", "--bk-paper must differ from --bk-accent-soft"),
        (":root { --bk-focus: #fff; }", "--bk-focus cannot be set"),
        (":root { color: red; }", "color cannot be set"),
        (":root { --bk-accent: url(https://elsewhere.example/x); }", "must be one colour"),
        (":root { --bk-accent: rgb(0 0 0 / .5); }", "must be one colour that nothing shines through"),
        (":root { --bk-accent: currentColor; }", "must be one colour"),
        (":root { --bk-radius: 13px; }", "must be from 0 to 12px"),
        (":root { --bk-radius: 1rem; }", "must be from 0 to 12px"),
        (":root { --bk-font: url(x); }", "must be names of fonts"),
        (":root { --bk-font: ; }", "must be names of fonts"),
        ("body { --bk-accent: #000; }", "only :root { … } may stand in it"),
        ('@import "https://elsewhere.example/x.css";', "only :root { … } may stand in it"),
        (":root { --bk-accent #000 }", "line 1 is not like --bk-accent"),
    ],
)
def test_what_cannot_be_used_is_told_with_the_name_of_the_file(tmp_path, css, says):
    with pytest.raises(WrongTheme) as refused:
        read(tmp_path, css)

    assert str(refused.value).startswith("waterhoven.css: ")
    assert says in str(refused.value)


def test_all_that_is_to_mend_is_told_at_once(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.css").write_text(":root { --bk-ink: #777; --bk-control: #aaa; }")

    with pytest.raises(WrongTheme) as refused:
        themes.load(tmp_path, STATIC)

    told = str(refused.value).splitlines()
    assert {line.split(":")[0] for line in told} == {"one.css", "two.css"}
    assert {"--bk-ink", "--bk-control"} <= {line.split()[1] for line in told}
