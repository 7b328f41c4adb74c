"""What a trainer sees of the people, of the course and of the follow-up."""

import re

from sqlalchemy import update

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.tracks import Track
from lti_tool.services.participants import AT_ONCE
from tests.web.campus import ASSISTANT, LOOK_BACK, PREPARE, TRAINER, write
from tests.web.statements import let_launch, let_take_part


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


def test_a_trainer_reads_that_a_planned_mail_may_not_come(campus):
    campus.place()
    campus.open("sanne")
    browser, home = campus.open(TRAINER)

    shown = [home, browser.open(home, "/letters")]

    assert ["Een mail kan dus uitvallen." in page.text for page in shown] == [True, True]


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

    browser, group = campus.open(TRAINER)
    settings = browser.open(group, "/settings")

    items = settings.text.split('id="items"')[1]
    phases = re.findall(r'<span class="bk-small">([^<·]*)</span>', items)[:2]
    assert phases == ["Vóór de training", "Na de training"]
    assert items.count("dit onderdeel") == 1
    assert f"{campus.only(Track).closes_on.day} " in settings.text.split("Sluitdag")[1][:60]


def test_who_gets_no_mail_is_counted_and_named_elsewhere(campus):
    campus.place()
    browser = campus.sign_in("marloes")
    campus.next_claims(lambda claims: claims.pop("email", None))
    browser.launch(LOOK_BACK)
    trainer, group = campus.open(TRAINER)

    health = trainer.open(group, "/health#people")

    assert "1 persoon krijgt geen mail" in group.text
    assert "Marloes Hendriks" in health.text.split('id="people"')[1].split("</section>")[0]


def test_a_large_group_stands_on_the_page_fifty_people_at_a_time(campus):
    where = campus.place()
    let_launch(campus, 0, 2 * AT_ONCE + 1)
    let_take_part(campus, where)
    browser, first = campus.open(TRAINER)

    pages = [first]
    while "Volgende" in pages[-1].text:
        pages.append(browser.follow(pages[-1], "Volgende mensen"))

    named = [re.findall(r"<li><span>Naam van (learner-\d+)", page.text) for page in pages]
    assert [len(names) for names in named] == [50, 50, 1]
    assert len(set().union(*named)) == 2 * AT_ONCE + 1
    assert "Er doen 101 mensen mee." in first.text


def test_once_all_mails_are_over_it_does_not_say_that_nobody_takes_part(campus):
    campus.place()
    campus.open("sanne")
    with campus.work.sessions.begin() as session:
        session.execute(update(Delivery).values(status=DeliveryStatus.SENT))

    _, group = campus.open(TRAINER)

    assert "Er staan nu geen mails gepland voor wie meedoet." in group.text
    assert "zodra er iemand meedoet" not in group.text
