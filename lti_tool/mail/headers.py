"""How the headers of a letter are written."""

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy


class AddressOfAPage(UnstructuredHeader, BaseHeader):
    """A header that holds a URL, which must stay in one piece.

    The standard library folds a long one into encoded words (RFC 2047), and then no mail program
    recognises it; RFC 8058 section 4 wants it plain.
    """

    def fold(self, *, policy: Policy) -> str:
        """The header on one line."""
        return f"{self.name}: {self}{policy.linesep}"


_registry = HeaderRegistry()
_registry.map_to_type("List-Unsubscribe", AddressOfAPage)

# 76 characters is what quoted-printable allows (RFC 2045 section 6.7).
POLICY = SMTP.clone(header_factory=_registry, max_line_length=76)
