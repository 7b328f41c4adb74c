"""A data privacy launch: what is kept of somebody, in kinds and numbers, and erasing it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from markupsafe import escape

from lti_tool.models.people import Person
from lti_tool.models.privacy import PrivacyVisit, Tombstone
from lti_tool.services import organisations
from tests import factories
from tests.web.about_people import ADMINISTRATOR, NAMES, SANNE, about, heading, unpacked
from tests.web.campus import TRAINER, write
from tests.web.tables import dump


def number(page, words):
    return re.search(rf"<span>{words}</span><span[^>]*>([^<]*)<", page.text)[1]


@pytest.fixture
def launch(campus):
    """Somebody's data privacy launch; the browser and the page that comes."""

    def open_page(name, for_user=None, **more):
        browser = campus.sign_in(name)
        campus.next_claims(about(for_user, **more))
        return browser, browser.launch("3112")

    return open_page


@pytest.fixture
def sanne(campus):
    """A learner who wrote something."""
    campus.place()
    browser, page = campus.open("sanne")
    return write(browser, page)


@pytest.mark.parametrize("message", NAMES)
@pytest.mark.parametrize("for_user", [None, SANNE])
def test_somebody_sees_what_is_kept_of_them(sanne, launch, message, for_user):
    _, page = launch("sanne", for_user, message=message)

    assert (page.status, heading(page)) == (200, "Wat Beklijf van u bewaart")
    assert (number(page, "Trainingen"), number(page, "Plannen")) == ("1", "1")
    assert int(number(page, "Antwoorden")) > 2


def test_taking_along_and_keeping_come_before_erasing_and_stand_out_more(sanne, launch):
    browser, page = launch("sanne")

    asked = browser.open(page, "/erase")

    main = r'<a class="nl-button nl-button--primary"[^>]*><span[^>]*>'
    assert re.search(main + 'Lees wat u schreef.*<a class="nl-link[^>]*>Alles wissen</a>', page.text, re.S)
    assert re.search(
        main + "Alles bewaren.*nl-button--secondary[^>]*><span[^>]*>Alles wissen", asked.text, re.S
    )


def test_an_administrator_sees_numbers_and_no_words(sanne, launch):
    _, page = launch(TRAINER, SANNE, roles=ADMINISTRATOR)

    assert (page.status, heading(page)) == (200, "Wat Beklijf van iemand bewaart")
    assert "Sanne de Wit" in page.text
    assert int(number(page, "Antwoorden")) > 2
    assert not [words for words in ("terras", "inwoner belt", "doorvragen") if words in page.text]


def test_an_administrator_who_names_nobody_reads_what_is_kept_in_general(sanne, launch):
    _, page = launch(TRAINER, roles=ADMINISTRATOR)

    assert (page.status, heading(page)) == (200, "Wat Beklijf van mensen bewaart")
    assert "Sanne" not in page.text


@pytest.mark.parametrize(
    "roles", [[], ["Instructor"], ["http://purl.imsglobal.org/vocab/lis/v2/membership#Administrator"]]
)
def test_nobody_but_an_administrator_asks_about_somebody_else(campus, sanne, launch, caplog, roles):
    before = dump(campus.work, {"privacy_visit", "visit", "person"})

    _, page = launch(TRAINER, SANNE, roles=roles)

    assert page.status == 403
    assert "Sanne" not in page.text
    assert "reason=data_of_somebody_else" in caplog.text
    assert dump(campus.work, {"privacy_visit", "visit", "person"}) == before


def test_a_data_privacy_launch_makes_nobody_known(campus, launch):
    _, own = launch("tjerk")
    _, other = launch(TRAINER, "never-seen", roles=ADMINISTRATOR)

    assert "Beklijf bewaart niets van u." in own.text
    assert "Beklijf bewaart niets van deze persoon." in other.text
    assert campus.all(Person) == []


def test_somebody_of_another_organisation_is_not_known_here(campus, launch):
    now = campus.work.now()
    with campus.work.sessions.begin() as session:
        organisations.add(session, "second", "Andere gemeente", "Europe/Amsterdam", now.real)
        where = factories.place(campus.work, session, organisation="second", now=now)
        factories.learner(session, where, "elsewhere", now=now)

    _, page = launch(TRAINER, "elsewhere", roles=ADMINISTRATOR)

    assert "Beklijf bewaart niets van deze persoon." in page.text


def test_somebody_erases_themselves_after_being_asked_once_more(campus, sanne, launch):
    browser, page = launch("sanne")
    asked = browser.open(page, "/erase")
    still = campus.all(Person)

    done = browser.submit(asked, button="Alles wissen")

    assert heading(asked) == "Alles van u wissen?"
    assert SANNE in {one.sub for one in still}
    assert "Alles is gewist." in done.text
    assert SANNE not in {one.sub for one in campus.all(Person)}
    assert len(campus.all(Tombstone)) == 1


