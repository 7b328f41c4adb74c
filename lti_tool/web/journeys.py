"""My journey: one page for each training, and one over all. The home of a launch with nothing else."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import retention, stretches
from lti_tool.domain.instruments import Phase
from lti_tool.models.courses import Role
from lti_tool.services import (
    coming,
    contacts,
    finishing,
    nudges,
    own_days,
    plans,
    preferences,
    tracks,
    value_levels,
    zones,
)
from lti_tool.services import timelines as journeys
from lti_tool.services.coming import Coming
from lti_tool.services.entries import Entries
from lti_tool.services.keys import Key
from lti_tool.services.learner_facts import Learner
from lti_tool.services.logbook import Logbook
from lti_tool.services.mailboxes import Reach
from lti_tool.services.timelines import Journey
from lti_tool.web import learner as writing
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, person_key, visitor, workplace

blueprint = Blueprint("journeys", __name__, url_prefix="/v/<visit>/journey")


@blueprint.get("")
@open_to(Access.VISITOR)
def overview() -> ResponseReturnValue:
    """All trainings of the visitor, with what they have to do now and what comes."""
    return _overview(person_key() or abort(403))


@blueprint.get("/<uuid:enrolment_id>")
@open_to(Access.VISITOR)
def training(enrolment_id: UUID) -> ResponseReturnValue:
    """One training of the visitor, whichever link they came by."""
    key = person_key() or abort(403)
    own = preferences.of_visitor(session(), visitor().person, visitor().link)
    if own is not None and own.enrolment.id == enrolment_id:
        return _training(own, key, is_here=visitor().role is Role.LEARNER)
    learner = preferences.of_person(session(), visitor().person, enrolment_id) or abort(404)
    return _training(learner, key, is_here=False)


def first_page() -> ResponseReturnValue:
    """What a link that asks nothing opens: its training, else all of them, else that it is being prepared."""
    key = person_key()
    if key is None:
        return render_template("pages/preparing.html")
    learner = preferences.of_visitor(session(), visitor().person, visitor().link)
    return _training(learner, key, is_here=True) if learner else _overview(key, is_waiting=True)


def line(learner: Learner, key: Key) -> Journey:
    """The journey of one learner."""
    return journeys.of_learners(session(), [learner], key, workplace().catalogue, visitor().course, now())[0]


def around(learner: Learner, key: Key, letters: Sequence[Coming]) -> dict[str, object]:
    """What stands on every first page of a training: about its plan and about its mails. letters: to come."""
    return {
        "title": learner.track.title,
        "notice": request.args.get("notice"),
        "follows": contacts.names(session(), learner.cohort.id, workplace().keyring.named),
        "coming": letters,
        "shares_room": coming.share_room(session(), learner, now().calendar),
        "over": _over(learner),
        **of_own_pace(learner),
        "reply_waits": learner.reply_waits,
        **_about_plan(learner, key),
        **_about_mails(learner),
    }


def _over(learner: Learner) -> str | None:
    """What is over for a learner: the training sends nothing more, or its two weeks have passed."""
    today, ended_on = zones.today(learner.person, learner.cohort, now().calendar), finishing.ended_on(learner)
    if learner.track.closes_on is not None and today > learner.track.closes_on:
        return "closed"
    if ended_on is None:
        return None
    window = retention.open_window(ended_on, learner.facts.calendar)
    return "window" if today > window.last_on else None


def of_own_pace(learner: Learner) -> dict[str, object]:
    """What a page says of the day on which a learner finished."""
    today = zones.today(learner.person, learner.cohort, now().calendar)
    url = url_for("finishing.choose", visit=g.visit_token)
    return {"pace": learner.track.pace.value, "finish": finishing.of(learner, today), "finished_url": url}


def _training(learner: Learner, key: Key, *, is_here: bool) -> str:
    journey = line(learner, key)
    return render_template(
        "pages/journey.html",
        journey=journey,
        is_here=is_here,
        write_url=_write_url(journey) if is_here else None,
        told=value_levels.told(session(), learner, key, workplace().catalogue),
        **{**_of_visit(), **around(learner, key, journey.letters)},
    )


def _overview(key: Key, *, is_waiting: bool = False) -> str:
    person, catalogue = visitor().person, workplace().catalogue
    found = journeys.of_person(session(), person, key, catalogue, visitor().course, now())
    if is_waiting and not found:
        return render_template("pages/preparing.html")
    first = next((each for each in found if each.timeline.next_step.is_asked), None)
    is_here = _here(found) is first
    return render_template(
        "pages/journeys.html",
        journeys=found,
        first=first,
        can_answer=is_here,
        write_url=_write_url(first) if first and is_here else None,
        stretch=stretches.together((each, each.timeline) for each in found),
        shares_room=_share_room(found),
        is_waiting=is_waiting,
        months=Logbook(person, key, catalogue).months(session()),
        told=value_levels.told_at_will(session(), Entries(person, key, catalogue), _time_zone()),
        **_of_visit(),
    )


def _share_room(found: Sequence[Journey]) -> bool:
    """Whether a mail on the page may not come, as those about another training take room too.

    It asks as often where none is to come.
    """
    if not found:
        return False
    one = next((each for each in found if each.letters), found[0])
    return coming.share_room(session(), one.learner, now().calendar) and bool(one.letters)


def _time_zone() -> str:
    return visitor().person.time_zone or workplace().settings.timezone


def _of_visit() -> dict[str, object]:
    return {
        "here": visitor().course,
        "return_url": visitor().link.return_url,
        "is_learner": visitor().role is Role.LEARNER,
        "check_in_url": url_for("check_ins.question", visit=g.visit_token),
        "change_url": url_for("check_ins.change", visit=g.visit_token),
        "notice": request.args.get("notice"),
    }


def _here(found: Sequence[Journey]) -> Journey | None:
    """The one whose training the link of this visit belongs to, for who learns there; the last attempt."""
    placed = tracks.placed(session(), visitor().link)
    if placed is None or visitor().role is not Role.LEARNER:
        return None
    own = [each for each in found if each.learner.track.id == placed.track.id]
    return max(own, key=lambda each: each.learner.enrolment.attempt, default=None)


def _write_url(journey: Journey) -> str | None:
    """Where the next step can be done in this visit; None when another link opens it.

    Looking back on a meeting stays with its own link.
    """
    moment = journey.timeline.next_step.moment
    asked = moment.asked if moment else None
    if asked is None or (asked.phase is Phase.MID and asked.link_id != visitor().link.id):
        return None
    part = asked.part.asked(has_address=journey.learner.reach is Reach.OPEN)
    return writing.step_url(min(asked.step, len(part.steps)), part.key)


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
        "unknown": nudges.unknown(learner),
        "without_room": coming.without_room(learner),
        "mail_status": preferences.state(learner, now().calendar).value,
        "paused_until": learner.enrolment.paused_until,
        "mails_url": url_for("preferences.choose_in_the_tool", visit=g.visit_token),
        "address_url": url_for("own_addresses.choose", visit=g.visit_token),
        "reach": learner.reach.value,
    }
