"""Launches about somebody's data or somebody's result, and what they bring."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

from demo_lms.vocabulary import (
    AGS_ENDPOINT,
    CONTEXT,
    CORE,
    CUSTOM,
    MESSAGE_TYPE,
    NRPS_SERVICE,
    RESOURCE_LINK,
    ROLES,
)

SANNE = "1041"
ADMINISTRATOR = ["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"]
NAMES = ["LtiDataPrivacyLaunchRequest", "DataPrivacyLaunchRequest"]
OF_A_COURSE = (CONTEXT, RESOURCE_LINK, AGS_ENDPOINT, NRPS_SERVICE, CUSTOM)


def about(for_user=None, roles=(), message=NAMES[0]):
    """Makes the next launch a data privacy launch."""

    def change(claims):
        for name in OF_A_COURSE:
            del claims[name]
        claims |= {MESSAGE_TYPE: message, ROLES: list(roles)}
        if for_user:
            claims[CORE + "for_user"] = {"user_id": for_user}

    return change


def reviewing(for_user, **more):
    """Makes the next launch a submission review."""

    def change(claims):
        claims[MESSAGE_TYPE] = "LtiSubmissionReviewRequest"
        claims[CORE + "for_user"] = {"user_id": for_user}
        for name, value in more.items():
            claims[
                {"roles": ROLES, "link": RESOURCE_LINK, "course": CONTEXT, "grades": AGS_ENDPOINT}[name]
            ] = value

    return change


def heading(page):
    """What a page is called."""
    return re.search(r"<h1[^>]*>([^<]*)", page.text)[1]


def unpacked(file):
    """What is in a download: the page to read, and what programs read."""
    with ZipFile(BytesIO(file.content)) as archive:
        assert archive.namelist() == ["beklijf.html", "beklijf.json"]
        return archive.read("beklijf.html").decode(), json.loads(archive.read("beklijf.json"))
