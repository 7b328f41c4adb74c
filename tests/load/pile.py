"""A pile of letters as high as asked for: the rows of one learner, by COPY for as many as there should be."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from lti_tool.models.base import Row
from lti_tool.models.deliveries import Delivery
from lti_tool.models.people import Mailbox
from lti_tool.rounds.workplace import Workplace
from tests import factories
from tests.load.crowd import DUE

GROUP = 25
TRAININGS = 5
"""In how many of them one person takes part."""
LETTERS = 10
"""Of one learner: the first is due this morning, all at one moment, and each other a working day later."""

# What nothing else hangs from. Others refer to the primary key and to the pair with the organisation.
KEYS = """
SELECT conrelid::regclass AS of, conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
 WHERE conrelid = ANY(CAST(:tables AS regclass[]))
   AND (contype = 'f' OR contype = 'u' AND conname NOT LIKE '%\\_tenant')
"""
INDEXES = """
SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
 WHERE indrelid = ANY(CAST(:tables AS regclass[])) AND NOT indisunique
"""

LEARNER = f"(n / {LETTERS})"
NUMBER = f"(n % {LETTERS})"


@dataclass(frozen=True)
class Pile:
    """A table of letters that grows, and people for as many as there will be at most."""

    engine: Engine
    letter: Delivery

    def grow(self, first: int, last: int) -> None:
        """Adds the letters from number `first` up to but not including `last`."""
        own = {
            "enrolment_id": id_of("enrolment", LEARNER),
            "mailbox_id": id_of("mailbox", f"{LEARNER} / {TRAININGS}"),
            "occurrence": f"1 + {NUMBER}",
            "rank": f"1 + {LEARNER} % 5",
            "due_at": f"timestamptz '{DUE.calendar.isoformat()}' + {NUMBER} * interval '1 day'",
        }
        with bare(self.engine, [self.letter]):
            copy(self.engine, self.letter, first, last, own)
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))


def begin(work: Workplace, session: Session, letters: int) -> Pile:
    """No letter yet, and all the people, groups and courses that so many letters ask for."""
    where = factories.place(work, session, roster_url="https://lms.example/members")
    where.course.roster_read_at = DUE.real - timedelta(hours=1)
    one = factories.learner(session, where)
    mailbox = session.get_one(Mailbox, one.person.mailbox_id)
    letter = session.scalars(select(Delivery).where(Delivery.step == "plan")).one()
    session.commit()
    learners = letters // LETTERS
    people, groups = learners // TRAININGS, learners // GROUP
    copies: list[tuple[Row, int, dict[str, str]]] = [
        (mailbox, people, {"address_hmac": "md5('a' || n) || md5('b' || n)"}),
        (one.person, people, {"sub": "'s' || n", "key_id": id_of("key"), "mailbox_id": id_of("mailbox"),
                              "lms_mailbox_id": id_of("mailbox")}),
        (where.course, groups, {"context_id": "'c' || n"}),
        (where.link, groups, {"link_id": "'l' || n", "course_id": id_of("course")}),
        (where.track, groups, {"course_id": id_of("course"), "root_id": id_of("track")}),
        (where.activity, groups, {"link_id": id_of("resource_link"), "lms_id": id_of("activity"),
                                  "track_id": id_of("track")}),
        (where.cohort, groups, {"track_id": id_of("track")}),
        (one.enrolment, learners, {"person_id": id_of("person", f"n / {TRAININGS}"),
                                   "cohort_id": id_of("cohort", f"n % {groups}")}),
    ]  # fmt: skip
    engine = work.sessions.kw["bind"]
    with bare(engine, [row for row, _, _ in copies]):
        for row, number, own in copies:
            copy(engine, row, 0, number, own)
    # Or a look at it would open a transaction, for which taking indexes away waits.
    session.expunge(letter)
    return Pile(engine, letter)


def id_of(table: str, number: str = "n") -> str:
    """The id of a copy, which follows from its table and number, so that others find it."""
    return f"md5('{table}' || {number})::uuid"


def copy(engine: Engine, row: Row, first: int, last: int, own: Mapping[str, str]) -> None:
    """Copies of a row. own: of each column that differs, its value in SQL; `n` is the number of the copy."""
    table = row.__tablename__
    names = [column.name for column in inspect(type(row)).columns]
    values = {name: f"t.{name}" for name in names} | {"id": id_of(table)} | own
    chosen = ", ".join(values[name] for name in names)
    numbers = f"generate_series({first}, {last - 1}) n"
    source = f"SELECT {chosen} FROM {table} t, {numbers} WHERE t.id = '{row.id}'"  # noqa: S608  all our own
    with engine.connect() as reading, engine.begin() as writing:
        out, into = (each.connection.driver_connection.cursor() for each in (reading, writing))
        with (
            out.copy(f"COPY ({source}) TO STDOUT (FORMAT binary)") as rows,
            into.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT binary)") as copied,
        ):
            for block in rows:
                copied.write(block)


@contextmanager
def bare(engine: Engine, rows: list[Row]) -> Iterator[None]:
    """Takes indexes and foreign keys away and puts them back, which makes and checks each in one go."""
    tables = {"tables": [row.__tablename__ for row in rows]}
    with engine.begin() as connection:
        keys = connection.execute(text(KEYS), tables).all()
        indexes = connection.execute(text(INDEXES), tables).all()
        for key in keys:
            connection.execute(text(f"ALTER TABLE {key.of} DROP CONSTRAINT {key.name}"))
        for index in indexes:
            connection.execute(text(f"DROP INDEX {index.name}"))
    yield
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        for index in indexes:
            connection.execute(text(index.definition))
        for key in keys:
            connection.execute(text(f"ALTER TABLE {key.of} ADD CONSTRAINT {key.name} {key.definition}"))
