"""Instruments as they are asked: as the catalogue has them, or as a trainer adapted them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain import adaptation_files, adaptations
from lti_tool.domain.instruments import Instrument, Item
from lti_tool.models.activities import Activity
from lti_tool.models.adaptations import Adaptation
from lti_tool.models.instruments import InstrumentVersion
from lti_tool.services.catalogue import Catalogue


class Asking(NamedTuple):
    """A version of an instrument, and how it was asked. adaptation_id: None: as the catalogue has it."""

    key: str
    version: int
    adaptation_id: UUID | None


@dataclass(frozen=True)
class Asked:
    """Instruments as some activities and reflections ask them. adapted: by the id of the adaptation."""

    catalogue: Catalogue
    adapted: Mapping[UUID, Instrument]

    def get(self, key: str, version: int, adaptation_id: UUID | None) -> Instrument:
        """A version of an instrument, as it is asked with an adaptation; None: as it is."""
        if adaptation_id is None:
            return self.catalogue.get(key, version)
        return self.adapted[adaptation_id]

    def item(self, key: str, version: int, adaptation_id: UUID | None, item_id: str) -> Item | None:
        """What an item asks; in the words of the source where the adaptation leaves it out."""
        asked = self.get(key, version, adaptation_id).items.get(item_id)
        return asked or self.catalogue.get(key, version).items.get(item_id)


def read(session: Session, catalogue: Catalogue, adaptation_ids: Iterable[UUID | None]) -> Asked:
    """With these adaptations, in one statement; in none where everything is asked as it is."""
    ids = {each for each in adaptation_ids if each is not None}
    if not ids:
        return Asked(catalogue, {})
    rows = session.execute(
        select(Adaptation.id, Adaptation.content, InstrumentVersion.key, InstrumentVersion.version)
        .join(InstrumentVersion, InstrumentVersion.id == Adaptation.instrument_version_id)
        .where(Adaptation.id.in_(ids))
    )
    return Asked(
        catalogue,
        {row.id: adapt(catalogue.get(row.key, row.version), row.content, catalogue) for row in rows},
    )


def adapt(base: Instrument, content: str, catalogue: Catalogue) -> Instrument:
    """An instrument with what is stored of an adaptation."""
    return adaptations.apply(base, adaptation_files.from_json(content), catalogue.own_words)


def of_activity(
    session: Session, catalogue: Catalogue, activity: Activity, version: InstrumentVersion
) -> Instrument:
    """What an activity asks of who begins now."""
    asked = read(session, catalogue, [activity.adaptation_id])
    return asked.get(version.key, version.version, activity.adaptation_id)
