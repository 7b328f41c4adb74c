"""Mail programs drop style sheets: each element of a letter carries its own style.

Put there once, when the template is read, as doing it for each letter takes as long as a fifth of writing it.
"""

import re
from collections.abc import Callable

import css_inline
from jinja2 import BaseLoader, Environment

_INCLUDED = re.compile(r"{% include \"(?P<name>[^\"]+\.css)\" %}")
_STATEMENT = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
_VALUE = re.compile(r"{{.*?}}", re.DOTALL)
_HIDDEN = re.compile(r"<!--kept(\d+)-->|kept(\d+)kept")
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class Styled(BaseLoader):
    """Gives the templates of another loader, with the rules of the style sheets that they include inlined."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """As a loader does."""
        source, path, is_fresh = self._loader.get_source(environment, template)
        if template.endswith(".html"):
            source = inline(
                _INCLUDED.sub(lambda css: self._loader.get_source(environment, css["name"])[0], source)
            )
        return source, path, is_fresh


def inline(source: str) -> str:
    """A template with the rules of its style sheet on its elements; what is Jinja's stays as it is."""
    kept: list[str] = []

    def hide(form: str) -> Callable[[re.Match[str]], str]:
        def keep(found: re.Match[str]) -> str:
            kept.append(found.group())
            return form.format(len(kept) - 1)

        return keep

    # A comment may stand wherever a statement does, also between the rows of a table.
    hidden = _VALUE.sub(hide("kept{}kept"), _STATEMENT.sub(hide("<!--kept{}-->"), source))
    return _HIDDEN.sub(lambda found: kept[int(found[1] or found[2])], _inliner.inline(hidden))
