"""The months of an audit trail in PostgreSQL, made and dropped by a role that the tool does not have."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url

from lti_tool.models.trail import AuditLine, TrailBase

TABLE = AuditLine.__tablename__
REST = f"{TABLE}_rest"
AHEAD = 24
"""So many months are made beforehand."""


def prepare(owner_url: str, tool_url: str, today: date) -> int:
    """Makes the table, the months to come, and the right of the tool to add and read; how many are new.

    owner_url: of the role whose table it is; tool_url: BEKLIJF_AUDIT_URL. Harmless when repeated. What was
    written while its month was missing moves there.
    """
    with _owner(owner_url) as owner:
        TrailBase.metadata.create_all(owner)
        there = set(inspect(owner).get_table_names())
        if REST not in there:
            owner.execute(text(f"CREATE TABLE {REST} PARTITION OF {TABLE} DEFAULT"))
        months = [month for month in _months(today, AHEAD) if name_of(month) not in there]
        for month in months:
            _add(owner, month)
        tool = owner.dialect.identifier_preparer.quote(make_url(tool_url).username or "")
        owner.execute(text(f"REVOKE ALL ON {TABLE} FROM {tool}"))
        owner.execute(text(f"GRANT SELECT, INSERT ON {TABLE} TO {tool}"))
    return len(months)


def drop(owner_url: str, month: date) -> bool:
    """Drops a month whole, by its first day; False when there is none."""
    with _owner(owner_url) as owner:
        is_there = inspect(owner).has_table(name_of(month))
        if is_there:
            owner.execute(text(f"DROP TABLE {name_of(month)}"))
    return is_there


def name_of(month: date) -> str:
    """The table with the lines of a month."""
    return f"{TABLE}_{month:%Y_%m}"


def _add(owner: Connection, month: date) -> None:
    """Nothing may stand in the rest that belongs to a month, so that moves first."""
    name, (first, last) = name_of(month), (_start(each) for each in _months(month, 2))
    owner.execute(text(f"CREATE TABLE {name} (LIKE {TABLE} INCLUDING ALL)"))
    moved = f"DELETE FROM {REST} WHERE at >= '{first}' AND at < '{last}' RETURNING *"  # noqa: S608  no input
    owner.execute(text(f"WITH moved AS ({moved}) INSERT INTO {name} SELECT * FROM moved"))  # noqa: S608
    values = f"FROM ('{first}') TO ('{last}')"
    owner.execute(text(f"ALTER TABLE {TABLE} ATTACH PARTITION {name} FOR VALUES {values}"))


def _start(month: date) -> str:
    return datetime(month.year, month.month, 1, tzinfo=UTC).isoformat()


def _months(first: date, number: int) -> Iterator[date]:
    """The first days of so many months, from that of a day on."""
    for ahead in range(number):
        years, before = divmod(first.month - 1 + ahead, 12)
        yield date(first.year + years, before + 1, 1)


@contextmanager
def _owner(url: str) -> Iterator[Connection]:
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
