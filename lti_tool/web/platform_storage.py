"""The pages by which a browser without cookies proves itself: what they show, and what they post."""

from dataclasses import asdict

from flask import render_template, request

from lti_tool.lti import platform_storage
from lti_tool.lti.launch import Posted
from lti_tool.lti.platform_storage import Place, StoredLogin
from lti_tool.lti.refusals import RefusalReason, Refused

PROOF = "proof"


def can_be_told_apart() -> bool:
    """Whether this browser will say that a value comes from our own page; some old ones do not."""
    return "Sec-Fetch-Site" in request.headers


def is_to_be_asked() -> bool:
    """Whether a launch comes from where the platform sends it, and so still without the value."""
    return PROOF not in request.form


def ask(place: Place, posted: Posted) -> str:
    """A page that asks the platform for the value, and posts the launch once more with it."""
    return render_template("pages/storage_ask.html", place=place, posted=asdict(posted))


def shown() -> str | Refused:
    """The hash of the value that was posted.

    Only by our own page: anybody may hold the value of a login of their own, and from another site it would
    sign a stranger in as them. No page can forge this header (Fetch Metadata, section 2.4).
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return Refused(RefusalReason.STORAGE_FROM_ELSEWHERE)
    value = request.form[PROOF]
    return platform_storage.fingerprint(value) if value else Refused(RefusalReason.STORAGE_SILENT)


def to_keep(stored: StoredLogin) -> dict[str, str]:
    """What a page needs to let the platform keep the value, and to go on."""
    place = stored.place
    return {
        "origin": place.origin,
        "target": place.target,
        "key": place.key,
        "value": stored.value,
        "go_on": stored.redirect.url,
    }
