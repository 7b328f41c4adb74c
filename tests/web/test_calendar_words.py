"""What a calendar says of letters that share a day."""

from datetime import date

from tests.web.campus import TRAINER


def test_a_letter_that_brings_another_says_so(campus):
    end = date(2026, 12, 11)
    campus.go_to(date(2026, 12, 1))
    campus.place(starts_on=end, ends_on=end)
    browser, home = campus.open(TRAINER)

    page = browser.open(home, "/dates").text

    mails = page.split('id="mails"')[1]
    assert "Kan in één mail komen met ‘Terugkijken op de training’." in mails
