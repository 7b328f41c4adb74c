"""A data privacy launch that held: a pass of fifteen minutes. It makes nobody known."""

from lti_tool.domain.clock import Now
from lti_tool.lti.launches import DataPrivacyLaunch
from lti_tool.models.privacy import Whose
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import launches, platforms, privacy
from lti_tool.services.visits import Browser


def arrive(work: Workplace, launch: DataPrivacyLaunch, browser: Browser, *, now: Now) -> str:
    """Opens a pass about whom the launch names; its token."""
    whose = whose_data(launch)
    with work.sessions.begin() as session:
        deployment = platforms.deployment(session, launch.registration_id, launch.deployment_id)
        assert deployment is not None  # noqa: S101  verified just before
        about = None
        if whose is not Whose.NOBODYS:
            about = launches.find_person(session, deployment, launch.for_user or launch.sub)
        return privacy.open_visit(
            session, deployment, whose, about, browser, launch.locale, launch.return_to, now.real
        )


def whose_data(launch: DataPrivacyLaunch) -> Whose:
    """Whose data a launch is about; an administrator who names nobody asks in general."""
    if launch.for_user is None:
        return Whose.NOBODYS if launch.is_administrator else Whose.OWN
    return Whose.OWN if launch.for_user == launch.sub else Whose.ANOTHERS
