"""Notes of a talk in a team: written and read behind the card of a contact, by nobody else.

Each is sealed under a key of its own, handed in: its contact is no person of the tool, and what they remove,
or who is taken back, is gone from dumps too.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.models.contacts import GONE, Contact, ContactKind
from lti_tool.models.team_notes import Talk, TeamNote
from lti_tool.services import firsts, sealing
from lti_tool.services.keys import Key
from lti_tool.services.one_card import Letter
from lti_tool.services.sealing import Place

LONGEST = 1000
STEPS: Mapping[Talk, Collection[str]] = {
    Talk.VALUE_CHECK: {"value_check"},
    Talk.CLIMATE: {"closed", "value_check"},
}
"""The cards that ask for a talk."""


@dataclass(frozen=True)
class About:
    """Which talk of whom. asked_on: the day of the card."""

    contact: Contact
    talk: Talk
    asked_on: date


@dataclass(frozen=True)
class Said:
    """What was noted. brought: what all stories brought together."""

    brought: str = ""
    agreed: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Earlier:
    """What was noted at an earlier talk. asked_on: the day of its card."""

    asked_on: date
    said: Said


def about(letters: Sequence[Letter], talk: Talk) -> About | None:
    """Which talk a card asks for; None where it asks for none, as of a group only."""
    for delivery, follower in letters:
        if follower.contact.kind is ContactKind.CONTACT and delivery.step in STEPS[talk]:
            return About(follower.contact, talk, delivery.due_on)
    return None


def find(session: Session, which: About, *, is_held: bool = False) -> TeamNote | None:
    """The notes of one talk. is_held: nobody else changes them before this transaction ends."""
    found = select(TeamNote).where(
        TeamNote.contact_id == which.contact.id,
        TeamNote.talk == which.talk,
        TeamNote.asked_on == which.asked_on,
    )
    return session.scalar(found.with_for_update() if is_held else found)


def before(session: Session, which: About) -> list[TeamNote]:
    """The notes of the same reader in this organisation about earlier talks, the latest first."""
    return list(
        session.scalars(
            select(TeamNote)
            .join(Contact, Contact.id == TeamNote.contact_id)
            .where(
                Contact.mailbox_id == which.contact.mailbox_id,
                Contact.organisation_id == which.contact.organisation_id,
                Contact.status.not_in(GONE),
                TeamNote.talk == which.talk,
                TeamNote.asked_on < which.asked_on,
            )
            .order_by(TeamNote.asked_on.desc(), TeamNote.id)
        )
    )


def read(note: TeamNote | None, keys: Mapping[UUID, Key]) -> Said:
    """What was noted; nothing without its key."""
    key = keys.get(note.key_id) if note else None
    if note is None or key is None:
        return Said()
    words = json.loads(sealing.unseal(key, _place(note.organisation_id, note.contact_id), note.words))
    return Said(words["brought"], words["agreed"], note.next_on)


def write(session: Session, which: About, note: TeamNote | None, said: Said, key: Key) -> bool:
    """Keeps notes; False when somebody else was the first to keep these. key: its own, or a new one."""
    tenant = which.contact.organisation_id
    text = json.dumps({"brought": said.brought, "agreed": said.agreed})
    words = sealing.seal(key, _place(tenant, which.contact.id), text)
    if note is not None:
        note.words, note.next_on = words, said.next_on
        return True
    around = {"organisation_id": tenant, "contact_id": which.contact.id, "talk": which.talk}
    new = TeamNote(**around, asked_on=which.asked_on, key_id=key.id, words=words, next_on=said.next_on)
    return firsts.add(session, new)


def remove(session: Session, note: TeamNote) -> None:
    """Takes notes out. Their key goes first."""
    session.execute(delete(TeamNote).where(TeamNote.id == note.id))


def key_ids(session: Session, contact_ids: Collection[UUID]) -> list[UUID]:
    """The keys of all that these contacts noted: what goes first when they go."""
    return list(session.scalars(select(TeamNote.key_id).where(TeamNote.contact_id.in_(contact_ids))))


def forget(session: Session, contact_ids: Collection[UUID]) -> None:
    """Removes all that these contacts noted."""
    gone = delete(TeamNote).where(TeamNote.contact_id.in_(contact_ids))
    session.execute(gone.execution_options(synchronize_session=False))


def _place(organisation_id: UUID, contact_id: UUID) -> Place:
    return Place(organisation_id, contact_id, "team_note.words")
