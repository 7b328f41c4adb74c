"""Copies of courses, as when a training is given again next year."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from demo_lms.courses import Course, Courses

HALF_A_YEAR = timedelta(weeks=26)


def copied(course: Course, others: Courses, trainer_id: str) -> Course:
    """The same course once more, with only its trainer in it, half a year later.

    others: all courses there are. Ids are new; course and links remember what they are copies of
    (LTI Core 1.3 appendix B: `Context.id.history`, `ResourceLink.id.history`; the latest copy first).
    """
    course_id = str(max(int(one.id) for one in others.all()) + 1)
    numbers = count(others.free_link_id())
    links = tuple(
        replace(link, id=str(number), course_id=course_id, history=(link.id, *link.history))
        for link, number in zip(course.links, numbers, strict=False)
    )
    return replace(
        course,
        id=course_id,
        label=f"{course.label}-{course_id}",
        title=f"{course.title} (kopie)",
        meetings=tuple(day + HALF_A_YEAR for day in course.meetings),
        links=links,
        member_ids=frozenset({trainer_id}),
        history=(course.id, *course.history),
    )
