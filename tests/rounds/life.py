"""A person in two trainings who does all that can be done, and what holds whatever that is."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from lti_tool.domain import moments
from lti_tool.domain.clock import Now
from lti_tool.domain.workdays import Period
from lti_tool.models.check_ins import Outcome
from lti_tool.models.deliveries import Delivery, DeliveryStatus, Kind
from lti_tool.models.people import Leave
from lti_tool.models.tracks import Cohort, Enrolment, EnrolmentStatus, MailStatus
from lti_tool.rounds import deliver
from lti_tool.services import (
    availability,
    deliveries,
    enrolments,
    learner_facts,
    moves,
    nudges,
    plans,
    preferences,
    responses,
)
from lti_tool.services.availability import Availability
from lti_tool.services.tracks import Dates
from tests import factories
from tests.factories import ENDED_ON, SENTENCE, at

ZONE = "Europe/Amsterdam"
ADDRESS = "learner@gemeente.example"
OVER = {DeliveryStatus.SENT, DeliveryStatus.SKIPPED}
one = st.integers(0, 2)
some_days = st.integers(0, 12)


def in_time(**drawn):
    """A rule before which some hours pass; what is due meanwhile goes out, unless the machine is off."""

    def make(does):
        def lived(self, hours, is_on, **given):
            self.live(timedelta(hours=hours), is_on)
            if "who" in given:
                given["who"] %= len(self.people)
            does(self, **given)

        lived.__name__ = does.__name__
        return rule(hours=st.integers(0, 70), is_on=st.sampled_from([True, True, True, False]), **drawn)(
            lived
        )

    return make


class Life(RuleBasedStateMachine):
    """Two trainings of one person, who is two persons to the tool as the organisations are two.

    Somebody else who reads at the same address may join one of the trainings when it is well under way.
    """

    def __init__(self, work, mailbox):
        super().__init__()
        self.work, self.mailbox = work, mailbox
        mailbox.mails.clear()
        self.session = work.sessions()
        self.now = at(ENDED_ON, 16).calendar
        self.before = {}
        self.went_on = []

    @initialize(gap=st.integers(0, 9), post=st.sampled_from(["post", "pre"]))
    def two_trainings(self, gap, post):
        self.places = [
            factories.place(self.work, self.session, organisation="default"),
            factories.place(
                self.work,
                self.session,
                organisation="other",
                instrument=post,
                starts_on=ENDED_ON,
                ends_on=ENDED_ON + timedelta(gap),
            ),
        ]
        self.people = [factories.learner(self.session, where, now=at(ENDED_ON)) for where in self.places]
        self.session.commit()

    def teardown(self):
        """Nobody does anything any more, and what is still to come comes."""
        self.live(timedelta(days=90))
        self.nothing_goes_twice()
        self.one_address_gets_one_mail_a_day()
        assert self._next_due() is None
        self.session.close()

    def live(self, span, is_on=True):
        end = self.now + span
        while is_on and (due := self._next_due()) is not None and due <= end:
            self.now = max(self.now, due)
            self._deliver()
            if self._next_due() == due:  # put off by the server, as on a busy machine
                self.now += timedelta(minutes=5)
        self.now = max(self.now, end)
        self._deliver()

    def _next_due(self):
        found = deliveries.next_due(self.session)
        self.session.commit()
        return found

    def _deliver(self):
        known = len(self.mailbox.mails)
        deliver.run(self.work, now=Now(real=self.now, calendar=self.now))
        self.went_on += [moments.local(self.now, ZONE).date()] * (len(self.mailbox.mails) - known)

    # What a person does

    @in_time(who=one, day=some_days)
    def makes_a_plan(self, who, day):
        learner = self._learner(who)
        factories.plan(
            self.session,
            self.places[who],
            self.people[who],
            own_on=self._today() + timedelta(1 + day),
            made_on=learner.facts.plan_made_on or self._today(),
            now=Now(self.now, self.now),
        )
        self.session.commit()

    @in_time(who=one, day=some_days)
    def chooses_another_day(self, who, day):
        plan = plans.find(self.session, self.people[who].enrolment.id)
        if plan is None:
            return
        own_on = self._today() + timedelta(1 + day)
        person = self.people[who]
        plans.change(self.session, plan, person.person, person.key, SENTENCE, own_on, self.now)
        self._replan(who)

    @in_time(who=one, outcome=st.sampled_from([Outcome.USED, Outcome.PARTLY, Outcome.NOT_YET]))
    def answers(self, who, outcome):
        enrolment_id = self.people[who].enrolment.id
        question = responses.in_the_tool(self.session, enrolment_id, self.now, to_change=True)
        responses.answer(self.session, question, outcome, self.work.catalogue, self.now)
        self.session.commit()

    @in_time(who=one, first=some_days, length=some_days)
    def goes_on_leave(self, who, first, length):
        first_on = self._today() + timedelta(first)
        period = Period(first_on, first_on + timedelta(length))
        person = self.people[who].person
        availability.add_leave(self.session, person, period, self.work.catalogue, self.now)
        self.session.commit()

    @in_time(who=one)
    def takes_leave_back(self, who):
        person = self.people[who].person
        leave = self.session.scalars(select(Leave.id).where(Leave.person_id == person.id)).first()
        if leave is not None:
            availability.drop_leave(self.session, person, leave, self.work.catalogue, self.now)
        self.session.commit()

    @in_time(
        who=one, hour=st.sampled_from([None, time(8), time(13), time(17)]), free=st.sampled_from(["", "4"])
    )
    def works_otherwise(self, who, hour, free):
        wanted = Availability(frozenset(map(int, free)), hour, without_words=False, mail_locale=None)
        person = self.people[who].person
        availability.set_out(self.session, person, wanted, self.work.catalogue, self.now)
        self.session.commit()

    @in_time(
        who=one,
        wish=st.sampled_from([preferences.go_on, preferences.few, preferences.pause, preferences.stop]),
    )
    def wants_mail_otherwise(self, who, wish):
        wish(self.session, self._learner(who), self.work.catalogue, self.now)
        self.session.commit()

    # What others do

    @in_time(who=one, days=st.integers(-14, 14))
    def the_dates_move(self, who, days):
        cohort = self.session.get_one(Cohort, self.places[who].cohort.id)
        by = timedelta(days)
        dates = Dates(cohort.starts_on + by, cohort.ends_on + by)
        moves.move(self.session, cohort, dates, self.work.catalogue, self.now)
        self.session.commit()

    @precondition(lambda self: len(self.people) == 2)
    @in_time(who=one)
    def somebody_joins_late(self, who):
        where = self.places[who]
        late = factories.learner(
            self.session, where, "late", email=ADDRESS, now=Now(real=self.now, calendar=self.now)
        )
        self.places.append(where)
        self.people.append(late)
        self.session.commit()

    @in_time(who=one)
    def leaves_the_course_or_comes_back(self, who):
        enrolment, course = self.people[who].enrolment, self.places[who].course
        person_id = enrolment.person_id
        if enrolment.status is EnrolmentStatus.LEFT:
            enrolments.bring_back(self.session, [person_id], course.id)
        else:
            enrolments.end_part(self.session, course.id, {person_id}, self.now)
        self._replan(who)

    @in_time(who=one)
    def somebody_plans_anew_though_nothing_changed(self, who):
        known = self._rows()

        self._replan(who)

        assert self._rows() == known

    # What holds

    @invariant()
    def nothing_goes_twice(self):
        rows = self.session.scalars(select(Delivery).where(Delivery.kind == Kind.NUDGE)).all()
        names = Counter((row.enrolment_id, row.step, row.occurrence) for row in rows)
        sent = Counter(row.message_id for row in rows if row.status is DeliveryStatus.SENT)
        self.session.commit()
        assert not {name for name, times in names.items() if times > 1}
        assert sent == Counter(mail["Message-ID"] for mail in self.mailbox.mails)
        shared = [(r.enrolment_id, r.also) for r in rows if r.also and r.status is DeliveryStatus.SENT]
        alone = [(r.enrolment_id, r.step) for r in rows if r.status is DeliveryStatus.SENT]
        assert not set(shared) & set(alone)

    @invariant()
    def one_address_gets_one_mail_a_day(self):
        assert len(self.went_on) == len(set(self.went_on))

    @invariant()
    def nothing_is_planned_in_the_past_and_what_is_over_stays_over(self):
        rows = self._rows()
        for row_id, (status, due_at) in rows.items():
            known = self.before.get(row_id)
            if status is DeliveryStatus.PLANNED and known != (status, due_at):
                assert due_at >= self.now
            if known is not None and known[0] in OVER:
                assert (status, due_at) == known
        self.before = rows

    @invariant()
    def nobody_gets_what_was_due_before_they_joined(self):
        found = self.session.execute(
            select(Delivery.due_at, Delivery.due_on, Enrolment.joined_at)
            .join(Enrolment, Enrolment.id == Delivery.enrolment_id)
            .where(Delivery.kind == Kind.NUDGE)
        ).all()
        self.session.commit()
        assert all(row.due_at >= row.joined_at for row in found)
        assert all(row.due_on >= moments.local(row.joined_at, ZONE).date() for row in found)

    @invariant()
    def whoever_left_or_stopped_has_nothing_to_come(self):
        found = self.session.execute(
            select(Enrolment.status, Enrolment.mail_status)
            .join(Delivery, Delivery.enrolment_id == Enrolment.id)
            .where(Delivery.status == DeliveryStatus.PLANNED, Delivery.kind == Kind.NUDGE)
        ).all()
        self.session.commit()
        assert not [row for row in found if EnrolmentStatus.LEFT in row or MailStatus.STOPPED in row]

    def _rows(self) -> dict[object, tuple[DeliveryStatus, datetime]]:
        self.session.expire_all()
        rows = self.session.scalars(select(Delivery).where(Delivery.kind == Kind.NUDGE)).all()
        found = {row.id: (row.status, row.due_at) for row in rows}
        self.session.commit()
        return found

    def _learner(self, who):
        self.session.expire_all()
        return learner_facts.gather(self.session, [self.people[who].enrolment.id])[0]

    def _replan(self, who):
        nudges.replan(self.session, [self.people[who].enrolment.id], self.work.catalogue, self.now)
        self.session.commit()

    def _today(self) -> date:
        return moments.local(self.now, ZONE).date()
