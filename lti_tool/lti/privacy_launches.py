"""A data privacy launch: of the system, about somebody's data or about nobody's in particular.

Two names of the message are about: `LtiDataPrivacyLaunchRequest` (Sakai, Tsugi), and formerly without Lti.
"""

from lti_tool.lti import claims as names
from lti_tool.lti import messages, roles
from lti_tool.lti.claims import Claims
from lti_tool.lti.launches import DataPrivacyLaunch
from lti_tool.lti.messages import Expected
from lti_tool.lti.refusals import Refusal, RefusalReason


def read(claims: Claims, expected: Expected) -> DataPrivacyLaunch:
    """The launch; raises Refusal, also for who asks about somebody else without running the platform."""
    for name in (names.CONTEXT, names.RESOURCE_LINK):
        if claims.section(name) is not None:
            raise Refusal(RefusalReason.BAD_CONTEXT, "a data privacy launch belongs to no course")
    sub = claims.identifier("sub", RefusalReason.BAD_SUBJECT)
    held = () if claims.value(names.ROLES) is None else messages.read_roles(claims)
    if claims.value(names.TARGET_LINK_URI) is not None:
        messages.require_target(claims, expected.site)
    launch = DataPrivacyLaunch(
        registration_id=expected.registration_id,
        deployment_id=messages.read_deployment(claims, expected),
        sub=sub,
        for_user=_for_user(claims),
        is_administrator=roles.is_administrator(held),
        locale=messages.read_locale(claims),
        return_to=messages.read_way_back(claims, expected.site),
        nonce_hash=expected.nonce_hash,
    )
    if launch.for_user not in {None, sub} and not launch.is_administrator:
        raise Refusal(RefusalReason.DATA_OF_SOMEBODY_ELSE)
    return launch


def _for_user(claims: Claims) -> str | None:
    named = claims.section(names.FOR_USER)
    return None if named is None else named.identifier("user_id", RefusalReason.BAD_CLAIM)
