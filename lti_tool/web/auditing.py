"""What of pages and forms stands in the audit trail: by address, once it was answered well."""

from collections.abc import Mapping
from uuid import UUID

from flask import Response, g, request

from lti_tool.domain.trail import Actor, Line
from lti_tool.models.people import Person
from lti_tool.models.privacy import Whose
from lti_tool.web.visiting import now, workplace

CHANGED, RELEASED, NAMED, READ = "training.changed", "released", "contact.named", "released.read"
ACTS: Mapping[tuple[str, str], str] = {
    ("POST", "registering.register"): "platform.registered",
    ("GET", "mine.download"): "exported",
    ("GET", "privacy.download"): "exported",
    ("GET", "privacy.words"): "exported",
    ("GET", "privacy.overview"): "kept.read",
    ("POST", "privacy.send"): "export.mailed",
    ("POST", "mine.erase"): "erased",
    ("POST", "privacy.erase"): "erased",
    ("GET", "exporting.csv"): "training.exported",
    ("GET", "exporting.xlsx"): "training.exported",
    ("GET", "reporting.report"): "training.reported",
    ("GET", "reviews.work"): "status.read",
    **dict.fromkeys(
        (("POST", f"contacts.{name}") for name in ("of_group", "leader", "buddies", "send_again")), NAMED
    ),
    ("POST", "channels.of_group"): NAMED,
    **dict.fromkeys(
        (("POST", f"contacts.{name}") for name in ("remove", "remove_leader", "remove_buddy")),
        "contact.removed",
    ),
    ("POST", "channels.remove"): "contact.removed",
    **dict.fromkeys(
        (("POST", f"{name}.choose") for name in ("releases", "takeaways")), RELEASED
    ),
    ("POST", "stories.show"): RELEASED,
    ("POST", "buddies.sees"): RELEASED,
    **dict.fromkeys(
        (("GET", name) for name in ("before.goals_page", "before.sheet", "during.show", "teams.team",
                                    "teams.trainer")), READ,
    ),
    **dict.fromkeys(
        (("POST", name) for name in (
            "settings_up.set_up", "moves.dates", "scheduling.schedule", "groups.choose", "reminders.choose",
            "opening_rules.choose", "recalls.write", "adaptations.change", "adaptations.save", "wordings.add",
            "wordings.change", "wordings.words", "removals.item", "removals.training",
            "removals.training_when_choosing", "endings.remove", "endings.take_back",
            "comparisons.keep_out")), CHANGED,
    ),
    **dict.fromkeys((("GET", f"insights.{name}") for name in ("csv", "xlsx")), "figures.exported"),
    ("GET", "insights.home"): "figures.read",
    ("GET", "comparisons.overview"): "figures.read",
    ("GET", "api.told"): "figures.read",
    ("POST", "advising.leave"): "adviser.signed_out",
}  # fmt: skip


def begin() -> None:
    """Who acts is asked beforehand: erasing takes away whose visit it was. Runs after all checks."""
    act = ACTS.get((request.method, request.endpoint or ""))
    g.audited = _line(act) if act else None


def finish(response: Response) -> Response:
    """Writes it down, unless it was refused."""
    line: Line | None = g.get("audited")
    if line is not None and response.status_code < 400:
        workplace().trail.note(line)
    return response


def note(
    act: str, actor: Actor, organisation_id: UUID, *, who: UUID | None = None, of: Person | None = None
) -> None:
    """Writes down what only the view knows, of whom. who: the row of the actor."""
    workplace().trail.note(Line(now().real, act, actor, organisation_id, who, of.id if of else None))


def _line(act: str) -> Line | None:
    """None for a trainer who looks as a learner: nobody, and gone when they stop."""
    if "visitor" in g:
        about = g.visitor.visit.about_id
        if g.visitor.person.is_trial:
            return None
        return Line(now().real, act, Actor.PERSON, g.organisation_id, g.visitor.person.id, about)
    if "asker" in g:
        return _of_privacy(act)
    if "adviser" in g:
        way = g.adviser
        return Line(now().real, act, Actor.ADVISER, way.organisation.id, way.sign_in.adviser_id)
    if "api_organisation" in g:
        return Line(now().real, act, Actor.PROGRAM, g.api_organisation.id)
    return Line(now().real, act, Actor.LINK, g.get("organisation_id"))


def _of_privacy(act: str) -> Line:
    """A launch about data says whose, and of an administrator nothing else."""
    visit = g.asker.visit
    is_own = visit.whose is Whose.OWN
    actor = Actor.PERSON if is_own else Actor.ADMINISTRATOR
    who = visit.about_id if is_own else None
    return Line(now().real, act, actor, visit.organisation_id, who, visit.about_id)
