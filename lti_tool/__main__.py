"""`python -m lti_tool …`: the commands of an operator."""

import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from config.settings import WrongSettings
from lti_tool.app import create_app
from lti_tool.cli.commands import COMMANDS
from lti_tool.cli.demo import demo


def _create_app() -> Flask:
    try:
        return create_app()
    except WrongSettings as error:
        raise click.ClickException(f"These settings cannot work:\n{error}") from None


main = FlaskGroup(
    name="lti_tool", create_app=_create_app, add_default_commands=False, add_version_option=False
)
for command in (*COMMANDS, demo):
    main.add_command(command)

if __name__ == "__main__":
    sys.exit(main(prog_name="python -m lti_tool"))
