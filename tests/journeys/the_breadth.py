"""The breadth: several meetings, a holiday, people who are not there every day, and those who follow them."""

from datetime import date

from tests.journeys import acts, weeks
from tests.journeys.story import DAY, Journey

COURSE = "312"
PREPARE, LOOK_BACK, BETWEEN = "3121", "3122", "3123"
# A does everything in time; B is on leave after the training; C works three days a week and prepares
# nothing; D comes to the course late, and reads English; E has no address.
A, B, C, D, E = "sanne", "youssef", "tjerk", "emma", "marloes"
ADDRESSES = {
    A: "sanne.dewit@gemeente.example",
    B: "youssef.elhaddad@gemeente.example",
    C: "tjerk.hoekstra@gemeente.example",
    D: "emma.verbeek@gemeente.example",
}
MONDAY, FRIDAY = 0, 4
CONTACT = {"name": "Lies Bakker", "address": "lies.bakker@gemeente.example"}
NO_ANSWER = {"name": "Omar Yilmaz", "address": "omar.yilmaz@gemeente.example"}
BUDDY = {"name": "Noor Visser", "address": "noor.visser@gemeente.example"}
MANAGER = {"name": "Jan Smit", "address": "jan.smit@gemeente.example"}


def tell(journey: Journey) -> None:
    """The story."""
    end, holiday = weeks.broken_weeks(journey.today + 42 * DAY)
    first = end - 14 * DAY
    journey.change_member(COURSE, D, is_member=False)
    before_it(journey, first, end)
    between_meetings(journey, first, end)
    after_it(journey, end, holiday)
    the_buddy(journey, end)
    followers(journey, end)


def before_it(journey: Journey, first: date, end: date) -> None:
    """The trainer sets three links up and asks two contacts; the preparation."""
    second = end - 7 * DAY
    days = {"starts_on": first.isoformat(), "between": second.isoformat(), "ends_on": end.isoformat()}
    days["preset"] = "several"
    acts.switch_on(journey, PREPARE, "pre", days)
    acts.switch_on(journey, BETWEEN, "mid")
    acts.switch_on(journey, LOOK_BACK, "post")
    for asked in (CONTACT, NO_ANSWER):
        acts.ask(journey, acts.TRAINER, PREPARE, acts.CONTACTS, asked)
    acts.say_yes(journey, journey.await_mail(CONTACT["address"], 1))
    journey.await_mail(NO_ANSWER["address"], 1)
    acts.prepare(journey, A, PREPARE)
    acts.prepare(journey, B, PREPARE)
    acts.ask(journey, A, PREPARE, "/leader", MANAGER)
    acts.say_yes(journey, journey.await_mail(MANAGER["address"], 1))
    page = acts.home(journey, B, PREPARE)
    journey.holds(CONTACT["name"] in page and NO_ANSWER["name"] not in page, "learners see who follows them")
    acts.choose_days(journey, C, PREPARE, {"free": [str(MONDAY), str(FRIDAY)]}, "free")

    journey.go_to(first - DAY)
    expected = [weeks.before(first, number, (MONDAY, FRIDAY)) for number in (10, 5)]
    days_of_c = journey.days(ADDRESSES[C])
    journey.holds(
        days_of_c == expected, "P-10 and P-5, counted in days that C works", [str(day) for day in days_of_c]
    )
    journey.holds(not journey.mails(ADDRESSES[A]), "A and B prepared and get no mail", 0)
    journey.holds(
        journey.days(MANAGER["address"])[1:] == [weeks.before(first, 5)],
        "P-5: A's manager gets the talk",
        journey.subjects(MANAGER["address"])[-1],
    )


def between_meetings(journey: Journey, first: date, end: date) -> None:
    """A looks back on the first meeting by herself, the others are asked to."""
    journey.go_to(first + DAY)
    acts.look_back_on_a_meeting(journey, A, BETWEEN)
    journey.go_to(end)
    two_later = weeks.after(first, 2)
    journey.holds(
        journey.days(ADDRESSES[B]) == [two_later], "2 working days after the meeting B is asked", two_later
    )
    journey.holds(
        len(journey.mails(ADDRESSES[C])) == 2, "C works two days until the next one, and is left in peace", 0
    )
    journey.holds(not journey.mails(ADDRESSES[A]), "A, who looked back, is not", 0)


