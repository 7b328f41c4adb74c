"""The broker of machines without Redis: files in a folder, for processes that may be killed at any moment."""

from queue import Empty
from typing import Any

from kombu.transport import filesystem


class Channel(filesystem.Channel):
    """Kombu's own, which a file that was cut short would end.

    What such a file said is not missed: queues are declared at each start, and rounds come round.
    """

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The next message; one that is half written is left out."""
        try:
            return super()._get(queue)  # type: ignore[no-untyped-call]
        except ValueError:
            raise Empty from None

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Notes a binding; a note that cannot be read is made anew."""
        bind = super()._queue_bind
        try:
            bind(exchange, routing_key, pattern, queue)  # type: ignore[no-untyped-call]
        except ValueError:
            (self.control_folder / f"{exchange}.exchange").unlink(missing_ok=True)
            bind(exchange, routing_key, pattern, queue)  # type: ignore[no-untyped-call]


class Transport(filesystem.Transport):
    """What `broker_transport` names."""

    Channel = Channel
