"""Choosing what Beklijf adds to a course, and the way back to the platform with it."""

import secrets
from collections.abc import Collection

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.lti import deep_link_responses
from lti_tool.lti.deep_link_responses import Asker, Reply
from lti_tool.lti.deep_links import DeepLinking, Wanted
from lti_tool.models.courses import Course
from lti_tool.models.deep_links import SelectionStatus
from lti_tool.models.tracks import Track
from lti_tool.rounds import deep_links as arriving
from lti_tool.rounds import lti_store
from lti_tool.services import activities, deep_links, gone_items, unopened, whole_tracks
from lti_tool.services.track_copies import Earlier
from lti_tool.services.visits import Browser
from lti_tool.services.whole_tracks import Chosen, NewTraining, Purpose
from lti_tool.web import content_items, deep_link_forms, languages, references, unlikely_days
from lti_tool.web.access import Access, open_to
from lti_tool.web.choosing import chooser, wanted
from lti_tool.web.content_items import words
from lti_tool.web.deep_link_forms import ChoiceForm, Choices, Taken
from lti_tool.web.settings_up import cadences
from lti_tool.web.unlikely_days import Unlikely
from lti_tool.web.visiting import now, site, today, workplace

blueprint = Blueprint("deep_links", __name__, url_prefix="/v/<visit>")


def open_choice(asked: DeepLinking, browser: Browser) -> ResponseReturnValue:
    """The answer to a request that held: a choice of its own, or why there is none."""
    g.reader_locale = asked.locale
    if not asked.may_choose:
        return _refuse(asked)
    token = arriving.begin(workplace(), asked, browser, languages.language(), now=now())
    facts = {"type": "choice", "reg": asked.registration_id, "nonce": asked.nonce_hash}
    references.note("lti.launch", result="opened", proof=browser.proof, **facts)
    return redirect(url_for("deep_links.choose", visit=token), 303)


@blueprint.route("/choose", methods=["GET", "POST"])
@open_to(Access.CHOOSER)
def choose() -> ResponseReturnValue:
    """One short form; a second post of it leads to the same answer."""
    if chooser().selection.status is not SelectionStatus.OPEN:
        return _to_the_answer()
    if "cancel" in request.form:
        return _answer(SelectionStatus.CANCELLED, Reply(message=words("nothing_added")))
    if not wanted().takes_links:
        return render_template("pages/choose_elsewhere.html", reference=references.reference())
    if "back" in request.form:
        return _put_back(request.form["back"])
    form = _form()
    if request.method != "POST":
        return _page(form)
    if form.begun_from and form.is_to_take and not form.joined:
        return _page(_taken(form, form.begun_from))
    if not form.validate():
        return _page(form), 422
    unlikely = _unlikely(form)
    is_told = unlikely is None or request.form.get("told") == unlikely.mark
    return _add(form) if is_told else _page(form, unlikely)


@blueprint.get("/choose/done")
@open_to(Access.CHOOSER)
def done() -> ResponseReturnValue:
    """The form that takes the answer back to the platform, by itself or by its button."""
    kept = deep_links.reply_of(chooser().selection, workplace().keyring.named)
    if kept is None:
        return redirect(url_for("deep_links.choose", visit=g.choice_token), 303)
    asked = wanted()
    g.form_action = asked.return_place
    return render_template(
        "pages/choice_sent.html",
        return_url=asked.return_url,
        token=_signed(_asker(), Reply.of_text(kept), asked, chooser().selection.nonce),
        by_itself=True,
        has_items=chooser().selection.status is SelectionStatus.ANSWERED,
    )


def _taken(form: ChoiceForm, earlier: Earlier) -> ChoiceForm:
    """What an earlier training fills in; its days only from a first day that is known here.

    Nobody looks at made-up days before people get mail by them.
    """
    course, first_on = chooser().course, form["starts_on"].data
    dates = earlier.dates.again(first_on) if first_on else None
    asks = activities.phases(session(), [earlier.track.id])[earlier.track.id]
    taken = Taken(earlier, dates, {Purpose(each or Purpose.JOURNEY) for each in asks})
    return deep_link_forms.choice(form.choices, title=course.title if course else "", taken=taken)


def _form() -> ChoiceForm:
    course, asked = chooser().course, wanted()
    trainings = whole_tracks.open_trainings(session(), course) if course and not asked.takes_several else []
    several = asked.takes_several and course is not None
    earlier = deep_links.earlier_of(session(), chooser().selection) if course else []
    choices = Choices(today(), cadences(), _purposes(), trainings, several, course is not None, earlier)
    if request.method == "POST":
        return deep_link_forms.choice(choices, sent=request.form)
    known = deep_link_forms.days_of_course(asked.first_day, asked.last_day, today())
    return deep_link_forms.choice(choices, title=course.title if course else "", known=known)


