"""The whole study of bad launches, `tests/data/lti/bad_launches.json`: nothing of it is forgotten."""

import json
from pathlib import Path

from tests.lti import (
    test_bad_claims,
    test_bad_tokens,
    test_deep_links,
    test_keysets,
    test_login,
    test_other_messages,
    test_replays,
)

STUDY = json.loads((Path(__file__).parents[1] / "data/lti/bad_launches.json").read_text())["cases"]

ELSEWHERE = {
    "get-launch": "the web layer",
    "storage-wrong-value": "launches without cookies",
    "dl-not-instructor": "deep linking",
    "sr-learner-other": "submission review",
    "pns-bad-sig": "notices",
    "pns-duplicate": "notices",
}
TABLES = (
    test_bad_claims.BAD_CLAIMS,
    test_bad_claims.GOOD_CLAIMS,
    test_bad_tokens.BAD_TOKENS,
    test_login.BAD_LOGINS,
    test_deep_links.BAD,
)
MODULES = (test_bad_tokens, test_deep_links, test_keysets, test_login, test_other_messages, test_replays)


def test_every_case_of_the_study_is_tried_or_belongs_elsewhere() -> None:
    in_tables = {case for table in TABLES for case in table}
    on_their_own = {name for module in MODULES for name in dir(module) if name.startswith("test_")}

    tried = {_plain(name) for name in in_tables | on_their_own | ELSEWHERE.keys()}

    assert [case["id"] for case in STUDY if _plain(case["id"]) not in tried] == []


def _plain(name: str) -> str:
    return name.removeprefix("test_").replace("_", "-").lower()
