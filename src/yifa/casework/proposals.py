"""拟稿—审核—签发: drafts of acts on their way to the signature.

A proposal is no event of the case. At the signature the door decides again on the events there are then; the legal
date is the day of the signature; one signature covers the act and its documents. What was said on the way is bound
into the act by the hash of the trail.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from yifa.casework import store
from yifa.casework.codec import canonical
from yifa.casework.models import Opinion, Proposal
from yifa.casework.requests import Answer, Ask, Locked, NotDone, World
from yifa.casework.services import answer, perform, permit
from yifa.engine import decide, empty, needs
from yifa.engine.examine import decided_by
from yifa.language.acts import Actor, Command, Context, Problem, Refused
from yifa.language.forms import validate
from yifa.language.view import View
from yifa.law.citation import Practice
from yifa.people import selectors as people
from yifa.registry import line as line_of

SEPARATION = Practice("审签分离：拟稿、审核、签发由不同的人办理")


class Proposed(NamedTuple):
    """The draft was taken. `hints`: what would stand against the act if it were signed now."""

    id: UUID
    route: tuple[frozenset[str], ...]
    hints: tuple[Problem, ...]


class Step(NamedTuple):
    """The step was taken; `state` is the proposal's afterwards."""

    id: UUID
    state: str
    hints: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A command with the drafts of its documents: document code → variable → text."""

    command: Command
    documents: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is: the actor, for somebody else where a substitution says so."""

    actor: Actor
    instead_of: str | None = None


class _RefusedError(Exception):
    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def propose(
    ask: Ask, world: World, reviewers: tuple[str, ...] = (), documents: Mapping[str, Any] | None = None
) -> Proposed | NotDone:
    """Take a draft. Invalid input and lack of authority refuse it; what guards say is told as hints.

    reviewers  roles the city adds before the law's signer, in order.
    """
    case = ask.case or world.new_id()
    view, locked = _view(ask.case, ask.line, ask.organ or ask.actor.organ or "", case, world)
    found = _examined(view, ask.command, ask.actor, case, world, "propose")
    barred = [p for p in found if p.code in _BARRING]
    problems = (*permit(ask.actor, locked, view), *barred)
    if problems:
        return NotDone(problems)
    signers = _signers(view, ask.command)
    route = (*({role} for role in reviewers), signers)
    draft = Draft(ask.command, documents or {})
    row = Proposal.objects.create(
        id=world.new_id(), case_id=ask.case, line=ask.line, action=ask.command.action, organ=locked.organ,
        proposer=ask.actor.id, draft=b"", route=[sorted(step) for step in route], created_at=world.now(),
        waiting=sorted(route[0]),
    )  # fmt: skip
    _keep_draft(row, draft, world)
    return Proposed(
        row.id, tuple(frozenset(step) for step in route), tuple(p for p in found if p.code not in _BARRING)
    )


_BARRING = frozenset({"unknown_action", "not_authorised", "field_missing", "field_unknown", "field_invalid"})


def _view(case: UUID | None, line: str, organ: str, new: UUID, world: World) -> tuple[View, Locked]:
    declared = line_of(line)
    if case is None:
        return empty(declared, world.env), Locked(new, line, organ, "", 0, b"")
    locked = store.lock_case(case) if transaction.get_connection().in_atomic_block else _unlocked(case)
    if locked is None or locked.line != line:
        return empty(declared, world.env), Locked(case, line, organ, "", 0, b"")
    return store.view_of(case, declared, world), locked


def _unlocked(case: UUID) -> Locked | None:
    with transaction.atomic():
        return store.lock_case(case)


def _examined(
    view: View, command: Command, actor: Actor, case: UUID, world: World, moment: Any
) -> tuple[Problem, ...]:
    """Everything that stands against the act at this moment of its way."""
    now = world.now()
    answers = answer(case, needs(view, command), world)
    decision = decide(view, command, answers, Context(now.date(), actor, moment, now))
    return decision.problems if isinstance(decision, Refused) else ()


def _signers(view: View, command: Command) -> frozenset[str]:
    action = view.line.action(command.action)
    assert action is not None
    data, _ = validate(action.inputs, command.data)
    return decided_by(view, command._replace(data=data), action) or action.by


