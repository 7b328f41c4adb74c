"""The fixed words of LTI 1.3: claims, roles, scopes and media types.

Sources: LTI Core 1.3 (section 4 and appendix A), AGS 2.0 (section 3), NRPS 2.0 (section 2).
"""

from enum import StrEnum

CORE = "https://purl.imsglobal.org/spec/lti/claim/"
DEPLOYMENT_ID = CORE + "deployment_id"
TARGET_LINK_URI = CORE + "target_link_uri"
MESSAGE_TYPE = CORE + "message_type"
VERSION = CORE + "version"
RESOURCE_LINK = CORE + "resource_link"
CONTEXT = CORE + "context"
ROLES = CORE + "roles"
LIS = CORE + "lis"
EXT = CORE + "ext"
LAUNCH_PRESENTATION = CORE + "launch_presentation"
TOOL_PLATFORM = CORE + "tool_platform"
CUSTOM = CORE + "custom"
FOR_USER = CORE + "for_user"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
NOTICE = CORE + "notice"
ORIGIN_CONTEXTS = CORE + "origin_contexts"
NOTIFICATIONS = CORE + "platformnotificationservice"
CONTEXT_COPY = "LtiContextCopyNotice"
AGS_ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS_SERVICE = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
SYSTEM_ROLE = "http://purl.imsglobal.org/vocab/lis/v2/system/person#"
MEMBERSHIP_ROLE = MEMBERSHIP + "#"

CANVAS_SUBMISSION = "https://canvas.instructure.com/lti/submission"
CANVAS_SUBMISSION_TYPE = "https://canvas.instructure.com/lti/submission_type"


class Scope(StrEnum):
    """What an access token may be used for (AGS 2.0 section 3.1, NRPS 2.0 section 2)."""

    LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
    LINE_ITEM_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
    RESULT_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
    SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
    ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
    NOTICES = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"


AGS_SCOPES = (Scope.LINE_ITEM, Scope.LINE_ITEM_READ, Scope.RESULT_READ, Scope.SCORE)


class MediaType(StrEnum):
    """The only content types that the services speak (AGS 2.0 section 3, NRPS 2.0 section 2.1)."""

    LINE_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
    LINE_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
    SCORE = "application/vnd.ims.lis.v1.score+json"
    RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
    ROSTER = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


class ActivityProgress(StrEnum):
    """How far the learner is (AGS 2.0 section 3.4.7)."""

    INITIALIZED = "Initialized"
    STARTED = "Started"
    IN_PROGRESS = "InProgress"
    SUBMITTED = "Submitted"
    COMPLETED = "Completed"


class GradingProgress(StrEnum):
    """How far the grading is (AGS 2.0 section 3.4.8)."""

    FULLY_GRADED = "FullyGraded"
    PENDING = "Pending"
    PENDING_MANUAL = "PendingManual"
    FAILED = "Failed"
    NOT_READY = "NotReady"
