"""Figures are led to their indicator by words, never by value."""

import pytest

from yifa.statistics.checker.context import Reader
from yifa.statistics.checker.figures import figures
from yifa.statistics.checker.match import Candidate, match, pairs

CANDIDATES = [
    Candidate("cases", "全年新收复议案件", "count", "件"),
    Candidate("laws", "推动制定的地方性法规", "count", "件"),
    Candidate("rules", "推动制定的政府规章", "count", "件"),
    Candidate("areas", "示范创建推荐的综合地区", "count", "个"),
    Candidate("items", "示范创建推荐的单项", "count", "个"),
    Candidate("success", "人民调解成功率", "rate", "%"),
    Candidate("mediated", "人民调解案件", "count", "件"),
    Candidate("rank", "律师人数在各大城市的排名", "rank", "名"),
    Candidate("lawyers", "全市律师人数", "count", "人"),
    Candidate("streak", "考评连续获评优秀的年数", "count", "年"),
    Candidate("calls", "法律咨询", "count", "人次"),
]


def keys(text: str) -> list[str | None]:
    return [m.candidate.key if m else None for m in match(text, figures(text), CANDIDATES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年新收复议案件871件。", ["cases"]),
        ("新收行政复议案件871宗。", ["cases"]),
        ("推动制定地方性法规6件、政府规章3件。", ["laws", "rules"]),
        ("示范创建推荐2个综合地区和6个单项。", ["areas", "items"]),
        ("办理人民调解案件9万件，成功率97.1%。", ["mediated", "success"]),
        ("全市律师人数达1.9万人，稳居各大城市第四。", ["lawyers", "rank"]),
        ("在考评中连续5年获评优秀。", ["streak"]),
        ("新收复议案件12100件，首次突破万宗。", ["cases", "cases"]),
        ("提供法律咨询8万人次。", ["calls"]),
        ("举办运动会3场。", [None]),
        ("食堂就餐满意率98%。", [None]),
    ],
)
def test_led_to_the_indicator(text: str, expected: list[str | None]) -> None:
    assert keys(text) == expected


def test_the_value_plays_no_part() -> None:
    right = "推动制定地方性法规6件、政府规章3件。"
    assert keys(right) == keys(right.replace("6", "9999").replace("3", "6"))


def test_a_rank_that_says_which_of_a_count_are_meant_has_no_indicator_of_its_own() -> None:
    assert keys("8项指标中有7项在各大城市排名第一。")[-1] is None


def test_one_indicator_once_in_a_sentence_but_again_in_another() -> None:
    assert keys("新收复议案件871件、872件。").count("cases") == 1
    assert keys("新收复议案件871件。新收复议案件872件。") == ["cases", "cases"]


def test_pairs_leave_out_what_binds_nothing() -> None:
    assert pairs("告知承诺的案件") == ["告知", "知承", "承诺", "案件"]
    assert pairs("省内名次") == pairs("全省排名")


TEXT = "总述8件。\n一、第一部分\n主题一。全市收案30件,其中听证2件;超过上年。又一句5件。\n二、第二部分\n主题二。共4件"


def test_places_are_given_for_people() -> None:
    found = figures(TEXT)
    reader = Reader(TEXT, found)
    assert [(f.text, *reader.place(f)) for f in found] == [
        ("8件", 1, 3, "", 1),
        ("30件", 3, 9, "一、第一部分", 2),
        ("2件", 3, 17, "一、第一部分", 2),
        ("5件", 3, 28, "一、第一部分", 3),
        ("4件", 5, 6, "二、第二部分", 2),
    ]


def test_the_context_goes_from_near_to_wide() -> None:
    found = figures(TEXT)
    context = Reader(TEXT, found).context(found[2])
    assert context.before == "其中听证"
    assert context.previous == "全市收案30件"
    assert context.clause == "其中听证2件"
    assert context.sentence == "全市收案30件,其中听证2件;超过上年"
    assert context.topic == "主题一一、第一部分"
