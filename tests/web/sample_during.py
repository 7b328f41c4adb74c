"""The page to open a session with, and what goes over its screen, with what they are shown with."""

from collections.abc import Iterator
from datetime import date

from lti_tool.domain.takeaways import Thing
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services.afterwards import AfterMeeting
from lti_tool.services.meetings import LookBack
from lti_tool.services.participants import Line, Tally
from lti_tool.services.takeaways import Told
from lti_tool.web.during import Chosen
from lti_tool.web.paging import Pages
from tests.web.sample_afterwards import after_meeting
from tests.web.sample_buddies import line
from tests.web.samples import AN_ID, TITLE, VISIT, Page

AROUND = {"visit": {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}, "title": TITLE}
SHORT = "Eerst vragen wat iemand zoekt."
MIDDLE = (
    "Ik merkte dat ik in het rollenspel steeds wilde uitleggen. Toen ik stil bleef, vertelde "
    "de ander veel meer. "
    "Dat probeer ik nu ook aan de telefoon."
)
LONG = f"{MIDDLE}\n{MIDDLE}\nhttps://intranet.gemeente.example/een/heel/lang/adres/zonder/spaties/{'x' * 60}"
GROUPS = [Cohort(id=AN_ID, number=1, name="Noord"), Cohort(id=AN_ID, number=2, name="Zuid")]
FOUND = [
    LookBack(AN_ID, 1, date(2026, 11, 3)),
    LookBack(AN_ID, 2, date(2026, 11, 10)),
    LookBack(AN_ID, 3, None),
]


def _chosen(groups: list[Cohort], found: list[LookBack]) -> Chosen:
    return Chosen(Track(id=AN_ID, title=TITLE), groups, groups[0], found, found[1] if found[1:] else None)


def _told(thing: Thing, words: str, name: str | None = None) -> Told:
    return Told(AN_ID, AN_ID, thing, line("mid", thing.value, words=words), name)


def pages() -> Iterator[Page]:
    """All of them."""
    lines = [Line(AN_ID, "Samira Bakkali", False), Line(AN_ID, None, True)]
    shown = {**AROUND, "chosen": _chosen(GROUPS, FOUND), "tally": Tally(52, 31), "lines": lines}
    shown |= {"pages": Pages(1, 2), "can_read": True, "told": [], "on_screen": [], "more": 0}
    shown["counted"] = after_meeting(is_counted=True)
    screen = [_told(Thing.PICKED_UP, SHORT), _told(Thing.PICKED_UP, MIDDLE), _told(Thing.ADJUST, LONG)]
    told = [_told(Thing.PICKED_UP, MIDDLE, "Samira Bakkali"), _told(Thing.ADJUST, SHORT)]
    yield Page("trainer_during", {**shown, "told": told, "on_screen": screen, "more": 3}, "with everything")
    yield Page(
        "trainer_during", {**shown, "pages": Pages(2, 2), "tally": Tally(52, 0)}, "nobody shows anything"
    )
    yield Page("trainer_during", {**shown, "can_read": False}, "who may only look")
    for name, counted in (
        ("counted later", after_meeting(is_counted=False)),
        ("never counted", AfterMeeting(2, None, None, ())),
    ):
        yield Page("trainer_during", {**shown, "counted": counted}, name)
    one = {"chosen": _chosen(GROUPS[:1], FOUND), "pages": Pages(1, 1), "lines": [], "tally": Tally()}
    yield Page("trainer_during", {**shown, **one}, "nobody takes part")
    none = {**one, "chosen": _chosen(GROUPS[:1], []), "tally": None, "counted": None}
    yield Page("trainer_during", {**shown, **none}, "no look back")
    slides = {**AROUND, "chosen": shown["chosen"], "about": None, "last": 4, "more": 0}
    for at, slide in enumerate([None, *screen, None]):
        yield Page("trainer_show", {**slides, "at": at, "slide": slide}, f"at {at}")
    yield Page("trainer_show", {**slides, "at": 0, "slide": None, "more": 7}, "the first fifty")
    yield Page(
        "trainer_show", {**slides, "at": 1, "last": 1, "slide": None, "about": Thing.ADJUST}, "nothing"
    )
