"""The tool as Canvas reads it from an address: a developer key's JSON configuration.

Source: Canvas, "Manually configuring LTI Advantage tools" (developer documentation, file.lti_dev_key_config).
"""

from lti_tool.lti import tool_configuration as tool
from lti_tool.lti.launches import MessageType
from lti_tool.lti.site import Site

PLATFORM = "canvas.instructure.com"
PLACEMENTS = ("link_selection", "assignment_selection")
"""Where a teacher chooses content: a module item, and an assignment. In no menu."""

WIDTH, HEIGHT = 900, 700


def document(site: Site) -> dict[str, object]:
    """The configuration."""
    return {
        "title": tool.NAME,
        "description": tool.DESCRIPTION,
        "oidc_initiation_url": tool.login_url(site),
        "target_link_uri": site.launch_url,
        "redirect_uris": [site.launch_url],
        "public_jwk_url": tool.key_set_url(site),
        "scopes": [*tool.SCOPES, *tool.EXTRA_SCOPES],
        "custom_fields": dict(tool.CUSTOM),
        "extensions": [
            {
                "platform": PLATFORM,
                "domain": tool.domain(site),
                "tool_id": tool.NAME.lower(),
                # Name and address; with anything less Canvas sends neither.
                "privacy_level": "public",
                "settings": {
                    "text": tool.NAME,
                    "placements": [_placement(name, site) for name in PLACEMENTS],
                },
            }
        ],
    }


def _placement(name: str, site: Site) -> dict[str, object]:
    return {
        "placement": name,
        "enabled": True,
        "text": tool.NAME,
        "message_type": MessageType.DEEP_LINKING.value,
        "target_link_uri": site.launch_url,
        "selection_width": WIDTH,
        "selection_height": HEIGHT,
    }
