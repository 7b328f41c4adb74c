"""How a transaction begins: what only reads keeps nothing open, and what writes is whole."""

import pytest
from sqlalchemy import delete, insert, select, text, update

from lti_tool.models.feeds import CalendarFeed
from lti_tool.models.organisations import Organisation
from lti_tool.rounds.transactions import OnlyReads
from tests import factories

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM organisation%'")
AS_PSYCOPG_DOES = 5
"""Times after which psycopg lets the database keep the plan of a statement."""


@pytest.fixture
def where(work, session):
    found = factories.place(work, session)
    session.commit()
    return found


@pytest.mark.database("postgresql")
def test_statements_stay_prepared_over_the_pages_that_read_them(work, where):
    for _ in range(AS_PSYCOPG_DOES + 1):
        with work.reading() as session:
            session.scalars(select(Organisation)).all()

    with work.reading() as session:
        assert session.scalar(PREPARED) == 1


@pytest.mark.database
def test_what_only_reads_cannot_write(work, where):
    with work.reading() as session:
        session.add(Organisation(slug="other", name="Other"))

        with pytest.raises(OnlyReads):
            session.flush()


@pytest.mark.database
@pytest.mark.parametrize(
    "statement", [update(Organisation).values(name="Changed"), delete(CalendarFeed), insert(CalendarFeed)]
)
def test_what_only_reads_cannot_write_by_a_statement_either(work, where, statement):
    with work.reading() as session, pytest.raises(OnlyReads):
        session.execute(statement)


@pytest.mark.database
def test_what_writes_after_a_reading_is_taken_back_as_a_whole(work, where):
    with work.reading() as session:
        session.scalars(select(Organisation)).all()

    with pytest.raises(ZeroDivisionError):
        rename_and_fail(work)

    with work.reading() as session:
        assert "Changed" not in session.scalars(select(Organisation.name)).all()


def rename_and_fail(work):
    with work.sessions.begin() as session:
        session.execute(update(Organisation).values(name="Changed"))
        raise ZeroDivisionError
