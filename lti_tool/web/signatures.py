"""Requests that a program signs with a secret which its operator and ours share."""

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256

# How far apart the two clocks may be, and how long somebody who overheard a request could repeat it.
FRESH = timedelta(minutes=5)
_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})", re.ASCII)


def sign(secret: str, body: bytes, moment: datetime) -> str:
    """The value of the header: seconds since 1970, and the HMAC-SHA256 of "seconds.body"."""
    seconds = str(int(moment.timestamp()))
    return f"t={seconds},v1={_mac(secret, seconds, body)}"


def holds(header: str, secret: str, body: bytes, now: datetime) -> bool:
    """Whether a request was signed with the secret, just now (real clock)."""
    form = _FORM.fullmatch(header)
    if form is None or not hmac.compare_digest(form[2], _mac(secret, form[1], body)):
        return False
    return abs(now.timestamp() - int(form[1])) <= FRESH.total_seconds()


def _mac(secret: str, seconds: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
