"""A line is validated as a whole: every error at once, each with its place."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, Field

from tests.kernel_line import TEST_LINE
from yifa.language.actions import Action, Need
from yifa.language.clocks import (
    Clock,
    Extension,
    Nature,
    PauseRule,
    ends_on,
    met_on,
    on,
    starts_on,
    starts_with,
)
from yifa.language.effects import Effect
from yifa.language.forms import Inputs, NoInput
from yifa.language.indicators import Count, Indicator, ParameterAt, Ratio, Total
from yifa.language.line import Handling, Line, Version
from yifa.language.records import Follow, Lookup, Meeting, Move, Register, Stage, all_of, one_of
from yifa.language.validation import LineError, validate_registers
from yifa.language.values import by_version
from yifa.law.citation import Practice
from yifa.law.statute import statute

RULE = Practice("made up for the tests")
DAY = statute("L23").days(60)


class Entry(BaseModel):
    code: str


class OwnDate(Inputs):
    effective_on: date = Field(title="生效日期")


def line(**changes: Any) -> Line:
    fields = {
        name: getattr(TEST_LINE, name) for name in Line.__dataclass_fields__ if not name.startswith("_")
    }
    return Line(**{**fields, **changes})


def action(**changes: Any) -> Action:
    return replace(
        Action(code="extra", title="x", by=frozenset({"clerk"}), from_=("new",), inputs=NoInput, cite=RULE),
        **changes,
    )


def clock(**changes: Any) -> Clock:
    return replace(
        Clock(
            code="extra",
            title="x",
            nature=Nature.MONITOR,
            starts=(starts_on("receive"),),
            length=DAY,
            cite=RULE,
        ),
        **changes,
    )


def effect(**changes: Any) -> Effect:
    return replace(
        Effect(code="extra", title="x", lapse_of="work", defeated_by="nothing can", cite=RULE), **changes
    )


def register(**changes: Any) -> Register:
    return replace(Register("r", "r", Entry, ("code",), {"on": "在列"}, (), ("clerk",)), **changes)


def errors(**changes: Any) -> str:
    with pytest.raises(LineError) as caught:
        line(**changes)
    return str(caught.value)


def with_action(**changes: Any) -> str:
    return errors(actions=(*TEST_LINE.actions, action(**changes)))


def with_clock(**changes: Any) -> str:
    return errors(clocks=(*TEST_LINE.clocks, clock(**changes)))


def with_effect(**changes: Any) -> str:
    return errors(effects=(*TEST_LINE.effects, effect(**changes)))


def test_the_test_line_is_sound() -> None:
    assert line().code == "test"
    assert line(actions=(*TEST_LINE.actions, action(to=lambda view, event: "active")))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"from_": ("nowhere",)}, "action extra: from unknown stage 'nowhere'"),
        ({"to": "nowhere"}, "action extra: to unknown stage 'nowhere'"),
        ({"by": frozenset()}, "action extra: has nobody who may do it"),
        ({"from_": ()}, "action extra: names no stage it is open in"),
        (
            {"inputs": OwnDate},
            "action extra: has a field 'effective_on', by which a correction means the act's own",
        ),
        ({"by": frozenset({"ghost"})}, "action extra: by unknown role 'ghost'"),
        (
            {"decided_by": by_version(vnew=frozenset({"spirit"}))},
            "action extra: decided by unknown role 'spirit'",
        ),
        ({"issues": ("nothing",)}, "action extra: issues unknown document 'nothing'"),
        (
            {"needs": (Need("n", lambda v, c: 1, port="moon"),)},
            "action extra: need n has unknown port 'moon'",
        ),
        ({"relates": "ghost"}, "action extra: relates by unknown field 'ghost'"),
        ({"per": "ghosts"}, "action extra: per unknown party set 'ghosts'"),
        ({"versions": frozenset({"v0"})}, "action extra: for unknown version 'v0'"),
    ],
)
def test_actions(changes: dict[str, Any], expected: str) -> None:
    assert expected in with_action(**changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"starts": ()}, "clock extra: is never started"),
        ({"starts": (starts_on("nope"),)}, "clock extra: speaks of unknown act 'nope'"),
        ({"stops": (met_on("nope"),)}, "clock extra: speaks of unknown act 'nope'"),
        ({"extensions": (Extension(on("nope")),)}, "clock extra: speaks of unknown act 'nope'"),
        ({"pauses": (PauseRule(on("nope"), (on("nope2"),)),)}, "clock extra: speaks of unknown act 'nope2'"),
        ({"starts": (starts_on("receive", per="ghosts"),)}, "clock extra: per unknown party set 'ghosts'"),
        (
            {"starts": (starts_on("receive", each=lambda v, e: {}),)},
            "clock extra: starts for each of several parties, but of no party set",
        ),
        ({"nature": Nature.OWN_DUTY}, "clock extra: is an own duty that no act fulfils"),
        ({"many": True, "stops": (met_on("halt", every=True),)}, "clock extra: runs many times"),
        ({"versions": frozenset({"v0"})}, "clock extra: for unknown version 'v0'"),
        ({"length": DAY.times(0)}, "clock extra: has the length 0日"),
        (
            {"starts": (starts_with("moonrise"),)},
            "clock extra: starts with fact 'moonrise', which nothing sets",
        ),
    ],
)
def test_clocks(changes: dict[str, Any], expected: str) -> None:
    assert expected in with_clock(**changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lapse_of": "nope"}, "effect extra: lapse of unknown clock 'nope'"),
        ({"defeated_by": ()}, "effect extra: says neither what defeats it"),
        ({"defeated_by": ("mail",)}, "effect extra: 'mail' does not stop work"),
        ({"versions": frozenset({"v0"})}, "effect extra: for unknown version 'v0'"),
    ],
)
def test_effects(changes: dict[str, Any], expected: str) -> None:
    assert expected in with_effect(**changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stages": (*TEST_LINE.stages, Stage("island", "孤岛"))}, "stage island: is never reached"),
        (
            {"stages": (*TEST_LINE.stages, Stage("island", "孤岛"))},
            "stage island: is open but no act leaves it",
        ),
        ({"stages": (*TEST_LINE.stages, Stage("new", "新收"))}, "stage new: declared twice"),
        (
            {"actions": (*TEST_LINE.actions, replace(TEST_LINE.actions[0], code="hand_over"))},
            "action hand_over: has the code of an act that every line has",
        ),
        ({"governing": ("moonrise",)}, "governing moonrise: is set by no act or effect"),
        (
            {"versions": (*TEST_LINE.versions, Version("local", by=("moonrise",)))},
            "governing moonrise: is set by no act or effect",
        ),
        ({"final_when": frozenset({"nope"})}, "final_when: unknown act or effect 'nope'"),
        (
            {"versions": (TEST_LINE.versions[0], TEST_LINE.versions[1]._replace(not_law=frozenset({"L99"})))},
            "version new: leaves out unknown statute 'L99'",
        ),
        (
            {"versions": (Version("old", until=date(2023, 12, 30)), Version("new", since=date(2024, 1, 1)))},
            "version new: does not follow old day by day",
        ),
        ({"registers": (register(key=("nope",)),)}, "register r: names unknown column 'nope'"),
        (
            {"registers": (register(moves=(Move("m", "m", ("on",), "off", RULE),)),)},
            "register r: move m speaks of unknown state 'off'",
        ),
        ({"registers": (register(key=()),)}, "register r: has no key"),
        ({"registers": (register(organ="nope"),)}, "register r: names unknown column 'nope'"),
        (
            {"registers": (register(kinds={"code": "name"}),)},
            "register r: gives a kind to 'code', which is not personal",
        ),
        ({"registers": (register(starts=("off",)),)}, "register r: speaks of unknown state 'off'"),
        ({"registers": (register(shown=("off",)),)}, "register r: speaks of unknown state 'off'"),
        (
            {"registers": (register(moves=(Move("m", "m", ("on",), "on", RULE, ("nope",)),)),)},
            "register r: move m requires unknown column 'nope'",
        ),
        ({"indicators": (Indicator("i", "i", "", ParameterAt("x")),)}, "indicator i: has no definition"),
        (
            {"indicators": (Indicator("i", "i", "d", ParameterAt("x")),)},
            "indicator i: reads unknown parameter 'x'",
        ),
        (
            {"indicators": (Indicator("i", "i", "d", Ratio(Count("moons", None), Count("cases", None))),)},
            "indicator i: counts unknown source 'moons'",
        ),
        (
            {"indicators": (Indicator("i", "i", "d", Total((Count("cases", None), Count("suns", None)))),)},
            "indicator i: counts unknown source 'suns'",
        ),
    ],
)
def test_the_rest(changes: dict[str, Any], expected: str) -> None:
    assert expected in errors(**changes)


def test_registers_that_no_line_declares() -> None:
    validate_registers("owner", (register(),))
    with pytest.raises(LineError, match="owner: 1 error") as caught:
        validate_registers("owner", (register(), register(key=())))
    assert str(caught.value).splitlines()[1:] == ["  register r: has no key"]


def need(port: str = "registers", lookup: Lookup | None = None, code: str = "n") -> Need:
    return Need(code, lambda view, command: "1", port=port, lookup=lookup)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (need(code="sources"), "need sources has a reserved code"),
        (need("cases", Lookup("r", one_of("code"))), "need n looks into a register, but asks cases"),
        (need(lookup=Lookup("moon", one_of("code"))), "need n looks into unknown register 'moon'"),
        (need(lookup=Lookup("r", one_of("nope"))), "need n names unknown column 'nope'"),
        (
            need(lookup=Lookup("r", one_of("code"), Follow("nope", "permits.lawyers", "licence"))),
            "need n names unknown column 'nope'",
        ),
    ],
)
def test_needs(asked: Need, expected: str) -> None:
    added = action(needs=(asked,))
    assert expected in errors(actions=(*TEST_LINE.actions, added), registers=(register(),))


def test_needs_that_are_sound() -> None:
    followed = Lookup("r", all_of("code"), Follow("code", "permits.lawyers", "licence"))
    asked = (need(lookup=Lookup("permits.lawyers", one_of("licence"))), need(lookup=followed, code="m"))
    assert line(actions=(*TEST_LINE.actions, action(needs=asked)), registers=(register(),))


def test_known_sources_of_indicators() -> None:
    figures = (Count("register:r", None), Count("register:other.register", None))
    indicators = tuple(Indicator(f"i{n}", "i", "d", figure) for n, figure in enumerate(figures))
    assert line(registers=(register(),), indicators=indicators)


def test_all_errors_at_once() -> None:
    text = errors(
        actions=(*TEST_LINE.actions, action(by=frozenset({"ghost"}), to="nowhere")),
        clocks=(*TEST_LINE.clocks, clock(stops=(ends_on("nope"),))),
    )
    assert text.startswith("test: 3 error(s)\n")


MEETING = Meeting("开庭", lambda view: "", lambda view: ())


def test_an_appointment_is_a_fact_that_something_sets() -> None:
    assert "appointment nothing_at: is a fact that nothing sets" in errors(
        appointments={"nothing_at": MEETING}
    )
    set_ = next(name for action in TEST_LINE.actions for name in action.sets)
    replace(TEST_LINE, appointments={set_: MEETING})


@pytest.mark.parametrize(
    ("handling", "error"),
    [
        (Handling("handler", {"nope": "handler"}), "handling by nope: is no act of the line"),
        (
            Handling("handler", {"extra": "who"}),
            "handling by extra: names the handler in unknown field 'who'",
        ),
        (Handling("handler", {"extra": "code"}), "handling by extra: does not set 'handler'"),
    ],
)
def test_who_handles_a_case_is_named_by_an_act_that_takes_the_name_in_and_sets_the_fact(
    handling: Handling, error: str
) -> None:
    class Coded(Inputs):
        code: str = Field(title="x")

    found = errors(actions=(*TEST_LINE.actions, action(inputs=Coded)), handling=handling)
    assert error in found
