"""A buddy's invitation and one question on their way."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.digests import OF_A_BUDDY, over_after
from lti_tool.domain.releases import Shareable
from lti_tool.domain.workdays import Period
from lti_tool.models.contacts import Contact, ContactStatus
from lti_tool.models.deliveries import DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.releases import Release
from lti_tool.rounds import deliver, erasing, retention
from lti_tool.services import availability, buddies, contacts, moves, plans
from lti_tool.services.plans import Sentence
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, at
from tests.following import MONDAY, NEXT_MONDAY
from tests.rounds.buddies import asked, question, willing
from tests.rounds.contacts import text, to

W5 = date(2026, 12, 11)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


@pytest.mark.database
def test_a_buddy_gets_two_mails_in_all_and_no_word_of_who_asked(work, session, mailbox, where, who):
    sentence = Sentence("zebramoment", "zebradaad", "zebrawoord")
    factories.plan(session, where, who, sentence=sentence)
    buddy = asked(session, where, who)
    buddies.release(session, buddy, set(Shareable), at(ENDED_ON, 17).calendar)
    session.commit()
    deliver.run(work, now=at(ENDED_ON, 18))
    contacts.answer(session, buddy, says_yes=True, now=at(ENDED_ON, 19).calendar)
    session.commit()

    for day in range(1, 60):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))

    mails = to(mailbox)
    assert [mail["Subject"] for mail in mails] == [
        "Een collega vraagt u als buddy",
        "Een vraag voor uw collega",
    ]
    assert question(session).due_on == W5
    told = "".join(text(mail) + str(mail["Subject"]) for mail in mails)
    assert [word for word in ("Naam van", "Ingrid", "zebra") if word in told] == []
    assert "Dit is de laatste mail" in text(mails[1])
    assert mails[1]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_buddy_reads_the_name_that_the_learner_lets_be_told(work, session, mailbox, where, who):
    buddy = asked(session, where, who, tells_name=True)

    deliver.run(work, now=at(ENDED_ON, 18))
    contacts.answer(session, buddy, says_yes=True, now=at(ENDED_ON, 19).calendar)
    session.commit()
    deliver.run(work, now=at(W5, 10))

    assert ["Naam van learner" in text(mail) for mail in to(mailbox)] == [True, True]


def test_nothing_comes_without_a_yes_and_the_question_is_taken_back(work, session, mailbox, where, who):
    buddy = asked(session, where, who)
    buddies.release(session, buddy, {Shareable.DAY}, at(ENDED_ON, 17).calendar)
    session.commit()

    for day in range(17):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))

    session.expire_all()
    assert len(to(mailbox)) == 1
    assert buddy.status is ContactStatus.LAPSED
    assert contacts.name_of(buddy, work.keyring.named) == ""
    assert session.scalars(select(Release)).all() == []


def stop(_work, session, _who, buddy):
    contacts.answer(session, buddy, says_yes=False, now=at(MONDAY).calendar)


def leave(_work, _session, who, _buddy):
    who.enrolment.status = "left"


def close_plan(_work, session, who, _buddy):
    plan = plans.begin(session, who.enrolment, at(MONDAY).calendar)
    plan.closed_on = MONDAY


def bounce(_work, session, _who, buddy):
    session.get_one(Mailbox, buddy.mailbox_id).status = MailboxStatus.REFUSED


def withdraw(work, session, _who, buddy):
    contacts.remove(session, buddy, work.keyring.named, at(MONDAY).calendar)


def erase(work, session, who, _buddy):
    session.commit()
    assert erasing.erase(work, who.person.id, now=at(MONDAY))


def forget_key(work, session, who, _buddy):
    session.commit()
    work.keyring.forget(who.person.key_id)


@pytest.mark.database
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (stop, "contact_stopped"),
        (withdraw, "contact_stopped"),
        (leave, "left"),
        (close_plan, "plan_closed"),
        (bounce, "address_refused"),
        (forget_key, "erased"),
    ],
)
def test_the_question_stays_away_when_things_changed(work, session, mailbox, where, who, change, reason):
    buddy = willing(session, where, who)
    change(work, session, who, buddy)
    session.commit()

    deliver.run(work, now=at(W5, 10))

    assert [mail["Subject"] for mail in to(mailbox) if "vraag" in mail["Subject"]] == []
    assert question(session).reason == reason


@pytest.mark.database
def test_with_the_learner_go_the_buddy_the_address_and_what_was_shown(work, session, mailbox, where, who):
    buddy = willing(session, where, who)
    buddies.release(session, buddy, set(Shareable), at(ENDED_ON, 17).calendar)
    address_id = buddy.mailbox_id

    erase(work, session, who, buddy)
    deliver.run(work, now=at(W5, 10))

    session.expire_all()
    assert to(mailbox) == []
    assert session.scalars(select(Contact)).all() == session.scalars(select(Release)).all() == []
    assert session.get(Mailbox, address_id) is None


def test_other_dates_move_the_question_along(work, session, where, who):
    willing(session, where, who)

    later = Dates(NEXT_MONDAY, NEXT_MONDAY)
    moves.move(session, where.cohort, later, work.catalogue, at(ENDED_ON, 18).calendar)
    session.commit()

    assert question(session).due_on == date(2026, 12, 21)


def test_the_question_waits_until_the_learner_is_back(work, session, mailbox, where, who):
    willing(session, where, who)

    away = Period(date(2026, 12, 9), date(2026, 12, 15))
    availability.add_leave(session, who.person, away, work.catalogue, at(MONDAY).calendar)
    session.commit()

    moved = question(session).due_on
    for day in range(20):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))
    assert moved == date(2026, 12, 16)
    assert question(session).status is DeliveryStatus.SENT
    assert question(session).due_on == moved


def test_who_says_yes_late_gets_the_question_on_the_next_day_and_after_the_window_none(
    work, session, where, who
):
    buddy = asked(session, where, who)
    contacts.answer(session, buddy, says_yes=True, now=at(date(2026, 12, 14), 12).calendar)
    late = question(session).due_on
    other = asked(session, where, who, address="bram@gemeente.example", now=at(MONDAY))
    contacts.answer(session, other, says_yes=True, now=at(date(2026, 12, 18), 20).calendar)
    session.commit()

    assert late == date(2026, 12, 15)
    assert question(session).contact_id == buddy.id


def test_what_was_released_ends_when_it_is_taken_back_or_the_buddy_is(work, session, where, who):
    buddy = willing(session, where, who)
    moment = at(ENDED_ON, 17).calendar
    buddies.release(session, buddy, {Shareable.PLAN, Shareable.DAY}, moment)
    both = buddies.released(session, buddy)
    buddies.release(session, buddy, {Shareable.DAY}, moment)
    one = buddies.released(session, buddy)

    contacts.remove(session, buddy, work.keyring.named, moment)
    buddies.release(session, buddy, {Shareable.PLAN}, moment)

    assert (both, one) == ({Shareable.PLAN, Shareable.DAY}, {Shareable.DAY})
    assert buddies.released(session, buddy) == set()


def test_all_that_is_kept_of_a_buddy_goes_when_nothing_comes_or_opens_any_more(work, session, where, who):
    buddy = willing(session, where, who)
    buddies.release(session, buddy, {Shareable.PLAN}, at(ENDED_ON, 17).calendar)
    address_id, over = buddy.mailbox_id, ENDED_ON + over_after(OF_A_BUDDY)
    session.commit()

    retention.run(work, now=at(over))
    kept = session.scalars(select(Contact.id)).all()
    session.commit()
    retention.run(work, now=at(over + timedelta(days=1)))

    session.expire_all()
    assert len(kept) == 1
    assert session.scalars(select(Contact)).all() == session.scalars(select(Release)).all() == []
    assert session.get(Mailbox, address_id) is None
