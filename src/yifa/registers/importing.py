"""Import of a table into a register: every mistake at once, with row, column, value, why and what to do; nothing half applied.

A row with a new key is entered; a row that differs from what is registered is a change from the day of the import on; a row
that says what is registered does nothing. So a file may be read twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from yifa.language.acts import Actor, Problem
from yifa.language.forms import validate
from yifa.language.messages import catalogue, kernel_catalogue, render
from yifa.platform import sheets
from yifa.platform.crypto import vault
from yifa.platform.masking import mask
from yifa.registers import store
from yifa.registers.codec import canonical, key_of
from yifa.registers.fields import STATE, STATE_TITLE, Column, coded, columns, read_cell
from yifa.registers.history import Change, Span, effective, spans
from yifa.registers.requests import Ask, NoneDone
from yifa.registers.services import perform_all
from yifa.registry import Owned, register


class RowProblem(NamedTuple):
    """A mistake in a table: where (row as the spreadsheet counts, column), what stands there, why it is wrong, what to do."""

    row: int
    column: str
    value: str
    why: str
    what_to_do: str


class Imported(NamedTuple):
    """What a table did, or (with problems) why it did nothing."""

    entered: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()


class Line(NamedTuple):
    """A row that can be read: its number, the values it gives, the state it names."""

    row: int
    data: Mapping[str, Any]
    cells: Mapping[str, str]
    state: str
    key: bytes


def load(
    code: str,
    name: str,
    data: bytes,
    actor: Actor,
    now: datetime,
    on: date | None = None,
    *,
    dry: bool = False,
) -> Imported:
    """Read a file into a register. on  the day from which changes count (None: today); dry  only look."""
    owned = register(code)
    sheet = sheets.read(name, data)
    if isinstance(sheet, Problem):
        return Imported(problems=(_told(0, "", "", sheet),))
    heads = _heads(owned, sheet.header)
    if heads.problems:
        return Imported(problems=heads.problems)
    found = list(_lines(owned, heads, sheet))
    lines = [line for line in found if isinstance(line, Line)]
    wrong = [*(p for p in found if isinstance(p, RowProblem)), *_twice(owned, lines)]
    plan = _plan(owned, lines, actor, on or now.date())
    return _apply(owned, lines, plan._replace(problems=[*wrong, *plan.problems]), now, dry=dry)


def merge(
    code: str, rows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime, on: date | None = None
) -> Imported:
    """The same for rows that are values already, as a load has them; mistakes name the row by its position from 1."""
    owned = register(code)
    lines = [
        Line(n, row, {k: str(v) for k, v in row.items()}, "", _key(owned, row))
        for n, row in enumerate(rows, 1)
    ]
    return _apply(owned, lines, _plan(owned, lines, actor, on or now.date()), now)


def _apply(
    owned: Owned, lines: Sequence[Line], plan: "_Plan", now: datetime, *, dry: bool = False
) -> Imported:
    if plan.problems:
        return Imported(problems=tuple(sorted(plan.problems)))
    if not dry:
        done = perform_all([ask for _, ask in plan.asks], now)
        if isinstance(done, NoneDone):
            return Imported(problems=tuple(_refused(owned, plan, done)))
    entered = sum(ask.kind == "enter" for _, ask in plan.asks)
    return Imported(entered, len(plan.asks) - entered, len(lines) - len(plan.asks))


# ------------------------------------------------------------------------------ the header


class _Heads(NamedTuple):
    """What each column of the table is; None stands for the state."""

    columns: tuple[Column | None, ...]
    problems: tuple[RowProblem, ...] = ()


def _heads(owned: Owned, header: Sequence[str]) -> _Heads:
    by_name = {name: column for column in columns(owned) for name in (column.name, column.title)}
    known = [*(column.title for column in columns(owned)), STATE_TITLE]
    found: list[Column | None] = []
    problems: list[RowProblem] = []
    for name in header:
        column = by_name.get(name)
        if column is None and name not in (STATE, STATE_TITLE):
            problems.append(_told(1, name, name, Problem("column_unknown", {"column": name, "known": known})))
        elif column in found:
            problems.append(_told(1, name, name, Problem("column_twice", {"column": name})))
        found.append(column)
    lacking = [c.title for c in columns(owned) if c.required and c not in found]
    problems += [_told(1, title, "", Problem("column_missing", {"column": title})) for title in lacking]
    return _Heads(tuple(found), tuple(problems))


# ------------------------------------------------------------------------------ the rows


def _lines(owned: Owned, heads: _Heads, sheet: sheets.Sheet) -> Iterator[Line | RowProblem]:
    for number, cells in sheet.rows:
        if any(cells[len(heads.columns) :]):
            yield _told(number, "", "", Problem("row_too_long", {}))
            continue
        padded = (*cells, *[""] * (len(heads.columns) - len(cells)))
        yield from _line(owned, number, dict(zip(heads.columns, padded, strict=False)))


def _line(owned: Owned, number: int, cells: Mapping[Column | None, str]) -> Iterator[Line | RowProblem]:
    declared = owned.register
    given = {column: text for column, text in cells.items() if column is not None}
    data = {c.name: read_cell(declared, c, text) for c, text in given.items() if text}
    state, problems = _state(owned, number, cells.get(None, ""))
    parsed, wrong = validate(declared.entry, data)
    shown = {column.name: text for column, text in given.items()}
    problems += [_wrong(owned, number, shown, problem) for problem in wrong]
    if problems:
        yield from problems
        return
    emptied = {c.name: _default(owned, c.name) for c, text in given.items() if not text and not c.required}
    values = {**{name: parsed[name] for name in data if name in parsed}, **emptied}
    yield Line(number, values, shown, state, _key(owned, values))


def _default(owned: Owned, name: str) -> Any:
    """What an empty cell means: what the column is when nothing is said."""
    return owned.register.entry.model_fields[name].get_default(call_default_factory=True)


def _state(owned: Owned, number: int, text: str) -> tuple[str, list[RowProblem]]:
    states = owned.register.states
    code = next((code for code, title in states.items() if text in (code, title)), "")
    if code or not text:
        return code, []
    known = "、".join(states.values())
    return "", [_told(number, STATE_TITLE, text, Problem("state_unknown", {"state": text, "known": known}))]


def _wrong(owned: Owned, number: int, cells: Mapping[str, str], problem: Problem) -> RowProblem:
    """A problem of the model, told about the cell it is in; a personal value is not repeated whole."""
    name = str(problem.where).partition(".")[0]
    column = next((c for c in columns(owned) if c.name == name), None)
    if column is None:
        return _told(number, name, "", problem)
    known = coded(owned.register, name)
    value = _shown(owned, column, cells.get(name, ""))
    if problem.code == "field_missing":
        problem = Problem("value_missing", {"title": column.title})
    elif known:
        problem = Problem("value_unlisted", {"title": column.title, "known": "、".join(known.values())})
    elif problem.code == "field_invalid":
        problem = Problem("value_invalid", problem.params)
    return _told(number, column.title, value, problem)


def _shown(owned: Owned, column: Column, text: str) -> str:
    return mask(owned.register.kind(column.name), text) if column.personal and text else text


def _told(row: int, column: str, value: str, problem: Problem) -> RowProblem:
    message = catalogue("yifa.registers").get(problem.code) or kernel_catalogue()[problem.code]
    why = render(problem, {problem.code: message._replace(next="")})
    return RowProblem(row, column, value, why, message.next or "请按要求重新填写")


def _twice(owned: Owned, lines: Sequence[Line]) -> Iterator[RowProblem]:
    seen: dict[bytes, int] = {}
    for line in lines:
        key = line.key
        if key in seen:
            column = next(c for c in columns(owned) if c.name == owned.register.key[0])
            value = _shown(owned, column, line.cells.get(column.name, ""))
            yield _told(line.row, column.title, value, Problem("key_twice", {"row": seen[key], "key": value}))
        seen.setdefault(key, line.row)


def _key(owned: Owned, data: Mapping[str, Any]) -> bytes:
    return key_of(owned, {name: canonical(data.get(name)) for name in owned.register.key}, vault())


# ------------------------------------------------------------------------------ what it comes to


class _Plan(NamedTuple):
    """What is to be asked of the door, row by row, and what cannot be."""

    asks: list[tuple[Line, Ask]]
    problems: list[RowProblem]


def _plan(owned: Owned, lines: Sequence[Line], actor: Actor, on: date) -> _Plan:
    held = {row.key: row.id for row in store.entries(owned.code, [line.key for line in lines])}
    logs = store.logs(list(held.values()), vault())
    plan = _Plan([], [])
    for line in lines:
        entry = held.get(line.key)
        log = logs.get(entry, []) if entry else []
        if entry is None or not effective(log):
            data = {name: value for name, value in line.data.items() if value is not None}
            plan.asks.append((line, Ask(owned.code, "enter", actor, on, data, state=line.state)))
        else:
            _differences(owned, line, entry, log, Ask(owned.code, "change", actor, on, entry=entry), plan)
    return plan


def _differences(owned: Owned, line: Line, entry: UUID, log: Sequence[Change], ask: Ask, plan: _Plan) -> None:
    """A change, and a move if the row names another state: what the row does not say stays as it is."""
    span = _last(log, ask.on)
    before = span.data if span else {}
    changed = {name: value for name, value in line.data.items() if canonical(value) != before.get(name)}
    if line.state and span is not None and line.state != span.state:
        move = next((m for m in owned.register.moves if span.state in m.from_ and m.to == line.state), None)
        if move is None:
            states = owned.register.states
            params = {"state": states[span.state], "to": states[line.state]}
            plan.problems.append(_told(line.row, STATE_TITLE, states[line.state], Problem("no_move", params)))
            return
        plan.asks.append((line, ask._replace(kind="move", move=move.code, data=changed)))
    elif changed:
        plan.asks.append((line, ask._replace(data=changed)))


def _last(log: Sequence[Change], on: date | None) -> Span | None:
    begun = [span for span in spans(log) if on is None or span.valid_from <= on]
    return begun[-1] if begun else None


def _refused(owned: Owned, plan: _Plan, done: NoneDone) -> Iterator[RowProblem]:
    for position, problems in sorted(done.problems.items()):
        line = plan.asks[position][0]
        for problem in problems:
            yield _wrong(owned, line.row, line.cells, problem)
