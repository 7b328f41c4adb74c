"""How gunicorn serves the tool."""

import sys
from typing import Any

from config import heap
from config import settings as configuration

bind = "127.0.0.1:8420"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 30
graceful_timeout = 30
control_socket_disable = True
# A login comes back once with its hints in its address, and those of some platforms are whole JWTs.
limit_request_line = 8190
# The paths of visits and letters hold secrets: no access log.
accesslog = None


def on_starting(server: Any) -> None:
    """Refuses settings that cannot work, in plain words, and to listen to the world in local mode."""
    try:
        settings = configuration.load()
        for host, _port in server.cfg.address:
            configuration.refuse_public_bind(settings, host)
    except configuration.WrongSettings as error:
        sys.exit(f"These settings cannot work:\n{error}")


def post_worker_init(_worker: Any) -> None:
    """The application is there: what it consists of is looked at no more."""
    heap.settle()
