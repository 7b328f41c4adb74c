"""A trainer gives a channel of Teams or Slack, and takes it back."""

import pytest

from lti_tool.domain.channels import Service
from lti_tool.models.contacts import Contact, ContactKind, ContactStatus
from lti_tool.models.deliveries import Delivery, Kind
from lti_tool.rounds import posts
from lti_tool.services import channels
from tests.factories import ENDED_ON
from tests.lti import platform_server
from tests.lti.platform_server import Reply
from tests.web.campus import TRAINER
from tests.web.follow import asking, set_up
from tests.web.tables import dump

PATH = "/services/T024BE7LD/B19HNT2QL/k3Jf02mQx91LaPzB7wRt5uYc"
SLACK = f"https://hooks.slack.com{PATH}"
TYPED = {"name": "#balie", "address": SLACK, "locale": "nl"}


@pytest.fixture
def where(campus):
    return set_up(campus)


@pytest.fixture
def trainer(campus, where):
    return asking(campus, TRAINER)


def test_a_trainer_gives_a_channel_and_never_sees_its_address_again(campus, trainer):
    answer = trainer("channels", **TYPED)

    shown = trainer("channels?notice=added").text
    assert answer.status_code == 303
    assert "#balie" in shown
    assert "Slack" in shown
    assert "k3Jf02" not in shown
    assert SLACK not in dump(campus.work).__repr__()
    assert (campus.only(Contact).kind, campus.only(Contact).status) == (
        ContactKind.CHANNEL,
        ContactStatus.CONFIRMED,
    )


def test_the_first_post_comes_at_once(campus, trainer):
    with platform_server.running() as server:
        server.answer(PATH, Reply(200, b"ok"))
        trainer("channels", **{**TYPED, "address": server.url + PATH})
        campus.go_to(ENDED_ON, 11)

        posts.run(campus.work, now=campus.work.now())

        assert [one.target for one in server.seen] == [PATH]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"address": "https://kwaad.example/services/T/B/x"}, "Plak het adres van een webhook"),
        ({"address": SLACK.replace("https", "http")}, "Plak het adres van een webhook"),
        ({"address": "https://169.254.169.254/services/T/B/x"}, "Plak het adres van een webhook"),
        ({"address": ""}, "Plak het adres van een webhook"),
        ({"name": ""}, "Schrijf op hoe dit kanaal heet"),
        ({"name": "x" * 61}, "Maak uw antwoord 1 teken korter"),
        ({"locale": "de"}, "Kies uit deze antwoorden"),
    ],
)
def test_what_does_not_fit_is_told_beside_the_field_and_keeps_nothing(campus, trainer, changed, told):
    before = dump(campus.work)

    answer = trainer("channels", **{**TYPED, **changed})

    assert answer.status_code == 422
    assert told in answer.text
    assert dump(campus.work) == before


def test_a_channel_is_given_once_and_three_at_most(campus, trainer):
    trainer("channels", **TYPED)
    twice = trainer("channels", **TYPED)
    for end in "ab":
        trainer("channels", **{**TYPED, "address": SLACK + end})
    fourth = trainer("channels", **{**TYPED, "address": SLACK + "c"})

    assert "krijgt de teamkaart al" in twice.text
    assert "plaats voor 3 kanalen" in fourth.text


def test_a_trainer_takes_a_channel_back(campus, trainer):
    trainer("channels", **TYPED)

    answer = trainer(f"channels/{campus.only(Contact).id}/remove", x="y")

    assert answer.status_code == 303
    assert "#balie" not in trainer("channels").text
    assert campus.only(Contact).status is ContactStatus.REMOVED


def test_a_channel_stands_among_those_who_get_the_card_for_learners_to_see(campus, trainer):
    trainer("channels", **TYPED)

    assert "De teamkaart gaat naar: #balie. Nooit wat u schreef." in asking(campus, "sanne")().text


def test_a_channel_is_no_contact_who_is_asked_and_has_no_page_behind_a_letter(campus, trainer):
    trainer("channels", **TYPED)

    assert "#balie" not in trainer("contacts").text
    with campus.work.reading() as session:
        kinds = {row.kind for row in session.query(Delivery)}
    assert kinds == {Kind.POST}
    campus.go_to(ENDED_ON, 11)
    assert [letter for letter in campus.deliver() if "hooks" in str(letter.recipients)] == []


def test_a_learner_gives_no_channel(campus, where):
    learner = asking(campus, "sanne")

    assert learner("channels").status_code == 403
    assert learner("channels", **TYPED).status_code == 403


def test_the_contacts_lead_to_the_channels(trainer):
    assert "/channels" in trainer("contacts").text


def test_the_service_of_a_channel_is_known_by_its_address(campus, where, trainer):
    trainer("channels", **TYPED)

    with campus.work.reading() as session:
        (shown,) = channels.listing(session, where.cohort, campus.work.keyring.named)
    assert shown.service is Service.SLACK


def test_a_card_that_may_not_have_arrived_is_posted_again_when_the_trainer_says_so(campus, trainer):
    with platform_server.running() as server:
        server.answer(PATH, Reply(500), Reply(200, b"ok"))
        trainer("channels", **{**TYPED, "address": server.url + PATH})
        campus.go_to(ENDED_ON, 11)
        posts.run(campus.work, now=campus.work.now())
        posts.run(campus.work, now=campus.work.now())
        once, shown = len(server.seen), trainer("channels").text

        answer = trainer(f"contacts/{campus.only(Contact).id}/again", x="y")
        posts.run(campus.work, now=campus.work.now())

        assert "Beklijf kan niet zien of een kaart aankwam" in shown
        assert answer.headers["Location"].endswith("/channels?notice=sent_again")
        assert (once, len(server.seen)) == (1, 2)
    assert "Beklijf kan niet zien" not in trainer("channels").text
