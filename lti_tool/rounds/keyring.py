"""The key store at the edge: each call one short transaction of its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from config.settings import DataKey
from lti_tool.models.keys import KeyBase
from lti_tool.rounds.transactions import forget_log, reading
from lti_tool.services import key_marks, keys
from lti_tool.services.keys import Key, KeysDoNotOpen, NamedKeys


class Keyring:
    """Hands out keys; services get the keys that they need, never the ring.

    of: the database whose keys these are to be; without it nobody asks.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        wrappings: Sequence[DataKey],
        of: sessionmaker[Session] | None = None,
    ) -> None:
        self._sessions = sessions
        self._wrappings = wrappings
        self._of = of

    def prepare(self) -> None:
        """Makes the store's tables and named keys that are not there yet."""
        with self._sessions.begin() as session:
            KeyBase.metadata.create_all(session.connection())
            keys.make_named_keys(session, self._wrappings)

    @cached_property
    def named(self) -> NamedKeys:
        """The named keys; raises KeysDoNotOpen when the data keys are wrong, or the store is another's."""
        with reading(self._sessions) as session:
            found = keys.named_keys(session, self._wrappings)
        self._require_own(found)
        return found

    def make(self, now: datetime) -> Key:
        """A new person's key, committed: it is there before the first text under it."""
        return self.make_all(1, now)[0]

    def make_all(self, count: int, now: datetime) -> list[Key]:
        """New keys for as many persons, committed. Raises KeysDoNotOpen, with none made."""
        self.named  # noqa: B018  opening them is the check, once in a process
        with self._sessions.begin() as session:
            return [keys.make_person_key(session, self._wrappings, now) for _ in range(count)]

    def of(self, ids: Iterable[UUID]) -> dict[UUID, Key]:
        """The keys that are still there."""
        with reading(self._sessions) as session:
            return keys.person_keys(session, self._wrappings, ids)

    def there(self, ids: Iterable[UUID]) -> list[UUID]:
        """Which of these keys are there, without opening them."""
        with reading(self._sessions) as session:
            return keys.people_there(session, ids)

    def forget(self, *key_ids: UUID) -> None:
        """Removes keys for good."""
        with self._sessions.begin() as session:
            keys.forget_person_keys(session, key_ids)
            bind = session.get_bind()
        forget_log(bind)

    def _require_own(self, named: NamedKeys) -> None:
        if self._of is None:
            return
        with reading(self._of) as session:
            if not key_marks.opens(session, named):
                raise KeysDoNotOpen("the key store is not the one that this database was written with")

    def under_older(self) -> int:
        """How many keys another data key than the first one wrapped."""
        with reading(self._sessions) as session:
            return keys.under_older(session, self._wrappings)

    def rewrap(self) -> int:
        """Has the first data key wrap all keys, while others go on using them; how many were wrapped anew.

        Raises KeysDoNotOpen at the first that no data key opens; what was done before it stays done.
        """
        number = 0
        while True:
            with self._sessions.begin() as session:
                done = keys.rewrap(session, self._wrappings)
                bind = session.get_bind()
            if not done:
                break
            number += done
        forget_log(bind)
        return number
