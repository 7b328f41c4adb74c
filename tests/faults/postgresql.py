"""What happens to a PostgreSQL server, and what it needs to live through it."""

import os
import signal
import time
from typing import Any

from sqlalchemy import text

from lti_tool.rounds.workplace import Workplace
from tests.processes import await_that


def restart(server: Any) -> None:
    """It ends at once (SIGQUIT: "immediate shutdown"), is away for a moment, and recovers."""
    os.kill(server.get_pid(), signal.SIGQUIT)
    await_that(lambda: not server.get_postmaster_info().is_running(), 20, "PostgreSQL ends")
    time.sleep(1)
    server.ensure_postgres_running()


def make_durable(work: Workplace) -> None:
    """This database keeps what it said that it keeps, as in production; those of other tests do without."""
    engine = work.sessions.kw["bind"]
    with work.sessions.begin() as session:
        session.execute(text(f'ALTER DATABASE "{engine.url.database}" SET synchronous_commit = on'))
    engine.dispose()
