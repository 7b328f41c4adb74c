"""A copied course brings its training along: what it asks and sends, no days and nobody's words."""

from datetime import date

import pytest

from demo_lms.vocabulary import CONTEXT, CUSTOM, RESOURCE_LINK
from lti_tool.domain.aims import Aim, GoalLevel, Kind
from lti_tool.models.activities import Activity
from lti_tool.models.courses import Course, ResourceLink
from lti_tool.models.deliveries import Delivery
from lti_tool.models.platforms import ContextCopy
from lti_tool.models.reflections import Reflection
from lti_tool.models.tracks import Cohort, Enrolment, Track
from lti_tool.services import hints, recalls, tracks
from lti_tool.services.recalls import Words
from lti_tool.services.tracks import FollowUp
from tests.web.campus import LOOK_BACK, PREPARE, TRAINER, switch_on

NEXT_YEAR = "911"
DAYS = {"starts_on": "1-12-2026", "ends_on": "15-12-2026"}


@pytest.fixture(autouse=True)
def in_november(campus) -> None:
    """Before the days that these tests type."""
    campus.go_to(date(2026, 11, 2))


@pytest.fixture
def original(campus):
    """A training of two links whose trainer chose few mails."""
    where = campus.place(PREPARE, instrument="pre", ends_on=date(2026, 12, 4))
    campus.place(LOOK_BACK, instrument="post")
    with campus.work.sessions.begin() as session:
        track = session.get_one(Track, where.track.id)
        tracks.follow(session, track, FollowUp("light", frozenset({"harvest"})))
    return where


def copied(campus, link_id, title=None, **custom):
    """The next launch is of a link of the copied course."""
    title = title or campus.lms.platform.link(LOOK_BACK).title

    def change(claims):
        claims[CONTEXT] = {**claims[CONTEXT], "id": NEXT_YEAR, "title": "Doorvragen, voorjaar"}
        claims[RESOURCE_LINK] = {"id": link_id, "title": title}
        claims[CUSTOM] = {**claims[CUSTOM], **custom}

    campus.next_claims(change)


def activity_of(campus, where, phase_link):
    link = next(one for one in campus.all(ResourceLink) if one.link_id == phase_link)
    return next(one for one in campus.all(Activity) if one.link_id == link.id)


def copy_of(campus, where):
    """The track of the copied course."""
    return next(one for one in campus.all(Track) if one.id != where.track.id)


HISTORIES = {
    "the links it was copied from": lambda _: {"link_history": f"77,{LOOK_BACK}"},
    "our own id": lambda activity: {"activity_id": str(activity.lms_id)},
    "our own id, encoded twice": lambda activity: {"activity_id": str(activity.lms_id).replace("-", "%2D")},
    "the courses it was copied from": lambda _: {"context_history": "311"},
}


@pytest.mark.parametrize("said", HISTORIES)
def test_a_copied_link_brings_the_whole_training_along(campus, original, said):
    copied(campus, "9112", **HISTORIES[said](activity_of(campus, original, LOOK_BACK)))

    _, page = campus.open(TRAINER, LOOK_BACK)

    copy = copy_of(campus, original)
    own = [one for one in campus.all(Activity) if one.track_id == copy.id]
    assert page.url.endswith("/schedule")
    assert (copy.title, copy.cadence, copy.left_out) == ("Doorvragen, voorjaar", "light", "harvest")
    assert copy.closes_on is None
    assert len(own) == 2
    assert [one.link_id is not None for one in own] == [False, True]
    assert {one.lms_id for one in own} == {one.lms_id for one in campus.all(Activity)}


def test_the_links_of_a_copy_find_their_own_part_of_it(campus, original):
    for number, source in (("9111", PREPARE), ("9112", LOOK_BACK)):
        copied(campus, number, link_history=source)
        campus.open(TRAINER, LOOK_BACK)

    copy = copy_of(campus, original)
    links = {one.id: one.link_id for one in campus.all(ResourceLink)}
    own = [one for one in campus.all(Activity) if one.track_id == copy.id]
    assert len(campus.all(Track)) == 2
    assert [links[one.link_id] for one in own] == ["9111", "9112"]


def test_the_questions_about_the_content_come_along(campus, original):
    named = campus.work.keyring.named
    asked = {2: Words("Wat vraagt u als eerste?", "Wat iemand wil weten.")}
    with campus.work.sessions.begin() as session:
        recalls.write(session, session.get_one(Track, original.track.id), asked, named)
    copied(campus, "9112", link_history=LOOK_BACK)

    campus.open(TRAINER, LOOK_BACK)

    with campus.work.reading() as session:
        assert recalls.of_track(session, copy_of(campus, original).id, named) == asked


def test_what_it_is_for_comes_along(campus, original):
    with campus.work.sessions.begin() as session:
        hints.say_aim(session.get_one(Track, original.track.id), Aim(GoalLevel.TEAM, Kind.SKILL))
    copied(campus, "9112", link_history=LOOK_BACK)

    campus.open(TRAINER, LOOK_BACK)

    assert hints.aim(copy_of(campus, original)) == Aim(GoalLevel.TEAM, Kind.SKILL)


