"""What kind of training a title and its days tell of."""

import pytest

from lti_tool.domain import presets
from lti_tool.domain.paces import Pace
from lti_tool.domain.presets import Preset


@pytest.mark.parametrize(
    ("title", "days", "preset"),
    [
        ("Helder schrijven", None, Preset.ONE_DAY),
        ("Helder schrijven", 1, Preset.ONE_DAY),
        ("Helder schrijven", 15, Preset.SEVERAL),
        ("E-learning Privacy", None, Preset.E_LEARNING),
        ("E-learning Privacy", 40, Preset.E_LEARNING),
        ("Leergang Omgevingswet", None, Preset.SEVERAL),
        ("Dagdeel feedback geven", 1, Preset.HALF_DAY),
        ("Leren on the job", None, Preset.ON_THE_JOB),
    ],
)
def test_a_title_and_the_days_of_a_course_tell_what_it_probably_is(title, days, preset):
    assert presets.likely(title, days) is preset


def test_each_pace_has_its_kind_and_together_it_is_told_by_the_meetings():
    assert presets.of_pace(Pace.OWN, 1) is Preset.E_LEARNING
    assert presets.of_pace(Pace.AT_WORK, 1) is Preset.ON_THE_JOB
    assert presets.of_pace(Pace.TOGETHER, 1) is Preset.ONE_DAY
    assert presets.of_pace(Pace.TOGETHER, 3) is Preset.SEVERAL
