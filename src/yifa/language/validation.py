"""A line is validated as a whole when it is loaded: all errors at once, each with its place."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from yifa.language.actions import Need
from yifa.language.clocks import Clock, Nature, When
from yifa.language.kernel_actions import KERNEL_ACTIONS
from yifa.language.records import Register
from yifa.language.sources import column_errors, indicator_errors
from yifa.language.values import leaves
from yifa.law.statute import Length, statutes

if TYPE_CHECKING:
    from yifa.language.line import Line

PORTS = frozenset({"cases", "registers", "parameters", "people"})
OWN_DATE = "effective_on"
EVERY_LINES = frozenset(action.code for action in KERNEL_ACTIONS)
SOURCES_OF_ANSWERS = "sources"  # among the stored answers of an act: need → the edition that answered it


class LineError(ValueError):
    """A line that cannot be loaded; the message lists every error with its place."""


def validate(line: "Line") -> None:
    """Raise LineError with all errors of the line, if there is one."""
    errors = [f"{place}: {error}" for check in _CHECKS for place, error in check(line)]
    if errors:
        raise LineError(f"{line.code}: {len(errors)} error(s)\n" + "\n".join(f"  {e}" for e in errors))


Errors = Iterator[tuple[str, str]]


def _unique_codes(line: "Line") -> Errors:
    groups: dict[str, Any] = {
        "stage": line.stages, "action": line.actions, "clock": line.clocks, "effect": line.effects,
        "document": line.documents, "register": line.registers, "indicator": line.indicators,
        "parameter": line.parameters, "draw": line.draws,
    }  # fmt: skip
    for kind, items in groups.items():
        seen: set[str] = set()
        for item in items:
            if item.code in seen:
                yield f"{kind} {item.code}", "declared twice"
            seen.add(item.code)
    for action in line.actions:
        if action.code in EVERY_LINES:
            yield f"action {action.code}", "has the code of an act that every line has"


def _stages(line: "Line") -> Errors:
    known = {stage.code for stage in line.stages}
    reached: set[str] = set()
    left: set[str] = set()
    for action in line.actions:
        targets = _targets(action.to)
        for code in action.from_:
            if code is not None and code not in known and code != "*":
                yield f"action {action.code}", f"from unknown stage {code!r}"
        yield from ((f"action {action.code}", f"to unknown stage {t!r}") for t in targets if t not in known)
        reached.update(known if callable(action.to) and not targets else targets)
        left.update(code for code in action.from_ if code is not None and action.to is not None)
    for effect in line.effects:
        reached.update(_targets(effect.to), effect.tracks.values())
    for stage in line.stages:
        if stage.code not in reached:
            yield f"stage {stage.code}", "is never reached"
        if stage.open and stage.track is None and stage.code not in left:
            yield f"stage {stage.code}", "is open but no act leaves it"


def _targets(value: Any) -> tuple[str, ...]:
    return tuple(leaf for leaf in leaves(value) if isinstance(leaf, str))


def _clocks(line: "Line") -> Errors:
    for clock in line.clocks:
        place = f"clock {clock.code}"
        for when in _whens(clock):
            if line.plan(when.action) is None:
                yield place, f"speaks of unknown act {when.action!r}"
        if not clock.starts:
            yield place, "is never started"
        for start in clock.starts:
            if start.per is not None and start.per not in line.party_sets:
                yield place, f"per unknown party set {start.per!r}"
            if start.each is not None and start.per is None:
                yield place, "starts for each of several parties, but of no party set"
        if clock.nature is Nature.OWN_DUTY and not (clock.stops or clock.met_by):
            yield place, "is an own duty that no act fulfils"
        if clock.many and any(stop.every and stop.met for stop in clock.stops):
            yield place, "runs many times, but one act fulfils them all"
        for version in clock.versions - {v.code for v in line.versions}:
            yield place, f"for unknown version {version!r}"
        for length in leaves(clock.length):
            if isinstance(length, Length) and length.number < 1:
                yield place, f"has the length {length}"


def _whens(clock: Clock) -> Iterator[When]:
    yield from (start.when for start in clock.starts if start.when is not None)
    yield from (stop.when for stop in clock.stops)
    yield from (extension.when for extension in clock.extensions)
    for rule in clock.pauses:
        yield rule.begins
        yield from rule.ends


def _facts(line: "Line") -> Errors:
    given = {name for action in line.actions for name in action.sets}
    given |= {name for effect in line.effects for name in effect.gives}
    for name in sorted(line.governed_by - given):
        yield f"governing {name}", "is set by no act or effect"
    for clock in line.clocks:
        for start in clock.starts:
            if start.fact is not None and start.fact not in given:
                yield f"clock {clock.code}", f"starts with fact {start.fact!r}, which nothing sets"
    for fact in line.appointments:
        if fact not in given:
            yield f"appointment {fact}", "is a fact that nothing sets"


def _actions(line: "Line") -> Errors:
    documents = {document.code for document in line.documents}
    for action in line.actions:
        place = f"action {action.code}"
        if not action.external and not (action.by or action.decided_by):
            yield place, "has nobody who may do it"
        if OWN_DATE in action.inputs.model_fields:
            yield place, f"has a field {OWN_DATE!r}, by which a correction means the act's own legal date"
        if not action.external and not action.from_:
            yield place, "names no stage it is open in"
        for role in sorted(action.by - set(line.roles)):
            yield place, f"by unknown role {role!r}"
        deciders = [leaf for leaf in leaves(action.decided_by) if isinstance(leaf, frozenset)]
        for role in sorted(frozenset().union(*deciders) - set(line.roles)):
            yield place, f"decided by unknown role {role!r}"
        issued = [code for leaf in leaves(action.issues) if isinstance(leaf, tuple) for code in leaf]
        yield from ((place, f"issues unknown document {c!r}") for c in issued if c not in documents)
        yield from ((place, error) for need in action.needs for error in _need(line, need))
        if action.relates is not None and action.relates not in action.inputs.model_fields:
            yield place, f"relates by unknown field {action.relates!r}"
        if action.per is not None and action.per not in line.party_sets:
            yield place, f"per unknown party set {action.per!r}"
        for version in action.versions - {v.code for v in line.versions}:
            yield place, f"for unknown version {version!r}"


def _handling(line: "Line") -> Errors:
    """The acts that name a handler are the line's own, take the name in, and set the fact."""
    for code, name in line.handling.by.items() if line.handling else ():
        action = line.action(code)
        place = f"handling by {code}"
        if action is None:
            yield place, "is no act of the line"
        elif name not in action.inputs.model_fields:
            yield place, f"names the handler in unknown field {name!r}"
        elif line.handling and line.handling.fact not in action.sets:
            yield place, f"does not set {line.handling.fact!r}"


