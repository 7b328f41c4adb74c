"""What is sent to a page of a reflection that no form of the tool would send."""

import pytest

from lti_tool.models.reflections import Reflection
from tests.web.tables import dump


@pytest.mark.parametrize(
    "path", ["plan/0", "plan/6", "plan/99999999999999999999", "plan/-1", "plan/x", "elsewhere/1"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_step_or_part_that_does_not_exist_is_not_found(campus, method, path):
    campus.place()
    browser, page = campus.open("sanne")

    answer = campus.http.request(
        method, f"{page.url}reflect/{path}", headers=campus.cookie_of(browser), data={"post.task": "x"}
    )

    assert answer.status_code == 404
    assert campus.all(Reflection) == []


@pytest.mark.parametrize("name", ["sanne", "emma"])
@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"post.task": "x" * 1_100_000}, 413),
        ({f"field-{number}": "x" for number in range(201)}, 413),
        ({"post.task": ["x"] * 201}, 413),
    ],
    ids=["body", "fields", "values"],
)
@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
def test_more_than_fits_is_refused_in_the_persons_own_language(campus, name, said, status, encoding):
    campus.place()
    browser, page = campus.open(name)
    before = dump(campus.work)
    pairs = [
        (key, one) for key, value in said.items() for one in (value if isinstance(value, list) else [value])
    ]
    sent = (
        {"files": [(key, (None, value)) for key, value in pairs]}
        if encoding == "multipart"
        else {"content": "&".join(f"{key}={value}" for key, value in pairs)}
    )
    form = {"Content-Type": "application/x-www-form-urlencoded"} if encoding == "urlencoded" else {}

    answer = campus.http.post(
        f"{page.url}reflect/plan/1", headers={**campus.cookie_of(browser), **form}, **sent
    )

    assert answer.status_code == status
    assert f'<html lang="{"en" if name == "emma" else "nl"}"' in answer.text
    assert "BK-" in answer.text
    assert dump(campus.work) == before
