"""Kinds of training that a trainer chooses from first: each fills in the rest."""

from enum import StrEnum

from lti_tool.domain.paces import Pace


class Preset(StrEnum):
    """What kind of training it is."""

    HALF_DAY = "half_day"
    ONE_DAY = "one_day"
    SEVERAL = "several"
    E_LEARNING = "e_learning"
    ON_THE_JOB = "on_the_job"

    @property
    def pace(self) -> Pace:
        """Where T0 of its people comes from."""
        return PACES.get(self, Pace.TOGETHER)

    @property
    def cadence(self) -> str:
        """Key of the cadence that mostly fits."""
        return "light" if self is Preset.HALF_DAY else "standard"


PACES = {Preset.E_LEARNING: Pace.OWN, Preset.ON_THE_JOB: Pace.AT_WORK}
ONE_DAY = frozenset({Preset.HALF_DAY, Preset.ONE_DAY, Preset.ON_THE_JOB})
# Words in a title that tell what kind of training it is, the surest first.
WORDS = (
    (Preset.E_LEARNING, ("e-learning", "elearning", "e-module", "online module", "eigen tempo", "own pace")),
    (Preset.ON_THE_JOB, ("werkplek", "in het werk", "on the job", "at work", "workplace")),
    (Preset.HALF_DAY, ("dagdeel", "halve dag", "half-day", "half day", "webinar")),
    (Preset.SEVERAL, ("leergang", "reeks", "bijeenkomsten", "tweedaags", "driedaags", "series", "sessions")),
)


def likely(title: str, days: int | None = None, otherwise: Preset = Preset.ONE_DAY) -> Preset:
    """What a training probably is.

    title: of the course, or of the link. days: from the first to the last, as far as known.
    otherwise: what it is when nothing tells.
    """
    lowered = title.lower()
    if days is not None and days > 1:
        first = WORDS[0]
        return first[0] if any(word in lowered for word in first[1]) else Preset.SEVERAL
    found = (preset for preset, words in WORDS if any(word in lowered for word in words))
    return next(found, Preset.ONE_DAY if days == 1 else otherwise)


def of_pace(pace: Pace, meetings: int) -> Preset:
    """What a training is that has its pace already. meetings: how many it has, or will have."""
    if pace is not Pace.TOGETHER:
        return next(preset for preset, known in PACES.items() if known is pace)
    return Preset.SEVERAL if meetings > 1 else Preset.ONE_DAY
