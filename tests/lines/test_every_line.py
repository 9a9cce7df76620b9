"""What must hold for every line: it folds anything without crashing, and a case walked by random lawful acts stays lawful."""

import ast
import re
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lines.generate import fields, some_day
from yifa import registry
from yifa.engine import advance, available, decide, derive, empty, evolve, refold
from yifa.engine.examine import closed_by, unready
from yifa.engine.timing import measure
from yifa.language.actions import Action
from yifa.language.acts import Allowed, Command, Context, Env, Event, Refused
from yifa.language.forms import validate_partial
from yifa.language.kernel_actions import META
from yifa.language.line import Line
from yifa.language.messages import kernel_catalogue, render
from yifa.language.values import FixedDay
from yifa.language.view import Instance, View
from yifa.law.citation import cites_of
from yifa.law.derivations import lines

CODES = registry.known()
LAST = Context(today=date(2027, 12, 31))
SEEDS = st.integers(0, 2**32)
TRIES = 3


def env_of(line: Line) -> Env:
    return registry.env_of(line)


def state(view: View) -> tuple[Any, ...]:
    """All that is derived, for comparison."""
    return (view.stage, view.tracks, view.facts, view.clocks, view.parties, view.version, view.version_final,
            view.next_fire, {(e.code, e.subject, e.on) for e in view.effects})  # fmt: skip


# ------------------------------------------------------------------------------ anything can be folded


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_any_dated_example_can_be_folded_and_read(code: str, seed: int) -> None:
    line, rng = registry.line(code), Random(seed)
    acts = [*line.actions, line.action("hand_over")]
    log: list[Event] = []
    for seq in range(rng.randint(1, 12)):
        action = rng.choice(acts)
        assert action is not None
        day = some_day(rng)
        data, problems = validate_partial(action.inputs, fields(action.inputs, rng, day, complete=False))
        if problems or (action.code == "hand_over" and "to_organ" not in data):
            continue
        party = rng.choice((None, "甲", "乙", "某局"))
        log.append(Event(seq, action.code, day, data, party, rng.choice((None, None, 0, 1)), recorded_on=day))
    found = derive(line, log, date(2026, 6, 1), env_of(line))
    for reading in found.readings:
        assert lines(reading.steps) or reading.kind
        assert "{" not in "".join(lines(reading.steps))
    stepwise = empty(line, env_of(line))
    for event in log:
        stepwise = evolve(stepwise, event)
    assert state(advance(stepwise, date(2026, 6, 1))) == state(found.view)


# ------------------------------------------------------------------------------ random lawful walks


@cache
def beginnings(code: str) -> tuple[View, ...]:
    """Cases a line's own tests bring to a stage (`cases.BEGINNINGS`): walks begin there too, not only at nothing."""
    if find_spec(f"tests.lines.{code}.cases") is None:
        return ()
    made = getattr(import_module(f"tests.lines.{code}.cases"), "BEGINNINGS", ())
    return tuple(make().view for make in made)


