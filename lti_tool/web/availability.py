"""Working days, leave, hour, language and words of mails: behind a letter's link, and in the tool."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lti_tool.database import session
from lti_tool.domain import moments
from lti_tool.domain.words import LOCALES
from lti_tool.domain.workdays import Period
from lti_tool.models.people import Person
from lti_tool.services import availability, preferences
from lti_tool.services.availability import Availability
from lti_tool.services.learner_facts import Learner
from lti_tool.web import mail_links
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import DayField, WordField, WordsField
from lti_tool.web.forms import PageForm
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.typed import Span
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("availability", __name__)

WEEKDAYS = ("0", "1", "2", "3", "4")
WORDS = ("with", "without")
AS_THE_PAGES = "pages"
LANGUAGES = (AS_THE_PAGES, *LOCALES)
USUAL_HOUR = moments.DEFAULT_HOUR.isoformat("minutes")


class WeekForm(PageForm):
    """Working days, hour, language and words."""


class LeaveForm(PageForm):
    """First and last day away."""

    def look_further(self) -> None:
        """The days are in the right order."""
        first, last = self["first_on"], self["last_on"]
        if not self.to_mend and last.data < first.data:
            last.errors.append(Problem(ProblemKind.ENDS_TOO_EARLY, first=first.data))


@dataclass(frozen=True)
class Place:
    """Whose page it is, where it stands, and where it leads back to."""

    learner: Learner
    url: str
    back_url: str

    @property
    def person(self) -> Person:
        """Whose days they are."""
        return self.learner.person

    @property
    def today(self) -> date:
        """The person's local day."""
        return moments.local(now().calendar, self.learner.facts.time_zone).date()


@blueprint.route("/m/<token>/days", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def of_letter(token: str) -> ResponseReturnValue:
    """Behind the link of a letter."""
    learner = mail_links.find_learner(token)
    if learner is None:
        return mail_links.no_preferences()
    url = url_for("availability.of_letter", token=token)
    return _answer(Place(learner, url, url_for("preferences.choose", token=token)))


@blueprint.route("/v/<visit>/days", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def in_the_tool() -> ResponseReturnValue:
    """Within a visit."""
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
    url = url_for("availability.in_the_tool", visit=g.visit_token)
    return _answer(Place(learner, url, url_for("preferences.choose_in_the_tool", visit=g.visit_token)))


def _answer(place: Place) -> ResponseReturnValue:
    if request.method != "POST":
        return _page(place, _week(place), leave_form(place.today))
    if "drop" in request.form:
        _drop(place, request.form["drop"])
    elif "add" in request.form:
        form = leave_form(place.today, request.form)
        if not form.validate() or not _has_room(place, form):
            return _page(place, _week(place), form), 422
        period = Period(form["first_on"].data, form["last_on"].data)
        availability.add_leave(session(), place.person, period, workplace().catalogue, now().calendar)
    else:
        week = _week(place, request.form)
        if not week.validate():
            return _page(place, week, leave_form(place.today)), 422
        availability.set_out(session(), place.person, _read(week), workplace().catalogue, now().calendar)
    session().commit()
    return redirect(f"{place.url}?kept=1", 303)


def _has_room(place: Place, form: LeaveForm) -> bool:
    has_room = availability.has_room(session(), place.person, place.today)
    if not has_room:
        limit = availability.LEAVE_AT_MOST
        form["first_on"].errors.append(Problem(ProblemKind.TOO_MANY_LEAVES, limit=limit))
    return has_room


def _drop(place: Place, leave_id: str) -> None:
    try:
        wanted = UUID(leave_id)
    except ValueError:
        abort(400)
    availability.drop_leave(session(), place.person, wanted, workplace().catalogue, now().calendar)


def _week(place: Place, sent: MultiDict[str, str] | None = None) -> WeekForm:
    return week_form(_hours(), availability.of(place.person), sent)


def week_form(
    hours: Mapping[str, time], known: Availability, sent: MultiDict[str, str] | None = None
) -> WeekForm:
    """The form of working days, hour, language and words. hours: those that can be chosen."""
    language = known.mail_locale or AS_THE_PAGES
    form = WeekForm(
        {
            "free": WordsField(WEEKDAYS),
            "hour": WordField(tuple(hours)),
            "language": WordField(LANGUAGES, otherwise=language),
            "words": WordField(WORDS),
        }
    )
    hour = known.hour.isoformat("minutes") if known.hour else USUAL_HOUR
    form.process(
        sent,
        data={
            "free": tuple(str(day) for day in sorted(known.free_weekdays)),
            "hour": hour if hour in hours else USUAL_HOUR,
            "language": language,
            "words": "without" if known.without_words else "with",
        },
    )
    return form


def leave_form(today: date, sent: MultiDict[str, str] | None = None) -> LeaveForm:
    """The form of days away."""
    span = Span.around(today)
    form = LeaveForm({"first_on": DayField(span), "last_on": DayField(span)})
    form.process(sent)
    return form


def _read(form: WeekForm) -> Availability:
    free = frozenset(int(day) for day in form["free"].data)
    language = None if form["language"].data == AS_THE_PAGES else form["language"].data
    hour, without_words = time.fromisoformat(form["hour"].data), form["words"].data == "without"
    return Availability(free, hour, without_words, language)


def _hours() -> dict[str, time]:
    """The hours that can be chosen: those of the question about it."""
    items = workplace().catalogue.latest("post").part("plan").items
    asked = next(item for item in items if item.id == "post.hour")
    return {option.id: time.fromisoformat(option.id) for option in asked.options}


def _page(place: Place, week: WeekForm, away: LeaveForm) -> str:
    return render_template(
        "pages/availability.html",
        week=week,
        hours=_hours(),
        page_locale=place.person.locale,
        form=away if away.to_mend else week,
        leave_form=away,
        leave=availability.leave_of(session(), place.person),
        back_url=place.back_url,
        was_kept="kept" in request.args,
    )
