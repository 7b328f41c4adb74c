"""How a login finds out what its browser can do: our cookie, the platform's storage, or a tab of its own."""

from uuid import UUID

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lti_tool.lti import platform_storage
from lti_tool.lti.login import LoginRequest
from lti_tool.lti.refusals import Refused
from lti_tool.lti.site import Site
from lti_tool.models.visits import Proof
from lti_tool.rounds import lti_store
from lti_tool.web import cookies, references
from lti_tool.web import platform_storage as storage_pages
from lti_tool.web.visiting import now, workplace

AGAIN_SECONDS = 600


def asked(registration_id: UUID | None) -> tuple[LoginRequest, bool]:
    """The login's parameters, and whether they come back from our own redirect."""
    again = request.args.get("again")
    if again is None:
        return LoginRequest.parse(request.args, request.form, registration_id), False
    try:
        kept = _signer().loads(again, max_age=AGAIN_SECONDS)
    except BadSignature:
        abort(400)
    values = {name: value for name, value in kept.items() if name not in {"registration_id", "second"}}
    # Some platforms tell of their storage only when a page asks them (`lti.capabilities`).
    values.setdefault("lti_storage_target", request.args.get("lti_storage_target", ""))
    named = UUID(kept["registration_id"]) if kept["registration_id"] else None
    return LoginRequest(**values, registration_id=named), bool(kept["second"])


def without_cookie(asked: LoginRequest, site: Site, *, is_second: bool) -> ResponseReturnValue | Refused:
    """Sets the cookie and looks once whether it comes back; if not, it is the next step's turn."""
    if not is_second:
        return cookies.give(make_response(redirect(_address(asked, second=True), 303)))
    references.note("lti.login", result="no_cookie", iss=asked.iss)
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return render_template(
            "pages/cookies_blocked.html", reference=references.reference(), return_url=None
        )
    stored, can_prove = None, storage_pages.can_be_told_apart()
    if asked.lti_storage_target and can_prove:
        stored = platform_storage.begin(asked, site, lti_store.store(workplace()), now().real)
    if isinstance(stored, Refused):
        return stored
    if stored is not None:
        references.note("lti.login", result="sent", proof=Proof.STORAGE, nonce=stored.redirect.nonce_hash)
    return render_template(
        "pages/new_tab.html",
        action_url=_address(asked, second=False),
        again_url=_address(asked, second=True) if can_prove else None,
        storage=storage_pages.to_keep(stored) if stored else None,
    )


def _address(asked: LoginRequest, *, second: bool) -> str:
    named = str(asked.registration_id) if asked.registration_id else None
    known = {name: value for name, value in asked.parameters.items() if value}
    return url_for(
        "lti.begin_login", again=_signer().dumps({**known, "registration_id": named, "second": second})
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(workplace().settings.secret_key.get_secret_value(), salt="login")
