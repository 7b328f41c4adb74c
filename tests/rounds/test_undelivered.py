"""Nudges that do not arrive, or of which nobody knows."""

import pytest
from sqlalchemy import select

from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.plan_replies import PlanReply
from lti_tool.rounds import deliver
from lti_tool.services import platforms, sealing
from tests import factories
from tests.factories import ENDED_ON, at
from tests.rounds.nudges import MONDAY, only, rows


def test_a_mail_server_that_is_down_leaves_the_letter_waiting(work, build, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    unreachable = build(smtp_url="smtp://127.0.0.1:9").extensions["beklijf"]

    deliver.run(unreachable, now=at(MONDAY))
    waiting = only(session, "plan")
    deliver.run(work, now=at(MONDAY, 9, 35))

    assert (waiting.status, waiting.reason) == (DeliveryStatus.PLANNED, "unreachable")
    assert len(mailbox.mails) == 1


@pytest.mark.database
def test_an_address_refused_for_good_is_marked_and_the_others_go_out(work, session, mailbox):
    where = factories.place(work, session)
    for name in ("a", "b", "c"):
        factories.learner(session, where, name)
    session.commit()
    mailbox.answers["b@gemeente.example"] = "550 5.1.1 nobody here"

    deliver.run(work, now=at(MONDAY))

    assert sorted(mailbox.addressees) == ["a@gemeente.example", "c@gemeente.example"]
    refused = [row for row in rows(session, "plan") if row.status is DeliveryStatus.FAILED]
    assert [row.reason for row in refused] == ["refused_address"]
    assert session.get(Mailbox, refused[0].mailbox_id).status is MailboxStatus.REFUSED


def test_an_address_refused_for_now_is_tried_again_later(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    session.commit()
    mailbox.answers["learner@gemeente.example"] = "451 4.7.1 later"
    deliver.run(work, now=at(MONDAY))
    mailbox.answers.clear()

    deliver.run(
        work,
        now=at(
            MONDAY,
            9,
            30,
        ),
    )
    too_soon = len(mailbox.mails)
    deliver.run(work, now=at(MONDAY, 9, 32))

    assert (too_soon, len(mailbox.mails)) == (0, 1)


@pytest.mark.database
def test_a_letter_whose_worker_died_while_sending_is_unknown_and_never_sent_again(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    row = only(session, "plan")
    row.status, row.message_id = DeliveryStatus.SENDING, "<one@x>"
    row.lease_until = at(MONDAY, 9, 30).real
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 40))

    assert mailbox.mails == []
    assert (only(session, "plan").status, only(session, "plan").reason) == (
        DeliveryStatus.UNKNOWN,
        "worker_died",
    )


@pytest.mark.database
def test_a_claim_whose_worker_died_goes_back_and_is_sent(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    row = only(session, "plan")
    row.status, row.lease_until = DeliveryStatus.CLAIMED, at(MONDAY, 9, 30).real
    session.commit()

    deliver.run(work, now=at(MONDAY, 9, 40))

    assert len(mailbox.mails) == 1


def test_who_has_no_address_gets_no_letter_and_the_row_says_so(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where, email=None)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert (only(session, "plan").status, only(session, "plan").reason) == (
        DeliveryStatus.SKIPPED,
        "no_address",
    )


def test_nothing_goes_out_for_a_platform_that_was_removed(work, session, mailbox):
    where = factories.place(work, session)
    factories.learner(session, where)
    platforms.remove(where.platform)
    session.commit()

    deliver.run(work, now=at(MONDAY))

    assert mailbox.mails == []
    assert only(session, "plan").reason == "platform_removed"


def answered(session, where, **more):
    """Somebody whose trainer wrote an answer that they did not read yet."""
    who = factories.learner(session, where)
    place = sealing.Place(where.organisation.id, who.person.id, f"plan_reply.words:{who.enrolment.id}")
    session.add(
        PlanReply(
            organisation_id=where.organisation.id,
            enrolment_id=who.enrolment.id,
            words=sealing.seal(who.key, place, "Begin klein."),
            written_at=at(ENDED_ON, 17).calendar,
        )
    )
    session.commit()


def told_at(session):
    session.expire_all()
    found = session.scalars(select(PlanReply.told_at)).one()
    session.commit()
    return found


@pytest.mark.database
def test_a_letter_that_did_not_go_did_not_tell_of_an_answer_and_the_next_does_once(work, session, mailbox):
    answered(session, factories.place(work, session))
    mailbox.answers["learner@gemeente.example"] = "451 4.7.1 later"

    deliver.run(work, now=at(MONDAY))
    refused = told_at(session)
    mailbox.answers.clear()
    deliver.run(work, now=at(MONDAY, 9, 32))

    (letter,) = mailbox.mails
    assert refused is None
    assert "Uw trainer antwoordde in Beklijf." in letter.get_body(("plain",)).get_content()
    assert told_at(session) is not None


def test_a_letter_refused_for_good_leaves_the_answer_to_the_next(work, session, mailbox):
    answered(session, factories.place(work, session))
    mailbox.answers["learner@gemeente.example"] = "550 5.1.1 nobody here"

    deliver.run(work, now=at(MONDAY))

    assert told_at(session) is None
