"""Letters as a mail program reads them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import cast

from lti_tool.mail.letters import Letter


def read(letter: Letter) -> EmailMessage:
    """What a mail program makes of a letter's bytes."""
    return cast(EmailMessage, message_from_bytes(letter.as_bytes(), policy=SMTP))
