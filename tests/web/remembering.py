"""Questions about the content of a training, as its trainer wrote them."""

from lti_tool.models.tracks import Track
from lti_tool.services import recalls, tracks
from lti_tool.services.recalls import Words
from lti_tool.services.tracks import FollowUp

ASKED = ("Wat vraagt u als eerste?", "Wie belt u terug?", "Wat schrijft u op?", "Wanneer zwijgt u?")
ANSWERED = ("Wat iemand wil weten.", "Wie erom vroeg.", "Alleen de afspraak.", "Na elke vraag.")
TYPED = {f"question-{n}": words for n, words in enumerate(ASKED, 1)}
TYPED |= {f"answer-{n}": words for n, words in enumerate(ANSWERED, 1)}


def intensive(campus, number=0, cadence="intensive"):
    """The training is followed up like this, with so many questions."""
    with campus.work.sessions.begin() as session:
        track = session.query(Track).one()
        tracks.follow(session, track, FollowUp(cadence))
        words = {n: Words(ASKED[n - 1], ANSWERED[n - 1]) for n in range(1, number + 1)}
        recalls.write(session, track, words, campus.work.keyring.named)
