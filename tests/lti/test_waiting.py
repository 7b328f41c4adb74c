"""A registration that nobody approved yet: judged as strictly as any other, and it opens nothing."""

from dataclasses import replace

from lti_tool.lti.launches import UnknownDeployment
from lti_tool.lti.refusals import RefusalReason
from tests.lti.lms import Lms, reason_of, with_claims


def test_a_sound_launch_of_it_waits(lms: Lms) -> None:
    lms.store.registrations.known[:] = [replace(lms.registration, active=False)]

    assert isinstance(lms.launch(), UnknownDeployment)


def test_a_launch_of_it_that_is_not_sound_is_refused_for_what_it_is(lms: Lms) -> None:
    lms.store.registrations.known[:] = [replace(lms.registration, active=False)]

    assert reason_of(lms.launch(with_claims(sub=""))) is RefusalReason.BAD_SUBJECT
