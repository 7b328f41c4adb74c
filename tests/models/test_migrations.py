"""The migrations, up and down, against the tables that the code knows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from lti_tool.database import db


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