class Walk:
    """A case walked by random acts that the decider allows, from nothing or from a case half done."""

    def __init__(self, line: Line, seed: int) -> None:
        self.line, self.rng = line, Random(seed)
        self.view = empty(line, env_of(line))
        self.day = some_day(self.rng)
        ready = beginnings(line.code)
        if ready and self.rng.random() < 0.6:
            self.view = self.rng.choice(ready)
            self.day = self.view.on

    def steps(self, count: int) -> int:
        done = 0
        for _ in range(count):
            done += self.step()
            self.day += timedelta(days=self.rng.randint(0, 9))
        return done

    def step(self) -> bool:
        open_now = [a.action for a in available(self.view, LAST) if not a.problems]
        if not open_now:
            return False
        action = self.rng.choice(open_now)
        parties = list(self.view.parties) or [None]
        late = self.rng.random() < 0.15 and self.view.events
        on = self.day - timedelta(days=self.rng.randint(1, 20)) if late else self.day
        answers = {need.code: () for need in action.needs}
        # Who is refused fills the form in anew.
        for _ in range(TRIES):
            data = fields(action.inputs, self.rng, on, complete=True)
            command = Command(action.code, on, data, self.rng.choice((*parties, None)))
            if self.take(decide(self.view, command, answers, LAST), action.reopens):
                return True
        return False

    def rewrite(self) -> bool:
        if not self.view.events:
            return False
        target = self.rng.choice(self.view.events)
        data: dict[str, Any] = {"target": target.seq, "reason": "登记错误"}
        if target.action in META:
            return False
        chance = self.rng.random()
        if chance < 0.2:
            version = self.rng.choice(self.line.versions).code
            moved = Command("move_version", self.day, {"version": version, "reason": "依书面决定"})
            done = self.take(decide(self.view, moved, {}, LAST), True)
            assert not done or (self.view.version, self.view.version_final) == (version, True)
            return done
        if chance < 0.7:
            changes = {"effective_on": target.effective_on - timedelta(days=self.rng.randint(0, 3))}
            command = Command("correct", self.day, data | {"changes": changes})
        else:
            command = Command("annul", self.day, data)
        return self.take(decide(self.view, command, {}, LAST), True)

    def take(self, decision: Any, may_reopen: bool) -> bool:
        if isinstance(decision, Refused):
            assert decision.problems
            for problem in decision.problems:
                assert "{" not in render(problem, self.line.messages)
            return False
        assert isinstance(decision, Allowed)
        on = decision.events[0].effective_on
        # A late record may defeat what the law would have ended after its own date: compare as of that date.
        before, after = advance(self.view, on), advance(decision.view, on)
        in_order = on >= self.view.on and not may_reopen
        if before.is_closed and in_order:
            assert after.is_closed or after.stage == before.stage, (before.stage, decision.events[0].action)
        if before.version_final and in_order:
            assert after.version == before.version
        self.view = decision.view
        return True

    def check(self) -> None:
        for action in self.line.actions:
            check_ready(self.view, action)
        for instance in (i for instances in self.view.clocks.values() for i in instances):
            check_dates(self.line, self.view, instance)
        again = refold(self.line, self.view.env, self.view.events)
        assert state(again) == state(self.view)


def check_ready(view: View, action: Action) -> None:
    """Guards said to read the case alone read nothing else; what they say is told beforehand, and only in its stage."""
    plan, nothing = view.line.plan(action.code), cast(Any, object())
    assert plan is not None
    told = [] if closed_by(view, action) else [p for g in plan.of_case for p in g(view, nothing, nothing)]
    assert list(unready(view, action)) == ([] if plan.timely else told)


def check_dates(line: Line, view: View, instance: Instance) -> None:
    """Never before its trigger; not shortened by pauses; extended by no more than the cap."""
    clock, due = line.clock(instance.code), instance.due.due
    assert clock is not None
    caps = [extension.cap for extension in clock.extensions if extension.cap is not None]
    assert not caps or instance.extension <= max(caps), instance
    if due is None or clock.before or isinstance(instance.length, FixedDay):
        return  # paused, counted backwards, or a day that a notice or decision set
    assert due.toordinal() >= instance.start.toordinal(), instance
    bare = measure(clock, view.env, instance.start, instance.length, (), instance.extension).due
    assert bare is not None
    assert due >= bare, instance


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_a_lawful_walk_stays_lawful(code: str, seed: int) -> None:
    walk = Walk(registry.line(code), seed)
    walk.steps(40)
    walk.check()
    walk.rewrite()
    walk.check()
    walk.steps(10)
    walk.check()


