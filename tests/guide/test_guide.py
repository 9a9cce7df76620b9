"""The guide of a procedure and its diagram: complete, readable, and drawn from the declaration alone."""

import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.kernel_line import TEST_LINE
from yifa import registry
from yifa.cli import main
from yifa.guide.diagram import assign, label, rows, svg, text_width
from yifa.guide.lengths import length_text, words
from yifa.guide.moves import Move, moves, notes, openings
from yifa.guide.text import guide
from yifa.language.line import Line
from yifa.language.records import ParameterDeclaration, ParameterValue, Stage
from yifa.language.values import By, ByDate, Fact, Field, First, Fixed, Parameter, Sized, by_version
from yifa.law.statute import statute

LINES = registry.known()
D20, D24, L23 = date(2020, 1, 1), date(2024, 1, 1), statute("L23")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("code", LINES)
def test_the_guide_names_everything_the_line_declares(code: str) -> None:
    line = registry.line(code)
    text = "\n".join(guide(line))
    for item in (*line.stages, *line.actions, *line.clocks, *line.effects, *line.documents, *line.tables):
        assert item.title in text, item.code
    assert all(advice.answer in text and advice.question in text for advice in line.advice)
    assert "{" not in text
    assert "None" not in text


def drawn(line: Line) -> ET.Element:
    """The diagram, parsed."""
    return ET.fromstring(svg(line))  # noqa: S314


def texts(root: ET.Element) -> list[tuple[float, float, float, str]]:
    """Every text as (left, right, baseline, text)."""
    found = []
    for node in root.iter(f"{SVG}text"):
        words, size = "".join(node.itertext()), int(node.get("font-size", 0))
        width, x = text_width(words, size), float(node.get("x", 0))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[node.get("text-anchor", "start")]
        found.append((left, left + width, float(node.get("y", 0)), words))
    return found


def boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """Every stage as (left, top, right, bottom)."""
    rects = [n for n in root.iter(f"{SVG}rect") if n.get("rx")]
    sides = [[float(n.get(name, 0)) for name in ("x", "y", "width", "height")] for n in rects]
    return [(x, y, x + w, y + h) for x, y, w, h in sides]


@pytest.mark.parametrize("code", LINES)
def test_the_diagram_names_every_stage_and_every_act_that_moves_a_case(code: str) -> None:
    line = registry.line(code)
    words = " ".join(text for *_, text in texts(drawn(line)))
    for stage in line.stages:
        assert stage.title in words, stage.code
    for move in moves(line):
        assert move.titles[0] in words, move
    assert len(boxes(drawn(line))) == len(line.stages)


@pytest.mark.parametrize("code", LINES)
def test_nothing_in_the_diagram_overlaps_or_leaves_it(code: str) -> None:
    root = drawn(registry.line(code))
    stages, words = boxes(root), texts(root)
    for index, (_, top, _, bottom) in enumerate(stages):
        assert all(bottom < other[1] or other[3] < top for other in stages[:index])
    for index, (left, right, y, _) in enumerate(words):
        assert 0 <= left < right <= float(root.get("width", 0))
        assert 0 < y < float(root.get("height", 0))
        assert all(abs(y - b) >= 12 or right <= a or c <= left for a, c, b, _ in words[:index])


@pytest.mark.parametrize("code", LINES)
def test_lanes_on_one_line_do_not_touch(code: str) -> None:
    picture = [(lane.place, lane.top, lane.bottom) for lane in assign(tuple(rows(registry.line(code))))]
    assert picture
    for index, (place, top, bottom) in enumerate(picture):
        others = [(a, b) for p, a, b in picture[:index] if p == place]
        assert all(bottom < a or b < top for a, b in others)


def test_texts_are_escaped_and_measured() -> None:
    assert text_width("审理ab", 10) == 32
    assert "&lt;" in svg(renamed(TEST_LINE, "active", "a<b"))


def renamed(line: Line, code: str, title: str) -> Line:
    """The line with another title for one stage."""
    stages = tuple(Stage(s.code, title if s.code == code else s.title, s.open, s.track) for s in line.stages)
    names = [name for name in line.__dataclass_fields__ if not name.startswith("_")]
    return Line(**{**{name: getattr(line, name) for name in names}, "stages": stages})


def test_lengths_in_words() -> None:
    found = {clock.code: length_text(TEST_LINE, clock) for clock in TEST_LINE.clocks}
    assert found["opening"] == "5个工作日"
    assert found["work"] == "slow 60日，fast 30日"
    assert found["consultation"] == "函定期限"
    assert found["rush"] == "24小时"
    reconsideration = registry.line("reconsideration")
    clock = reconsideration.clock("respondent_reply")
    assert clock is not None
    assert length_text(reconsideration, clock) == (
        "行政复议法（2023年修订） 普通程序 10个工作日，简易程序 5个工作日，行政复议法（2017年修正） 10日"
    )


