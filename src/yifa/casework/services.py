"""The one door. Nothing reaches a case except through `perform`.

One transaction, in this order: idempotency row · lock the case · load events · answer the needs · decide · claims ·
reserve numbers · fill, salt and hash into the case's chain · insert events · projections · outbox.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from yifa.casework import store as postgresql
from yifa.casework.access import may_go_on
from yifa.casework.answers import answer
from yifa.casework.cards import carded, told
from yifa.casework.codec import canonical, private_of, seal
from yifa.casework.following import SYSTEM, Sender, Target, ask_of, body_of, hold, targets, told_there
from yifa.casework.matters import lacking
from yifa.casework.requests import (
    Answer,
    Ask,
    Done,
    Kept,
    LockAheadError,
    Locked,
    NotDone,
    Outgoing,
    RefusedError,
    Store,
    World,
)
from yifa.engine import advance, decide, empty, note
from yifa.language.acts import Actor, Allowed, ClaimRequest, Context, Event, Problem
from yifa.language.view import View
from yifa.ledger.chain import GENESIS
from yifa.people.permissions import CaseRef, Denied, Verb, may
from yifa.registry import line as line_of

NOBODY: frozenset[UUID] = frozenset()


def perform(ask: Ask, world: World, store: Store = postgresql) -> Answer:
    """Do the act, or say every reason why not. Nothing is half applied."""
    ahead = NOBODY
    while True:
        try:
            with store.atomic():
                return _perform(ask, world, store, ahead)
        except RefusedError as refusal:
            return NotDone(refusal.problems)
        except LockAheadError as more:
            ahead |= more.cases


def _perform(
    ask: Ask, world: World, store: Store, ahead: frozenset[UUID] = NOBODY, held: frozenset[UUID] = NOBODY
) -> Answer:
    """`ahead`: cases to lock from the start; `held`: those that are locked already."""
    now, line = world.now(), line_of(ask.line)
    case = ask.case or world.new_id()
    request = store.take_request(ask.actor.id, ask.key, body_hash(ask), case, now)
    if request is None:
        return _again(ask, store)
    locked = _locked(ask, case, store, ahead)
    view = store.view_of(case, line, world, locked.head) if ask.case else empty(line, world.env)
    _unmoved(ask, locked, view)
    answers = {**answer(case, view, ask.command, world, store), **ask.attached}
    if ask.signature is not None:
        answers["signature"] = ask.signature
    ctx = Context(today=now.date(), actor=ask.actor, now=now)
    decision = decide(view, ask.command, answers, ctx)
    outside = (*permit(ask.actor, locked, view), *_unreviewed(ask, view.organ or locked.organ, world))
    if outside or not isinstance(decision, Allowed):
        raise RefusedError(*outside, *(() if isinstance(decision, Allowed) else decision.problems))
    if "documents" in ask.attached:
        _complete(view, decision, locked, world)
    told = targets(decision.follow_ups, ask.line, store)
    held = hold(locked, held | ahead, told, store)
    done = _keep(ask, world, locked, request, decision, store)
    if told:
        _tell(told, _sender(done, ask.actor.id, decision.view.organ or locked.organ), world, store, held)
    return done


def _sender(done: Done, actor: str, organ: str) -> Sender:
    return Sender(done.case, done.number or str(done.case), done.seq, actor, organ)


def _tell(
    told: tuple[Target, ...], sender: Sender, world: World, store: Store, held: frozenset[UUID]
) -> None:
    """The other cases act in the same transaction; if one refuses, nothing is done."""
    for number, target in enumerate(told):
        try:
            _perform(ask_of(target, sender, number), world, store, held=held)
        except RefusedError as refusal:
            raise RefusedError(*told_there(refusal.problems, target)) from None


def _complete(view: View, decision: Allowed, locked: Locked, world: World) -> None:
    """One signature covers the act and its documents: none may lack anything."""
    event, organ = decision.events[0], decision.view.organ or locked.organ
    missing = lacking(view, decision.view, event, decision.documents, locked.number, organ, world)
    if missing:
        raise RefusedError(*missing)


def perform_noting(ask: Ask, world: World, store: Store = postgresql) -> Answer:
    """Record that an effect of law has come about. It changes no date; noting it twice does nothing."""
    with store.atomic():
        now, line = world.now(), line_of(ask.line)
        locked = store.lock_case(ask.case) if ask.case else None
        assert locked is not None
        request = store.take_request(ask.actor.id, ask.key, body_hash(ask), locked.id, now)
        if request is None:
            return _again(ask, store)
        before, command = store.view_of(locked.id, line, world, locked.head), ask.command
        event = Event(locked.next_seq, command.action, command.on, {}, command.party, recorded_on=now.date())
        event = event._replace(actor=ask.actor.id)
        noted = note(before, event)
        # What others are told of an effect is for later: whether it is noted depends on no other case.
        later = tuple(told._replace(when="later") for told in noted.follow_ups)
        noted = noted._replace(view=advance(noted.view, now.date()), follow_ups=later)
        return _keep(ask, world, locked, request, noted, store)


def permit(actor: Actor, locked: Locked, view: View) -> tuple[Problem, ...]:
    """Whether this actor may act in this case at all; which act, is for the line to say.

    Whose case it is: who is named in it, as its line declares; anybody of the organ while nobody handles it; and the lead
    organ (承办机关).
    """
    if SYSTEM in actor.roles:
        return ()
    organ, theirs = view.organ or locked.organ, may_go_on(view.line, view.facts, actor.id)
    recused = bool(locked.stays_out) and not locked.stays_out.isdisjoint(
        (str(locked.id), *view.parties, *(blind.hex() for blind in locked.people))
    )
    return _permitted(actor, organ, theirs, locked.above, view.facts.get("lead_organ"), recused=recused)


@lru_cache(maxsize=10_000)  # the same people act in case after case of their organ
def _permitted(
    actor: Actor,
    organ: str,
    theirs: frozenset[str],
    above: frozenset[str],
    lead: str | None,
    *,
    recused: bool,
) -> tuple[Problem, ...]:
    out = frozenset({actor.id}) if recused else frozenset[str]()
    joined = frozenset({lead}) if lead else frozenset[str]()
    found = may(actor, Verb.ACT, CaseRef("", organ, theirs, above, out, joined=joined))
    return (Problem(f"act_{found.code}"),) if isinstance(found, Denied) else ()


def _unreviewed(ask: Ask, organ: str, world: World) -> tuple[Problem, ...]:
    """An act that the city wants reviewed goes by a proposal, whoever performs it."""
    if ask.signature is not None or SYSTEM in ask.actor.roles:
        return ()
    wanted = world.reviewers(ask.line, ask.command.action, organ)
    return (Problem("act_needs_review", {"roles": list(wanted)}),) if wanted else ()


def _locked(ask: Ask, case: UUID, store: Store, ahead: frozenset[UUID]) -> Locked:
    """The case of the act, locked; so are those it is known to tell, in the order of ids."""
    if ask.case is None:
        for other in sorted(ahead):
            store.lock_case(other)
        organ = ask.organ or ask.actor.organ or ""
        return store.new_case(case, ask.line, organ, GENESIS, ask.parent, ask.actor.id)
    locked = {other: store.lock_case(other, ask.actor.id) for other in sorted(ahead | {case})}[case]
    if locked is None or locked.line != ask.line:
        raise RefusedError(Problem("case_unknown", {"case": str(case)}, None, "case"))
    return locked


def _unmoved(ask: Ask, locked: Locked, view: View) -> None:
    """Nothing has happened that whoever asks has not seen. That the house has made a document is nothing to see."""
    if ask.expected_seq is None:
        return
    unseen = any(e.seq >= ask.expected_seq and e.action != "freeze_document" for e in view.events)
    if unseen or ask.expected_seq > locked.next_seq:
        params = {"expected": ask.expected_seq, "actual": locked.next_seq}
        raise RefusedError(Problem("case_moved_on", params, None, "expected_seq"))


def _keep(ask: Ask, world: World, locked: Locked, request: int, decision: Allowed, store: Store) -> Done:
    now, event, view = world.now(), decision.events[0], decision.view
    claims = _claim(locked.id, decision.claims, world, store, now)
    given = _numbers(ask, world, locked, decision, now.year, store)
    numbers = [(kind, each["text"]) for kind, each in given]
    beside = _origin(ask, locked) | {f"number.{kind}": each for kind, each in given} | claims
    private = private_of(event) | beside
    kept = seal(event, private, str(locked.id), locked.head, now, world, world.salts)
    number = dict(numbers).get("case", locked.number)
    people = carded(view, str(locked.id), world) if told(view, event, private) else None
    done = Done(locked.id, event.seq, number or None, decision.documents, decision.warnings, view)
    outgoing: list[Outgoing] = []
    if decision.documents or decision.follow_ups:
        outgoing = _outgoing(_sender(done, ask.actor.id, view.organ or locked.organ), decision, world)
    store.keep(Kept(locked, request, kept, view, number, people, numbers, outgoing))
    return done


def _origin(ask: Ask, locked: Locked) -> dict[str, Any]:
    """The first act is evidence of what the case is, where it was opened and from which other case."""
    if locked.next_seq:
        return {}
    parent = {} if ask.parent is None else {"case.parent": str(ask.parent)}
    return {"case.line": ask.line, "case.origin": locked.organ, **parent}


def _numbers(
    ask: Ask, world: World, locked: Locked, decision: Allowed, year: int, store: Store
) -> list[tuple[str, dict[str, Any]]]:
    """Numbers given, by kind, each with its place in its series."""
    organ = decision.view.organ or locked.organ
    found = []
    for kind in decision.numbers:
        serial = store.next_number(organ, f"{ask.line}.{kind}", year)
        text = _number(ask.line, organ, kind, year, serial, world)
        found.append((kind, {"organ": organ, "year": year, "serial": serial, "text": text}))
    return [*found, *_taken_over(ask, decision.events[0], organ, world, store)]


def _taken_over(
    ask: Ask, event: Event, organ: str, world: World, store: Store
) -> list[tuple[str, dict[str, Any]]]:  # fmt: skip
    """The number a case had before it was taken over; if it is of a series of ours, that goes on behind it."""
    text = event.data.get("case_no") if event.action == "opening_balance" else None
    if not text:
        return []
    serial = world.serial(ask.line, organ, "case", text)
    if not store.take_over_number(text, None if serial is None else (organ, f"{ask.line}.case", *serial)):
        raise RefusedError(Problem("number_taken", {"number": text}, None, "case_no"))
    ours = {} if serial is None else {"organ": organ, "year": serial[0], "serial": serial[1]}
    return [("case", {**ours, "text": text, "taken_over": True})]


def _number(line: str, organ: str, kind: str, year: int, serial: int, world: World) -> str:
    try:
        return world.number(line, organ, kind, year, serial)
    except KeyError:
        raise RefusedError(
            Problem("number_undeclared", {"series": f"{line}.{kind}", "organ": organ})
        ) from None


def _claim(
    case: UUID, claims: tuple[ClaimRequest, ...], world: World, store: Store, now: datetime
) -> dict[str, Any]:
    """Take and release claims; what of it goes into the act's evidence."""
    if not claims:
        return {}
    taken = [(c.kind, world.blind(c.kind, canonical(c.key))) for c in claims if not c.release]
    freed = [(c.kind, world.blind(c.kind, canonical(c.key))) for c in claims if c.release]
    if taken and store.take_claims(case, taken) < len(taken):
        holders = store.live_claims(taken, case)
        raise RefusedError(
            *(Problem("claim_taken", {"kind": k, "case": names}) for (k, _), names in holders.items())
        )
    if freed:
        store.release_claims(case, freed, now)
    told = {"claims.taken": taken, "claims.released": freed}
    return {name: [[kind, key.hex()] for kind, key in pairs] for name, pairs in told.items() if pairs}


