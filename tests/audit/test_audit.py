"""The citation audit: places and numbers, against a law text written for the test; the registry of citations."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from yifa import registry
from yifa.audit import texts as audited
from yifa.audit.citations import Cited, citations
from yifa.audit.texts import Verdict, articles, audit, states
from yifa.cli import main
from yifa.law.citation import Practice, both
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


# ------------------------------------------------------------------------------------------ the lines themselves


def all_citations() -> Iterator[Cited]:
    for code in registry.known():
        yield from citations(registry.line(code))


def test_every_rule_names_its_source_or_says_that_there_is_none() -> None:
    silent = [cited.place for cited in all_citations() if cited.source is None or not str(cited.source)]
    assert silent == []
    assert len(list(all_citations())) > 100


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "known", lambda: ("reconsideration",))
    (tmp_path / "行政复议法(2023-09-01).md").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["law", "audit", "--texts", str(tmp_path)])
    assert done.exit_code == 1
    assert "条款不存在：reconsideration." in done.output
    listed = CliRunner().invoke(main, ["law", "citations"])
    assert "reconsideration.accept  《行政复议法》(2023)第三十条第一款" in listed.output


def test_with_no_texts_nothing_is_found_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["law", "audit", "--texts", str(tmp_path), "--all"])
    assert done.exit_code == 0
    assert "无文本可核" in done.output
    assert audited.load_texts({}) == {}
