"""The database as Flask-SQLAlchemy sees it."""

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from lti_tool.models import every_table  # noqa: F401  so that the metadata is whole
from lti_tool.models.base import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()


def session() -> Session:
    """The session of this request."""
    current: Session = db.session()
    return current
