"""The look of an organisation: what it may set, and which colours can be told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, from 0 to 1."""


class Kind(StrEnum):
    """What the value of a token is."""

    COLOUR = "colour"
    RADIUS = "radius"
    FONT = "font"


TOKENS = {
    "--bk-accent": Kind.COLOUR,
    "--bk-accent-strong": Kind.COLOUR,
    "--bk-accent-soft": Kind.COLOUR,
    "--bk-on-accent": Kind.COLOUR,
    "--bk-paper": Kind.COLOUR,
    "--bk-paper-line": Kind.COLOUR,
    "--bk-ink": Kind.COLOUR,
    "--bk-muted": Kind.COLOUR,
    "--bk-control": Kind.COLOUR,
    "--bk-hairline": Kind.COLOUR,
    "--bk-surface": Kind.COLOUR,
    "--bk-wash": Kind.COLOUR,
    "--bk-radius": Kind.RADIUS,
    "--bk-font": Kind.FONT,
    "--bk-font-own": Kind.FONT,
}
MOST_RADIUS = 12
"""In CSS pixels."""

# WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (edges of controls).
TEXT, EDGE = 4.5, 3.0
_GROUNDS = ("--bk-surface", "--bk-paper", "--bk-accent-soft")
PAIRS = (
    *(("--bk-accent", ground, TEXT) for ground in _GROUNDS),
    *(("--bk-accent-strong", ground, TEXT) for ground in _GROUNDS),
    ("--bk-on-accent", "--bk-accent", TEXT),
    ("--bk-on-accent", "--bk-accent-strong", TEXT),
    *(("--bk-ink", ground, TEXT) for ground in (*_GROUNDS, "--bk-wash")),
    *(("--bk-muted", ground, TEXT) for ground in (*_GROUNDS, "--bk-wash")),
    ("--bk-control", "--bk-surface", EDGE),
    ("--bk-control", "--bk-paper", EDGE),
)
"""What stands on what, and the least contrast between the two."""


@dataclass(frozen=True)
class Theme:
    """What an organisation sets. values: of the tokens, as CSS; colours: of those that are one."""

    values: Mapping[str, str]
    colours: Mapping[str, Colour]

    @property
    def css(self) -> str:
        """Its style sheet, which comes after that of the neutral theme."""
        return f":root {{ {' '.join(f'{name}: {value};' for name, value in self.values.items())} }}\n"


@dataclass(frozen=True)
class TooClose:
    """Two colours that cannot be told apart well enough. ratio: theirs; least: what it must be."""

    front: str
    ground: str
    ratio: float
    least: float


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_close(theme: Theme, neutral: Theme) -> Iterator[TooClose]:
    """The pairs of a theme that cannot be told apart; what it does not set is as in the neutral one."""
    colours = {**neutral.colours, **theme.colours}
    for front, ground, least in PAIRS:
        ratio = contrast(colours[front], colours[ground])
        if ratio < least:
            yield TooClose(front, ground, ratio, least)


def blurs(theme: Theme, neutral: Theme) -> tuple[str, str] | None:
    """Two tokens that must differ and do not: what is somebody's own shows by its ground and its letter."""
    values = {**neutral.values, **theme.values}
    for one, other in (("--bk-paper", "--bk-accent-soft"), ("--bk-font-own", "--bk-font")):
        if values[one] == values[other]:
            return one, other
    return None


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
