"""Reading a timeline file: every mistake with its line, dates however they are written, references."""

from datetime import date, datetime

import pytest

from tests.timelines_runner.matters import OPEN, RECEIVE, matter, mistakes
from yifa.timelines.model import TimelineError
from yifa.timelines.nodes import as_date
from yifa.timelines.parse import parse


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2024-02-06", date(2024, 2, 6)), ("2024-02-09T16:00", datetime(2024, 2, 9, 16)), ("2024-02-09 16:00", datetime(2024, 2, 9, 16)),
        ("2024-02-09T16:00:30", datetime(2024, 2, 9, 16, 0, 30)), ("2024-02-30", "2024-02-30"), ("2024-02-09T25:00", "2024-02-09T25:00"),
        ("6 Feb", "6 Feb"), (7, 7), (None, None), (date(2024, 2, 6), date(2024, 2, 6)),
    ],
)  # fmt: skip
def test_dates_and_moments(value: object, found: object) -> None:
    assert as_date(value) == found


def test_a_zone_is_dropped_because_all_times_are_the_citys() -> None:
    text = matter("{date: 2024-02-09, action: alarm, data: {at: 2024-02-09T16:00:00+08:00}}")
    (entry,) = parse(text, "t")
    assert entry.events[0].event.data["at"] == datetime(2024, 2, 9, 16)


EVENT_MISTAKES = [
    ("{date: 2024-02-30, action: receive}", "“2024-02-30”不是有效的日期"),
    ("{date: [1], action: receive}", "“[1]”不是有效的日期"),
    ("{date: 2024-02-06}", "事件须有 date 和 action"),
    ("{date: 2024-02-06, action: [receive]}", "应为单个值"),
    ("{date: 2024-02-06, action: fly}", "没有名为“fly”的操作"),
    ("{date: 2024-02-06, date: 2024-02-07, action: receive}", "“date”重复"),
    ("{date: 2024-02-06, action: receive, data: 5}", "data应为键值对"),
    ("{date: 2024-02-06, action: receive, data: [a]}", "data应为键值对"),
    ("{date: 2024-02-06, action: receive, data: {received_on: 2024-02-30}}", "“收到日期”填写有误"),
    ("{date: 2024-02-06, action: receive, data: {a.b: 1}}", "没有名为“a.b”的字段"),
    ("{date: 2024-02-06, action: receive, recorded: soon}", "“soon”不是有效的日期"),
    ("{date: 2024-02-06, action: receive, re: 0}", "没有序号为 0 的在先事件"),
    ("{date: 2024-02-06, action: receive, re: -1}", "没有序号为 -1 的在先事件"),
    ("{date: 2024-02-06, action: receive, re: later}", "没有名为“later”的事件标签"),
    ("{date: 2024-02-06, action: receive, data: {re: nobody}}", "没有名为“nobody”的事件标签"),
    ("{date: 2024-02-06, action: receive, party: {a: b}}", "应为单个值"),
    ("just text", "事件应为键值对"),
]


@pytest.mark.parametrize(("event", "what"), EVENT_MISTAKES)
def test_a_mistake_in_an_event(event: str, what: str) -> None:
    found = mistakes(matter(event))
    assert any(line == 4 and what in text for line, text in found), found


