"""Questions about the content: a trainer writes them, letters bring them, and learners say how it went."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from lti_tool.domain import recalls as rules
from lti_tool.domain.cadences import Cadence
from lti_tool.models.deliveries import Delivery
from lti_tool.models.recalls import Recall, RecallQuestion, Remembered
from lti_tool.models.tracks import Track
from lti_tool.services import sealing
from lti_tool.services.catalogue import Catalogue
from lti_tool.services.keys import NamedKeys
from lti_tool.services.learner_facts import Learner


@dataclass(frozen=True, repr=False)
class Words:
    """A question with the answer to it."""

    question: str
    answer: str


@dataclass(frozen=True, repr=False)
class Asked:
    """A question that somebody got, and what they said of it."""

    recall: Recall
    words: Words


@dataclass(frozen=True)
class Deck:
    """The questions of some trainings, and which of them their learners had. Only where letters bring any."""

    questions: Mapping[UUID, list[RecallQuestion]]
    brought: Mapping[UUID, list[Recall]]

    def bring(
        self, session: Session, learner: Learner, delivery: Delivery, cadence: Cadence, named: NamedKeys
    ) -> str | None:
        """The question that stands in a letter, the same each time it is written; None: no question."""
        questions = self.questions.get(learner.track.id, [])
        if delivery.step not in cadence.recalls:
            return None
        had = self.brought[learner.enrolment.id]
        own = {each.question_id for each in had if each.delivery_id == delivery.id}
        if not own:
            before = {each.question_id for each in had}
            own = set(rules.deal([each.id for each in questions], before, len(cadence.recalls)))
            session.add_all(_recall(delivery, learner, each) for each in own)
        return next((_words(each, named).question for each in questions if each.id in own), None)


def deck(session: Session, learners: Collection[Learner], catalogue: Catalogue) -> Deck:
    """What the letters of these learners may bring; asks nothing where no letter brings any."""
    having = [each for each in learners if catalogue.cadence(each.cadence).recalls]
    questions: dict[UUID, list[RecallQuestion]] = defaultdict(list)
    brought: dict[UUID, list[Recall]] = defaultdict(list)
    if having:
        mine = RecallQuestion.track_id.in_({each.track.id for each in having})
        # Held, so that a trainer who takes one back waits until the letter is written, and finds its row.
        held = select(RecallQuestion).where(mine).order_by(RecallQuestion.id)
        rows = session.scalars(held.with_for_update(read=True, key_share=True))
        for question in sorted(rows, key=lambda row: row.number):
            questions[question.track_id].append(question)
        had = Recall.enrolment_id.in_({each.enrolment.id for each in having})
        for recall in session.scalars(select(Recall).where(had)):
            brought[recall.enrolment_id].append(recall)
    return Deck(questions, brought)


def of_track(session: Session, track_id: UUID, named: NamedKeys) -> dict[int, Words]:
    """The questions of a training, by number, in order."""
    return {row.number: _words(row, named) for row in _rows(session, track_id)}


def number_of(session: Session, track_id: UUID) -> int:
    """How many questions a training has."""
    mine = select(func.count()).where(RecallQuestion.track_id == track_id)
    return session.scalar(mine) or 0


def write(session: Session, track: Track, written: Mapping[int, Words], named: NamedKeys) -> None:
    """Keeps the questions of a training, by number; one that is not there any more goes from every page."""
    # Of two who write at once, the second finds what the first wrote.
    session.execute(select(Track.id).where(Track.id == track.id).with_for_update(key_share=True))
    known = {row.number: row for row in _rows(session, track.id)}
    _remove(session, {row.id for number, row in known.items() if number not in written})
    for number, words in written.items():
        row = known.get(number) or RecallQuestion(
            organisation_id=track.organisation_id, track_id=track.id, number=number
        )
        row.question = sealing.seal(named.common, _place(row, "question"), words.question)
        row.answer = sealing.seal(named.common, _place(row, "answer"), words.answer)
        session.add(row)
    session.flush()


def copy(session: Session, source: Track, track: Track) -> None:
    """Gives a copy of a training its questions, as they stand."""
    session.add_all(
        RecallQuestion(
            organisation_id=track.organisation_id,
            track_id=track.id,
            number=row.number,
            question=row.question,
            answer=row.answer,
        )
        for row in _rows(session, source.id)
    )
    session.flush()


def remove(session: Session, track: Track) -> None:
    """Takes all questions of a training away."""
    _remove(session, {row.id for row in _rows(session, track.id)})


def of_letter(session: Session, delivery_id: UUID, named: NamedKeys) -> list[Asked]:
    """The questions that a letter brought, the one that stood in it first."""
    return list(_asked(session, Recall.delivery_id == delivery_id, named))


def of_enrolments(session: Session, enrolment_ids: Collection[UUID], named: NamedKeys) -> Iterator[Asked]:
    """All questions that people got about their trainings."""
    return _asked(session, Recall.enrolment_id.in_(enrolment_ids), named)


def is_there(session: Session, recall_id: UUID) -> bool:
    """Whether a letter to anybody brought this; what its trainer took back is gone."""
    return session.get(Recall, recall_id) is not None


def say(session: Session, asked: Asked, said: Remembered, now: datetime) -> None:
    """Keeps how it went, for the learner alone; the last word counts."""
    asked.recall.said, asked.recall.said_at = said, now
    session.flush()


def _asked(session: Session, which: ColumnElement[bool], named: NamedKeys) -> Iterator[Asked]:
    rows = session.execute(
        select(Recall, RecallQuestion)
        .join(RecallQuestion, RecallQuestion.id == Recall.question_id)
        .where(which)
        .order_by(RecallQuestion.number)
    )
    return (Asked(recall, _words(question, named)) for recall, question in rows)


def _rows(session: Session, track_id: UUID) -> list[RecallQuestion]:
    mine = select(RecallQuestion).where(RecallQuestion.track_id == track_id)
    return list(session.scalars(mine.order_by(RecallQuestion.number)))


def _remove(session: Session, ids: Collection[UUID]) -> None:
    going = select(RecallQuestion.id).where(RecallQuestion.id.in_(ids)).order_by(RecallQuestion.id)
    session.execute(going.with_for_update())
    session.execute(delete(Recall).where(Recall.question_id.in_(ids)))
    session.execute(delete(RecallQuestion).where(RecallQuestion.id.in_(ids)))


def _recall(delivery: Delivery, learner: Learner, question_id: UUID) -> Recall:
    return Recall(
        organisation_id=learner.enrolment.organisation_id,
        enrolment_id=learner.enrolment.id,
        delivery_id=delivery.id,
        question_id=question_id,
    )


def _words(row: RecallQuestion, named: NamedKeys) -> Words:
    return Words(
        sealing.unseal(named.common, _place(row, "question"), row.question),
        sealing.unseal(named.common, _place(row, "answer"), row.answer),
    )


def _place(row: RecallQuestion, column: str) -> sealing.Place:
    """Of the organisation and nobody in it: a copy of the training moves the words unopened."""
    return sealing.Place(row.organisation_id, sealing.NOBODY, f"recall_question.{column}")
