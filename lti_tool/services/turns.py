"""The turn of a letter in its batch: the one before it has gone, and this one is about to go.

Both in one statement, since it is what each letter waits for: prepared once, sent and answered once, and
kept at once. Two changes in a transaction of their own took five times as long.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Case,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    case,
    or_,
    update,
)

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.services.deliveries import Claim

_table = cast(Table, Delivery.__table__)
_row = _table.c
_IS_GONE = and_(
    _row.id == bindparam("gone_id"),
    _row.message_id == bindparam("gone_message_id"),
    # Spelled out, as a list of values would be filled in anew at each turn.
    or_(_row.status == DeliveryStatus.SENDING, _row.status == DeliveryStatus.UNKNOWN),
)
_IS_NEXT = and_(
    _row.id == bindparam("next_id"),
    _row.status == DeliveryStatus.CLAIMED,
    _row.lease_until == bindparam("held_until"),
)


def _value(gone: object, following: object) -> Case[Any]:
    return case((_row.id == bindparam("gone_id"), gone), else_=following)


def _given(name: str, column: ColumnElement[Any]) -> BindParameter[Any]:
    return bindparam(name, type_=column.type)


_TURN = (
    update(_table)
    .where(or_(_IS_GONE, _IS_NEXT))
    .values(
        status=_value(DeliveryStatus.SENT, DeliveryStatus.SENDING),
        reason=_value(None, _row.reason),
        lease_until=_value(None, _given("next_lease_until", _row.lease_until)),
        finished_at=_value(_given("now", _row.finished_at), _row.finished_at),
        message_id=_value(_row.message_id, _given("next_message_id", _row.message_id)),
        template_version=_value(_row.template_version, _given("next_version", _row.template_version)),
        mailbox_id=_value(_row.mailbox_id, _given("next_mailbox_id", _row.mailbox_id)),
        attempts=_row.attempts + _value(0, 1),
    )
    .returning(_row.id)
)


@dataclass(frozen=True)
class Gone:
    """A letter that the server took, under its Message-ID."""

    delivery_id: UUID
    message_id: str


@dataclass(frozen=True)
class Next:
    """A letter that is about to go. lease_until: when others may take its worker for dead (real clock)."""

    claim: Claim
    message_id: str
    version: str
    mailbox_id: UUID
    lease_until: datetime


def take(connection: Connection, gone: Gone | None, following: Next, now: datetime) -> bool:
    """Records the letter before and marks this one; False when its claim was lost meanwhile (real clock).

    connection: one that commits each statement by itself.
    """
    changed = connection.execute(
        _TURN,
        {
            "gone_id": gone.delivery_id if gone else None,
            "gone_message_id": gone.message_id if gone else None,
            "next_id": following.claim.delivery_id,
            "held_until": following.claim.lease_until,
            "next_message_id": following.message_id,
            "next_version": following.version,
            "next_mailbox_id": following.mailbox_id,
            "next_lease_until": following.lease_until,
            "now": now,
        },
    )
    return following.claim.delivery_id in changed.scalars().all()
