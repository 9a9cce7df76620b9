"""拟稿—审核—签发: drafts of acts on their way to the signature.

A proposal is no event of the case. At the signature the door decides again on the events there are then; the legal
date is the day of the signature; one signature covers the act and its documents. What was said on the way is bound
into the act by the hash of the trail.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from yifa.casework import drafts, store
from yifa.casework.answers import answer
from yifa.casework.codec import canonical
from yifa.casework.drafts import Draft, Hand
from yifa.casework.models import Proposal
from yifa.casework.requests import Answer, Ask, Done, Locked, NotDone, RefusedError, World
from yifa.casework.services import perform, permit
from yifa.engine import decide, empty
from yifa.engine.examine import decided_by
from yifa.language.acts import EMPTY, Actor, Command, Context, Problem, Refused
from yifa.language.forms import validate
from yifa.language.view import View
from yifa.law.citation import Practice
from yifa.people import selectors as people
from yifa.registry import line as line_of

SEPARATION = Practice("审签分离：拟稿、审核、签发由不同的人办理")


class Proposed(NamedTuple):
    """The draft was taken. `route`: roles of each step, the signer's last; `hints`: what would stand against the act
    if it were signed now.
    """

    id: UUID
    route: tuple[frozenset[str], ...]
    hints: tuple[Problem, ...]


class Step(NamedTuple):
    """The step was taken; `state` is the proposal's afterwards; `hints` as when it was proposed."""

    id: UUID
    state: str
    hints: tuple[Problem, ...] = ()


class _Move(NamedTuple):
    """A step somebody wants to take. `seen`: the revision they have read, refused if the draft has changed since."""

    kind: str
    hand: Hand
    text: str
    seen: int | None


class _Matter(NamedTuple):
    """The case a proposal is about, as it is now; an empty one if the act opens it."""

    id: UUID
    view: View
    locked: Locked


# ------------------------------------------------------------------------------ drafting


def propose(ask: Ask, world: World, documents: Mapping[str, Any] = EMPTY) -> Proposed | NotDone:
    """Take a draft. Invalid input and lack of authority refuse it; what guards say is told as hints.

    The route is the city's reviewers for this act, then the signer the law names.
    """
    try:
        new = world.new_id()
        matter = _matter(ask.case, ask.line, ask.organ or ask.actor.organ or "", new, ask.actor.id, world)
        hints = _taken(matter, ask.command, ask.actor, world)
    except RefusedError as refusal:
        return NotDone(refusal.problems)
    organ = matter.view.organ or matter.locked.organ
    route = route_of(matter.view, ask.command, organ, world)
    row = Proposal(
        id=new, case_id=ask.case, line=ask.line, action=ask.command.action, organ=organ,
        proposer=ask.actor.id, route=[sorted(step) for step in route], created_at=world.now(), waiting=sorted(route[0]),
    )  # fmt: skip
    drafts.keep(row, Draft(ask.command, documents), world)
    return Proposed(row.id, route, hints)


_BARRING = frozenset({"unknown_action", "not_authorised", "field_missing", "field_unknown", "field_invalid"})


def _matter(case: UUID | None, line: str, organ: str, new: UUID, actor: str, world: World) -> _Matter:
    declared = line_of(line)
    if case is None:
        return _Matter(new, empty(declared, world.env), store.coming_case(new, line, organ, actor))
    found = store.read_case(case, actor)
    if found is None or found.line != line:
        raise RefusedError(Problem("case_unknown", {"case": str(case)}, None, "case"))
    return _Matter(case, store.view_of(case, declared, world), found)


def _taken(matter: _Matter, command: Command, actor: Actor, world: World) -> tuple[Problem, ...]:
    """Hints about a draft that may be taken; raises RefusedError if it may not."""
    found = _examined(matter, command, actor, world)
    barred = (*permit(actor, matter.locked, matter.view), *(p for p in found if p.code in _BARRING))
    if barred:
        raise RefusedError(*barred)
    return found


def _examined(matter: _Matter, command: Command, actor: Actor, world: World) -> tuple[Problem, ...]:
    """Everything that would stand against the act if it were signed now."""
    now = world.now()
    data = drafts.dated(matter.view.line.code, command.action, command.data, now.date())
    command = command._replace(on=now.date(), data=data)
    answers = answer(matter.id, matter.view, command, world)
    decision = decide(matter.view, command, answers, Context(now.date(), actor, "propose", now))
    return decision.problems if isinstance(decision, Refused) else ()


def route_of(view: View, command: Command, organ: str, world: World) -> tuple[frozenset[str], ...]:
    """The city's reviewers, then whoever the law lets decide: data can add steps and never take away the last."""
    action = view.line.action(command.action)
    assert action is not None
    data, _ = validate(action.inputs, command.data)
    signers = decided_by(view, command._replace(data=data), action) or action.by
    reviewers = world.reviewers(view.line.code, command.action, organ)
    return (*(frozenset({role}) for role in reviewers), signers)


