"""What programs read with a key of an organisation, and how it is described."""

from datetime import UTC, datetime

import pytest
import time_machine
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from lti_tool.domain.figures import Share
from lti_tool.models.api_keys import ApiKey
from lti_tool.services import api_keys, organisations
from lti_tool.web.access import Access, access_of
from tests.web.counted import BEFORE, NEWEST, Ledger
from tests.web.statements import counted
from tests.web.tables import dump

HERE = "/api/v1"
AT = datetime(2026, 11, 13, 9, 30, 20, tzinfo=UTC)


@pytest.fixture
def key(campus):
    return make(campus)


@pytest.fixture
def ledger(campus):
    campus.place()
    return Ledger(campus)


def make(campus, slug="default"):
    with campus.work.sessions.begin() as session:
        tenant = organisations.find(session, slug)
        return api_keys.make(session, tenant, "dashboard", campus.work.now().real)


def ask(campus, path, key=None, method="GET"):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return campus.http.request(method, HERE + path, headers=headers)


def described(campus):
    return ask(campus, "/openapi.json").json()


def faults(campus, answer, name):
    """What is other than the description says of it."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described(campus)["components"]}
    return [fault.message for fault in OAS31Validator(schema).iter_errors(answer.json())]


def fill(ledger):
    unit_id, training_id = ledger.unit("Dienstverlening"), ledger.training("Schrijven")
    ledger.counted().told("people", "all", 64, 64)
    for question, cell, count in (
        ("plan", "made", 41), ("plan", "used", 20), ("mails", "answered", 33), ("mails", "stopped", 6),
    ):  # fmt: skip
        ledger.told(question, cell, count, 64)
    ledger.waited(3)
    ledger.in_words("after", "time", Share.MOST)
    ledger.answered("check_in", Share.HALF)
    ledger.told("people", "all", 25, 25, unit_id=unit_id, track_id=training_id)
    return str(unit_id), str(training_id)


def test_the_quarters_are_listed_newest_first(campus, ledger, key):
    for quarter in (BEFORE, NEWEST):
        ledger.counted(quarter)

    answer = ask(campus, "/quarters", key)

    assert answer.status_code == 200
    assert answer.json() == {
        "quarters": [
            {"quarter": "2026-Q3", "counted_on": "2026-10-01"},
            {"quarter": "2026-Q2", "counted_on": "2026-07-01"},
        ]
    }
    assert faults(campus, answer, "Quarters") == []


def test_a_quarter_holds_what_the_ledger_does_as_it_is_described(campus, ledger, key):
    unit_id, training_id = fill(ledger)

    answer = ask(campus, "/quarters/2026-Q3", key)

    whole, unit, training = answer.json()["parts"]
    assert {"question": "plan", "answer": "made", "count": 41, "people": 64} in whole["figures"]
    assert whole["working_days_to_first_use"] == 3
    assert whole["letters"] == [{"step": "check_in", "share": "half"}]
    assert whole["in_the_way"] == [
        {
            "when": "after",
            "obstacle": {"id": "time", "nl": "Te weinig tijd", "en": "Too little time"},
            "share": "most",
        }
    ]
    assert (unit["unit"], unit["figures"]) == ({"id": unit_id, "name": "Dienstverlening"}, [])
    assert training["training"] == {"id": training_id, "name": "Schrijven", "number": 0}
    assert faults(campus, answer, "Told") == []


@pytest.mark.parametrize("quarter", ["2026-Q2", "2026-Q9", "x"])
def test_a_quarter_that_was_not_counted_is_not_there(campus, ledger, key, quarter):
    ledger.counted()

    answer = ask(campus, f"/quarters/{quarter}", key)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert faults(campus, answer, "Problem") == []


@pytest.mark.parametrize("given", [None, "", "beklijf_forged", "x" * 5000])
def test_without_a_key_nothing_is_read_and_nothing_changes(campus, ledger, key, given):
    ledger.counted()
    before = dump(campus.work)

    answer = ask(campus, "/quarters", given)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert faults(campus, answer, "Problem") == []
    assert dump(campus.work) == before


def test_a_key_that_was_removed_opens_nothing(campus, key):
    with campus.work.sessions.begin() as session:
        api_keys.remove(session, organisations.find(session, "default"), "dashboard")

    assert ask(campus, "/quarters", key).status_code == 401


def test_a_key_of_one_organisation_reads_nothing_of_another(campus, ledger):
    with campus.work.sessions.begin() as session:
        organisations.add(session, "other", "Andere gemeente", "Europe/Amsterdam", campus.work.now().real)
    fill(ledger)
    theirs = make(campus, "other")

    listed, one = ask(campus, "/quarters", theirs), ask(campus, "/quarters/2026-Q3", theirs)

    assert listed.json() == {"quarters": []}
    assert one.status_code == 404


def test_the_key_stands_in_no_table_and_in_no_log(campus, key, caplog):
    caplog.set_level("DEBUG")

    ask(campus, "/quarters", key)

    assert key not in repr(dump(campus.work))
    assert key not in caplog.text
    assert len(campus.only(ApiKey).key_hash) >= 43


def test_a_key_asks_sixty_times_a_minute_and_then_waits_for_the_next(campus, key):
    with time_machine.travel(AT, tick=False):
        asked = [ask(campus, "/quarters", key) for _ in range(61)]
    with time_machine.travel(AT.replace(minute=31, second=0), tick=False):
        later = ask(campus, "/quarters", key)

    assert {each.status_code for each in asked[:60]} == {200}
    assert (asked[60].status_code, asked[60].headers["Retry-After"]) == (429, "40")
    assert faults(campus, asked[60], "Problem") == []
    assert later.status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed_here(campus, key, method):
    assert ask(campus, "/quarters", key, method).status_code == 405


def test_the_description_is_sound(campus):
    assert [fault.message for fault in OpenAPIV31SpecValidator(described(campus)).iter_errors()] == []


def test_the_description_names_each_address_and_whether_it_takes_a_key(campus, app):
    told = described(campus)

    takes_a_key = {
        (path, method.upper()): one.get("security") != []
        for path, operations in told["paths"].items()
        for method, one in operations.items()
    }

    assert takes_a_key == {
        (rule.rule.removeprefix(HERE).replace("<", "{").replace(">", "}"), method): access_of(
            app, rule.endpoint
        )
        is Access.KEY
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(HERE)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told["servers"] == [{"url": f"{campus.tool}{HERE}"}]


def test_reading_takes_as_many_statements_whatever_the_ledger_holds(campus, ledger, key):
    def statements(count):
        for number in range(count):
            ledger.told("people", "all", 11, 11, track_id=ledger.training(f"Training {number}"))
        with counted() as sent:
            ask(campus, "/quarters/2026-Q3", key)
        return len(sent)

    ledger.counted()
    # The first line of a year makes the file of the audit trail.
    statements(1)

    assert statements(1) == statements(30)
