"""Dynamic registration: fetching what a platform says of itself, and telling it of the tool.

Source: LTI Dynamic Registration 1.0; what Moodle and Canvas want beyond it stands beside each member.
"""

import json
from dataclasses import dataclass

from lti_tool.lti import outgoing as network
from lti_tool.lti import platform_configuration, urls
from lti_tool.lti import tool_configuration as tool
from lti_tool.lti.claims import LONGEST_ID, is_clean
from lti_tool.lti.outgoing import Answer, Fault, NoAnswer, Outgoing
from lti_tool.lti.platform_configuration import Message, NotRegistered, PlatformConfiguration, Problem
from lti_tool.lti.product_families import CANVAS
from lti_tool.lti.site import Site

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
CANVAS_PRIVACY = "https://canvas.instructure.com/lti/privacy_level"
LONGEST_TOKEN = 8192
LONGEST_QUOTE = 200

_FAULTS = {Fault.FORBIDDEN_ADDRESS: Problem.FORBIDDEN_ADDRESS, Fault.TOO_LARGE: Problem.NO_CONFIGURATION}


@dataclass(frozen=True)
class Registered:
    """The platform took the tool in. deployment_id: None when the platform gives it later, at a launch."""

    client_id: str
    deployment_id: str | None


def read_token(value: str) -> str | None:
    """A registration token that fits a header; None for none, or for what is none."""
    fits = 0 < len(value) <= LONGEST_TOKEN and all("!" <= c <= "~" for c in value)
    return value if fits else None


def fetch(
    address: str, token: str | None, site: Site, outgoing: Outgoing
) -> PlatformConfiguration | NotRegistered:
    """The configuration of a platform, checked. token: Canvas wants it here too."""
    url = urls.read(address)
    if url is None or not urls.is_allowed(url, local=site.local):
        return NotRegistered(Problem.NO_ADDRESS)
    answer = outgoing.get(address, "application/json", token)
    if isinstance(answer, NoAnswer):
        return NotRegistered(_FAULTS.get(answer.fault, Problem.UNREACHABLE))
    if answer.status in {401, 403}:
        return NotRegistered(Problem.TOKEN_REFUSED, str(answer.status))
    if answer.status != 200:
        return NotRegistered(Problem.NO_CONFIGURATION, str(answer.status))
    found = platform_configuration.parse(answer.body, address, local=site.local)
    return found if isinstance(found, NotRegistered) else _reachable(found, site)


def _reachable(found: PlatformConfiguration, site: Site) -> PlatformConfiguration | NotRegistered:
    """Refuses private addresses now, and not only at the first launch."""
    for url in (found.registration_url, found.login_url, found.token_url, found.jwks_url):
        if network.refusal(url, local=site.local) is not None:
            return NotRegistered(Problem.FORBIDDEN_ADDRESS)
    return found


def register(
    found: PlatformConfiguration, token: str | None, site: Site, outgoing: Outgoing
) -> Registered | NotRegistered:
    """Tells the platform of the tool, once (Dynamic Registration 1.0 section 3.6)."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(request(found, site)).encode()
    answer = outgoing.post(found.registration_url, headers, body)
    if isinstance(answer, NoAnswer):
        # It may have arrived: only the platform's own list of tools can tell.
        return NotRegistered(_FAULTS.get(answer.fault, Problem.UNCERTAIN))
    if answer.status in {401, 403}:
        return NotRegistered(Problem.TOKEN_REFUSED, _quote(answer))
    if answer.status >= 500:
        return NotRegistered(Problem.UNCERTAIN, str(answer.status))
    if answer.status not in {200, 201}:
        return NotRegistered(Problem.NOT_ACCEPTED, _quote(answer))
    return _read(answer)


def request(found: PlatformConfiguration, site: Site) -> dict[str, object]:
    """What the tool says of itself."""
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": tool.login_url(site),
        "redirect_uris": [site.launch_url],
        "client_name": tool.NAME,
        "client_uri": site.base_url,
        "jwks_uri": tool.key_set_url(site),
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(found.scopes),
        TOOL: {
            "domain": tool.domain(site),
            "description": tool.DESCRIPTION,
            "target_link_uri": site.launch_url,
            "custom_parameters": dict(tool.CUSTOM),
            "claims": list(tool.CLAIMS),
            "messages": [_message(one, site) for one in found.messages],
            # Canvas looks here and not at the claims, and sends nothing of a person without it.
            **({CANVAS_PRIVACY: "public"} if found.family == CANVAS else {}),
        },
    }


def _message(message: Message, site: Site) -> dict[str, object]:
    places = {"placements": list(message.placements)} if message.placements else {}
    return {"type": message.type, "target_link_uri": site.launch_url, "label": tool.NAME, **places}


def _read(answer: Answer) -> Registered | NotRegistered:
    content = _object(answer)
    client_id = _identifier(content.get("client_id"))
    if client_id is None:
        return NotRegistered(Problem.NO_CLIENT_ID)
    own = content.get(TOOL)
    return Registered(client_id, _identifier(own.get("deployment_id")) if isinstance(own, dict) else None)


def _quote(answer: Answer) -> str:
    """What the platform itself says of it, cut short: its administrator knows what to do with it."""
    content = _object(answer)
    said = next(
        (content[name] for name in ("error_description", "message", "error") if content.get(name)), ""
    )
    visible = "".join(c if c.isprintable() else " " for c in said) if isinstance(said, str) else ""
    return " ".join(visible.split())[:LONGEST_QUOTE] or str(answer.status)


def _object(answer: Answer) -> dict[str, object]:
    content = answer.content
    return content if isinstance(content, dict) else {}


def _identifier(value: object) -> str | None:
    """An id as platforms give it: a text, or a number that stands for one."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return text if isinstance(text, str) and 0 < len(text) <= LONGEST_ID and is_clean(text) else None
