"""Publishing the catalogue's instruments."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.domain.instruments import Instrument
from lti_tool.models.instruments import InstrumentPart, InstrumentVersion


class PublishedVersionChanged(Exception):
    """A file of a published version was edited: make a new version instead."""


def publish(session: Session, instruments: Iterable[Instrument], now: datetime) -> None:
    """Makes new versions known; raises PublishedVersionChanged when a known one reads differently."""
    known = {(row.key, row.version): row for row in session.scalars(select(InstrumentVersion))}
    for instrument in instruments:
        row = known.get((instrument.key, instrument.version))
        if row is None:
            _add(session, instrument, now)
        elif row.digest != instrument.digest:
            raise PublishedVersionChanged(f"{instrument.key} version {instrument.version} was published")


def version_of(session: Session, instrument: Instrument) -> InstrumentVersion:
    """The row of a published instrument."""
    return session.scalars(
        select(InstrumentVersion).where(
            InstrumentVersion.key == instrument.key, InstrumentVersion.version == instrument.version
        )
    ).one()


def _add(session: Session, instrument: Instrument, now: datetime) -> None:
    row = InstrumentVersion(
        key=instrument.key,
        version=instrument.version,
        phase=instrument.phase,
        digest=instrument.digest,
        published_at=now,
    )
    session.add(row)
    session.flush()
    for position, part in enumerate(instrument.parts, start=1):
        session.add(InstrumentPart(instrument_version_id=row.id, key=part.key, position=position))
    session.flush()