def _outgoing(sender: Sender, decision: Allowed, world: World) -> list[Outgoing]:
    documents: list[tuple[str, Any]] = [("document", {"document": code}) for code in decision.documents]
    asked = [told for told in decision.follow_ups if told.when == "later"]
    later = [("follow_up", body_of(told, sender, place)) for place, told in enumerate(asked)]
    return [(kind, partial(_sealed, body, sender, world)) for kind, body in (*documents, *later)]


def _sealed(body: Mapping[str, Any], sender: Sender, world: World) -> bytes:
    return world.seal(json.dumps(body).encode(), f"{sender.case}/{sender.seq}".encode())


def _again(ask: Ask, store: Store) -> Answer:
    body, case, seq = store.earlier_request(ask.actor.id, ask.key)
    if body != body_hash(ask):
        raise RefusedError(Problem("key_reused", {"key": ask.key}, None, "key"))
    if seq is None:
        raise RefusedError(Problem("key_unfinished", {"key": ask.key}, None, "key"))
    return Done(case, seq, None, repeated=True)


def body_hash(ask: Ask) -> bytes:
    """What makes two requests the same: line, case, and the whole command. Fields may come in another order."""
    action, on, data, *rest = ask.command
    command = (action, on, dict(sorted(data.items())), *rest)
    body = to_json((ask.line, ask.case, ask.organ, command, dict(ask.attached)), fallback=dict)
    return hashlib.sha256(body).digest()