def _keep_draft(row: Proposal, draft: Draft, world: World) -> None:
    body = {"command": canonical(draft.command._asdict()), "documents": canonical(dict(draft.documents))}
    row.draft = world.seal(json.dumps(body, ensure_ascii=False).encode(), _place(row))
    row.save()


def _place(row: Proposal) -> bytes:
    return f"proposal/{row.id}/{row.revision}".encode()


def draft_of(row: Proposal, world: World) -> Draft:
    """The draft as it stands."""
    body = json.loads(world.open(bytes(row.draft), _place(row)))
    given = body["command"]
    command = Command(
        given["action"], world.now().date(), given["data"], given["party"], given["re"], given["after"]
    )
    return Draft(command, body["documents"])


# ------------------------------------------------------------------------------ steps


def opine(proposal: UUID, hand: Hand, text: str, world: World) -> Step | NotDone:
    """A reviewer's opinion; the draft goes on to the next step."""
    return _step(proposal, hand, "opinion", text, world, _pass_on)


def give_back(proposal: UUID, hand: Hand, text: str, world: World) -> Step | NotDone:
    """A reviewer or the signer returns the draft, saying why."""
    return _step(proposal, hand, "return", text, world, _to_drafter)


def revise(
    proposal: UUID,
    hand: Hand,
    command: Command,
    text: str,
    world: World,
    documents: Mapping[str, Any] | None = None,
) -> Step | NotDone:
    """The drafter hands in a returned draft anew; its way begins again."""

    def change(row: Proposal) -> None:
        view, _ = _view(row.case_id, row.line, row.organ, row.id, world)
        found = _examined(view, command, hand.actor, row.case_id or row.id, world, "propose")
        barred = [p for p in found if p.code in _BARRING]
        if command.action != row.action:
            barred.append(Problem("proposal_action", {"action": command.action}, None, "action"))
        if barred:
            raise _RefusedError(*barred)
        row.revision, row.state = row.revision + 1, "open"
        _at(row, 0)
        _keep_draft(row, Draft(command, documents or {}), world)

    return _step(proposal, hand, "revise", text, world, change)


def withdraw(proposal: UUID, hand: Hand, text: str, world: World) -> Step | NotDone:
    """The drafter takes the draft back."""
    return _step(proposal, hand, "withdraw", text, world, _withdrawn)


def sign(proposal: UUID, hand: Hand, text: str, world: World) -> Answer:
    """The signature: the door decides again, as of today. A refusal leaves the draft where it is."""
    signed: list[Answer] = []

    def act(row: Proposal) -> None:
        draft = draft_of(row, world)
        mark = {
            "proposal": str(row.id),
            "drafter": row.proposer,
            "trail": _trail_hash(row),
            "for": hand.instead_of or "",
        }
        ask = Ask(
            draft.command, hand.actor, f"proposal:{row.id}", row.line, row.case_id, row.organ,
            signature=mark | {"authority": _authority(hand, row, world)},
        )  # fmt: skip
        found = perform(ask, world)
        signed.append(found)
        if isinstance(found, NotDone):
            raise _RefusedError(*found.problems)
        row.state, row.waiting, row.signed_seq, row.case_id = "signed", [], found.seq, found.case
        row.save()

    step = _step(proposal, hand, "sign", text, world, act)
    return step if isinstance(step, NotDone) else signed[0]


def _step(
    proposal: UUID, hand: Hand, kind: str, text: str, world: World, act: Callable[[Proposal], None]
) -> Step | NotDone:
    try:
        with transaction.atomic():
            row = Proposal.objects.select_for_update().filter(id=proposal).first()
            if row is None:
                raise _RefusedError(Problem("proposal_unknown", {}, None, "proposal"))
            problems = _unfit(row, hand, kind, text, world)
            if problems:
                raise _RefusedError(*problems)
            _say(row, hand, kind, text, world)
            act(row)
            return Step(row.id, row.state)
    except _RefusedError as refusal:
        return NotDone(refusal.problems)


