"""Follow-ups: what one case asks of another is carried out as an ordinary act, once, through the one door.

The authority is that of the act it follows from: whoever was allowed to do that one needs no second permission. An act the
other case refuses is tried again later, for the case may be suspended today; one that keeps being refused is parked like
any item of the outbox, and somebody is told.
"""

from datetime import date
from typing import Any
from uuid import UUID

from yifa.casework import store
from yifa.casework.outbox import Item
from yifa.casework.requests import Ask, NotDone, World
from yifa.casework.services import SYSTEM, perform
from yifa.language.actions import Action
from yifa.language.acts import Actor, Command
from yifa.language.values import leaves
from yifa.registry import line as line_of


class FollowUpRefusedError(Exception):
    """The other case does not allow the act now. Holds codes only: texts may quote people's data."""


def carry_out(item: Item, world: World) -> None:
    """Do what the item asks, or raise so that it is tried again."""
    body = item.body
    case, line, organ = _addressee(item)
    action = line_of(line).action(body["action"])
    if action is None:
        raise FollowUpRefusedError("unknown_action")
    command = Command(action.code, date.fromisoformat(body["on"]), body["data"], body.get("party"))
    answer = perform(Ask(command, _actor(action), f"follow_up/{item.id}", line, case, organ), world)
    if isinstance(answer, NotDone):
        raise FollowUpRefusedError(*sorted({problem.code for problem in answer.problems}))


def _addressee(item: Item) -> tuple[UUID | None, str, str]:
    """The case addressed with its line and organ; or a new one: of the line and organ named, else of the sender's."""
    name = item.body["case"]
    found = store.case_named(str(item.case) if name is None else name)
    if found is None:
        raise FollowUpRefusedError("case_unknown")
    if name is None:
        return None, item.body["line"] or found["line"], item.body.get("organ") or found["organ"]
    return UUID(found["id"]), found["line"], found["organ"]


def _actor(action: Action) -> Actor:
    """The machine, with every role the act asks for."""
    deciders = {role for leaf in leaves(action.decided_by) for role in _roles(leaf)}
    return Actor("系统", frozenset({SYSTEM, *action.by, *deciders}))


def _roles(value: Any) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
