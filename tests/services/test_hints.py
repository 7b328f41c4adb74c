"""What trainers put away of the hints, also two of them at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from lti_tool.models.tracks import Track
from lti_tool.services import hints
from tests import factories


@pytest.mark.database
def test_of_two_hints_that_are_put_away_at_the_same_moment_both_stay_away(work, session):
    track_id = factories.place(work, session).track.id
    session.commit()
    both_ready = Barrier(2)

    def put_away(name):
        with work.sessions.begin() as own:
            track = own.get_one(Track, track_id)
            if own.get_bind().dialect.name == "postgresql":
                both_ready.wait(10)
            hints.put_away(own, track, name)
            sleep(0.3)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(put_away, ["contacts", "journey"]))

    session.expire_all()
    assert session.get_one(Track, track_id).hints_away == "contacts journey"
