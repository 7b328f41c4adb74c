"""The Celery application. The broker carries no state: the rows of the database are the truth."""

from pathlib import Path

from celery import Celery, signals

from config import heap
from config import settings as configuration
from config.settings import Settings, WrongSettings
from lti_tool.rounds import opening
from lti_tool.rounds.opening import WrongContent
from lti_tool.rounds.workplace import Workplace
from tasks.schedule import schedule

POLLING_SECONDS = 0.25


def folders(broker_url: str) -> dict[str, object]:
    """Options of the file-system broker: one folder that both sides read and write."""
    root = Path(broker_url.removeprefix("filesystem://"))
    inbox, control = root / "messages", root / "control"
    for folder in (inbox, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(inbox),
        "data_folder_out": str(inbox),
        "control_folder": str(control),
        "polling_interval": POLLING_SECONDS,
    }


def create_celery(settings: Settings) -> Celery:
    """Celery with the broker of the settings."""
    application = Celery("beklijf", include=["tasks.rounds"])
    on_disk = settings.broker_url.startswith("filesystem://")
    application.conf.update(
        broker_url="filesystem://localhost/" if on_disk else settings.broker_url,
        broker_transport="tasks.broker:Transport" if on_disk else None,
        broker_transport_options=folders(settings.broker_url) if on_disk else {},
        broker_connection_retry_on_startup=True,
        task_ignore_result=True,
        task_default_queue="beklijf",
        timezone="UTC",
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        # Our own log writes to standard error; redirecting that into the log would go round in circles.
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        # The entries are static: there is nothing to remember between starts, so no file either.
        beat_scheduler="celery.beat:Scheduler",
        beat_schedule=schedule(local=settings.local),
    )
    return application


def create() -> tuple[Celery, Workplace]:
    """The application of the workers, and what they work with; ends in plain words when they cannot work.

    Nothing of pages and commands, which they would only hold in memory.
    """
    try:
        settings = configuration.load()
        opening.require(settings)
        return create_celery(settings), opening.open_workplace(settings)
    except WrongSettings as error:
        raise SystemExit(f"These settings cannot work:\n{error}") from None
    except WrongContent as error:
        raise SystemExit(str(error)) from None


def before_forking(**_of_it: object) -> None:
    """Lets a worker's children share what it consists of."""
    heap.settle()


signals.worker_init.connect(before_forking)
celery, work = create()
