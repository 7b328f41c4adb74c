"""What the LMS asks about somebody's data, and what is left of who was erased."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import TenantRow, one_of, tenant, within
from lti_tool.models.visits import Proof


class Tombstone(TenantRow):
    """Somebody was erased here: no roster brings them back, only a launch of their own.

    fingerprint: HMAC of organisation, registration and sub, hexadecimal; it tells nobody who it was.
    """

    __tablename__ = "tombstone"
    __table_args__ = tenant("tombstone", UniqueConstraint("organisation_id", "fingerprint"))

    fingerprint: Mapped[str]
    erased_on: Mapped[date]


class Whose(StrEnum):
    """Whose data a data privacy launch is about."""

    OWN = "own"  # of who launched
    ANOTHERS = "anothers"  # of whom the LMS names; who launched is its administrator
    NOBODYS = "nobodys"  # of nobody in particular


class PrivacyVisit(TenantRow):
    """The pass of a data privacy launch, which has no course and no link. It makes nobody known.

    token_hash, browser, proof: as of a visit.
    about_id: whose data; None for who is not known here.
    return_url: where "back to the course" leads. launched_at: real clock; it holds 15 minutes.
    """

    __tablename__ = "privacy_visit"
    __table_args__ = tenant(
        "privacy_visit",
        within("deployment_id", "deployment"),
        within("about_id", "person"),
        one_of("proof", Proof),
        one_of("whose", Whose),
    )

    token_hash: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str]
    proof: Mapped[Proof] = mapped_column(default=Proof.COOKIE)
    deployment_id: Mapped[UUID]
    whose: Mapped[Whose]
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    locale: Mapped[str]
    return_url: Mapped[str | None]
    launched_at: Mapped[datetime]


class Download(TenantRow):
    """What is kept of somebody, to take along once by the link of a letter to their own address.

    The link is signed and holds the delivery, as of every letter. All moments are of the real clock.
    made_on: the day (UTC) of made_at; one a day for a person. used_at: when the file was given.
    """

    __tablename__ = "download"
    __table_args__ = tenant(
        "download",
        within("person_id", "person"),
        within("delivery_id", "delivery"),
        UniqueConstraint("person_id", "made_on"),
    )

    person_id: Mapped[UUID]
    delivery_id: Mapped[UUID] = mapped_column(unique=True)
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
