"""Rosters as a platform of the tests answers them."""

from typing import Any

from tests.lti.platform_server import Reply

SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
TOKEN = {"access_token": "token-1", "token_type": "Bearer", "expires_in": 3600, "scope": SCOPE}
MEMBERS = "/services.php/CourseSection/2/bindings/1/memberships"


def page(*members: object, link: str | None = None) -> Reply:
    # Header values go over the wire as they are; Moodle's are in UTF-8.
    more = {} if link is None else {"Link": link.encode().decode("latin-1")}
    return Reply.json({"id": "1", "context": {"id": "2"}, "members": list(members)}, **more)


def member(number: int, **changes: Any) -> dict[str, Any]:
    said = {"user_id": str(number), "roles": ["Learner"], **changes}
    return {name: value for name, value in said.items() if value is not ...}
