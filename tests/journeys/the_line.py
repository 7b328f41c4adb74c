"""The line: one training from preparation to silence, with real launches, letters and scores."""

from datetime import timedelta

from tests.journeys import acts, weeks
from tests.journeys.story import Journey

# A makes a plan and uses it; B makes one and does not get to it; C makes none; D never opens anything.
A, B, C, D = "sanne", "youssef", "tjerk", "emma"
ADDRESSES = {
    A: "sanne.dewit@gemeente.example",
    B: "youssef.elhaddad@gemeente.example",
    C: "tjerk.hoekstra@gemeente.example",
    D: "emma.verbeek@gemeente.example",
}
PREPARE, LOOK_BACK = "3111", "3112"
HARVEST = "Terugkijken op de training"


def tell(journey: Journey) -> None:
    """The story."""

    def subjects(who: str) -> list[str]:
        return journey.subjects(ADDRESSES[who])

    end = weeks.full_weeks(journey.today)
    acts.switch_on(journey, PREPARE, "pre", {"starts_on": end.isoformat(), "ends_on": end.isoformat()})
    acts.switch_on(journey, LOOK_BACK, "post")
    for who in (A, B, C):
        acts.prepare(journey, who, PREPARE)
    journey.holds(len(journey.await_scores(3)) == 3, "the gradebook holds the preparations", 3)

    journey.go_to(end)
    journey.holds(not any(map(subjects, (A, B, C))), "who prepared gets no mail before the end", 0)
    own_day = weeks.working_day(end, 4)
    acts.make_plan(journey, A, LOOK_BACK, None)
    acts.make_plan(journey, B, LOOK_BACK, own_day)
    journey.holds(len(journey.await_scores(5)) == 5, "the gradebook holds the plans", 5)

    journey.go_to(weeks.working_day(end, 1))
    journey.holds(
        [len(subjects(who)) for who in (A, B, C)] == [1, 1, 1],
        "W+1: the plan to see before oneself, and for C the reminder to make one",
        [subjects(who)[-1] for who in (A, B, C)],
    )
    journey.holds(
        subjects(D)[-1] == subjects(C)[-1],
        "D, who never opened anything, is on the roster and gets that too",
        subjects(D),
    )
    first, reminder = (journey.mails(ADDRESSES[who])[0]["text"] for who in (A, C))
    journey.holds(acts.WHEN in first, "A reads the own sentence again", acts.WHEN)
    journey.holds("/c/" not in reminder, "C is led to the course", journey.lms)

    journey.go_to(own_day)
    journey.holds(
        [subjects(who)[1:] for who in (A, B)] == [["Vandaag: doorvragen"]] * 2,
        "W+4: the own day",
        "Vandaag: doorvragen",
    )
    acts.answer(journey, journey.mails(ADDRESSES[A])[-1], "used")
    new_day = weeks.working_day(end, 6)
    page = acts.answer(journey, journey.mails(ADDRESSES[B])[-1], "not_yet")
    acts.name_obstacle(journey, page, new_day)

    journey.go_to(new_day)
    journey.holds(subjects(B)[2:] == ["Vandaag: doorvragen"], "W+6: B gets a new cue on the new day", new_day)
    again = journey.mails(ADDRESSES[B])[-1]["text"]
    journey.holds("Vandaag is de nieuwe dag die u koos." in again, "which says that the day is new")
    journey.go_to(weeks.working_day(end, 9))
    journey.holds(
        [subjects(who)[-1] for who in (A, B, C)] == [HARVEST] * 3,
        "W+9: who used it, who did not and who made no plan are asked how the training was",
        HARVEST,
    )
    page = acts.answer(journey, journey.mails(ADDRESSES[A])[-1], "good")
    journey.holds(acts.BROUGHT in page.text, "who used it may write in the course what it brought", "good")
    acts.look_back(journey, A, LOOK_BACK)
    journey.go_to(weeks.working_day(end, 10))
    journey.holds(len(subjects(A)) == 3, "A used it and got no more cues", 3)
    journey.holds(subjects(C)[2:] == ["Nog één vraag over uw training"], "W+10: C gets the last call", 3)
    while journey.move("next_due"):
        pass
    journey.go_to(end + timedelta(days=50))
    journey.holds(
        [subjects(who)[-1] for who in (A, B)] == ["Een maand later: doorvragen"] * 2,
        "a month later A and B are asked what becomes of the plan",
        "Een maand later: doorvragen",
    )
    counts = {who: len(subjects(who)) for who in (A, B, C)}
    journey.holds(counts[C] == 3, "C, who answered nothing, hears nothing more", counts)
