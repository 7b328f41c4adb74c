"""Letters that came back: told by a program of the mail service, and shown to whom they were for."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Mailbox, MailboxStatus
from lti_tool.web import signatures
from lti_tool.web.bounces import LONGEST_BODY
from tests.web.campus import LOOK_BACK
from tests.web.tables import dump

SECRET = "a secret of the mail service and of us, long enough"
LETTER = "<a-letter@localhost>"
CAME_BACK = {"message_id": LETTER, "action": "failed", "status": "5.1.1"}


@pytest.fixture
def app(build, stage, running_lms):
    """The tool, which shares a secret with the mail service."""
    show, url = stage
    show.app = build(base_url=url, smtp_url=f"smtp://127.0.0.1:{running_lms.smtp.port}", hook_secret=SECRET)
    return show.app


@pytest.fixture
def letter(campus):
    """The id of a letter to Sanne that went out."""
    campus.place()
    campus.open("sanne")
    with campus.work.sessions.begin() as session:
        row = session.scalars(select(Delivery).order_by(Delivery.due_at)).first()
        row.status, row.message_id, row.finished_at = DeliveryStatus.SENT, LETTER, datetime.now(UTC)
    return row.id


def tell(campus, said=CAME_BACK, *, secret=SECRET, ago=timedelta(), **headers):
    """What the mail service tells, signed. said: bytes go as they are."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    signed = signatures.sign(secret, body, datetime.now(UTC) - ago)
    sent = {"Content-Type": "application/json", "Beklijf-Signature": signed, **headers}
    return campus.http.post("/hooks/bounces", content=body, headers=sent)


def row(campus, letter):
    return next(each for each in campus.all(Delivery) if each.id == letter)


def mailbox_of(campus, letter):
    (found,) = (each for each in campus.all(Mailbox) if each.id == row(campus, letter).mailbox_id)
    return found


@pytest.mark.database
def test_a_letter_that_came_back_for_good_closes_its_mailbox(campus, letter):
    answer = tell(campus)

    assert (answer.status_code, answer.content) == (204, b"")
    assert (row(campus, letter).status, row(campus, letter).reason) == (DeliveryStatus.FAILED, "bounced")
    assert mailbox_of(campus, letter).status is MailboxStatus.REFUSED


def test_the_same_twice_is_answered_alike_and_changes_nothing(campus, letter):
    tell(campus)
    before = dump(campus.work)

    assert tell(campus).status_code == 204
    assert dump(campus.work) == before


@pytest.mark.parametrize("message_id", ["<of-nobody@localhost>", "a-letter@elsewhere"])
def test_a_letter_that_is_not_ours_is_answered_alike(campus, letter, message_id):
    assert tell(campus, {**CAME_BACK, "message_id": message_id}).status_code == 204
    assert row(campus, letter).status is DeliveryStatus.SENT


def test_a_message_id_without_its_brackets_is_known(campus, letter):
    tell(campus, {**CAME_BACK, "message_id": LETTER.strip("<>")})

    assert row(campus, letter).status is DeliveryStatus.FAILED


FORGED = {
    "another secret": {"secret": "x" * 40},
    "old": {"ago": timedelta(minutes=6)},
    "of tomorrow": {"ago": -timedelta(minutes=6)},
    "no signature": {"Beklijf-Signature": ""},
    "a signature in another form": {"Beklijf-Signature": "sha256=" + "0" * 64},
    "a moment without end": {"Beklijf-Signature": "t=" + "9" * 12 + ",v1=" + "0" * 64},
}


@pytest.mark.parametrize("how", FORGED)
def test_what_is_not_signed_just_now_is_refused_with_a_reference(campus, letter, how):
    before = dump(campus.work)

    answer = tell(campus, **FORGED[how])

    assert answer.status_code == 403
    assert "BK-" in answer.text
    assert dump(campus.work) == before


def test_a_body_that_was_changed_underway_is_refused(campus, letter):
    signed = signatures.sign(SECRET, json.dumps(CAME_BACK).encode(), datetime.now(UTC))

    changed = {**CAME_BACK, "message_id": "<another@localhost>"}

    assert tell(campus, changed, **{"Beklijf-Signature": signed}).status_code == 403


def test_a_moment_that_no_calendar_holds_is_refused(campus, letter):
    body, seconds = json.dumps(CAME_BACK).encode(), "9" * 12
    far = f"t={seconds},v1={signatures._mac(SECRET, seconds, body)}"

    assert tell(campus, **{"Beklijf-Signature": far}).status_code == 403


BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "no status": b'{"message_id": "<a@b>", "action": "failed"}',
    "a number": b'{"message_id": "<a@b>", "action": "failed", "status": 5}',
    "no message id": b'{"message_id": "", "action": "failed", "status": "5.1.1"}',
    "a message id with a NUL": b'{"message_id": "a\\u0000b", "action": "failed", "status": "5.1.1"}',
    "half a letter": b'{"message_id": "a\\ud800b", "action": "failed", "status": "5.1.1"}',
    "no text at all": b"\xff\xfe",
    "depth without end": b"[" * 5000,
}


@pytest.mark.parametrize("body", BODIES)
def test_what_says_nothing_about_a_letter_is_a_bad_request_with_a_reference(campus, letter, body):
    answer = tell(campus, BODIES[body])

    assert answer.status_code == 400
    assert "BK-" in answer.text


def test_a_long_body_is_not_read(campus, letter):
    answer = tell(campus, b" " * (LONGEST_BODY + 1))

    assert answer.status_code == 413


def test_without_a_secret_nobody_can_tell_anything(build):
    tool = build().test_client()

    assert tool.post("/hooks/bounces", json=CAME_BACK).status_code == 404


def test_at_the_next_launch_a_learner_reads_that_a_mail_came_back_and_what_to_do(campus, letter):
    tell(campus)

    _, page = campus.open("sanne")

    assert "Een mail aan uw adres kwam terug." in page.text
    assert "Werkt uw adres weer?" in page.text
    assert "Mails die nog komen" not in page.text


@pytest.mark.database
def test_when_the_course_gives_another_address_mails_come_again(campus, letter):
    tell(campus)
    browser = campus.sign_in("sanne")

    campus.next_claims(lambda claims: claims.update(email="sanne@gemeente.example"))
    page = browser.launch(LOOK_BACK)

    assert "kwam terug" not in page.text
    planned = [each for each in campus.all(Delivery) if each.status is DeliveryStatus.PLANNED]
    campus.go_to(min(each.due_on for each in planned))
    assert [mail.recipients for mail in campus.deliver()] == [("sanne@gemeente.example",)]


def test_a_learner_whose_address_works_again_says_so(campus, letter):
    tell(campus)
    browser, page = campus.open("sanne")

    page = browser.submit(page, button="Mijn adres opnieuw proberen")

    assert "Beklijf stuurt weer mail naar uw adres." in page.text
    assert "kwam terug" not in page.text
    planned = [each for each in campus.all(Delivery) if each.status is DeliveryStatus.PLANNED]
    campus.go_to(min(each.due_on for each in planned))
    assert [mail.recipients for mail in campus.deliver()] == [("sanne.dewit@gemeente.example",)]


def test_trying_again_opens_no_address_that_its_owner_stopped(campus, letter):
    browser, page = campus.open("sanne")
    with campus.work.sessions.begin() as session:
        session.execute(update(Mailbox).values(status=MailboxStatus.STOPPED))

    campus.http.post(f"{page.url}mails", data={"choose": "try_again"}, headers=campus.cookie_of(browser))

    assert mailbox_of(campus, letter).status is MailboxStatus.STOPPED
