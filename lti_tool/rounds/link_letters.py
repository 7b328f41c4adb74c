"""Letters with one link that somebody waits for: a download, an address to confirm, own words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lti_tool.domain import moments
from lti_tool.mail import letters
from lti_tool.mail.link_letters import LINK_VERSION, LinkLetter
from lti_tool.models.archives import ArchiveLink
from lti_tool.models.organisations import Organisation
from lti_tool.models.people import Mailbox, MailboxStatus, Person
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import archive_links, downloads, mailboxes, own_addresses, zones
from lti_tool.services.links import Purpose

ENDED = "archive_over"


@dataclass(frozen=True)
class Linked:
    """What a letter is about, where it goes, and where it leads.

    url: makes where it leads, once the letter can go: a new link may end another. None: nowhere any more.
    other_url: where the choice at its foot leads; None for below `url`.
    unsubscribe_url: takes the one-click POST of RFC 8058. until, again_url: of a letter that is kept.
    """

    person: Person
    organisation: Organisation
    mailbox: Mailbox
    url: Callable[[], str | None]
    other_url: str | None
    unsubscribe_url: str
    until: datetime | None = None
    again_url: str | None = None


def prepare(in_hand: InHand) -> Ready | None:
    """The letter, unless nobody waits for it, mail may not go there, or there is no room today."""
    found = OF_STEP[in_hand.delivery.step](in_hand)
    refusal = found if isinstance(found, str) else _obstacle(in_hand, found.person)
    if isinstance(found, str) or refusal is not None:
        in_hand.skip(str(refusal))
        return None
    enrolment = in_hand.session.get_one(Enrolment, in_hand.delivery.enrolment_id)
    zone = zones.zone_of(found.person, in_hand.session.get_one(Cohort, enrolment.cohort_id)).key
    if not in_hand.finds_room(found.mailbox, zone):
        return None
    url = found.url()
    if url is None:
        in_hand.skip(ENDED)
        return None
    return Ready(_write(in_hand, found, url, zone), LINK_VERSION[in_hand.delivery.step], found.mailbox.id)


def _download(in_hand: InHand) -> Linked | str:
    """What a download's letter is about; else why it does not go."""
    sent = downloads.of_letter(in_hand.session, in_hand.delivery.id, in_hand.now.real)
    if sent is None:
        return "download_over"
    if not downloads.may_get_mail(in_hand.session, sent.person, in_hand.work.keyring.named):
        return "no_mail"
    mailbox = in_hand.session.get_one(Mailbox, sent.person.mailbox_id)
    url = in_hand.address(f"/a/{in_hand.token(Purpose.DOWNLOAD)}")
    preferences = in_hand.address(f"/m/{in_hand.token(Purpose.PREFERENCES)}")
    return Linked(sent.person, sent.organisation, mailbox, lambda: url, preferences, preferences)


def _own_address(in_hand: InHand) -> Linked | str:
    """What an address's letter is about; else why it does not go."""
    asked = own_addresses.of_letter(in_hand.session, in_hand.delivery.id, in_hand.now.real)
    if asked is None or asked.is_confirmed:
        return "address_over"
    mailbox = in_hand.session.get_one(Mailbox, asked.row.mailbox_id)
    if mailbox.status is not MailboxStatus.OPEN:
        return f"address_{mailbox.status}"
    url = in_hand.address(f"/k/{in_hand.token(Purpose.OWN_ADDRESS)}")
    return Linked(asked.person, asked.organisation, mailbox, lambda: url, f"{url}?answer=no", url)


def _archive(in_hand: InHand) -> Linked | str:
    """Whose words a letter opens a way to; else why it does not go."""
    owned = archive_links.of_letter(in_hand.session, in_hand.delivery.id)
    if owned is None:
        return ENDED
    mailbox = in_hand.session.get_one(Mailbox, owned.person.own_mailbox_id)
    if mailbox.status is not MailboxStatus.OPEN:
        return "no_mail"
    preferences = in_hand.address(f"/m/{in_hand.token(Purpose.PREFERENCES)}")
    return Linked(
        owned.person,
        owned.organisation,
        mailbox,
        lambda: _archive_url(in_hand, owned.link),
        None,
        preferences,
        until=in_hand.now.real + archive_links.HOLDS,
        again_url=f"{preferences}/archive",
    )


def _archive_url(in_hand: InHand, link: ArchiveLink) -> str | None:
    token = archive_links.make(in_hand.session, link, in_hand.now.real)
    return in_hand.address(f"/a/{token}") if token else None


OF_STEP = {
    downloads.STEP: _download,
    own_addresses.STEP: _own_address,
    archive_links.STEP: _archive,
}


def _obstacle(in_hand: InHand, person: Person) -> str | None:
    if person.key_id not in in_hand.keys:
        return "erased"
    is_removed = in_hand.session.get_one(Platform, person.platform_id).status is PlatformStatus.REMOVED
    return "platform_removed" if is_removed else None


def _write(in_hand: InHand, found: Linked, url: str, zone: str) -> letters.Letter:
    return letters.render(
        LinkLetter(
            step=in_hand.delivery.step,
            locale=found.person.letter_locale,
            to=mailboxes.address_of(found.mailbox, in_hand.work.keyring.named),
            organisation=found.organisation.name,
            reply_to=found.organisation.reply_to,
            url=url,
            other_url=found.other_url or f"{url}/stop",
            until=moments.local(found.until, zone).date() if found.until else None,
            again_url=found.again_url,
            unsubscribe_url=found.unsubscribe_url,
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
        )
    )