EXPECTATION_MISTAKES = [
    ("{deadline: moon, due: 2024-02-06}", "没有名为“moon”的期限"),
    ("{decision: moon, outcome: pass}", "没有名为“moon”的判定"),
    ("{effect: moon, on: 2024-02-06}", "没有名为“moon”的法律效果"),
    ("{deadline: opening, due: tomorrow}", "“tomorrow”不是有效的日期"),
    ("{deadline: opening, due: 2024-02-31}", "“2024-02-31”不是有效的日期"),
    ("{deadline: opening, status: open}", "没有名为“open”的 status，可用的有：running、paused、met"),
    ("{deadline: opening, kind: Q}", "没有名为“Q”的 kind"),
    ("{stage: moon}", "没有名为“moon”的 stage"),
    ("{version: 1999}", "没有名为“1999”的 version，可用的有：old、new"),
    ("{refused: perhaps}", "refused 应为 true 或者 false"),
    ("{deadline: opening}", "没有写明期望的内容"),
    ("{deadline: opening, due: 2024-02-06, at: [receipt]}", "不是本条目中的标签、序号或日期"),
    ("{deadline: opening, due: 2024-02-06, at: {near: receipt}}", "不是本条目中的标签、序号或日期"),
    ("{deadline: opening, due: 2024-02-06, at: {before: 2024-02-06}}", "不是本条目中的标签、序号或日期"),
    ("{deadline: opening, due: 2024-02-06, at: true}", "不是本条目中的标签、序号或日期"),
    ("{deadline: opening, due: 2024-02-06, at: 2}", "不是本条目中的标签、序号或日期"),
    ("{deadline: opening, due: 2024-02-06, for: [a]}", "应为单个值"),
    ("[deadline]", "期望应为键值对"),
]


@pytest.mark.parametrize(("expect", "what"), EXPECTATION_MISTAKES)
def test_a_mistake_in_an_expectation(expect: str, what: str) -> None:
    found = mistakes(matter(RECEIVE, OPEN, expect=(expect,)))
    assert any(line == 7 and what in text for line, text in found), found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("events: [", "不是有效的 YAML"),
        ("- {id: T, line: test, events: []}\n--- \n- more", "不是有效的 YAML"),
        ("- \x07", "不是有效的 YAML"),
        ("a: b", "应为列表"),
        ("- {id: T, line: test, events: {a: b}}", "应为列表"),
        ("- {id: T, line: test, events: [], params: 5}", "params应为键值对"),
        ("- {id: T, line: test, events: [], as_of: soon}", "“soon”不是有效的日期"),
        ("- {id: T, line: [test], events: []}", "没有“['test']”这一业务条线"),
    ],
)
def test_a_mistake_in_the_frame(text: str, what: str) -> None:
    assert any(what in found for _, found in mistakes(text)), mistakes(text)


def test_all_mistakes_come_in_the_order_of_the_file() -> None:
    text = matter("{date: x, action: receive}", "{date: 2024-02-06, action: fly, colour: red}",
                  expect=("{deadline: moon, due: never}",))  # fmt: skip
    assert [line for line, _ in mistakes(text)] == [4, 5, 5, 7, 7]
    with pytest.raises(TimelineError, match=r"t\.yaml:4: \[T\] “x”不是有效的日期"):
        parse(text, "t.yaml")


def test_a_label_may_stand_only_once() -> None:
    assert mistakes(matter(RECEIVE, OPEN.replace("opening", "receipt"))) == [(5, "标签“receipt”重复")]


def test_nothing_expected_and_nothing_there() -> None:
    assert parse("", "t") == []
    (entry,) = parse("- {id: 7, line: test, events: [], expect: , law_version: 2023}", "t")
    assert (entry.id, entry.events, entry.expect, entry.law_version) == ("7", (), (), "2023")


def test_party_and_answered_act_may_stand_in_data_or_beside_it() -> None:
    inside = "{date: 2024-02-08, action: consulted, data: {re: asking, party: r1}}"
    beside = "{date: 2024-02-08, action: consulted, re: 0, party: r1}"
    for answer in (inside, beside):
        (entry,) = parse(matter("{date: 2024-02-07, action: consult, label: asking}", answer), "t")
        event = entry.events[1].event
        assert (event.re, event.party, dict(event.data)) == (0, "r1", {})


def test_on_is_a_name_here_and_yes_is_a_word() -> None:
    (entry,) = parse(matter("{date: 2024-02-06, action: receive, data: {topic: yes}}"), "t")
    assert entry.events[0].event.data["topic"] == "yes"


def test_noting_an_effect_needs_no_declared_fields() -> None:
    (entry,) = parse(
        matter(RECEIVE, "{date: 2024-02-06, action: deemed_open, data: {seen_on: 2024-02-07}}"), "t"
    )
    assert entry.events[1].event.data == {"seen_on": date(2024, 2, 7)}
