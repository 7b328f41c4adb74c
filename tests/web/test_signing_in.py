"""An adviser of an organisation signs in by a link in a mail, for eight hours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lti_tool.models.advisers import SignIn
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import MailboxStatus
from lti_tool.rounds import retention
from lti_tool.services import organisations
from tests.web.advisers import ASK, ESTHER, HOME, NL, Adviser, cookie_of
from tests.web.own_addresses import change
from tests.web.policies import directive
from tests.web.tables import dump

SAID = "Is dat het adres van een adviseur? Dan is er een mail onderweg."
GONE = "Deze link werkt niet meer"


@pytest.fixture
def esther(campus):
    return Adviser(campus).appointed()


def later(**delay):
    return time_machine.travel(datetime.now(UTC) + timedelta(**delay))


def test_a_link_comes_by_mail_and_a_press_signs_in(campus, esther):
    looked = campus.http.get(esther.asked(), headers=NL)
    pressed = campus.http.post(looked.url)

    page = campus.http.get(pressed.headers["Location"], headers=cookie_of(pressed))

    assert "Nu aanmelden?" in looked.text
    assert (pressed.status_code, page.status_code) == (303, 200)
    assert "Default organisation" in page.text
    assert "U bent aangemeld tot" in page.text


def test_the_mail_goes_to_the_adviser_alone_and_no_program_can_press_in_it(campus, esther):
    esther.ask()

    (letter,) = campus.deliver()

    assert letter.recipients == (ESTHER,)
    assert letter.header("List-Unsubscribe") == ""


def test_asking_says_the_same_of_an_address_that_is_no_advisers(campus, esther):
    of_hers, of_others = esther.ask(), Adviser(campus, "iemand@waterhoek.example").ask()

    assert (of_hers.status_code, of_others.status_code) == (303, 303)
    assert of_hers.headers["Location"] == of_others.headers["Location"]
    assert SAID in campus.http.get(of_hers.headers["Location"], headers=NL).text


def test_an_address_that_is_no_advisers_gets_nothing_and_leaves_nothing(campus):
    before = dump(campus.work)

    Adviser(campus, "iemand@waterhoek.example").ask()

    assert dump(campus.work) == before
    assert campus.deliver() == []


def test_what_is_no_address_is_said_beside_the_field_and_stays_there(campus):
    page = Adviser(campus, "esther").ask()

    assert page.status_code == 422
    assert "Schrijf een mailadres" in page.text
    assert 'value="esther"' in page.text


def test_looking_at_a_link_changes_nothing(campus, esther):
    url = esther.asked()
    before = dump(campus.work)

    campus.http.get(url)

    assert dump(campus.work) == before


def test_neither_the_link_nor_the_pass_stands_in_any_table(campus, esther):
    url = esther.asked()
    link_is_kept = url.rpartition("/")[2] in repr(dump(campus.work))

    given = cookie_of(campus.http.post(url))["Cookie"].partition("=")[2]

    assert not link_is_kept
    assert given not in repr(dump(campus.work))
    assert len(given) >= 43


def test_a_link_works_once(campus, esther):
    url = esther.asked()
    campus.http.post(url)

    again = campus.http.post(url, headers=NL)

    assert again.status_code == 410
    assert GONE in again.text
    assert "Set-Cookie" not in again.headers


@pytest.mark.database
def test_of_two_who_press_at_once_one_is_signed_in(campus, esther):
    url = esther.asked()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: campus.http.post(url).status_code, range(2)))

    assert sorted(answers) == [303, 410]


def test_a_link_is_over_after_an_hour(campus, esther):
    url = esther.asked()

    with later(minutes=61):
        looked, pressed = campus.http.get(url), campus.http.post(url)

    assert (looked.status_code, pressed.status_code) == (410, 410)


def test_who_is_signed_in_is_so_for_eight_hours(campus, esther):
    signed_in = esther.signed_in()

    with later(hours=7, minutes=59):
        before = campus.http.get(HOME, headers=signed_in).status_code
    with later(hours=8, minutes=1):
        after = campus.http.get(HOME, headers=signed_in)

    assert before == 200
    assert (after.status_code, after.headers["Location"]) == (303, ASK)


def test_who_signs_out_is_out_and_stays_in_in_another_browser(campus, esther):
    one, other = esther.signed_in(), esther.signed_in()

    left = campus.http.post("/o/sign-out", headers=one)

    assert "U bent afgemeld." in campus.http.get(left.headers["Location"], headers=NL).text
    assert campus.http.get(HOME, headers=one).status_code == 303
    assert campus.http.get(HOME, headers=other).status_code == 200


def test_who_was_removed_is_out_at_once_and_their_links_open_nothing(campus, esther):
    signed_in, url = esther.signed_in(), esther.asked()

    esther.dismissed()

    assert campus.http.get(HOME, headers=signed_in).status_code == 303
    assert campus.http.post(url).status_code == 410
    assert campus.all(Delivery) == []


def test_a_letter_of_who_was_removed_before_it_went_does_not_go(campus, esther):
    esther.ask()

    esther.dismissed()

    assert campus.deliver() == []


def test_an_address_gets_three_links_a_day_at_most(campus, esther):
    for _ in range(4):
        esther.ask()

    assert len(campus.deliver()) == 3


def test_an_adviser_of_two_organisations_gets_a_link_to_each(campus, esther):
    with campus.work.sessions.begin() as session:
        organisations.add(session, "ours", "Onze gemeente", "Europe/Amsterdam", campus.work.now().real)
    esther.appointed("ours")

    esther.ask()

    texts = sorted("Onze gemeente" in letter.text for letter in campus.deliver())
    assert texts == [False, True]


@pytest.mark.parametrize("status", [MailboxStatus.STOPPED, MailboxStatus.REFUSED])
def test_an_address_that_mail_may_not_go_to_gets_none_and_nobody_reads_that(campus, esther, status):
    change(campus, ESTHER, status)

    page = campus.http.get(esther.ask().headers["Location"], headers=NL)

    assert SAID in page.text
    assert campus.all(Delivery) == []


def test_a_letter_that_could_not_go_for_a_working_day_does_not_go_any_more(campus, esther):
    esther.ask()

    with later(hours=9):
        letters = campus.deliver()

    assert letters == []
    assert campus.only(Delivery).status is DeliveryStatus.SKIPPED


def test_a_pass_of_one_browser_is_not_a_link_and_a_link_is_no_pass(campus, esther):
    url = esther.asked()
    token = url.rpartition("/")[2]

    as_pass = campus.http.get(HOME, headers={"Cookie": f"beklijf_adviser={token}"})
    given = cookie_of(campus.http.post(url))["Cookie"].partition("=")[2]

    assert as_pass.status_code == 303
    assert campus.http.post(f"{ASK}/{given}").status_code == 410


def test_no_page_of_an_adviser_stands_in_a_frame_or_is_kept(campus, esther):
    link = esther.asked()
    pages = [campus.http.get(ASK), campus.http.get(link)]
    pages.append(campus.http.get(HOME, headers=cookie_of(campus.http.post(link))))

    for page in pages:
        assert page.status_code == 200
        assert directive(page, "frame-ancestors") == {"'none'"}
        assert page.headers["Cache-Control"] == "no-store"


def test_the_cookie_is_for_this_host_its_server_and_eight_hours(campus, esther):
    told = campus.http.post(esther.asked()).headers["Set-Cookie"]

    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=28800"} <= set(told.split("; "))
    assert "Partitioned" not in told
    assert "Domain" not in told


def test_what_opens_nothing_any_more_is_forgotten_with_its_letter(campus, esther):
    esther.signed_in()

    with later(days=8):
        retention.run(campus.work, now=campus.work.now())

    assert (campus.all(SignIn), campus.all(Delivery)) == ([], [])


def test_who_is_signed_in_stays_so_when_old_ones_are_forgotten(campus, esther):
    signed_in = esther.signed_in()

    retention.run(campus.work, now=campus.work.now())

    assert campus.http.get(HOME, headers=signed_in).status_code == 200
