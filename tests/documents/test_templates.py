"""The template language: variables, kinds, versions, and all problems at once."""

from datetime import date
from typing import Any

import pytest

from yifa.documents.model import Block, CheckCode, Imprint, Layout, Paragraph
from yifa.documents.parties import introduced
from yifa.documents.templates import DocumentTemplate, TemplateError, TemplateSet, Variable, check, draft
from yifa.documents.values import Values


def body(v: Values) -> tuple[Block, ...]:
    return (Paragraph(f"{v.names('applicant')}于{v.on('accepted_on')}"),)


TEMPLATE = DocumentTemplate(
    "notice", "示例通知书",
    (Variable("case_no", "案号"), Variable("applicant", "申请人", "party"), Variable("organ", "机关"),
     Variable("date", "成文日期", "date"), Variable("accepted_on", "受理日期", "date"),
     Variable("days", "日数", "number", required=False, choices=(5, 10)),
     Variable("due", "期限", "date", versions=frozenset({"2017"}))),
    body, versions=frozenset({"2017", "2023"}), recipient="applicant",
)  # fmt: skip
GIVEN: dict[str, Any] = {
    "case_no": "甲〔2024〕1号", "applicant": "张示例", "organ": "示例局", "date": date(2024, 2, 6),
    "accepted_on": date(2024, 2, 6),
}  # fmt: skip


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in GIVEN.items() if name not in names}


def test_a_complete_set_of_values_makes_the_document() -> None:
    made = draft(TEMPLATE, GIVEN, "2023")
    assert (made.title, made.number, made.recipient, made.signer) == (
        "示例通知书",
        "甲〔2024〕1号",
        "张示例",
        "示例局",
    )
    assert made.blocks == (Paragraph("张示例于2024年2月6日"),)
    assert (made.layout, made.sealed, made.check, made.imprint) == (Layout.CASE, True, None, None)


def test_all_problems_are_told_at_once_in_chinese() -> None:
    values = {**without("organ", "date"), "accepted_on": "2024-02-06", "days": 7}
    with pytest.raises(TemplateError) as refused:
        draft(TEMPLATE, values, "2023")
    assert [(p.reason, p.name) for p in refused.value.problems] == [
        ("missing", "organ"), ("missing", "date"), ("wrong_kind", "accepted_on"), ("wrong_kind", "days"),
    ]  # fmt: skip
    assert str(refused.value) == (
        "《示例通知书》无法制作：缺少“机关”（organ）；缺少“成文日期”（date）；“受理日期”（accepted_on）应为日期；"
        "“日数”（days）应为下列之一：5、10"
    )


@pytest.mark.parametrize("empty", [None, "", (), []])
def test_an_empty_value_is_a_missing_one(empty: object) -> None:
    assert [p.reason for p in check(TEMPLATE, {**GIVEN, "applicant": empty}, "2023")] == ["missing"]


def test_a_variable_of_another_version_is_not_asked_for() -> None:
    assert check(TEMPLATE, GIVEN, "2023") == ()
    assert [p.name for p in check(TEMPLATE, GIVEN, "2017")] == ["due"]


def test_a_version_that_has_no_such_document_is_refused() -> None:
    with pytest.raises(TemplateError, match="《示例通知书》不适用于1999版程序"):
        draft(TEMPLATE, GIVEN, "1999")


def test_unknown_values_are_ignored() -> None:
    assert draft(TEMPLATE, {**GIVEN, "other": object()}, "2023") == draft(TEMPLATE, GIVEN, "2023")


def test_copies_make_an_imprint_and_a_check_address_a_code() -> None:
    made = draft(
        TEMPLATE,
        {**GIVEN, "cc": ["甲局"], "office": "办公室", "check_url": "https://a.example", "check_code": "K"},
        "2023",
    )
    assert made.imprint == Imprint("办公室", date(2024, 2, 6), ("甲局",))
    assert made.check == CheckCode("https://a.example", "K")


def test_a_number_of_its_own_goes_before_the_case_number() -> None:
    assert draft(TEMPLATE, {**GIVEN, "number": "甲意〔2024〕2号"}, "2023").number == "甲意〔2024〕2号"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "甲", ["", "  ", 1, ["甲"]]),
        ("date", date(2024, 1, 1), ["2024-01-01", 20240101]),
        ("number", 0, ["1", True, 1.0]),
        ("flag", False, [0, "是"]),
        ("texts", ["甲", "乙"], [[1], ["甲", ""], 5]),
        ("texts", "甲", [b"x"]),
        ("party", {"name": "甲"}, [{"kind": "person"}, [], [{}], 5]),
        ("party", ["甲", {"name": "乙"}], [["甲", 1]]),
        ("rows", [["甲", ""]], [[1], ["甲"], "甲"]),
        ("said", [{"party": "申请人", "text": "甲"}], [[{"party": "申请人"}], {"party": "甲", "text": "乙"}]),
    ],
)  # fmt: skip
def test_kinds(kind: Any, good: object, bad: list[object]) -> None:
    variable = Variable("x", "某项", kind)
    assert variable.problem({"x": good}) is None
    for value in bad:
        assert variable.problem({"x": value}) is not None, value


def test_a_set_finds_by_code_and_names_what_there_is() -> None:
    templates = TemplateSet("line", (TEMPLATE,))
    assert templates.codes() == ("notice",)
    assert templates.draft("notice", GIVEN, "2023") == draft(TEMPLATE, GIVEN, "2023")
    with pytest.raises(KeyError, match=r"line 没有文书模板“other”。可用的有：notice"):
        templates["other"]


@pytest.mark.parametrize(
    ("party", "you"),
    [
        ("甲", "你（单位）"),
        ({"name": "甲", "kind": "person"}, "你"),
        ({"name": "甲", "kind": "organisation"}, "你单位"),
        ({"name": "甲", "kind": "organ"}, "你机关"),
        (["甲", "乙"], "你们"),
    ],
)
def test_how_the_addressee_is_spoken_to(party: object, you: str) -> None:
    assert Values({"applicant": party}, "2023").you("applicant") == you


def test_parties_are_introduced_with_what_is_known() -> None:
    person = {
        "name": "张示例",
        "kind": "person",
        "gender": "男",
        "born": date(1985, 3, 2),
        "address": "某路1号",
        "agents": ["李样本，律师"],
    }
    company = {
        "name": "样本公司",
        "kind": "organisation",
        "credit_code": "X",
        "representative": "赵样张",
        "post": "经理",
    }
    lines = introduced(Values({"p": [person, company, "王样例"]}, "2023"), "p", "申请人")
    assert [(line.lead, line.text) for line in lines] == [
        ("申请人：", "张示例，男，1985年3月2日出生，住某路1号。"),
        ("委托代理人：", "李样本，律师。"),
        ("申请人：", "样本公司，统一社会信用代码：X。"),
        ("法定代表人（负责人）：", "赵样张，经理。"),
        ("申请人：", "王样例。"),
    ]


def test_an_absent_party_is_not_introduced() -> None:
    assert introduced(Values({}, "2023"), "third_party", "第三人") == ()
