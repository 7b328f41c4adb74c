"""What a person wants with the letters about one training."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from lti_tool.models.courses import ResourceLink
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Person
from lti_tool.models.tracks import Enrolment, MailStatus
from lti_tool.services import draws, enrolments, learner_facts, mailboxes, nudges, zones
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.learner_facts import Learner

PAUSE = timedelta(days=14)


def find(session: Session, delivery_id: UUID) -> Learner | None:
    """Whose letters they are; None when the letter went to an address that is not theirs any more."""
    delivery = session.get(Delivery, delivery_id)
    if delivery is None or delivery.enrolment_id is None:
        return None
    learner = learner_facts.gather(session, [delivery.enrolment_id])[0]
    return learner if learner.person.mailbox_id == delivery.mailbox_id else None


def of_visitor(session: Session, person: Person, link: ResourceLink) -> Learner | None:
    """Who takes part in the training of a link; None for who does not."""
    enrolment_id = enrolments.at_link(session, person.id, link)
    return learner_facts.gather(session, [enrolment_id])[0] if enrolment_id else None


def of_person(session: Session, person: Person, enrolment_id: UUID) -> Learner | None:
    """Who takes part, by the enrolment; None for one of somebody else."""
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.person_id != person.id:
        return None
    return learner_facts.gather(session, [enrolment.id])[0]


def state(learner: Learner, now: datetime) -> MailStatus:
    """What holds today (calendar clock): a pause that is over is none."""
    is_paused = learner.facts.is_paused(zones.today(learner.person, learner.cohort, now))
    status = learner.enrolment.mail_status
    return MailStatus.ON if status is MailStatus.PAUSED and not is_paused else status


def go_on(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """The letters come (again), as far as their days are still to come."""
    _set(session, learner, MailStatus.ON, None, catalogue, now)


def try_again(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """The letters come again to an address that a server refused, as far as their days are still to come."""
    mailboxes.try_again(session, learner.person)
    nudges.replan(session, [learner.enrolment.id], catalogue, now)


def few(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """Only the own day, and the two times to look back."""
    _set(session, learner, MailStatus.FEW, None, catalogue, now)


def pause(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """No letters for two weeks."""
    until = zones.today(learner.person, learner.cohort, now) + PAUSE
    _set(session, learner, MailStatus.PAUSED, until, catalogue, now)


def stop(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """No letters about this training any more."""
    _set(session, learner, MailStatus.STOPPED, None, catalogue, now)


def stop_all(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """No letters of anybody to this address any more, whatever the training."""
    mailboxes.stop(session, learner.person)
    stop(session, learner, catalogue, now)


def stay_out(session: Session, learner: Learner, catalogue: Catalogue, now: datetime) -> None:
    """Counts along in no comparison: the letters are those that the trainer chose."""
    draws.let_go(session, [learner.enrolment.id], catalogue, now)


def _set(
    session: Session,
    learner: Learner,
    status: MailStatus,
    until: date | None,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    enrolment = learner.enrolment
    enrolment.mail_status, enrolment.paused_until = status, until
    nudges.replan(session, [enrolment.id], catalogue, now)
