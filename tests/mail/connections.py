"""Connections to a mail server that answers as it is told."""

import asyncio
from collections.abc import Callable
from typing import Any

from lti_tool.mail.mailer import Connection, Mailer

SHORT = 1


def connected(url: str) -> Connection:
    connection = Mailer(url, timeout=SHORT, patience=SHORT).connect()
    assert isinstance(connection, Connection)
    return connection


async def hang_up(server: Any) -> None:
    server.transport.abort()


async def say_nothing(server: Any) -> None:
    await asyncio.sleep(10 * SHORT)


def saying(reply: str) -> Callable[[Any], Any]:
    async def say(server: Any) -> str:
        return reply

    return say
