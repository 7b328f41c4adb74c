"""A crowd whose nudges are due, the workers that send them, and what must be true of each in the end."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lti_tool.domain.clock import Now
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import rounds
from tests.faults.sinks import Sink
from tests.load import crowd
from tests.processes import Running, await_that, environment

CELERY = ("celery", "--app", "tasks.app:celery")
WORKER = (*CELERY, "worker", "--loglevel=warning", "--without-mingle", "--without-gossip")
BEAT = (*CELERY, "beat", "--loglevel=warning")
OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.SENDING)
# Busy processors must not make this fail; a broken promise does at once.
PATIENCE_SECONDS = 240


@dataclass(frozen=True)
class Tally:
    """What became of all nudges. others: those that are neither at the sink, nor unknown, nor skipped.

    arrived: the unknown ones that are at the sink after all, and so counted in both.
    twice: letters beyond the first of one Message-ID, or of one nudge.
    """

    nudges: int
    at_the_sink: int
    unknown: Counter[str | None]
    arrived: int
    skipped: Counter[str | None]
    twice: int
    lost: int

    def __str__(self) -> str:
        numbers = f"{self.nudges} nudges, {self.at_the_sink} at the sink"
        unknown = f"{self.unknown.total()} unknown ({self.arrived} of them at the sink)"
        ends = f"{unknown}, {self.skipped.total()} skipped"
        return f"{numbers}, {ends}, {self.twice} twice, {self.lost} lost"


@dataclass
class Nudging:
    """The scene: people, a mail server that says what it took, and a pool for each worker."""

    work: Workplace
    session: Session
    sink: Sink
    folder: Path
    pool: tuple[str, ...]

    def gather(self, people: int, closed: int = 0) -> None:
        """So many people with a nudge that is due now; letters of some are not to go at all."""
        crowd.gather(self.work, self.session, people)
        shut = select(Delivery.mailbox_id).where(Delivery.step == crowd.STEP).limit(closed)
        self.session.execute(update(Mailbox).where(Mailbox.id.in_(shut)).values(status=MailboxStatus.REFUSED))
        self.move_to(crowd.DUE)

    def move_to(self, moment: Now) -> None:
        """The calendar jumps, forward or back."""
        rounds.move_calendar(self.session, moment.calendar - datetime.now(UTC))
        self.session.commit()

    def start(self, *module: str) -> Running:
        """A process of the tool, with the settings of this scene."""
        return Running(environment(self.work.settings), self.folder / "log", *module)

    def worker(self) -> Running:
        return self.start(*WORKER, *self.pool)

    @contextmanager
    def at_work(self, workers: int = 1) -> Iterator[None]:
        """Beat and so many workers, whom nobody kills before the end."""
        processes = [self.start(*BEAT)] + [self.worker() for _ in range(workers)]
        try:
            yield
        finally:
            for process in processes:
                process.kill()

    def count(self, *statuses: DeliveryStatus) -> int:
        """How many nudges have one of these states."""
        with self.work.reading() as session:
            which = Delivery.step == crowd.STEP, Delivery.status.in_(statuses)
            return session.scalar(select(func.count()).select_from(Delivery).where(*which)) or 0

    def await_letters(self, number: int) -> None:
        """Until so many are at the mail server."""
        await_that(partial(self.sink.has, number), PATIENCE_SECONDS, f"{number} letters")

    def await_end(self) -> None:
        """Until nothing is planned or under way any more."""
        await_that(lambda: self.count(*OPEN) == 0, PATIENCE_SECONDS, "all nudges are done")

    def tally(self) -> Tally:
        """What the rows say, beside what the mail server took."""
        with self.work.reading() as session:
            rows = session.scalars(select(Delivery).where(Delivery.step == crowd.STEP)).all()
        arrived, addressees = Counter(self.sink.identities), Counter(self.sink.addressees)
        kept = {
            DeliveryStatus.SENT: lambda row: arrived[row.message_id] > 0,
            DeliveryStatus.UNKNOWN: lambda row: bool(row.reason),
            DeliveryStatus.SKIPPED: lambda row: bool(row.reason) and arrived[row.message_id] == 0,
        }
        unknown = [row for row in rows if row.status is DeliveryStatus.UNKNOWN]
        strangers = set(arrived) - {row.message_id for row in rows}
        again = max(seen.total() - len(seen) for seen in (arrived, addressees))
        return Tally(
            nudges=len(rows),
            at_the_sink=len(arrived),
            unknown=Counter(row.reason for row in unknown),
            arrived=sum(arrived[row.message_id] > 0 for row in unknown),
            skipped=Counter(row.reason for row in rows if row.status is DeliveryStatus.SKIPPED),
            twice=again + len(strangers),
            lost=sum(row.status not in kept or not kept[row.status](row) for row in rows),
        )
