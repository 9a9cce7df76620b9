"""A value compiled to a function says what the value itself says, for every kind and whatever the case holds."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel import ENV, D
from tests.kernel_line import TEST_LINE
from yifa.engine import empty
from yifa.language.acts import Event
from yifa.language.clocks import on
from yifa.language.compiled import compiled, condition, day_of
from yifa.language.values import (
    EFFECTIVE_ON,
    KEEP,
    By,
    ByDate,
    Day,
    Fact,
    Field,
    First,
    Fixed,
    FixedDay,
    IfFact,
    IfField,
    Sized,
    WhenAll,
    by_fact,
    by_field,
    by_version,
    by_version_alone,
    resolve,
)
from yifa.language.view import View
from yifa.law.statute import statute

L23 = statute("L23")
NAMES = ("a", "b")
SCALARS = st.one_of(
    st.none(), st.integers(1, 4), st.sampled_from(NAMES), st.dates(D("2023-01-01"), D("2024-12-31"))
)
HELD = st.dictionaries(st.sampled_from(NAMES), SCALARS)


def selected(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A choice by each of the four selectors."""
    selector = st.sampled_from(("version", "stage", "fact:a", "field:b"))
    table = st.dictionaries(
        st.one_of(st.sampled_from(("2023", "2017", "opened", *NAMES)), st.integers(1, 4)), values
    )
    return st.builds(By, selector, table, values)


def composed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Everything that holds other values."""
    name = st.sampled_from(NAMES)
    return st.one_of(
        st.builds(Field, name, values),
        st.builds(Fact, name, values),
        st.builds(IfFact, name, values, values),
        st.builds(IfField, name, values, values),
        st.builds(First, st.tuples(values, values)),
        st.builds(Fixed, values, st.just("named")),
        selected(values),
    )


NUMBERS = st.one_of(st.integers(1, 90), st.builds(Field, st.just("n")), st.builds(Fact, st.just("n")))
LEAVES = st.one_of(
    SCALARS,
    st.sampled_from((EFFECTIVE_ON, KEEP, L23.days(5), Field("a"), Fact("b"), Day("a"), WhenAll("open", ("asker",), "x"))),
    st.builds(Sized, NUMBERS, st.just(L23.days(60))),
    st.just(ByDate(((D("2023-01-01"), 1), (D("2024-01-01"), Fact("a"))))),
    st.just(lambda view, event: view.stage),
)  # fmt: skip
VALUES = st.recursive(LEAVES, composed, max_leaves=8)


def a_view(facts: dict[str, Any], version: str = "2023", stage: str | None = None) -> View:
    view = empty(TEST_LINE, ENV)
    view.facts, view.version, view.stage = facts, version, stage
    return view


def an_event(data: dict[str, Any], day: str = "2024-03-01") -> Event:
    return Event(0, "open", D(day), data)


@given(
    VALUES,
    HELD,
    HELD,
    st.integers(1, 90) | st.none(),
    st.sampled_from(("2023", "2017")),
    st.sampled_from((None, "opened")),
)
def test_a_compiled_value_is_the_value(
    value: Any,
    facts: dict[str, Any],
    data: dict[str, Any],
    number: int | None,
    version: str,
    stage: str | None,
) -> None:
    view, event = a_view({**facts, "n": number}, version, stage), an_event({**data, "n": number})
    assert compiled(value)(view, event) == resolve(value, view, event)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("ordinary", "ordinary"),
        (EFFECTIVE_ON, D("2024-03-01")),
        (Field("a"), "from the act"),
        (Field("none"), None),
        (Field("none", 3), 3),
        (Field("none", Fact("a")), "from the case"),
        (Fact("a"), "from the case"),
        (Fact("none"), None),
        (Fact("none", Field("a")), "from the act"),
        (by_version(v2023=1, v2017=2), 1),
        (by_version(v2017=2), None),
        (by_version(v2023=Field("a"), v2017=2), "from the act"),
        (by_fact("pace", fast=1, otherwise=2), 1),
        (by_fact("none", fast=1, otherwise=Field("a")), "from the act"),
        (by_field("kind", long=1, otherwise=2), 1),
        (by_field("none", long=1, otherwise=2), 2),
        (By("stage", {"opened": 1}, 2), 1),
        (First((Field("none"), Fact("a"))), "from the case"),
        (First((Field("none"), Fact("none"))), None),
        (Sized(Field("days"), L23.days(60)), L23.days(60).times(7)),
        (Sized(Field("none"), L23.days(60)), None),
        (Sized(60, L23.days(60)), L23.days(60)),
        (Fixed(Field("until"), "named"), FixedDay(D("2024-05-01"), "named")),
        (Fixed(Field("none"), "named"), None),
        (IfFact("a", 1, 2), 1),
        (IfFact("none", 1, Field("a")), "from the act"),
        (IfField("kind", Fact("a"), 2), "from the case"),
        (IfField("none", 1, Field("a")), "from the act"),
    ],
)
def test_each_kind_of_value(value: Any, expected: Any) -> None:
    view = a_view({"a": "from the case", "pace": "fast"}, stage="opened")
    event = an_event({"a": "from the act", "kind": "long", "days": 7, "until": D("2024-05-01")})
    assert compiled(value)(view, event) == expected
    assert resolve(value, view, event) == expected


def test_a_plain_function_is_its_own_compiled_form() -> None:
    def own(view: View, event: Event) -> int:
        return 1

    assert compiled(own) is own


@pytest.mark.parametrize(
    ("when", "data", "fulfilled", "day"),
    [
        (on("open"), {}, True, "2024-03-01"),
        (on("open", "opened_on"), {"opened_on": D("2024-02-28")}, True, "2024-02-28"),
        (on("open", "opened_on"), {"opened_on": "no date"}, True, "2024-03-01"),
        (on("open", kind="long"), {"kind": "long"}, True, "2024-03-01"),
        (on("open", kind="long"), {"kind": "short"}, False, "2024-03-01"),
        (on("open", kind=("long", "short")), {"kind": "short"}, True, "2024-03-01"),
        (on("open", where=lambda view, event: "kind" in event.data), {}, False, "2024-03-01"),
        (on("open", where=lambda view, event: "kind" in event.data, kind="x"), {"kind": "x"}, True, "2024-03-01"),
    ],
)  # fmt: skip
def test_what_an_act_must_fulfil_and_the_day_it_counts_from(
    when: Any, data: Any, fulfilled: bool, day: str
) -> None:
    view, event = a_view({}), an_event(data)
    asked = condition(when)
    assert (asked is None or asked(view, event)) is when.matches(view, event) is fulfilled
    assert day_of(when)(event) == when.day(event) == date.fromisoformat(day)


def test_an_act_without_restrictions_is_not_asked_anything() -> None:
    assert condition(on("open")) is None
    assert condition(on("open", "opened_on")) is None


@pytest.mark.parametrize(
    ("value", "alone"),
    [
        (None, True),
        ("plain", True),
        (by_version(v2023=1, v2017=2), True),
        (by_version(v2023=Field("a")), False),
        (By("version", {"2023": 1}, Field("a")), False),
        (by_fact("a", b=1), False),
        (Field("a"), False),
        (lambda view, event: 1, False),
    ],
)
def test_what_nothing_but_the_version_changes(value: Any, alone: bool) -> None:
    assert by_version_alone(value) is alone
