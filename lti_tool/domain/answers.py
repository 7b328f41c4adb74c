"""What a person answered to one item, whatever the item's type."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Answer:
    """One answer.

    choices: ids of the options chosen (scale, ten, choice, multi, yes/no).
    words: text, line, people, the ISO date of a date item, the ISO dates of a dates item with spaces
        between, the line beside "something else", or the *when* of an if-then item.
    then: the *then* of an if-then item.
    unknown: the person said "I do not know yet", which is an answer too.
    """

    choices: tuple[str, ...] = ()
    words: str = ""
    then: str = ""
    unknown: bool = False

    @property
    def is_open(self) -> bool:
        """Nothing was filled in and nothing was said."""
        return not (self.choices or self.words or self.then or self.unknown)

    def to_json(self) -> str:
        """One line of JSON holding only what was said."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Answer":
        """Inverse of `to_json`; raises ValueError for anything else."""
        fields = json.loads(text)
        if not isinstance(fields, dict) or not set(fields) <= {"choices", "words", "then", "unknown"}:
            raise ValueError("not an answer")
        fields["choices"] = tuple(fields.get("choices", ()))
        return cls(**fields)
