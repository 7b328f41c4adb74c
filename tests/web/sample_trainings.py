"""The pages of a trainer, with what they are shown with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from werkzeug.datastructures import MultiDict

from lti_tool.domain.presets import Preset
from lti_tool.domain.send_log import Seen
from lti_tool.models.tracks import Cohort
from lti_tool.services.announcements import Announcement
from lti_tool.services.endings import Ending
from lti_tool.services.groups import Standing, ToCome
from lti_tool.services.health import Reached
from lti_tool.services.moves import Change
from lti_tool.services.participants import Line as Someone
from lti_tool.services.send_log import Letters, Line, Receiver
from lti_tool.services.specimens import EVERY
from lti_tool.services.tracks import Dates, FollowUp
from lti_tool.web import track_forms
from lti_tool.web.paging import Pages
from lti_tool.web.track_forms import Offer
from lti_tool.web.trainer import Group
from tests.web import sample_health, sample_hints, sample_set_up, sample_settings
from tests.web.sample_set_up import AROUND, CADENCES, DAYS, OPEN, OTHER_ID, TRAINER, calendar, cohort_of
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT, Page


def pages() -> Iterator[Page]:
    """All of them."""
    yield Page("trainer_wait", {"visit": TRAINER})
    yield from sample_set_up.pages()
    yield from _dates()
    yield from _groups()
    yield Page("trainer_again", AROUND)
    yield from _endings()
    yield from sample_hints.pages()
    yield from _home()
    yield from sample_settings.pages()
    yield from sample_health.pages()
    yield from _letters()
    yield from _review()
    yield from _trials()


def _dates() -> Iterator[Page]:
    offer = Offer(TODAY, CADENCES)
    around = {**AROUND, "group": None, "change": None, "calendar": calendar()}
    around |= {"filled_from": "f1", "now_there": None}
    form = track_forms.dates(offer, known=DAYS)
    yield Page("trainer_dates", {**around, "form": form})
    yield Page(
        "trainer_dates", {**around, "form": form, "change": Change(12, 3, 1, 2, TODAY)}, "changing letters"
    )
    now_there = {
        "cohort": cohort_of(2, "Groep Noord"),
        "preset": Preset.SEVERAL,
        "days": DAYS.meetings,
        "cadence": CADENCES[1],
        "left_out": ["harvest"],
        "closes_on": date(2027, 3, 13),
    }
    both = {**around, "form": form, "now_there": now_there}
    yield Page("trainer_dates", both, "changed meanwhile")
    yield Page(
        "trainer_dates",
        {**both, "group": cohort_of(2, "Groep Noord")},
        "of a group changed meanwhile",
    )
    ended = calendar(Dates(date(2026, 10, 1), date(2026, 10, 2)))
    yield Page("trainer_dates", {**around, "form": form, "calendar": ended}, "long ago")
    for number in (0, 2):
        intensive = calendar(follow_up=FollowUp("intensive"), questions=number)
        shown = {**around, "form": form, "calendar": intensive}
        yield Page("trainer_dates", shown, f"intensive, {number} questions")
    for preset, dates in (
        (Preset.ONE_DAY, Dates(TODAY, TODAY)),
        (Preset.E_LEARNING, OPEN),
        (Preset.ON_THE_JOB, Dates(TODAY, TODAY)),
    ):
        fixed = track_forms.dates(offer, known=dates, preset=preset)
        yield Page("trainer_dates", {**around, "form": fixed}, preset)
    named = track_forms.dates(offer, known=DAYS, name="Groep Noord")
    group = {"form": named, "group": cohort_of(2, "Groep Noord")}
    yield Page("trainer_dates", {**around, **group}, "one of several groups")
    typed = {"starts_on": "10-11-2026", "ends_on": "3-11-2026", "name": ""}
    backwards = track_forms.dates(offer, name="", sent=MultiDict(typed))
    backwards.validate()
    yield Page("trainer_dates", {**around, **group, "form": backwards}, "to mend")


def _groups() -> Iterator[Page]:
    people = {AN_ID: 1, OTHER_ID: 2}
    names = [(str(AN_ID), "Samira Bakkali"), (str(OTHER_ID), None)]
    new = track_forms.group(TODAY, known=DAYS)
    one = {
        **AROUND,
        "cohorts": [cohort_of()],
        "people": names,
        "form": None,
        "new": new,
        "notice": None,
    }
    one |= {"pages": Pages(1, 1)}
    current = {str(AN_ID): 1, str(OTHER_ID): 2}
    one |= {"filled_from": "f1", "is_changed": False, "current": current, "were": current, "told": ()}
    yield Page("trainer_groups", {**one, "choice": track_forms.groups(people, [1])}, "one")
    two = {
        **one,
        "cohorts": [cohort_of(), cohort_of(2, "Groep Noord", OTHER_ID)],
        "notice": "group_added",
    }
    choice = track_forms.groups(people, [1, 2])
    yield Page("trainer_groups", {**two, "choice": choice}, "two")
    yield Page("trainer_groups", {**two, "people": [], "choice": choice}, "without people")
    yield Page("trainer_groups", {**two, "choice": choice, "pages": Pages(2, 40)}, "of two thousand")
    moved = {"current": {str(AN_ID): 2, str(OTHER_ID): 1}, "is_changed": True, "notice": None}
    moved |= {"told": [str(AN_ID), str(OTHER_ID)]}
    yield Page("trainer_groups", {**two, **moved, "choice": choice}, "changed meanwhile")
    late = MultiDict({"starts_on": "1-12-2026", "ends_on": "2-12-2026", "name": "x" * 70})
    wrong = track_forms.group(TODAY, ends_by=date(2026, 12, 1), sent=late)
    wrong.validate()
    yield Page("trainer_groups", {**two, "choice": choice, "form": wrong, "new": wrong}, "to mend")
    nowhere = track_forms.groups(people, [1, 2], MultiDict({str(AN_ID): "9"}))
    nowhere.validate()
    yield Page("trainer_groups", {**two, "choice": nowhere, "form": nowhere}, "a group that is not there")


def _endings() -> Iterator[Page]:
    around = {**AROUND, "ending": Ending(12, 30, 2, 1), "days": 14, "has_changed": False}
    yield Page("trainer_removing", around)
    yield Page("trainer_removing", {**around, "ending": Ending(1, 3, 0, 0)}, "of one person")
    yield Page("trainer_removing", {**around, "ending": Ending(1, 0, 0, 0), "has_changed": True}, "changed")
    removed = {**AROUND, "removed_on": TODAY, "back_until": TODAY + timedelta(days=14)}
    yield Page("trainer_removed", removed)
    yield Page("trainer_removed", {**removed, "back_until": None}, "for good")
    yield Page("removed", {"visit": VISIT, "title": TITLE, "enrolment": SimpleNamespace(id=AN_ID)})
    yield Page("removed", {"visit": VISIT, "title": TITLE, "enrolment": None}, "without a part")


def _home() -> Iterator[Page]:
    nobody: dict[str, Any] = {"standing": Standing(), "members": []}
    empty = {
        "groups": [_group(**nobody)],
        "to_come": [],
        "unknown": [],
        "roster_problem": False,
        "scores_stopped": False,
    }
    yield Page("trainer_home", _shown(**empty), "empty")
    yield Page("trainer_home", _shown(can_edit=False, notice=None), "only looking")
    yield Page("trainer_home", _shown(), "full")
    yield Page("trainer_home", _shown(to_come=[]), "full, without mails to come")
    yield Page("trainer_home", _shown(**empty, left_out=1), "empty, as one took part earlier")
    yield Page("trainer_home", _shown(left_out=12), "full, as some took part earlier")
    for pace in ("own", "at_work"):
        yield Page("trainer_home", _shown(pace=pace), f"full, {pace}")
    over = [replace(_group(), window_ends_on=TODAY - timedelta(days=1))]
    yield Page("trainer_home", _shown(pace="own", groups=over), "after the two weeks at own pace")
    yield Page("trainer_home", _shown(closes_on=date(2026, 11, 25)), "closed")
    north = cohort_of(2, "Groep Noord", OTHER_ID)
    several = [_group(cohort_of()), _group(north, **nobody)]
    yield Page("trainer_home", _shown(phase=None), "of the page of one's own plan")
    yield Page("trainer_home", _shown(lacks_questions=True), "intensive, without questions")
    yield Page("trainer_home", _shown(groups=several, phase="mid", meeting_number=2), "with groups")
    crowd = [_group(standing=Standing(2_000, 1_204, 1))]
    yield Page("trainer_home", _shown(groups=crowd, pages=Pages(3, 40)), "of two thousand")
    days = {"first_on": date(2026, 11, 24), "has_begun": False, "has_roster": True, "steps": ("prepare",)}
    for name, told in (
        ("with people", Announcement(**days, people=12)),
        ("with one", Announcement(**{**days, "has_begun": True}, people=1)),
        ("with a roster to read", Announcement(**days, people=None)),
        ("without a roster", Announcement(**{**days, "has_roster": False}, people=None)),
        ("with a plan", Announcement(**{**days, "steps": ("plan", "rehearse")}, people=None)),
        ("at their own pace", Announcement(**days, people=None, has_own_days=True)),
        ("at their own pace, later", Announcement(**days | {"has_begun": True}, people=4, has_own_days=True)),
        ("without mails", Announcement(None, None, has_roster=True, has_begun=False)),
    ):
        yield Page("trainer_home", _shown(told=told, notice=None), f"told that it is on, {name}")


def _letters() -> Iterator[Page]:
    """Who got which mail: nobody, one of each, and more people than stand on a page."""
    around = {**AROUND, "pages": Pages(1, 1), "can_edit": True, "notice": None}
    around |= {
        "pace": "together",
        "specimens": tuple(EVERY.values()),
        "offer": "possible",
        "examples_left": 3,
        "example_waits": False,
    }
    nothing: dict[str, Any] = {"people": [], "letters": {}, "reached": Reached()}
    yield Page("trainer_letters", {**around, **nothing}, "without people")
    seen = [Line("prepare", 1, TODAY, each) for each in Seen]
    reached = Receiver(AN_ID, "Samira Bakkali", has_left=False, has_address=True, is_refused=False)
    nobody = replace(reached, enrolment_id=OTHER_ID, name=None, has_address=False)
    back = replace(reached, name="Fatima Aydin", is_refused=True)
    told = {AN_ID: Letters(tuple(seen), (AN_ID,), 1, 1), OTHER_ID: Letters()}
    full = {"people": [reached, nobody, back], "letters": told, "reached": Reached(3, 1, 1, 1, 0, 3)}
    yield Page("trainer_letters", {**around, **full, "notice": "sent_again"}, "full")
    yield Page("trainer_letters", {**around, **full, "can_edit": False}, "only looking")
    yield Page("trainer_letters", {**around, **full, "pace": "at_work"}, "at work")
    one = {
        "people": [reached],
        "reached": Reached(1),
        "letters": {AN_ID: Letters((Line("between", 2, TODAY, Seen.SENT),))},
    }
    planned = {
        each.enrolment_id: Letters((Line("prepare", 1, TODAY, Seen.PLANNED),)) for each in (nobody, back)
    }
    yield Page("trainer_letters", {**around, **full, "letters": planned}, "planned without an address")
    yield Page("trainer_letters", {**around, **one, "pages": Pages(2, 3)}, "in the middle")
    for offer in ("today", "no_address", "refused", "stopped"):
        yield Page("trainer_letters", {**around, **one, "offer": offer}, f"example {offer}")
    last = {"examples_left": 1, "example_waits": True, "notice": "example_today"}
    yield Page("trainer_letters", {**around, **one, **last}, "example waits")


def _review() -> Iterator[Page]:
    work = {**AROUND, "phase": "post", "meeting_number": None, "home_url": "/v/v1/", "return_url": "/course"}
    yield Page("review", {**work, "name": "Samira Bakkali", "done_at": NOW}, "done")
    looking = {"visit": {**TRAINER, "role": "looker"}, "return_url": None}
    yield Page("review", {**work, "name": None, "done_at": None, **looking}, "not yet")


def _trials() -> Iterator[Page]:
    """A trainer who looks as a learner, before and after; every page has the same bar."""
    link = SimpleNamespace(id=OTHER_ID, title="Voorbereiden")
    items = [
        SimpleNamespace(link=link, phase="pre", activity=SimpleNamespace(id=OTHER_ID, meeting_number=None))
    ]
    for name, found in (("with other items", items), ("with one item", [])):
        looks = {**VISIT, "person_name": None, "trial": found}
        yield Page(
            "team", {"visit": looks, "title": TITLE, "own_id": AN_ID, "shows": []}, f"of a trial {name}"
        )
    yield Page("trial_wait", {"visit": TRAINER, "home_url": "/v/v1/"})
    for return_url in ("/course", None):
        yield Page(
            "trial_ended", {"visit": None, "return_url": return_url}, "with a way back" if return_url else ""
        )


def _group(cohort: Cohort | None = None, **shown: Any) -> Group:
    around = {
        "cohort": cohort or cohort_of(),
        "window_ends_on": date(2026, 11, 24),
        "standing": Standing(3, 2, 1),
        "members": [
            Someone(AN_ID, "Samira Bakkali", True),
            Someone(AN_ID, "Bram de Vries", False),
            Someone(AN_ID, None, True),
        ],
    }
    return Group(**{**around, **shown})


def _shown(**shown: Any) -> dict[str, Any]:
    steps = ("plan", "rehearse", "own_date", "check_in", "harvest", "last_call", "yield")
    first_at = datetime.combine(date(2026, 11, 24), time(8, 30), UTC)
    around = {
        **AROUND,
        "phase": "post",
        "meeting_number": None,
        "groups": [_group()],
        "pages": Pages(1, 1),
        "to_come": [ToCome(step, 3, first_at) for step in steps],
        "unknown": [(SimpleNamespace(id=AN_ID), "Bram de Vries"), (SimpleNamespace(id=AN_ID), None)],
        "roster_problem": True,
        "scores_stopped": True,
        "can_edit": True,
        "told": None,
        "lacks_questions": False,
        "left_out": 0,
        "closes_on": date(2027, 3, 13),
        "pace": "together",
        "notice": "ready",
    }
    return {**around, **shown}
