"""All commands of an operator."""

from flask import Flask

from lti_tool.cli.advisers import adviser
from lti_tool.cli.api_keys import key
from lti_tool.cli.auditing import audit
from lti_tool.cli.catalogue import catalogue
from lti_tool.cli.check import check
from lti_tool.cli.comparisons import comparison
from lti_tool.cli.keys import keys
from lti_tool.cli.mail import mail
from lti_tool.cli.organisations import organisation
from lti_tool.cli.platforms import platform
from lti_tool.cli.removals import remove
from lti_tool.cli.retention import retention
from lti_tool.cli.terms import terms
from lti_tool.cli.trail import audit_trail

COMMANDS = (audit_trail, catalogue, check, comparison, keys, mail, organisation, platform, retention)
platform.add_command(remove)
organisation.add_command(adviser)
organisation.add_command(key)
organisation.add_command(terms)
audit(COMMANDS)


def init_app(app: Flask) -> None:
    """Makes the commands known to `flask --app lti_tool.app` too."""
    for command in COMMANDS:
        app.cli.add_command(command)
