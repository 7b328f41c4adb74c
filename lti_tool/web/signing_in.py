"""How an adviser gets in: an address is typed, a link is mailed, and a press of its button signs in.

Programs that look at mail open links: a GET changes nothing.
"""

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.trail import Actor
from lti_tool.mail import addresses
from lti_tool.services import sign_ins
from lti_tool.web import auditing, cookies, mail_links, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.fields import LineField
from lti_tool.web.forms import PageForm, Posted
from lti_tool.web.problems import Problem, ProblemKind
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("signing_in", __name__, url_prefix="/o/sign-in")


@blueprint.route("", methods=["GET", "POST"])
@open_to(Access.ANYONE)
def ask() -> ResponseReturnValue:
    """Asks for an address, and mails a link there if it is that of an adviser. It says the same of all."""
    g.frame_ancestors = []
    if request.method != "POST":
        return _page(form())
    filled = form(request.form)
    if not filled.validate() or not _is_address(filled):
        return _page(filled), 422
    asked = sign_ins.ask(session(), filled["address"].data, workplace().keyring.named, now())
    session().commit()
    references.note("adviser.asked", letters=asked)
    return redirect(url_for("signing_in.ask", notice="asked", lang=request.args.get("lang")), 303)


@blueprint.route("/<token>", methods=["GET", "POST"])
@open_to(Access.MAIL_LINK)
def enter(token: str) -> ResponseReturnValue:
    """Shows where a link leads; the first POST signs in."""
    way = sign_ins.behind(session(), token, now().real)
    given = sign_ins.use(session(), token, now().real) if way and request.method == "POST" else None
    if way is None or (given is None and request.method == "POST"):
        session().rollback()
        return mail_links.gone("adviser_gone", "adviser", ask_url=url_for("signing_in.ask"))
    if given is None:
        g.reader_locale, g.organisation_id = way.organisation.locale, way.organisation.id
        return render_template("pages/adviser_enter.html", organisation=way.organisation.name)
    session().commit()
    auditing.note("adviser.signed_in", Actor.ADVISER, way.organisation.id, who=way.sign_in.adviser_id)
    references.note("adviser.signed_in")
    answer = make_response(redirect(url_for("insights.home"), 303))
    return cookies.give_pass(answer, given, int(sign_ins.HOLDS.total_seconds()))


def form(sent: Posted | None = None) -> PageForm:
    """The one line with an address."""
    made = PageForm({"address": LineField(addresses.LONGEST, ProblemKind.NO_ADDRESS)})
    made.process(sent)
    return made


def _is_address(filled: PageForm) -> bool:
    is_one = addresses.ascii_form(filled["address"].data) is not None
    if not is_one:
        filled["address"].errors = [Problem(ProblemKind.NO_ADDRESS)]
    return is_one


def _page(filled: PageForm) -> str:
    notice = request.args.get("notice") if request.method != "POST" else None
    return render_template("pages/adviser_sign_in.html", form=filled, notice=notice)
