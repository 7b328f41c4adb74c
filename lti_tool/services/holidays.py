"""Public holidays, from the library that keeps them."""

from datetime import date
from functools import lru_cache

import holidays as library

# Days in the country's calendar that not everybody has off: the word that an organisation chooses.
OPTIONAL = {"goede vrijdag": "good_friday", "bevrijdingsdag": "liberation_day"}


@lru_cache(maxsize=64)
def dutch(year: int, extra: str) -> frozenset[date]:
    """Dutch public holidays of a year, with the optional ones that an organisation has off.

    extra: words of OPTIONAL, separated by spaces.
    """
    calendar = library.country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    chosen = set(extra.split())

    def is_off(name: str) -> bool:
        return OPTIONAL.get(name.lower()) in chosen or name.lower() not in OPTIONAL

    return frozenset(day for day in calendar if any(map(is_off, calendar.get_list(day))))


@lru_cache(maxsize=64)
def dutch_around(year: int, extra: str) -> frozenset[date]:
    """Those of a year, the one before and the one after; one set for all who have these days off."""
    return dutch(year - 1, extra) | dutch(year, extra) | dutch(year + 1, extra)
