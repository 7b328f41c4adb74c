"""Addresses of the platform in a launch."""

import pytest

from lti_tool.lti import platform_links

MOODLE_RETURN = "https://moodle.example/mod/lti/return.php?course=2&instanceid=16&sesskey=SECRET"


def back(url: object, family: str | None = None, *, local: bool = False) -> str | None:
    return platform_links.way_back(url, family, local=local)


def test_moodle_leads_back_to_the_activity_without_the_session_key() -> None:
    assert back(MOODLE_RETURN, "moodle") == "https://moodle.example/mod/lti/view.php?l=16"


def test_a_moodle_in_a_folder_stays_in_its_folder() -> None:
    url = "https://school.example/leren/mod/lti/return.php?instanceid=16&sesskey=SECRET"

    assert back(url, "moodle") == "https://school.example/leren/mod/lti/view.php?l=16"


@pytest.mark.parametrize("number", ["", "16%27", "sesskey", "1" * 20, "٣"])
def test_moodle_without_a_number_leads_nowhere(number: str) -> None:
    assert back(f"https://moodle.example/mod/lti/return.php?instanceid={number}", "moodle") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://lms.example/course/3?token=SECRET#SECRET", "https://lms.example/course/3"),
        ("https://lms.example/a;jsessionid=SECRET/b;x=1?y", "https://lms.example/a/b"),
        ("https://LMS.example:443/", "https://lms.example/"),
        ("https://lms.example:8443/x", "https://lms.example:8443/x"),
    ],
)
def test_other_platforms_lead_back_to_host_and_path(url: str, expected: str) -> None:
    assert back(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        "/course/3",
        "javascript:alert(1)",
        "http://lms.example/",
        "https://user:secret@lms.example/",
        "https://lms.example\\@evil.example/",
        "https://lms.example/\nx",
        "https://lms.example:port/",
        "https://[::1/",
        "https://",
        "https://-lms.example/",
        "https://lms.example/" + "x" * 2048,
        "http://localhost/",
        "https://127.0.0.1/",
    ],
)
def test_what_is_no_address_of_a_platform_leads_nowhere(url: object) -> None:
    assert back(url) is None


def test_this_machine_is_a_platform_in_local_mode_only() -> None:
    assert back("http://127.0.0.1:8421/return?sesskey=SECRET", local=True) == "http://127.0.0.1:8421/return"
    assert back("http://lms.example/", local=True) is None


def test_origins_are_those_of_addresses_a_platform_may_use() -> None:
    addresses = [
        "https://lms.example/a",
        "https://lms.example:443/b?c",
        "https://api.lms.example:8443/",
        "https://[2001:DB8::1]/",
        "http://lms.example/",
        "http://127.0.0.1:8421/",
        None,
    ]

    assert platform_links.origins(addresses, local=False) == {
        "https://lms.example",
        "https://api.lms.example:8443",
        "https://[2001:db8::1]",
    }
    assert "http://127.0.0.1:8421" in platform_links.origins(addresses, local=True)


def test_a_service_keeps_its_address_to_the_letter() -> None:
    url = "https://lms.example/services.php/2/LineItems?type_id=1"

    assert platform_links.service(url) == url
    assert platform_links.service("ftp://lms.example/") is None
    assert platform_links.service({"url": url}) is None
