"""Keys of persons, and the two that belong to no person. Session of the key store first."""

import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from config.settings import DataKey
from lti_tool.models.keys import NamedKey, PersonKey, Wrapped
from lti_tool.models.sealed import NONCE_BYTES

KEY_BYTES = 32
REWRAPPED_AT_ONCE = 500
CANARY = "canary"
COMMON = "common"
HMAC = "hmac"


class KeysDoNotOpen(Exception):
    """The data keys of the environment are not those that wrapped this key store."""


@dataclass(frozen=True)
class Key:
    """A key ready for use. Its secret never shows in a log."""

    id: UUID
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class NamedKeys:
    """The keys that belong to no person: one for HMACs, one for addresses and the tool's own secrets."""

    hmac: Key
    common: Key

    def fingerprint(self, text: str) -> str:
        """HMAC-SHA-256 of a text, hexadecimal: findable, not readable."""
        return hmac.new(self.hmac.secret, text.encode(), sha256).hexdigest()


def _wrap(wrapping: DataKey, key_id: UUID, secret: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return _mark(wrapping) + nonce + AESGCM(wrapping.secret).encrypt(nonce, secret, key_id.bytes)


def _mark(wrapping: DataKey) -> bytes:
    """What each key begins with that this data key wrapped."""
    name = wrapping.name.encode()
    return bytes([len(name)]) + name


def _unwrap(wrappings: Sequence[DataKey], key_id: UUID, wrapped: bytes) -> bytes:
    start = 1 + wrapped[0]
    name, nonce, rest = (
        wrapped[1:start].decode(),
        wrapped[start : start + NONCE_BYTES],
        wrapped[start + NONCE_BYTES :],
    )
    for wrapping in wrappings:
        if wrapping.name == name:
            try:
                return AESGCM(wrapping.secret).decrypt(nonce, rest, key_id.bytes)
            except InvalidTag:
                break
    raise KeysDoNotOpen(f"no data key named {name!r} opens this key store")


def make_person_key(keys: Session, wrappings: Sequence[DataKey], now: datetime) -> Key:
    """A new key for one person; the caller commits it before the first text under it."""
    key = Key(uuid4(), os.urandom(KEY_BYTES))
    keys.add(PersonKey(id=key.id, wrapped=_wrap(wrappings[0], key.id, key.secret), made_at=now))
    return key


def person_keys(keys: Session, wrappings: Sequence[DataKey], ids: Iterable[UUID]) -> dict[UUID, Key]:
    """The keys that are still there; a missing one means that its person was erased.

    Raises KeysDoNotOpen when the data keys of the environment are the wrong ones.
    """
    # Columns and no objects: most pages ask for one key, and half of that was making the object.
    rows = keys.execute(select(PersonKey.id, PersonKey.wrapped).where(PersonKey.id.in_(set(ids))))
    return {key_id: Key(key_id, _unwrap(wrappings, key_id, wrapped)) for key_id, wrapped in rows}


def people_there(keys: Session, ids: Iterable[UUID]) -> list[UUID]:
    """Which of these keys of persons are there, without opening them."""
    return list(keys.scalars(select(PersonKey.id).where(PersonKey.id.in_(set(ids)))))


def forget_person_keys(keys: Session, key_ids: Iterable[UUID]) -> None:
    """Removes keys: what was written under them is gone for good."""
    keys.execute(delete(PersonKey).where(PersonKey.id.in_(set(key_ids))))


def make_named_keys(keys: Session, wrappings: Sequence[DataKey]) -> None:
    """Makes the named keys and the canary that are not there yet."""
    for name in (HMAC, COMMON, CANARY):
        if keys.get(NamedKey, name) is None:
            key_id = uuid4()
            secret = os.urandom(KEY_BYTES)
            keys.add(NamedKey(name=name, id=key_id, wrapped=_wrap(wrappings[0], key_id, secret)))


def named_keys(keys: Session, wrappings: Sequence[DataKey]) -> NamedKeys:
    """The named keys; raises KeysDoNotOpen when they are missing or the data keys are wrong."""
    found = {}
    for row in keys.scalars(select(NamedKey)):
        found[row.name] = Key(row.id, _unwrap(wrappings, row.id, row.wrapped))
    if not {HMAC, COMMON, CANARY} <= found.keys():
        raise KeysDoNotOpen("the key store has not been made yet: run the migrations")
    return NamedKeys(hmac=found[HMAC], common=found[COMMON])


def under_older(keys: Session, wrappings: Sequence[DataKey]) -> int:
    """How many keys another data key than the first one wrapped."""
    return sum(
        keys.scalars(select(func.count()).select_from(table).where(_is_older(table, wrappings[0]))).one()
        for table in (PersonKey, NamedKey)
    )


def rewrap(keys: Session, wrappings: Sequence[DataKey]) -> int:
    """Has the first data key wrap some of the keys that another one wrapped; how many, 0 when none is left.

    The keys stay what they are. Raises KeysDoNotOpen when one of them was wrapped by none of the data keys.
    """
    return sum(_rewrap(keys, table, wrappings) for table in (PersonKey, NamedKey))


def _rewrap(keys: Session, table: type[Wrapped], wrappings: Sequence[DataKey]) -> int:
    older = select(table.id, table.wrapped).where(_is_older(table, wrappings[0])).limit(REWRAPPED_AT_ONCE)
    rows = keys.execute(older).all()
    for key_id, wrapped in rows:
        anew = _wrap(wrappings[0], key_id, _unwrap(wrappings, key_id, wrapped))
        # A key that is forgotten meanwhile is not there to be written again.
        keys.execute(update(table).where(table.id == key_id).values(wrapped=anew))
    return len(rows)


def _is_older(table: type[Wrapped], first: DataKey) -> ColumnElement[bool]:
    mark = _mark(first)
    return func.substr(table.wrapped, 1, len(mark)) != mark