# ------------------------------------------------------------------------------ the whole way at once


class Way(NamedTuple):
    """How an act came to be signed, where that is known as a whole: drafter, what each reviewer said, what the signer said.

    begin  is called before each step with its place; whoever keeps the clock may set it.
    """

    drafter: Actor
    opinions: tuple[tuple[Actor, str], ...] = ()
    words: str = ""
    documents: Mapping[str, Mapping[str, Any]] = EMPTY
    begin: Callable[[int], object] = lambda step: None


def through(ask: Ask, way: Way, world: World) -> Answer:
    """Draft, review and sign, step by step; `ask.actor` signs. NotDone by the first step that is refused."""
    way.begin(0)
    made = propose(ask._replace(actor=way.drafter), world, way.documents)
    if isinstance(made, NotDone):
        return made
    for step, (actor, text) in enumerate(way.opinions, 1):
        way.begin(step)
        found = opine(made.id, Hand(actor), text, world)
        if isinstance(found, NotDone):
            return found
    way.begin(len(way.opinions) + 1)
    return sign(made.id, Hand(ask.actor), way.words, world)


# ------------------------------------------------------------------------------ steps


def opine(
    proposal: UUID, hand: Hand, text: str, world: World, seen: int | None = None
) -> Step | NotDone:  # fmt: skip
    """A reviewer agrees, with an opinion; the draft goes on to the next step."""
    return _step(proposal, _Move("opinion", hand, text, seen), world, _pass_on)


def give_back(
    proposal: UUID, hand: Hand, text: str, world: World, seen: int | None = None
) -> Step | NotDone:  # fmt: skip
    """A reviewer or the signer returns the draft, saying why."""
    return _step(proposal, _Move("return", hand, text, seen), world, _to_drafter)


def revise(
    proposal: UUID, hand: Hand, command: Command, text: str, world: World, documents: Mapping[str, Any] = EMPTY
) -> Step | NotDone:  # fmt: skip
    """The drafter hands in a returned draft anew; its way begins again."""
    hints: list[Problem] = []

    def change(row: Proposal) -> None:
        if command.action != row.action:
            raise RefusedError(Problem("proposal_action", {"action": command.action}, None, "action"))
        matter = _matter(row.case_id, row.line, row.organ, row.id, hand.actor.id, world)
        hints.extend(_taken(matter, command, hand.actor, world))
        route = route_of(matter.view, command, row.organ, world)
        row.revision, row.state, row.route = row.revision + 1, "open", [sorted(step) for step in route]
        _at(row, 0)
        drafts.keep(row, Draft(command, documents), world)

    step = _step(proposal, _Move("revise", hand, text, None), world, change)
    return step._replace(hints=tuple(hints)) if isinstance(step, Step) else step


def withdraw(proposal: UUID, hand: Hand, text: str, world: World) -> Step | NotDone:
    """The drafter takes the draft back."""
    return _step(proposal, _Move("withdraw", hand, text, None), world, _withdrawn)


def sign(proposal: UUID, hand: Hand, text: str, world: World, seen: int | None = None) -> Answer:
    """The signature: the door decides again, as of today. A refusal leaves the draft where it is.

    Signing again what one has signed does nothing and answers the same act.
    """
    signed: list[Answer] = []
    before = Proposal.objects.filter(
        id=proposal, state="signed", trail__kind="sign", trail__actor=hand.actor.id
    ).first()
    if before is not None and before.case_id is not None and before.signed_seq is not None:
        return Done(before.case_id, before.signed_seq, None, repeated=True)

    def act(row: Proposal) -> None:
        draft = drafts.read(row, world, world.now().date())
        ask = Ask(
            draft.command, hand.actor, f"proposal:{row.id}", row.line, row.case_id, row.organ,
            signature=signature_of(row, draft, drafts.trail_hash(row), hand.instead_of or "", _authority(row, hand, world)),
            attached={"documents": canonical(dict(draft.documents))},
        )  # fmt: skip
        found = perform(ask, world)
        if isinstance(found, NotDone):
            raise RefusedError(*found.problems)
        signed.append(found)
        row.state, row.waiting, row.signed_seq, row.case_id = "signed", [], found.seq, found.case
        row.save()

    step = _step(proposal, _Move("sign", hand, text, seen), world, act)
    return step if isinstance(step, NotDone) else signed[0]


def signature_of(
    row: Proposal, draft: Draft, trail: str, instead_of: str, authority: str
) -> Mapping[str, Any]:
    """What the signed act says of its signature: drafts of documents are covered by their hash."""
    documents = json.dumps(canonical(dict(draft.documents)), ensure_ascii=False, sort_keys=True)
    return {
        "proposal": str(row.id), "revision": row.revision, "drafter": row.proposer, "trail": trail,
        "documents": hashlib.sha256(documents.encode()).hexdigest(), "for": instead_of, "authority": authority,
    }  # fmt: skip


