"""Where the scores of a line item go."""

import pytest

from lti_tool.lti import grades


@pytest.mark.parametrize(
    ("line_item", "expected"),
    [
        ("https://lms.example/1?type_id=5", "https://lms.example/1/scores?type_id=5"),
        ("https://lms.example/1", "https://lms.example/1/scores"),
        ("https://lms.example/1/#x", "https://lms.example/1/scores"),
    ],
)
def test_scores_belong_before_the_query(line_item: str, expected: str) -> None:
    assert grades.scores_url(line_item) == expected
