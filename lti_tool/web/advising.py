"""The pages of an adviser who is signed in, and the pass that is checked before each of them."""

from datetime import time

from flask import Blueprint, g, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from lti_tool.database import session
from lti_tool.domain import moments
from lti_tool.services import sign_ins
from lti_tool.services.sign_ins import Way
from lti_tool.web import cookies, references
from lti_tool.web.access import Access, open_to
from lti_tool.web.visiting import now, workplace

blueprint = Blueprint("advising", __name__, url_prefix="/o")


def signed_in() -> Way:
    """Of which organisation this is an adviser."""
    found: Way = g.adviser
    return found


def until() -> time:
    """At what time of the clock on their wall that ends."""
    way = signed_in()
    assert way.sign_in.expires_at is not None  # noqa: S101  a pass has an end
    return moments.local(way.sign_in.expires_at, way.organisation.time_zone).time()


def check() -> ResponseReturnValue | None:
    """Lets in the browser of an adviser who is signed in; others go and sign in. Runs after other checks."""
    if g.get("access") is not Access.ADVISER:
        return None
    given = cookies.adviser_pass()
    # Read and let go, as of a visit.
    with workplace().reading() as reading:
        found = sign_ins.find(reading, given, now().real) if given else None
    if found is None:
        references.note("adviser.refused")
        return redirect(url_for("signing_in.ask"), 303)
    g.adviser, g.organisation_id = found, found.organisation.id
    return None


@blueprint.post("/sign-out")
@open_to(Access.ADVISER)
def leave() -> ResponseReturnValue:
    """Signs this browser out."""
    sign_ins.end(session(), signed_in().sign_in)
    session().commit()
    references.note("adviser.signed_out")
    return cookies.take_pass(make_response(redirect(url_for("signing_in.ask", notice="left"), 303)))
