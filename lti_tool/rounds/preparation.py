"""What must be there before anybody launches; run after every migration, harmless when repeated."""

from lti_tool.domain.clock import Now
from lti_tool.rounds import erasing, lti_store
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import instruments, key_marks, organisations

DEFAULT_NAME = "Default organisation"


def prepare(work: Workplace, *, now: Now) -> None:
    """The key store and the ledger, the default organisation, the tool's key, and the published instruments.

    After a restore, whoever was erased since is erased again.
    Raises PublishedVersionChanged when a published instrument reads differently now, and KeysDoNotOpen for a
    key store that is another's, before anything is written under it.
    """
    work.keyring.prepare()
    with work.sessions.begin() as session:
        key_marks.put(session, work.keyring.named)
    work.ledger.prepare()
    erasing.replay(work, now=now)
    with work.sessions.begin() as session:
        organisations.make_default(session, DEFAULT_NAME, work.settings.timezone, now.real)
        instruments.publish(session, work.catalogue.instruments, now.real)
    lti_store.make_first_key(work, now.real)
