"""What is kept no longer than it is needed for."""

from lti_tool.domain.clock import Now
from lti_tool.rounds import transactions
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import contacts, invites


def run(work: Workplace, *, now: Now) -> None:
    """Removes what is past its term. Harmless when run twice at once."""
    with work.sessions.begin() as session:
        contacts.expire(session, now.calendar)
        invites.sweep(session, now.real)
        bind = session.get_bind()
    transactions.forget_log(bind)
