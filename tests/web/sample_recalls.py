"""The pages about questions on the content: of the trainer who writes them, and of who gets one."""

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from lti_tool.models.recalls import Recall, Remembered
from lti_tool.services.recalls import Asked, Words
from lti_tool.web import recalls
from tests.web.samples import AN_ID, NOW, TITLE, VISIT, Page

ONE = Words("Wat vraagt u als eerste?", "Wat iemand wil weten.\nEn pas dan: waarom.")
OTHER = Words("Wie belt u terug?", "Wie erom vroeg.")


def pages() -> Iterator[Page]:
    """All of them."""
    yield from _of_trainer()
    around = {"title": TITLE, "course_url": "/course", "preferences_url": "/m/t2", "was_removed": False}
    new, said = Recall(id=AN_ID), Recall(id=AN_ID, said=Remembered.ALMOST, said_at=NOW)
    yield Page("recall", {**around, "asked": [Asked(new, ONE)]}, "one")
    yield Page("recall", {**around, "asked": [Asked(new, ONE)], "was_removed": True}, "another taken back")
    yield Page("recall", {**around, "asked": [Asked(said, ONE), Asked(new, OTHER)]}, "one of two answered")
    yield Page("recall", {**around, "asked": []}, "taken back")


def _of_trainer() -> Iterator[Page]:
    trainer = {**VISIT, "role": "trainer", "person_name": "Joost Wiersma"}
    around = {"visit": trainer, "title": TITLE, "numbers": recalls.NUMBERS, "is_sent": True}
    around |= {"filled_from": "f1", "now_there": None}
    yield Page("trainer_recall", {**around, "form": recalls.form_of({})}, "empty")
    known = recalls.form_of({1: ONE, 3: OTHER})
    yield Page("trainer_recall", {**around, "form": known, "is_sent": False}, "not sent")
    for name, there in (("changed", {1: OTHER}), ("taken back", {})):
        shown = {**around, "form": known, "now_there": there}
        yield Page("trainer_recall", shown, f"{name} meanwhile")
    typed = {"question-1": "Wat?", "answer-2": "Dat.", "question-3": "x" * 201, "answer-3": "x" * 402}
    wrong = recalls.form_of({}, MultiDict(typed))
    wrong.validate()
    yield Page("trainer_recall", {**around, "form": wrong}, "to mend")
