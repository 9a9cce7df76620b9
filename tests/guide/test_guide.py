"""The guide of a procedure and its diagram: complete, readable, and drawn from the declaration alone."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.kernel_line import TEST_LINE
from yifa import registry
from yifa.cli import main
from yifa.guide.diagram import arrows, layers, notes, svg
from yifa.guide.text import guide, length_text

LINES = registry.known()


@pytest.mark.parametrize("code", LINES)
def test_the_guide_names_everything_the_line_declares(code: str) -> None:
    line = registry.line(code)
    text = "\n".join(guide(line))
    for item in (*line.stages, *line.actions, *line.clocks, *line.effects, *line.documents):
        assert item.title in text, item.code
    assert "{" not in text
    assert "None" not in text


@pytest.mark.parametrize("code", LINES)
def test_the_diagram_is_sound_and_holds_every_main_stage(code: str) -> None:
    line = registry.line(code)
    root = ET.fromstring(svg(line))  # noqa: S314
    texts = {"".join(node.itertext()) for node in root.iter() if node.tag.endswith("text")}
    for stage in line.stages:
        assert stage.track or stage.title in texts, stage.code


@pytest.mark.parametrize("code", LINES)
def test_boxes_do_not_overlap(code: str) -> None:
    root = ET.fromstring(svg(registry.line(code)))  # noqa: S314
    boxes = [
        (float(n.get("x", 0)), float(n.get("y", 0)))
        for n in root.iter()
        if n.tag.endswith("rect") and n.get("rx")
    ]
    assert len(boxes) == len(set(boxes))
    assert all(
        abs(x1 - x2) >= 168 or abs(y1 - y2) >= 44 for i, (x1, y1) in enumerate(boxes) for x2, y2 in boxes[:i]
    )


def test_lengths_in_words() -> None:
    words = {clock.code: length_text(TEST_LINE, clock) for clock in TEST_LINE.clocks}
    assert words["opening"] == "old版 5个工作日，new版 5个工作日"
    assert words["work"] == "slow 60日，fast 30日"
    assert words["consultation"] == "函定期限"
    reconsideration = registry.line("reconsideration")
    remake = reconsideration.clock("remake_act")
    assert remake is not None
    assert (
        length_text(reconsideration, remake)
        == "法律、法规、规章规定的期限，否则所定日数（计算规则同60日），否则60日"
    )


def test_arrows_layers_and_notes() -> None:
    moves = {(a.from_, a.to): a.titles for a in arrows(TEST_LINE)}
    assert moves[("new", "active")] == ("立案", "视为立案")
    assert moves[("ended", "active")] == ("上级责令",)
    assert ("asked", "replied") not in moves
    assert layers(TEST_LINE, arrows(TEST_LINE))["active"] == 1
    assert notes(TEST_LINE) == []
    assert any(note.startswith("提级审理") for note in notes(registry.line("reconsideration")))


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
