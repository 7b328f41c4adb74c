"""Habits: where one kind of LMS differs from another, within the specifications or outside them.

Sources: Moodle 4.5.6, seen running; Canvas's published source and documentation.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from demo_lms.switches import Profile


@dataclass(frozen=True)
class Habits:
    """What is peculiar to an LMS. Every default is what the specifications say.

    family: `product_family_code`, by which a tool may know its LMS.
    unknown_learner: the status for a score of somebody who is no learner of the course.
    stale_score: the status for a score that is not later than the one before.
    whole_seconds: of two timestamps only the seconds count.
    takes_equal: a score may have the timestamp of the one before.
    hides_refusals: a score on several lines is lost behind status 200 and the body "[]".
    wipes_grades: a score that is not final takes the grade away.
    tells_result: a score is answered with the address of its result, not with nothing.
    crashes_on_limit: results asked with a limit are an error page.
    odd_links: the next page of line items stands between curly quotes, with "&amp;" for "&".
    forgets_role: the next page of a roster is one of everybody.
    demotes_assistants: a launch calls an assistant a teacher, a roster calls them a learner.
    full_roles: a roster names roles by their address, as a launch does, and an assistant's in small letters.
    tells_differences: a roster says where to ask what changed since.
    wants_user_agent: a request that does not say which programme it is is refused.
    page: members and line items on a page when nobody says how many; None for all.
    bookmarks: the next page is named by a word in which capitals count.
    wants_submission_type: a column that the tool makes is of no use without that extension.
    guards_configuration: what the LMS says of itself is shown to a tool that is registering only.
    """

    family: str = "leerhuis"
    unknown_learner: int = 404
    stale_score: int = 409
    whole_seconds: bool = False
    takes_equal: bool = False
    hides_refusals: bool = False
    wipes_grades: bool = False
    tells_result: bool = False
    crashes_on_limit: bool = False
    odd_links: bool = False
    forgets_role: bool = False
    demotes_assistants: bool = False
    full_roles: bool = False
    tells_differences: bool = True
    wants_user_agent: bool = False
    page: int | None = None
    bookmarks: bool = False
    wants_submission_type: bool = False
    guards_configuration: bool = False


STRICT = Habits()
MOODLE = Habits(
    family="moodle",
    unknown_learner=400,
    whole_seconds=True,
    hides_refusals=True,
    wipes_grades=True,
    crashes_on_limit=True,
    odd_links=True,
    forgets_role=True,
    demotes_assistants=True,
    tells_differences=False,
)
CANVAS = Habits(
    family="canvas",
    unknown_learner=422,
    stale_score=400,
    takes_equal=True,
    wipes_grades=True,
    tells_result=True,
    full_roles=True,
    tells_differences=False,
    wants_user_agent=True,
    page=10,
    bookmarks=True,
    wants_submission_type=True,
    guards_configuration=True,
)

OF_PROFILE: Mapping[Profile, Habits] = {Profile.MOODLE: MOODLE, Profile.CANVAS: CANVAS}


def of(profile: Profile) -> Habits:
    """The habits of a profile; a slow or failing LMS has none of its own."""
    return OF_PROFILE.get(profile, STRICT)
