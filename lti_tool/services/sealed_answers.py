"""Answers to several items, sealed together."""

import json
from collections.abc import Mapping

from lti_tool.domain.answers import Answer
from lti_tool.models.sealed import Sealed
from lti_tool.services import sealing
from lti_tool.services.keys import Key


def seal(key: Key, place: sealing.Place, said: Mapping[str, Answer]) -> Sealed:
    """Answers by item, as one value."""
    return sealing.seal(key, place, json.dumps({item: answer.to_json() for item, answer in said.items()}))


def unseal(key: Key, place: sealing.Place, sealed: Sealed) -> dict[str, Answer]:
    """The answers again; raises as `sealing.unseal` does."""
    told = json.loads(sealing.unseal(key, place, sealed))
    return {item: Answer.from_json(answer) for item, answer in told.items()}
