"""The database as Flask-SQLAlchemy sees it."""

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from lti_tool.models import (  # noqa: F401  imported so that the metadata is whole
    activities,
    check_ins,
    contacts,
    courses,
    deep_links,
    deliveries,
    feeds,
    figures,
    instruments,
    organisations,
    own_addresses,
    people,
    plans,
    platforms,
    privacy,
    reflections,
    rounds,
    tracks,
    visits,
)
from lti_tool.models.base import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()


def session() -> Session:
    """The session of this request."""
    current: Session = db.session()
    return current
