"""What a platform that is hostile, or broken, might send: values of any type, anywhere."""

import copy
import os
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.lti.lms import LTI, NOW, claims_of

DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
SERVICES = {
    "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
        "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
        "lineitem": "https://lms.example/1",
        "lineitems": "https://lms.example/",
    },
    "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
        "context_memberships_url": "https://lms.example/members"
    },
    LTI + "launch_presentation": {
        "locale": "nl",
        "return_url": "https://lms.example/mod/lti/return.php?instanceid=1",
    },
    LTI + "tool_platform": {"product_family_code": "moodle"},
    LTI + "custom": {"time_zone": "Europe/Amsterdam"},
    LTI + "for_user": {"user_id": "7"},
    DEEP_LINKING: {
        "deep_link_return_url": "https://lms.example/return",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
        "accept_multiple": True,
        "data": "csrf",
    },
    "name": "Zoë",
    "email": "zoe@gemeente.example",
    "locale": "nl",
    "azp": "client-1",
    "nbf": int(NOW.timestamp()),
}

TEXTS = st.text() | st.sampled_from(
    [
        "",
        "\x00",
        "\ud800",
        "x" * 300,
        "$X",
        "https://lms.example/",
        "https://[",
        "javascript:x",
        "http://a:b@c/",
        "-1",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)


VALUES = st.recursive(SCALARS, _nested, max_leaves=6)
HEADERS = st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jku", "zip"]), VALUES)


def places(content: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Every place in a JSON value that can be replaced."""
    if isinstance(content, dict):
        for name, value in content.items():
            yield (*path, name)
            yield from places(value, (*path, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield (*path, number)
            yield from places(value, (*path, number))


FULL = {**claims_of("-"), **SERVICES}
TYPES = [
    "LtiResourceLinkRequest",
    "LtiDeepLinkingRequest",
    "LtiSubmissionReviewRequest",
    "LtiDataPrivacyLaunchRequest",
    "DataPrivacyLaunchRequest",
]
REMOVED = object()
CHANGES = st.lists(
    st.tuples(st.sampled_from(list(places(FULL))), VALUES | st.just(REMOVED)), min_size=1, max_size=3
)
"""Places in the full message, and what stands there instead."""


def changed(content: Any, changes: list[tuple[tuple[Any, ...], object]]) -> Any:
    """The content with those changes; a place that an earlier change took away is left alone."""
    result = copy.deepcopy(content)
    for path, value in changes:
        try:
            inner = result
            for step in path[:-1]:
                inner = inner[step]
            if value is REMOVED:
                del inner[path[-1]]
            else:
                inner[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    return result


def trying(times: int) -> Any:
    """How often to try; the same tries each time where a run must be repeatable."""
    return settings(
        max_examples=times,
        deadline=None,
        derandomize=os.environ.get("CI") == "true",
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
