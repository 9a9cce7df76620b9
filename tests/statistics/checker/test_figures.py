"""What is a figure in a Chinese text, what is none, and how exactly it is said."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.statistics.checker.figures import Figure, claims, figures, words

# text → (as written, kind, value, unit, op)
ONE = {
    "全年新收案件8642件": ("8642件", "count", "8642", "件", "="),
    "全年新收案件８６４２件": ("８６４２件", "count", "8642", "件", "="),
    "新收案件8,642件": ("8,642件", "count", "8642", "件", "="),
    "新收案件八千六百四十二件": ("八千六百四十二件", "count", "8642", "件", "="),
    "公示信息320万余宗": ("320万余宗", "count", "3200000", "宗", ">"),
    "公示信息20余万宗": ("20余万宗", "count", "200000", "宗", ">"),
    "受理申请3万多人": ("3万多人", "count", "30000", "人", ">"),
    "服务超12万件次": ("超12万件次", "count", "120000", "件次", ">"),
    "律师人数突破1.8万人": ("突破1.8万人", "count", "18000", "人", ">"),
    "报名人数首次突破3万人": ("首次突破3万人", "count", "30000", "人", ">"),
    "收案首次突破万宗": ("首次突破万宗", "count", "10000", "宗", ">"),
    "接待上千人次": ("上千人次", "count", "1000", "人次", ">="),
    "办理近1.5万件": ("近1.5万件", "count", "15000", "件", "~"),
    "培训约300人": ("约300人", "count", "300", "人", "≈"),
    "培训300人左右": ("300人左右", "count", "300", "人", "≈"),
    "每村至少选聘2名": ("2名", "count", "2", "名", ">="),
    "不少于2名": ("不少于2名", "count", "2", "名", ">="),
    "50人以上": ("50人以上", "count", "50", "人", ">="),
    "标准调整为2890元/月": ("2890元/月", "count", "2890", "元/月", "="),
    "缩减至3个工作日": ("3个工作日", "count", "3", "个工作日", "="),
    "两项指标": ("两项", "count", "2", "项", "="),
    "新增，5家": ("5家", "count", "5", "家", "="),
    "成功率达96.31%": ("96.31%", "rate", "96.31", "%", "="),
    "成功率百分之九十六点三": ("百分之九十六点三", "rate", "96.3", "%", "="),
    "超七成纠纷": ("超七成", "rate", "70", "%", ">"),
    "七成半以上": ("七成半以上", "rate", "75", "%", ">="),
    "实现街镇站点全覆盖": ("全覆盖", "rate", "100", "%", "="),
    "排名全省第三": ("第三", "rank", "3", "名", "="),
    "得分位居全国第2名": ("第2名", "rank", "2", "名", "="),
    "数量居全省首位": ("首位", "rank", "1", "名", "="),
    "连续6年获评优秀": ("连续6年", "streak", "6", "年", "="),
    "《甲》《乙》等文章发表": ("《甲》《乙》等文章", "count", "2", "篇", ">="),
}
NONE = [
    "2023年12月31日", "2021-2022年度", "规划（2023—2025年）", "第三批名单", "第十三届大会", "第35条", "第一时间办理", "一把手负责", "一个部门",
    "一批案例", "一部门一品牌", "“1+5+7”机制", "“1310”部署", "“百所联百会”活动", "《三十条措施》", "两个维护", "落实八项规定", "12348热线",
    "万众一心", "建成中心", "推进法律援助全覆盖", "二等奖", "十大案例", "二十大精神", "三成员单位", "万件化一", "第五名单", "编号2023001",
    "一站式", "两级法院", "10月", "《甲》等制度", "1.2.3版",
]  # fmt: skip


def said(figure: Figure) -> tuple[str, str, str, str, str]:
    return figure.text, figure.kind, str(figure.value), figure.unit, figure.op


@pytest.mark.parametrize(("text", "expected"), ONE.items())
def test_one_figure_is_found_as_written(text: str, expected: tuple[str, ...]) -> None:
    assert [said(f) for f in figures(f"本市{text}。")] == [expected]


@pytest.mark.parametrize("text", NONE)
def test_no_figure_is_invented(text: str) -> None:
    assert [f.text for f in figures(f"本市{text}。")] == []


def test_figures_of_a_sentence_come_in_order_and_apart() -> None:
    text = "制定法规14件、规章11件，其中近九成经过听证，数量居全省第二，连续3年增长，首次突破20件。"
    assert [f.text for f in figures(text)] == ["14件", "11件", "近九成", "第二", "连续3年", "首次突破20件"]


@pytest.mark.parametrize(
    ("text", "step"),
    [("11563件", "1"), ("9.22万人次", "100"), ("410万宗", "10000"), ("97.42%", "0.01"), ("八成", "10"), ("三千二百件", "100")],
)  # fmt: skip
def test_a_figure_knows_how_exactly_it_is_written(text: str, step: str) -> None:
    assert figures(text)[0].step == Decimal(step)


def test_first_time_is_kept() -> None:
    assert [f.first for f in figures("首次突破2万人，突破3万人")] == [True, False]


def test_units_do_not_run_into_other_words() -> None:
    assert [f.unit for f in figures("8个部门、3部门、5部作品、4名单位")] == ["个", "部门", "部"]


def test_every_word_in_the_tables_is_used() -> None:
    for word, op in words()["before"].items():
        found = figures(f"办理{word}30件")
        assert [(f.text, f.op) for f in found] == [(f"{word}30件", op)]
    for word, op in words()["after"].items():
        text = f"30{word}件" if word in "余多" else f"30件{word}"
        assert [(f.text, f.op) for f in figures(text)] == [(text, op)]
    for unit in words()["units"]:
        assert [f.unit for f in figures(f"共23{unit}。")] == [unit]
    for phrase in words()["set_phrases"]:
        assert figures(f"坚持{phrase}。") == []


def test_claims_are_listed_and_not_judged() -> None:
    assert [c.text for c in claims("出台全国首个清单，首次召开会议，在全省率先开展")] == [
        "全国首个",
        "首次",
        "在全省率先",
    ]


@given(
    st.text(
        alphabet="第一二三十百千万亿两余多近超成件人次%.,，。0123456789“”《》年\n首位居全省连续实现全覆盖等文章",
        max_size=60,
    )
)
def test_whatever_the_text_figures_stand_in_it_apart(text: str) -> None:
    found = figures(text)
    assert all(text[f.start : f.end] == f.text and f.text for f in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.integers(2, 9_999_999), st.sampled_from(["件", "宗", "人次", "家", "名"]))
def test_any_count_is_found_again(number: int, unit: str) -> None:
    assert [(f.value, f.unit) for f in figures(f"全年共办理{number:,}{unit}，同比增长。")] == [
        (Decimal(number), unit)
    ]
