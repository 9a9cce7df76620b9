"""Forms from declarations: every input of every line becomes a form, and what is posted comes back as raw data."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from yifa import registry
from yifa.desk.fields import FormField, Posted, form, kind_of, raw
from yifa.language.forms import Inputs, validate
from yifa.lines.reconsideration.inputs import Application


class Person(BaseModel):
    id: str = Field(title="标识")
    name: str | None = Field(None, title="姓名")
    adult: bool = Field(True, title="成年")


class Sample(Inputs):
    on: date = Field(title="日期")
    at: datetime | None = Field(None, title="时刻")
    amount: Decimal | None = Field(None, title="金额")
    kind: Literal["a", "b"] | None = Field(None, title="类别")
    kinds: list[Literal["a", "b"]] = Field(default_factory=list, title="多类")
    lines: list[str] = Field(default_factory=list, title="各行")
    agreed: bool = Field(title="同意")
    known: bool | None = Field(None, title="是否知道")
    people: list[Person | str] = Field(default_factory=list, title="人员")
    chief: Person | None = Field(None, title="负责人")
    record: str = Field("", title="记录")


def post(**values: str | list[str]) -> Posted:
    return Posted({name.replace("__", "."): [v] if isinstance(v, str) else v for name, v in values.items()})


def given(posted: Posted) -> dict[str, Any]:
    return raw(Sample, posted, lambda: "p-1")


def test_every_type_has_its_kind() -> None:
    assert {f.name: f.kind for f in form(Sample)} == {
        "on": "date", "at": "moment", "amount": "number", "kind": "choice", "kinds": "choices", "lines": "lines",
        "agreed": "check", "known": "choice", "people": "rows", "chief": "group", "record": "long", "reason": "long",
        "approved_by": "text", "note": "long",
    }  # fmt: skip


def test_fields_any_act_may_carry_come_last() -> None:
    assert [f.name for f in form(Application)][-3:] == ["reason", "approved_by", "note"]


def test_a_form_shows_what_was_given_and_what_is_wrong_with_it() -> None:
    fields = {f.name: f for f in form(Sample, {"on": date(2024, 2, 6), "kinds": ["b"], "lines": ["甲", "乙"], "agreed": "1",
              "people": [{"id": "x", "name": "丙"}]}, {"on": ["太早"], "people.0.name": ["太短"]})}  # fmt: skip
    assert (fields["on"].value, fields["on"].problems, fields["lines"].value) == (
        "2024-02-06",
        ("太早",),
        "甲\n乙",
    )
    assert [chosen for _, _, chosen in fields["kinds"].options] == [False, True]
    assert fields["agreed"].value is True
    name = fields["people"].parts[0][1]
    assert (name.name, name.value, name.problems) == ("people.0.name", "丙", ("太短",))
    assert [(f.name, f.value) for f in fields["people"].blank][1:] == [
        ("people.__row__.name", ""),
        ("people.__row__.adult", True),
    ]


def test_titles_and_words_are_chinese() -> None:
    field = next(f for f in form(Application, {"channel": "post"}) if f.name == "channel")
    assert (field.title, field.required) == ("申请方式", True)
    assert ("post", "邮寄", True) in field.options


def test_a_moment_is_shown_as_its_input_wants_it() -> None:
    at = form(Sample, {"at": datetime(2024, 2, 6, 16, 5)})[1]
    assert at.value == "2024-02-06T16:05"


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        (post(on="2024-02-06"), {"on": "2024-02-06"}),
        (post(on=" ", record="  "), {}),
        (post(kinds=["a", "b", ""]), {"kinds": ["a", "b"]}),
        (post(lines="甲\r\n\r\n 乙 "), {"lines": ["甲", "乙"]}),
        (post(agreed=["0", "1"]), {"agreed": True}),
        (post(agreed=["0"]), {"agreed": False}),
        (post(known="false"), {"known": "false"}),
        (post(people__0__name="甲", people__0__adult=["0"]), {"people": [{"id": "p-1", "name": "甲", "adult": False}]}),
        (post(people__0__id="x", people__0__name="甲"), {"people": [{"id": "x", "name": "甲"}]}),
        (post(people__0__name="", people__0__adult=["0", "1"], people__3__name="乙"), {"people": [{"id": "p-1", "adult": True}, {"id": "p-1", "name": "乙"}]}),
        (post(people__0__name="", people__0__adult=["0"]), {}),
        (post(chief__name="丁"), {"chief": {"name": "丁"}}),
        (post(unknown="x", csrfmiddlewaretoken="y"), {}),
    ],
)  # fmt: skip
def test_what_is_posted_comes_back_as_raw_data(posted: Posted, expected: dict[str, Any]) -> None:
    assert given(posted) == expected


def test_hostile_row_numbers_are_bounded() -> None:
    posted = Posted({f"people.{n}.name": ["x"] for n in range(5000)})
    assert len(given(posted)["people"]) == 200


def flat(fields: tuple[FormField, ...]) -> Iterator[FormField]:
    for field in fields:
        yield field
        rows = (*field.parts, field.blank) if field.kind == "rows" else (field.parts,)
        for row in rows:
            yield from flat(row)


@pytest.mark.parametrize("code", registry.known())
def test_every_act_of_every_line_has_a_form_in_chinese(code: str) -> None:
    for action in registry.line(code).actions:
        for field in flat(form(action.inputs)):
            assert field.kind != "group" or field.parts, (action.code, field.name)
            if field.kind != "hidden":
                assert not field.title.isascii() or field.title.isdigit(), (
                    action.code,
                    field.name,
                    field.title,
                )


def test_a_whole_application_goes_through_the_form_and_validates() -> None:
    posted = post(
        filed_on="2024-01-31", received_on="2024-01-31", channel="in_person", applicants__0__name="测试甲",
        respondents__0__name="测试局", act__type="penalty", act__doc_no="测罚〔2024〕1号", act__made_on="2024-01-11",
        act_category="1", known_on="2024-01-16", remedy_told="all", requests=["revoke"],
        facts_reasons="认为处罚认定事实不清、证据不足", service_address="测试路1号", e_service_consent=["0", "1"],
    )  # fmt: skip
    data, problems = validate(Application, raw(Application, posted, lambda: "p-9"))
    assert problems == ()
    assert data["applicants"][0].id == "p-9"
    assert data["e_service_consent"] is True


def test_kinds_of_rare_types() -> None:
    assert kind_of(int | str) == "number"
    assert kind_of(date | datetime) == "moment"
    assert kind_of(str, "id") == "hidden"
