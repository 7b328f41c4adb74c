"""The audit trail: what is written down stays, and goes by the month or the year."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from lti_tool.domain.trail import Actor, Line
from lti_tool.rounds import trail_months
from lti_tool.rounds.trail import Trail

NOW = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
NEXT = NOW + timedelta(hours=1)


@pytest.fixture
def in_files(tmp_path):
    return Trail(f"sqlite:///{tmp_path / 'audit.db'}")


@pytest.fixture
def urls(postgresql):
    """A database of the owner's, and the same for the role of the tool."""
    name = f"audit_{uuid4().hex}"
    run(postgresql, f"CREATE DATABASE {name}", f"CREATE ROLE {name} LOGIN")
    owner = postgresql.replace("/postgres?", f"/{name}?")
    yield owner, owner.replace("postgres:@", f"{name}:@").replace("//postgres@", f"//{name}@")
    run(postgresql, f"DROP DATABASE {name} WITH (FORCE)", f"DROP ROLE {name}")


@pytest.fixture
def in_months(urls):
    trail_months.prepare(*urls, date(2026, 12, 1))
    return Trail(urls[1])


@pytest.fixture(params=["in_files", "in_months"])
def trail(request):
    return request.getfixturevalue(request.param)


def run(url, *statements):
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def line(at=NOW, **more):
    return Line(at, "exported", Actor.PERSON, **more)


def test_what_is_written_down_is_read_in_order_across_a_new_year(trail):
    who, where = uuid4(), uuid4()
    trail.note(line(NEXT))
    trail.note(line(organisation_id=where, actor_id=who, about_id=who))

    found = list(trail.read(NOW, NEXT + timedelta(seconds=1)))
    of_one = list(trail.read(NOW, NEXT + timedelta(seconds=1), where))

    assert [each.at for each in found] == [NOW, NEXT]
    assert of_one == [Line(NOW, "exported", Actor.PERSON, where, who, who)]


@pytest.mark.parametrize("change", ["UPDATE audit_line SET act = 'nothing'", "DELETE FROM audit_line"])
def test_whoever_writes_it_can_change_and_remove_nothing_in_a_file(in_files, change):
    in_files.note(line())

    with pytest.raises(DBAPIError, match="never changed"):
        run(f"sqlite:///{in_files.file_of(2026)}", change)

    assert list(in_files.read(NOW, NEXT)) == [line()]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_line SET act = 'nothing'",
        "DELETE FROM audit_line",
        "TRUNCATE audit_line",
        "DROP TABLE audit_line",
        "DELETE FROM audit_line_2026_12",
        "DROP TABLE audit_line_2026_12",
        "ALTER TABLE audit_line DETACH PARTITION audit_line_2026_12",
    ],
)
def test_whoever_writes_it_can_change_and_remove_nothing_in_postgresql(in_months, urls, change):
    in_months.note(line())

    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        run(urls[1], change)

    assert list(in_months.read(NOW, NEXT)) == [line()]


def test_there_is_a_file_for_each_year(in_files):
    in_files.note(line())
    in_files.note(line(NEXT))

    assert [in_files.file_of(year).exists() for year in (2025, 2026, 2027)] == [False, True, True]


def test_a_month_is_dropped_whole_by_its_owner(in_months, urls):
    in_months.note(line())
    in_months.note(line(NEXT))

    is_gone = [trail_months.drop(urls[0], date(2026, 12, 1)) for _ in range(2)]

    assert is_gone == [True, False]
    assert list(in_months.read(NOW, NEXT + timedelta(days=1))) == [line(NEXT)]


def test_what_came_while_its_month_was_missing_is_kept_and_moves_into_it(in_months, urls):
    late = datetime(2029, 3, 5, tzinfo=UTC)
    in_months.note(line(late))

    trail_months.prepare(*urls, late.date())
    kept = list(in_months.read(late, late + timedelta(days=1)))
    trail_months.drop(urls[0], date(2029, 3, 1))

    assert kept == [line(late)]
    assert list(in_months.read(late, late + timedelta(days=1))) == []


def test_preparing_twice_makes_nothing_new(urls):
    assert [trail_months.prepare(*urls, date(2026, 12, 1)) for _ in range(2)] == [trail_months.AHEAD, 0]


def test_it_is_known_whether_the_tool_could_change_what_stands_there(in_months, in_files, urls):
    owned = Trail(urls[0])

    assert in_months.may_change(2026) == in_files.may_change(2026) == []
    assert owned.may_change(2026) == ["UPDATE", "DELETE", "TRUNCATE"]
