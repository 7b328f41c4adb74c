"""The addresses of the tool, as its routes name them."""

import re
from uuid import uuid4

from lti_tool.web.access import access_of


def addresses(app):
    """Every address with a way to ask for it, and who may."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"OPTIONS"}):
            yield method, rule, access_of(app, rule.endpoint)


def filled(rule, visit="forged", **more):
    """An address with something for each of its parts."""
    parts = {
        "visit": visit, "part": "plan", "number": 1, "draft_id": uuid4(), "delivery_id": uuid4(),
        "contact_id": uuid4(), "activity_id": uuid4(), "track_id": uuid4(), "note_id": uuid4(),
        "enrolment_id": uuid4(), "reader": "team", "slug": "default", "key": "insight", "begun_as": uuid4(),
        "name": "help", "token": "forged", "registration_id": uuid4(), "filename": "app.css",
        "table": "people", "sheet": "figures",
        "quarter": "2026-Q3", "guide_key": "talk", "item_id": "post.task", **more,
    }  # fmt: skip
    return re.sub(r"<(?:[^<>]+:)?(\w+)>", lambda found: str(parts[found[1]]), rule.rule)
