"""A learner with a plan, the buddy whom they ask, and what they show."""

from datetime import date, timedelta

from sqlalchemy import select

from lti_tool.models.contacts import Contact
from lti_tool.models.people import Person
from lti_tool.models.plans import PlanStatus
from lti_tool.models.tracks import Enrolment
from lti_tool.models.visits import Visit
from lti_tool.services import plans
from lti_tool.services.plans import Sentence
from tests.factories import ENDED_ON
from tests.web.follow import TYPED, asking, letters
from tests.web.mail import link

WORDS = Sentence("zebramoment", "zebradaad")
OWN_DAY, W5, LAST_ON = date(2026, 12, 9), date(2026, 12, 11), date(2026, 12, 25)
EVERYTHING = ("goal", "task", "plan", "day")
YES = {"answer": "yes"}


def with_a_plan(campus):
    """Asks for a page of the learner's visit, or sends a form there; the learner has a plan."""
    ask, now = asking(campus, "sanne"), campus.work.now().calendar
    with campus.work.sessions.begin() as session:
        enrolment = session.scalars(select(Enrolment)).one()
        person = session.get_one(Person, enrolment.person_id)
        key = campus.work.keyring.of([person.key_id])[person.key_id]
        plan = plans.begin(session, enrolment, now)
        plan.status, plan.made_on = PlanStatus.MADE, ENDED_ON
        plans.change(session, plan, person, key, WORDS, OWN_DAY, now)
    return ask


def invited(campus, learner, **more):
    """The address of the page behind an invitation."""
    assert learner("buddies", **TYPED, **more).status_code == 303
    (letter,) = letters(campus)
    return link(letter, "/b/").removesuffix("/stop")


def willing(campus, learner, **more):
    """The same, of a buddy who said yes."""
    url = invited(campus, learner, **more)
    assert campus.http.post(url, data=YES).status_code == 303
    return url


def show(campus, learner, *items):
    """The learner lets the buddy see these things, and nothing else."""
    path = f"buddies/{campus.only(Contact).id}"
    return learner(path, item=[*items], opened=opened(learner, path))


def opened(learner, path):
    """What a page says that it was opened with."""
    return learner(path).text.partition('name="opened" value="')[2].partition('"')[0]


def launch_was_long_ago(campus):
    with campus.work.sessions.begin() as session:
        for visit in session.scalars(select(Visit)):
            visit.launched_at -= timedelta(minutes=16)
