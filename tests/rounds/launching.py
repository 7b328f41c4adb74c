"""Launches that held, for rounds that go on from there."""

from lti_tool.lti.launches import Course, Launch, Link
from lti_tool.lti.roles import Kind, Role
from lti_tool.models.platforms import Platform
from lti_tool.services import visits

BROWSER = visits.Browser("hash of its cookie")
LEARNER = Role(Kind.CONTEXT, "learner")


def launch(platform: Platform, sub: str = "sub-1", **more: object) -> Launch:
    """What a launch of a learner said, unless told otherwise."""
    said = {
        "registration_id": platform.id,
        "deployment_id": "1",
        "sub": sub,
        "roles": (LEARNER,),
        "name": f"Naam van {sub}",
        "email": f"{sub}@gemeente.example",
        "locale": "nl",
        "time_zone": None,
        "course": Course("course-1", "Helder schrijven", None),
        "link": Link("link-1", "Terugkijken"),
        "custom": {},
        "grades": None,
        "roster": None,
        "notices": None,
        "return_to": "https://lms.example/course/1",
        "frame_origins": frozenset({"https://lms.example"}),
        "product_family": None,
        "nonce_hash": "0" * 16,
    }
    return Launch(**{**said, **more})
