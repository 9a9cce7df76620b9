"""Reading proposals: whose turn it is, what a draft says, what was said on the way, what would stand against it now."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from yifa.casework import drafts, files, proposals
from yifa.casework.access import reference
from yifa.casework.called import Called, called
from yifa.casework.files import Said
from yifa.casework.models import Proposal
from yifa.casework.proposals import KINDS, STATES
from yifa.casework.requests import World
from yifa.casework.selectors import PAGE, Reader, Unknown
from yifa.casework.shown import Value, values
from yifa.language.line import Line
from yifa.people import selectors as people
from yifa.people import services as people_services
from yifa.people.permissions import CaseRef, Denied, Field, Verb, may
from yifa.registry import line as line_of


class Waiting(NamedTuple):
    """A draft in a list."""

    id: UUID
    title: str
    line_title: str
    case: UUID | None
    number: str
    state: str
    drafter: str
    turn: tuple[str, ...]  # titles of the roles whose turn it is
    created_at: datetime


class Word(NamedTuple):
    """One step of the trail in words."""

    step: int
    what: str
    who: str
    instead_of: str
    authority: str
    text: str
    at: datetime


class Sheet(NamedTuple):
    """A draft as this reader may see it (审批单). `revision` is to be sent back with a step as `seen`; `steps`: those the
    reader may take now; `hints`: what would stand against the act if it were signed today.
    """

    id: UUID
    line: str
    action: str
    title: str
    case: UUID | None
    state: str
    revision: int
    values: tuple[Value, ...]
    documents: tuple[tuple[str, tuple[Value, ...]], ...]
    route: tuple[tuple[str, ...], ...]
    position: int
    trail: tuple[Word, ...]
    steps: tuple[str, ...]
    hints: tuple[Said, ...]


def waiting(reader: Reader, world: World, page: int = 1) -> tuple[Waiting, ...]:
    """Drafts whose turn is the reader's, and their own that came back, oldest first: three queries a page of 50."""
    actor = reader.actor
    turn = Q(state="open", organ=actor.organ or "", waiting__overlap=sorted(actor.roles)) & ~Q(
        proposer=actor.id
    )
    rows = Proposal.objects.filter(turn | Q(state="returned", proposer=actor.id)).select_related("case")
    rows = rows.exclude(case__in=people.conflicts_of(actor).cases)
    found = list(rows.order_by("created_at", "id")[(page - 1) * PAGE : page * PAGE])
    named = called(row.proposer for row in found)
    return tuple(_waiting(row, named) for row in found)


def _waiting(row: Proposal, named: Called) -> Waiting:
    line = line_of(row.line)
    number = "" if row.case is None else row.case.number
    return Waiting(
        row.id, _title(line, row.action), line.title, row.case_id, number, STATES[row.state],
        named.name(row.proposer, row.organ), _roles(line, row.waiting), row.created_at,
    )  # fmt: skip


def sheet(reader: Reader, proposal: UUID, world: World) -> Sheet | Denied | Unknown:
    """One draft, whole. Reading it is opening the case it is about, and recorded as that."""
    row = Proposal.objects.select_related("case").filter(id=proposal).first()
    if row is None:
        return Unknown()
    ceiling = _opened(row, reader, world)
    return ceiling if isinstance(ceiling, Denied) else _sheet(row, reader, ceiling, world)


def _opened(row: Proposal, reader: Reader, world: World) -> Field | Denied | None:
    if row.case is None:
        allowed = may(reader.actor, Verb.OPEN, CaseRef(str(row.id), row.organ, frozenset({row.proposer})))
    else:
        allowed = people_services.record_opening(
            reader.actor, reference(row.case), world.now(), "审批", reader.instead_of
        )
    return allowed if isinstance(allowed, Denied) else allowed.ceiling


def _sheet(row: Proposal, reader: Reader, ceiling: Field | None, world: World) -> Sheet:
    line, draft = line_of(row.line), drafts.read(row, world, world.now().date())
    action = line.action(row.action)
    said = drafts.trail(row, world)
    named = called({*(s.actor for s in said), *(s.instead_of for s in said)})
    documents = tuple((code, tuple(values(texts, None, ceiling))) for code, texts in draft.documents.items())
    return Sheet(
        row.id, row.line, row.action, _title(line, row.action), row.case_id, STATES[row.state], row.revision,
        tuple(values(draft.command.data, action.inputs if action else None, ceiling)), documents,
        tuple(_roles(line, step) for step in row.route), row.position,
        tuple(Word(s.step, KINDS[s.kind], named.name(s.actor, row.organ), named.name(s.instead_of, row.organ), s.authority,
                   s.text, s.at) for s in said),
        proposals.open_steps(row, drafts.Hand(reader.actor, _text(reader.instead_of)), world),
        tuple(files.say(problem, line) for problem in proposals.hints(row, world)),
    )  # fmt: skip


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _title(line: Line, code: str) -> str:
    action = line.action(code)
    return action.title if action else code


def _roles(line: Line, roles: list[str]) -> tuple[str, ...]:
    return tuple(line.roles.get(role, role) for role in roles)
