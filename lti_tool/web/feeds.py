"""The calendar of a person: taken and ended in the tool or behind a letter, read by a calendar program."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from icalendar import Event

from lti_tool.database import session
from lti_tool.mail import quotes
from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.people import Person
from lti_tool.rounds import letters
from lti_tool.services import feeds
from lti_tool.services.feeds import Moment
from lti_tool.services.links import Purpose
from lti_tool.services.plans import Sentence
from lti_tool.web import calendar_files, mail_links, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("feeds", __name__)

LASTS = timedelta(minutes=15)
ASK_AGAIN = timedelta(hours=6)
WORDS = ("with", "without")


@blueprint.get("/f/<token>.ics")
@open_to(Access.FEED)
def read(token: str) -> ResponseReturnValue:
    """What is still to come, as iCalendar (RFC 5545); the same bytes as long as nothing moved."""
    feed_id = workplace().row_of(Purpose.FEED, token)
    found = feeds.find(session(), feed_id) if feed_id else None
    if found is None:
        references.note("feed.refused", reason="link_unknown")
        return Response(status=410, content_type="text/plain; charset=utf-8")
    g.reader_locale = found[1].letter_locale
    answer = Response(_calendar(*found), content_type=calendar_files.MIMETYPE)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.route("/v/<visit>/calendar", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def in_the_tool() -> ResponseReturnValue:
    """Within a visit."""
    url = url_for("feeds.in_the_tool", visit=g.visit_token)
    return _answer(visitor().person, url, url_for("preferences.choose_in_the_tool", visit=g.visit_token))


@blueprint.route("/m/<token>/calendar", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def of_letter(token: str) -> ResponseReturnValue:
    """Behind the link of a letter."""
    learner = mail_links.find_learner(token)
    if learner is None:
        return mail_links.no_preferences()
    url = url_for("feeds.of_letter", token=token)
    return _answer(learner.person, url, url_for("preferences.choose", token=token))


def _answer(person: Person, url: str, back_url: str) -> ResponseReturnValue:
    if request.method != "POST":
        feed = feeds.of_person(session(), person)
        address = _address(workplace().token(Purpose.FEED, feed.id)) if feed else None
        with_words = feed is not None and feed.with_words
        return render_template(
            "pages/calendar_feed.html", address=address, with_words=with_words, back_url=back_url
        )
    if "make" in request.form:
        feeds.make(session(), person, now().real)
    elif request.form.get("words") in WORDS:
        feeds.quote(session(), person, with_words=request.form["words"] == "with")
    elif "end" in request.form:
        feeds.end(session(), person)
    else:
        abort(400)
    session().commit()
    return redirect(url, 303)


def _calendar(feed: CalendarFeed, person: Person) -> bytes:
    moments = feeds.moments(session(), person)
    key = workplace().keyring.of([person.key_id]).get(person.key_id)
    own = feeds.sentences(session(), feed, person, key)
    course_urls = letters.return_urls(session(), {moment.track_id for moment in moments})
    calendar = calendar_files.begin()
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})  # RFC 7986 section 5.7
    for moment in moments:
        sentence = own.get(moment.enrolment_id) if moment.may_quote else None
        calendar.add_component(_event(moment, sentence, course_urls.get(moment.track_id)))
    return bytes(calendar.to_ical())


def _event(moment: Moment, sentence: Sentence | None, course_url: str | None) -> Event:
    described = _describe(sentence, course_url)
    event = calendar_files.entry(moment.id, _name_of(moment), course_url, described)
    event.add("dtstamp", moment.planned_at)
    event.add("dtstart", moment.starts_at)
    event.add("duration", LASTS)
    return event


def _name_of(moment: Moment) -> str:
    """The step, in the language of the person, as all pages call it."""
    words = current_app.jinja_env.get_template("macros/steps.html").make_module()
    return str(words.step_name(moment.step, moment.number, moment.pace)).strip()  # type: ignore[attr-defined]


def _describe(sentence: Sentence | None, course_url: str | None) -> str:
    """What stands in an entry, if anything.

    The way to the course too: not every program shows an entry's own address.
    """
    words = vars(current_app.jinja_env.get_template("macros/entries.html").make_module())
    own = (
        quotes.quote(sentence.when, sentence.then, when=words["when"], then=words["then"]) if sentence else ""
    )
    lines = ((words["your_plan"], own), (words["to_course"], course_url))
    return "\n".join(f"{label} {text}" for label, text in lines if text)


def _address(token: str) -> str:
    return f"{workplace().settings.base_url}{url_for('feeds.read', token=token)}"
