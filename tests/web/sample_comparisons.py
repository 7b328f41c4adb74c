"""The page of an adviser on what was compared, with what it is shown with."""

from collections.abc import Iterator
from datetime import date

from lti_tool.domain.comparisons import By, Measure, Status
from lti_tool.domain.findings import Finding
from lti_tool.models.comparisons import Comparison
from lti_tool.services import catalogue
from tests.web.samples import Page

ON = date(2026, 11, 16)
FINDINGS = (
    Finding(180, 180, 41, 44, -8, 14),
    Finding(180, 180, 41, 62, 10, 32),
    Finding(180, 180, 62, 41, -32, -10),
    None,
)


def pages() -> Iterator[Page]:
    """All of them."""
    around = {
        "organisation": "Gemeente Waterhoek",
        "titles": {each.key: each.title for each in catalogue.load().cadences},
    }
    told = [(_comparison(Status.REPORTED, number), each) for number, each in enumerate(FINDINGS, 1)]
    others = [(_comparison(status, 5), None) for status in (Status.DECLARED, Status.RUNNING, Status.STOPPED)]
    yield Page("adviser_comparisons", {**around, "comparisons": told}, "told")
    for shown in others:
        yield Page("adviser_comparisons", {**around, "comparisons": [shown]}, shown[0].status)
    yield Page("adviser_comparisons", {**around, "comparisons": []}, "nothing yet")


def _comparison(status: Status, number: int) -> Comparison:
    return Comparison(
        number=number,
        usual="standard",
        other="light",
        measure=Measure.ANSWERED if number % 2 else Measure.FIRST_USE,
        drawn_by=By.GROUP if number % 2 else By.PERSON,
        difference=15,
        status=status,
        declared_on=ON,
        started_on=ON,
        ended_on=ON,
    )
