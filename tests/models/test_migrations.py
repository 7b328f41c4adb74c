"""The migrations, up and down, against the tables that the code knows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, select

from lti_tool.database import db
from lti_tool.models.deliveries import Delivery
from tests import factories


@pytest.mark.database
def test_the_migrations_make_the_tables_that_the_code_knows(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        differences = compare_metadata(context, db.metadata)

    assert differences == []


@pytest.mark.database
def test_the_migrations_go_all_the_way_down_and_up_again(app):
    with app.app_context():
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        upgrade()
        back = set(inspect(db.engine).get_table_names())

    assert left == {"alembic_version"}
    assert back == {*db.metadata.tables, "alembic_version"}


@pytest.mark.database
def test_the_checks_of_the_tables_are_those_that_the_code_knows(app):
    with app.app_context():
        there = inspect(db.engine)
        found = {
            table: sorted(check["name"] for check in there.get_check_constraints(table))
            for table in db.metadata.tables
        }

    expected = {
        table.name: sorted(check.name for check in table.constraints if isinstance(check, CheckConstraint))
        for table in db.metadata.tables.values()
    }
    assert found == expected


@pytest.mark.database
def test_rows_outlive_a_migration_that_makes_their_table_anew(app, work, session):
    where = factories.place(work, session)
    who = factories.learner(session, where)
    factories.plan(session, where, who)
    session.commit()
    before = {row.step for row in session.scalars(select(Delivery))}
    session.close()

    with app.app_context():
        downgrade(revision="0006")
        upgrade()

    assert {row.step for row in session.scalars(select(Delivery))} == before
    assert len(before) > 1
