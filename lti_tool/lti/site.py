"""The tool's own address on the web."""

from dataclasses import dataclass
from urllib.parse import unquote

from lti_tool.lti import urls

LAUNCH_PATH = "/lti/launch"


@dataclass(frozen=True)
class Site:
    """Where the tool is. local: platforms on this machine, over http, are welcome."""

    base_url: str
    local: bool = False

    @property
    def launch_url(self) -> str:
        """The redirect URI that platforms register, exactly this text."""
        return self.base_url.rstrip("/") + LAUNCH_PATH

    def owns(self, text: object) -> bool:
        """Whether a URL points into this tool: same origin, at or below the base path."""
        here, there = urls.read(self.base_url), urls.read(text)
        if here is None or there is None or there.origin != here.origin:
            return False
        base, path = here.path.rstrip("/"), unquote(there.path)
        return (path == base or path.startswith(base + "/")) and ".." not in path.split("/")
