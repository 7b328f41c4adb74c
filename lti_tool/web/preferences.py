"""Go on, pause or stop: behind every letter, by the one-click POST of its header, and in the tool."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.rounds import letters
from lti_tool.services import mailboxes, nudges, preferences
from lti_tool.services.learner_facts import Learner
from lti_tool.web import forms, mail_links
from lti_tool.web.access import Access, open_to
from lti_tool.web.forms import MailChoice
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("preferences", __name__)

CHANGES = {
    MailChoice.GO_ON: preferences.go_on,
    MailChoice.FEW: preferences.few,
    MailChoice.PAUSE: preferences.pause,
    MailChoice.STOP: preferences.stop,
    MailChoice.TRY_AGAIN: preferences.try_again,
    MailChoice.STOP_ALL: preferences.stop_all,
}
# RFC 8058: what a mail program posts when its own "unsubscribe" is pressed.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@blueprint.route("/m/<token>", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def choose(token: str) -> ResponseReturnValue:
    """Shows what holds, with what the letter's link proposes; records only on POST."""
    learner = mail_links.find_learner(token)
    if learner is None:
        return mail_links.no_preferences()
    if request.method != "POST":
        return _page(learner, token, forms.mail_preferences(chosen=request.args.get("choose")))
    if request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        _record(learner, MailChoice.STOP)
        return "", 200
    form = forms.mail_preferences(sent=request.form)
    if not form.validate():
        return _page(learner, token, form), 422
    choice = MailChoice(form["choose"].data)
    if choice in {MailChoice.GO_ON, MailChoice.FEW}:
        # Only here: whoever holds a letter owns the address, whoever launches says so.
        mailboxes.reopen(session(), learner.person)
    _record(learner, choice)
    return redirect(url_for("preferences.choose", token=token, kept=1), 303)


@blueprint.post("/v/<visit>/mails")
@open_to(Access.LEARNER)
def choose_in_the_tool() -> ResponseReturnValue:
    """Records what a button on a learner's first page says, about the training of this link."""
    form = forms.mail_preferences(sent=request.form)
    if not form.validate() or form["choose"].data == MailChoice.STOP_ALL:
        abort(400)
    choice = MailChoice(form["choose"].data)
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
    _record(learner, choice)
    return redirect(url_for("visit.home", visit=g.visit_token, notice=f"mails_{choice}"), 303)


def _record(learner: Learner, choice: MailChoice) -> None:
    CHANGES[choice](session(), learner, workplace().catalogue, now().calendar)
    session().commit()


def _page(learner: Learner, token: str, form: forms.PageForm) -> str:
    return render_template(
        "pages/mail_preferences.html",
        title=learner.track.title,
        token=token,
        form=form,
        state=preferences.state(learner, now().calendar).value,
        paused_until=learner.enrolment.paused_until,
        was_kept="kept" in request.args,
        reach=mailboxes.reach(session(), learner.person).value,
        coming=nudges.coming_to(session(), learner.person),
        calendar_url=url_for("feeds.of_letter", token=token),
        days_url=url_for("availability.of_letter", token=token),
        course_url=letters.return_url(session(), learner),
    )
