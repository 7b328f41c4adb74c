"""Which colours can be told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import themes

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
part = st.floats(0, 1)
colours = st.tuples(part, part, part)


def of(text):
    """The colour of a hexadecimal triplet."""
    return tuple(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))


# Published with WCAG: black on white is 21, and #767676 the lightest grey that text on white may have.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert themes.contrast(of(one), of(other)) == pytest.approx(ratio, abs=0.005)


@given(colours, colours)
def test_contrast_goes_both_ways_and_lies_between_1_and_21(one, other):
    ratio = themes.contrast(one, other)

    assert ratio == themes.contrast(other, one)
    assert 1 <= ratio <= themes.contrast(BLACK, WHITE)
