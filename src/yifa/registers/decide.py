"""Whether a change may be recorded: a pure function of the entry's history and what is asked. Every problem at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from yifa.language.acts import Problem
from yifa.language.forms import title_of, validate, validate_partial
from yifa.language.records import Register
from yifa.registers.codec import canonical
from yifa.registers.history import Change, effective, spans
from yifa.registers.requests import Ask

Changes = Sequence[Change]


def decide(
    register: Register, log: Changes, ask: Ask, now: datetime, organ: str
) -> Change | tuple[Problem, ...]:
    """The change as it will be recorded, or why not."""
    on = ask.on or now.date()
    problems = [*_future(on, now), *(p for check in _CHECKS[ask.kind] for p in check(register, log, ask, on))]
    if problems:
        return tuple(problems)
    change = _made(register, log, ask, on, now, organ)
    return _fallen(register, log, change) or change


def _future(on: date, now: datetime) -> Iterator[Problem]:
    if on > now.date():
        yield Problem("dated_in_future", {"on": on, "today": now.date()}, None, "on")


# ------------------------------------------------------------------------------ what is asked


def _row(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    """A new row whole, by its model."""
    yield from validate(register.entry, dict(ask.data))[1]


def _beginning(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    """The state an entry begins in, if it is said."""
    if ask.state and ask.state not in register.beginnings:
        known = "、".join(register.states[s] for s in register.beginnings)
        state = register.states.get(ask.state, ask.state)
        yield Problem("state_not_first", {"state": state, "known": known}, None, "state")


def _columns(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    """Columns of an entry, each by its type; what was required may not be emptied."""
    given = {name: value for name, value in ask.data.items() if value is not None}
    yield from validate_partial(register.entry, given)[1]
    for name, value in ask.data.items():
        info = register.entry.model_fields.get(name)
        if info is None and value is None:
            yield Problem("field_unknown", {"field": name}, None, name)
        elif info is not None and value is None and info.is_required():
            yield Problem("field_missing", {"title": title_of(register.entry, name)}, None, name)


def _identity(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    """Key and start of term are not changed, only corrected."""
    current = spans(log)[-1].data if spans(log) else {}
    for name in register.key:
        if name in ask.data and canonical(ask.data[name]) != current.get(name):
            yield Problem("key_fixed", {"title": title_of(register.entry, name)}, None, name)
    since = current.get("valid_from")
    if "valid_from" in ask.data and canonical(ask.data["valid_from"]) != since:
        yield Problem("term_start_fixed", {"since": since or "空"}, None, "valid_from")


def _something(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    before = [span for span in spans(log) if span.valid_from <= on]
    data = before[-1].data if before else {}
    if all(data.get(name) == canonical(value) for name, value in ask.data.items()):
        yield Problem("nothing_changes", {"on": on})


def _move(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    if register.move(ask.move) is None:
        known = "、".join(f"{m.code}（{m.title}）" for m in register.moves) or "无"
        yield Problem("move_unknown", {"move": ask.move, "known": known}, None, "move")


def _target(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    allowed = ("enter", "change", "move") if ask.kind == "correct" else ("enter", "change", "move", "correct")
    found = next((c for c in log if c.seq == ask.target and c.kind in allowed), None)
    if found is None:
        yield Problem(
            "target_unknown", {"target": "？" if ask.target is None else ask.target + 1}, None, "target"
        )
    elif any(c.kind == "annul" and c.target == ask.target for c in log):
        yield Problem("target_annulled", {"target": found.seq + 1}, None, "target")
    if not ask.reason.strip():
        yield Problem("reason_required", {}, None, "reason")


def _correction(register: Register, log: Changes, ask: Ask, on: date) -> Iterator[Problem]:
    if not ask.data and ask.dated is None and not ask.state:
        yield Problem("correction_empty", {}, None, "data")


_CHECKS: Mapping[str, tuple[Any, ...]] = {
    "enter": (_row, _beginning),
    "change": (_columns, _identity, _something),
    "move": (_columns, _identity, _move),
    "correct": (_columns, _target, _correction, _beginning),
    "annul": (_target,),
}


# ------------------------------------------------------------------------------ what is recorded


def _made(register: Register, log: Changes, ask: Ask, on: date, now: datetime, organ: str) -> Change:
    recorded = max(
        (now, *(c.recorded_at for c in log))
    )  # clocks of two machines may differ: the log goes forward
    change = Change(
        len(log), ask.kind, on, recorded, _typed(register.entry, ask), organ=organ, target=ask.target,
        dated=ask.dated, reason=ask.reason.strip(), actor=ask.actor.id,
    )  # fmt: skip
    if ask.kind == "enter":
        since = date.fromisoformat(change.data.get("valid_from") or on.isoformat())
        data = {**change.data, "valid_from": since.isoformat()} if _has_term(register) else change.data
        return change._replace(on=since, data=data, state=ask.state or register.beginnings[0])
    move = register.move(ask.move) if ask.kind == "move" else None
    if move is not None:
        return change._replace(move=move.code, state=move.to)
    if ask.kind == "correct":
        return _correcting(log, change._replace(state=ask.state))
    return change


def _has_term(register: Register) -> bool:
    return "valid_from" in register.entry.model_fields


def _typed(model: type[BaseModel], ask: Ask) -> dict[str, Any]:
    """Columns in canonical form, as the model types them."""
    if ask.kind == "enter":
        row = model.model_validate(dict(ask.data))
        return {name: value for name, value in canonical(row).items() if value is not None}
    given = {name: value for name, value in ask.data.items() if value is not None}
    parsed, _ = validate_partial(model, given)
    emptied = {name: None for name, value in ask.data.items() if value is None}
    return {name: canonical(value) for name, value in parsed.items()} | emptied


def _correcting(log: Changes, change: Change) -> Change:
    """The start of the term and the date of registration are one thing: correcting one corrects the other."""
    target = log[change.target or 0]
    if target.kind != "enter":
        return change
    since = change.data.get("valid_from")
    if since is not None:
        return change._replace(dated=date.fromisoformat(since))
    if change.dated is not None and "valid_from" in target.data:
        return change._replace(data={**change.data, "valid_from": change.dated.isoformat()})
    return change


# ------------------------------------------------------------------------------ what then no longer stands


def _fallen(register: Register, log: Changes, change: Change) -> tuple[Problem, ...]:
    """Problems the history would have with the change that it does not have without it."""
    before = {(seq, problem.code) for seq, problem in faults(register, log)}
    found = [
        (seq, problem)
        for seq, problem in faults(register, (*log, change))
        if (seq, problem.code) not in before
    ]
    return tuple(
        problem if seq in (change.seq, change.target) else _later(register, log, seq, problem)
        for seq, problem in found
    )


def _later(register: Register, log: Changes, seq: int, problem: Problem) -> Problem:
    change = log[seq]
    move = register.move(change.move)
    params = {
        "on": change.on,
        "what": move.title if move else _KINDS[change.kind],
        "because": _short(problem),
    }
    return Problem("later_falls", params, problem.cite, str(seq))


_KINDS = {"enter": "登记", "change": "变更", "move": "状态变动"}
_SHORT = {
    "move_not_open": "当时不处于可以变动的状态",
    "move_lacks": "没有填写必填的栏目",
    "before_entry": "早于登记之日",
    "term_ends_early": "截止日期早于起始日期",
}


def _short(problem: Problem) -> str:
    return _SHORT.get(problem.code, "登记的内容不再完整")


def faults(register: Register, log: Changes) -> Iterator[tuple[int, Problem]]:
    """What is wrong with a history, with the change concerned: life cycle, required columns, dates, the row as a whole."""
    ordered = effective(log)
    entered = next((c for c in ordered if c.kind == "enter"), None)
    state, data = "", dict[str, Any]()
    for change in ordered:
        if entered is None or change.on < entered.on:
            params = {"on": change.on, "entered": entered.on if entered else "（已撤销）"}
            yield change.seq, Problem("before_entry", params, None, "on")
            continue
        data = {**data, **change.data}
        yield from ((change.seq, p) for p in _step(register, change, state, data))
        state = change.state or state


def _step(register: Register, change: Change, state: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    move = register.move(change.move) if change.kind == "move" else None
    if move is not None and state not in move.from_:
        params = {"on": change.on, "state": register.states.get(state, state), "move": move.title,
                  "allowed": "、".join(register.states[s] for s in move.from_)}  # fmt: skip
        yield Problem("move_not_open", params, move.cite, "move")
    if move is not None:
        for name in (name for name in move.requires if data.get(name) in (None, "", [])):
            params = {"move": move.title, "title": title_of(register.entry, name)}
            yield Problem("move_lacks", params, move.cite, name)
    row = {name: value for name, value in data.items() if value is not None}
    yield from validate(register.entry, row)[1]
    since, to = row.get("valid_from"), row.get("valid_to")
    if since is not None and to is not None and to < since:
        dates = {"to": date.fromisoformat(to), "since": date.fromisoformat(since)}
        yield Problem("term_ends_early", dates, None, "valid_to")
