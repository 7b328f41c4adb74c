"""What a tool keeps of people: everybody asks about themselves, an administrator about anybody."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms.openings import NO_LINK, Purpose, Target
from demo_lms.people import Role
from demo_lms.web import here

privacy_pages = Blueprint("privacy", __name__)


@privacy_pages.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Whom to ask about: oneself, and for an administrator everybody, or nobody in particular."""
    person = here.somebody()
    is_administrator = person.role is Role.ADMINISTRATOR
    people = [one for one in here.platform().people if is_administrator and one is not person]
    tools = here.platform().tools.active()
    return render_template("privacy.html", people=people, is_administrator=is_administrator, tools=tools)


@privacy_pages.get("/privacy/open")
def ask() -> ResponseReturnValue:
    """The page round the tool."""
    about = _about()
    whose = here.platform().person(about) if about else None
    return render_template("privacy_open.html", about=about, whose=whose)


@privacy_pages.get("/privacy/start")
def start() -> ResponseReturnValue:
    """The form that starts the login: of the LMS itself, so without course or activity."""
    if not here.platform().tools.active():
        abort(404)
    registration = here.platform().registration
    opening = here.platform().openings.add(
        here.somebody(), NO_LINK, registration.deployment_ids[0], Target.IFRAME, Purpose.PRIVACY, _about()
    )
    fields = opening.login_fields(registration) | here.platform().switches.storage.login_fields
    return render_template("start.html", action=registration.login_url, fields=fields, link=NO_LINK)


def _about() -> str | None:
    """Whom it is about, `?for=1041`; an administrator may ask about nobody in particular."""
    person, asked = here.somebody(), request.args.get("for")
    if person.role is not Role.ADMINISTRATOR:
        return person.id if asked in (None, person.id) else abort(403)
    if asked is not None and asked not in {one.id for one in here.platform().people}:
        abort(404)
    return asked
