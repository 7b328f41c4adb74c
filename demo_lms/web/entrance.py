"""The entrance: signing in with a click, and out."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo_lms.web import here

entrance = Blueprint("entrance", __name__)


@entrance.get("/")
def home() -> ResponseReturnValue:
    """Choose who you are."""
    return render_template("home.html", people=here.platform().people)


@entrance.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Become one of the people of the demo. There are no passwords: everybody here is invented."""
    try:
        person = here.platform().person(request.form.get("person", ""))
    except LookupError:
        return redirect("/")
    response = redirect("/courses", 303)
    response.set_cookie(
        here.COOKIE, here.platform().sign_ins.add(person.id).token, httponly=True, samesite="Lax"
    )
    return response


@entrance.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    here.platform().sign_ins.end(request.cookies.get(here.COOKIE, ""))
    response = redirect("/", 303)
    response.delete_cookie(here.COOKIE)
    return response
