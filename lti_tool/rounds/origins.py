"""Where the link of a launch comes from: what the launch says, and else what the column of the link says."""

from dataclasses import replace
from uuid import UUID

from lti_tool.domain import origins
from lti_tool.domain.clock import Now
from lti_tool.domain.origins import Origin
from lti_tool.lti import line_items, outgoing
from lti_tool.lti.launches import Launch
from lti_tool.lti.line_items import Container, Services
from lti_tool.rounds import lti_store
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import activities, platforms

PATIENCE_SECONDS = 5.0
"""So long a launch waits for the platform's columns, tokens and all; a slow platform holds up nobody else."""


def of(work: Workplace, launch: Launch, now: Now) -> Origin:
    """The origin of a link. The platform is asked only where a trainer would else set it up by hand."""
    said = origins.read(launch.custom)
    if said.lms_id is not None or not launch.is_trainer or _is_set_up(work, launch):
        return said
    return replace(said, lms_id=_in_its_column(work, launch, now))


def _is_set_up(work: Workplace, launch: Launch) -> bool:
    with work.reading() as session:
        deployment = platforms.deployment(session, launch.registration_id, launch.deployment_id)
        return deployment is not None and activities.is_set_up(session, deployment, launch.link.id)


def _in_its_column(work: Workplace, launch: Launch, now: Now) -> UUID | None:
    """A column that was made with our own id keeps it in a copy (AGS 2.0 section 3.2.15)."""
    grades = launch.grades
    if grades is None or grades.line_items is None or not grades.line_item_scopes:
        return None
    registration = lti_store.Registrations(work).by_id(launch.registration_id)
    if registration is None:
        return None
    container = Container(
        registration,
        launch.deployment_id,
        grades.line_items,
        grades.line_item_scopes,
        launch.product_family,
    )
    services = Services(lti_store.store(work), work.outgoing, now.real)
    with outgoing.within(PATIENCE_SECONDS):
        ids = line_items.resource_ids(launch.link.id, container, services)
    return next((own for one in ids if (own := origins.own_id(one)) is not None), None)
