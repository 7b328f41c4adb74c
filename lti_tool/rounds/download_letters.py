"""Letters with a download: service letters, which go at once and outside the budget of a week."""

from datetime import time

from lti_tool.domain import moments
from lti_tool.domain.workdays import DAY
from lti_tool.mail import letters
from lti_tool.mail.download_letters import VERSION, DownloadLetter
from lti_tool.models.people import Mailbox
from lti_tool.models.platforms import Platform, PlatformStatus
from lti_tool.models.tracks import Cohort, Enrolment
from lti_tool.rounds.letters import InHand, Ready
from lti_tool.services import budgets, downloads, mailboxes, zones
from lti_tool.services.downloads import Sent
from lti_tool.services.links import Purpose

# When an address that had its share of service letters today gets the next one.
TOMORROW = time(8)


def prepare(in_hand: InHand) -> Ready | None:
    """The letter of a download, unless mail may not go there any more, or there is no room today."""
    sent = downloads.of_letter(in_hand.session, in_hand.delivery.id, in_hand.now.real)
    refusal = _obstacle(in_hand, sent) if sent else "download_over"
    if sent is None or refusal is not None:
        in_hand.skip(str(refusal))
        return None
    mailbox = in_hand.session.get_one(Mailbox, sent.person.mailbox_id)
    enrolment = in_hand.session.get_one(Enrolment, in_hand.delivery.enrolment_id)
    cohort = in_hand.session.get_one(Cohort, enrolment.cohort_id)
    today = zones.today(sent.person, cohort, in_hand.now.calendar)
    if not budgets.take_service(in_hand.session, mailbox.id, in_hand.delivery, today):
        zone = zones.zone_of(sent.person, cohort).key
        in_hand.postpone(moments.at(today + DAY, TOMORROW, zone), zone, "no_room_today")
        return None
    return Ready(_write(in_hand, sent, mailbox), VERSION, mailbox.id)


def _obstacle(in_hand: InHand, sent: Sent) -> str | None:
    if sent.person.key_id not in in_hand.keys:
        return "erased"
    if in_hand.session.get_one(Platform, sent.person.platform_id).status is PlatformStatus.REMOVED:
        return "platform_removed"
    named = in_hand.work.keyring.named
    return None if downloads.may_get_mail(in_hand.session, sent.person, named) else "no_mail"


def _write(in_hand: InHand, sent: Sent, mailbox: Mailbox) -> letters.Letter:
    preferences = in_hand.address(f"/m/{in_hand.token(Purpose.PREFERENCES)}")
    return letters.render(
        DownloadLetter(
            locale=sent.person.letter_locale,
            to=mailboxes.address_of(mailbox, in_hand.work.keyring.named),
            organisation=sent.organisation.name,
            url=in_hand.address(f"/a/{in_hand.token(Purpose.DOWNLOAD)}"),
            preferences_url=preferences,
            unsubscribe_url=preferences,
            mail_from=in_hand.work.settings.mail_from,
            message_id=in_hand.identity,
            sent_at=in_hand.now.real,
        )
    )
