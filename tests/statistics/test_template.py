"""A template is checked as a whole: every mistake with file and line, nothing built until none is left."""

import pytest

from yifa import registry
from yifa.statistics.catalogue import catalogue
from yifa.statistics.report.build import _own_template
from yifa.statistics.report.template import Chart, Paragraph, Part, Ref, TemplateError, parse

LINES = ("reconsideration", "legal_aid")


def parsed(text: str) -> tuple[Part, ...]:
    return parse(text, "t.txt", catalogue(), LINES)


def test_parts_sentences_and_references() -> None:
    text = "// 说明\n序言。\n\n# 一、复议\n收到{{ reconsideration.accepted }}，{{year}}年。第二句{{ legal_aid.legal_aid_cases | 约 }}\n@chart reconsideration.accepted district"
    first, second = parsed(text)
    assert first == Part("", (Paragraph((("序言。",),)),))
    assert second.title == "一、复议"
    assert second.blocks == (
        Paragraph((("收到", Ref("reconsideration.accepted"), "，", Ref("year"), "年。"), ("第二句", Ref("legal_aid.legal_aid_cases", "约")))),
        Chart("reconsideration.accepted", "district"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("收到{{ reconsideration.nothing }}。", "没有指标“reconsideration.nothing”"),
        ("收到{{ nothing }}。", "没有指标“nothing”"),
        ("收到{{ Legal.aid }}。", "没有指标“Legal.aid”"),
        ("收到{{ reconsideration.accepted | 大概 }}。", "没有“大概”这种说法，可用的有：原数、约、超、成、首次突破、比上年"),
        ("全年11563件。", "数字“11563”不得直接写入，应引用指标"),
        ("全年１２件。", "数字“１２”不得直接写入，应引用指标"),
        ("收到{{ reconsideration.accepted 。", "引用的括号不成对"),
        ("@chart reconsideration.accepted", "看不懂“@chart reconsideration.accepted”，应为 @chart 指标 维度"),
        ("@picture a b", "看不懂“@picture a b”，应为 @chart 指标 维度"),
        ("@chart reconsideration.accepted stage", "reconsideration.accepted 不能按“stage”分列"),
        ("@chart reconsideration.nothing stage", "没有指标“reconsideration.nothing”"),
    ],
)  # fmt: skip
def test_mistakes_name_file_and_line(line: str, expected: str) -> None:
    with pytest.raises(TemplateError) as error:
        parsed(f"# 标题\n\n{line}\n")
    assert f"t.txt:3: {expected}" in str(error.value)


def test_all_mistakes_at_once() -> None:
    with pytest.raises(TemplateError) as error:
        parsed("收到{{ a }}、{{ b | c }}，共5件。\n@chart x\n")
    assert [line.strip().split(":")[1] for line in str(error.value).splitlines()[1:]] == [
        "1",
        "1",
        "1",
        "1",
        "2",
    ]


def test_names_of_programmes_may_hold_digits() -> None:
    assert parsed("入选“1+1”行动，依据《2021年规定》。")


def test_lines_that_are_not_there_yet_may_be_named() -> None:
    assert parsed("全年立法{{ legislation.local_rules }}。")


def test_our_own_template_is_sound_and_has_the_seven_parts() -> None:
    parts = parse(_own_template(), "annual.txt", catalogue(), registry.known())
    assert [part.title[:2] for part in parts] == ["概述", "一、", "二、", "三、", "四、", "五、", "六、"]
