"""Where a score goes when no launch said so: searched for once, and kept."""

import logging

from lti_tool.lti import line_items as service
from lti_tool.lti.grades import NotSent, NotSentReason, Sent
from lti_tool.lti.line_items import Column, Container, Services
from lti_tool.lti.ports import Registration
from lti_tool.lti.service_calls import Failure
from lti_tool.rounds import lti_store
from lti_tool.rounds.ticking import Ticking
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import line_items
from lti_tool.services.line_items import Search
from lti_tool.services.scores import Report

log = logging.getLogger("beklijf.scores")


def obtain(work: Workplace, report: Report, registration: Registration, clock: Ticking) -> str | NotSent:
    """The line item of a score; one that nobody knows is found or made, by one round at a time."""
    if report.line_item_url is not None:
        return report.line_item_url
    with work.sessions.begin() as session:
        search = line_items.take(session, report.link_id, clock.now().real)
    if search is None:
        return NotSent(NotSentReason.BEING_SOUGHT)
    found = _search(work, report, registration, search, clock)
    if isinstance(found, NotSent):
        return found
    with work.sessions.begin() as session:
        line_items.settle(session, report.link_id, found)
    log.info("line_item.%s link=%s", "missing" if found is None else "found", report.link_id)
    return found or NotSent(NotSentReason.NO_LINE_ITEM)


def believe(work: Workplace, report: Report, result: Sent | NotSent) -> Sent | NotSent:
    """The outcome; a line item that was found and is there no more is looked for again later."""
    is_gone = isinstance(result, NotSent) and result.reason is Failure.NOT_FOUND
    if not is_gone or not report.is_own_column:
        return result
    with work.sessions.begin() as session:
        line_items.settle(session, report.link_id, None)
    return NotSent(NotSentReason.BEING_SOUGHT)


def _search(
    work: Workplace, report: Report, registration: Registration, search: Search, clock: Ticking
) -> str | NotSent | None:
    container = Container(
        registration, report.deployment_id, search.url, search.scopes, report.product_family
    )
    own_id = None if search.own_id is None else str(search.own_id)
    column = Column(search.link_id, own_id, search.tag, search.label)
    services = Services(lti_store.store(work), work.outgoing, clock.now().real)
    return service.find_or_make(column, container, services)
