"""The registration: what the LMS and the tool know about each other from the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from demo_lms.vocabulary import Scope


@dataclass(frozen=True)
class Registration:
    """One tool in one LMS (LTI Core 1.3 section 3.1.3).

    issuer: the LMS's own address, without a slash at the end.
    tool: the tool's address, without a slash at the end.
    deployment_ids: the first is known to the tool; the others are not, as when an administrator adds the
        tool to another part of the LMS and tells nobody.
    custom: parameters that the tool asks for at each launch, as substitution variables (appendix B).
    scopes, claims: what the tool asked for, when it registered itself; the rest it does not get.
    own_login_url, own_launch_url, own_key_set_url: addresses that it gave then.
    """

    issuer: str
    tool: str
    client_id: str = "leerhuis-beklijf"
    deployment_ids: tuple[str, ...] = ("1", "2")
    custom: Mapping[str, str] = field(
        default_factory=lambda: {
            "context_history": "$Context.id.history",
            "link_history": "$ResourceLink.id.history",
            "course_begin": "$CourseSection.timeFrame.begin",
            "course_end": "$CourseSection.timeFrame.end",
            "time_zone": "$Person.address.timezone",
        }
    )

    scopes: frozenset[Scope] = frozenset(Scope)
    claims: frozenset[str] = frozenset({"name", "email"})
    own_login_url: str | None = None
    own_launch_url: str | None = None
    own_key_set_url: str | None = None

    @property
    def authorization_url(self) -> str:
        return f"{self.issuer}/auth"

    @property
    def token_url(self) -> str:
        return f"{self.issuer}/token"

    @property
    def key_set_url(self) -> str:
        return f"{self.issuer}/jwks.json"

    @property
    def login_url(self) -> str:
        return self.own_login_url or f"{self.tool}/lti/login"

    @property
    def launch_url(self) -> str:
        return self.own_launch_url or f"{self.tool}/lti/launch"

    @property
    def tool_key_set_url(self) -> str:
        return self.own_key_set_url or f"{self.tool}/lti/jwks.json"

    @property
    def clock_url(self) -> str:
        return f"{self.tool}/local/clock"

    @property
    def tool_origin(self) -> str:
        """Scheme, host and port of the tool, as browsers write an origin."""
        parts = urlsplit(self.tool)
        return f"{parts.scheme}://{parts.netloc}"