def _unfit(row: Proposal, hand: Hand, kind: str, text: str, world: World) -> list[Problem]:
    """Why this hand may not take this step now; all reasons."""
    states, who = _STEPS[kind]
    found = []
    if row.state not in states:
        found.append(Problem("proposal_state", {"state": STATES[row.state], "step": KINDS[kind]}))
    if kind in ("return", "withdraw") and not text.strip():
        found.append(Problem("reason_required", {"action": KINDS[kind]}, None, "text"))
    if hand.instead_of is not None and not _authority(hand, row, world):
        found.append(Problem("substitute_unknown", {"name": hand.instead_of}, None, "instead_of"))
    return [*found, *(_not_drafter(row, hand) if who == "drafter" else _not_on_route(row, hand, kind, world))]


def _not_drafter(row: Proposal, hand: Hand) -> list[Problem]:
    return [] if hand.actor.id == row.proposer else [Problem("proposal_not_yours")]


def _not_on_route(row: Proposal, hand: Hand, kind: str, world: World) -> list[Problem]:
    """Reviewers in their turn, the law's signer last, each a person of their own, none who must stay out."""
    view, locked = _view(row.case_id, row.line, row.organ, row.id, world)
    found = list(permit(hand.actor, locked, view))
    if not hand.actor.roles & set(row.waiting):
        names = "、".join(sorted(view.line.roles.get(role, role) for role in row.waiting))
        found.append(Problem("proposal_not_your_turn", {"roles": names}))
    if (kind == "sign") is not (row.position == len(row.route) - 1) and kind != "return":
        found.append(Problem("proposal_order", {"step": KINDS[kind]}))
    if hand.actor.id in {row.proposer, *_hands(row)}:
        found.append(Problem("proposal_same_hand", {}, SEPARATION))
    return found


def _hands(row: Proposal) -> list[str]:
    """Who has taken a step of the present round."""
    trail = list(row.trail.order_by("step").values_list("kind", "actor"))
    starts = [index for index, (kind, _) in enumerate(trail) if kind == "revise"]
    return [actor for _, actor in trail[starts[-1] + 1 if starts else 0 :]]


def _authority(hand: Hand, row: Proposal, world: World) -> str:
    if hand.instead_of is None:
        return ""
    return people.authority(
        hand.actor, hand.instead_of, row.organ, frozenset(row.waiting), world.now().date()
    )


def _say(row: Proposal, hand: Hand, kind: str, text: str, world: World) -> None:
    step = row.trail.count()
    sealed = world.seal(text.encode(), f"opinion/{row.id}/{step}".encode())
    Opinion.objects.create(
        proposal=row, step=step, at=world.now(), actor=hand.actor.id, kind=kind, text=sealed,
        instead_of=hand.instead_of or "", authority=_authority(hand, row, world),
    )  # fmt: skip


def _at(row: Proposal, position: int) -> None:
    row.position, row.waiting = position, row.route[position]
    row.save()


def _pass_on(row: Proposal) -> None:
    _at(row, row.position + 1)


def _to_drafter(row: Proposal) -> None:
    row.state, row.waiting = "returned", []
    row.save()


def _withdrawn(row: Proposal) -> None:
    row.state, row.waiting = "withdrawn", []
    row.save()


def _trail_hash(row: Proposal) -> str:
    """Over everything said on the way, in order: bound into the signed act."""
    said = [
        [o.step, o.kind, o.actor, o.instead_of, o.at.isoformat(), hashlib.sha256(bytes(o.text)).hexdigest()]
        for o in row.trail.order_by("step")
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


STATES = {"open": "审批中", "returned": "已退回", "withdrawn": "已撤回", "signed": "已签发"}
KINDS = {"opinion": "审核", "return": "退回", "revise": "修改后重报", "withdraw": "撤回", "sign": "签发"}
# Step → states it is open in, and who takes it.
_STEPS = {
    "opinion": ({"open"}, "route"), "return": ({"open"}, "route"), "sign": ({"open"}, "route"),
    "revise": ({"returned"}, "drafter"), "withdraw": ({"open", "returned"}, "drafter"),
}  # fmt: skip