def test_the_trainer_only_gives_the_days_of_a_copy(campus, original):
    copied(campus, "9112", link_history=LOOK_BACK)
    browser, page = campus.open(TRAINER, LOOK_BACK)

    ready = switch_on(browser, page, {"preset": "several", "starts_on": "1-3-2027", "ends_on": "2-3-2027"})

    copy = copy_of(campus, original)
    cohort = next(one for one in campus.all(Cohort) if one.track_id == copy.id)
    assert (ready.status, "notice=ready" in ready.url) == (200, True)
    assert (cohort.starts_on, cohort.ends_on) == (date(2027, 3, 1), date(2027, 3, 2))
    assert (copy.cadence, copy.left_out) == ("light", "harvest")


def test_a_learner_who_comes_before_the_days_waits_and_takes_part_afterwards(campus, original):
    copied(campus, "9112", link_history=LOOK_BACK)
    _, page = campus.open("sanne", LOOK_BACK)
    waiting = len(campus.all(Enrolment))
    copied(campus, "9112", link_history=LOOK_BACK)
    browser, days = campus.open(TRAINER, LOOK_BACK)

    switch_on(browser, days, {"preset": "several", "starts_on": "1-3-2027", "ends_on": "2-3-2027"})

    assert page.document.heading == "Uw trainer zet dit nog klaar"
    assert waiting == 0
    assert len(campus.all(Enrolment)) == 1


def test_nobody_s_words_and_nobody_s_letters_come_along(campus, original):
    campus.open("sanne", LOOK_BACK)
    letters, written = len(campus.all(Delivery)), len(campus.all(Reflection))
    copied(campus, "9112", link_history=LOOK_BACK)

    campus.open(TRAINER, LOOK_BACK)

    copy = copy_of(campus, original)
    assert [one for one in campus.all(Cohort) if one.track_id == copy.id] == []
    assert (len(campus.all(Delivery)), len(campus.all(Reflection))) == (letters, written)


def test_a_second_link_to_one_activity_opens_that_activity(campus, original):
    own = str(activity_of(campus, original, LOOK_BACK).lms_id)
    title = "Terugkijken, nog een keer"

    def change(claims):
        claims[RESOURCE_LINK] = {"id": "3199", "title": title}
        claims[CUSTOM] = {**claims[CUSTOM], "activity_id": own}

    campus.next_claims(change)
    _, page = campus.open(TRAINER, LOOK_BACK)

    assert page.status == 200
    assert not page.url.endswith(("/set-up", "/schedule"))
    assert len(campus.all(Activity)) == 2


def test_a_title_that_the_other_course_has_twice_is_no_proof(campus, original):
    with campus.work.sessions.begin() as session:
        for link in session.query(ResourceLink):
            link.title = "Reflectie"
    copied(campus, "9112", title="Reflectie", context_history="311")

    _, page = campus.open(TRAINER, LOOK_BACK)

    assert page.url.endswith("/set-up")
    assert len(campus.all(Track)) == 1


def test_no_title_is_no_proof(campus, original):
    with campus.work.sessions.begin() as session:
        session.query(ResourceLink).filter_by(link_id=LOOK_BACK).one().title = ""
    copied(campus, "9112", title=" ", context_history="311")

    _, page = campus.open(TRAINER, LOOK_BACK)

    assert page.url.endswith("/set-up")
    assert len(campus.all(Track)) == 1


def test_an_id_that_nobody_gave_out_is_no_id(campus, original):
    copied(
        campus,
        "9112",
        activity_id="00000000-0000-4000-8000-000000000009",
        link_history="x",
        context_history="y",
    )

    _, page = campus.open(TRAINER, LOOK_BACK)

    assert page.url.endswith("/set-up")
    assert {one.context_id for one in campus.all(Course)} == {"311", NEXT_YEAR}


def test_a_course_copied_in_the_lms_asks_its_trainer_only_for_the_days(campus, original):
    course = campus.lms.platform.courses.find("311")
    copy = campus.lms.platform.copy_course(course, campus.lms.platform.person(TRAINER))

    browser, page = campus.open(TRAINER, copy.links[1].id)
    ready = switch_on(browser, page, {"preset": "several", "starts_on": "1-3-2027", "ends_on": "2-3-2027"})

    assert page.document.heading == "De dagen van deze training"
    assert ready.document.heading == copy.title


def test_a_course_that_a_notice_called_a_copy_is_one(campus, original):
    copied(campus, "9112", context_history="", link_history="")
    with campus.work.sessions.begin() as session:
        said = {"notice_id": "notice-1", "context_id": NEXT_YEAR, "position": 0, "origin": "311"}
        session.add(
            ContextCopy(deployment_id=original.deployment.id, noticed_at=campus.work.now().real, **said)
        )

    _, page = campus.open(TRAINER, LOOK_BACK)

    assert page.url.endswith("/schedule")


def test_a_link_that_kept_only_its_column_is_known_by_that(campus):
    trainer = campus.sign_in(TRAINER)
    page = trainer.submit(trainer.choose_content("311"), DAYS, button="In leeromgeving zetten")
    trainer.hand_over(page)
    platform = campus.lms.platform
    copy = platform.copy_course(platform.courses.find("311"), platform.person(TRAINER))
    nothing = {"activity_id": "", "link_history": "", "context_history": ""}
    campus.next_claims(lambda claims: claims[CUSTOM].update(nothing))

    _, page = campus.open(TRAINER, copy.links[2].id)

    assert page.url.endswith("/schedule")
    assert len(campus.all(Track)) == 2
