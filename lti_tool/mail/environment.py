"""Jinja for letters: one environment per language, with the catalogue and the days of that language."""

from collections.abc import Iterable
from datetime import date
from functools import cache, partial
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from config.settings import ROOT
from lti_tool.mail import quotes, translations
from lti_tool.mail.styles import Styled

DAYS = {"nl": Locale("nl"), "en": Locale("en", "GB")}


@cache
def environment(locale: str) -> Environment:
    """The environment whose letters are in `locale`, "nl" or "en"."""
    made = Environment(
        loader=Styled(FileSystemLoader(ROOT / "templates")),
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalogue = translations.load(locale)
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    # The same words without a look for the catalogue in each template, which takes longer than the words.
    made.globals["_"] = partial(say, catalogue)
    made.globals["quote"] = quotes.quote
    made.filters |= {
        "date": partial(full_date, locale=DAYS[locale]),
        "day": partial(day, locale=DAYS[locale]),
        "weekday": partial(weekday, locale=DAYS[locale]),
        "weekdays": partial(weekdays, locale=DAYS[locale]),
        "with_query": with_query,
    }
    return made


def say(catalogue: NullTranslations, message: str, **given: object) -> str:
    """The message in the language of the catalogue, with what is given filled in."""
    return str(catalogue.gettext(message)) % given


def day(on: date, *, locale: Locale) -> str:
    """As in "3 juni" and "3 June"."""
    return format_date(on, "d MMMM", locale)


def full_date(on: date, *, locale: Locale) -> str:
    """As in "3 juni 2025" and "3 June 2025", for a letter that is kept."""
    return format_date(on, "d MMMM y", locale)


def weekday(on: date, *, locale: Locale) -> str:
    """As in "dinsdag 3 juni" and "Tuesday 3 June"."""
    return format_date(on, "EEEE d MMMM", locale)


def weekdays(steps: Iterable[tuple[date, str]], *, locale: Locale) -> str:
    """The days of coming steps, each once, in order: "vrijdag 13 juni en dinsdag 17 juni"."""
    return format_list([weekday(on, locale=locale) for on in sorted({on for on, _ in steps})], locale=locale)


def with_query(url: str, name: str, value: str) -> str:
    """The address with one more question parameter."""
    return f"{url}{'&' if '?' in url else '?'}{_query(name, value)}"


@cache
def _query(name: str, value: str) -> str:
    """Of which there are few: the answers and the choices."""
    return urlencode({name: value})
