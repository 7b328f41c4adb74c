"""Every page with what it is shown with: the samples that the tests of the templates render."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.lti.platform_configuration import Problem
from lti_tool.models.people import Leave
from lti_tool.services.availability import Availability
from lti_tool.web import availability, forms
from lti_tool.web.late_saving import Kept
from lti_tool.web.operators import Operator
from tests.web import (
    sample_adaptations,
    sample_addresses,
    sample_advisers,
    sample_afterwards,
    sample_answers,
    sample_archives,
    sample_before,
    sample_buddies,
    sample_cards,
    sample_choices,
    sample_comparisons,
    sample_during,
    sample_entries,
    sample_finishing,
    sample_help,
    sample_homes,
    sample_journeys,
    sample_logbook,
    sample_plans,
    sample_privacy,
    sample_recalls,
    sample_releases,
    sample_reports,
    sample_specimens,
    sample_steps,
    sample_talks,
    sample_trainings,
)
from tests.web.samples import (
    AN_ID,
    COURSE,
    NOW,
    OPERATOR,
    TITLE,
    TODAY,
    VISIT,
    Page,
    days,
    instrument,
    letters,
)

REFERENCE = "BK-7Q2M-94XA"
PREFERENCES = {"title": TITLE, "course_url": COURSE, "reach": "open", "days_url": "/m/t2/days"}
PREFERENCES |= {"calendar_url": "/m/t2/calendar", "archive_url": None, "is_compared": False}
TYPED = [Answer(words="De brief over dakkapellen.\nEn wat daarna komt."), Answer(words="13-11-2026")]


def pages(locale: str) -> Iterator[Page]:
    """All of them, in one language."""
    yield from _refused()
    yield from _registering()
    yield from _state()
    yield from _learner()
    yield from _steps(locale)
    yield from sample_answers.pages(locale)
    yield from _preferences()
    yield from _availability()
    yield from sample_addresses.pages()
    yield from sample_finishing.pages()
    yield from sample_archives.pages()
    yield from sample_advisers.pages()
    yield from sample_comparisons.pages()
    yield from sample_choices.pages()
    yield from sample_privacy.pages()
    for key, url in (("pre", COURSE), ("mid", None), ("post", None)):
        yield Page("questions", {"instrument": instrument(key), "return_url": url}, key)
    yield from sample_trainings.pages()
    yield from sample_specimens.pages()
    yield from (Page(*each) for each in sample_cards.pages(locale))
    yield from (Page(*each) for each in sample_talks.pages())
    yield from sample_buddies.pages()
    yield from sample_recalls.pages()
    yield from sample_adaptations.pages(locale)
    yield from sample_logbook.pages(locale)
    yield from sample_entries.pages(locale)
    yield from sample_plans.pages(locale)
    yield from sample_help.pages()
    yield from sample_releases.pages()
    yield from sample_before.pages()
    yield from sample_reports.pages()
    yield from sample_during.pages()
    yield from sample_afterwards.pages()


def _refused() -> Iterator[Page]:
    for reason in (
        "signed_out_of_platform", "platform_error", "no_browser_cookie", "storage_silent", "keys_unavailable",
    ):  # fmt: skip
        yield Page(
            "launch_refused", {"reason_key": reason, "reference": REFERENCE, "return_url": COURSE}, reason
        )
    for reason in (
        "waiting", "bad_signature", "nothing_to_review", "waits_for_days", "work_of_somebody_else",
        "data_of_somebody_else", "erased", "acts_as_somebody_else",
    ):  # fmt: skip
        yield Page(
            "launch_refused", {"reason_key": reason, "reference": REFERENCE, "return_url": None}, reason
        )


def _registering() -> Iterator[Page]:
    """An LMS that connects itself: asked, done, and stopped."""
    every = {"LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiSubmissionReviewRequest"}
    asked = {
        "wish": "w1",
        "host": "leren.gemeente.example",
        "messages": every,
        **dict.fromkeys(("offers_privacy", "takes_scores", "gives_roster", "gives_name"), True),
    }
    least = {**dict.fromkeys(asked, False), "wish": "w1", "host": "lms.example", "messages": set()}
    known = {"kind": "moodle", "gives_email": True, "is_trusted": False}
    yield Page("register", {**asked, **known, "operator": OPERATOR}, "everything")
    unknown = {"kind": "other", "gives_email": False, "is_trusted": True}
    yield Page("register", {**least, **unknown, "operator": Operator("", "", "")}, "little")
    by_page = Operator("", "https://waterhoek.example/contact", "")
    yield Page("register", {**least, **unknown, "operator": by_page}, "a page to reach its operator")
    for kind in ("moodle", "canvas", "brightspace", "blackboard", "sakai", "other"):
        known = {"is_ready": kind == "other", "has_deployment": kind in ("moodle", "other")}
        shown = {"kind": kind, **known, "registration_id": AN_ID}
        yield Page("registered", shown, kind)
    yield Page("register_start")
    for reason in ("gone", "under_way", "expired", *Problem):
        shown = {"reason_key": reason, "detail": "lms.example", "reference": REFERENCE}
        yield Page("register_stopped", shown, reason)


def _state() -> Iterator[Page]:
    for template in ("not_found", "not_allowed", "bad_request", "too_large", "server_error"):
        yield Page(template, {"reference": REFERENCE})
    yield Page("part_gone", {"reference": REFERENCE, "visit": VISIT, "typed": TYPED}, "typed")
    yield Page("link_expired", {"course_url": COURSE, "reference": REFERENCE, "typed": TYPED}, "typed")
    yield Page("cookies_blocked", {"reference": REFERENCE, "return_url": None})
    yield from _without_cookies()
    yield Page("link_expired", {"course_url": None, "reference": REFERENCE, "is_guest": True}, "of a guest")
    for url in (COURSE, None):
        name = "with a way back" if url else ""
        for proof in ("cookie", "storage"):
            shown = {"return_url": url, "reference": REFERENCE, "proof": proof}
            yield Page("visit_elsewhere", shown, f"{name} {proof}")
        yield Page("link_expired", {"course_url": url, "reference": REFERENCE}, name)
        for kept in (Kept(NOW), Kept(NOW - timedelta(days=2), is_ready=True), None):
            shown = {"return_url": url, "reference": REFERENCE, "kept": kept, "typed": ()}
            yield Page("visit_expired", shown, f"{name} {kept and kept.at.date()}")
        yield Page("visit_expired", {**shown, "typed": TYPED}, f"{name} typed")
        misfit = {**shown, "kept": Kept(NOW, is_ready=True), "typed": TYPED}
        yield Page("visit_expired", misfit, f"{name} one answer that does not fit")


def _without_cookies() -> Iterator[Page]:
    """As they are without a frame around them, where their script has nobody to ask."""
    place = {"origin": "https://lms.example", "target": "_parent", "key": "beklijf-1"}
    ways = {"action_url": "/lti/login?again=x", "again_url": "/lti/login?again=y"}
    kept = {**place, "value": "v", "go_on": "/auth"}
    for name, storage in (("", None), ("while the platform keeps a value", kept)):
        yield Page("new_tab", {**ways, "storage": storage}, name)
    yield Page("new_tab", {**ways, "again_url": None, "storage": None}, "of an old browser")
    cookie = {"reason_key": "no_browser_cookie", "reference": REFERENCE, "return_url": COURSE}
    yield Page("launch_refused", {**cookie, "posted": {"state": "s", "id_token": "t"}}, "to be sent again")
    yield Page("storage_ask", {"place": place, "posted": {"state": "s", "id_token": "t", "error": ""}})


def _learner() -> Iterator[Page]:
    yield Page("preparing", {"visit": VISIT})
    for name, shown in sample_homes.samples(letters()):
        yield Page("home", shown, name)
    done = next(shown for name, shown in sample_homes.samples(letters()) if name == "with everything")
    yield Page("home", {**done, "journey": sample_journeys.full()}, "with the whole way")
    yield from sample_journeys.pages(letters())


def _steps(locale: str) -> Iterator[Page]:
    for name, shown in sample_steps.samples(locale, days()):
        yield Page("step", shown, name)


def _preferences() -> Iterator[Page]:
    for state, until in (("on", None), ("few", None), ("paused", date(2026, 11, 27)), ("stopped", None)):
        for kept in (None, "go_on"):
            shown = {
                **PREFERENCES,
                "mail_status": state,
                "paused_until": until,
                "kept": kept,
                "shares_room": True,
            }
            coming = letters()
            form = forms.mail_preferences(chosen="stop")
            yield Page("mail_preferences", {**shown, "form": form, "coming": coming}, f"{state} {kept}")
    wrong = forms.mail_preferences(chosen="stop", sent=MultiDict({"choose": "never"}))
    wrong.validate()
    shown = {
        **PREFERENCES,
        "mail_status": "on",
        "paused_until": None,
        "kept": None,
        "coming": [],
        "shares_room": False,
    }
    yield Page("mail_preferences", {**shown, "form": wrong}, "to mend")
    on = forms.mail_preferences(chosen="go_on")
    yield Page("mail_preferences", {**shown, "form": on, "reach": "refused"}, "refused")
    kept = {**shown, "form": on, "archive_url": "/m/t2/archive"}
    yield Page("mail_preferences", kept, "with an address of their own")
    yield Page("mail_preferences", {**shown, "form": on, "is_compared": True}, "compared")
    yield Page("mail_preferences", {**shown, "form": on, "kept": "stay_out"}, "out of the comparison")
    urls = {"mails_url": "/v/v1/mails", "address_url": "/v/v1/address", "course_url": None, "visit": VISIT}
    for reach in ("open", "no_address", "refused", "stopped"):
        yield Page("mail_preferences", {**shown, **urls, "form": on, "reach": reach}, f"in the tool, {reach}")


def _availability() -> Iterator[Page]:
    hours = {"09:30": time(9, 30), "13:30": time(13, 30)}
    away = Leave(id=AN_ID, first_on=date(2026, 11, 23), last_on=date(2026, 11, 27))
    for name, sent, leave in (
        ("", None, []),
        ("with leave", None, [away]),
        ("to mend", MultiDict({"first_on": "morgen", "last_on": ""}), []),
    ):
        week = availability.week_form(hours, Availability(frozenset({4}), None, False, None))
        form = availability.leave_form(TODAY, sent)
        if sent is not None:
            form.validate()
        shown = {"week": week, "hours": hours, "leave_form": form, "leave": leave, "was_kept": not sent}
        own = {"form": form, "back_url": "/m/t2", "page_locale": "nl"}
        yield Page("availability", {**shown, **own}, name)
