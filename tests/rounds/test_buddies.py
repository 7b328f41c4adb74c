"""A buddy's invitation and one question on their way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lti_tool.domain.digests import OF_A_BUDDY, over_after
from lti_tool.domain.releases import Shareable
from lti_tool.domain.workdays import Period
from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.models.releases import Release
from lti_tool.rounds import deliver, erasing, retention
from lti_tool.services import availability, buddies, contacts, enrolments, moves, plans, tracks
from lti_tool.services.contacts import Circle
from lti_tool.services.plans import Sentence
from lti_tool.services.tracks import Dates
from tests import factories, following
from tests.factories import ENDED_ON, at
from tests.following import INGRID, MONDAY, NEXT_MONDAY

W5 = date(2026, 12, 11)


@pytest.fixture
def where(work, session):
    return factories.place(work, session)


@pytest.fixture
def who(session, where):
    return factories.learner(session, where)


def asked(session, where, who, **more):
    buddy = following.named(session, where, who, kind=ContactKind.BUDDY, **more)
    session.commit()
    return buddy


def willing(session, where, who, **more):
    buddy = following.confirmed(session, where, who, kind=ContactKind.BUDDY, **more)
    session.commit()
    return buddy


def to(mailbox, address=INGRID):
    return [mail for mail in mailbox.mails if mail["To"] == address]


def text(mail):
    return mail.get_body(("plain",)).get_content()


def question(session):
    session.expire_all()
    row = session.scalars(select(Delivery).where(Delivery.step == "buddy")).one()
    session.commit()
    return row


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


def test_three_wait_for_an_answer_at_a_time_and_an_address_is_asked_once(session, where, who):
    addresses = [f"n{number}@gemeente.example" for number in range(4)]
    first = [asked(session, where, who, address=address) for address in addresses[:3]]

    fourth = asked(session, where, who, address=addresses[3])
    again = asked(session, where, who, address=addresses[0])
    contacts.answer(session, first[0], says_yes=True, now=at(ENDED_ON, 18).calendar)
    after_a_yes = asked(session, where, who, address=addresses[3])
    contacts.answer(session, first[1], says_yes=False, now=at(ENDED_ON, 18).calendar)
    once_more = asked(session, where, who, address=addresses[1])

    assert (fourth, again) == (contacts.Refusal.TOO_MANY, contacts.Refusal.TOO_MANY)
    assert isinstance(after_a_yes, Contact)
    assert once_more is contacts.Refusal.ASKED_BEFORE


@pytest.fixture
def elsewhere(session, where, who):
    """The same learner in another training."""
    day = Dates(NEXT_MONDAY, NEXT_MONDAY)
    track = tracks.begin(session, where.course, day, "Europe/Amsterdam", at(ENDED_ON).calendar)
    (cohort,) = tracks.cohorts(session, track)
    (enrolment,) = enrolments.enrol(session, [who.person], cohort, at(ENDED_ON).calendar)
    return replace(who, enrolment=enrolment)


@pytest.mark.parametrize("kind", [ContactKind.BUDDY, ContactKind.LEADER])
@pytest.mark.parametrize("says_yes", [None, False])
def test_who_did_not_say_yes_is_not_asked_by_the_same_learner_in_another_training_either(
    session, where, who, elsewhere, kind, says_yes
):
    buddy = asked(session, where, who)
    if says_yes is False:
        contacts.answer(session, buddy, says_yes=False, now=at(ENDED_ON, 18).calendar)

    again = following.named(session, where, elsewhere, kind=kind)

    assert again is contacts.Refusal.ASKED_BEFORE


def test_a_buddy_who_said_yes_may_be_asked_for_another_training(session, where, who, elsewhere):
    willing(session, where, who)

    assert isinstance(asked(session, where, elsewhere), Contact)


def test_three_wait_for_an_answer_over_all_trainings_of_a_learner(session, where, who, elsewhere):
    for number, learner in enumerate((who, elsewhere, elsewhere)):
        asked(session, where, learner, address=f"n{number}@gemeente.example")

    fourth = asked(session, where, who, address="n4@gemeente.example")
    other = factories.learner(session, where, "other")

    assert fourth is contacts.Refusal.TOO_MANY
    assert isinstance(asked(session, where, other, address="n4@gemeente.example"), Contact)


def test_a_manager_and_buddies_do_not_take_each_others_place(work, session, where, who):
    following.confirmed(session, where, who, address="leider@gemeente.example")

    buddy = asked(session, where, who)

    assert isinstance(buddy, Contact)
    shown = {
        kind: [one.id for one in contacts.listing(session, Circle(kind, who.enrolment), work.keyring.named)]
        for kind in (ContactKind.LEADER, ContactKind.BUDDY)
    }
    assert shown[ContactKind.BUDDY] == [buddy.id]
    assert len(shown[ContactKind.LEADER]) == 1


@pytest.mark.database
def test_a_buddy_of_several_gets_one_question_a_week(work, session, mailbox):
    for name in ("first", "second"):
        place = factories.place(work, session, organisation=name)
        willing(session, place, factories.learner(session, place))

    for day in range(20):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))

    questions = [mail for mail in to(mailbox) if mail["Subject"] == "Een vraag voor uw collega"]
    rows = session.scalars(
        select(Delivery).where(Delivery.step == "buddy", Delivery.kind == Kind.DIGEST)
    ).all()
    assert len(questions) == 2
    assert {row.due_on.isocalendar().week for row in rows} == {50, 51}


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


def asked_by(session, where, *names):
    """Everybody of these names chose Ingrid, who said yes to each."""
    for name in names:
        willing(session, where, factories.learner(session, where, name))


def live_through(work, days, first=0):
    for day in range(first, days):
        deliver.run(work, now=at(ENDED_ON + timedelta(days=day), 10))


def told_of(session):
    session.expire_all()
    rows = session.scalars(select(Delivery).where(Delivery.step == "buddy").order_by(Delivery.status)).all()
    session.commit()
    return [(row.status, row.reason) for row in rows]


@pytest.mark.database
def test_who_is_a_buddy_of_many_gets_two_questions_in_all_over_all_trainings(work, session, mailbox, where):
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=ENDED_ON + timedelta(days=7))
    asked_by(session, where, "first", "second")
    asked_by(session, elsewhere, "third", "fourth")

    live_through(work, 30)

    questions = [mail for mail in to(mailbox) if mail["Subject"] == "Een vraag voor uw collega"]
    gone = (DeliveryStatus.SENT, None)
    asked_enough = (DeliveryStatus.SKIPPED, "buddy_asked_enough")
    assert len(questions) == 2
    assert told_of(session) == [gone, gone, asked_enough, asked_enough]


def test_a_question_that_did_not_arrive_takes_no_place_of_the_two(work, session, mailbox, where):
    asked_by(session, where, "first")
    live_through(work, 10)
    question(session).status = DeliveryStatus.FAILED
    session.commit()
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=ENDED_ON + timedelta(days=7))
    asked_by(session, elsewhere, "second")
    third = factories.place(work, session, organisation="third", ends_on=ENDED_ON + timedelta(days=14))
    asked_by(session, third, "third")

    live_through(work, 40, first=10)

    assert [status for status, _ in told_of(session)] == ["failed", "sent", "sent"]


def test_who_had_all_questions_as_a_buddy_still_gets_cards(work, session, mailbox, where):
    asked_by(session, where, "first")
    elsewhere = factories.place(work, session, organisation="elsewhere", ends_on=ENDED_ON + timedelta(days=7))
    asked_by(session, elsewhere, "second")
    following.confirmed(session, where)
    session.commit()

    live_through(work, 25)

    sent = session.scalars(select(Delivery.step).where(Delivery.status == DeliveryStatus.SENT)).all()
    assert sent.count("buddy") == 2
    assert {"leader", "closed", "value_check"} & set(sent)
