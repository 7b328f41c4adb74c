"""An address of one's own: given in the tool after a fresh launch, confirmed behind the link of a letter."""

from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.mail import addresses
from lti_tool.services import mailboxes, own_addresses, preferences
from lti_tool.services.learner_facts import Learner
from lti_tool.services.own_addresses import Asked, Refusal
from lti_tool.web import mail_links, visiting
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import LineField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.visiting import now, visitor, workplace

blueprint = Blueprint("own_addresses", __name__)


@blueprint.route("/v/<visit>/address", methods=["GET", "POST"])
@open_to(Access.LEARNER)
def choose() -> ResponseReturnValue:
    """Where mails go, giving another address, and taking it back."""
    learner = preferences.of_visitor(session(), visitor().person, visitor().link) or abort(404)
    if not visiting.is_fresh():
        return _page(learner, form(), is_fresh=False), 200 if request.method == "GET" else 403
    if request.method != "POST":
        return _page(learner, form())
    if "take_back" in request.form:
        own_addresses.take_back(session(), learner.person, workplace().catalogue, now())
        return _done("taken_back")
    filled = form(request.form)
    if not filled.validate() or not _ask(learner, filled):
        session().rollback()
        return _page(learner, filled), 422
    return _done("asked")


def form(sent: Posted | None = None) -> PageForm:
    """The one line with an address."""
    made = PageForm({"address": LineField(addresses.LONGEST, ProblemKind.NO_ADDRESS)})
    made.process(sent)
    return made


def answer(delivery_id: UUID, said: str | None) -> ResponseReturnValue:
    """Shows what a letter asks; a POST says yes or no. said: None when it is only looked at."""
    asked = own_addresses.of_letter(session(), delivery_id, now().real)
    if asked is None:
        return mail_links.gone("address_gone", "own_address")
    g.reader_locale = asked.person.letter_locale
    g.organisation_id = asked.person.organisation_id
    if said == "yes":
        own_addresses.confirm(session(), asked, workplace().catalogue, now())
    elif said == "no":
        own_addresses.deny(session(), asked, workplace().catalogue, now())
    else:
        return _question(asked), 200 if said is None else 422
    session().commit()
    return _question(asked, said), 200


def _question(asked: Asked, said: str | None = None) -> str:
    state = said or ("yes" if asked.is_confirmed else "asked")
    return render_template("pages/address_confirm.html", organisation=asked.organisation.name, state=state)


def _ask(learner: Learner, filled: PageForm) -> bool:
    """Whether the letter goes out; else the form says why not. It says the same of every address."""
    typed, field = filled["address"].data, filled["address"]
    refusal: Refusal | None = Refusal.NO_ADDRESS
    if addresses.ascii_form(typed) is not None:
        refusal = own_addresses.ask(session(), learner, typed, workplace().keyring.named, now())
    if refusal is not None:
        field.errors = [Problem(ProblemKind(refusal))]
    return refusal is None


def _done(notice: str) -> ResponseReturnValue:
    session().commit()
    return redirect(url_for("own_addresses.choose", visit=g.visit_token, notice=notice), 303)


def _page(learner: Learner, filled: PageForm, *, is_fresh: bool = True) -> str:
    person, named = learner.person, workplace().keyring.named
    return render_template(
        "pages/own_address.html",
        title=learner.track.title,
        form=filled,
        is_fresh=is_fresh,
        address=own_addresses.in_use(session(), person, named) if is_fresh else None,
        is_own=person.own_mailbox_id is not None,
        lms_knows_one=person.lms_mailbox_id is not None,
        reach=mailboxes.reach(session(), person).value,
        waiting=own_addresses.waiting(session(), person, named, now().real) if is_fresh else (),
        notice=request.args.get("notice"),
        back_url=url_for("preferences.choose_in_the_tool", visit=g.visit_token),
    )
