"""The catalogue as the product reads it."""

import shutil

import pytest

from config import content
from config.settings import ROOT
from lti_tool.domain.fields import ContentError
from lti_tool.domain.instruments import Audience, Item, Phase, Shelf
from lti_tool.domain.item_type_files import named
from lti_tool.services import catalogue, content_check, entries


@pytest.fixture
def folder(tmp_path):
    """A copy of the catalogue to change."""
    return shutil.copytree(content.CATALOGUE, tmp_path / "catalogue")


def items(key: str, part: str) -> list[Item]:
    return list(catalogue.load().latest(key).part(part).items)


def test_the_short_preparation_asks_what_fits_in_five_to_eight_minutes():
    short = catalogue.load().get("pre", 1).part("short")

    assert [item.id for item in short.items] == [
        "pre.goal",
        "pre.relevance.self",
        "pre.share_trainer",
        "pre.application",
        "pre.indicators.self",
        "pre.task",
        "pre.leader_talk_on",
    ]
    assert 5 <= short.minutes <= 8


def test_only_what_the_learner_shares_reaches_the_trainer():
    shared = [item.id for item in items("pre", "short") if item.audience is Audience.TRAINER_IF_SHARED]

    assert shared == ["pre.goal", "pre.relevance.self", "pre.share_trainer"]
    assert not [item.id for item in items("post", "plan") if item.audience is Audience.TRAINER_IF_SHARED]


def test_the_plan_asks_for_everything_that_the_follow_up_needs():
    asked = {item.id: item.type for item in items("post", "plan")}

    assert asked == {
        "post.task": named("line"),
        "post.if_then": named("if_then"),
        "post.task_on": named("window_day"),
        "post.obstacles": named("multi"),
        "post.obstacles.text": named("text"),
        "post.obstacle_removal": named("text"),
        "post.confidence": named("ten"),
        "post.buddy": named("people"),
        "post.cue": named("line"),
        "post.hour": named("choice"),
    }


def test_what_comes_back_in_a_mail_says_so_beforehand():
    mailed = [item.id for item in items("post", "plan") if item.audience is Audience.MAIL]

    assert mailed == ["post.if_then", "post.cue"]


def test_no_hour_falls_outside_those_at_which_mail_may_go_out():
    (hour,) = (item for item in items("post", "plan") if item.id == "post.hour")

    assert hour.default == "09:30"
    assert all("08:00" <= option.id <= "18:00" for option in hour.options)


def test_a_look_ahead_and_a_look_back_offer_the_same_obstacles():
    (ahead,) = (item for item in items("post", "plan") if item.id == "post.obstacles")
    (back,) = items("check_in", "obstacle")

    assert ahead.options == back.options
    assert [group.id if group else None for group, _ in back.grouped] == ["work", "people", "me", None]
    assert [option.id for option in back.options if not option.points_to] == ["other", "none"]


@pytest.mark.parametrize(
    ("part", "outcomes"),
    [("rehearse", ["right", "change", "used"]), ("used", ["used", "partly", "not_yet"])],
)
def test_a_check_in_has_three_answers(part, outcomes):
    (item,) = items("check_in", part)

    assert [option.id for option in item.options] == outcomes
    assert item.shows == ("post.if_then",)


def test_the_catalogue_is_read_once_per_process():
    assert catalogue.load() is catalogue.load()


def test_the_latest_version_is_asked_and_the_old_one_stays(folder):
    old = folder / "instruments" / "pre.v1.toml"
    new = old.with_name("pre.v2.toml")
    new.write_text(old.read_text().replace("version = 1", "version = 2", 1))

    found = catalogue.read(folder)

    assert found.latest("pre").version == 2
    assert found.get("pre", 1).phase is Phase.PRE
    assert found.get("pre", 1).digest != found.get("pre", 2).digest


def test_a_training_may_follow_a_cadence_by_its_key():
    assert catalogue.load().cadence("standard").key == "standard"


def test_every_obstacle_that_can_be_chosen_is_one_the_menu_knows():
    (item,) = items("check_in", "obstacle")

    assert [option.id for option in item.options] == list(catalogue.load().actions.pointers)


def test_a_guide_is_found_by_its_key():
    assert catalogue.load().guide("team_meeting").minutes == 30


def test_what_is_not_in_the_catalogue_is_a_key_error():
    found = catalogue.load()

    with pytest.raises(KeyError):
        found.latest("mood")
    with pytest.raises(KeyError):
        found.get("pre", 99)
    with pytest.raises(KeyError):
        found.cadence("hourly")
    with pytest.raises(KeyError):
        found.guide("the_stars")


def test_a_file_bears_the_key_and_version_of_its_instrument(folder):
    path = folder / "instruments" / "pre.v1.toml"
    path.rename(path.with_name("pre.v3.toml"))

    with pytest.raises(ContentError, match=r"pre\.v3\.toml: by its key and version it is pre\.v1\.toml"):
        catalogue.read(folder)


@pytest.mark.parametrize("place", ["cadences/light.toml", "actions/time.toml", "guides/talk.toml"])
def test_a_file_bears_its_key_as_its_name(folder, place):
    path = folder / place
    path.rename(path.with_name("other.toml"))

    with pytest.raises(ContentError, match=rf"other\.toml: by its key it is {path.stem}\.toml"):
        catalogue.read(folder)


def test_a_menu_without_what_an_obstacle_points_to_is_refused(folder):
    (folder / "actions" / "time.toml").unlink()

    with pytest.raises(ContentError, match=r"obstacles\.toml: option time: there is no factor\.time"):
        catalogue.read(folder)


@pytest.mark.parametrize(
    "place",
    [
        "instruments/pre.v1.toml",
        "options/obstacles.toml",
        "cadences/light.toml",
        "actions/time.toml",
        "guides/talk.toml",
    ],
)
def test_a_broken_file_is_named(folder, place):
    (folder / place).write_text("key = ")

    with pytest.raises(ContentError, match=(folder / place).name):
        catalogue.read(folder)


def test_the_one_file_that_contributors_are_shown_is_a_whole_instrument(folder):
    shown = (ROOT / "CONTRIBUTING.md").read_text().split("```toml\n")[1].split("```")[0]
    (folder / "instruments" / "gesture.v1.toml").write_text(shown)

    offered = entries.offered(catalogue.read(folder), Shelf.LEARNER)

    assert "gesture" in [each.key for each in offered]
    assert content_check.problems(folder) == []
