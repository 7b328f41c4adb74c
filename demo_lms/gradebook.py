"""The gradebook: columns, and what stands in them."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from demo_lms.courses import ResourceLink
from demo_lms.habits import STRICT, Habits
from demo_lms.line_items import Description, LineItem, Owner
from demo_lms.refusals import Refusal
from demo_lms.scores import Score
from demo_lms.vocabulary import GradingProgress


@dataclass(frozen=True)
class Grade:
    """What the gradebook holds for one person in one column.

    score: what arrived last. final: the score that counts; None when there is no final grade.
    """

    item: LineItem
    score: Score
    final: Score | None

    @property
    def points(self) -> float | None:
        """On the scale of the column; None when there is no final grade."""
        if self.final is None or self.final.share is None:
            return None
        return self.final.share * self.item.description.score_maximum


class Gradebook:
    """All columns and grades. Nothing is removed from `history`, so tests can count what arrived."""

    def __init__(self, links: Iterable[ResourceLink]) -> None:
        self._lock = threading.Lock()
        self._numbers = count(501)
        self._items: dict[str, LineItem] = {}
        self._scores: dict[tuple[str, str], Score] = {}
        self._final: dict[tuple[str, str], Score] = {}
        self._history: list[tuple[str, Score]] = []
        for link in links:
            self.add_column(link)

    def add_column(self, link: ResourceLink) -> None:
        """The column that comes with a graded activity; an activity without a grade gets none."""
        if link.graded:
            description = Description(label=link.title, score_maximum=1, link_id=link.id)
            self.add(link.course_id, description, Owner.PLATFORM)

    def copy_column(self, link: ResourceLink) -> None:
        """The column of a copied activity says what that of the original says (AGS 2.0 section 3.2.15)."""
        for item in list(self._items.values()):
            if link.history and item.description.link_id == link.history[0]:
                self.add(link.course_id, replace(item.description, link_id=link.id), item.owner)

    def add(self, course_id: str, description: Description, owner: Owner) -> LineItem:
        with self._lock:
            item = LineItem(str(next(self._numbers)), course_id, description, owner)
            self._items[item.id] = item
        return item

    def change(self, item: LineItem, description: Description) -> LineItem:
        """Put another description in the place of the old one; grades keep their share of the maximum."""
        changed = replace(item, description=description)
        with self._lock:
            self._items[item.id] = changed
        return changed

    def remove(self, item: LineItem) -> None:
        with self._lock:
            self._items.pop(item.id, None)
            for key in [key for key in self._scores if key[0] == item.id]:
                del self._scores[key]
                self._final.pop(key, None)

    def items(self, course_id: str) -> list[LineItem]:
        """The columns of a course, oldest first."""
        with self._lock:
            return [item for item in self._items.values() if item.course_id == course_id]

    def find(self, course_id: str, item_id: str) -> LineItem | None:
        with self._lock:
            item = self._items.get(item_id)
        return item if item is not None and item.course_id == course_id else None

    def column_of(self, link: ResourceLink) -> LineItem | None:
        """The one column of an activity; None when it has none or several (AGS 2.0 section 3.1)."""
        items = [item for item in self.items(link.course_id) if item.description.link_id == link.id]
        return items[0] if len(items) == 1 else None

    def record(self, item: LineItem, score: Score, habits: Habits = STRICT) -> Refusal | None:
        """Keep a score if it is later than the one before (AGS 2.0 section 3.4.9)."""
        place = item.id, score.user_id
        with self._lock:
            known = self._scores.get(place)
            if known is not None and not _is_later(score, known, habits):
                return Refusal(
                    habits.stale_score,
                    f"refusing score whose timestamp is not after {known.timestamp.isoformat()} "
                    f"for item {item.id} and user {score.user_id}",
                )
            self._scores[place] = score
            self._history.append((item.id, score))
            if score.grading_progress is GradingProgress.FULLY_GRADED:
                self._final[place] = score
            elif habits.wipes_grades:
                self._final.pop(place, None)
        return None

    def grade(self, item: LineItem, person_id: str) -> Grade | None:
        """What stands in one cell; None when nothing ever arrived for it."""
        with self._lock:
            score = self._scores.get((item.id, person_id))
            final = self._final.get((item.id, person_id))
        return Grade(item, score, final) if score is not None else None

    def grades(self, item: LineItem) -> list[Grade]:
        """All of one column."""
        with self._lock:
            people = [person_id for item_id, person_id in self._scores if item_id == item.id]
        found = (self.grade(item, person_id) for person_id in people)
        return [grade for grade in found if grade is not None]

    def submissions(self, item: LineItem, person_id: str) -> int:
        """How often somebody handed something in, as far as the scores say (an extension of Canvas)."""
        scores = (score for item_id, score in self.history if item_id == item.id)
        return sum(score.user_id == person_id and score.is_new_submission for score in scores)

    @property
    def history(self) -> list[tuple[str, Score]]:
        """Every score that was accepted, with the id of its column, in order of arrival."""
        with self._lock:
            return list(self._history)


def _is_later(score: Score, known: Score, habits: Habits) -> bool:
    """Whether a score may follow another, as the LMS compares their timestamps."""
    if habits.whole_seconds:
        return int(score.timestamp.timestamp()) > int(known.timestamp.timestamp())
    if habits.takes_equal:
        return score.timestamp >= known.timestamp
    return score.timestamp > known.timestamp
