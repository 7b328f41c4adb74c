"""A platform registers itself: the invite claimed, the platform told, the registration kept."""

from dataclasses import dataclass
from datetime import datetime

from lti_tool.lti import registration
from lti_tool.lti.platform_configuration import NotRegistered, PlatformConfiguration, Problem
from lti_tool.lti.registration import Registered
from lti_tool.lti.site import Site
from lti_tool.models.invites import Invite, InviteStatus
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import invites, platforms
from lti_tool.services.platforms import NewPlatform


@dataclass(frozen=True)
class Wish:
    """What an administrator said yes to. token: what opens the platform's registration, if it gave any."""

    configuration: PlatformConfiguration
    token: str | None


def register(work: Workplace, invite: Invite, wish: Wish, now: datetime) -> Platform | NotRegistered | None:
    """Registers the tool at a platform; None when another registration by this invite is under way.

    What fails leaves the invite as it was. Asked again afterwards, it answers with what it made.
    """
    if invite.status is InviteStatus.USED:
        return _made_by(work, invite)
    with work.sessions.begin() as session:
        if not invites.claim(session, invite, now):
            return None
    site = Site(work.settings.base_url, work.settings.local)
    outcome = registration.register(wish.configuration, wish.token, site, work.outgoing)
    if isinstance(outcome, Registered):
        kept = _keep(work, invite, wish.configuration, outcome, now)
        if isinstance(kept, Platform):
            return kept
        outcome = NotRegistered(kept)
    with work.sessions.begin() as session:
        invites.give_back(session, invite, now)
    return outcome


def _keep(
    work: Workplace, invite: Invite, found: PlatformConfiguration, answer: Registered, now: datetime
) -> Platform | Problem:
    status = PlatformStatus.ACTIVE if invite.is_trusted else PlatformStatus.PENDING
    new = NewPlatform(
        found.issuer, answer.client_id, found.login_url, found.token_url, found.jwks_url, found.audience
    )
    with work.sessions.begin() as session:
        platform = platforms.take_in(session, new, status, now)
        if platform is None:
            return Problem.KNOWN_ALREADY
        if not invites.use_up(session, invite, platform, now):
            session.rollback()
            return Problem.UNCERTAIN
        if answer.deployment_id is None:
            return platform
        if invite.is_trusted and invite.organisation_id is not None:
            platforms.approve(session, platform, answer.deployment_id, invite.organisation_id, now)
        else:
            platforms.let_wait(session, platform.id, answer.deployment_id, now)
        return platform


def _made_by(work: Workplace, invite: Invite) -> Platform | None:
    with work.reading() as session:
        return session.get(Platform, invite.platform_id)