def test_an_administrator_erases_somebody_who_asked_for_it(campus, sanne, launch, caplog):
    browser, page = launch(TRAINER, SANNE, roles=ADMINISTRATOR)

    done = browser.submit(browser.open(page, "/erase"), button="Alles wissen")

    assert "Alleen een kenmerk zonder naam blijft." in done.text
    assert SANNE not in {one.sub for one in campus.all(Person)}
    assert "privacy.erased whose=anothers" in caplog.text
    assert "Sanne" not in caplog.text


def test_who_was_erased_begins_anew_by_opening_the_activity(campus, sanne, launch):
    browser, page = launch("sanne")
    browser.submit(browser.open(page, "/erase"), button="Alles wissen")

    _, again = campus.open("sanne")

    assert again.status == 200
    assert "vraag ik eerst door" not in again.text
    assert campus.all(Tombstone) == []


def test_a_visit_that_was_open_when_somebody_was_erased_opens_no_more(campus, launch):
    campus.place()
    browser, visit = campus.open("sanne")
    cookie = campus.cookie_of(browser)
    other, page = launch("sanne")
    other.submit(other.open(page, "/erase"), button="Alles wissen")

    assert campus.http.get(visit.url, headers=cookie).status_code == 404


def test_somebody_takes_along_all_that_is_kept_of_them(campus, sanne, launch):
    browser, page = launch("sanne")

    words = browser.open(page, "/words")
    file = campus.http.get(page.url + "download", headers=campus.cookie_of(browser))

    assert heading(words) == "Wat u schreef"
    assert all(written in words.text for written in ("de brief over het terras", "vraag ik eerst door"))
    page, export = unpacked(file)
    (training,) = export["trainings"]
    assert (export["name"], export["address"]) == ("Sanne de Wit", "sanne.dewit@gemeente.example")
    assert training["plan"]["then"] == "vraag ik eerst door"
    assert {"de brief over het terras", "doorvragen"} <= {said["words"] for said in training["answers"]}
    assert all(said["asked"] for said in training["answers"])
    assert training["mails"]
    assert file.headers["Content-Disposition"] == 'attachment; filename="beklijf.zip"'
    for own in ("de brief over het terras", "vraag ik eerst door", "doorvragen", "Sanne de Wit"):
        assert own in page
    assert all(escape(said["asked"]) in page for said in training["answers"])
    assert not re.findall(r"\d{4}-\d{2}-\d{2}", page + words.text)
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=", page)


def test_the_file_speaks_the_language_of_whoever_takes_it_along(campus, sanne, launch):
    browser, page = launch("sanne")
    cookie = campus.cookie_of(browser)

    dutch, english = (
        unpacked(campus.http.get(f"{page.url}download?lang={lang}", headers=cookie))[0]
        for lang in ("nl", "en")
    )

    assert ('<html lang="nl">' in dutch, '<html lang="en">' in english) == (True, True)
    assert "Wat Beklijf van u bewaart" in dutch
    assert "What Beklijf keeps about you" in english
    assert "komt nog" in dutch
    assert "still to come" in english


@pytest.mark.parametrize("path", ["words", "download"])
def test_who_asks_for_somebody_gets_no_words(campus, sanne, launch, path):
    browser, page = launch(TRAINER, SANNE, roles=ADMINISTRATOR)

    answer = campus.http.get(page.url + path, headers=campus.cookie_of(browser))

    assert answer.status_code == 404
    assert "terras" not in answer.text


def test_the_page_stays_open_for_fifteen_minutes(campus, sanne, launch):
    browser, page = launch("sanne")
    cookie = campus.cookie_of(browser)

    def ask(minutes, method="GET", path=""):
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
            return campus.http.request(method, page.url + path, headers=cookie)

    closed = ask(16)
    assert [ask(14).status_code, closed.status_code, ask(16, "POST", "erase").status_code] == [200, 403, 403]
    assert "Deze pagina sluit na 15 minuten." in closed.text
    assert SANNE in {one.sub for one in campus.all(Person)}


def test_the_page_opens_in_no_other_browser(campus, sanne, launch):
    _, page = launch("sanne")
    other, _ = campus.open("youssef")

    answer = campus.http.get(page.url, headers=campus.cookie_of(other))

    assert answer.status_code == 403
    assert "Sanne" not in answer.text


def test_old_passes_are_swept_by_the_next_launch(campus, launch):
    launch("tjerk")
    with campus.work.sessions.begin() as session:
        row = session.get_one(PrivacyVisit, campus.only(PrivacyVisit).id)
        row.launched_at -= timedelta(days=2)

    launch("tjerk")

    assert len(campus.all(PrivacyVisit)) == 1
