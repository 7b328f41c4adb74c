"""Another language while somebody types: the page comes back in it with what was typed, and saves nothing."""

from flask import Response, request

from lti_tool.domain.words import LOCALES

BUTTON = "speak"
"""What the button of the other language is called, which sends the form along that somebody types in."""


def is_asked() -> bool:
    """Whether a form came only to be shown in another language."""
    return request.method == "POST" and BUTTON in request.form


def wanted() -> str | None:
    """The language that was asked for so; None for none that there is."""
    locale = request.form.get(BUTTON) if is_asked() else None
    return locale if locale in LOCALES else None


def answer(response: Response) -> Response:
    """A page that shows what was typed in another language has nothing to mend."""
    if response.status_code == 422 and is_asked():
        response.status_code = 200
    return response