def _step(
    proposal: UUID, move: _Move, world: World, act: Callable[[Proposal], None]
) -> Step | NotDone:  # fmt: skip
    """One step, whole or not at all; the row is locked, so of two hands one comes after the other."""
    try:
        with transaction.atomic():
            row = Proposal.objects.select_for_update().filter(id=proposal).first()
            if row is None:
                raise RefusedError(Problem("proposal_unknown", {}, None, "proposal"))
            problems = _unfit(row, move, world)
            if problems:
                raise RefusedError(*problems)
            drafts.say(row, move.hand, move.kind, move.text, _authority(row, move.hand, world), world)
            act(row)
            return Step(row.id, row.state)
    except RefusedError as refusal:
        return NotDone(refusal.problems)


def _at(row: Proposal, position: int) -> None:
    row.position, row.waiting = position, row.route[position]


def _pass_on(row: Proposal) -> None:
    _at(row, row.position + 1)
    row.save()


def _to_drafter(row: Proposal) -> None:
    row.state, row.waiting = "returned", []
    row.save()


def _withdrawn(row: Proposal) -> None:
    row.state, row.waiting = "withdrawn", []
    row.save()


# ------------------------------------------------------------------------------ looking


def hints(row: Proposal, world: World) -> tuple[Problem, ...]:
    """What would stand against the act if it were signed now; nothing once the draft is settled."""
    if row.state not in ("open", "returned"):
        return ()
    matter = _matter(row.case_id, row.line, row.organ, row.id, "", world)
    draft = drafts.read(row, world, world.now().date())
    signer = Actor("", frozenset(row.route[-1]), row.organ)
    return _examined(matter, draft.command, signer, world)


def open_steps(row: Proposal, hand: Hand, world: World) -> tuple[str, ...]:
    """The steps this hand may take now (a reason given where one is needed)."""
    return tuple(kind for kind in _STEPS if not _unfit(row, _Move(kind, hand, "…", None), world))


# ------------------------------------------------------------------------------ who may take a step


STATES = {"open": "审批中", "returned": "已退回", "withdrawn": "已撤回", "signed": "已签发"}
KINDS = {"opinion": "审核", "return": "退回", "revise": "修改后重报", "withdraw": "撤回", "sign": "签发"}
# Step → states it is open in, and who takes it.
_STEPS = {
    "opinion": ({"open"}, "route"), "return": ({"open"}, "route"), "sign": ({"open"}, "route"),
    "revise": ({"returned"}, "drafter"), "withdraw": ({"open", "returned"}, "drafter"),
}  # fmt: skip


def _unfit(row: Proposal, move: _Move, world: World) -> list[Problem]:
    """Why this hand may not take this step now; all reasons."""
    states, who = _STEPS[move.kind]
    found = []
    if row.state not in states:
        found.append(Problem("proposal_state", {"state": STATES[row.state], "step": KINDS[move.kind]}))
    if move.kind in ("return", "withdraw") and not move.text.strip():
        found.append(Problem("reason_required", {"action": KINDS[move.kind]}, None, "text"))
    if move.seen is not None and move.seen != row.revision:
        found.append(Problem("proposal_changed", {"seen": move.seen, "now": row.revision}, None, "seen"))
    if who == "drafter":
        return [*found, *([] if move.hand.actor.id == row.proposer else [Problem("proposal_not_yours")])]
    return [*found, *(_not_on_route(row, move, world) if row.state in states else ())]


def _not_on_route(row: Proposal, move: _Move, world: World) -> list[Problem]:
    """Reviewers in their turn, the law's signer last, each a person of their own, none who must stay out."""
    matter, hand = _matter(row.case_id, row.line, row.organ, row.id, move.hand.actor.id, world), move.hand
    found = list(permit(hand.actor, matter.locked, matter.view))
    if not hand.actor.roles & set(row.waiting):
        names = "、".join(sorted(matter.view.line.roles.get(role, role) for role in row.waiting))
        found.append(Problem("proposal_not_your_turn", {"roles": names}))
    if move.kind != "return" and (move.kind == "sign") is not (row.position == len(row.route) - 1):
        found.append(Problem("proposal_order", {"step": KINDS[move.kind]}))
    if {hand.actor.id, hand.instead_of} & drafts.present_hands(row):
        found.append(Problem("proposal_same_hand", {}, SEPARATION))
    if hand.instead_of is not None and not _authority(row, hand, world):
        found.append(Problem("substitute_unknown", {"name": hand.instead_of}, None, "instead_of"))
    return found


def _authority(row: Proposal, hand: Hand, world: World) -> str:
    """What entitles the hand to act for somebody else in the present step; empty for a hand of its own."""
    if hand.instead_of is None:
        return ""
    day = world.now().date()
    return people.authority(hand.actor, hand.instead_of, row.organ, frozenset(row.waiting), day)
