"""A learner's first page in all its states."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from lti_tool.domain import openings
from lti_tool.domain.openings import Standing
from lti_tool.models.deliveries import Delivery
from lti_tool.models.plans import Plan
from lti_tool.models.reflections import LateDraft, Reflection, ReflectionStatus
from lti_tool.services import catalogue
from lti_tool.services.coming import Coming
from lti_tool.services.journeys import Stop
from tests.web.sample_finishing import SAID, UNSAID
from tests.web.sample_steps import SENTENCE
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT

MINUTE = timedelta(minutes=1)
DRAFT = Reflection(status=ReflectionStatus.DRAFT, step=2, saved_at=NOW)
DONE = Reflection(status=ReflectionStatus.SUBMITTED, step=1, saved_at=NOW, submitted_at=NOW)
HALFWAY = Reflection(
    status=ReflectionStatus.REVISED, step=2, submitted_at=NOW, revised_at=NOW, saved_at=NOW + MINUTE
)
MADE = {"plan": Plan(own_on=date(2026, 11, 16), made_on=TODAY, status="made"), "sentence": SENTENCE}


def samples(letters: Sequence[Coming]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the page is shown with, by name."""
    for key in ("pre", "mid", "post"):
        for name, written in (
            ("to do", None),
            ("begun", DRAFT),
            ("done", DONE),
            ("changed halfway", HALFWAY),
        ):
            yield f"{key} {name}", _home(key, [written])
    for key, after in (
        ("pre", Stop("mid", 1, False, TODAY + timedelta(7))),
        ("pre", Stop("mid", 1, False, TODAY)),
        ("mid", Stop("post", None, False, TODAY + timedelta(14))),
        ("mid", Stop("post", None, False, TODAY)),
    ):
        when = "later" if after.opens_on != TODAY else "now"
        yield f"{key} done, {after.phase} {when}", _home(key, [DONE], following=after)
    for key, on in (("mid", date(2026, 11, 20)), ("post", date(2026, 11, 20))):
        yield f"{key} before its day", _home(key, [], ends_on=on, meeting_on=on)
        yield f"{key} not open yet", _home(key, [], ends_on=on, meeting_on=on, waits_until=on)
    yield from _at_own_pace()
    yield from _after_the_training(letters)
    yield from _without_mails(letters)


def _at_own_pace() -> Iterator[tuple[str, dict[str, Any]]]:
    later = TODAY + timedelta(7)
    yield "pre done at work", _home("pre", [DONE], following=Stop("post", None, False, later), pace="at_work")
    yield "post at work", _home("post", [], ends_on=later, pace="at_work")
    plan_next, late = Stop("post", None, False, None), replace(UNSAID, last_on=TODAY - timedelta(2))
    yield "pre done at own pace", _home("pre", [DONE], following=plan_next, finish=UNSAID)
    yield "post at own pace", _home("post", [], ends_on=UNSAID.last_on, finish=UNSAID)
    yield "post at own pace, said", _home("post", [], finish=SAID)
    yield "post at own pace, late", _home("post", [], ends_on=late.last_on, finish=late)


def _after_the_training(letters: Sequence[Coming]) -> Iterator[tuple[str, dict[str, Any]]]:
    full = {
        **MADE,
        "coming": letters,
        "unknown": [Delivery(step="rehearse", due_on=date(2026, 11, 11))],
        "without_room": [Delivery(step="check_in", due_on=date(2026, 11, 12))],
        "shares_room": True,
        "late_drafts": [(LateDraft(id=AN_ID, saved_at=NOW), "/v/v1/drafts/1")],
        "notice": "submitted",
        "reply_waits": True,
        "follows": ["Ingrid Postma", "Bram de Vries"],
    }
    yield "with everything", _home("post", [DONE], **full)
    for over in ("window", "closed"):
        yield f"after the {over}", _home("post", [DONE], **MADE, over=over)
    open_plan = {"plan": Plan(status="prepared"), "coming": letters}
    yield "with an open plan", _home("post", [DONE], **open_plan)
    used = Plan(status="used", used_on=TODAY, made_on=TODAY)
    yield "with a used plan", _home("post", [DONE], ends_on=TODAY, plan=used, sentence=SENTENCE)
    for no_mail in ("outside_window", "no_room"):
        yield no_mail, _home("post", [DONE], **{**full, "no_mail": no_mail})
    for days, done, name in (
        (9, [DONE], "harvest"),
        (31, [DONE, DONE], "yield"),
        (31, [DONE] * 3, "the end"),
    ):
        yield name, _home("post", done, ends_on=TODAY - timedelta(days), **MADE)


def _without_mails(letters: Sequence[Coming]) -> Iterator[tuple[str, dict[str, Any]]]:
    some = {"coming": letters[-1:]}
    for status, after in (("paused", some), ("few", some), ("stopped", {"notice": "mails_stop"})):
        yield status, _home("post", [DONE], mail_status=status, **after)
    for reach in ("no_address", "refused", "stopped"):
        yield f"address {reach}", _home("post", [DONE], reach=reach, notice="saved")
    yield "address tried again", _home("post", [DONE], notice="mails_try_again", **some)


def around() -> dict[str, Any]:
    """What stands around the plan on every first page: nothing of it."""
    own = {"current", "others", "instrument", "following", "meeting_number", "late_drafts", "journey"}
    return {name: value for name, value in _home("post", []).items() if name not in own}


def _home(key: str, written: Sequence[Reflection | None], **shown: Any) -> dict[str, Any]:
    ends_on, meeting_on = shown.get("ends_on", TODAY), shown.pop("meeting_on", TODAY)
    found = catalogue.load().latest(key)
    parts = [
        _part(found, number, written[number] if number < len(written) else None, ends_on, meeting_on)
        for number in range(len(found.parts))
    ]
    waits_until = shown.pop("waits_until", None)
    for each in parts:
        each.waits_until = waits_until
    following = openings.next_part([each.standing for each in parts], TODAY)
    current = next((each for each in parts if each.standing == following), parts[0])
    nothing = {"plan": None, "sentence": None, "coming": [], "unknown": [], "late_drafts": []}
    nothing |= {"over": None, "shares_room": False, "without_room": []}
    nothing |= {
        "journey": None,
        "reply_waits": False,
        "pace": "together",
        "finish": None,
        "finished_url": "/v/v1/finished",
    }
    around = {"no_mail": None, "mail_status": "on", "reach": "open", "notice": None, "visit": VISIT}
    urls = {
        "check_in_url": "/v/v1/check-in",
        "change_url": "/v/v1/check-in/change",
        "mails_url": "/v/v1/mails",
        "address_url": "/v/v1/address",
    }
    said = {"title": TITLE, "instrument": found, "paused_until": date(2026, 11, 24), "ends_on": ends_on}
    said |= {"meeting_number": 1 if key == "mid" else None, "following": None}
    others = [each for each in parts if each is not current]
    return {**nothing, **around, **urls, **said, "current": current, "others": others, **shown}


def _part(found: Any, number: int, written: Reflection | None, ends_on: date, meeting_on: date) -> Any:
    part, name = found.parts[number], f"{found.phase}.{found.parts[number].key}"
    standing = Standing(
        name,
        openings.opens_on(name, ends_on, meeting_on, None),
        is_begun=written is not None and (written.submitted_at is None or written.is_halfway),
        is_submitted=written is not None and written.submitted_at is not None,
    )
    seat = SimpleNamespace(part=part, reflection=written, number=2, is_first_part=number == 0)
    return SimpleNamespace(seat=seat, standing=standing, url=f"/v/v1/reflect/{part.key}/1")
