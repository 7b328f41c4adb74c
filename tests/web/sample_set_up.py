"""The pages on which a trainer sets a training up, with what they are shown with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lti_tool.domain.instruments import Phase
from lti_tool.domain.paces import Pace
from lti_tool.domain.presets import Preset
from lti_tool.models.organisations import Organisation
from lti_tool.models.tracks import Cohort, Track
from lti_tool.services import catalogue, previews
from lti_tool.services.previews import Calendar, Training
from lti_tool.services.settings_up import Joinable, LinkPurpose
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web import track_forms
from lti_tool.web.track_forms import Offer
from tests.web import sample_choices
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT, Page

TRAINER = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
AROUND = {"visit": TRAINER, "title": TITLE}
WEEK = timedelta(days=7)
OPEN = Dates(TODAY - WEEK, TODAY + 6 * WEEK, pace=Pace.OWN)
OTHER_ID = UUID("00000000-0000-4000-8000-000000000002")
CADENCES = [catalogue.load().cadence(key) for key in ("light", "standard", "intensive")]
DAYS = Dates(date(2026, 12, 1), date(2027, 1, 12), (date(2026, 12, 10), date(2026, 12, 15)))
ALL_PARTS = frozenset({"pre.short", "mid.1", "mid.2", "mid.3", "post.plan", "post.harvest", "post.yield"})
TRACK = Track(id=AN_ID, title=TITLE, cadence="standard", closes_on=date(2027, 3, 13))


def pages() -> Iterator[Page]:
    """All of them."""
    yield from _set_up()
    yield from _calendar()


def _set_up() -> Iterator[Page]:
    around = {**AROUND, "link_title": "Terugblik"}
    offer = Offer(TODAY, CADENCES, (Phase.PRE, Phase.MID, Phase.POST))
    day = TODAY + timedelta(days=14)
    yield Page("set_up", {**around, "form": track_forms.set_up(offer, known=Dates(day, day))})
    for preset in Preset:
        form = track_forms.set_up(offer, preset=preset, known=Dates(day, day + timedelta(days=42)))
        yield Page("set_up", {**around, "form": form}, preset)
    chosen = track_forms.dates(
        offer, known=Dates(day, day), follow_up=FollowUp(), preset=Preset.ONE_DAY, is_asked=True
    )
    yield Page("set_up", {**around, "form": chosen}, "only its days")
    joining = replace(offer, joinable=[_joinable()])
    form = track_forms.set_up(joining, phase="post", known=Dates(TODAY, TODAY))
    yield Page("set_up", {**around, "form": form}, "joining")
    begun = replace(offer, earlier=sample_choices.earlier())
    yield Page(
        "set_up", {**around, "form": track_forms.set_up(begun, known=Dates(day, day))}, "may begin from"
    )
    taken = track_forms.set_up(begun, known=DAYS, taken=sample_choices.earlier()[0])
    yield Page("set_up", {**around, "form": taken}, "taken over")
    sent = {"track": "new", "starts_on": "morgen", "ends_on": "3-11-1926", "between": "1-12-2026\nspoedig"}
    yield Page("set_up", {**around, "form": _wrong(joining, sent)}, "to mend")
    outside = {"phase": "mid", "starts_on": "1-12-2026", "ends_on": "1-12-2026", "closes_on": "1-11-2026"}
    for name, typed in (
        ("one day", {"closes_on": ""}),
        ("closing too early", {"phase": "pre"}),
        ("a day outside", {"between": "3-12-2026", "ends_on": "2-12-2026", "closes_on": ""}),
        ("a day twice", {"between": "1-12-2026", "ends_on": "2-12-2026", "closes_on": ""}),
        ("ten days", {"between": ",".join(f"{n}-12-2026" for n in range(2, 12)), "ends_on": "20-12-2026"}),
    ):
        yield Page("set_up", {**around, "form": _wrong(offer, {**outside, **typed})}, name)


def _wrong(offer: Offer, sent: dict[str, str]) -> Any:
    form = track_forms.set_up(offer, sent=MultiDict(sent))
    form.validate()
    return form


def _joinable() -> Joinable:
    return Joinable(TRACK, cohort_of(), 2, frozenset())


def cohort_of(number: int = 1, name: str = "", cohort_id: UUID = AN_ID) -> Cohort:
    """A group of the training."""
    ends = {"starts_on": date(2026, 11, 3), "ends_on": date(2026, 11, 10)}
    return Cohort(id=cohort_id, number=number, name=name, **ends)


def calendar(
    dates: Dates = DAYS,
    follow_up: FollowUp | None = None,
    asked: frozenset[str] = ALL_PARTS,
    questions: int = 0,
) -> Calendar:
    """The calendar of a training that was set up today."""
    organisation = Organisation(extra_holidays="")
    training = Training(
        organisation, dates, follow_up or FollowUp(), "Europe/Amsterdam", TODAY, asked, questions
    )
    return previews.calendar(training, catalogue.load(), NOW)


def _calendar() -> Iterator[Page]:
    offer = Offer(TODAY, CADENCES, (Phase.PRE, Phase.MID, Phase.POST))
    around = {**AROUND, "cadence": CADENCES[1], "meetings": DAYS.meetings, "purpose": LinkPurpose(Phase.POST)}
    form = track_forms.set_up(offer, known=DAYS)
    yield Page("set_up_calendar", {**around, "form": form, "calendar": calendar()})
    first = {"purpose": LinkPurpose(Phase.PRE), "calendar": calendar(asked=frozenset({"pre.short"}))}
    yield Page("set_up_calendar", {**around, "form": form, **first}, "first item")
    between = {"purpose": LinkPurpose(Phase.MID, 2), "calendar": calendar()}
    yield Page("set_up_calendar", {**around, "form": form, **between}, "after a session")
    chosen = {"form": track_forms.dates(offer, known=DAYS), "purpose": None, "calendar": calendar()}
    yield Page("set_up_calendar", {**around, **chosen}, "only its days")
    one_day = Dates(TODAY, TODAY)
    left = {"calendar": calendar(one_day), "meetings": one_day.meetings}
    yield Page("set_up_calendar", {**around, **chosen, **left}, "a look back left over")
    joining = track_forms.set_up(replace(offer, joinable=[_joinable()]), known=DAYS)
    yield Page("set_up_calendar", {**around, "form": joining, "calendar": calendar()}, "joining")
    for name, dates in (
        ("at own pace", replace(OPEN, starts_on=TODAY)),
        ("at work", Dates(TODAY + WEEK, TODAY + WEEK, pace=Pace.AT_WORK)),
        ("far away", Dates(TODAY + 60 * WEEK, TODAY + 60 * WEEK)),
        ("first day passed", OPEN),
        ("last day passed", Dates(TODAY - WEEK, TODAY - WEEK)),
        ("last day passed at work", Dates(TODAY - WEEK, TODAY - WEEK, pace=Pace.AT_WORK)),
        ("two weeks passed", Dates(TODAY - 5 * WEEK, TODAY - 5 * WEEK)),
        ("closing day passed", Dates(TODAY - 15 * WEEK, TODAY - 15 * WEEK)),
    ):
        shown = {"calendar": calendar(dates), "meetings": dates.meetings}
        yield Page("set_up_calendar", {**around, "form": form, **shown}, name)
    weekend = Dates(date(2026, 12, 5), date(2026, 12, 5))
    fewer = calendar(weekend, FollowUp("light", frozenset({"harvest"})))
    yield Page("set_up_calendar", {**around, "form": form, "calendar": fewer}, "light on a Saturday")
    without = {"cadence": CADENCES[2], "calendar": calendar(follow_up=FollowUp("intensive"))}
    yield Page("set_up_calendar", {**around, "form": form, **without}, "intensive without questions")
