"""Mail addresses as SMTP takes them."""

from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from functools import cache

LONGEST = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets


def ascii_form(address: str) -> str | None:
    """The bare address in ASCII; None for what no server can be given.

    An international domain name becomes its ASCII form. Beyond ASCII before the @ a server would have
    to know SMTPUTF8 (RFC 6531), and so would every one after it: such an address is refused here.
    """
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii() or len(address) > LONGEST:
        return None
    try:
        parsed = Address(addr_spec=f"{local}@{domain.encode('idna').decode('ascii')}")
    except (MessageError, ValueError, IndexError):
        return None
    return parsed.addr_spec if parsed.username and parsed.domain else None


@cache
def named(mailbox: str, name: str) -> tuple[str, str]:
    """Display name and address of `mailbox`, a sender of ours; `name` when it has no name of its own."""
    own_name, address = parseaddr(mailbox)
    return own_name or name, address
