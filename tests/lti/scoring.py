"""Scores for a platform of the tests."""

import json
from datetime import datetime, timedelta
from typing import Any

from lti_tool.lti import grades
from lti_tool.lti.grades import NotSent, Score, Sent
from tests.lti.lms import DEPLOYMENT, NOW, Lms
from tests.lti.platform_server import Reply

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
TOKEN = {"access_token": "token-1", "token_type": "Bearer", "expires_in": 3600, "scope": SCORE_SCOPE}
SCORES = "/services.php/2/lineitems/21/lineitem/scores"


def takes_scores(lms: Lms) -> Lms:
    """The platform, which takes scores from now on."""
    lms.server.answer("/token", Reply.json(TOKEN))
    lms.server.answer(SCORES, Reply(200))
    return lms


def a_score(platform: Lms, **changes: Any) -> Score:
    line_item = platform.server.url + "/services.php/2/lineitems/21/lineitem?type_id=5"
    return Score(
        **{
            "registration": platform.registration,
            "deployment_id": DEPLOYMENT,
            "line_item": line_item,
            "sub": "7",
            **changes,
        }
    )


def send(platform: Lms, later: timedelta = timedelta(), **changes: Any) -> Sent | NotSent:
    return grades.send_score(a_score(platform, **changes), platform.store, platform.outgoing, NOW + later)


def bodies(platform: Lms) -> list[dict[str, Any]]:
    """The scores that arrived."""
    return [json.loads(one.body) for one in platform.server.requests_to(SCORES)]


def timestamps(platform: Lms) -> list[datetime]:
    return [datetime.fromisoformat(body["timestamp"]) for body in bodies(platform)]
