"""What people take from a meeting and may let others read: each thing by itself, of each meeting."""

from enum import StrEnum


class Reader(StrEnum):
    """Whom somebody lets read along."""

    TRAINER = "trainer"  # those of the training, with the writer's name
    ROOM = "room"  # whoever looks at the screen in a session: word for word, without the writer's name


class Thing(StrEnum):
    """What can be shown by itself: an answer, by its item, in the order of reading."""

    PICKED_UP = "mid.picked_up"
    MOMENT = "mid.experience.text"
    NEXT_USE = "mid.next_use"
    REINFORCE = "mid.reinforce"
    HELD_BACK = "mid.holding_back.text"
    TEAM_CAN = "mid.team_can"
    EMBED = "mid.embed"
    ADJUST = "mid.adjust"


Choice = tuple[Reader, Thing]
