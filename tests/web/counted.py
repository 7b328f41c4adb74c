"""An organisation of which quarters were counted: rows of its ledger, and nobody behind them."""

from uuid import uuid4

from sqlalchemy import select

from lti_tool.domain.figures import Share
from lti_tool.domain.insights import Level
from lti_tool.domain.paces import Pace
from lti_tool.domain.quarters import Quarter
from lti_tool.models.courses import Course
from lti_tool.models.insights import CountedQuarter, Insight
from lti_tool.models.organisations import Organisation, Unit
from lti_tool.models.tracks import Track

NEWEST, BEFORE = Quarter(2026, 3), Quarter(2026, 2)


class Ledger:
    """Writes down what is told of an organisation. slug: its own."""

    def __init__(self, campus, slug="default") -> None:
        self.campus = campus
        with campus.work.reading() as session:
            self.id = session.scalars(select(Organisation.id).where(Organisation.slug == slug)).one()

    def counted(self, quarter=NEWEST):
        self._add(CountedQuarter(quarter=str(quarter), taken_on=quarter.after.first_on))
        return self

    def unit(self, name):
        return self._add(Unit(name=name))

    def training(self, title):
        """A training of a course that there is."""
        with self.campus.work.reading() as session:
            course = session.scalars(select(Course).where(Course.organisation_id == self.id)).first()
        moment = self.campus.work.now().calendar
        return self._add(
            Track(course_id=course.id, root_id=uuid4(), title=title, pace=Pace.TOGETHER, created_at=moment)
        )

    def told(self, question, cell, count, people, quarter=NEWEST, **of):
        """A figure. of: unit_id, track_id."""
        self._row(question, cell, quarter, of, count=count, people=people)

    def in_words(self, when, obstacle, share=Share.HALF, quarter=NEWEST, **of):
        self._row(f"in_the_way.{when}", obstacle, quarter, of, share=share)

    def answered(self, step, share=Share.HALF, quarter=NEWEST, **of):
        self._row("letter", step, quarter, of, share=share)

    def waited(self, days, quarter=NEWEST, **of):
        self._row("first_use", "working_days", quarter, of, days=days)

    def _row(self, question, cell, quarter, of, **told):
        level = Level.TRAINING if "track_id" in of else Level.UNIT if "unit_id" in of else Level.ORGANISATION
        self._add(Insight(quarter=str(quarter), level=level, question=question, cell=cell, **of, **told))

    def _add(self, row):
        row.organisation_id = self.id
        with self.campus.work.sessions.begin() as session:
            session.add(row)
            session.flush()
            return row.id
