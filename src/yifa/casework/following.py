"""What an act asks of other cases: which they are, and the commands for them.

The authority of a follow-up is that of the act which caused it; who acted there is recorded here, with that act.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from yifa.casework.codec import canonical
from yifa.casework.requests import Ask, LockAheadError, Locked, RefusedError, Store
from yifa.language.acts import Actor, Command, FollowUp, Problem
from yifa.language.line import Line
from yifa.language.messages import render
from yifa.registry import line as line_of

SYSTEM = "system"  # the role of the clock and of follow-ups between cases: nobody's account can hold it


class Sender(NamedTuple):
    """The act that asks: its case by id and by name, its place in the log, who did it, in which organ."""

    case: UUID
    name: str
    seq: int
    actor: str
    organ: str


class Target(NamedTuple):
    """A follow-up with the case it is for; None opens a new one."""

    told: FollowUp
    case: UUID | None
    line: str


def targets(follow_ups: Iterable[FollowUp], line: str, store: Store) -> tuple[Target, ...]:
    """The cases that are to be told now; a name that leads to no case refuses the act."""
    return tuple(_target(told, line, store) for told in follow_ups if told.when == "now")


def _target(told: FollowUp, line: str, store: Store) -> Target:
    if told.case is None:
        return Target(told, None, told.line or line)
    found = store.case_named(told.case)
    if found is None or told.line not in (None, found["line"]):
        raise RefusedError(Problem("case_unknown", {"case": told.case}, None, "case"))
    return Target(told, UUID(found["id"]), found["line"])


def hold(locked: Locked, held: frozenset[UUID], told: tuple[Target, ...], store: Store) -> frozenset[UUID]:
    """Lock the cases that are told now. Locks are only ever taken in the order of ids: if that is no longer possible,
    LockAheadError begins the act again with all of them.
    """
    if not told:
        return held | {locked.id}
    wanted = frozenset(target.case for target in told if target.case is not None)
    have = held | {locked.id}
    new = sorted(wanted - have)
    if new and new[0] < max(have):
        raise LockAheadError(wanted | have)
    for case in new:
        store.lock_case(case)
    return have | wanted


def ask_of(target: Target, sender: Sender, number: int) -> Ask:
    """The command for the other case."""
    told = target.told
    data = {**told.command.data, **({told.back: sender.name} if told.back else {})}
    return ask_for(
        told.command._replace(data=data),
        target.line,
        target.case,
        told.organ,
        sender,
        f"{sender.case}:{sender.seq}:{number}",
    )


def ask_for(
    command: Command, line: str, case: UUID | None, organ: str | None, sender: Sender, key: str
) -> Ask:
    """An act asked for by another case. `key` is the same however often it is tried."""
    declared = line_of(line)
    action = declared.action(command.action)
    roles = frozenset(declared.roles) | (action.by if action else frozenset()) | {SYSTEM}
    organ = organ or sender.organ
    return Ask(
        command, Actor(sender.actor, roles, organ), f"follow:{key}", line, case, organ,
        attached={"follows": {"case": str(sender.case), "seq": sender.seq}}, parent=None if case else sender.case,
    )  # fmt: skip


def body_of(told: FollowUp, sender: Sender, place: int) -> dict[str, Any]:
    """A follow-up for later, as it goes into the outbox; `place` among those of the same act."""
    command = told.command
    data = canonical(dict(command.data)) | ({told.back: sender.name} if told.back else {})
    return {
        "case": told.case, "line": told.line, "when": told.when, "action": command.action, "on": command.on.isoformat(),
        "party": command.party, "re": command.re, "after": command.after, "data": data, "organ": told.organ or sender.organ,
        "actor": sender.actor, "place": place,
    }  # fmt: skip


def told_there(problems: Iterable[Problem], target: Target) -> tuple[Problem, ...]:
    """Why the other case refuses, as reasons of the act that asked."""
    line = line_of(target.line)
    action = line.action(target.told.command.action)
    title = action.title if action else target.told.command.action
    return tuple(_told(problem, line, title, target.told.case or "") for problem in problems)


def _told(problem: Problem, line: Line, title: str, case: str) -> Problem:
    """The reason in words: only its own line has its message."""
    params = {"case": case, "action": title, "because": render(problem, line.messages), "code": problem.code}
    return Problem("follow_up_refused", params, problem.cite)
