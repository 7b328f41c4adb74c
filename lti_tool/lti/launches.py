"""What a launch says, once it held. From here on nobody sees a claim."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lti_tool.lti import roles
from lti_tool.lti.roles import Role

SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
NOTICES_SCOPE = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"
CONTEXT_COPY = "LtiContextCopyNotice"
LINE_ITEM_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
LINE_ITEM_READ_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
ROSTER_SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"


class MessageType(StrEnum):
    """The messages that this tool understands."""

    RESOURCE_LINK = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"
    DATA_PRIVACY = "LtiDataPrivacyLaunchRequest"
    DATA_PRIVACY_FORMERLY = "DataPrivacyLaunchRequest"


@dataclass(frozen=True)
class Course:
    """The LTI context. context_id: None when the link was opened outside any course."""

    context_id: str | None
    title: str | None
    label: str | None


@dataclass(frozen=True)
class Link:
    """The resource link."""

    id: str
    title: str | None


@dataclass(frozen=True)
class Grades:
    """Where scores go. line_item: None when the link takes no score. scopes: what we may ask for."""

    line_item: str | None
    line_items: str | None
    scopes: frozenset[str]

    @property
    def takes_scores(self) -> bool:
        """Whether a score of this link can be sent."""
        return self.line_item is not None and SCORE_SCOPE in self.scopes

    @property
    def line_item_scopes(self) -> frozenset[str]:
        """What may be done to find a line item for scores; nothing where a score could not be sent anyway."""
        if self.line_items is None or SCORE_SCOPE not in self.scopes:
            return frozenset()
        return self.scopes & {LINE_ITEM_SCOPE, LINE_ITEM_READ_SCOPE}


@dataclass(frozen=True)
class Launch:
    """Somebody opened a link in a course of the platform.

    sub: who, within this registration; None for an anonymous launch, where the registration allows that.
    locale: "nl", "en", or None for any other language. time_zone: an IANA name or None.
    roster: where the names and roles of the course are, or None.
    notices: where to ask for notices of copied courses, or None.
    return_to: where "back to the course" leads, without session keys; None when the platform did not say.
    frame_origins: origins that this launch shows to be the platform's; its pages may frame ours.
    nonce_hash: names the launch in the log.
    """

    registration_id: UUID
    deployment_id: str
    sub: str | None = field(repr=False)
    roles: tuple[Role, ...]
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    locale: str | None
    time_zone: str | None
    course: Course
    link: Link
    custom: Mapping[str, str] = field(repr=False)
    grades: Grades | None
    roster: str | None
    notices: str | None
    return_to: str | None
    frame_origins: frozenset[str]
    product_family: str | None
    nonce_hash: str

    @property
    def is_trainer(self) -> bool:
        """Whether they teach this course."""
        return roles.is_trainer(self.roles)

    @property
    def may_look(self) -> bool:
        """Whether they may see what a trainer sees; every trainer may."""
        return roles.may_look(self.roles)

    @property
    def is_learner(self) -> bool:
        """Whether they learn in this course. A trainer can be a learner as well."""
        return roles.is_learner(self.roles)

    @property
    def is_test_person(self) -> bool:
        """Whether this is the platform's pretended student, who counts nowhere."""
        return roles.is_test_person(self.roles)


@dataclass(frozen=True)
class SubmissionReview:
    """Somebody opened one person's work from the gradebook.

    for_user: `sub` of whose work it is. line_item: address of its column.
    link_id: of the resource link, None when the column belongs to none.
    The rest is as in `Launch`.
    """

    registration_id: UUID
    deployment_id: str
    sub: str = field(repr=False)
    for_user: str = field(repr=False)
    roles: tuple[Role, ...]
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    locale: str | None
    course: Course
    link_id: str | None
    line_item: str
    return_to: str | None
    nonce_hash: str

    @property
    def is_own(self) -> bool:
        """Whether somebody looks at their own work."""
        return self.sub == self.for_user


@dataclass(frozen=True)
class DataPrivacyLaunch:
    """Somebody asks what is kept about them, or, running the platform, about somebody else or in general.

    for_user: `sub` of whom it is about; None for who launched, and for nobody in particular.
    is_administrator: whether who launched runs the platform or the institution.
    The rest is as in `Launch`.
    """

    registration_id: UUID
    deployment_id: str
    sub: str = field(repr=False)
    for_user: str | None = field(repr=False)
    is_administrator: bool
    locale: str | None
    return_to: str | None
    nonce_hash: str


@dataclass(frozen=True)
class UnknownDeployment:
    """All held, but nobody approved this deployment, or the registration; the caller puts it on the list."""

    registration_id: UUID
    deployment_id: str
    issuer: str
    client_id: str
    nonce_hash: str