def _unlikely(form: ChoiceForm) -> Unlikely | None:
    """What there is to tell about the days of a training that begins."""
    where, _ = deep_link_forms.read(form)
    course = chooser().course
    return unlikely_days.of(course, where) if course and isinstance(where, NewTraining) else None


def _purposes() -> list[Purpose]:
    """What an item may be for; outside a course there is no training to see the plan of."""
    outside = (Purpose.JOURNEY,) if chooser().course is None else ()
    has = workplace().catalogue.has
    return [each for each in Purpose if each not in outside and (each is Purpose.JOURNEY or has(each))]


def _page(form: ChoiceForm, unlikely: Unlikely | None = None) -> str:
    here, asked = chooser(), wanted()
    several = asked.takes_several and here.course is not None
    open_trainings = whole_tracks.open_trainings(session(), here.course) if here.course and several else []
    return render_template(
        "pages/choose.html",
        form=form,
        unlikely=unlikely,
        course=here.course,
        wanted=asked,
        others=sum(each.was_opened for each in open_trainings),
        unopened=unopened.trainings(session(), here.course.id) if here.course else [],
        lost=gone_items.in_course(session(), here.course.id) if here.course and several else [],
        choice_token=g.choice_token,
        notice=request.args.get("notice"),
    )


def _add(form: ChoiceForm) -> ResponseReturnValue:
    """Makes what was chosen and its answer, in one transaction."""
    where, chosen = deep_link_forms.read(form)
    course = chooser().course
    if course is not None:
        return _add_to(course, where, chosen)
    items = [content_items.to_be_set_up(each, wanted(), site()) for each in chosen]
    return _answer(SelectionStatus.ANSWERED, Reply(items))


def _put_back(track_id: str) -> ResponseReturnValue:
    """The items of a training that are gone; a page that was overtaken is shown as it is now."""
    course = chooser().course
    found = gone_items.in_course(session(), course.id) if course and wanted().takes_several else []
    lost = next((each for each in found if str(each.track.id) == track_id), None)
    if course is None or lost is None:
        return _page(_form()), 409
    return _add_to(course, lost.track, [Chosen(Purpose(phase), number) for phase, number in lost.items])


def _add_to(course: Course, where: Track | NewTraining, chosen: Collection[Chosen]) -> ResponseReturnValue:
    added = whole_tracks.add(session(), course, where, chosen, workplace().catalogue, now().calendar)
    return _answer(SelectionStatus.ANSWERED, Reply(content_items.written(added, wanted(), site())))


def _answer(status: SelectionStatus, reply: Reply) -> ResponseReturnValue:
    """Keeps the answer, once; whoever comes second finds the first one's."""
    if deep_links.answer(session(), chooser().selection, status, reply.as_text(), workplace().keyring.named):
        session().commit()
        references.note("choice.ended", status=status, items=len(reply.items))
    else:
        session().rollback()
    return _to_the_answer()


def _to_the_answer() -> ResponseReturnValue:
    return redirect(url_for("deep_links.done", visit=g.choice_token, lang=request.args.get("lang")), 303)


def _refuse(asked: DeepLinking) -> ResponseReturnValue:
    """Who may not edit the course gets a page, and a way back that tells the platform why."""
    references.note(
        "lti.launch", result="rejected", reason="not_an_editor", reg=asked.registration_id,
        nonce=asked.nonce_hash,
    )  # fmt: skip
    asker = Asker(asked.issuer, asked.client_id, asked.deployment_id)
    reply = Reply(error=words("not_an_editor"), log="the roles do not allow to change the course")
    page = render_template(
        "pages/choice_refused.html",
        return_url=asked.wanted.return_url,
        token=_signed(asker, reply, asked.wanted, secrets.token_urlsafe(32)),
        reference=references.reference(),
    )
    return page, 403


def _asker() -> Asker:
    here = chooser()
    return Asker(here.platform.issuer, here.platform.client_id, here.deployment.deployment_id)


def _signed(asker: Asker, reply: Reply, asked: Wanted, nonce: str) -> str:
    moment = now().real
    key = lti_store.ToolKeys(workplace()).signing_key(moment)
    return deep_link_responses.sign(asker, reply, asked.data, nonce, key, moment)
