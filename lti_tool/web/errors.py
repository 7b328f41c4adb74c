"""What went wrong, told to a person, with a reference that is in the log."""

from flask import Flask, Response, g, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from lti_tool.database import session
from lti_tool.web import references

PAGES = {400: "bad_request", 403: "not_allowed", 404: "not_found", 405: "not_found", 413: "too_large"}


def init_app(app: Flask) -> None:
    """Registers the pages."""
    app.register_error_handler(SecurityError, refuse_host)
    app.register_error_handler(HTTPException, refuse)
    app.register_error_handler(Exception, crash)


def refuse(error: HTTPException) -> ResponseReturnValue:
    """An expected refusal: a page of its own kind."""
    session().rollback()
    code = error.code or 500
    references.note("http.refused", status=code)
    page = PAGES.get(code, "bad_request" if code < 500 else "server_error")
    return render_template(f"pages/{page}.html", reference=references.reference()), code


def refuse_host(_error: SecurityError) -> ResponseReturnValue:
    """Asked under a name that is not the tool's: no page, since every address in it would be wrong."""
    references.note("http.wrong_host")
    words = render_template("wrong_host.txt", reference=references.reference())
    return Response(words, 400, mimetype="text/plain")


def crash(error: Exception) -> ResponseReturnValue:
    """Something that should never happen: the one place where it is caught."""
    session().rollback()
    references.note_crash(error)
    # The page must not ask again for what may have failed just now, such as the key that opens a name.
    g.pop("organisation_id", None)
    visitor = g.pop("visitor", None)
    if visitor is not None:
        g.reader_locale = visitor.visit.locale
    return render_template("pages/server_error.html", reference=references.reference()), 500
