"""A trainer who looks as a learner: the way to there, and the test people that it makes."""

from lti_tool.models.people import Person
from tests.web.campus import PREPARE, TRAINER

LOOK, STOP = "as-learner", "as-learner/stop"


def trained(campus):
    """A trainer of a training that ended today; their browser and first page."""
    campus.place(PREPARE, instrument="pre")
    campus.place()
    return campus.open(TRAINER)


def look(trainer):
    """The same, who looks as a learner; the first page of that."""
    browser, home = trainer
    return browser, browser.submit(home, button="Bekijken als deelnemer")


def trials_of(campus):
    return [each for each in campus.all(Person) if each.is_trial]
