"""What a trainer sees of the people, of the course and of the follow-up."""

import re

from lti_tool.models.tracks import Track
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write


def test_a_trainer_sees_who_is_done_and_nothing_that_anybody_wrote(campus):
    campus.place()
    for name in ("sanne", "marloes"):
        browser, page = campus.open(name)
    write(browser, page)

    _, group = campus.open(TRAINER)

    done = re.findall(r"<li><span>([^<]*)</span>[^<]*<span[^>]*>([^<]*)</span>", group.text)
    assert sorted(done) == [("Marloes Hendriks", "Klaar"), ("Sanne de Wit", "Nog niet")]
    assert "terras" not in group.text
    assert "doorvragen" not in group.text
    assert "een inwoner belt" not in group.text


def test_who_may_only_look_waits_until_it_is_set_up_and_then_sees_without_buttons(campus):
    _, waits = campus.open("youssef", roles=[ASSISTANT])
    campus.place()

    _, sees = campus.open("youssef", roles=[ASSISTANT])

    assert not waits.has_form("starts_on")
    assert sees.document.heading == "Doorvragen aan het loket"
    assert "/dates" not in sees.text
    assert "again" not in sees.text


def test_a_trainer_sees_which_link_is_for_what_and_when_it_closes(campus):
    campus.place(PREPARE, instrument="pre")
    campus.place(LOOK_BACK)

    _, group = campus.open(TRAINER)

    items = group.text.split('id="items"')[1]
    phases = re.findall(r'<span class="bk-small">([^<·]*)</span></li>', items)
    assert phases == ["Vóór de training", "Na de training"]
    assert items.count("dit onderdeel") == 1
    assert f"{campus.only(Track).closes_on.day} " in group.text.split("Sluitdag")[1][:60]


def test_who_gets_no_mail_is_named(campus):
    campus.place()
    browser = campus.sign_in("marloes")
    campus.next_claims(lambda claims: claims.pop("email", None))
    browser.launch(LOOK_BACK)

    _, group = campus.open(TRAINER)

    named = group.text.split("Wie krijgt geen mail?")[1].split("</details>")[0]
    assert "Marloes Hendriks" in named
