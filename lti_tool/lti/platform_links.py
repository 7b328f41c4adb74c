"""Addresses of the platform in a launch: the way back to the course, services, origins that may frame us."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs

from lti_tool.lti import urls
from lti_tool.lti.product_families import MOODLE
from lti_tool.lti.urls import Url

_MOODLE_RETURN = "/mod/lti/return.php"
_MOODLE_VIEW = "/mod/lti/view.php"
_PATH_PARAMETER = re.compile(r";[^/]*")


def way_back(return_url: object, product_family: str | None, *, local: bool) -> str | None:
    """Where "back to the course" leads, made from `return_url`.

    That URL carries the session key of the person (Moodle's `sesskey`, Java's `;jsessionid=`),
    so only host and path are kept; of Moodle's, the number of the activity too.
    """
    url = urls.read(return_url)
    if url is None or not urls.is_allowed(url, local=local):
        return None
    if product_family == MOODLE and url.path.endswith(_MOODLE_RETURN):
        return _moodle_activity(url)
    return url.origin + _PATH_PARAMETER.sub("", url.path)


def _moodle_activity(url: Url) -> str | None:
    number = parse_qs(url.query).get("instanceid", [""])[0]
    if not re.fullmatch(r"[0-9]{1,19}", number):
        return None  # without a number, Moodle answers with an error page
    return f"{url.origin}{url.path.removesuffix(_MOODLE_RETURN)}{_MOODLE_VIEW}?l={number}"


def service(text: object) -> str | None:
    """The address of a service, unaltered; None for what is no URL. `outgoing` judges whether to call it."""
    return text if isinstance(text, str) and urls.read(text) is not None else None


def origins(addresses: Iterable[object], *, local: bool) -> frozenset[str]:
    """The origins of those addresses that a platform may use."""
    found = (urls.read(address) for address in addresses)
    return frozenset(url.origin for url in found if url is not None and urls.is_allowed(url, local=local))
