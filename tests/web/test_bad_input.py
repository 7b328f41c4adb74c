"""Every form of a learner, with what fits none: told plainly, and what was typed is still there."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import pytest

from lti_tool.web.access import Access, access_of
from tests.factories import ENDED_ON
from tests.web import learner_forms
from tests.web.campus import LOOK_BACK, PREPARE, write
from tests.web.follow import asking, set_up
from tests.web.learner_forms import BUTTONS, OF_OTHERS, Form
from tests.web.looking_back import until
from tests.web.mail import THURSDAY, Mail, link
from tests.web.tables import Dump, dump

MANY = 50_000
LINK = "instruments/insight"
OF_LEARNERS = {Access.VISITOR, Access.LEARNER, Access.MAIL_LINK, Access.NOTE_LINK}
STRANGE = "<b>\U0001f680שלום\u202eمر&</b>"
ASKED_BEFORE = re.compile("Beklijf vraagt het elk adres één keer|U hebt nu genoeg mensen gevraagd")
LONG_AGO = "1-1-1900"
OUTSIDE = re.compile(r"Kies een (?:van de open )?dag|Kies een van de open dagen|Schrijf de dag zo")
SHORTER = re.compile(r"Maak (?:uw antwoord|deze tekst) \d+ tekens? korter")


@dataclass(frozen=True)
class Sender:
    """Who sends the forms of an area. url: where paths begin. tells_nothing: its pages show no answer."""

    campus: object
    url: str
    headers: dict[str, str]
    forms: Sequence[Form]
    tells_nothing: bool = False

    def read(self, form: Form) -> str:
        """All that its sender reads of what they wrote."""
        paths = [form.path] if self.tells_nothing else [form.path, "plan", "logbook", "mine"]
        return "".join(self.campus.http.get(self.url + path, headers=self.headers).text for path in paths)

    def send(self, form: Form, **fields: str) -> httpx.Response:
        return self.campus.http.post(self.url + form.path, data=form.filled(**fields), headers=self.headers)


def _visit(campus, link_id=LOOK_BACK):
    browser, page = campus.open("sanne", link_id)
    return page.url.partition("?")[0], campus.cookie_of(browser)


def preparing(campus):
    campus.place(PREPARE, instrument="pre")
    return Sender(
        campus, *_visit(campus, PREPARE), [*learner_forms.of_reflections(campus.work.catalogue.latest("pre"))]
    )


def in_between(campus):
    campus.place(LOOK_BACK, instrument="mid")
    return Sender(
        campus, *_visit(campus), [*learner_forms.of_reflections(campus.work.catalogue.latest("mid"))]
    )


def looking_back(campus):
    campus.place(LOOK_BACK)
    return Sender(
        campus, *_visit(campus), [*learner_forms.of_reflections(campus.work.catalogue.latest("post"))]
    )


def at_will(campus):
    campus.place(LOOK_BACK)
    return Sender(campus, *_visit(campus), [*learner_forms.at_will(campus.work.catalogue)])


def beside(campus):
    set_up(campus)
    url, cookie = _visit(campus)
    note = {"log.note": "Femke leest hardop.", "page": "00000000-0000-4000-8000-000000000001"}
    campus.http.post(f"{url}logbook", data=note, headers=cookie)
    (note_id,) = re.findall(
        r"/logbook/([0-9a-f-]{36})\"", campus.http.get(f"{url}logbook", headers=cookie).text
    )
    change = Form("logbook.change", f"logbook/{note_id}", {}, ("log.note", "log.wonder"))
    return Sender(campus, url, cookie, [*learner_forms.beside(), change])


def in_the_tool(campus):
    campus.go_to(ENDED_ON, 10)
    campus.place(LOOK_BACK, ends_on=ENDED_ON)
    browser, page = campus.open("sanne")
    write(browser, page)
    url, cookie = page.url.partition("?")[0], campus.cookie_of(browser)
    _answer(campus, f"{url}check-in", cookie)
    change = Form(
        "check_ins.change", "check-in/change", {}, ("post.if_then", "post.if_then:then"), ("post.task_on",)
    )
    asked = learner_forms.of_check_in(campus.work.catalogue, "check_ins.more", "check-in")
    return Sender(campus, url, cookie, [*asked, change])


def behind_a_mail(campus):
    mail = Mail(campus)
    cue = link(mail.on(THURSDAY), "/c/").partition("?")[0]
    _answer(campus, cue, {})
    start = cue.removeprefix(campus.tool)
    asked = learner_forms.of_check_in(campus.work.catalogue, "answers.more", start)
    return Sender(campus, campus.tool, {}, [*asked], tells_nothing=True)


def behind_the_last_mail(campus):
    url = link(until(Mail(campus), "harvest"), "/look-back").partition("?")[0]
    path, opened = (
        url.removeprefix(campus.tool),
        re.search(r'name="opened" value="([^"]*)', campus.http.get(url).text),
    )
    said = {"post.experience": "good", "opened": opened[1]}
    return Sender(
        campus,
        campus.tool,
        {},
        [Form("answers.look_back", path, said, ("post.experience.text",))],
        tells_nothing=True,
    )


def behind_a_note_link(campus):
    campus.place(LOOK_BACK)
    page = asking(campus, "sanne")("logbook/link", make="1")
    url = re.search(r"http[^<\s]+/l/[\w-]+", page.text)[0]
    form = Form(
        "note_links.write", url.removeprefix(campus.tool), learner_forms.PAGE, ("log.note", "log.wonder")
    )
    return Sender(campus, campus.tool, {}, [form], tells_nothing=True)


def _answer(campus, url, headers):
    """Something stood in the way."""
    campus.http.post(url, data={"checkin.used": "not_yet"}, headers=headers)
    campus.http.post(f"{url}/obstacle", data={"checkin.obstacle": "time"}, headers=headers)


AREAS = (
    preparing, in_between, looking_back, at_will, beside, in_the_tool, behind_a_mail, behind_the_last_mail,
    behind_a_note_link,
)  # fmt: skip


@pytest.fixture(params=AREAS, ids=lambda area: area.__name__)
def sender(request, campus):
    return request.param(campus)


def test_every_form_that_a_learner_can_send_is_on_the_list(campus, app):
    asked = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and access_of(app, rule.endpoint) in OF_LEARNERS
    }

    sent = {
        *BUTTONS,
        *OF_OTHERS,
        "check_ins.change",
        "logbook.change",
        "answers.look_back",
        "note_links.write",
    }
    catalogue = campus.work.catalogue
    for forms in (
        learner_forms.of_reflections(catalogue.latest("pre")),
        learner_forms.at_will(catalogue),
        learner_forms.of_check_in(catalogue, "check_ins.more", ""),
        learner_forms.of_check_in(catalogue, "answers.more", ""),
        learner_forms.beside(),
    ):
        sent |= {form.endpoint for form in forms}
    assert asked == sent


def told(answer: httpx.Response, message: re.Pattern[str]) -> list[str]:
    """What is missing of a page that asks to mend something."""
    page = html.unescape(answer.text)
    return [
        fault
        for fault, holds in (
            (f"status {answer.status_code}", answer.status_code == 422),
            ("not in the language of the person", '<html lang="nl"' in answer.text),
            ("no message", message.search(page) is not None),
            ("no title that says so", "<title>Kijk nog even naar" in page),
        )
        if not holds
    ]


def rows(campus) -> Dump:
    """What is kept, but for when a visit was used."""
    return {name: kept for name, kept in dump(campus.work).items() if name != "visit"}


@pytest.mark.parametrize("letter", ["x", "\U0001f680"], ids=["plain", "emoji"])
def test_50_000_characters_are_told_and_still_there(campus, sender, letter):
    before, found = rows(campus), {}

    for form in sender.forms:
        for name in form.words:
            answer = sender.send(form, **{name: letter * MANY})
            faults = told(answer, SHORTER)
            faults += [] if letter * MANY in answer.text else ["text lost"]
            faults += [] if form.keeps or rows(campus) == before else ["half written"]
            found |= {(form.path, name): faults} if faults else {}

    assert found == {}


def test_a_text_that_is_kept_too_long_stands_there_when_the_step_is_opened_again(campus, sender):
    lost = []

    for form in (each for each in sender.forms if each.keeps):
        for name in form.words:
            sender.send(form, **{name: "x" * MANY, "later": "1"})
            page = campus.http.get(sender.url + form.path, headers=sender.headers)
            lost += [] if "x" * MANY in page.text else [(form.path, name)]
            sender.send(form, **{name: "", "later": "1"})

    assert lost == []


def test_a_day_of_1900_is_told_and_still_there(campus, sender):
    before, found = rows(campus), {}

    for form in sender.forms:
        for name in form.days:
            answer = sender.send(form, **{name: LONG_AGO})
            faults = told(answer, OUTSIDE)
            is_tile = name in {"checkin.new_date", "post.task_on"}
            faults += [] if is_tile or f'value="{LONG_AGO}"' in answer.text else ["day lost"]
            faults += [] if form.keeps or rows(campus) == before else ["half written"]
            found |= {(form.path, name): faults} if faults else {}

    assert found == {}


def test_emoji_markup_and_right_to_left_text_are_kept_as_they_were_typed(campus, sender):
    found = {}

    fields = ((form, name) for form in sender.forms for name in form.words if name != "address")
    for number, (form, name) in enumerate(fields):
        words = f"{number}{STRANGE}"
        answer = sender.send(form, **{name: words})
        pages = sender.read(form)
        faults = [] if answer.status_code == 303 else [f"status {answer.status_code}"]
        faults += [] if sender.tells_nothing or html.escape(words) in pages else ["not kept as it was"]
        faults += ["markup"] if STRANGE in answer.text + pages else []
        found |= {(form.path, name): faults} if faults else {}

    assert found == {}


def test_a_form_that_is_sent_twice_is_kept_once(campus, sender):
    found = {}

    for form in sender.forms:
        fields = {
            name: f"{form.path[-9:-2]}@gemeente.example" if name == "address" else "ja" for name in form.words
        }
        fields |= {name: said for name, said in form.said.items() if name not in fields}
        first = sender.send(form, **fields)
        kept = {name: len(of_table) for name, of_table in rows(campus).items()}
        second = sender.send(form, **fields)
        faults = [] if first.status_code == 303 else [f"first {first.status_code}"]
        again = second.status_code == 303 or not told(second, ASKED_BEFORE)
        faults += [] if again else [f"second {second.status_code}"]
        doubled = {name for name, of_table in rows(campus).items() if len(of_table) != kept[name]}
        found |= {form.path: [*faults, *doubled]} if faults or doubled else {}

    assert found == {}
