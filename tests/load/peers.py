"""What the delivery is measured against: the usual design, and a bare loop. Both in processes of their own.

usual: a Celery task for each letter, which reads its rows, writes it, opens a connection, hands it over and
writes down that it went; no budget, no last decision, no mark against doubles. bare: one connection, and a
message built and handed over for each letter; nothing is read, decided or written.
"""

import smtplib
import sys
import time
from email.message import EmailMessage
from uuid import UUID

from celery import Celery
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from config import settings as configuration
from lti_tool.mail import letters
from lti_tool.mail.letters import Letter, NudgeLetter
from lti_tool.mail.servers import Server
from lti_tool.models.deliveries import Delivery, DeliveryStatus
from lti_tool.models.people import Person
from lti_tool.models.tracks import Cohort, Enrolment, Track
from tests.factories import ENDED_ON
from tests.load import crowd

_settings = configuration.load()
_server = Server.parse(_settings.smtp_url.get_secret_value())
_engine = create_engine(_settings.database_url, pool_pre_ping=True)
celery = Celery("usual", broker=_settings.broker_url)
celery.conf.update(task_ignore_result=True, task_default_queue="usual", worker_prefetch_multiplier=4)


def sample(to: str, training: str, locale: str) -> Letter:
    """A letter of the same step, in sample words."""
    return letters.render(
        NudgeLetter(
            step=crowd.STEP,
            locale=locale,
            to=to,
            training=training,
            ended_on=ENDED_ON,
            today=crowd.DUE.calendar.date(),
            preferences_url="https://beklijf.example/m/" + "x" * 60,
            unsubscribe_url="https://beklijf.example/m/" + "x" * 60,
            mail_from=_settings.mail_from,
            message_id="<sample@beklijf.example>",
            sent_at=crowd.DUE.real,
            answer_url="https://beklijf.example/c/" + "x" * 60,
            when_words="een inwoner belt",
            then_words="vraag ik eerst door",
            cue="doorvragen",
            plan_made_on=ENDED_ON,
            coming=((crowd.DUE.calendar.date(), "check_in"),),
        )
    )


def message(letter: Letter) -> EmailMessage:
    """The message as the standard library's documentation builds one."""
    built = EmailMessage()
    built["To"], built["Subject"] = letter.to, letter.subject
    for name, value in letter.headers:
        built[name] = value
    built.set_content(letter.text)
    built.add_alternative(letter.html, subtype="html")
    return built


@celery.task(name="usual.send")  # type: ignore[untyped-decorator]
def send(delivery_id: str) -> None:
    """One letter, from its row to the mail server."""
    with Session(_engine) as session:
        title, locale = session.execute(
            select(Track.title, Person.locale)
            .join(Cohort, Cohort.track_id == Track.id)
            .join(Enrolment, Enrolment.cohort_id == Cohort.id)
            .join(Person, Person.id == Enrolment.person_id)
            .join(Delivery, Delivery.enrolment_id == Enrolment.id)
            .where(Delivery.id == UUID(delivery_id))
        ).one()
        with smtplib.SMTP(_server.host, _server.port) as smtp:
            smtp.send_message(message(sample("deelnemer@waterhoek.example", title, locale)))
        session.execute(
            update(Delivery)
            .where(Delivery.id == UUID(delivery_id))
            .values(status=DeliveryStatus.SENT, finished_at=crowd.DUE.real)
        )
        session.commit()


def bare(number: int) -> float:
    """Letters a second of a loop over one connection."""
    letter = sample("deelnemer@waterhoek.example", "Doorvragen aan de balie", "nl")
    with smtplib.SMTP(_server.host, _server.port) as smtp:
        began = time.perf_counter()
        for _ in range(number):
            smtp.send_message(message(letter))
        return number / (time.perf_counter() - began)


if __name__ == "__main__":
    print(bare(int(sys.argv[1])))
