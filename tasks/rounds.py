"""Tasks: a few lines that call a round."""

from lti_tool.rounds import deliver as delivering
from lti_tool.rounds import notices as copies
from lti_tool.rounds import posts as posting
from lti_tool.rounds import retention as terms
from lti_tool.rounds import roster as rosters
from lti_tool.rounds import scores as scoring
from tasks.app import celery, flask_app


@celery.task  # type: ignore[untyped-decorator]
def deliver() -> None:
    """Sends the letters that are due."""
    work = flask_app.extensions["beklijf"]
    delivering.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def posts() -> None:
    """Posts the team cards that are due in channels."""
    work = flask_app.extensions["beklijf"]
    posting.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def scores() -> None:
    """Reports completed parts to the gradebook."""
    work = flask_app.extensions["beklijf"]
    scoring.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def roster() -> None:
    """Reads the rosters that are due."""
    work = flask_app.extensions["beklijf"]
    rosters.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def notices() -> None:
    """Asks platforms to tell when a course is copied."""
    work = flask_app.extensions["beklijf"]
    copies.run(work, now=work.now())


@celery.task  # type: ignore[untyped-decorator]
def retention() -> None:
    """Removes what is past its term."""
    work = flask_app.extensions["beklijf"]
    terms.run(work, now=work.now())