@pytest.mark.parametrize("code", CODES)
def test_walks_get_somewhere(code: str) -> None:
    reached = set()
    for seed in range(60):
        walk = Walk(registry.line(code), seed)
        walk.steps(40)
        reached |= {event.action for event in walk.view.events}
    assert len(reached) >= min(13, len(registry.line(code).actions) * 3 // 4), reached


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("late", [0, 1, 30])
def test_the_lateness_of_notings_changes_nothing(code: str, late: int) -> None:
    line = registry.line(code)
    noted = 0
    for seed in range(400):
        if seed >= 40 and noted:
            break
        walk = Walk(line, seed)
        walk.steps(15)
        end = walk.day + timedelta(days=200)
        bare = advance(walk.view, end)
        view = walk.view
        for effect in bare.effects:
            day = max(
                effect.on + timedelta(days=1 + late), walk.view.on
            )  # never before what it notes is known
            noting = Event(len(view.events) + 900, effect.code, day, {}, effect.subject)
            view = evolve(view, noting)
            noted += 1
        assert state(advance(view, end))[:-2] == state(bare)[:-2]
    assert noted > 0 or not line.effects


@pytest.mark.parametrize("code", CODES)
def test_what_was_known_then_stays_reproducible(code: str) -> None:
    line = registry.line(code)
    for seed in range(20):
        walk = Walk(line, seed)
        walk.steps(20)
        log = [e._replace(recorded_on=e.effective_on) for e in walk.view.events]
        middle = log[len(log) // 2].effective_on if log else date(2024, 1, 1)
        then = derive(line, [e for e in log if (e.recorded_on or date.min) <= middle], middle, walk.view.env)
        now = derive(line, log, middle, walk.view.env, known_at=middle)
        assert state(now.view) == state(then.view)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_correction_gives_the_dates_as_if_right_from_the_start(code: str, seed: int) -> None:
    """Of the legal date, and of every date the act carries."""
    walk = Walk(registry.line(code), seed)
    walk.steps(12)
    if not walk.view.events:
        return
    log, env = walk.view.events, walk.view.env
    target = walk.rng.choice(log)
    dated = {name: value for name, value in target.data.items() if isinstance(value, date)}
    moved = {name: value - timedelta(days=walk.rng.randint(0, 5)) for name, value in dated.items()}
    on = target.effective_on - timedelta(days=1)
    correct = Event(999, "correct", walk.day, {"target": target.seq, "changes": moved | {"effective_on": on}})
    right = target._replace(effective_on=on, data={**target.data, **moved})
    assert state(refold(walk.line, env, (*log, correct))) == state(
        refold(walk.line, env, [right if e.seq == target.seq else e for e in log])
    )


# ------------------------------------------------------------------------------ messages


def refusals(code: str) -> dict[str, set[str]]:
    """Codes used in refuse(...) calls of a line's folder, with the parameters they are given."""
    folder = Path(import_module(registry.LINES[code][0]).__file__ or "").parent
    found: dict[str, set[str]] = {}
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse":
                names = {k.arg for k in node.keywords if k.arg not in (None, "cite", "where")}
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.setdefault(str(first.value), set()).update(n for n in names if n)
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_has_a_message_with_its_parameters(code: str) -> None:
    messages = registry.line(code).messages
    used = refusals(code)
    assert used
    for name, parameters in used.items():
        assert name in messages or name in kernel_catalogue(), name
        text = messages[name].text if name in messages else kernel_catalogue()[name].text
        assert set(re.findall(r"{(\w+)}", text)) <= parameters, name


@pytest.mark.parametrize("code", CODES)
def test_no_message_is_left_over(code: str) -> None:
    sources = Path(import_module(registry.LINES[code][0]).__file__ or "").parent.glob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [
        name
        for name in registry.line(code).messages
        if f'"{name}"' not in text and not name.startswith("simplified_")
    ]
    assert unused == []


# ------------------------------------------------------------------------------ declarations


@pytest.mark.parametrize("code", CODES)
def test_declarations_are_complete(code: str) -> None:
    line = registry.line(code)
    for register in line.registers:
        assert register.states, register.code
        assert register.entry.model_fields, register.code
        assert all(info.title for info in register.entry.model_fields.values()), register.code
    for action in line.actions:
        assert all(info.title for info in action.inputs.model_fields.values()), action.code
    for indicator in line.indicators:
        assert indicator.title, indicator.code
        assert len(indicator.definition) > 4, indicator.code
    for parameter in line.parameters:
        since = [value.since for value in parameter.values]
        assert since == sorted(since), parameter.code
        assert all(value.source for value in parameter.values), parameter.code
    for document in line.documents:
        assert document.contents, document.code


@pytest.mark.parametrize("code", CODES)
def test_every_act_and_effect_is_cited_by_a_law_of_its_version(code: str) -> None:
    """A case under the old law is not told an article of the new one alone."""
    line = registry.line(code)
    for version in line.versions:
        for source in (*line.actions, *line.effects):
            if source.versions and version.code not in source.versions:
                continue
            cites = cites_of(line.cite(source.cite, version.code))
            assert not cites or any(c.statute not in version.not_law for c in cites), (
                version.code,
                source.code,
            )
