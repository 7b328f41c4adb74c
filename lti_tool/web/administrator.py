"""The page of who runs the platform and has no part in the course: how it is set up and whether it works."""

from flask import render_template

from lti_tool.database import session
from lti_tool.domain.retention import LENGTH
from lti_tool.models.tracks import Track
from lti_tool.services import endings, tracks
from lti_tool.web import health
from lti_tool.web.visiting import visitor, workplace


def home() -> str:
    """The training of the link, in settings and numbers: no name, no goal, no answer."""
    placed = tracks.placed(session(), visitor().link)
    if placed is None:
        return render_template("pages/trainer_wait.html")
    return render_template(
        "pages/administrator.html", **_settings(placed.track), **health.numbers(placed.track)
    )


def _settings(track: Track) -> dict[str, object]:
    cohorts = tracks.cohorts(session(), track)
    return {
        "track": track,
        "is_removed": endings.is_removed(session(), visitor().link),
        "cohorts": cohorts,
        "meetings": tracks.meetings(session(), [cohort.id for cohort in cohorts]),
        "window": LENGTH,
        "cadence": workplace().catalogue.cadence(track.cadence),
    }
