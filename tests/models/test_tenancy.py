"""No row of one organisation points to a row of another."""

import pytest
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.exc import IntegrityError

from lti_tool.models.base import Base
from lti_tool.models.tracks import Enrolment
from tests import factories


def test_every_reference_between_rows_of_tenants_names_the_organisation():
    tenants = {table for table in Base.metadata.tables.values() if "organisation_id" in table.c}

    bare = [
        f"{table.name}.{key.column_keys}"
        for table in tenants
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint)
        and key.referred_table in tenants
        and "organisation_id" not in key.column_keys
    ]

    assert bare == []


@pytest.mark.database
def test_an_enrolment_cannot_join_somebody_to_the_cohort_of_another_organisation(work, session):
    ours = factories.place(work, session, organisation="ours")
    theirs = factories.place(work, session, organisation="theirs")
    who = factories.learner(session, ours)
    session.add(
        Enrolment(
            organisation_id=ours.organisation.id,
            person_id=who.person.id,
            cohort_id=theirs.cohort.id,
            anchor_on=theirs.cohort.ends_on,
            joined_at=factories.at(factories.ENDED_ON).calendar,
        )
    )

    with pytest.raises(IntegrityError):
        session.flush()
