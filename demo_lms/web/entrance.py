"""The entrance: signing in with a click, and out."""

import re

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms.people import Person, Role
from demo_lms.web import here

entrance = Blueprint("entrance", __name__)

PATH = re.compile(r"(?:/[\w-]+)+")


@entrance.get("/")
def home() -> ResponseReturnValue:
    """Choose who you are; with `?to=` on the way to another page."""
    return render_template("home.html", people=here.platform().people, to=request.args.get("to", ""))


@entrance.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Become one of the people of the demo. There are no passwords: everybody here is invented."""
    try:
        person = here.platform().person(request.form.get("person", ""))
    except LookupError:
        return redirect("/")
    response = redirect(_way_on(person), 303)
    response.set_cookie(
        here.COOKIE, here.platform().sign_ins.add(person.id).token, httponly=True, samesite="Lax"
    )
    return response


def _way_on(person: Person) -> str:
    """Where somebody was going, if that is a page here; else where they begin."""
    asked = request.form.get("to", "")
    if PATH.fullmatch(asked):
        return asked
    return "/tools" if person.role is Role.ADMINISTRATOR else "/courses"


@entrance.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    here.platform().sign_ins.end(request.cookies.get(here.COOKIE, ""))
    response = redirect("/", 303)
    response.delete_cookie(here.COOKIE)
    return response
