"""The canary of a database: whether a key store is its own."""

from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from lti_tool.models.key_marks import KeyMark
from lti_tool.services import sealing
from lti_tool.services.keys import NamedKeys

PLACE = sealing.common_place("key_mark.words")
WORDS = "canary"


def put(session: Session, named: NamedKeys) -> None:
    """Marks a database that has no mark yet as belonging to the store of these keys."""
    if session.get(KeyMark, 1) is None:
        session.add(KeyMark(words=sealing.seal(named.common, PLACE, WORDS)))
        session.flush()


def opens(session: Session, named: NamedKeys) -> bool:
    """Whether these are the keys of this database; so they are while it has no mark."""
    mark = session.get(KeyMark, 1)
    if mark is None:
        return True
    try:
        return sealing.unseal(named.common, PLACE, mark.words) == WORDS
    except InvalidTag:
        return False
