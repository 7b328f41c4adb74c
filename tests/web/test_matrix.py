"""Who may read what: the tables of the privacy office, held against the routes and against what comes."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine

from lti_tool.models.courses import Role
from lti_tool.web.access import ROLES, access_of
from tests.web.everybody import Everybody
from tests.web.matrix import LETS_IN, OPENED, STATUS, Gets, rows
from tests.web.planted import marks
from tests.web.routes import filled
from tests.web.tables import dump

COLUMNS = {
    "writer": Role.LEARNER, "colleague": Role.LEARNER, "trainer": Role.TRAINER, "looks along": Role.LOOKER,
    "trainer elsewhere": Role.TRAINER, "no part": Role.NONE, "administrator": Role.ADMINISTRATOR,
}  # fmt: skip
NAMES = {"zebranaam", "zebradochter", "zebracontact"}
"""What is seen of whoever takes part, and of the contact whom a trainer named for the group: no words."""


def asked_as(name, row):
    """Whether an address is worth asking for: without a visit, everybody sends one and the same request."""
    without = {"buddy", "contact", "leader"}
    return row.cells[name] is not Gets.SAME and not (row.is_of_a_visit and name in without)


def ask(everybody, row, method, who):
    """Asks with what somebody holds, for what is the writer's."""
    held = next(iter(who.links.values()), "forged")
    token = who.links.get(row.rule.split("/")[1], held)
    visit = who.visit or everybody.people["writer"].visit
    path, typed = filled(row, visit, token=token, **everybody.ids), {"x": "y"} if method == "POST" else None
    return everybody.campus.http.request(method, path, headers=who.cookie, data=typed)


def text_of(answer):
    """The text of an answer, also of a file that holds others: a download, or a workbook."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with ZipFile(BytesIO(answer.content)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def fault(name, gets, answer):
    """What is other than the table says; None when nothing is. Who reads their own name reads nothing."""
    seen = marks(text_of(answer))
    if answer.status_code not in (
        STATUS.get(gets) or OPENED | ({404, 410} if gets is Gets.AT_TIMES else set())
    ):
        return f"{gets}: status {answer.status_code}"
    if gets is Gets.WORDS:
        return None if seen - NAMES else f"{gets}: no words"
    if gets is Gets.NAME and not seen:
        return f"{gets}: no name"
    is_own = (name, gets) == ("writer", Gets.AT_TIMES)
    allowed = seen if is_own else NAMES if gets is Gets.NAME or name in {"writer", "visit ended"} else set()
    return f"{gets}: shows {sorted(seen - allowed)}" if seen - allowed else None


def walk(everybody, method, *, those):
    """Asks for every address as everybody whose cell is one of those; what is other than the table says."""
    faults = {}
    asked = ((row, name) for row in rows() if method in row.methods for name in everybody.people)
    for row, name in asked:
        gets = row.cells[name]
        if gets in those and asked_as(name, row):
            told = fault(name, gets, ask(everybody, row, method, everybody.people[name]))
            faults |= {f"{name}: {method} {row.rule}": told} if told else {}
    return faults


@pytest.fixture
def everybody(campus):
    """A walk may take more than a minute, after which a visit notes that it was used: the clock stands."""
    made = Everybody(campus)
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield made


def test_every_address_has_a_row_and_every_row_an_address(app):
    routes = {(rule.rule, frozenset(rule.methods - {"OPTIONS", "HEAD"})) for rule in app.url_map.iter_rules()}

    written = [(row.rule, row.methods) for row in rows()]

    assert set(written) == routes
    assert len(written) == len(set(written))


def test_the_tables_let_in_whom_the_route_lets_in_and_nobody_else(app):
    access = {(rule.rule, method): access_of(app, rule.endpoint) for rule in app.url_map.iter_rules()
              for method in rule.methods}  # fmt: skip

    faults = [
        f"{name}: {row.rule}"
        for row in rows()
        for name, role in COLUMNS.items()
        for method in row.methods
        if (may_use := ROLES.get(access[row.rule, method])) is not None
        and (row.cells[name] is Gets.REFUSED) == (role in may_use)
    ]

    assert faults == []


def test_another_organisation_is_let_in_nowhere_and_an_adviser_only_at_their_own_pages():
    let_in = {
        (name, row.rule)
        for row in rows()
        for name in ("adviser", "other organisation")
        if row.cells[name] in LETS_IN
    }

    files = {"/o/insight/<any(figures, obstacles, mails):sheet>.csv", "/o/insight/all.xlsx"}
    own = {"/o/comparisons", "/o/insight", "/o/sign-out", "/o/sign-in/<token>"}
    assert let_in == {("adviser", rule) for rule in own | files}


def test_everybody_reads_what_the_tables_say_and_no_more(everybody):
    faults = walk(everybody, "GET", those=set(Gets))

    assert faults == {}


def test_what_the_tables_refuse_changes_nothing_and_shows_nothing(everybody):
    before = dump(everybody.campus.work)

    faults = walk(everybody, "POST", those=set(STATUS))

    assert faults == {}
    after = dump(everybody.campus.work)
    assert [table for table in before if before[table] != after[table]] == []


def test_nobody_gets_anywhere_with_the_numbers_of_what_is_somebody_elses(everybody):
    """With a visit of their own, at every address that names something. What they begin is theirs."""
    before, faults = dump(everybody.campus.work), {}
    named = [(row, method) for row in rows() for method in row.methods if row.names]
    others = [everybody.people[name] for name in ("colleague", "trainer elsewhere")]

    for who in (*everybody.of_another_organisation, *others):
        for row, method in named:
            answer = ask(everybody, row, method, who)
            if answer.status_code >= 500 or marks(answer.text):
                faults[f"{method} {row.rule}"] = (answer.status_code, marks(answer.text))

    after = dump(everybody.campus.work)
    lost = {table for table, old in before.items() if set(old) - set(after[table])}
    assert faults == {}
    assert lost == set()
