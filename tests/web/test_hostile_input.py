"""Whatever comes in over HTTP: an answer below 500, a reason in the log, and no row of a person.

Never a crash, and nothing that a refused launch may not write (nor any cookie): for claims, headers, tokens,
forms, logins and notices of any shape.
"""

import json
import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwt.utils import base64url_encode

from tests.lti.hostile import CHANGES, FULL, HEADERS, TEXTS, TYPES, VALUES, changed, trying
from tests.lti.lms import BROWSER, LTI, a_login, claims_of, sent
from tests.web import study
from tests.web.study import COOKIES, OverHttp
from tests.web.tables import PEOPLES, dump

pytestmark = pytest.mark.usefixtures("moment_of_the_study")
COOKIE = {"Cookie": f"beklijf_browser={COOKIES[BROWSER]}"}
RAW = st.binary(max_size=40) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))
"""Bytes that may stand in a form: no UTF-8, halves of characters, NUL."""

FORM = st.lists(
    st.tuples(st.sampled_from([b"state", b"id_token", b"error", b"lti_storage_target", b"x"]) | RAW, RAW),
    max_size=6,
)
"""Names may come twice, be missing, or be none that anybody knows."""

LOGIN_NAMES = [name.encode() for name in a_login().parameters]
LOGIN = st.lists(st.tuples(st.sampled_from([*LOGIN_NAMES, b"again", b"lti_storage_target"]), RAW), max_size=4)

KINDS = [
    "",
    "text/plain",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-7",
]


@pytest.fixture
def lms(server, key, campus, caplog):
    """A platform for all examples of a test."""
    return study.platform(server, key, campus, caplog)


def send(lms: OverHttp, method: str, path: str, **how: Any) -> httpx.Response:
    """One request of the browser, and whether its answer is one that any request may get."""
    before = dump(lms.work, PEOPLES)
    lms.log.clear()
    response = lms.http.request(method, lms.tool + path, headers=COOKIE | how.pop("headers", {}), **how)
    log = lms.log.text

    assert response.status_code < 500, log
    if "result=opened" not in log:
        assert dump(lms.work, PEOPLES) == before
        assert "set-cookie" not in response.headers
    if response.status_code >= 400:
        reference = re.search(r"BK-\w{4}-\w{4}", response.text)
        assert reference is not None
        line = next(line for line in log.splitlines() if reference[0] in line)
        assert re.search(r"result=rejected reason=\w+|http.refused status=4", line)
    return response


def written(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """A form, whatever its bytes."""
    return b"&".join(
        b"=".join(b"".join(b"%%%02X" % byte for byte in part) for part in pair) for pair in pairs
    )


def post_form(lms: OverHttp, path: str, content: bytes) -> httpx.Response:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return send(lms, "POST", path, content=content, headers=headers)


def post_token(lms: OverHttp, state: str, token: str) -> httpx.Response:
    return send(lms, "POST", "/lti/launch", data={"state": state, "id_token": token})


@pytest.mark.database
@trying(50)
@given(message_type=st.sampled_from(TYPES), changes=CHANGES, more=st.dictionaries(TEXTS, VALUES, max_size=2))
def test_signed_claims_of_any_shape_are_answered(lms, message_type, changes, more):
    state, nonce = sent(lms.begin())
    claims = changed({**more, **FULL, "nonce": nonce, LTI + "message_type": message_type}, changes)

    response = post_token(lms, state, lms.sign(claims))

    if response.status_code == 303:
        assert (claims["iss"], claims["nonce"]) == (FULL["iss"], nonce)


@trying(30)
@given(name=st.sampled_from(sorted(FULL)), value=VALUES, first=st.booleans())
def test_a_claim_that_stands_twice_is_answered(lms, name, value, first):
    state, nonce = sent(lms.begin())
    members = [(key, json.dumps(content)) for key, content in {**FULL, "nonce": nonce}.items()]
    members.insert(0 if first else len(members), (name, json.dumps(value)))
    text = "{" + ",".join(f"{json.dumps(key)}:{content}" for key, content in members) + "}"

    post_token(lms, state, lms.sign_text(lms.here(text)))


@trying(30)
@given(header=HEADERS, payload=VALUES)
def test_headers_and_payloads_of_any_shape_are_answered(lms, header, payload):
    state, _ = sent(lms.begin())

    assert post_token(lms, state, lms.sign(payload, **header)).status_code >= 400


@trying(35)
@given(part=RAW, place=st.sampled_from([0, 1, 2]), encoded=st.booleans())
def test_tokens_of_any_bytes_are_answered(lms, part, place, encoded):
    state, nonce = sent(lms.begin())
    parts = [one.encode() for one in lms.sign(claims_of(nonce)).split(".")]
    parts[place] = base64url_encode(part) if encoded else part

    form = written([(b"state", state.encode()), (b"id_token", b".".join(parts))])

    assert post_form(lms, "/lti/launch", form).status_code >= 400


@trying(35)
@given(form=FORM, with_state=st.booleans())
def test_launch_forms_of_any_bytes_are_answered(lms, form, with_state):
    own = [(b"state", sent(lms.begin())[0].encode())] if with_state else []

    assert post_form(lms, "/lti/launch", written([*own, *form])).status_code >= 400


@trying(25)
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(KINDS),
    path=st.sampled_from(["/lti/launch", "/lti/login"]),
)
def test_bodies_of_any_kind_are_answered(lms, body, kind, path):
    assert send(lms, "POST", path, content=body, headers={"Content-Type": kind}).status_code >= 400


