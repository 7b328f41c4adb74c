"""What is made once in a process, for every application that a test makes: it takes longer than most tests.

Templates, routes and SQL depend on the code only, and whom to trust on the machine: no test can
see from them that another ran before it.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import httpx
import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from lti_tool.database import db

MOST_STATEMENTS = 2000

Builder = Callable[..., tuple[str, str]]


class CompiledTemplates(BytecodeCache):
    """Templates that one application compiled, for every other."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


class CompiledStatements:
    """SQL that one database's engine compiled, for every other of its kind."""

    def __init__(self) -> None:
        self._statements: LRUCache[Any, Any] = LRUCache(MOST_STATEMENTS)
        self._dialects: dict[type[Dialect], Dialect] = {}

    def serve(self, engine: Engine) -> None:
        """Lets an engine use them. They belong to a dialect, so that engines share that too."""
        kind = type(engine.dialect)
        if kind not in self._dialects:
            engine.connect().close()  # a dialect is whole once it saw its database
            self._dialects[kind] = engine.dialect
        engine.dialect = self._dialects[kind]
        engine.update_execution_options(compiled_cache=self._statements)


@pytest.fixture(scope="session")
def compile_once() -> Callable[[Flask], None]:
    """Lets an application use the templates and the SQL that others compiled, and compile for others."""
    templates, statements = CompiledTemplates(), CompiledStatements()

    def serve(app: Flask) -> None:
        app.jinja_env.bytecode_cache = templates
        with app.app_context():
            statements.serve(db.engine)

    return serve


@pytest.fixture(scope="session", autouse=True)
def one_trust_store() -> Iterator[None]:
    """Whom this machine trusts is read once, not anew for each client."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(httpx.create_ssl_context)
        patch.setattr(httpx, "create_ssl_context", once)
        patch.setattr("httpx._transports.default.create_ssl_context", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """What writes the addresses of a route is compiled once: Werkzeug does it anew for each application."""
    compile_builder, made = Rule._compile_builder, dict[Any, Builder]()

    def once(rule: Rule, append_unknown: bool = True) -> Builder:
        # All that it depends on.
        key = (rule.rule, tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown)
        if key not in made:
            made[key] = compile_builder(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield
