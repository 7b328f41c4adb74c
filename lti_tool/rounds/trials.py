"""Looking as a learner, in both databases: the key of a test person comes first, and goes first."""

from lti_tool.domain.clock import Now
from lti_tool.rounds import erasing
from lti_tool.rounds.workplace import Workplace
from lti_tool.services import tracks, trials
from lti_tool.services.visits import Visitor


def begin(work: Workplace, trainer: Visitor, number: int, *, now: Now) -> str | None:
    """Lets a trainer look as a learner of a group; the token of that visit, None without such a group.

    number: of the group. Whoever they looked as before is gone.
    """
    with work.reading() as session:
        earlier = trials.of_trainer(session, trainer.person)
    for person_id in earlier:
        erasing.erase(work, person_id, now=now)
    key = work.keyring.make(now.real)
    token = None
    try:
        with work.sessions.begin() as session:
            placed = tracks.placed(session, trainer.link)
            groups = tracks.cohorts(session, placed.track) if placed else []
            cohort = next((each for each in groups if each.number == number), None)
            if cohort is not None:
                token = trials.begin(session, trainer, cohort, key, work.catalogue, now)
    finally:
        if token is None:
            work.keyring.forget(key.id)
    return token


def stop(work: Workplace, trial: Visitor, *, now: Now) -> str | None:
    """Throws away what a test person did; the token of a visit of the trainer's, or None."""
    with work.sessions.begin() as session:
        token = trials.go_back(session, trial, now.real)
    erasing.erase(work, trial.person.id, now=now)
    return token


def sweep(work: Workplace, *, now: Now) -> int:
    """Throws away the test persons as whom nobody looks any more; how many."""
    with work.reading() as session:
        left = trials.ended(session, now.real)
    return sum(erasing.erase(work, person_id, now=now) for person_id in left)
