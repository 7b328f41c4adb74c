"""What the check of the content finds, and that today's content is in order."""

import shutil

import pytest

from config import content
from lti_tool.services import content_check
from lti_tool.services.content_check import Problem

PO_HEAD = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
DAYS = 'msgid "One day"\nmsgid_plural "%(num)s days"\n'


@pytest.fixture
def folder(tmp_path):
    """A copy of the catalogue to change."""
    return shutil.copytree(content.CATALOGUE, tmp_path / "catalogue")


@pytest.fixture
def nothing(tmp_path):
    """A folder without translations."""
    return tmp_path / "translations"


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def translation(tmp_path, messages):
    path = tmp_path / "pages.po"
    path.write_text(PO_HEAD + messages)
    return path


def test_the_content_is_in_order():
    assert content_check.problems() == []


def test_a_text_against_the_voice_is_found_with_its_place(folder, nothing):
    change(folder / "instruments" / "pre.v1.toml", "Wat wilt u straks anders doen in uw werk?", "Waarom?")

    found = content_check.problems(folder, nothing)

    assert found == [Problem("pre.v1.toml", "pre.goal", "nl", "leads the answer: Waarom")]
    assert str(found[0]) == "pre.v1.toml pre.goal nl: leads the answer: Waarom"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('title.en = "Prepare"\n\n', 'title.en = "Homework"\n\n', ("title", "en")),
        ('7\ntitle.nl = "Voorbereiden"', '7\ntitle.nl = "Huiswerk"', ("short", "nl")),
        ("Begin bij uw eigen werk", "Begin!", ("step goal", "nl")),
        ("Leave out other people’s names.", "You must not use names.", ("step goal", "en")),
        ("Iets kleins is genoeg.", "Iets kleins (een zin) is genoeg.", ("pre.goal", "nl")),
        ("what is going on.", "what the stakeholders need.", ("pre.goal", "en")),
        ("No, only I read them", "No, don’t show them", ("pre.share_trainer", "en")),
        ("Dan ziet uw trainer ze niet.", "Helaas ziet uw trainer niets.", ("pre.share_trainer", "nl")),
    ],
)
def test_every_text_of_an_instrument_is_weighed(folder, nothing, old, new, place):
    change(folder / "instruments" / "pre.v1.toml", old, new)

    assert [(found.item, found.locale) for found in content_check.problems(folder, nothing)] == [place]


@pytest.mark.parametrize(
    ("old", "new", "locale"),
    [("Licht", "Licht!", "nl"), ("Fits a training of half a day.", "You must take it.", "en")],
)
def test_the_words_of_a_cadence_are_weighed(folder, nothing, old, new, locale):
    change(folder / "cadences" / "light.toml", old, new)

    found = content_check.problems(folder, nothing)

    assert [(one.file, one.item, one.locale) for one in found] == [("light.toml", "title", locale)]


@pytest.mark.parametrize(("old", "new"), [("Te weinig tijd", "Tijd!"), ("De mensen", "De stakeholders")])
def test_a_shared_list_is_weighed_once(folder, nothing, old, new):
    change(folder / "options" / "obstacles.toml", old, new)

    assert [found.file for found in content_check.problems(folder, nothing)] == ["obstacles.toml"]


def test_an_excess_needs_its_reason(folder, nothing):
    path = folder / "options" / "obstacles.toml"
    path.write_text(path.read_text().replace("options = ", "commas = ", 1))

    whats = {found.what for found in content_check.problems(folder, nothing)}

    assert whats == {"12 options, 10 at most", "no text needs the excess 'commas'"}


def test_a_text_that_was_never_translated_is_found(folder, nothing):
    change(
        folder / "instruments" / "check_in.v1.toml",
        "Welke nieuwe dag kiest u?",
        "Which new day do you choose?",
    )

    (found,) = content_check.problems(folder, nothing)

    assert found.what == "the same in both languages: Which new day do you choose?"


