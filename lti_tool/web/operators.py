"""Who runs Beklijf here, as its settings say."""

from dataclasses import dataclass

from lti_tool.web.visiting import workplace


@dataclass(frozen=True)
class Operator:
    """An organisation, how to reach it, and its privacy statement; empty for what nobody told.

    contact: a mail address, or the address of a page.
    """

    name: str
    contact: str
    privacy_url: str

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.name or self.contact or self.privacy_url)

    @property
    def contact_url(self) -> str:
        """Where a link to it leads."""
        return self.contact if self.contact.startswith("https://") else f"mailto:{self.contact}"


def operator() -> Operator:
    """The one of this tool."""
    settings = workplace().settings
    return Operator(settings.operator, settings.contact, settings.privacy_url)