def after_it(journey: Journey, end: date, holiday: date) -> None:
    """The two weeks with a holiday in them."""
    leave = [end + number * DAY for number in range(4, 7)]
    away = {"first_on": leave[0].isoformat(), "last_on": leave[-1].isoformat()}
    for who in (A, B, C, E):
        acts.make_plan(journey, who, LOOK_BACK, None)
    acts.ask(journey, A, LOOK_BACK, "/buddies", BUDDY)
    acts.be_buddy(journey, journey.await_mail(BUDDY["address"], 1))
    acts.show_buddy(journey, A, LOOK_BACK, "plan")
    acts.choose_days(journey, B, LOOK_BACK, away, "first_on")
    page = acts.home(journey, E, LOOK_BACK)
    journey.holds("geen mailadres" in page, "E, without an address, reads that no mails come")
    page = acts.home(journey, acts.TRAINER, LOOK_BACK)
    journey.holds("1 persoon krijgt geen mail" in page, "and the trainer reads it too")
    before = {who: len(journey.mails(ADDRESSES[who])) for who in ADDRESSES}

    journey.go_to(weeks.working_day(end, 3))
    journey.change_member(COURSE, D, is_member=True)
    acts.make_plan(journey, D, LOOK_BACK, None)
    joined_on = journey.today
    journey.go_to(end + weeks.WINDOW * DAY)

    came = {who: journey.days(ADDRESSES[who])[before[who] :] for who in ADDRESSES}
    told = {who: [f"{day:%a %d %b}" for day in days] for who, days in came.items()}
    journey.holds(all(came.values()), "in the two weeks all four get their letters", told)
    own_days = {
        A: weeks.allowed(end),
        B: weeks.allowed(end, leave),
        C: weeks.allowed(end, (), (MONDAY, FRIDAY)),
    }
    for who, allowed in own_days.items():
        journey.holds(set(came[who]) <= set(allowed), f"{who} gets them on days of work only", len(allowed))
        journey.holds(came[who][0] == allowed[0], f"{who} gets the first on the first of them", allowed[0])
        journey.holds(came[who][-1] <= allowed[-1], f"{who} gets the last by then", allowed[-1])
    journey.holds(
        holiday not in {day for days in came.values() for day in days}, "the holiday is quiet", holiday
    )
    journey.holds(min(came[D]) > joined_on, "who joined late gets only what was still to come", joined_on)
    texts = [mail["text"] for mail in journey.mails(ADDRESSES[D])]
    journey.holds(
        all("You get this mail because" in text for text in texts),
        "in English",
        journey.subjects(ADDRESSES[D]),
    )
    check_budgets(journey)


def the_buddy(journey: Journey, end: date) -> None:
    """A's buddy gets one question, sees the plan that A showed and not the goal that A did not, and stops."""
    came = journey.days(BUDDY["address"])[1:]
    journey.holds(
        came == [weeks.working_day(end, 5)],
        "W+5: the buddy's question",
        journey.subjects(BUDDY["address"])[1:],
    )
    question = journey.mails(BUDDY["address"])[-1]
    journey.holds(
        not [word for word in (acts.WHEN, acts.THEN, "Sanne") if word in question["text"]],
        "without a word or the name of who asked",
    )
    seen = acts.see_as_buddy(journey, question)
    journey.holds(
        acts.WHEN in seen and acts.THEN in seen and "Rustig blijven" not in seen,
        "the buddy sees the plan, and not what was not shown",
    )
    after = acts.stop_as_buddy(journey, question)
    journey.holds(acts.WHEN not in after, "who stops sees nothing any more")
    page = acts.follow(journey, A, LOOK_BACK, "/buddies")
    journey.holds(BUDDY["name"] in page and "Wil geen mail" in page, "and A reads that, without a reason")


def check_budgets(journey: Journey) -> None:
    """One mail a day, two a week, and a third only to look back or to be asked once more."""
    for who, address in ADDRESSES.items():
        days = journey.days(address)
        journey.holds(len(set(days)) == len(days), f"{who} never gets two on one day", len(days))
        most = max(
            sum(day.isocalendar()[:2] == week for day in days)
            for week in {day.isocalendar()[:2] for day in days}
        )
        journey.holds(most <= 3, f"{who} gets no more than three in a week", most)


def followers(journey: Journey, end: date) -> None:
    """What the contact and the manager get, and that one mail is all that comes without a yes."""
    last_on = end + weeks.WINDOW * DAY
    closed_on = weeks.from_(last_on + (7 - last_on.weekday()) * DAY)
    journey.go_to(closed_on)
    expected = [weeks.working_day(end, 1), weeks.working_day(end, 6), closed_on]
    journey.holds(
        journey.days(CONTACT["address"])[1:] == expected,
        "W+1, W+6 and the week after: the contact's letters",
        journey.subjects(CONTACT["address"])[1:],
    )
    card = acts.open_card(journey, journey.mails(CONTACT["address"])[-1])
    journey.holds(card.status == 200, "behind the link is the card", card.status)
    journey.holds(acts.THEN not in card.text and acts.WHEN not in card.text, "without anybody's words")
    journey.holds(
        journey.days(MANAGER["address"])[2:] == [weeks.working_day(end, 6)],
        "the manager of one person gets a guide, and nothing else",
        journey.subjects(MANAGER["address"])[2:],
    )
    journey.holds(len(journey.mails(NO_ANSWER["address"])) == 1, "who never answered got one question", 1)
    page = acts.follow(journey, acts.TRAINER, LOOK_BACK, acts.CONTACTS)
    journey.holds(
        NO_ANSWER["name"] not in page and "1 persoon gaf in twee weken geen antwoord" in page,
        "and the trainer reads that it was taken back",
    )
