"""The answer to a request for content (Deep Linking 2.0 section 4.5, Security Framework 1.0 section 5.2)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from lti_tool.lti import claims, messages
from lti_tool.lti.ports import ToolKey

LIFE = timedelta(minutes=10)
_DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"


@dataclass(frozen=True)
class Asker:
    """Who asked: the platform, by its issuer, as which client of it, and for which of its deployments."""

    issuer: str
    client_id: str
    deployment_id: str


@dataclass(frozen=True)
class Reply:
    """What goes back. No items: nothing was chosen.

    items: as `content_items.written`. message, error: for the person, in their language; either may be empty.
    log: for the administrator.
    """

    items: Sequence[Mapping[str, object]] = ()
    message: str = ""
    error: str = ""
    log: str = ""

    def as_text(self) -> str:
        """All of it in one text, to be kept."""
        return json.dumps({**vars(self), "items": [dict(item) for item in self.items]})

    @classmethod
    def of_text(cls, text: str) -> "Reply":
        """What `as_text` wrote."""
        return cls(**json.loads(text))


def sign(asker: Asker, reply: Reply, data: object, nonce: str, key: ToolKey, now: datetime) -> str:
    """The signed response. data: as the request had it, None when it had none."""
    told = {
        "data": data,
        "msg": reply.message or None,
        "errormsg": reply.error or None,
        "errorlog" if reply.error else "log": reply.log or None,
    }
    members = {
        "iss": asker.client_id,
        "aud": asker.issuer,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE).timestamp()),
        "nonce": nonce,
        claims.DEPLOYMENT_ID: asker.deployment_id,
        claims.MESSAGE_TYPE: "LtiDeepLinkingResponse",
        claims.VERSION: messages.LTI_VERSION,
        _DEEP_LINKING + "content_items": [dict(item) for item in reply.items],
        **{_DEEP_LINKING + name: value for name, value in told.items() if value is not None},
    }
    return jwt.encode(members, key.private_pem, algorithm="RS256", headers={"kid": key.kid})
