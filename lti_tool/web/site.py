"""The web side of the tool, put together."""

from datetime import date

from flask import Flask
from jinja2 import StrictUndefined

from lti_tool.web import (
    access,
    adaptations,
    advising,
    afterwards,
    announcements,
    answers,
    api,
    archives,
    auditing,
    availability,
    before,
    bounces,
    buddies,
    buddy_links,
    cards,
    channels,
    check_ins,
    choosing,
    comparisons,
    compressing,
    contacts,
    deep_links,
    during,
    endings,
    entries,
    errors,
    examples,
    exporting,
    feeds,
    finishing,
    groups,
    guests,
    headers,
    health,
    hints,
    insights,
    invitations,
    journeys,
    languages,
    learner,
    local,
    logbook,
    lti,
    mine,
    moves,
    note_evidence,
    note_links,
    notices,
    opening_rules,
    own_addresses,
    plan_calendars,
    plan_pages,
    plan_replies,
    preferences,
    privacy,
    privacy_passes,
    recalls,
    registering,
    released,
    releases,
    reminders,
    removals,
    reporting,
    reviews,
    scheduling,
    sending,
    settings_up,
    signing_in,
    speaking,
    statics,
    step_help,
    stories,
    takeaways,
    team_notes,
    teams,
    themes,
    track_settings,
    trainer,
    trials,
    using_again,
    visit,
    visiting,
    wordings,
    yourself,
)

TRAINERS = (
    trainer,
    afterwards,
    track_settings,
    before,
    reminders,
    settings_up,
    scheduling,
    moves,
    announcements,
    groups,
    channels,
    recalls,
    adaptations,
    wordings,
    contacts,
    using_again,
    sending,
    examples,
    during,
    exporting,
    reporting,
    opening_rules,
    removals,
    endings,
    hints,
    reviews,
    health,
    trials,
)
PLANS = (journeys, plan_pages, plan_calendars, releases, takeaways, plan_replies)
OF_THEIRS = (
    logbook,
    note_evidence,
    note_links,
    entries,
    stories,
    teams,
    mine,
    own_addresses,
    feeds,
    archives,
)
LEARNERS = (learner, finishing, step_help, *PLANS, check_ins, *OF_THEIRS, buddies, yourself)
ADVISERS = (signing_in, advising, insights, comparisons)
LETTERS = (answers, preferences, availability, invitations, cards, team_notes, buddy_links)
BLUEPRINTS = (
    lti,
    registering,
    notices,
    bounces,
    visit,
    guests,
    privacy,
    deep_links,
    *LEARNERS,
    *TRAINERS,
    *LETTERS,
    *ADVISERS,
    api,
    local,
    themes,
)


def init_app(app: Flask) -> None:
    """Registers blueprints, headers, errors and languages; raises UndeclaredAccess."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    languages.init_app(app)
    released.init_app(app)
    errors.init_app(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages.blueprint)
    app.before_request(visiting.check)
    app.before_request(choosing.check)
    app.before_request(endings.check)
    app.before_request(privacy_passes.check)
    app.before_request(advising.check)
    app.before_request(api.check)
    app.before_request(auditing.begin)
    app.teardown_request(visiting.leave)
    app.after_request(auditing.finish)
    app.after_request(speaking.answer)
    app.after_request(headers.protect)
    app.after_request(compressing.compress)
    app.context_processor(visiting.describe)
    app.context_processor(themes.describe)
    app.context_processor(_today)
    app.url_defaults(statics.mark_version)
    access.require_declarations(app)


def _today() -> dict[str, date]:
    return {"today": visiting.today()}
