"""The citation audit: places and numbers, against a law text written for the test; the registry of citations."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.kernel_line import TEST_LINE
from yifa import registry
from yifa.audit import texts as audited
from yifa.audit.citations import Cited, citations, counting_rules, stated_lengths
from yifa.audit.texts import Verdict, articles, audit, states
from yifa.cli import main
from yifa.language.clocks import Clock, Extension, Nature, Start, on, starts_on
from yifa.language.line import Line
from yifa.language.records import DrawDeclaration, Register
from yifa.language.values import By, ByDate, First, Fixed, IfFact, IfField, Sized, by_version
from yifa.law.citation import Practice, Source, both
from yifa.law.statute import Length, statute

L23, L17 = statute("L23"), statute("L17")

TEXT = """# 试验法

<!-- INFO END -->

## 第一章 总 则

第一条 为了试验，制定本法。

第三十条 机关收到申请后，应当在五日内进行审查。符合下列规定的，应当受理：

（一）有明确的申请人；

（二）有具体的请求，

1.书面的；

2.口头的。

期限届满未作决定的，自届满之日起视为受理。

第三十一条 申请不齐全的，三个月内补正；逾期一年的，不再处理。

第三十一条之一 补充规定，二十日内答复。
"""
LAW = {"行政复议法(2023-09-01).md": articles(TEXT)}


@pytest.mark.parametrize(
    ("place", "verdict"),
    [
        ((1,), Verdict.OK), ((30,), Verdict.OK), ((30, 1), Verdict.OK), ((30, 2), Verdict.OK), ((30, 3), Verdict.NO_PLACE),
        ((30, 1, 1), Verdict.OK), ((30, 1, 2), Verdict.OK), ((30, 1, 3), Verdict.NO_PLACE), ((30, 2, 1), Verdict.NO_PLACE),
        ((30, None, 2), Verdict.OK), ((30, None, 9), Verdict.NO_PLACE), ((2,), Verdict.NO_PLACE), ((99, 1), Verdict.NO_PLACE),
    ],
)  # fmt: skip
def test_places(place: tuple[int, ...], verdict: Verdict) -> None:
    ((_, found),) = audit(Cited("x", L23.art(*place)), LAW)
    assert found is verdict


def test_an_inserted_article() -> None:
    assert [v for _, v in audit(Cited("x", L23.art(31, sub=1), (L23.days(60).times(20),)), LAW)] == [
        Verdict.OK
    ]


@pytest.mark.parametrize(
    ("cite", "length", "verdict"),
    [
        ((30, 1), L23.days(5), Verdict.OK), ((30, 1), L23.days(7), Verdict.NO_NUMBER), ((30, 2), L23.days(5), Verdict.NO_NUMBER),
        ((31,), L23.months(3), Verdict.OK), ((31,), L23.years(1), Verdict.OK), ((31,), L23.years(2), Verdict.NO_NUMBER),
    ],
)  # fmt: skip
def test_numbers(cite: tuple[int, ...], length: Length, verdict: Verdict) -> None:
    assert [v for _, v in audit(Cited("x", L23.art(*cite), (length,)), LAW)] == [verdict]


def test_one_of_several_cites_may_state_the_number() -> None:
    cited = Cited("x", both(L23.art(30, 2), L23.art(30, 1)), (L23.days(5),))
    assert [v for _, v in audit(cited, LAW)] == [Verdict.OK, Verdict.OK]


def test_what_cannot_be_audited() -> None:
    assert [v for _, v in audit(Cited("x", L17.art(1), (L17.days(5),)), LAW)] == [Verdict.NO_TEXT]
    assert [v for _, v in audit(Cited("x", statute("CPL").art(1)), LAW)] == [Verdict.NO_TEXT]
    assert list(audit(Cited("x", Practice("习惯")), LAW)) == []
    assert list(audit(Cited("x", None), LAW)) == []


@pytest.mark.parametrize(
    ("text", "length", "stated"),
    [
        ("六十日内", L23.days(60), True), ("60日内", L23.days(60), True), ("五个工作日", L23.days(5), True), ("两年", L23.years(2), True),
        ("十五日内", L23.days(5), False), ("二十日内", L23.days(10), False), ("7月1日", L23.days(60).times(1), False),
        ("2017年", L23.years(7), False), ("自1日起", L23.days(60).times(1), True), ("“十日”的规定", L23.days(10), True), ("二十四小时", L23.hours(24), True), ("六个月", L23.months(6), True), ("六月", L23.months(6), False),
        ("七日", L23.days(60), False),
    ],
)  # fmt: skip
def test_how_numbers_are_written(text: str, length: Length, stated: bool) -> None:
    assert states(text, length) is stated


# ------------------------------------------------------------------------------------------ what a rule claims


@pytest.mark.parametrize(
    ("value", "lengths"),
    [
        (L23.days(5), (L23.days(5),)),
        (by_version(v1=L23.days(5), v2=L23.days(60)), (L23.days(5), L23.days(60))),
        (By("fact:x", {1: L23.days(5)}, L23.days(7)), (L23.days(5), L23.days(7))),
        (First((Fixed(None, "函定"), L23.days(5))), (L23.days(5),)),
        (ByDate(((date(2020, 1, 1), L23.days(5)), (date(2024, 1, 1), L23.days(5)))), (L23.days(5),)),
        (IfFact("x", L23.days(5), L23.days(7)), (L23.days(5), L23.days(7))),
        (IfField("x", L23.days(5), L23.days(7)), (L23.days(5), L23.days(7))),
        (Sized(10, L23.days(60)), ()),
        (Fixed(None, "函定"), ()),
        (None, ()),
    ],
)
def test_only_lengths_taken_from_the_law_are_claimed(value: object, lengths: tuple[Length, ...]) -> None:
    assert stated_lengths(value) == lengths


def line_of(clock: Clock) -> Line:
    """The test line with this clock alone."""
    names = [name for name in TEST_LINE.__dataclass_fields__ if not name.startswith("_")]
    kept = {name: getattr(TEST_LINE, name) for name in names}
    return Line(**{**kept, "clocks": (clock,), "effects": (), "final_when": frozenset({"open"})})


def clock(cite: Source, length: object, *starts: Start, cap: int | None = None) -> Clock:
    extensions = (Extension(on("lengthen"), cap=cap),) if cap else ()
    return Clock(code="opening", title="审查", nature=Nature.MONITOR, starts=starts or (starts_on("receive"),),
                 length=length, cite=cite, extensions=extensions)  # fmt: skip


def wrong(clock: Clock) -> list[str]:
    """Places of the clock at which the law text does not state the number."""
    return [
        cited.place
        for cited in citations(line_of(clock))
        if cited.place.startswith("test.opening") and Verdict.NO_NUMBER in [v for _, v in audit(cited, LAW)]
    ]


@pytest.mark.parametrize(
    ("clock", "places"),
    [
        (clock(L23.art(30, 1), L23.days(5)), []),
        (clock(L23.art(30, 2), L23.days(5)), ["test.opening"] * 2),
        (clock(L23.art(30, 1), Sized(10, L23.days(60))), []),
        (clock(L23.art(30, 1), L17.days(60)), []),
        (clock(By("fact:x", {1: L23.art(30, 1), 2: L23.art(31)}), By("fact:x", {1: L23.days(5), 2: L23.months(3)})), []),
        (clock(By("fact:x", {1: L23.art(30, 1)}), By("fact:x", {1: L23.days(5), 2: L23.months(3)})), ["test.opening"]),
        (clock(By("fact:x", {1: L23.art(30, 1), 2: L23.art(1)}), L23.days(5)), ["test.opening"]),
        (clock(L23.art(31), None, starts_on("receive", length=L23.years(1)), starts_on("open", length=L23.years(2))), ["test.opening"] * 2),
        (clock(L23.art(31), L23.months(3), starts_on("receive", length=L23.days(5), cite=L23.art(30, 1))), []),
        (clock(L23.art(31), L23.months(3), cap=1), ["test.opening.lengthen"]),
        (clock(L23.art(31), L23.months(3), cap=3), []),
    ],
)  # fmt: skip
def test_clocks_against_the_text(clock: Clock, places: list[str]) -> None:
    assert wrong(clock) == places


def test_the_statutes_own_counting_is_audited_too() -> None:
    rules = {cited.place: cited for cited in counting_rules()}
    assert [n.number for n in rules["《行政复议法》(2023)工作日"].numbers] == [3, 5, 7, 10]
    assert str(rules["《行政复议法》(2023)工作日"].source) == "《行政复议法》(2023)第八十八条第二款"
    assert str(rules["《行政复议法》(2017)末日顺延"].source).startswith("《民事诉讼法》")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("**第一条** 甲。\n\n第二条　乙。", ["一", "二"]),
        ("第一条 依照第二条规定办理。\n第二条规定的除外。\n第二条 乙。", ["一", "二"]),
        ("第一百零五条 甲。", ["一百零五"]),
        ("# 第一章\n第一条甲。", []),
    ],
)
def test_where_articles_begin(text: str, keys: list[str]) -> None:
    assert [numeral for numeral, _ in articles(text)] == keys


def test_items_in_any_brackets_and_paragraphs_after_them() -> None:
    (article,) = articles("第一条 甲：\n(一)子；\n（二）丑。\n\u200b\n乙。").values()
    assert [(text, list(items)) for text, items in article.paragraphs] == [
        ("甲：", ["一", "二"]),
        ("乙。", []),
    ]


# ------------------------------------------------------------------------------------------ the lines themselves


def all_citations() -> Iterator[Cited]:
    for code in registry.known():
        yield from citations(registry.line(code))


def test_every_rule_names_its_source_or_says_that_there_is_none() -> None:
    silent = [cited.place for cited in all_citations() if cited.source is None or not str(cited.source)]
    assert silent == []
    assert len(list(all_citations())) > 100


def test_a_rule_without_a_source_is_seen() -> None:
    register = Register("list", "名录", TEST_LINE.actions[0].inputs, ("received_on",), {}, (), ())
    draw = DrawDeclaration("lot", "抽取", "list", "1", Practice("抽取办法"))
    names = [name for name in TEST_LINE.__dataclass_fields__ if not name.startswith("_")]
    kept = {name: getattr(TEST_LINE, name) for name in names}
    found = {
        c.place: c.source for c in citations(Line(**{**kept, "registers": (register,), "draws": (draw,)}))
    }
    assert found["test.list"] is None
    assert str(found["test.lot"]) == "实务规则（无法条）：抽取办法"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "known", lambda: ("reconsideration",))
    (tmp_path / "行政复议法(2023-09-01).md").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["law", "audit", "--texts", str(tmp_path)])
    assert done.exit_code == 1
    assert "条款不存在：reconsideration." in done.output
    listed = CliRunner().invoke(main, ["law", "citations"])
    assert "permits.lawyers.suspend" in listed.output  # of an owner that has no line yet
    assert "reconsideration.accept  《行政复议法》(2023)第三十条第一款" in listed.output


def test_with_no_texts_nothing_is_found_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["law", "audit", "--texts", str(tmp_path), "--all"])
    assert done.exit_code == 0
    assert "无文本可核" in done.output
    assert audited.load_texts({}) == {}


# The law texts are not part of the project; a copy may lie beside the checkout, or wherever the variable says.
AT_HAND = Path(
    os.environ.get("YIFA_LAW_TEXTS") or Path(__file__).resolve().parents[2].parent / "shared" / "law"
)


@pytest.mark.skipif(not AT_HAND.is_dir(), reason="no folder of law texts (../shared/law, or YIFA_LAW_TEXTS)")
def test_the_lines_agree_with_the_law_texts_at_hand() -> None:
    done = CliRunner().invoke(main, ["law", "audit", "--texts", str(AT_HAND)])
    assert done.exit_code == 0, done.output
    found = re.fullmatch(r"相符(\d+)处.*无文本可核(\d+)处", done.output.strip().splitlines()[-1])
    assert found is not None
    assert int(found[1]) > int(found[2]) > 0  # most of what is cited can be checked


@pytest.mark.skipif(not AT_HAND.is_dir(), reason="no folder of law texts (../shared/law, or YIFA_LAW_TEXTS)")
@pytest.mark.parametrize(
    ("source", "numbers", "verdict"),
    [
        (L23.art(62, 1), (L23.days(60),), Verdict.OK),
        (L23.art(62, 1), (L23.days(90),), Verdict.NO_NUMBER),
        (L23.art(162), (), Verdict.NO_PLACE),
        (L23.art(62, 3), (), Verdict.NO_PLACE),
        (L23.art(30, 1, 8), (), Verdict.NO_PLACE),
        (L17.art(23, 1), (L17.days(10),), Verdict.OK),
        (L17.art(23, 1), (L17.days(7),), Verdict.OK),
        (L17.art(23, 1), (L17.days(5),), Verdict.NO_NUMBER),
    ],
)
def test_a_wrong_citation_is_found_in_the_texts_at_hand(
    source: Source, numbers: tuple[Length, ...], verdict: Verdict
) -> None:
    texts = audited.load_texts({path.name: path.read_text(encoding="utf-8") for path in AT_HAND.glob("*.md")})
    assert [found for _, found in audit(Cited("x", source, numbers), texts)] == [verdict]