RATE = ParameterDeclaration(
    "rate", "补正日数", "日", (ParameterValue(D20, 10, "缺省"), ParameterValue(D24, 12, "新"))
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (L23.days(60), "60日"),
        (by_version(vold=L23.days(60), vnew=L23.days(60)), "60日"),
        (by_version(vold=L23.days(7), vnew=L23.days(60)), "old版 7个工作日，new版 60日"),
        (ByDate(((D20, L23.days(5)), (D24, L23.months(2)))), "2020年1月1日起 5个工作日，2024年1月1日起 2个月"),
        (By("fact:x", {"a": L23.days(60)}, L23.years(1)), "a 60日，其他 1年"),
        (Fixed(Field("due_on"), "决定书确定的日期"), "决定书确定的日期"),
        (Sized(Parameter("rate"), L23.days(60)), "本地参数“补正日数”，现为12（日）"),
        (Sized(Field("days", Parameter("rate")), L23.workdays(5)), "文书确定的日数，未定的为本地参数“补正日数”，现为12（工作日）"),
        (Sized(First((Parameter("nobody"), 5)), L23.days(60)), "本地参数（日）"),
        (Sized(First((5,)), L23.days(60)), "5（日）"),
        (Sized(Fact("days"), L23.days(60)), "本案确定的日数（日）"),
        (Sized(lambda view, event: 5, L23.days(60)), "依法计算的日数（日）"),
        (First((Fixed(Field("due_on"), "法定期限"), L23.days(60))), "法定期限，否则60日"),
        (None, "依情形而定"),
    ],
)  # fmt: skip
def test_every_kind_of_length_in_words(value: object, text: str) -> None:
    names = [name for name in TEST_LINE.__dataclass_fields__ if not name.startswith("_")]
    line = Line(**{**{name: getattr(TEST_LINE, name) for name in names}, "parameters": (RATE,)})
    assert words(line, value) == text


def test_lengths_of_several_starts_say_from_when() -> None:
    mediation = registry.line("mediation")
    found = {clock.code: length_text(mediation, clock) for clock in mediation.clocks}
    assert found["health_mediation"] == "收到申请，决定是否受理：5个工作日；受理，完成调解：30个工作日"
    assert found["term_court_after"] == "普通程序 15日，简易程序 7日"
    text = "\n".join(guide(mediation))
    assert (
        "- 依据：《行政复议法》(2017)第九条第一款；《行政复议法》(2023)第二十条第一款" in text
    )  # of the start, not the clock
    assert "→ 行政复议（复议中可以调解）。依据：《行政复议法》(2023)第五条" in text
    assert text.count("### 多元解纷：先走哪扇门") == 1


def test_advice_comes_first_with_its_article() -> None:
    found = list(guide(registry.line("mediation")))
    assert found.index("## 先看这里") < found.index("## 阶段")
    assert (
        "**要花钱吗？** 不收取任何费用。有人向您收费，可以拒绝并举报。（《人民调解法》(2010)第四条）" in found
    )
    assert "## 先看这里" not in list(guide(TEST_LINE))


def test_moves_openings_and_notes() -> None:
    found = {(m.from_, m.to): m.titles for m in moves(TEST_LINE)}
    assert found[("new", "active")] == ("立案", "视为立案")
    assert found[("ended", "active")] == ("上级责令",)
    assert found[("asked", "replied")] == ("旁线回复",)
    assert not any(origin == target for origin, target in found)
    assert openings(TEST_LINE) == {"new": "收件", "asked": "旁线"}
    assert notes(TEST_LINE) == []
    assert any(note.startswith("提级审理") for note in notes(registry.line("reconsideration")))


def test_an_act_that_depends_on_the_stage_it_leaves_is_drawn_from_there_only() -> None:
    line = registry.line("litigation")
    found = {(m.from_, m.to): m.titles for m in moves(line)}
    assert found["awaiting_hearing", "heard"] == ("登记庭审",)
    assert ("appealing", "heard") not in found
    assert "一审判决生效" in found["judged", "effective"]
    assert "一审判决生效" not in found["appealing", "effective"]
    assert openings(line)["premediation"] == "委派、委托调解"


def test_many_acts_of_one_move_are_cut_short() -> None:
    assert label(TEST_LINE, Move("new", "active", ("甲", "乙", "丙"))) == "甲、乙、丙 → 办理"
    assert label(TEST_LINE, Move("new", "active", ("甲", "乙", "丙", "丁"))) == "甲、乙、丙等 → 办理"


def test_the_command(tmp_path: Path) -> None:
    target = tmp_path / "out" / "r.svg"
    done = CliRunner().invoke(main, ["procedure", "show", "reconsideration", "--svg", str(target)])
    assert done.exit_code == 0
    assert done.output.startswith("# 行政复议程序指南")
    assert target.read_text(encoding="utf-8").startswith("<svg")
    assert "reconsideration  行政复议" in CliRunner().invoke(main, ["procedure", "list"]).output
    wrong = CliRunner().invoke(main, ["procedure", "show", "moon"])
    assert wrong.exit_code == 2
    assert "没有“moon”这一业务条线" in wrong.output


@pytest.mark.parametrize("code", registry.known())
def test_a_guide_speaks_chinese_alone(code: str) -> None:
    assert re.findall(r"[A-Za-z_]{3,}", "\n".join(guide(registry.line(code)))) == []
