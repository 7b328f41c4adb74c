"""The letter to look back, the page behind it, and what it leaves in the course."""

import re

from demo_lms.letters import Letter
from lti_tool.services import desks, reflections, submissions
from tests.web.mail import Mail

SCALE, TEXT = "post.experience", "post.experience.text"
OURS, THEIRS = "de oefening met de telefoon", "de route van een aanvraag"


def until(mail: Mail, wanted: str) -> Letter:
    """The letter of that step, after all that come before it and stayed without an answer."""
    for (step, _), day in sorted(mail.planned().items(), key=lambda each: each[1]):
        found = mail.on(day)
        if step == wanted:
            return found
    raise AssertionError(f"no letter of {wanted}")


def opened(page):
    """What a page carries of the answers that it was opened with."""
    (found,) = re.findall(r'name="opened" value="([^"]*)"', page.text)
    return {"opened": found}


def press(campus, url, chosen="good", page=None, **more):
    """Presses the button of a page: one that was opened before, or one opened now."""
    said = {SCALE: chosen, TEXT: more.get("text", "")}
    return campus.http.post(url, data={**opened(page or campus.http.get(url)), **said})


def seat(mail, session):
    work = mail.campus.work
    return desks.find(session, mail.who.person, mail.who.key, mail.where.link, work.catalogue, "harvest")


def kept(mail):
    """What the learner's own looking back holds, wherever it was written."""
    with mail.campus.work.reading() as session:
        found = seat(mail, session)
        return reflections.answers(session, found.desk, found.reflection)


def write_in_the_course(mail, said, *, is_submitted=False):
    work = mail.campus.work
    with work.sessions.begin() as session:
        now = work.now().calendar
        submissions.save(session, seat(mail, session), said, 2, work.catalogue, now)
        if is_submitted:
            submissions.submit(session, seat(mail, session), work.catalogue, now)
