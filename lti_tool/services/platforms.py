"""Registrations, their deployments, and deployments that wait for an operator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, delete, func, select, update
from sqlalchemy.orm import Session

from lti_tool.models.platforms import (
    Deployment,
    DeploymentOrigin,
    Platform,
    PlatformOrigin,
    PlatformStatus,
    WaitingDeployment,
)
from lti_tool.services import firsts

WAITING_AT_MOST = 20
ORIGINS_AT_MOST = 10


@dataclass(frozen=True)
class NewPlatform:
    """What an operator types to register a platform, or what the two sides told each other."""

    issuer: str
    client_id: str
    login_url: str
    token_url: str
    jwks_url: str
    audience: str | None = None
    frame_origins: tuple[str, ...] = ()
    allow_anonymous: bool = False


def add(session: Session, new: NewPlatform, now: datetime) -> Platform:
    """A registration, active at once; one that was removed comes back with the new addresses.

    Raises ValueError when this client of this issuer is registered already.
    """
    platform = session.scalar(
        select(Platform).where(Platform.issuer == new.issuer, Platform.client_id == new.client_id)
    )
    if platform is not None and platform.status is not PlatformStatus.REMOVED:
        raise ValueError(f"{new.client_id} of {new.issuer} is registered already")
    platform = platform or Platform(issuer=new.issuer, client_id=new.client_id, created_at=now)
    platform.login_url, platform.token_url, platform.jwks_url = new.login_url, new.token_url, new.jwks_url
    platform.audience, platform.status = new.audience, PlatformStatus.ACTIVE
    platform.allow_anonymous = new.allow_anonymous
    session.add(platform)
    session.flush()
    session.execute(delete(PlatformOrigin).where(PlatformOrigin.platform_id == platform.id))
    session.add_all(PlatformOrigin(platform_id=platform.id, origin=origin) for origin in new.frame_origins)
    return platform


def take_in(session: Session, new: NewPlatform, status: PlatformStatus, now: datetime) -> Platform | None:
    """A registration that a platform asked for itself; None when there is one of this client already.

    One that was removed counts too: whoever removed it decides whether it comes back.
    """
    platform = Platform(
        issuer=new.issuer,
        client_id=new.client_id,
        login_url=new.login_url,
        token_url=new.token_url,
        jwks_url=new.jwks_url,
        audience=new.audience,
        status=status,
        created_at=now,
    )
    return platform if firsts.add(session, platform) else None


def activate(session: Session, platform: Platform) -> bool:
    """Lets a pending registration launch; False when it did already."""
    activated = session.scalar(
        update(Platform)
        .where(Platform.id == platform.id, Platform.status == PlatformStatus.PENDING)
        .values(status=PlatformStatus.ACTIVE)
        .returning(Platform.id)
    )
    return activated is not None


def listing(session: Session) -> list[Platform]:
    """All registrations, pending ones included, but those that were removed."""
    here = select(Platform).where(Platform.status != PlatformStatus.REMOVED)
    return list(session.scalars(here.order_by(Platform.issuer, Platform.client_id)))


def of_issuer(session: Session, issuer: str) -> list[Platform]:
    """The registrations of one issuer, pending ones included."""
    return list(
        session.scalars(
            select(Platform).where(Platform.issuer == issuer, Platform.status != PlatformStatus.REMOVED)
        )
    )


def find(session: Session, platform_id: UUID) -> Platform | None:
    """The registration with that id, active or pending."""
    platform = session.get(Platform, platform_id)
    return platform if platform is not None and platform.status is not PlatformStatus.REMOVED else None


def remove(platform: Platform) -> None:
    """Ends a registration: it launches no more. Its people keep their rows."""
    platform.status = PlatformStatus.REMOVED


def deployment(session: Session, platform_id: UUID, deployment_id: str) -> Deployment | None:
    """The known deployment of a registration."""
    return session.scalar(
        select(Deployment).where(
            Deployment.platform_id == platform_id, Deployment.deployment_id == deployment_id
        )
    )


def deployments(session: Session, platform_id: UUID) -> list[Deployment]:
    """The known deployments of a registration."""
    return list(session.scalars(select(Deployment).where(Deployment.platform_id == platform_id)))


def approve(
    session: Session, platform: Platform, deployment_id: str, organisation_id: UUID, now: datetime
) -> Deployment:
    """Makes a deployment known and gives it to an organisation; it waits no longer.

    Raises ValueError when it belongs to another organisation: a deployment never changes hands.
    """
    known = deployment(session, platform.id, deployment_id)
    if known is not None and known.organisation_id != organisation_id:
        raise ValueError(f"deployment {deployment_id} belongs to another organisation")
    if known is None:
        known = Deployment(
            platform_id=platform.id,
            deployment_id=deployment_id,
            organisation_id=organisation_id,
            created_at=now,
        )
        session.add(known)
    session.execute(
        delete(WaitingDeployment).where(
            WaitingDeployment.platform_id == platform.id, WaitingDeployment.deployment_id == deployment_id
        )
    )
    session.flush()
    return known


def waiting(session: Session, platform_id: UUID) -> list[WaitingDeployment]:
    """The deployments that launched soundly and wait for an operator."""
    return list(
        session.scalars(
            select(WaitingDeployment)
            .where(WaitingDeployment.platform_id == platform_id)
            .order_by(WaitingDeployment.first_seen_at)
        )
    )


def let_wait(session: Session, platform_id: UUID, deployment_id: str, now: datetime) -> bool:
    """Puts an unknown deployment on the waiting list, which holds twenty per registration.

    Whether it stands there now.
    """
    # One after the other: two at once would collide, or make the list longer than it may be.
    session.execute(select(Platform.id).where(Platform.id == platform_id).with_for_update(key_share=True))
    known = session.scalar(
        select(WaitingDeployment.id).where(
            WaitingDeployment.platform_id == platform_id, WaitingDeployment.deployment_id == deployment_id
        )
    )
    count = session.scalar(
        select(func.count())
        .select_from(WaitingDeployment)
        .where(WaitingDeployment.platform_id == platform_id)
    )
    if known is not None:
        return True
    if (count or 0) >= WAITING_AT_MOST:
        return False
    session.add(WaitingDeployment(platform_id=platform_id, deployment_id=deployment_id, first_seen_at=now))
    return True


def frame_origins(session: Session, known: Deployment) -> list[str]:
    """Origins that may frame the pages of a deployment, besides those of issuer and login URL."""
    row = session.execute(select(*frame_columns()).select_from(Deployment).where(Deployment.id == known.id))
    return origins_of(*row.one())


def frame_columns() -> tuple[ScalarSelect[str], ScalarSelect[str]]:
    """The same, beside a deployment that is read: two columns, each with spaces between, or nothing."""
    given = select(func.aggregate_strings(PlatformOrigin.origin, " "))
    seen = select(func.aggregate_strings(DeploymentOrigin.origin, " "))
    return (
        given.where(PlatformOrigin.platform_id == Deployment.platform_id).scalar_subquery(),
        seen.where(DeploymentOrigin.deployment_id == Deployment.id).scalar_subquery(),
    )


def origins_of(given: str | None, seen: str | None) -> list[str]:
    """The origins in those two columns."""
    return sorted({*(given or "").split(), *(seen or "").split()})


def remember_notices(known: Deployment, url: str | None) -> None:
    """Keeps where the platform takes requests for notices; a new address has to be asked anew."""
    if url is not None and url != known.notices_url:
        known.notices_url, known.notices_to, known.notices_asked_at = url, None, None


def remember_origins(session: Session, known: Deployment, origins: Iterable[str]) -> None:
    """Keeps the origins that the signed claims of a sound launch held, ten per deployment at most."""
    seen = set(
        session.scalars(select(DeploymentOrigin.origin).where(DeploymentOrigin.deployment_id == known.id))
    )
    for origin in sorted(set(origins) - seen)[: max(0, ORIGINS_AT_MOST - len(seen))]:
        session.add(DeploymentOrigin(deployment_id=known.id, origin=origin))
