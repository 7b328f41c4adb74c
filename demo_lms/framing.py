"""Framing: whether a page lets itself be shown in a frame, judged as a browser judges it."""

from urllib.parse import urlsplit


class Blocked(Exception):
    """A browser would show an empty frame: the page forbids being framed here."""


def judge(url: str, policies: list[str], frame_options: str | None, top: str) -> None:
    """Raise Blocked when the page at `url` may not stand in a frame of a page of origin `top`.

    policies: values of all Content-Security-Policy headers; each of them must agree (CSP 3 section 7.3.2).
    frame_options: X-Frame-Options, which counts only without frame-ancestors (CSP 2 section 7.7.1).
    """
    ancestors = [sources for policy in policies if (sources := _frame_ancestors(policy)) is not None]
    for sources in ancestors:
        if not any(_allows(source, url, top) for source in sources):
            raise Blocked(f"{url} may not be framed by {top}: frame-ancestors {' '.join(sources)}")
    if not ancestors and frame_options is not None and _origin(url) != top:
        raise Blocked(f"{url} may not be framed by {top}: X-Frame-Options {frame_options}")


def _frame_ancestors(policy: str) -> list[str] | None:
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        if name.lower() == "frame-ancestors":
            return sources
    return None


def _allows(source: str, url: str, top: str) -> bool:
    """Whether a source expression covers `top`; wildcards in host names are not known here."""
    if source == "'self'":
        return _origin(url) == top
    if source.endswith(":"):
        return top.startswith(f"{source}//")
    host, _, port = urlsplit(top).netloc.partition(":")
    expression = urlsplit(source if "//" in source else f"//{source}")
    wanted_host, _, wanted_port = expression.netloc.partition(":")
    is_same_host = wanted_host == host and wanted_port in (port, "*")
    return source == "*" or (expression.scheme in ("", urlsplit(top).scheme) and is_same_host)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
