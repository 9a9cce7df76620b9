"""期初建账: running cases taken over from a table, with their gaps declared. Every mistake at once, nothing half applied.

A row is an ordinary `opening_balance` by a named person in the organ that has the case. A file may be read again: what was
taken over from the same row stays as it is.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.db import transaction

from yifa.casework import cells
from yifa.casework.cells import COLUMNS, Cells, RowProblem
from yifa.casework.requests import Ask, Done, NotDone, World
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command, Problem
from yifa.language.messages import kernel_catalogue, render
from yifa.people.models import User
from yifa.people.selectors import Capacity, capacities
from yifa.platform import sheets
from yifa.platform.sheets import Sheet
from yifa.registry import line as line_of


class TakenOver(NamedTuple):
    """What came of a table: cases taken over now, those that were before, and every mistake."""

    done: int
    before: int
    problems: tuple[RowProblem, ...]


class _Row(NamedTuple):
    """A row that can be read, as an act."""

    number: int
    ask: Ask


def take_over(name: str, data: bytes, user: User, world: World, *, partial: bool = False) -> TakenOver:
    """Read a table of running cases. partial  take over the rows that are right although others are not."""
    sheet = sheets.read(name, data)
    if isinstance(sheet, Problem):
        return TakenOver(0, 0, (_whole(sheet),))
    headed = cells.header(sheet)
    if headed:
        return TakenOver(0, 0, tuple(headed))
    read = list(_rows(sheet, user, world))
    rows = [row for row in read if isinstance(row, _Row)]
    wrong = [problem for problem in read if isinstance(problem, RowProblem)]
    return _apply(rows, [*wrong, *_twice(rows)], world, partial=partial)


def _whole(problem: Problem) -> RowProblem:
    """What is wrong with the file as a whole."""
    why = problem.params.get("why", "文件中没有内容")
    return RowProblem(0, "文件", f"{why}", "请另存为 CSV（UTF-8）或者 XLSX 后重试")


def _rows(sheet: Sheet, user: User, world: World) -> Iterator[_Row | RowProblem]:
    held = capacities(user, world.now().date())
    for number, line in sheet.rows:
        found = Cells(number, dict(zip(sheet.header, line, strict=False)))
        values, problems = cells.read(found, world)
        if problems:
            yield from problems
            continue
        actor = _actor(held, values["organ"], str(user.pk))
        if actor is None:
            why = "您在该机关没有职务，不能为其建账"
            yield RowProblem(number, COLUMNS["organ"], why, "请由该机关的人员建账，或者先登记任职")
            continue
        yield _Row(number, _ask(values, actor))


def _actor(held: tuple[Capacity, ...], organ: str, user: str) -> Actor | None:
    """The person as they may act in this organ."""
    roles = frozenset(role for capacity in held if capacity.organ == organ for role in capacity.roles)
    return Actor(user, roles, organ) if roles else None


def _ask(values: Mapping[str, Any], actor: Actor) -> Ask:
    data = {name: values[name] for name in ("stage", "facts", "clocks", "met", "parties", "gaps")}
    command = Command("opening_balance", values["on"], {**data, "case_no": values["case_no"]})
    key = f"opening:{values['line']}:{values['organ']}:{values['case_no']}"
    return Ask(command, actor, key, values["line"], None, values["organ"])


def _twice(rows: list[_Row]) -> Iterator[RowProblem]:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(str(row.ask.command.data["case_no"]), row.number)
        if first != row.number:
            yield RowProblem(row.number, COLUMNS["case_no"], f"与第{first}行的案号相同", "请删去重复的一行")


def _apply(rows: list[_Row], wrong: list[RowProblem], world: World, *, partial: bool) -> TakenOver:
    """Perform all rows, to hear every refusal; keep them only if there was none (or the right ones are asked for)."""
    done, before, twice = 0, 0, {problem.row for problem in wrong}
    with transaction.atomic():
        for row in rows:
            if row.number in twice:
                continue
            problems, repeated = _one(row, world)
            wrong += problems
            done, before = done + (not problems and not repeated), before + (not problems and repeated)
        if wrong and not partial:
            transaction.set_rollback(True)
            done = 0
    return TakenOver(done, before, tuple(sorted(wrong)))


def _one(row: _Row, world: World) -> tuple[list[RowProblem], bool]:
    """One row in a savepoint of its own: what it lacks is found before it is kept."""
    with transaction.atomic():
        answer = perform(row.ask, world)
        problems = _refused(row, answer) if isinstance(answer, NotDone) else list(_unmeasured(row, answer))
        if problems:
            transaction.set_rollback(True)
    return problems, isinstance(answer, Done) and answer.repeated


def _refused(row: _Row, answer: NotDone) -> list[RowProblem]:
    return [_told(row, problem) for problem in answer.problems]


def _told(row: _Row, problem: Problem) -> RowProblem:
    line = line_of(row.ask.line)
    if problem.code == "key_reused":
        why, hint = "该案已经按另外的内容建账", "如需改动，请在案件中办理更正"
        return RowProblem(row.number, COLUMNS["case_no"], why, hint)
    message = line.messages.get(problem.code) or kernel_catalogue()[problem.code]
    where = (problem.where or "").partition(".")[0]
    text = render(problem._replace(cite=None), line.messages).removesuffix(f"。{message.next}")
    return RowProblem(row.number, COLUMNS.get(where, ""), text, message.next or "请改正后重新导入")


def _unmeasured(row: _Row, answer: Done) -> Iterator[RowProblem]:
    """Clocks that could not be measured: the facts of the row do not say how long they are."""
    if answer.view is None:
        return
    line = line_of(row.ask.line)
    for asked in row.ask.command.data["clocks"]:
        if not answer.view.clocks.get(asked["clock"]):
            clock = line.clock(asked["clock"])
            title = clock.title if clock else asked["clock"]
            hint = "请在“事实”一栏补充决定其长短的事实（如适用的程序）"
            yield RowProblem(row.number, COLUMNS["clocks"], f"无法推算“{title}”的长短", hint)
