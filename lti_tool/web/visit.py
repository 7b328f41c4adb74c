"""Where every launch arrives, and the language of a visit."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain.words import LOCALES
from lti_tool.models.courses import Role
from lti_tool.services import visits
from lti_tool.web import administrator, home, references, trainer, visiting
from lti_tool.web.access import Access, open_to

blueprint = Blueprint("visit", __name__, url_prefix="/v/<visit>")


@blueprint.get("/", endpoint="home")
@open_to(Access.VISITOR)
def first_page() -> ResponseReturnValue:
    """The first page of a launch: by what somebody is in this course."""
    match visiting.visitor().role:
        case Role.TRAINER | Role.LOOKER:
            return trainer.home()
        case Role.LEARNER:
            return home.home()
        case Role.ADMINISTRATOR:
            return administrator.home()
        case _:
            # A launch without a role in the course is valid (certification for tools), so this is no refusal.
            references.note("visit.no_part")
            return render_template("pages/not_allowed.html", reference=references.reference())


@blueprint.post("/language")
@open_to(Access.VISITOR)
def language() -> ResponseReturnValue:
    """Changes the language of the pages, and of the person's letters."""
    locale = request.form.get("locale")
    if locale not in LOCALES:
        abort(400)
    visits.speak(session(), visiting.visitor().visit, locale)
    session().commit()
    back = request.form.get("return_to", "")
    if not visiting.is_own_path(back):
        return redirect(url_for("visit.home", visit=g.visit_token), 303)
    # A form whose answers stand nowhere yet is sent on as it is.
    return redirect(back, 307 if "carry" in request.args else 303)
