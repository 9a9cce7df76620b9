"""Values, rule tables, draws, indicators, clocks: the small pieces a line is made of."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel import ENV, D, event
from tests.kernel_line import IN_TIME, TEST_LINE
from yifa.engine import empty, evolve
from yifa.language.acts import Env, Event, ParameterValues
from yifa.language.clocks import Clock, Nature, met_on, on, starts_on
from yifa.language.draws import draw, share
from yifa.language.indicators import Col, Count, ParameterAt, Ratio, Sum, Total, columns_of
from yifa.language.rules import Rule, RuleTable, explain, outcome_zh, show
from yifa.language.values import (
    EFFECTIVE_ON,
    By,
    Fact,
    Field,
    First,
    Fixed,
    FixedDay,
    IfFact,
    IfField,
    Parameter,
    Sized,
    WhenAll,
    by_fact,
    by_field,
    by_version,
    facts_used,
    leaves,
    resolve,
)
from yifa.law.calendar import standard_calendar
from yifa.law.citation import Practice
from yifa.law.statute import statute
from yifa.lines.reconsideration import RECONSIDERATION

RULE = Practice("made up for the tests")
SIXTY, THIRTY = statute("L23").days(60), statute("L23").days(30)
VALUES = ParameterValues({"rate": ((date(2023, 1, 1), 5, "甲号文"), (date(2024, 1, 1), 6, "乙号文"))})


def view(**facts: Any) -> Any:
    found = empty(TEST_LINE, Env(standard_calendar(), VALUES))
    found.facts = facts
    return found


ACT = Event(0, "open", D("2024-03-05"), {"pace": "fast", "days": 45})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, 7),
        (EFFECTIVE_ON, D("2024-03-05")),
        (Field("pace"), "fast"), (Field("none"), None), (Field("none", EFFECTIVE_ON), D("2024-03-05")),
        (Fact("opened_on"), D("2024-03-01")), (Fact("none"), None), (Fact("none", 3), 3),
        (by_version(vnew=1, vold=2), 1), (by_version(vold=2), None),
        (by_fact("pace", slow=SIXTY, fast=THIRTY), SIXTY), (by_fact("none", slow=1, otherwise=9), 9),
        (By("stage", {"asked": 1, None: 2}), 2), (By("stage", {"asked": 1}, 3), 3),
        (by_field("pace", fast=by_version(vnew=Field("days"))), 45),
        (First((Field("none"), Fact("none"), Field("days"))), 45), (First((Field("none"),)), None),
        (Sized(Field("days"), SIXTY), SIXTY.times(45)), (Sized(Field("none"), SIXTY), None),
        (Fixed(Field("none"), "函定"), None), (Fixed(EFFECTIVE_ON, "函定"), FixedDay(D("2024-03-05"), "函定")),
        (Parameter("rate"), 6),
        (IfFact("opened_on", 1, 2), 1),
        (IfField("pace", 1, 2), 1), (IfField("none", 1, 2), 2), (IfField("nothing", Field("days"), EFFECTIVE_ON), D("2024-03-05")),
        (IfFact("none", 1, EFFECTIVE_ON), D("2024-03-05")), (Parameter("rate", on="received_on"), 5), (Parameter("rate", on="none"), 6),
    ],
)  # fmt: skip
def test_values(value: Any, expected: Any) -> None:
    case = view(opened_on=D("2024-03-01"), received_on=D("2023-06-01"), pace="slow")
    assert resolve(value, case, ACT) == expected


def test_parameters_are_dated() -> None:
    assert [VALUES.at("rate", D(day)) for day in ("2022-12-31", "2023-01-01", "2024-01-01")] == [None, 5, 6]
    assert [VALUES.source("rate", D(day)) for day in ("2022-12-31", "2023-12-31", "2024-06-01")] == [
        "",
        "甲号文",
        "乙号文",
    ]


def test_leaves_and_facts_are_found_for_printing_and_audit() -> None:
    nested = by_version(
        v1=by_fact("pace", slow=SIXTY, otherwise=THIRTY), v2=First((Sized(Field("n"), SIXTY), THIRTY))
    )
    assert leaves(nested) == (SIXTY, THIRTY, SIXTY, THIRTY)
    assert leaves(WhenAll("x", ("a",), then="b")) == ("b",)
    assert leaves(None) == ()
    assert facts_used(nested) == {"pace"}
    assert facts_used(First((by_fact("x", a=1), by_fact("y", a=1)))) == {"x", "y"}
    assert facts_used(SIXTY) == frozenset()
    assert By("version", {"a": 1}).branches() == (1,)


def test_a_clock_shows_the_letter_of_its_nature_unless_told_otherwise() -> None:
    def clock(nature: Nature, kind: Any = None) -> Clock:
        return Clock(
            code="c", title="c", nature=nature, kind=kind, starts=(starts_on("x"),), length=SIXTY, cite=RULE
        )

    letters = [clock(nature).letter for nature in Nature]
    assert letters == ["L", "X", "L", "E", "X", "R"]
    assert clock(Nature.OTHERS_DUTY, "L").letter == "L"


def test_an_act_may_be_restricted_to_its_data() -> None:
    when = on("order", "on", kind=("a", "b"), where=lambda v, e: e.party is None)
    make = lambda **data: Event(0, "order", D("2024-03-05"), data)  # noqa: E731
    assert when.matches(view(), make(kind="a"))
    assert not when.matches(view(), make(kind="c"))
    assert not when.matches(view(), make(kind="a")._replace(party="p"))
    assert when.day(make(on=D("2024-03-01"))) == D("2024-03-01")
    assert when.day(make(on="not a date")) == D("2024-03-05")
    assert met_on("x").when.day(make()) == D("2024-03-05")


# ------------------------------------------------------------------------------------------ the view


def test_what_a_view_can_be_asked() -> None:
    case = empty(TEST_LINE, ENV)
    for seq, (action, data) in enumerate(
        [("receive", {"received_on": "2024-03-01"}), ("open", {}), ("halt", {})]
    ):
        case = evolve(case, event(TEST_LINE, seq, action, "2024-03-01", **data))
    assert case.happened("nope", "halt")
    assert not case.happened("nope")
    assert (case.count("halt"), case.count("nope")) == (1, 0)
    assert case.last("halt") == case.events[2]
    assert case.last("nope") is None
    assert case.last_data("receive")["received_on"] == D("2024-03-01")
    assert case.last_data("nope") == {}
    assert case.ended("opening")
    assert not case.ended("work")
    assert not case.ended("nope")
    assert case.due("nope") is None
    assert case.due("work", "somebody") is None
    assert not case.is_closed
    assert not empty(TEST_LINE, ENV).is_closed


def test_what_a_line_can_be_asked() -> None:
    assert TEST_LINE.stage_title(None) == "未登记"
    assert TEST_LINE.stage_title("active") == "办理"
    assert TEST_LINE.action("nope") is None
    assert TEST_LINE.clock("nope") is None
    assert TEST_LINE.effect("nope") is None
    assert TEST_LINE.stage("nope") is None
    assert "filed_too_late" in RECONSIDERATION.messages


# ------------------------------------------------------------------------------------------ rule tables


def test_an_outcome_is_said_in_the_tables_own_words() -> None:
    own = replace(IN_TIME, outcomes={"fail": "不按时"})
    assert explain(own, own.find(date(2024, 3, 5)))[-1] == "结论：不按时"
    assert outcome_zh(own, "pass") == "符合"
    assert outcome_zh(IN_TIME, "odd") == "odd"


def test_the_first_decisive_rule_decides_and_the_tried_ones_are_kept() -> None:
    finding = IN_TIME.find(date(2024, 1, 5))
    assert (finding.outcome, finding.decisive, finding.cite) == ("pass", "B", RULE)
    assert [(t.rule, t.holds, t.inputs) for t in finding.tried] == [
        ("A", True, {}),
        ("B", True, {"month": 1}),
    ]


def test_otherwise() -> None:
    finding = IN_TIME.find(date(2024, 3, 5))
    assert (finding.outcome, finding.decisive, finding.cite) == ("fail", "", None)
    assert explain(IN_TIME, finding)[-1] == "结论：不符合"


def test_all_rules_may_be_tried() -> None:
    rules = tuple(Rule(str(n), f"规则{n}", lambda x, n=n: x.n >= n, f"o{n}", RULE, ("n",)) for n in (1, 2, 3))
    finding = RuleTable("t", "t", rules, all_tried=True).find(SimpleNamespace(n=2))
    assert (finding.outcome, [t.holds for t in finding.tried]) == ("o1", [True, True, False])
    first = RuleTable("t", "t", rules).find(SimpleNamespace(n=2))
    assert len(first.tried) == 1


def test_a_finding_is_printed_in_plain_chinese() -> None:
    assert explain(IN_TIME, IN_TIME.find(date(2024, 1, 5))) == (
        "A 有日期：是 依据 实务规则（无法条）：made up for the tests",
        "B 早于二月：是，据此认定（月份：1） 依据 实务规则（无法条）：made up for the tests",
        "结论：符合（实务规则（无法条）：made up for the tests）",
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "未填"),
        (True, "是"),
        (False, "否"),
        (("乙", "甲"), "乙、甲"),
        ((), "无"),
        ({"b", "a"}, "a、b"),
        (3, "3"),
    ],
)
def test_show(value: Any, text: str) -> None:
    assert show(value) == text


# ------------------------------------------------------------------------------------------ draws


def test_a_draw_can_be_repeated() -> None:
    first = draw("2024年第一季度", [f"案{n}" for n in range(20)], 3)
    assert first == draw("2024年第一季度", [f"案{n}" for n in reversed(range(20))], 3)
    assert first.chosen == tuple(i for _, i in first.ranking[:3])
    assert first.chosen != draw("2024年第二季度", [f"案{n}" for n in range(20)], 3).chosen


@pytest.mark.parametrize(("ids", "size"), [(["a", "a"], 1), (["a"], 2), (["a"], -1)])
def test_an_impossible_draw(ids: list[str], size: int) -> None:
    with pytest.raises(ValueError, match="population|cannot draw"):
        draw("s", ids, size)


@pytest.mark.parametrize(
    ("population", "percent", "size"), [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (200, 10, 20)]
)
def test_share(population: int, percent: int, size: int) -> None:
    assert share(population, percent) == size


@given(st.sets(st.text(min_size=1), max_size=30), st.text())
def test_a_draw_is_a_selection(ids: set[str], seed: str) -> None:
    drawn = draw(seed, ids, len(ids) // 2)
    assert set(drawn.chosen) <= ids
    assert {i for _, i in drawn.ranking} == ids


# ------------------------------------------------------------------------------------------ indicators


def test_indicator_expressions_name_their_columns() -> None:
    a, b = Col("a"), Col("b")
    where = (
        (a.eq(1) & b.ne(2))
        | ~(a.lt(1) & a.le(2) & a.gt(3) & a.ge(4))
        | b.one_of(1, 2)
        | b.is_null()
        | b.not_null()
    )
    assert columns_of(where) == {"a", "b"}
    ratio = Ratio(Count("cases", "on", where), Sum("cases", "amount", None))
    assert columns_of(ratio) == {"a", "b", "on", "amount"}
    total = Total((Count("cases", "on", a.eq(1)), Count("cases", "at")))
    assert columns_of(Ratio(total, Count("cases", "by"))) == {"a", "on", "at", "by"}
    assert columns_of(ParameterAt("x")) == frozenset()