def _need(line: "Line", need: Need) -> Iterator[str]:
    if need.port not in PORTS:
        yield f"need {need.code} has unknown port {need.port!r}"
    if need.code == SOURCES_OF_ANSWERS:
        yield f"need {need.code} has a reserved code"
    if need.lookup is None:
        return
    if need.port != "registers":
        yield f"need {need.code} looks into a register, but asks {need.port}"
    register = next((r for r in line.registers if r.code == need.lookup.register), None)
    if register is None:
        if "." not in need.lookup.register:
            yield f"need {need.code} looks into unknown register {need.lookup.register!r}"
        return
    named = (*need.lookup.where.columns, *((need.lookup.then.column,) if need.lookup.then else ()))
    yield from (
        f"need {need.code} names unknown column {name!r}"
        for name in named
        if name not in register.entry.model_fields
    )


def _effects(line: "Line") -> Errors:
    for effect in line.effects:
        place = f"effect {effect.code}"
        clock = line.clock(effect.lapse_of)
        if clock is None:
            yield place, f"lapse of unknown clock {effect.lapse_of!r}"
            continue
        if not effect.defeated_by:
            yield place, "says neither what defeats it nor why nothing does"
        if isinstance(effect.defeated_by, tuple):
            touching = {when.action for when in _whens(clock)}
            yield from (
                (place, f"{a!r} does not stop {clock.code}") for a in effect.defeated_by if a not in touching
            )
        for version in effect.versions - {v.code for v in line.versions}:
            yield place, f"for unknown version {version!r}"


def _records(line: "Line") -> Errors:
    for register in line.registers:
        yield from ((f"register {register.code}", error) for error in register_errors(register))


def validate_registers(owner: str, registers: Iterable[Register]) -> None:
    """Raise LineError with all errors of registers that no line declares."""
    found = [f"register {r.code}: {error}" for r in registers for error in register_errors(r)]
    if found:
        raise LineError(f"{owner}: {len(found)} error(s)\n" + "\n".join(f"  {e}" for e in found))


def register_errors(register: Register) -> Iterator[str]:
    """What is wrong with one register, wherever it is declared."""
    fields, states = set(register.entry.model_fields), register.states
    named = (
        *register.key,
        *register.public,
        *register.personal,
        *((register.organ,) if register.organ else ()),
    )
    yield from (f"names unknown column {name!r}" for name in named if name not in fields)
    if not register.key:
        yield "has no key"
    yield from (
        f"gives a kind to {c!r}, which is not personal" for c in register.kinds if c not in register.personal
    )
    spoken = (*register.starts, *register.shown)
    yield from (f"speaks of unknown state {state!r}" for state in spoken if state not in states)
    for move in register.moves:
        spoken = (*move.from_, move.to)
        yield from (f"move {move.code} speaks of unknown state {s!r}" for s in spoken if s not in states)
        yield from (
            f"move {move.code} requires unknown column {c!r}" for c in move.requires if c not in fields
        )


def _versions(line: "Line") -> Errors:
    ordered = tuple(version for version in line.versions if not version.by)
    for before, after in pairwise(ordered):
        if before.until is None or after.since is None or (after.since - before.until).days != 1:
            yield f"version {after.code}", f"does not follow {before.code} day by day"
    for version in line.versions:
        for code in sorted(version.not_law - set(statutes())):
            yield f"version {version.code}", f"leaves out unknown statute {code!r}"
    for code in sorted(line.final_when):
        if line.plan(code) is None:
            yield "final_when", f"unknown act or effect {code!r}"


_CHECKS = (
    _unique_codes, _versions, _stages, _clocks, _facts, _actions, _handling, _effects, _records, column_errors, indicator_errors,
)  # fmt: skip
