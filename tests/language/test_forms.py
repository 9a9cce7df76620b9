"""Inputs: problems all at once, in Chinese, with their place; partial data for dated examples."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, field_validator

from yifa.language.acts import Problem
from yifa.language.forms import Inputs, NoInput, form_schema, title_of, validate, validate_partial
from yifa.language.kernel_actions import with_dates
from yifa.language.messages import Message, catalogue, kernel_catalogue, render
from yifa.law.statute import statute


class Row(BaseModel, extra="forbid"):
    name: str = Field(title="姓名", min_length=2)


class Example(Inputs):
    on: date = Field(title="日期")
    at: datetime | None = Field(None, title="时刻")
    kind: Literal["a", "b"] = Field("a", title="类别")
    count: int | None = Field(None, title="数量", ge=1, le=9)
    amount: Decimal | None = Field(None, title="金额", gt=0, lt=100, decimal_places=2)
    yes: bool | None = Field(None, title="是否")
    words: str | None = Field(None, title="文字", max_length=3, pattern="^[a-z]+$")
    rows: list[Row] = Field(default_factory=list, title="名单", max_length=2)
    extra: dict[str, int] | None = Field(None, title="其他", min_length=1)
    keyed: dict[str, int] | None = Field(None, title="各项")
    either: Decimal | list[Decimal] | list[Row] | None = Field(None, title="金额或名单")

    @field_validator("yes")
    @classmethod
    def never_false(cls, value: bool | None) -> bool | None:
        if value is False:
            raise ValueError("不能为否")
        return value


def test_valid_input_becomes_plain_fields_without_the_empty_ones() -> None:
    data, problems = validate(Example, {"on": "2024-02-06", "count": "3", "rows": [{"name": "甲乙"}]})
    assert problems == ()
    assert data == {"on": date(2024, 2, 6), "kind": "a", "count": 3, "rows": [Row(name="甲乙")]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, [("field_missing", "on", "缺少“日期”。请补填")]),
        ({"on": "x"}, [("field_invalid", "on", "“日期”填写有误：不是有效的日期（如 2024-02-06）。请按要求重新填写")]),
        ({"on": "2024-02-30"}, [("field_invalid", "on", "“日期”填写有误：不是有效的日期（如 2024-02-06）。请按要求重新填写")]),
        ({"on": "2024-02-06", "kind": "c"}, [("field_invalid", "kind", "“类别”填写有误：应为 a、b 之一。请按要求重新填写")]),
        ({"on": "2024-02-06", "count": 0}, [("field_invalid", "count", "“数量”填写有误：不得小于1。请按要求重新填写")]),
        ({"on": "2024-02-06", "count": 10}, [("field_invalid", "count", "“数量”填写有误：不得大于9。请按要求重新填写")]),
        ({"on": "2024-02-06", "amount": 0}, [("field_invalid", "amount", "“金额”填写有误：应大于0。请按要求重新填写")]),
        ({"on": "2024-02-06", "amount": "1.234"}, [("field_invalid", "amount", "“金额”填写有误：小数不超过2位。请按要求重新填写")]),
        ({"on": "2024-02-06", "yes": False}, [("field_invalid", "yes", "“是否”填写有误：不能为否。请按要求重新填写")]),
        ({"on": "2024-02-06", "words": "A"}, [("field_invalid", "words", "“文字”填写有误：格式不符。请按要求重新填写")]),
        ({"on": "2024-02-06", "at": "x"}, [("field_invalid", "at", "“时刻”填写有误：不是有效的时刻（如 2024-02-06T16:00）。请按要求重新填写")]),
        ({"on": "2024-02-06", "rows": [{"name": "甲"}]}, [("field_invalid", "rows.0.name", "“名单第1项的姓名”填写有误：不少于2个字。请按要求重新填写")]),
        ({"on": "2024-02-06", "rows": [{}]}, [("field_missing", "rows.0.name", "缺少“名单第1项的姓名”。请补填")]),
        ({"on": "2024-02-06", "extra": {}}, [("field_invalid", "extra", "“其他”填写有误：不少于1项。请按要求重新填写")]),
        ({"on": "2024-02-06", "rows": [{"name": "甲乙", "x": 1}]}, [("field_unknown", "rows.0.x", "没有名为“rows.0.x”的字段。请核对字段名称")]),
        ({"on": "2024-02-06", "keyed": {"a": "b"}}, [("field_invalid", "keyed.a", "“各项的a”填写有误：应为整数。请按要求重新填写")]),
        ({"on": "2024-02-06", "either": "b"}, [("field_invalid", "either", "“金额或名单”填写有误：应为数字。请按要求重新填写")]),
        ({"on": "2024-02-06", "either": [1, "b"]}, [("field_invalid", "either.1", "“金额或名单第2项”填写有误：应为数字。请按要求重新填写")]),
        ({"on": "2024-02-06", "either": [{"name": "甲"}]}, [("field_invalid", "either.0.name", "“金额或名单第1项的姓名”填写有误：不少于2个字。请按要求重新填写")]),
        ({"on": "2024-02-06", "x": 1}, [("field_unknown", "x", "没有名为“x”的字段。请核对字段名称")]),
        (
            {"kind": "c", "count": "many"},
            [
                ("field_missing", "on", "缺少“日期”。请补填"),
                ("field_invalid", "kind", "“类别”填写有误：应为 a、b 之一。请按要求重新填写"),
                ("field_invalid", "count", "“数量”填写有误：应为整数。请按要求重新填写"),
            ],
        ),
    ],
)  # fmt: skip
def test_bad_input(data: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    found, problems = validate(Example, data)
    assert found == {}
    assert [(p.code, p.where, render(p, kernel_catalogue())) for p in problems] == expected


def test_mappings_other_than_dicts_are_read() -> None:
    from types import MappingProxyType

    assert validate(NoInput, MappingProxyType({"note": "x"})) == ({"note": "x"}, ())


def test_partial_input_misses_nothing_but_still_checks() -> None:
    assert validate_partial(Example, {"count": 3}) == ({"count": 3}, ())
    _, problems = validate_partial(Example, {"count": 0, "colour": 1, "on": "x"})
    assert [(p.code, p.where) for p in problems] == [
        ("field_invalid", "count"),
        ("field_unknown", "colour"),
        ("field_invalid", "on"),
    ]


def test_titles_and_forms() -> None:
    assert title_of(Example, "on") == "日期"
    assert title_of(Example, "nope") == "nope"
    assert form_schema(Example)["properties"]["kind"]["title"] == "类别"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-06", date(2024, 2, 6)), ("2024-02-06T16:00", datetime(2024, 2, 6, 16)),
        ("2024-02-06T16:00:30", datetime(2024, 2, 6, 16, 0, 30)), ("甲", "甲"), (3, 3),
    ],
)  # fmt: skip
def test_dates_written_as_text(value: Any, expected: Any) -> None:
    assert with_dates(value) == expected


def test_messages_carry_values_article_and_the_way_on() -> None:
    messages = {"late": Message("已于 {due} 届满", "请尽快办理"), "plain": Message("不行")}
    problem = Problem("late", {"due": date(2024, 2, 6)}, statute("L23").art(62, 1))
    assert (
        render(problem, messages)
        == "已于 2024-02-06 星期二 届满（《行政复议法》(2023)第六十二条第一款）。请尽快办理"
    )
    assert render(Problem("plain"), messages) == "不行"
    assert render(Problem("field_unknown", {"field": "x"}), messages) == "没有名为“x”的字段。请核对字段名称"


def test_a_catalogue_may_give_plain_texts() -> None:
    assert catalogue("yifa.language")["closed"].next == ""
    with pytest.raises(KeyError):
        render(Problem("no_such_code"), {})