@pytest.mark.database
@trying(35)
@given(changes=LOGIN, method=st.sampled_from(["GET", "POST", "POST with a query"]), by_id=st.booleans())
def test_logins_of_any_shape_are_answered(lms, campus, changes, method, by_id):
    path = f"/lti/login/{campus.all(study.Platform)[-1].id}" if by_id else "/lti/login"
    sound = {name.encode(): lms.here(value).encode() for name, value in a_login().parameters.items() if value}
    replaced = dict(changes)
    whole = written([*((n, v) for n, v in sound.items() if n not in replaced), *changes])

    if method == "POST":
        response = post_form(lms, path, whole)
    else:
        response = send(lms, method.split()[0], f"{path}?{whole.decode()}")

    assert response.status_code in {302, 400, 413}
    if response.status_code == 302:
        assert response.headers["Location"].startswith("https://lms.example/auth?")
        assert response.headers["Location"].isascii()


@trying(25)
@given(changes=LOGIN)
def test_logins_of_a_browser_without_cookies_are_answered(lms, changes):
    sound = {name.encode(): lms.here(value).encode() for name, value in a_login().parameters.items() if value}
    whole = written([*((n, v) for n, v in sound.items() if n not in dict(changes)), *changes])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    first = lms.http.post(lms.tool + "/lti/login", content=whole, headers=headers)
    assert first.status_code in {303, 400, 413}, lms.log.text
    if first.status_code == 303:
        second = lms.http.get(first.headers["Location"], headers={"Sec-Fetch-Dest": "iframe"})
        assert second.status_code in {200, 400}, lms.log.text
        assert "set-cookie" not in second.headers


@trying(25)
@given(form=FORM, proof=RAW, origin=st.sampled_from(["same-origin", "cross-site"]))
def test_launches_by_way_of_platform_storage_are_answered(lms, form, proof, origin):
    asked = {**a_login().parameters, "lti_storage_target": "_parent"}
    first = lms.http.post(
        lms.tool + "/lti/login", data={name: lms.here(value) for name, value in asked.items() if value}
    )
    in_frame = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
    page = lms.http.get(first.headers["Location"], headers=in_frame).text
    state = re.search(r"[?&](?:amp;)?state=([\w-]+)", page)
    assert state is not None

    whole = written([(b"state", state[1].encode()), (b"proof", proof), *form])
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": origin}

    assert send(lms, "POST", "/lti/launch", content=whole, headers=headers).status_code >= 400


NOTICE = {**FULL, LTI + "notice": {"id": "notice-1", "type": "LtiContextCopyNotice"}}


@trying(30)
@given(changes=CHANGES, name=st.sampled_from(sorted(NOTICE)), value=VALUES, body=VALUES | st.none())
def test_notices_of_any_shape_are_answered(lms, changes, name, value, body):
    token = lms.sign(changed({**NOTICE, LTI + "origin_contexts": ["course-1"], name: value}, changes))
    content = {"notices": [{"jwt": token}, body]} if body is not None else {"notices": [{"jwt": token}]}
    lms.log.clear()

    response = lms.http.post(lms.tool + "/lti/notices", content=json.dumps(content))

    assert response.status_code in {200, 400}, lms.log.text
    assert re.search(r"lti.notice result=(recorded|known|ignored|rejected reason=\w+)", lms.log.text)


def test_a_body_beyond_all_bounds_is_answered(lms):
    assert post_token(lms, "state", "x" * 300_000).status_code == 413
    assert post_form(lms, "/lti/launch", b"&".join(b"a%d=1" % n for n in range(5_000))).status_code < 500
