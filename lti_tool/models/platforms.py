"""Learning platforms that may launch, what they deployed, and what a launch must remember."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base, Row, one_of
from lti_tool.models.sealed import Sealed


class PlatformStatus(StrEnum):
    """Whether a registration may launch."""

    PENDING = "pending"  # registered by itself; an operator has not approved it yet
    ACTIVE = "active"
    REMOVED = "removed"


class Platform(Row):
    """A registration: one client of one issuer. One issuer may serve many customers.

    allow_anonymous: whether a launch without `sub` may open (LTI Core 1.3 section 5.3.6.1).
    """

    __tablename__ = "platform"
    __table_args__ = (UniqueConstraint("issuer", "client_id"), one_of("status", PlatformStatus))

    issuer: Mapped[str]
    client_id: Mapped[str]
    login_url: Mapped[str]
    token_url: Mapped[str]
    jwks_url: Mapped[str]
    audience: Mapped[str | None]
    status: Mapped[PlatformStatus] = mapped_column(default=PlatformStatus.ACTIVE)
    allow_anonymous: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class PlatformOrigin(Base):
    """An origin that may frame the pages of a registration, given by the operator."""

    __tablename__ = "platform_origin"

    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platform.id"), primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)


class Deployment(Row):
    """A registration put to use in one customer's LMS: the border of a tenant.

    A deployment that holds people never changes organisation: its people refer to the pair.

    notices_url: where the platform takes requests for notices of copied courses; None when it sends none.
    notices_to: the address of ours that it was last asked to send them to, and took.
    notices_asked_at: real clock, when that was last tried.
    product_family: the kind of LMS, as its last launch said; None when it did not.
    """

    __tablename__ = "deployment"
    __table_args__ = (
        UniqueConstraint("platform_id", "deployment_id"),
        UniqueConstraint("organisation_id", "id", name="uq_deployment_tenant"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platform.id"))
    deployment_id: Mapped[str]
    notices_url: Mapped[str | None]
    notices_to: Mapped[str | None]
    notices_asked_at: Mapped[datetime | None]
    product_family: Mapped[str | None]
    created_at: Mapped[datetime]


class ContextCopy(Row):
    """That a course was made as a copy of another, as a notice of the platform said, before anybody launched.

    origin: context id of the other course. position: 0 for the first that the notice names.
    """

    __tablename__ = "context_copy"
    __table_args__ = (UniqueConstraint("deployment_id", "notice_id", "position"),)

    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"))
    notice_id: Mapped[str]
    context_id: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    origin: Mapped[str]
    noticed_at: Mapped[datetime]


class DeploymentOrigin(Base):
    """An origin that may frame a deployment's pages, seen in the claims of a launch that held."""

    __tablename__ = "deployment_origin"

    deployment_id: Mapped[UUID] = mapped_column(ForeignKey("deployment.id"), primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)


class WaitingDeployment(Row):
    """A deployment that launched soundly but is not known yet; an operator approves it."""

    __tablename__ = "waiting_deployment"
    __table_args__ = (UniqueConstraint("platform_id", "deployment_id"),)

    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platform.id"))
    deployment_id: Mapped[str]
    first_seen_at: Mapped[datetime]


class PendingLogin(Base):
    """A login sent to the platform and not yet come back. Deleting it is what consumes it.

    storage_target: the frame of the platform that keeps the proof of the browser; None when a cookie is it.
    """

    __tablename__ = "pending_login"

    state_hash: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str]
    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platform.id"))
    browser: Mapped[str]
    target_link_uri: Mapped[str]
    deployment_id: Mapped[str | None]
    storage_target: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(index=True)


class KeySet(Base):
    """A platform's public keys as last fetched.

    refetched_at: when an unknown key last made us fetch before it was time.
    """

    __tablename__ = "key_set"

    jwks_url: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str | None]
    fetched_at: Mapped[datetime | None]
    fresh_until: Mapped[datetime | None]
    refetched_at: Mapped[datetime | None]


class AccessToken(Base):
    """A token for a platform's services, sealed; of one deployment, never shared with another."""

    __tablename__ = "access_token"

    platform_id: Mapped[UUID] = mapped_column(ForeignKey("platform.id"), primary_key=True)
    deployment_id: Mapped[str] = mapped_column(primary_key=True)
    scopes: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[Sealed]
    expires_at: Mapped[datetime]


class ToolKey(Base):
    """A key pair of the tool. A retired key stays published for a while, so that what it signed holds.

    retired_at: from when it signs no more, which may be still to come; None when no key follows it yet.
    """

    __tablename__ = "tool_key"

    kid: Mapped[str] = mapped_column(primary_key=True)
    private_pem: Mapped[Sealed]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
