"""The pages about a link to one's own words, with what they are shown with."""

from collections.abc import Iterator
from itertools import product

from lti_tool.models.archives import ArchiveLink, LinkStatus
from lti_tool.services.archive_links import Offer
from tests.web import sample_privacy
from tests.web.samples import NOW, TODAY, VISIT, Page

URLS = {"look": "/a/t1", "stop": "/a/t1/stop"}


def pages() -> Iterator[Page]:
    """All of them."""
    around = {"organisation": "Gemeente Waterhoek", "urls": URLS}
    yield Page("archive", {**around, "until": NOW})
    export = sample_privacy.export(sample_privacy.training())
    yield Page("archive_words", {**around, "export": export})
    for has_ended in (False, True):
        yield Page("archive_stop", {**around, "has_ended": has_ended}, str(has_ended))
    yield Page("archive_gone", {"reference": "BK-7Q2M-94XA"})
    yield from _asking()


def _asking() -> Iterator[Page]:
    around = {"holds_days": 90, "known": None, "live": None, "is_fresh": True, "address_url": None}
    in_visit = {**around, "visit": VISIT, "back_url": "/v/v1/mine", "address_url": "/v/v1/address"}
    behind_a_letter = {**around, "back_url": "/m/t2"}
    for offer, shown in product(Offer, (in_visit, behind_a_letter)):
        if offer is not Offer.TODAY:
            yield Page("archive_ask", {**shown, "offer": offer.value}, f"{offer} {shown['back_url']}")
    for status in LinkStatus:
        known = ArchiveLink(status=status, expires_at=NOW, opened_on=TODAY)
        live = known if status is LinkStatus.OPEN else None
        shown = {**in_visit, "known": known, "live": live, "offer": Offer.TODAY.value}
        yield Page("archive_ask", shown, f"today {status}")
    live = ArchiveLink(status=LinkStatus.OPEN, expires_at=NOW, opened_on=None)
    for is_fresh in (True, False):
        shown = {**in_visit, "live": live, "known": live, "is_fresh": is_fresh, "offer": "possible"}
        yield Page("archive_ask", shown, f"another {is_fresh}")
    yield Page("archive_ask", {**in_visit, "is_fresh": False, "offer": "possible"}, "later")
