"""Pages as somebody would get them, without a database behind them."""

from pathlib import Path

from babel.messages import mofile, pofile
from flask import Flask
from jinja2 import StrictUndefined

from config.settings import ROOT
from lti_tool.web import deep_links, languages, lti, registering, visit
from lti_tool.web.site import ADVISERS, LEARNERS, LETTERS, TRAINERS
from tests.web import sample_pages

TEMPLATES = ROOT / "templates"
DUTCH = ROOT / "config" / "translations" / "nl" / "LC_MESSAGES" / "pages.po"

SHOWN = {"post.if_then": ["trainer", "team"], "post.obstacles": ["team"], "pre.task": ["buddy"]}


def make(folder: Path) -> Flask:
    """An application that only renders. folder: for the Dutch.

    It is compiled here, so that an old .mo beside the source cannot answer for it.
    """
    made = Flask("pages", root_path=str(ROOT / "lti_tool"), template_folder=str(TEMPLATES))
    made.jinja_env.undefined = StrictUndefined
    made.jinja_env.trim_blocks = made.jinja_env.lstrip_blocks = True
    languages.init_app(made)
    made.extensions["babel"].translation_directories[:] = [_compiled(folder)]
    for module in (lti, registering, deep_links, visit, *LEARNERS, *TRAINERS, *LETTERS, *ADVISERS):
        made.register_blueprint(module.blueprint)
    # One question is shown to others, so that the line about it is looked at.
    made.jinja_env.globals["shown_to"] = lambda item: SHOWN.get(item, [])
    made.context_processor(lambda: {"visit": None, "today": sample_pages.TODAY})
    return made


def _compiled(folder: Path) -> str:
    target = folder / "nl" / "LC_MESSAGES" / "pages.mo"
    target.parent.mkdir(parents=True)
    with DUTCH.open("rb") as source, target.open("wb") as compiled:
        mofile.write_mo(compiled, pofile.read_po(source, locale="nl"))
    return str(folder)
