"""Go on, pause or stop: behind every letter, by the one-click POST of its header, and in the tool."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.models.tracks import MailStatus
from lti_tool.rounds import letters
from lti_tool.services import coming, mailboxes, preferences
from lti_tool.services.coming import Coming
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
    MailChoice.STAY_OUT: preferences.stay_out,
}
HOLDS = {
    MailStatus.ON: MailChoice.GO_ON,
    MailStatus.FEW: MailChoice.FEW,
    MailStatus.PAUSED: MailChoice.PAUSE,
    MailStatus.STOPPED: MailChoice.STOP,
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
        return _behind_a_letter(learner, token, _form(learner))
    if request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        _record(learner, MailChoice.STOP)
        return "", 200
    form = _form(learner)
    if not form.validate():
        return _behind_a_letter(learner, token, form), 422
    choice = MailChoice(form["choose"].data)
    if choice in {MailChoice.GO_ON, MailChoice.FEW}:
        # Only here: whoever holds a letter owns the address, whoever launches says so.
        mailboxes.reopen(session(), learner.person)
    _record(learner, choice)
    return redirect(url_for("preferences.choose", token=token, kept=choice.value), 303)


@blueprint.route("/v/<visit>/mails", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def choose_in_the_tool() -> ResponseReturnValue:
    """The same page within a visit, about the training of this link; a first page has its buttons too."""
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
    form = _form(learner)
    if request.method != "POST":
        return _within_a_visit(learner, form)
    if not form.validate():
        return _within_a_visit(learner, form), 422
    choice = MailChoice(form["choose"].data)
    if choice is MailChoice.STOP_ALL:
        abort(400)
    _record(learner, choice)
    return redirect(url_for("visit.home", visit=g.visit_token, notice=f"mails_{choice}"), 303)


def _record(learner: Learner, choice: MailChoice) -> None:
    CHANGES[choice](session(), learner, workplace().catalogue, now().calendar)
    session().commit()


def _form(learner: Learner) -> forms.PageForm:
    """What was sent; else what the link of a letter proposes, or what holds now."""
    holds = HOLDS[preferences.state(learner, now().calendar)]
    sent, chosen = request.form if request.method == "POST" else None, request.args.get("choose", holds)
    # Which has a button of its own on that page.
    return forms.mail_preferences(chosen=holds if chosen == MailChoice.STAY_OUT else chosen, sent=sent)


def _behind_a_letter(learner: Learner, token: str, form: forms.PageForm) -> str:
    return _page(
        learner,
        form,
        coming.to_address_of(session(), learner.person, workplace().catalogue, now()),
        calendar_url=url_for("feeds.of_letter", token=token),
        archive_url=url_for("archives.of_letter", token=token) if learner.person.own_mailbox_id else None,
        days_url=url_for("availability.of_letter", token=token),
        course_url=letters.return_url(session(), learner),
    )


def _within_a_visit(learner: Learner, form: forms.PageForm) -> str:
    letters = coming.of(learner, workplace().catalogue, now())
    return _page(learner, form, letters, course_url=None, **addresses())


def addresses() -> dict[str, str]:
    """Where a visitor chooses what mails they get, by what the pages call it."""
    return {
        "mails_url": url_for("preferences.choose_in_the_tool", visit=g.visit_token),
        "days_url": url_for("availability.in_the_tool", visit=g.visit_token),
        "calendar_url": url_for("feeds.in_the_tool", visit=g.visit_token),
        "address_url": url_for("own_addresses.choose", visit=g.visit_token),
        "archive_url": url_for("archives.in_the_tool", visit=g.visit_token),
    }


def _page(learner: Learner, form: forms.PageForm, letters_to_come: list[Coming], **urls: str | None) -> str:
    return render_template(
        "pages/mail_preferences.html",
        title=learner.track.title,
        form=form,
        mail_status=preferences.state(learner, now().calendar).value,
        paused_until=learner.enrolment.paused_until,
        kept=request.args.get("kept"),
        is_compared=learner.drawn is not None,
        reach=learner.reach.value,
        coming=letters_to_come,
        shares_room=coming.share_room(session(), learner, now().calendar),
        **urls,
    )
