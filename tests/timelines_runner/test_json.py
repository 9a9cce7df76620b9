"""The published JSON: exactly its keys and types, on every worked example and on every kind of state."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.timelines_runner.matters import OPEN, RECEIVE, matter, ran
from yifa.cli import main
from yifa.timelines.model import STATUSES
from yifa.timelines.report import as_json, as_text

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "timelines").glob("*.yaml"))
DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?")


def day(value: Any) -> bool:
    return isinstance(value, str) and DAY.fullmatch(value) is not None


def maybe(test: Any) -> Any:
    return lambda value: value is None or test(value)


def text(value: Any) -> bool:
    return isinstance(value, str)


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def listed(test: Any) -> Any:
    return lambda value: isinstance(value, list) and all(test(item) for item in value)


def shaped(shape: dict[str, Any]) -> Any:
    return lambda value: set(value) == set(shape) and all(test(value[name]) for name, test in shape.items())


def keyed(test: Any) -> Any:
    return lambda value: isinstance(value, dict) and all(test(item) for item in value.values())


DEADLINE = shaped({
    "deadline": text, "for": maybe(text), "kind": lambda v: v in ("L", "E", "R", "X"), "due": maybe(day), "provisional": flag,
    "earliest": maybe(day), "latest": maybe(day), "also": listed(day), "status": lambda v: v in STATUSES, "cite": text,
    "derivation": listed(text),
})  # fmt: skip
OUTCOMES = keyed(shaped({"outcome": text, "cite": text, "reasons": listed(text)}))
EFFECT = shaped({"effect": text, "date": day, "for": maybe(text), "noted": flag, "cite": text})
STEP = shaped({
    "event": lambda v: isinstance(v, int), "label": maybe(text), "date": day, "action": text, "stage": maybe(text),
    "deadlines": listed(DEADLINE), "outcomes": OUTCOMES,
})  # fmt: skip
FINAL = shaped({
    "as_of": day, "stage": maybe(text), "deadlines": listed(DEADLINE), "outcomes": OUTCOMES, "effects": listed(EFFECT),
})  # fmt: skip
RUN = shaped({
    "id": text, "line": text, "version": text, "version_tentative": flag, "problems": listed(text), "steps": listed(STEP),
    "final": FINAL,
})  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("strict", [False, True])
def test_every_worked_example_has_the_published_shape(path: Path, strict: bool) -> None:
    arguments = ["timeline", str(path), "--json", *(["--strict"] if strict else [])]
    found = json.loads(CliRunner().invoke(main, arguments).stdout)
    assert found
    for one in found:
        assert RUN(one), one["id"]
        assert [step["event"] for step in one["steps"]] == list(range(len(one["steps"])))


EVENTS = (
    RECEIVE,
    OPEN,
    "{date: 2024-02-09, action: alarm, data: {at: 2024-02-09T16:00}}",
    "{date: 2024-02-19, action: ask, data: {party: r1, arrived_on: 2024-02-19}}",
    "{date: 2024-02-20, action: halt}",
)


def test_every_kind_of_state_has_the_published_shape() -> None:
    found = as_json(ran(*EVENTS, head="  as_of: 2024-06-01\n"))
    assert RUN(json.loads(json.dumps(found)))
    by_code = {reading["deadline"]: reading for reading in found["final"]["deadlines"]}
    assert by_code["rush"]["due"] == "2024-02-10T16:00:00"
    assert by_code["work"] | {"cite": "", "derivation": []} == {
        "deadline": "work", "for": None, "kind": "L", "due": None, "provisional": False, "earliest": None, "latest": None,
        "also": [], "status": "paused", "cite": "", "derivation": [],
    }  # fmt: skip
    assert "如今日恢复" in by_code["work"]["derivation"][-1]
    assert (by_code["answer"]["for"], by_code["answer"]["status"]) == ("r1", "paused")


def test_steps_show_every_instance_that_exists_then() -> None:
    found = as_json(ran(*EVENTS))
    assert [len(step["deadlines"]) for step in found["steps"]] == [1, 2, 3, 4, 4]
    assert [step["stage"] for step in found["steps"]] == ["new", "active", "active", "active", "halted"]
    assert found["version_tentative"] is False


def test_a_tentative_version_and_another_reading_are_told() -> None:
    assert as_json(ran(RECEIVE))["version_tentative"] is True
    (work,) = [d for d in as_json(ran(OPEN))["final"]["deadlines"] if d["deadline"] == "work"]
    assert (work["due"], work["also"]) == ("2024-04-07", ["2024-04-06"])
    assert work["derivation"][-1].startswith("另示：不顺延 2024-04-06")


def test_a_date_past_the_last_notice_is_provisional() -> None:
    late = "{date: 2026-12-20, action: open, data: {opened_on: 2026-12-20}}"
    (work,) = [d for d in as_json(ran(late))["final"]["deadlines"] if d["deadline"] == "work"]
    assert work["provisional"] is True
    assert work["earliest"] <= work["due"] <= work["latest"]


def test_a_refusal_stands_under_refused() -> None:
    found = as_json(ran(RECEIVE, "{date: 2024-02-01, action: go_on}", strict=True))
    refused = found["steps"][1]["outcomes"]["refused"]
    assert refused["outcome"] == "refuse"
    assert refused["cite"] == "实务规则（无法条）：made up for the tests"
    assert len(refused["reasons"]) == 1
    assert "refused" not in found["final"]["outcomes"]


def test_findings_of_a_late_record_are_for_a_person_to_review() -> None:
    late = "{date: 2024-02-01, recorded: 2024-02-20, action: open}"
    found = as_json(ran(RECEIVE, "{date: 2024-02-08, action: deemed_open}", late))
    assert found["final"]["outcomes"]["findings"]["outcome"] == "manual_review"
    assert "视为立案" in found["final"]["outcomes"]["findings"]["reasons"][0]


def test_effects_carry_their_date_and_whether_they_were_noted() -> None:
    noted = as_json(ran(RECEIVE, "{date: 2024-02-08, action: deemed_open}"))["final"]["effects"]
    assert [(e["effect"], e["date"], e["noted"]) for e in noted] == [("deemed_open", "2024-02-06", True)]
    alone = as_json(ran(RECEIVE, head="  as_of: 2024-02-08\n"))["final"]["effects"]
    assert [(e["effect"], e["date"], e["noted"]) for e in alone] == [("deemed_open", "2024-02-06", False)]


def test_json_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(matter(RECEIVE, expect=("{stage: active}",)), encoding="utf-8")
    done = CliRunner().invoke(main, ["timeline", str(path), "--json"])
    assert done.exit_code == 1
    (found,) = json.loads(done.stdout)
    assert found["problems"] == ["第6行：期望 案件 stage active，stage 为 new"]


# ------------------------------------------------------------------------------------------ text


def test_the_text_tells_each_deadline_once_until_it_changes() -> None:
    lines = list(as_text(ran(*EVENTS, expect=("{stage: halted}", "{stage: ended}"))))
    assert lines[0] == "■ T  试验（new版）"
    assert sum("办理期限：" in line for line in lines) == 2
    assert any("办理期限：2024-04-07 星期日［计算中］" in line for line in lines)
    assert any("办理期限：未定［中止计算］" in line for line in lines)
    assert any(line.startswith("  2024-02-19 星期一 征求答复（r1） → 办理") for line in lines)
    assert lines[-2:] == ["  ✓ 期望 案件 stage halted", "  ✗ 期望 案件 stage ended：stage 为 halted"]


def test_the_text_names_a_tentative_version_effects_and_another_version() -> None:
    lines = list(as_text(ran(RECEIVE, head="  law_version: old\n")))
    assert lines[0] == "■ T  试验（new版，暂定）"
    assert lines[-1] == "  ✗ 适用版本应为 old，实为 new"
    lapsed = list(as_text(ran(RECEIVE, head="  as_of: 2024-02-08\n")))
    assert any("依法发生：2024-02-06 星期二 视为立案" in line for line in lapsed)


def test_mistakes_of_all_files_are_told_and_nothing_is_run(tmp_path: Path) -> None:
    good, bad, worse = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "worse.yaml"
    good.write_text(matter(RECEIVE), encoding="utf-8")
    bad.write_text(matter("{date: x, action: receive}"), encoding="utf-8")
    worse.write_bytes("- id: 试验".encode("gb18030"))
    done = CliRunner().invoke(main, ["timeline", str(good), str(bad), str(worse)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "bad.yaml:4: [T] “x”不是有效的日期" in done.stderr
    assert "worse.yaml:1: [?] 文件应为 UTF-8 编码" in done.stderr


def test_an_effect_for_one_party_names_it() -> None:
    ask = "{date: 2024-02-19, action: ask, data: {party: r1, arrived_on: 2024-02-19}}"
    lines = list(as_text(ran(OPEN, ask, head="  as_of: 2024-04-01\n")))
    assert any(line.startswith("    依法发生：2024-03-05 星期二 视为无异议（r1） ") for line in lines), lines
