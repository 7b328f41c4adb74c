"""The themes of organisations: style sheets in a folder, each named by the organisation's slug.

What a file says is read, judged and written anew: nothing of it reaches a page that is not one of the
tokens of the neutral theme.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import tinycss2
from tinycss2 import ast, color4

from lti_tool.domain import themes
from lti_tool.domain.themes import TOKENS, Colour, Kind, Theme

NEUTRAL = "theme-neutral.css"


class WrongTheme(ValueError):
    """A theme cannot be used; the message names the file and what to mend, in plain words."""


def load(folder: Path, static: Path) -> Mapping[str, Theme]:
    """The themes in a folder, by slug; raises WrongTheme naming all that is to mend. static: of the tool."""
    found, wrong = {}, []
    for path in sorted(folder.glob("*.css")):
        try:
            found[path.stem] = read(path, static)
        except WrongTheme as error:
            wrong.append(str(error))
    if wrong:
        raise WrongTheme("\n".join(wrong))
    return found


def read(path: Path, static: Path) -> Theme:
    """The theme in a file; raises WrongTheme."""
    neutral = _neutral(static)
    try:
        declared = list(_declarations(path.read_text(encoding="utf-8"), path.name))
    except (OSError, UnicodeDecodeError):
        raise WrongTheme(f"{path.name}: cannot be read") from None
    unknown = [each.name for each in declared if each.name not in TOKENS]
    if unknown:
        raise WrongTheme(f"{path.name}: {unknown[0]} cannot be set; these can: {', '.join(TOKENS)}")
    theme = _theme(declared, path.name)
    close = [
        f"{path.name}: {each.front} on {each.ground} has contrast {each.ratio:.2f}, and needs {each.least}"
        for each in themes.too_close(theme, neutral)
    ]
    if same := themes.blurs(theme, neutral):
        close.append(f"{path.name}: {same[0]} must differ from {same[1]}, so that own words stand out")
    if close:
        raise WrongTheme("\n".join(close))
    return theme


@cache
def _neutral(static: Path) -> Theme:
    """What holds where an organisation sets nothing."""
    rules = tinycss2.parse_stylesheet((static / NEUTRAL).read_text(encoding="utf-8"), skip_comments=True)
    first = next(rule for rule in rules if isinstance(rule, ast.QualifiedRule))
    return _theme(list(_of_rule(first, NEUTRAL)), NEUTRAL)


def _declarations(css: str, name: str) -> Iterator[ast.Declaration]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if not isinstance(rule, ast.QualifiedRule) or tinycss2.serialize(rule.prelude).strip() != ":root":
            raise WrongTheme(f"{name}: only :root {{ … }} may stand in it")
        yield from _of_rule(rule, name)


def _of_rule(rule: ast.QualifiedRule, name: str) -> Iterator[ast.Declaration]:
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    for each in found:
        if not isinstance(each, ast.Declaration):
            raise WrongTheme(f"{name}: line {each.source_line} is not like --bk-accent: #0b5a63;")
        yield each


def _theme(declared: list[ast.Declaration], name: str) -> Theme:
    values: dict[str, str] = {}
    colours: dict[str, Colour] = {}
    for each in declared:
        kind = TOKENS[each.name]
        value = [token for token in each.value if token.type not in {"whitespace", "comment"}]
        if kind is Kind.COLOUR:
            colours[each.name] = _colour(value, f"{name}: {each.name}")
            values[each.name] = "#" + "".join(f"{round(part * 255):02x}" for part in colours[each.name])
        else:
            read_value = _radius if kind is Kind.RADIUS else _fonts
            values[each.name] = read_value(value, f"{name}: {each.name}")
    return Theme(values, colours)


def _colour(value: list[ast.Node], name: str) -> Colour:
    colour = color4.parse_color(value[0]) if len(value) == 1 else None
    if not isinstance(colour, color4.Color) or colour.alpha != 1:
        raise WrongTheme(f"{name} must be one colour that nothing shines through, like #0b5a63")
    red, green, blue = (min(max(part or 0.0, 0.0), 1.0) for part in colour.to("srgb").coordinates)
    return red, green, blue


def _radius(value: list[ast.Node], name: str) -> str:
    for size in value if len(value) == 1 else []:
        is_none = isinstance(size, ast.NumberToken) and size.value == 0
        is_size = isinstance(size, ast.DimensionToken) and size.unit == "px"
        if is_none or (is_size and 0 <= size.value <= themes.MOST_RADIUS):
            return f"{size.value:g}px"
    raise WrongTheme(f"{name} must be from 0 to {themes.MOST_RADIUS}px")


def _fonts(value: list[ast.Node], name: str) -> str:
    if value and all(isinstance(each, ast.IdentToken | ast.StringToken) or each == "," for each in value):
        return "".join(", " if each == "," else str(each.serialize()) for each in value)
    raise WrongTheme(f'{name} must be names of fonts, like "Fira Sans", Arial, sans-serif')
