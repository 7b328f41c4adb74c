"""Every form that a learner fills: where it is sent, and which of its fields take words or days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from lti_tool.domain.instruments import Instrument, Item, Shelf, Step
from lti_tool.domain.item_type import Control
from lti_tool.services import entries
from lti_tool.services.catalogue import Catalogue

MORE_DAYS = ("2", "3")
A_DAY = "2026-12-15"
PAGE = {"page": str(uuid4())}
"""What a page of a note goes by."""


@dataclass(frozen=True)
class Form:
    """One form. path: below the visit, or below the tool for one behind a link.

    endpoint: as the tool calls it. said: what else it sends. words, days: its fields.
    keeps: whether a text that is too long is kept until it is made shorter.
    """

    endpoint: str
    path: str
    said: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    keeps: bool = False

    def filled(self, **fields: str) -> dict[str, str]:
        """What it sends with these words in it."""
        return {**self.said, **fields}


# What learners post that holds no words of theirs and no day that they typed: buttons and ticks, mostly.
BUTTONS = {
    "visit.language": "two languages",
    "learner.settle_draft": "take over or throw away",
    "buddies.sees": "four ticks",
    "contacts.remove_buddy": "one button",
    "contacts.remove_leader": "one button",
    "entries.remove": "one button",
    "entries.count": "one button",
    "feeds.in_the_tool": "buttons",
    "feeds.of_letter": "buttons",
    "mine.erase": "one button",
    "note_links.keep": "two buttons",
    "preferences.choose": "a choice",
    "preferences.choose_in_the_tool": "a choice",
    "answers.recall": "three buttons",
    "answers.question": "a choice",
    "check_ins.question": "a choice",
    "stories.show": "two buttons",
    "note_evidence.keep": "a button for each plan",
    "releases.choose": "ticks",
    "takeaways.choose": "ticks",
    "archives.in_the_tool": "two buttons",
    "archives.of_letter": "one button",
    "archives.look": "buttons",
    "archives.stop": "one button",
    "availability.of_letter": "the same form as in the tool",
    "plan_replies.read": "one button",
    "trials.go_on": "a button of a trainer who looks as a learner",
    "trials.stop": "another one",
    "finishing.choose": "today, or one other day; only there where people go at their own pace",
}
# Behind links of others than learners.
OF_OTHERS = {
    "cards.stop": "a contact",
    "examples.page": "a trainer; it does nothing",
    "invitations.choose": "a contact or a manager; of a learner's own address two buttons",
    "team_notes.climate": "a contact; as the one below",
    "team_notes.value_check": "a contact; `test_team_notes` sends it",
    "signing_in.enter": "an adviser; one button",
}


def of_reflections(asked: Instrument) -> Iterator[Form]:
    """The steps of an instrument that has its place in a training."""
    for part in asked.parts:
        for number, step in enumerate(part.steps, start=1):
            yield _of_step(step, "learner.write", f"reflect/{part.key}/{number}")


def at_will(catalogue: Catalogue) -> Iterator[Form]:
    """The pages of what learners take up at will."""
    for asked in entries.offered(catalogue, Shelf.LEARNER):
        begun_as = uuid4()
        for number, step in enumerate(entries.part(asked).steps, start=1):
            yield _of_step(step, "entries.write", f"instruments/{asked.key}/{begun_as}/{number}")


def of_check_in(catalogue: Catalogue, endpoint: str, start: str) -> Iterator[Form]:
    """What follows on an answer about the plan. start: of the address of its pages."""
    for name in ("obstacle", "brought", "evidence"):
        (step,) = catalogue.latest("check_in").part(name).steps
        form = _of_step(step, endpoint, f"{start}/{name}")
        said = {"checkin.obstacle": "time"} if name == "obstacle" else {}
        yield Form(endpoint, form.path, said, form.words, form.days)
    yield Form(endpoint, f"{start}/help", {"action": "own"}, ("checkin.who",), ("checkin.new_date",))
    yield Form(endpoint, f"{start}/date", {"checkin.new_date": A_DAY}, (), ("checkin.new_date",))
    yield Form(endpoint, f"{start}/change", {}, ("post.if_then", "post.if_then:then"), ("post.task_on",))


def beside() -> Iterator[Form]:
    """The forms that ask nothing of the catalogue, but for the logbook."""
    yield Form("logbook.write", "logbook", PAGE, ("log.note", "log.wonder"))
    who = {"name": "Ingrid Postma", "address": "ingrid@gemeente.example", "locale": "nl"}
    yield Form("contacts.buddies", "buddies", who, ("name", "address"))
    yield Form("contacts.leader", "leader", {**who, "address": "bob@gemeente.example"}, ("name", "address"))
    yield Form("own_addresses.choose", "address", {"address": "sanne@thuis.example"}, ("address",))
    away = {"add": "1", "first_on": "21-12-2026", "last_on": "22-12-2026"}
    yield Form("availability.in_the_tool", "days", away, (), ("first_on", "last_on"))


def _of_step(step: Step, endpoint: str, path: str) -> Form:
    return Form(endpoint, path, {}, tuple(_words(step.items)), tuple(_days(step.items)), keeps=True)


def _words(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.type.is_typed:
            yield item.id
        if item.type.control is Control.IF_THEN:
            yield f"{item.id}:then"
        if any(option.with_line for option in item.options):
            yield f"{item.id}:line"


def _days(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.type.names_days:
            yield item.id
        if item.type.control is Control.DATES:
            yield from (f"{item.id}:{number}" for number in MORE_DAYS)
