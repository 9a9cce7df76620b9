"""Many cases at once: one act for each, each in its own transaction, each with its own answer.

Nothing here does what an official could not do case by case: a refusal concerns only its case, and the rest go on.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from yifa.casework import store
from yifa.casework.access import handled_by
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask, NotDone, World
from yifa.casework.services import perform
from yifa.engine import advance
from yifa.language.actions import Action
from yifa.language.acts import Actor, Command, Problem
from yifa.language.line import Line
from yifa.language.view import View
from yifa.registry import line as line_of


class Result(NamedTuple):
    """What came of one case of a batch. `number` is the case's, as known before."""

    case: UUID | None
    number: str
    answer: Answer


def batch(
    asks: Iterable[Ask], world: World, tell: Callable[[Ask, Answer], None] | None = None
) -> list[Answer]:
    """Many acts, each in its own transaction: a refusal concerns only its own case. `tell` hears of each at once."""
    found: list[Answer] = []
    for ask in asks:
        found.append(perform(ask, world))
        if tell is not None:
            tell(ask, found[-1])
    return found


def over(cases: Iterable[UUID], command: Command, actor: Actor, key: str, world: World) -> list[Result]:
    """The same act in each of these cases. Repeated with the same key, what is done stays done once."""
    wanted = list(cases)
    rows = Case.objects.in_bulk(wanted)
    return [_over(case, rows.get(case), command, actor, key, world) for case in wanted]


def _over(case: UUID, row: Case | None, command: Command, actor: Actor, key: str, world: World) -> Result:
    if row is None:
        return Result(case, "", NotDone((Problem("case_unknown", {"case": str(case)}, None, "case"),)))
    return Result(case, row.number, perform(Ask(command, actor, f"{key}:{case}", row.line, case), world))


# ------------------------------------------------------------------------------ caseloads


def hand_over_organ(
    organ: str, to_organ: str, actor: Actor, reason: str, key: str, world: World, lines: tuple[str, ...] = ()
) -> list[Result]:
    """All open cases of an organ go to another: `hand_over` in each; clocks run on, numbers stay."""
    rows = Case.objects.filter(organ=organ, closed=False).order_by("id")
    if lines:
        rows = rows.filter(line__in=lines)
    command = Command("hand_over", world.now().date(), {"to_organ": to_organ, "reason": reason})
    return over(list(rows.values_list("id", flat=True)), command, actor, key, world)


def hand_over_person(
    organ: str, handler: str, to_handler: str, actor: Actor, reason: str, key: str, world: World
) -> list[Result]:
    """All open cases somebody handles in an organ go to a colleague, by the act that names handlers in each line."""
    rows = Case.objects.filter(handled_by(handler), organ=organ, closed=False).order_by("id")
    return [
        Result(row.id, row.number, _reassign(row, handler, to_handler, actor, reason, key, world))
        for row in rows
    ]


def _reassign(
    row: Case, handler: str, to_handler: str, actor: Actor, reason: str, key: str, world: World
) -> Answer:  # fmt: skip
    line, today = line_of(row.line), world.now().date()
    view = advance(store.view_of(row.id, line, world), today)
    found = next(naming_handlers(line, view), None)
    if found is None or line.handling is None:
        return NotDone((Problem("handlers_not_named_here", {"stage": line.stage_title(view.stage)}),))
    action, field = found
    now = view.facts[line.handling.fact]
    if isinstance(now, str):  # what was said of the one who leaves is not true of the other
        data: dict[str, object] = {field: to_handler}
    else:
        after = dict.fromkeys(to_handler if str(who) == handler else str(who) for who in now)
        data = _known(action, view) | {field: list(after)}
    command = Command(action.code, today, data | {"reason": reason})
    return perform(Ask(command, actor, f"{key}:{row.id}", row.line, row.id), world)


def naming_handlers(line: Line, view: View) -> Iterator[tuple[Action, str]]:
    """Acts of the line that name who handles a case, open at its stage, with the field that names them."""
    for code, field in line.handling.by.items() if line.handling else ():
        action = line.action(code)
        if action is not None and (view.stage in action.from_ or action.from_ == ("*",)):
            yield action, field


def _known(action: Action, view: View) -> dict[str, object]:
    """What else the act says: what it said last time, and what it must say as the case has it."""
    wanted = (name for name, field in action.inputs.model_fields.items() if field.is_required())
    return {
        **view.last_data(action.code),
        **{name: view.facts[name] for name in wanted if name in view.facts},
    }
