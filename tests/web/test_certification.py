"""The study of bad launches, `tests/data/lti/bad_launches.json`, against the running tool: id by id.

One case: `pytest tests/web/test_certification.py -k sec-alg-none`. With `-o log_cli=true --log-level=INFO` it
shows the line of the log that the certification asks for.
"""

from dataclasses import replace

import pytest

from lti_tool.lti.outgoing import Outgoing
from lti_tool.models.platforms import WaitingDeployment
from tests.lti.lms import with_claims
from tests.web import study
from tests.web.cases import answers, claims, keys, logins, messages, notices, tokens
from tests.web.study import STUDY, Case, Judge

pytestmark = pytest.mark.usefixtures("moment_of_the_study")
GROUPS = (claims, tokens, answers, logins, messages, keys, notices)
SUITE: dict[str, Case] = {case: run for group in GROUPS for case, run in group.CASES.items()}


@pytest.fixture
def lms(server, key, campus, caplog):
    """The study's platform, which the running tool knows; the tool waits a second for it, at most."""
    out = Outgoing(local=True, seconds=1)
    campus.app.extensions["beklijf"] = replace(campus.work, outgoing=out)
    yield study.platform(server, key, campus, caplog)
    out.close()


@pytest.mark.parametrize("case", STUDY)
def test_a_case_of_the_study_ends_as_it_says(lms, case):
    SUITE[case](lms, Judge(lms))


def test_the_study_and_the_suite_are_the_same():
    assert SUITE.keys() == STUDY.keys()
    assert len(STUDY) == 105


def test_only_an_unknown_deployment_that_is_sound_in_every_other_way_waits(lms, campus):
    unknown = with_claims(deployment_id="deployment-2")

    for _, changes in claims.BAD_CLAIMS.values():
        lms.launch(unknown, changes[0])

    assert campus.all(WaitingDeployment) == []
