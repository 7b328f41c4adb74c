"""Pages on which somebody is named, and those of contacts and leaders; `sample_pages` yields them too."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from lti_tool.domain.channels import Service
from lti_tool.domain.digests import DigestStep
from lti_tool.domain.paces import Pace
from lti_tool.services import cards, catalogue
from lti_tool.services.cards import Card, InTheWay, OneCard, Part
from lti_tool.services.channels import Shown as Channel
from lti_tool.services.contacts import Refusal, Shown
from lti_tool.web import channels, naming
from lti_tool.web.problems import Problem, ProblemKind

Sample = tuple[str, dict[str, Any], str]
TITLE = "Helder schrijven voor inwoners"
TITLES = (TITLE, "Gesprekken aan de balie", "Omgevingswet in de praktijk")
TALKS = {DigestStep.CLOSED: ["climate"], DigestStep.VALUE_CHECK: ["value_check", "climate"]}
AN_ID, ANOTHER = UUID("00000000-0000-4000-8000-000000000001"), UUID("00000000-0000-4000-8000-000000000002")
A_THIRD = UUID("00000000-0000-4000-8000-000000000003")
A_FOURTH = UUID("00000000-0000-4000-8000-000000000004")


def pages(locale: str) -> Iterator[Sample]:
    """All of them, in one language: template, what it is shown with, and a name."""
    yield from _naming("trainer_contacts", "trainer", "Joost Wiersma", locale)
    yield from _naming("leader", "learner", "Samira Bakkali", locale)
    yield from _naming("buddies", "learner", "Samira Bakkali", locale)
    yield from _channels(locale)
    for state in ("invited", "confirmed", "stopped"):
        for is_leader in (False, True):
            shown = {"title": TITLE, "is_leader": is_leader, "state": state, "was_kept": state != "invited"}
            for pace in ("together", "at_work"):
                name = f"{state} {'leader' if is_leader else 'contact'}, {pace}"
                yield "invitation", {**shown, "pace": pace}, name
    yield from _cards()
    for key, card_url in (
        ("team_meeting", "/o/t1"),
        ("value_check", "/o/t1"),
        ("talk", None),
        ("talk", "/o/t1"),
        ("climate", "/o/t1"),
    ):
        shown = {"title": TITLE, "guide": catalogue.load().guide(key), "card_url": card_url, "token": "t1"}
        yield "card_guide", shown, f"{key}, {'of a card' if card_url else 'by itself'}"
    yield from _stops()
    yield "card_gone", {"reference": "BK-7Q2M-94XA", "typed": []}, ""
    yield "card_gone", {"reference": "BK-7Q2M-94XA", "typed": ["Bewoners bellen minder terug."]}, "typed"


def _naming(template: str, role: str, person: str, locale: str) -> Iterator[Sample]:
    visit = {"token": "v1", "person_name": person, "course_title": TITLE, "role": role}
    around = {
        "visit": visit,
        "title": TITLE,
        "pace": "together",
        "contacts": [],
        "lapsed": 0,
        "notice": None,
        "has_channels": role == "trainer",
    }
    for pace in ("together", "at_work"):
        yield template, {**around, "pace": pace, "form": naming.form(locale)}, f"empty, {pace}"
    everybody = [
        Shown(AN_ID, "Ingrid Postma", "confirmed", is_unknown=True),
        Shown(ANOTHER, "Bram Anne de Vries-van der Meulen", "invited"),
        Shown(A_THIRD, "Fatima Aydin", "stopped"),
        Shown(A_FOURTH, "Klaas de Boer", "invited", is_reached=False),
    ]
    named = everybody[:1] if template == "leader" else everybody
    for notice, contacts in (("named", named), ("removed", everybody[2:3])):
        yield (
            template,
            {**around, "contacts": contacts, "notice": notice, "form": naming.form(locale)},
            notice,
        )
    yield template, {**around, "lapsed": 2, "form": naming.form(locale)}, "nobody answered"
    nothing = naming.form(locale, MultiDict({"name": "", "address": ""}))
    nothing.validate()
    yield template, {**around, "form": nothing}, "to mend"
    for refusal in Refusal:
        typed = MultiDict({"name": "Ingrid Postma", "address": "ingrid@elders.example", "locale": locale})
        form = naming.form(locale, typed)
        form.validate()
        naming.refuse(form, refusal)
        yield template, {**around, "form": form}, refusal.value


def _channels(locale: str) -> Iterator[Sample]:
    visit = {"token": "v1", "person_name": "Joost Wiersma", "course_title": TITLE, "role": "trainer"}
    empty = {"visit": visit, "title": TITLE, "channels": [], "is_possible": True, "notice": None}
    yield "trainer_channels", {**empty, "form": channels.new_form(locale)}, "empty"
    there = [
        Channel(AN_ID, "#vergunningen", Service.SLACK, is_reached=True, is_unknown=False),
        Channel(
            ANOTHER, "Team Burgerzaken en Leefomgeving", Service.TEAMS, is_reached=False, is_unknown=False
        ),
        Channel(A_THIRD, "#balie", Service.SLACK, is_reached=True, is_unknown=True),
    ]
    for notice in ("added", "removed"):
        around = {**empty, "channels": there, "notice": notice}
        yield "trainer_channels", {**around, "form": channels.new_form(locale)}, notice
    without = {**empty, "channels": there[:1], "is_possible": False, "form": channels.new_form(locale)}
    yield "trainer_channels", without, "without the extra"
    for problem in ("no_channel_name", "no_channel", "channel_here", "too_many_channels"):
        typed = MultiDict({"name": "#balie", "address": "https://hooks.slack.com/T", "locale": locale})
        form = channels.new_form(locale, typed)
        form["name" if problem == "no_channel_name" else "address"].errors = [Problem(ProblemKind(problem))]
        yield "trainer_channels", {**empty, "form": form}, problem


def _cards() -> Iterator[Sample]:
    content = catalogue.load()
    menu, labels = content.actions, cards.labels(content)
    to_do = menu.action("time.protect")
    plain = Card(DigestStep.OPENED, menu.action("work.find_task"), has_figures=False, is_small=False)
    small = Card(DigestStep.LEADER, to_do, has_figures=True, is_small=True)
    few = Card(DigestStep.CLOSED, to_do, has_figures=True, is_small=False)
    large = Card(DigestStep.VALUE_CHECK, to_do, True, False, InTheWay("time", "half", 14), 28)
    guides = [content.guide("team_meeting"), content.guide("talk")]

    def shown(*said: Card, pace: Pace = Pace.TOGETHER) -> dict[str, Any]:
        parts = tuple(Part(title, pace, each) for title, each in zip(TITLES, said, strict=False))
        card = OneCard(said[0].step, pace, to_do, parts)
        return {
            "token": "t1",
            "obstacles": labels,
            "guides": guides,
            "card": card,
            "talks": TALKS.get(said[0].step, []),
        }

    yield "card", shown(plain), "opened"
    yield "card", shown(small), "group too small"
    yield "card", shown(few), "too few answers"
    for share in ("most", "half", "few"):
        found = Card(DigestStep.LEADER, to_do, True, False, InTheWay("means", share, None))
        yield "card", shown(found), f"in words {share}"
    yield "card", shown(large), "in digits"
    for card, name in ((few, "closed"), (large, "value check")):
        yield "card", shown(card, pace=Pace.AT_WORK), f"{name}, at work"
    yield "card", shown(large, small, plain), "of three trainings"


def _stops() -> Iterator[Sample]:
    yield "card_forgotten", {}, ""
    for number, on, is_open, name in (
        (1, [AN_ID], True, "on"),
        (1, [AN_ID], False, "on, card closed"),
        (1, [], False, "stopped"),
        (3, [AN_ID, A_THIRD], True, "of three trainings"),
        (3, [], False, "of three trainings, stopped"),
    ):
        followed = list(zip((AN_ID, ANOTHER, A_THIRD), TITLES, strict=True))[:number]
        for pace in ("together", "at_work"):
            shown = {"followed": followed, "pace": pace, "token": "t1", "on": on, "is_open": is_open}
            yield "card_stop", shown, f"{name}, {pace}"
