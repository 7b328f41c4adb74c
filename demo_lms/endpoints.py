"""The addresses of the LMS's services, in the shape that Moodle gives them.

`type_id` stands in the query string on purpose: a tool that appends "/scores" to the whole address instead of
to its path loses its way here as it does there.
"""

from demo_lms.registration import Registration


def line_items(registration: Registration, course_id: str, deployment_id: str) -> str:
    return f"{registration.issuer}/services/{course_id}/lineitems?type_id={deployment_id}"


def line_item(registration: Registration, course_id: str, item_id: str, deployment_id: str) -> str:
    return f"{registration.issuer}/services/{course_id}/lineitems/{item_id}/lineitem?type_id={deployment_id}"


def results(registration: Registration, course_id: str, item_id: str, deployment_id: str) -> str:
    item = f"{registration.issuer}/services/{course_id}/lineitems/{item_id}/lineitem"
    return f"{item}/results?type_id={deployment_id}"


def result(
    registration: Registration, course_id: str, item_id: str, deployment_id: str, person_id: str
) -> str:
    return f"{results(registration, course_id, item_id, deployment_id)}&user_id={person_id}"


def notice_handlers(registration: Registration, deployment_id: str) -> str:
    return f"{registration.issuer}/services/notice-handlers/{deployment_id}"


def roster(registration: Registration, course_id: str, deployment_id: str) -> str:
    return f"{registration.issuer}/services/CourseSection/{course_id}/bindings/{deployment_id}/memberships"
