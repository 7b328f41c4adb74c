"""The pages of what people show their trainer and their team, with what they are shown with."""

from collections.abc import Iterator
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from lti_tool.domain.answers import Answer
from lti_tool.domain.releases import Shareable
from lti_tool.domain.takeaways import Reader, Thing
from lti_tool.models.tracks import Cohort
from lti_tool.services.plan_replies import LONGEST, Reply
from lti_tool.services.stories import Told
from lti_tool.services.teams import Shows
from lti_tool.web import plan_replies
from lti_tool.web.paging import Pages
from tests.web.sample_buddies import THINGS, line
from tests.web.samples import AN_ID, NOW, TITLE, TODAY, VISIT, Page

WORDS = "Een collega liep mee naar de balie.\nToen zag ik wat er ontbrak."


def pages() -> Iterator[Page]:
    """All of them."""
    around = {"visit": VISIT, "title": TITLE, "things": THINGS, "released": {Shareable.PLAN}}
    around |= {"notice": None, "opened": "x", "has_changed": False}
    for reader in ("trainer", "team"):
        shown = {**around, "reader": reader}
        yield Page("shows", {**shown, "is_fresh": True}, reader)
        yield Page("shows", {**shown, "is_fresh": True, "notice": "kept"}, f"{reader} kept")
        yield Page("shows", {**shown, "is_fresh": True, "has_changed": True}, f"{reader} changed meanwhile")
        yield Page("shows", {**shown, "is_fresh": False}, f"{reader} launched long ago")
        yield Page("shows", {**shown, "is_fresh": True, "things": ()}, f"{reader} nothing written yet")
    yield from _of_a_session()
    told = Told(line("pre", "pre.goal").item, Answer(words=WORDS), TODAY)
    own = Shows(AN_ID, AN_ID, "Samira Bakkali", tuple(THINGS[2:4]), (told,))
    other = Shows(uuid4(), AN_ID, None, tuple(THINGS))
    team = {"visit": VISIT, "title": TITLE, "own_id": AN_ID}
    yield Page("team", {**team, "shows": [own, other]}, "of two")
    yield Page("team", {**team, "shows": []}, "nobody shows anything")
    first, second = Cohort(number=1, name="Noord"), Cohort(number=2, name="Zuid")
    trainer = {"visit": {**VISIT, "role": "trainer"}, "title": TITLE, "pages": Pages(1, 1)}
    trainer |= {"replies": {}, "notice": None, "pace": "together"}
    unread = Reply(AN_ID, "Begin bij één gesprek.", NOW, is_read=False)
    opened = Reply(AN_ID, "Begin bij één gesprek.\nDe rest komt vanzelf.", NOW, is_read=True)
    for notice in ("answer_kept", "answer_gone"):
        answered = {"replies": {AN_ID: unread, other.enrolment_id: opened}, "notice": notice}
        yield Page("let_read", {**trainer, **answered, "groups": [(Cohort(number=1), [own, other])]}, notice)
    yield from _answering(other, unread, opened)
    yield Page("let_read", {**trainer, "groups": [(first, [own, other])]}, "one group")
    yield Page(
        "let_read",
        {**trainer, "groups": [(first, [own]), (second, [other])], "pages": Pages(2, 3)},
        "two groups",
    )
    yield Page("let_read", {**trainer, "groups": [(first, [])]}, "nobody shows anything")
    yield Page("let_read", {**trainer, "groups": [(first, [])], "pace": "at_work"}, "at work")


def _of_a_session() -> Iterator[Page]:
    lines = {
        Thing.PICKED_UP: line("mid", "mid.picked_up", words=WORDS),
        Thing.ADJUST: line("mid", "mid.adjust", words="Meer oefenen met brieven uit ons eigen werk."),
    }
    around = {"visit": VISIT, "title": TITLE, "meeting_number": 2, "opened": "x"}
    shown = {**around, "lines": lines, "released": {(Reader.ROOM, Thing.PICKED_UP)}}
    shown |= {"is_fresh": True, "has_changed": False, "notice": None}
    yield Page("session_shows", shown, "one for the room")
    yield Page("session_shows", {**shown, "notice": "kept"}, "kept")
    yield Page("session_shows", {**shown, "has_changed": True}, "changed meanwhile")
    yield Page("session_shows", {**shown, "is_fresh": False}, "launched long ago")
    yield Page("session_shows", {**shown, "lines": {}, "meeting_number": None}, "nothing written yet")


def _answering(one: Shows, unread: Reply, opened: Reply) -> Iterator[Page]:
    """Answering what one person shows: for the first time, once more, too late, and with too much."""
    around = {"visit": {**VISIT, "role": "trainer"}, "one": one, "name": "Samira Bakkali", "limit": LONGEST}
    around |= {"known": None, "is_too_late": False, "form": plan_replies.form_of("")}
    around |= {"is_changed": False, "filled_from": "0" * 32}
    yield Page("plan_reply", around, "new")
    again = {"known": unread, "form": plan_replies.form_of(unread.words)}
    yield Page("plan_reply", {**around, **again, "name": None}, "once more")
    yield Page("plan_reply", {**around, "known": opened}, "read")
    sent = plan_replies.form_of("", MultiDict({"words": "Nog één ding."}))
    changed = {"known": unread, "form": sent, "one": None, "is_changed": True}
    yield Page("plan_reply", {**around, **changed}, "another window")
    late = {"known": opened, "form": sent, "one": None, "is_too_late": True}
    yield Page("plan_reply", {**around, **late}, "late")
    yield Page("plan_reply", {**around, **late, "known": None, "name": None}, "hidden meanwhile")
    for words in ("", "x" * 400):
        form = plan_replies.form_of("", MultiDict({"words": words}))
        form.validate()
        yield Page("plan_reply", {**around, "form": form, "one": None}, f"{len(words)} characters")
