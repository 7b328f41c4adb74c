"""In which language a page speaks, and how it writes days and times."""

from datetime import date, datetime, time
from gettext import NullTranslations
from urllib.parse import urlencode

from babel.dates import format_date
from flask import Flask, g, request, url_for
from flask_babel import Babel, get_locale, get_translations, to_user_timezone

from config.settings import ROOT
from lti_tool.domain.words import LOCALES
from lti_tool.web.typed import write_day

babel = Babel()


def init_app(app: Flask) -> None:
    """Registers the language of a request and the filters for days and times."""
    app.config.update(
        BABEL_DEFAULT_LOCALE="en",  # the language of the message ids
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "config" / "translations"),
        BABEL_DOMAIN="pages",
    )
    babel.init_app(app, locale_selector=language, timezone_selector=_zone)
    # Their own look up the language for each sentence, of which a page has a hundred.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _texts().gettext(text),
        ngettext=lambda one, more, number: _texts().ngettext(one, more, number),
        pgettext=lambda about, text: _texts().pgettext(about, text),
        npgettext=lambda about, one, more, number: _texts().npgettext(about, one, more, number),
        newstyle=True,
    )
    app.add_template_filter(day_long)
    app.add_template_filter(day_short)
    app.add_template_filter(day_plain)
    app.add_template_filter(day_tile)
    app.add_template_filter(month_plain)
    app.add_template_filter(weekday)
    app.add_template_filter(write_day, "day_typed")
    app.add_template_filter(clock)
    app.context_processor(_speak)


def language() -> str:
    """The visit's language; else the one asked for, the browser's, or that of the person a letter went to."""
    if g.get("visitor") is not None:
        return str(g.visitor.visit.locale)
    asked = request.args.get("lang")
    if asked in LOCALES:
        return asked
    if g.get("reader_locale") in LOCALES:
        return str(g.reader_locale)
    return request.accept_languages.best_match(LOCALES) or "nl"


def _texts() -> NullTranslations:
    """The sentences in the language of this request."""
    if "texts" not in g:
        g.texts = get_translations()
    texts: NullTranslations = g.texts
    return texts


def day_long(day: date) -> str:
    """Like "dinsdag 3 juni" or "Tuesday 3 June"."""
    return format_date(_local_day(day), "EEEE d MMMM", locale=_locale())


def day_short(day: date) -> str:
    """Like "ma 16 november" or "Mon 16 November"."""
    return format_date(_local_day(day), "EEE d MMMM", locale=_locale())


def day_plain(day: date) -> str:
    """Like "3 juni 2026" or "3 June 2026"."""
    return format_date(_local_day(day), "d MMMM y", locale=_locale())


def month_plain(day: date) -> str:
    """Like "november 2026" or "November 2026"."""
    return format_date(day, "MMMM y", locale=_locale())


def day_tile(day: date) -> str:
    """Like "19 okt" or "19 Oct"."""
    return format_date(day, "d MMM", locale=_locale()).rstrip(".")


def weekday(day: date) -> str:
    """Like "ma" or "Mon"."""
    return format_date(day, "EEE", locale=_locale())


def clock(moment: datetime | time) -> str:
    """Like "9.30 uur" or "9:30"."""
    local = to_user_timezone(moment) if isinstance(moment, datetime) else moment
    if _locale() == "nl":
        return f"{local.hour}.{local.minute:02} uur"
    return f"{local.hour}:{local.minute:02}"


def _local_day(day: date) -> date:
    """The day it is where the reader is, for a moment; a day as it is."""
    local: date = to_user_timezone(day) if isinstance(day, datetime) else day
    return local


def _zone() -> str | None:
    """The visitor's own time zone; None for the tool's."""
    visitor = g.get("visitor")
    return visitor.person.time_zone if visitor is not None else None


def _locale() -> str:
    return "en" if str(get_locale()).startswith("en") else "nl"


def _speak() -> dict[str, object]:
    locale = _locale()
    other = "nl" if locale == "en" else "en"
    visitor = g.get("visitor")
    return {
        "locale": locale,
        "other_locale": other,
        "language_form_url": url_for("visit.language", visit=g.visit_token) if visitor else None,
        "language_link": None if visitor else _same_page_in(other),
    }


def _same_page_in(locale: str) -> str | None:
    if request.method != "GET":
        return None
    return f"?{urlencode({**request.args.to_dict(), 'lang': locale})}"