def test_an_item_shows_only_what_some_instrument_asks(folder, nothing):
    change(folder / "instruments" / "post.v1.toml", '["pre.task"]', '["pre.tusk"]')

    (found,) = content_check.problems(folder, nothing)

    assert (found.item, found.what) == ("post.task", "shows pre.tusk, which no instrument asks")


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("actions/time.toml", "Time and room", "Homework", ("title", "en")),
        (
            "actions/time.toml",
            "samen een half uur vrij",
            "verplicht een half uur vrij",
            ("time.protect", "nl"),
        ),
        ("actions/time.toml", "put half an hour", "ensure half an hour", ("time.half_hour", "en")),
        ("actions/time.toml", "in your calendar this week.", "aside. Do it.", ("time.half_hour", "en")),
        ("actions/time.toml", "vrij. De telefoon gaat", "vrij. Helaas gaat", ("example", "nl")),
        ("actions/time.toml", "free. The team next door", "free. Now. The team", ("example", "en")),
        (
            "guides/talk.toml",
            "10 minutes before the training",
            "10 minutes before the lesson",
            ("title", "en"),
        ),
        ("guides/talk.toml", "Voor u en iemand die", "Voor u (en wie", ("title", "nl")),
        ("guides/talk.toml", "Luister eerst.", "Luister!", ("talk.goal", "nl")),
        ("guides/talk.toml", "A task that fits", "A task!", ("talk.task", "en")),
        ("guides/talk.toml", "Wat wilt u straks", "Waarom wilt u straks", ("talk.goal", "nl")),
    ],
)
def test_every_text_of_the_menu_and_of_the_guides_is_weighed(folder, nothing, file, old, new, place):
    change(folder / file, old, new)

    assert [(found.item, found.locale) for found in content_check.problems(folder, nothing)] == [place]


def test_every_factor_has_its_file(folder, nothing):
    (folder / "actions" / "openness.toml").unlink()

    (found,) = content_check.problems(folder, nothing)

    assert str(found) == "openness.toml: is missing"


@pytest.mark.parametrize("pointer", ["factor.support_system", "team.consequences"])
def test_an_obstacle_points_only_to_what_is_there(folder, nothing, pointer):
    change(folder / "options" / "obstacles.toml", pointer, f"{pointer}s")

    (found,) = content_check.problems(folder, nothing)

    assert (found.item, found.what) == ("process", f"points to {pointer}s, which is not there")


def test_a_broken_file_does_not_hide_the_rest(folder, nothing):
    (folder / "instruments" / "check_in.v1.toml").write_text("key = ")
    (folder / "cadences" / "light.toml").write_text("key = ")
    (folder / "actions" / "time.toml").write_text("key = ")
    (folder / "guides" / "team_meeting.toml").write_text("key = ")
    change(folder / "instruments" / "pre.v1.toml", "Begin bij uw eigen werk", "Begin!")

    files = {found.file for found in content_check.problems(folder, nothing)}
    assert files == {"check_in.v1.toml", "light.toml", "time.toml", "team_meeting.toml", "pre.v1.toml"}


@pytest.mark.parametrize(
    ("messages", "what"),
    [
        ('msgid "Save plan"\nmsgstr ""\n', "the translation is missing"),
        ('#, fuzzy\nmsgid "Save plan"\nmsgstr "Plan bewaren"\n', "the translation is fuzzy"),
        ('msgid "Saved!"\nmsgstr "Bewaard."\n', "exclamation mark or emoji"),
        ('msgid "Saved."\nmsgstr "Helaas."\n', "word to avoid: Helaas"),
        ('msgid "Hello %(name)s"\nmsgstr "Hallo %(naam)s"\n', "the placeholders differ: Hallo %(naam)s"),
        ('msgid "Hello %(name)s"\nmsgstr "Hallo"\n', "the placeholders differ: Hallo"),
        (
            DAYS + 'msgstr[0] "Eén dag"\nmsgstr[1] "%(aantal)s dagen"\n',
            "the placeholders differ: %(aantal)s dagen",
        ),
        (DAYS + 'msgstr[0] "Eén dag"\n', "the translation is missing"),
    ],
)
def test_a_translation_is_weighed(tmp_path, messages, what):
    path = translation(tmp_path, messages)

    assert what in [found.what for found in content_check.in_translation(path)]


def test_a_translation_in_order_has_no_problems(tmp_path):
    path = translation(
        tmp_path,
        'msgid "Save plan"\nmsgstr "Plan bewaren"\n\n'
        'msgid "Hello %(name)s"\nmsgstr "Dag %(name)s"\n\n'
        + DAYS
        + 'msgstr[0] "Eén dag"\nmsgstr[1] "%(num)s dagen"\n',
    )

    assert content_check.in_translation(path) == []


def test_both_translations_are_there(tmp_path, folder):
    (tmp_path / "nl" / "LC_MESSAGES").mkdir(parents=True)

    missing = content_check.problems(folder, tmp_path)

    assert [(found.file, found.what) for found in missing] == [
        ("pages.po", "is missing"),
        ("mail.po", "is missing"),
    ]
