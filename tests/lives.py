"""A learner who has done all that a training asks, some of it many times, as the services record it."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.answers import Answer
from lti_tool.domain.clock import Now
from lti_tool.domain.instruments import Item
from lti_tool.domain.item_types import line, text
from lti_tool.domain.releases import Reader, Shareable
from lti_tool.domain.workdays import Period
from lti_tool.models.activities import Activity
from lti_tool.models.check_ins import Outcome
from lti_tool.models.contacts import ContactKind
from lti_tool.models.courses import ResourceLink
from lti_tool.models.logbook import Note
from lti_tool.services import (
    availability,
    check_ins,
    desks,
    late_drafts,
    note_evidence,
    plans,
    reflections,
    releases,
    stories,
    submissions,
)
from lti_tool.services.entries import Entries
from lti_tool.services.logbook import Logbook
from lti_tool.services.releases import Audience
from tests import following
from tests.factories import SENTENCE, Learner, Place

WORDS = "Ik liet haar uitpraten en vroeg pas daarna wat zij nodig had. "


def answered(item: Item) -> Answer:
    """Something that fits a question: words of the length that people write, or its first option."""
    if item.id == "post.if_then":
        return Answer(words=SENTENCE.when, then=SENTENCE.then)
    if item.type in {text.TYPE, line.TYPE}:
        return Answer(words=WORDS * (4 if item.type is text.TYPE else 1))
    if item.options:
        return Answer(choices=(item.options[0].id,))
    return Answer(unknown=True)


def write_everything(session: Session, where: Place, who: Learner, now: Now) -> None:
    """Submits each part of each activity of the training that has a link."""
    catalogue = where.work.catalogue
    links = select(ResourceLink).join(Activity, Activity.link_id == ResourceLink.id)
    for link in session.scalars(links.where(Activity.track_id == where.track.id)):
        seats = desks.at_link(session, who.person, who.key, link, catalogue)
        for part in [seat.part for seat in seats]:
            seat = desks.find(session, who.person, who.key, link, catalogue, part.key)
            assert seat is not None
            said = {item.id: answered(item) for item in part.items}
            reflections.save(session, seat.desk, said, 1, now.calendar)
            seat = desks.find(session, who.person, who.key, link, catalogue, part.key)
            assert seat is not None
            submissions.submit(session, seat, catalogue, now.calendar)


def go_on(session: Session, where: Place, who: Learner, now: Now, times: int) -> None:
    """Notes in the logbook, and answers to how it goes, so many of each."""
    book = Logbook(who.person, who.key, where.work.catalogue)
    plan, today = plans.find(session, who.enrolment.id), now.calendar.date()
    for number in range(times):
        page = uuid4()
        note = {"log.note": Answer(words=f"{number} {WORDS}"), "log.kind": Answer(choices=("watching",))}
        book.add(session, note, page, today - timedelta(days=3 * number), now)
        if plan is not None:
            kept = session.scalars(select(Note).where(Note.sent_as == page)).one()
            note_evidence.add(session, kept, who.enrolment.id)
        said = check_ins.begin(who.enrolment, None)
        check_ins.record(session, said, plan, Outcome.PARTLY, today, now.calendar)
        check_ins.name_obstacles(session, said, who.person, who.key, Answer(choices=("time",)))


def let_read(session: Session, where: Place, who: Learner, now: Now) -> None:
    """All that a plan holds, shown to the trainer and to the team, and a story beside it."""
    for reader in (Reader.TRAINER, Reader.TEAM):
        releases.release(session, Audience(who.enrolment, reader), set(Shareable), now.calendar)
    own, begun_as = Entries(who.person, who.key, where.work.catalogue), uuid4()
    told, today = {"informal.story": Answer(words=WORDS)}, now.calendar.date()
    own.save(session, where.work.catalogue.latest("insight"), begun_as, told, today, now)
    written = own.find(session, begun_as)
    assert written is not None
    stories.tell(session, written.entry, who.enrolment, now.calendar)


def be_away(session: Session, where: Place, who: Learner, now: Now, weeks: range) -> None:
    """Weeks of leave, counted from today."""
    for week in weeks:
        first = now.calendar.date() + timedelta(weeks=10 + 2 * week)
        period = Period(first, first + timedelta(days=4))
        availability.add_leave(session, who.person, period, where.work.catalogue, now.calendar)


def have_buddies(session: Session, where: Place, who: Learner, now: Now, numbers: range) -> None:
    """Buddies who said yes."""
    for number in numbers:
        of_one = {"name": f"Buddy {number}", "address": f"buddy-{number}@gemeente.example"}
        following.confirmed(session, where, who, kind=ContactKind.BUDDY, now=now, **of_one)


def leave_drafts(session: Session, where: Place, who: Learner, now: Now, steps: range) -> None:
    """What was typed under an expired visit, a step each."""
    (seat, *_) = desks.at_link(session, who.person, who.key, where.link, where.work.catalogue)
    for step in steps:
        said = {"post.task": Answer(words=WORDS)}
        late_drafts.keep(session, seat.desk, ("plan", step), said, now.calendar)
