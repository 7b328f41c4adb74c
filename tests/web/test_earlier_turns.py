"""Who took part in a training that was over is not let into the next one by a list; its trainer reads so."""

from datetime import date, timedelta

from lti_tool.rounds import roster
from tests.web.campus import PREPARE, TRAINER
from tests.web.choosing import DAYS, choose, first_open
from tests.web.test_announcements import open_item

EARLIER = "deden hier eerder mee, aan een training die voorbij is. Zij krijgen geen mail over deze training."


def test_a_trainer_reads_who_is_left_out_and_how_they_join_all_the_same(campus):
    campus.go_to(date(2026, 11, 20))
    over = campus.today - timedelta(days=2)
    campus.place(PREPARE, instrument="pre", starts_on=over, ends_on=over)
    campus.open(TRAINER)
    roster.run(campus.work, now=campus.work.now())
    items = choose(campus, DAYS)
    open_item(campus, items[0])
    roster.run(campus.work, now=campus.work.now())

    _, empty = open_item(campus, items[0])
    first_open(campus, items[0], "sanne")
    _, joined = open_item(campus, items[0])

    assert "Nog niemand heeft dit onderdeel geopend." in empty.text
    assert "Horen zij er nu ook bij? Laat hen dan dit onderdeel openen." in empty.text
    assert number_in(joined) == number_in(empty) - 1 > 0


def test_of_a_training_beside_another_nobody_is_left_out(campus):
    campus.go_to(date(2026, 11, 20))
    campus.place(PREPARE, instrument="pre", starts_on=campus.today, ends_on=campus.today)
    campus.open(TRAINER)
    roster.run(campus.work, now=campus.work.now())
    items = choose(campus, DAYS)

    _, page = open_item(campus, items[0])

    assert EARLIER not in page.text


def number_in(page):
    return int(page.text.split(EARLIER)[0].split(">")[-1].split()[0])
