"""Documents of cases: made from the acts that issue them, frozen by their hash, opened with permission and on record.

That an act issues a document follows from its declaration; nothing need be stored for it. The worker makes the document
after the act; a bulk load leaves it until somebody opens it. The bytes are kept by hash before the case's chain says so
(`freeze_document`), so what the ledger names is always there.
"""

from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from yifa.casework import kept
from yifa.casework.access import reference
from yifa.casework.kept import files
from yifa.casework.matters import issued, log_of, matter_of
from yifa.casework.models import Case, EventRow, Paper
from yifa.casework.requests import Ask, NotDone, World
from yifa.casework.services import perform
from yifa.documents.derivation import document as drawn_up
from yifa.documents.derivation import papers, problems
from yifa.documents.model import OfficialDocument
from yifa.documents.render import render
from yifa.language.acts import Actor, Command, Event, Problem
from yifa.people.permissions import Denied
from yifa.people.services import record_opening
from yifa.platform.files import sha256

__all__ = ("files",)
HOUSE = Actor("文书", frozenset({"system"}))


class IncompleteError(ValueError):
    """A document cannot be made as its case stands; `problems` says all that is missing."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        self.problems = found
        super().__init__("；".join(p.where or p.code for p in found))


class Opened(NamedTuple):
    """A document somebody may read now."""

    title: str
    content: bytes
    sha256: str


def make(item: Any, world: World) -> None:
    """What the outbox calls for a `document`: makes it, once. One that lacks passages waits for a person, not for a retry."""
    with suppress(IncompleteError):
        produce(item.case, item.seq, item.body["document"], world)


def complete(ask: Ask, world: World) -> Paper | NotDone:
    """Passages for a document issued without them: `add_passages` with `attached["documents"]`; the document, then made."""
    done = perform(ask, world)
    if isinstance(done, NotDone):
        return done
    try:
        return produce(done.case, ask.command.data["of"], ask.command.data["document"], world)
    except IncompleteError as error:
        return NotDone(error.problems)


def produce(case_id: UUID, seq: int, document: str, world: World) -> Paper:
    """The document of an act, made and frozen if it was not yet. Raises IncompleteError."""
    made = Paper.objects.filter(case_id=case_id, seq=seq, document=document).first()
    if made is not None:
        return made
    case = Case.objects.get(id=case_id)
    log = log_of(case, world)
    drawn = draw_up(case, log, seq, document, world)
    address = files().put(render(drawn))
    return _freeze(case, seq, document, drawn, address, world)


def draw_up(case: Case, log: tuple[Event, ...], seq: int, document: str, world: World) -> OfficialDocument:
    """The document as data. Raises IncompleteError with every problem."""
    found, known = papers(case.line), {(i.seq, i.document) for i in issued(case, log, world)}
    if found is None or (seq, document) not in known:
        raise IncompleteError(
            (Problem("document_unknown", {"seq": seq, "document": document}, None, "document"),)
        )
    matter = matter_of(case, log, seq, document, world)
    wrong = problems(found, document, matter)
    if wrong:
        title = found.templates[document].title
        raise IncompleteError(
            tuple(
                Problem("document_incomplete", {"document": title, "problem": str(p)}, None, f"documents.{document}.{p.name}")
                for p in wrong
            )
        )  # fmt: skip
    return drawn_up(found, document, matter)


def _freeze(
    case: Case, seq: int, document: str, drawn: OfficialDocument, address: str, world: World
) -> Paper:
    """Row and act in one transaction; whoever comes second finds the first one's."""
    assert drawn.check is not None
    title = drawn.title.replace("\n", "")
    shown = {"title": title, "organ": drawn.mark, "number": drawn.number, "dated": drawn.dated}
    data = {"document": document, "of": seq, "sha256": address, "code": drawn.check.code, **shown}
    command = Command("freeze_document", world.now().date(), data, None, seq)
    with transaction.atomic():
        # The case's lock, taken by the act, lets one through at a time.
        done = perform(Ask(command, HOUSE, f"freeze:{case.id}:{seq}:{document}", case.line, case.id), world)
        if isinstance(done, NotDone):
            raise IncompleteError(done.problems)
        frozen = EventRow.objects.get(case=case, seq=done.seq)
        paper, _ = Paper.objects.get_or_create(
            case=case, seq=seq, document=document,
            defaults={
                **shown, "code": drawn.check.code, "sha256": bytes.fromhex(address), "frozen_seq": done.seq,
                "made_at": frozen.recorded_at,
            },
        )  # fmt: skip
    return paper


def open_document(
    actor: Actor, case_id: UUID, seq: int, document: str, world: World, reason: str = ""
) -> Opened | Denied | NotDone:
    """A document to read: allowed, recorded, made if need be, checked against its hash. FileDamagedError if it is not whole."""
    case = Case.objects.get(id=case_id)
    allowed = record_opening(actor, reference(case), world.now(), reason or f"文书：第{seq}步 {document}")
    if isinstance(allowed, Denied):
        return allowed
    try:
        paper = produce(case_id, seq, document, world)
    except IncompleteError as error:
        return NotDone(error.problems)
    address = bytes(paper.sha256).hex()
    gone = kept.erased_under(log_of(case, world), paper.frozen_seq, address)
    return NotDone((gone,)) if gone else Opened(paper.title, content_of(paper), address)


def content_of(paper: Paper) -> bytes:
    """The frozen bytes. FileLostError, FileDamagedError."""
    return files().get(bytes(paper.sha256).hex())


def again(paper: Paper, world: World) -> bytes:
    """The document made anew from the case: equal to the frozen bytes as long as templates and fonts are the same."""
    return render(draw_up(paper.case, log_of(paper.case, world), paper.seq, paper.document, world))


def same(paper: Paper, content: bytes) -> bool:
    """Whether somebody's copy is this document, byte for byte."""
    return sha256(content) == bytes(paper.sha256).hex()
