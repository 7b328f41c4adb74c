"""The pages about what is kept of somebody, with what they are shown with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lti_tool.domain.exports import (
    BuddyKept,
    CheckInKept,
    EntryKept,
    Export,
    MailKept,
    NoteKept,
    Place,
    PlanBefore,
    PlanKept,
    ReadingKept,
    RecallKept,
    ReplyKept,
    Said,
    ShownKept,
    TakeawayKept,
    TrainingKept,
)
from lti_tool.domain.terms import Matter, Terms
from lti_tool.services.downloads import Offer
from lti_tool.services.privacy import Kept
from lti_tool.web.operators import Operator
from tests.web.samples import AN_ID, NOW, OPERATOR, TITLE, TODAY, VISIT, Page

COURSE, OVERVIEW = "/course", "/v/v1/privacy/"
TERMS = Terms({Matter.DRAFTS: 84, Matter.PEOPLE: 365})


def pages() -> Iterator[Page]:
    """All of them."""
    yield from _overview()
    for is_own, name in ((True, "Bram de Vries"), (False, "Bram de Vries"), (False, None)):
        shown = {"is_own": is_own, "name": name, "back_url": OVERVIEW}
        yield Page("privacy_erase", shown, f"{is_own} {name}")
    for url in (COURSE, None):
        yield Page(
            "privacy_statement",
            {"return_url": url, "operator": Operator("", "", ""), "terms": TERMS},
            str(url),
        )
        closed = {"return_url": url, "reference": "BK-7Q2M-94XA", "kept": None, "typed": ()}
        closed["holds_minutes"] = 15
        yield Page("visit_expired", closed, f"about what is kept {url}")
    yield Page(
        "privacy_statement", {"return_url": COURSE, "operator": OPERATOR, "terms": TERMS}, "with its operator"
    )
    yield Page("download", {"organisation": "Gemeente Waterhoek"})
    yield Page("download_gone", {"reference": "BK-7Q2M-94XA"})
    around = {"back_url": OVERVIEW, "download_url": OVERVIEW + "download"}
    yield Page("privacy_words", {**around, "export": export(training())}, "full")
    yield Page("privacy_words", {**around, "export": export(_nothing_yet())}, "nothing yet")
    yield from _mine()


def _mine() -> Iterator[Page]:
    """The same within a visit: from where some of it can be changed, later, and with nothing in it."""
    urls = {"download_url": "/v/v1/mine/download", "erase_url": "/v/v1/mine/erase", "return_url": COURSE}
    names = ("mails_url", "days_url", "address_url", "calendar_url", "archive_url")
    around = {"visit": VISIT, "current_id": AN_ID, "choices": dict.fromkeys(names, "/v/v1/mails"), **urls}
    around["terms"] = TERMS
    around["plan_url"] = "/v/v1/plan"
    around |= {"note_urls": {AN_ID: "/v/v1/logbook/1"}, "entry_urls": {AN_ID: "/v/v1/instruments/moment/1"}}
    around["change_urls"] = {(AN_ID, "plan"): "/v/v1/reflect/plan/1"}
    full = export(training())
    yield Page("mine", {**around, "export": full}, "full")
    yield Page("mine", {**around, "export": full, "current_id": None, "change_urls": {}}, "elsewhere")
    yield Page(
        "mine", {**around, "export": replace(full, trainings=(), logbook=(), entries=(), waiting=())}, "empty"
    )
    for url in (COURSE, None):
        closed = {"export": None, "return_url": url, "choices": {}, "current_id": None}
        yield Page("mine", {**around, **closed}, f"later {url}")


def _overview() -> Iterator[Page]:
    kept = Kept(True, True, TODAY, 2, 14, 1, 3, 2, 5, 3, 1, 0, 1, 1, 6, 4, 2, True, 3, 2, True, 3, 1)
    urls = {"erase_url": OVERVIEW + "erase", "words_url": OVERVIEW + "words", "return_url": COURSE}
    urls |= {"send_url": OVERVIEW + "send"}
    around = {"name": None, "kept": None, "was_erased": False, "offer": Offer.NOT, "terms": TERMS, **urls}
    yield Page("privacy", {**around, "is_own": True, "kept": kept}, "own")
    yield Page("privacy", {**around, "is_own": False, "kept": kept, "name": "Bram de Vries"}, "of somebody")
    yield Page("privacy", {**around, "is_own": False, "kept": kept}, "of somebody without a name")
    for offer in (Offer.POSSIBLE, Offer.TODAY):
        shown = {**around, "is_own": False, "kept": kept, "name": "Bram de Vries", "offer": offer}
        yield Page("privacy", shown, f"download {offer}")
    yield Page("privacy", {**around, "is_own": True, "was_erased": True}, "erased")
    yield Page("privacy", {**around, "is_own": False, "return_url": None}, "of nobody known")


def export(training: TrainingKept) -> Export:
    """What somebody takes along."""
    notes = () if not training.answers else (_note(),)
    moment = EntryKept("Een moment uit uw werk", TODAY, (_said(words="Ze vroeg eerst door."),), AN_ID)
    entries = () if not training.answers else (moment,)
    said = () if not training.answers else (_said(words="Deze zin bewaarde ik te laat."),)
    return Export(
        "Samira Bakkali", "samira@gemeente.example", "samira@thuis.example", ("s.b@thuis.example",), "1041",
        "nl", "en", None, None, "4", False, NOW, True, NOW, NOW, TODAY, NOW,
        ((TITLE, "learner"),), ((TODAY, TODAY),), (training,), notes, entries, said,
    )  # fmt: skip


def _note() -> NoteKept:
    return NoteKept(TODAY, (_said(words="Hardop lezen helpt."),), AN_ID, (TITLE,))


def _said(**more: object) -> Said:
    around = {"chosen": (), "days": (), "words": "", "then": "", "does_not_know": False, "answered_at": NOW}
    return Said(**{"item": "post.x", "asked": "Welk moment is u bijgebleven?", **around, **more})


def training() -> TrainingKept:
    answers = (
        _said(words="Een inwoner belde.\nZe vroeg door.", place=Place(AN_ID, "session", "Terugblik", 2)),
        _said(words="een inwoner belt", then="vraag ik eerst door", place=Place(AN_ID, "plan", "Plan", None)),
        _said(chosen=("Te weinig tijd", "Niets")),
        _said(does_not_know=True, asked="", answered_at=None),
    )
    before = (PlanBefore("de brief", "de telefoon gaat", "", TODAY, NOW), PlanBefore("", "", "", None, NOW))
    plan = PlanKept(
        "de brief", "een inwoner belt", "vraag ik door", "doorvragen", TODAY, TODAY, None, None, before
    )
    check_in = CheckInKept("not_yet", (_said(chosen=("Te weinig tijd",)),), None, NOW)
    questions = (RecallKept("Wat vraagt u eerst?", "almost", NOW), RecallKept("En dan?", None, None))
    mails = (MailKept("plan", TODAY, "sent"),)
    buddies = (BuddyKept("Bram", "confirmed", ("day", "plan")), BuddyKept("Ineke", "invited", ()))
    shown = (ShownKept("trainer", ("goal",), ()), ShownKept("team", ("plan",), (TODAY,)))
    around = (TITLE, date(2026, 11, 3), TODAY, TODAY, "active", "on", None)
    reply = ReplyKept("Begin bij één gesprek.", NOW, is_read=True)
    counts_along, kept = ("Leerklimaatscan",), (answers, plan, (check_in,), questions, mails)
    about = (
        TakeawayKept("trainer", "mid.adjust", "Wat kan er vanaf nu anders in de training?", 1),
        TakeawayKept("room", "mid.gone", "", 2),
    )
    read = (AN_ID, _read_by(), about, (reply,))
    return TrainingKept(*around, *kept, (), counts_along, buddies, shown, *read, drawn="Licht")


def _read_by() -> tuple[ReadingKept, ...]:
    """Each kind of reader, each thing, on one day and on several."""
    first, again = date(2026, 11, 5), (date(2026, 11, 5), TODAY)
    return (
        ReadingKept("trainer", None, "pre.goal", "Wat wilt u straks anders doen?", *again),
        ReadingKept("trainer", None, "pre.relevance.self", "", first, first),
        ReadingKept("team", None, "post.x", "Welk moment is u bijgebleven?", first, first),
        ReadingKept("buddy", "Ineke", "task", "", *again),
        ReadingKept("buddy", "Ineke", "plan", "", first, first),
        ReadingKept("buddy", None, "day", "", first, first),
        ReadingKept("buddy", None, "gone.item", "", first, first),
    )


def _nothing_yet() -> TrainingKept:
    return TrainingKept(TITLE, TODAY, TODAY, TODAY, "active", "on", None, (), None, (), (), (), (), (), ())
