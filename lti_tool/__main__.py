"""`python -m lti_tool …`: the commands of an operator."""

import sys

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import DBAPIError

from config.settings import WrongSettings
from lti_tool.app import create_app
from lti_tool.cli.commands import COMMANDS
from lti_tool.cli.demo import demo
from lti_tool.rounds.opening import WrongContent
from lti_tool.services.keys import KeysDoNotOpen


class Commands(click.Group):
    """Commands whose failures are said in plain words."""

    def invoke(self, context: click.Context) -> object:
        """Runs a command; what lies with the databases, `check` explains."""
        try:
            return super().invoke(context)
        except (DBAPIError, KeysDoNotOpen) as error:
            why = "The database or the key store does not do what it should"
            raise click.ClickException(
                f"{why} ({type(error).__name__}). Run: python -m lti_tool check"
            ) from None


def _create_app() -> Flask:
    try:
        return create_app()
    except WrongSettings as error:
        raise click.ClickException(f"These settings cannot work:\n{error}") from None
    except WrongContent as error:
        raise click.ClickException(str(error)) from None


@click.group(cls=Commands)
@click.pass_context
def main(context: click.Context) -> None:
    """Beklijf: reflection before, during and after a training, for the people who run it."""
    context.obj = ScriptInfo(create_app=_create_app)


for command in (*COMMANDS, demo):
    main.add_command(command)

if __name__ == "__main__":
    sys.exit(main(prog_name="python -m lti_tool"))
