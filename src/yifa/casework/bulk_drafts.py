"""Drafts in a load: the rows a draft on its way to the signature leaves (拟稿—审核—签发), made as a whole.

Only the signature decides, as it does online; what the steps before it would have been refused for is not asked again.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from yifa.casework import drafts
from yifa.casework.codec import canonical
from yifa.casework.drafts import Draft, Hand
from yifa.casework.memory import MemoryStore
from yifa.casework.models import Opinion, Proposal
from yifa.casework.proposals import Way, route_of, signature_of
from yifa.casework.requests import Answer, Ask, Done, Locked, NotDone, World
from yifa.casework.services import perform
from yifa.language.acts import Problem
from yifa.registry import line as line_of

PROPOSAL = {
    "id": "uuid", "case_id": "uuid", "line": "text", "action": "text", "organ": "text", "proposer": "text", "draft": "bytea",
    "revision": "int4", "route": "jsonb", "position": "int4", "waiting": "varchar[]", "state": "text", "created_at": "timestamptz",
    "signed_seq": "int4",
}  # fmt: skip
OPINION = {
    "proposal_id": "uuid", "step": "int4", "at": "timestamptz", "actor": "text", "kind": "text", "text": "bytea", "commitment": "bytea",
    "instead_of": "text", "authority": "text",
}  # fmt: skip


def signed(ask: Ask, way: Way, world: World, store: MemoryStore) -> Answer:
    """The act, signed by `ask.actor`, with the trail it came by; as `proposals.through`, of a case that is there already."""
    locked = None if ask.case is None else store.lock_case(ask.case)
    if locked is None:
        return NotDone((Problem("case_unknown", {"case": str(ask.case)}, None, "case"),))
    way.begin(0)
    row, draft = _drafted(ask, locked, way, world, store)
    said = []
    for step, (actor, text) in enumerate(way.opinions):
        way.begin(step + 1)
        said.append(drafts.opinion(row, step, Hand(actor), "opinion", text, "", world))
    way.begin(len(said) + 1)
    said.append(drafts.opinion(row, len(said), Hand(ask.actor), "sign", way.words, "", world))
    done = perform(_as_signed(ask, row, draft, said, world), world, store)
    if isinstance(done, Done):
        row.signed_seq = done.seq
        store.cases[done.case].proposals.append((row, tuple(said)))
    return done


def _drafted(ask: Ask, locked: Locked, way: Way, world: World, store: MemoryStore) -> tuple[Proposal, Draft]:
    new = world.new_id()
    view = store.view_of(locked.id, line_of(ask.line), world)
    organ = view.organ or locked.organ
    route = route_of(view, ask.command, organ, world)
    row = Proposal(
        id=new, case_id=locked.id, line=ask.line, action=ask.command.action, organ=organ, proposer=way.drafter.id,
        route=[sorted(step) for step in route], position=len(route) - 1, waiting=[], state="signed", created_at=world.now(),
    )  # fmt: skip
    draft = Draft(ask.command, way.documents)
    drafts.put(row, draft, world)
    return row, draft


def _as_signed(ask: Ask, row: Proposal, draft: Draft, said: list[Opinion], world: World) -> Ask:
    """The act as the signature gives it to the door: dated the day of the signature."""
    day, command = world.now().date(), draft.command
    data: Mapping[str, Any] = drafts.dated(ask.line, command.action, canonical(dict(command.data)), day)
    return Ask(
        command._replace(on=day, data=data), ask.actor, f"proposal:{row.id}", ask.line, ask.case, row.organ,
        signature=signature_of(row, draft, drafts.hash_of(said), "", ""), attached={"documents": canonical(dict(draft.documents))},
    )  # fmt: skip


def jsonb(text: bytes) -> bytes:
    """A jsonb value in the binary format of COPY: its version, then JSON."""
    return b"\x01" + text


def proposal_row(row: Proposal) -> tuple[Any, ...]:
    """The columns of a draft, in the order of `PROPOSAL`."""
    return (
        row.id, row.case_id, row.line, row.action, row.organ, row.proposer, row.draft, row.revision, jsonb(to_json(row.route)), row.position,
        row.waiting, row.state, row.created_at, row.signed_seq,
    )  # fmt: skip


def opinion_row(said: Opinion) -> tuple[Any, ...]:
    """The columns of a step of a trail, in the order of `OPINION`."""
    return (
        said.proposal_id, said.step, said.at, said.actor, said.kind, said.text, said.commitment, said.instead_of, said.authority,
    )  # fmt: skip
