"""Items that were chosen in the LMS, on their way to be opened by somebody."""

from tests.web.campus import PREPARE, TRAINER
from tests.web.choosing import claims_of

LEFT = "Eerder gekozen, nog niet geopend"


def open_item(campus, item, link_id="9001", name=TRAINER, roles=None):
    """Somebody opens the link that the LMS made of an item; their browser and the first page."""
    browser = campus.sign_in(name)
    said = {} if roles is None else {"https://purl.imsglobal.org/spec/lti/claim/roles": roles}
    campus.next_claims(*claims_of(item, link_id), lambda claims: claims.update(said))
    return browser, browser.launch(PREPARE)


def open_settings(campus, item, **how):
    """The same, and there the page on how the training is set up."""
    browser, page = open_item(campus, item, **how)
    return browser, browser.open(page, "/settings")
