"""When the rounds run."""

from typing import Any

HOUR = 3600.0
MINUTE = 60.0
SECOND = 1.0


def schedule(*, local: bool) -> dict[str, dict[str, Any]]:
    """Static entries. A round that could not start in time expires: the next one does its work."""
    often = dict.fromkeys(("deliver", "posts", "scores", "roster", "notices"), SECOND if local else MINUTE)
    hourly = dict.fromkeys(("insights", "comparisons", "retention"), HOUR)
    # Few groups have their moment on one day; where somebody moves the clock, they wait for it.
    figures = {"figures": SECOND if local else HOUR / 4}
    return {
        name: {"task": f"tasks.rounds.{name}", "schedule": every, "options": {"expires": every}}
        for name, every in {**often, **figures, **hourly}.items()
    }
