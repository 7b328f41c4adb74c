"""Sending a batch of learners' letters: decided upon together, then marked and recorded one by one.

Nothing is marked before its own turn. So a worker that dies leaves one letter of which nobody knows whether
it went, however large the batch; and what was taken back because its learner changed something stays here.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lti_tool.mail import letters
from lti_tool.mail.letters import Letter
from lti_tool.mail.mailer import Connection as Conversation
from lti_tool.mail.mailer import NotSent, Reason, Result, Sent
from lti_tool.rounds import crashes, nudge_letters, results
from lti_tool.rounds.nudge_letters import Decided
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import budgets, deliveries, plan_replies, turns
from lti_tool.services.deliveries import Claim
from lti_tool.services.keys import Key
from lti_tool.services.turns import Gone, Next

NAME = "deliver"
NOT_BEGUN = NotSent(Reason.CONNECTION_LOST, permanent=False)


class Batch:
    """One batch over one connection. lease: after how long others take a worker for dead."""

    def __init__(self, work: Workplace, conversation: Conversation, clock: Ticking, lease: timedelta) -> None:
        self._work = work
        self._conversation = conversation
        self._clock = clock
        self._lease = lease
        self._gone: Gone | None = None

    def send(self, claims: list[Claim], keys: Mapping[UUID, Key]) -> int:
        """Sends what still goes; how many letters the server took."""
        written = list(self._written(self._decide(claims, keys)))
        sent, engine = 0, self._work.sessions.kw["bind"]
        # One connection for all turns, as making sure that it still works takes as long as a turn.
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            for number, (decided, letter) in enumerate(written, 1):
                if self._clock.now().calendar > decided.until:
                    # The batch took so long that this mailbox wants nothing any more today.
                    self._give_back([decided.claim], "waits")
                elif self._mark(connection, decided):
                    sent += isinstance(self._hand_over(decided, letter), Sent)
                if self._conversation.is_silent:
                    self._give_back([later.claim for later, _ in written[number:]], "unreachable")
                    break
        if self._gone:
            self._record((self._gone, Sent()))
        return sent

    def _give_back(self, claims: list[Claim], reason: str) -> None:
        """What does not go now goes later, its place in the mailbox is free."""
        until = self._clock.now().real + results.BACK_OFF
        with self._work.sessions.begin() as session:
            free = [one for one in claims if deliveries.release(session, one, reason, until)]
            budgets.give_back(session, [one.delivery_id for one in free])

    def _decide(self, claims: list[Claim], keys: Mapping[UUID, Key]) -> list[Decided]:
        """All together; each by itself when one of them goes wrong, which then harms no other."""
        try:
            with self._work.sessions.begin() as session:
                return nudge_letters.decide(self._work, session, claims, keys, self._clock.now())
        except Exception as error:
            if len(claims) > 1:
                return [decided for claim in claims for decided in self._decide([claim], keys)]
            self._let_go(claims[0], error)
            return []

    def _written(self, decided: list[Decided]) -> Iterator[tuple[Decided, Letter]]:
        for each in decided:
            try:
                yield each, letters.render(each.about)
            except Exception as error:
                self._let_go(each.claim, error)

    def _let_go(self, claim: Claim, error: Exception) -> None:
        crashes.note(NAME, claim.delivery_id, error)
        until = self._clock.now().real + results.LONGEST_BACK_OFF
        with self._work.sessions.begin() as session:
            if deliveries.release(session, claim, "crashed", until):
                budgets.give_back(session, [claim.delivery_id])

    def _mark(self, connection: Connection, decided: Decided) -> bool:
        """Marks a letter as being sent, and the one before as gone; False when it was taken back."""
        now = self._clock.now().real
        following = Next(
            decided.claim,
            decided.about.message_id,
            decided.version,
            decided.mailbox_id,
            lease_until=now + self._lease,
        )
        try:
            with connection.begin():
                is_marked = turns.take(connection, self._gone, following, now)
        except results.AWAY:
            # Kept or not: the one has gone, and the other has not.
            before = [(self._gone, Sent())] if self._gone else []
            self._record(*before, (Gone(decided.claim.delivery_id, decided.about.message_id), NOT_BEGUN))
            raise
        self._gone = None
        return is_marked

    def _hand_over(self, decided: Decided, letter: Letter) -> Result | None:
        try:
            result = self._conversation.send(letter)
        except Exception as error:
            # Whether it went is not known: its lease lapses and it becomes unknown. The others go on.
            crashes.note(NAME, decided.claim.delivery_id, error)
            return None
        letter_gone = Gone(decided.claim.delivery_id, decided.about.message_id)
        if isinstance(result, Sent) and decided.replied:
            # Only what went was said: of a letter that did not, the next one says it.
            told = partial(
                plan_replies.note_told, enrolment_id=decided.replied, decided_at=decided.decided_at
            )
            self._record((letter_gone, result), also=told)
        elif isinstance(result, Sent):
            self._gone = letter_gone
        else:
            self._record((letter_gone, result))
        return result

    def _record(self, *known: tuple[Gone, Result], also: Callable[[Session], None] | None = None) -> None:
        ends = [(letter.delivery_id, letter.message_id, result) for letter, result in known]
        results.settle(self._work.sessions, ends, self._clock, also)
