"""A learner's first page: the plan, one next step, what else there is, and the mails that will come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import openings
from lti_tool.domain.openings import Standing
from lti_tool.services import (
    coming,
    contacts,
    desks,
    journeys,
    late_drafts,
    mailboxes,
    nudges,
    own_days,
    plans,
    preferences,
    zones,
)
from lti_tool.services.desks import Seat
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.web import learner as writing
from lti_tool.web.visiting import now, person_key, visitor, workplace


@dataclass(frozen=True)
class Shown:
    """A part as it stands on the page. url: of the step to go on with."""

    seat: Seat
    standing: Standing
    url: str


def home() -> ResponseReturnValue:
    """The plan on top, one next step, and the letters that will come."""
    seat = writing.take_seat()
    if seat is None:
        return journey() or render_template("pages/preparing.html")
    learner, today = writing.facts_of(seat), writing.today_of(seat)
    parts = [_shown(each, learner) for each in desks.all_parts(session(), seat)]
    number, phase = seat.placed.activity.meeting_number, seat.instrument.phase
    stops = journeys.stops(session(), learner, workplace().catalogue)
    current = _current(parts, today)
    drafts = late_drafts.waiting(session(), visitor().person, seat.placed.activity.id)
    return render_template(
        "pages/home.html",
        title=seat.placed.track.title,
        instrument=seat.instrument,
        meeting_number=number,
        following=journeys.following(stops, phase, number),
        current=current,
        others=[each for each in parts if each is not current],
        today=today,
        late_drafts=[(draft, writing.draft_url(draft)) for draft in drafts],
        notice=request.args.get("notice"),
        **_about_plan(learner, seat.desk.key),
        follows=contacts.names(session(), learner.cohort.id, workplace().keyring.named),
        **_about_mails(learner),
    )


def journey() -> str | None:
    """The page that asks nothing: the plan, what the training asks, and the letters that will come."""
    learner = preferences.of_visitor(session(), visitor().person, visitor().link)
    key = person_key()
    if learner is None or key is None:
        return None
    return render_template(
        "pages/journey.html",
        title=learner.track.title,
        stops=journeys.stops(session(), learner, workplace().catalogue),
        today=zones.today(learner.person, learner.cohort, now().calendar),
        notice=request.args.get("notice"),
        **_about_plan(learner, key),
        follows=contacts.names(session(), learner.cohort.id, workplace().keyring.named),
        **_about_mails(learner),
    )


def _shown(seat: Seat, learner: Learner) -> Shown:
    facts, name = learner.facts, f"{seat.instrument.phase}.{seat.part.key}"
    number = seat.placed.activity.meeting_number or 1
    meeting_on = learner.meetings[number - 1] if number <= len(learner.meetings) else None
    written = seat.reflection
    standing = Standing(
        name,
        openings.opens_on(name, facts.anchor_on, meeting_on, facts.used_on),
        is_begun=written is not None and (written.submitted_at is None or written.is_halfway),
        is_submitted=written is not None and written.submitted_at is not None,
    )
    return Shown(seat, standing, writing.step_url(seat.number, seat.part.key))


def _current(parts: Sequence[Shown], today: date) -> Shown:
    """The part of the next step; the first one when nothing is left to do."""
    found = openings.next_part([each.standing for each in parts], today)
    return next((each for each in parts if each.standing == found), parts[0])


def _about_plan(learner: Learner, key: Key) -> dict[str, object]:
    return {
        "plan": learner.plan,
        "sentence": plans.sentence_of(learner.plan, learner.person, key),
        "check_in_url": url_for("check_ins.question", visit=g.visit_token),
        "change_url": url_for("check_ins.change", visit=g.visit_token),
        "no_mail": own_days.without_mail(session(), learner, workplace().catalogue, now().calendar),
        "ends_on": learner.facts.anchor_on,
    }


def _about_mails(learner: Learner) -> dict[str, object]:
    return {
        "coming": coming.of(session(), learner, workplace().catalogue, now()),
        "unknown": nudges.unknown(session(), [learner.enrolment.id]),
        "mail_status": preferences.state(learner, now().calendar).value,
        "paused_until": learner.enrolment.paused_until,
        "mails_url": url_for("preferences.choose_in_the_tool", visit=g.visit_token),
        "address_url": url_for("own_addresses.choose", visit=g.visit_token),
        "reach": mailboxes.reach(session(), learner.person).value,
    }
