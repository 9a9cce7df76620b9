"""`yifa timeline`: mistakes in a file, expectations, late records, strict runs, the published JSON shape."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from yifa.cli import main
from yifa.timelines.model import TimelineError
from yifa.timelines.parse import parse

TIMELINES = sorted((Path(__file__).resolve().parents[1] / "timelines").glob("*.yaml"))

HEAD = "- id: T\n  line: reconsideration\n"
RECEIVE = (
    "    - {date: 2024-01-31, action: receive_application, label: receipt, data: {received_on: 2024-01-31}}\n"
)
ACCEPT = "    - {date: 2024-02-06, action: accept, label: acceptance, data: {accepted_on: 2024-02-06}}\n"


def yifa(tmp_path: Path, text: str, *arguments: str) -> Result:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["timeline", str(path), *arguments])


def entry(*events: str, expect: str = "", head: str = HEAD) -> str:
    return head + "  events:\n" + "".join(events) + (f"  expect:\n{expect}" if expect else "")


@pytest.mark.parametrize("path", TIMELINES, ids=lambda p: p.stem)
def test_the_worked_examples_are_all_met(path: Path) -> None:
    done = CliRunner().invoke(main, ["timeline", str(path)])
    assert done.exit_code == 0, done.output[-2000:]
    assert done.output.strip().endswith("全部符合")


# ------------------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- {id: T, line: moon, events: []}", 1, "没有“moon”这一业务条线"),
        ("- {id: T, events: []}", 1, "缺少“line”"),
        ("- {id: T, line: reconsideration}", 1, "缺少“events”"),
        ("- {id: T, line: reconsideration, events: [], colour: red}", 1, "条目没有名为“colour”的项"),
        ("- {id: T, line: reconsideration, events: [], params: {x: 1}}", 1, "没有名为“x”的参数"),
        ("id: T", 1, "应为列表"),
        ("- just text", 1, "条目应为键值对"),
        ("- {id: T, line: reconsideration, events: [", 1, "不是有效的 YAML"),
        (entry("    - {date: 2024-01-31, action: fly}\n"), 4, "没有名为“fly”的操作"),
        (entry("    - {action: accept}\n"), 4, "事件须有 date 和 action"),
        (entry("    - {date: someday, action: accept}\n"), 4, "“someday”不是有效的日期"),
        (entry("    - {date: 2024-02-06, action: accept, colour: red}\n"), 4, "事件没有名为“colour”的项"),
        (entry("    - date: 2024-02-06\n      action: accept\n      data:\n        colour: red\n"), 7, "没有名为“colour”的字段"),
        (entry("    - date: 2024-02-06\n      action: accept\n      data:\n        procedure: slow\n"), 7, "“审理程序”填写有误"),
        (entry(RECEIVE, "    - {date: 2024-02-06, action: accept, re: nobody}\n"), 5, "没有名为“nobody”的事件标签"),
        (entry(RECEIVE, expect="    - {deadline: moonrise, due: 2024-02-06}\n"), 6, "没有名为“moonrise”的期限"),
        (entry(RECEIVE, expect="    - {effect: moonrise, on: 2024-02-06}\n"), 6, "没有名为“moonrise”的法律效果"),
        (entry(RECEIVE, expect="    - {deadline: acceptance_review}\n"), 6, "没有写明期望的内容"),
        (entry(RECEIVE, expect="    - {deadline: acceptance_review, due: 2024-02-06, at: never}\n"), 6, "“never”不是本条目中的标签"),
        (entry(RECEIVE, expect="    - {deadline: acceptance_review, due: 2024-02-06, when: x}\n"), 6, "期望没有名为“when”的项"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file(tmp_path: Path, text: str, line: int, what: str) -> None:
    done = yifa(tmp_path, text)
    assert done.exit_code == 2
    assert f"t.yaml:{line}: [" in done.stderr
    assert what in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("text", ["", "[]", "# nothing yet"])
def test_a_file_without_entries_is_a_mistake(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["timeline", str(path)])
    assert done.exit_code == 2
    assert "没有条目" in done.output


def test_all_mistakes_at_once() -> None:
    text = entry(
        "    - {date: x, action: accept}\n",
        "    - {date: 2024-02-06, action: fly}\n",
        expect="    - {deadline: moon, due: 2024-02-06}\n",
    )
    with pytest.raises(TimelineError) as caught:
        parse(text, "t.yaml")
    assert [(m.entry, m.line) for m in caught.value.mistakes] == [("T", 4), ("T", 5), ("T", 7)]


def test_on_is_a_field_and_not_a_truth_value() -> None:
    (found,) = parse(
        entry("    - {date: 2024-02-06, action: superior_order, data: {kind: accept, on: 2024-02-05}}\n"), "t"
    )
    assert str(found.events[0].event.data["on"]) == "2024-02-05"
    assert parse("", "t") == []


# ------------------------------------------------------------------------------------------ expectations


@pytest.mark.parametrize(
    ("expect", "met"),
    [
        ("{deadline: acceptance_review, due: 2024-02-06}", True),
        ("{deadline: acceptance_review, due: '2024-02-06'}", True),
        ("{deadline: acceptance_review, due: 2024-02-07}", False),
        ("{deadline: acceptance_review, status: met}", True),
        ("{deadline: acceptance_review, at: receipt, status: running}", True),
        ("{deadline: acceptance_review, at: {before: receipt}, due: 2024-02-06}", False),
        ("{deadline: review_decision, at: {before: acceptance}, due: 2024-04-07}", False),
        ("{deadline: review_decision, at: {after: acceptance}, due: 2024-04-07}", True),
        ("{deadline: review_decision, at: 1, due: 2024-04-07}", True),
        ("{deadline: review_decision, at: accept, due: 2024-04-07}", True),
        ("{deadline: acceptance_review, at: 2024-02-05, status: running}", True),
        ("{deadline: acceptance_review, at: 2024-02-10, status: met}", True),
        ("{deadline: acceptance_review, for: nobody, due: 2024-02-06}", False),
        ("{deadline: respondent_reply, due: 2024-02-06}", False),
        ("{stage: reviewing}", True),
        ("{stage: served, version: '2017'}", False),
        ("{effect: deem_accepted, on: 2024-02-06}", False),
        ("{decision: apply_in_time, outcome: pass}", False),
        ("{refused: false}", True),
    ],
)  # fmt: skip
def test_expectations(tmp_path: Path, expect: str, met: bool) -> None:
    done = yifa(tmp_path, entry(RECEIVE, ACCEPT, expect=f"    - {expect}\n"))
    assert done.exit_code == (0 if met else 1), done.output
    assert ("✓" if met else "✗") in done.output


def test_other_live_instances_must_be_named(tmp_path: Path) -> None:
    copies = "".join(
        f"    - {{date: 2024-02-{day}, action: send_copy, data: {{party: {who}, served_on: 2024-02-{day}}}}}\n"
        for who, day in (("r1", 19), ("r2", 21))
    )
    one = "    - {deadline: respondent_reply, due: 2024-03-04}\n"
    done = yifa(tmp_path, entry(ACCEPT, copies, expect=one))
    assert done.exit_code == 1
    assert "另有未列出的：2024-03-06" in done.output
    assert (
        yifa(
            tmp_path,
            entry(
                ACCEPT, copies, expect=one + "    - {deadline: respondent_reply, for: r2, due: 2024-03-06}\n"
            ),
        ).exit_code
        == 0
    )
    assert (
        yifa(
            tmp_path,
            entry(ACCEPT, copies, expect="    - {deadline: respondent_reply, for: r1, due: 2024-03-04}\n"),
        ).exit_code
        == 0
    )


def test_the_version_is_checked_not_given(tmp_path: Path) -> None:
    done = yifa(tmp_path, entry(RECEIVE, head=HEAD + "  law_version: '2017'\n"))
    assert done.exit_code == 1
    assert "适用版本应为 2017，实为 2023" in done.output


def test_the_answered_act_may_be_named(tmp_path: Path) -> None:
    opinions = "".join(
        f"    - {{date: 2024-05-0{day}, action: issue_opinion, label: o{day}, data: {{to: 某局, received_on: 2024-05-0{day}}}}}\n"
        for day in (6, 8)
    )
    answer = "    - {date: 2024-06-03, action: record_feedback, data: {re: o6, received_on: 2024-06-03}}\n"
    expect = "    - {deadline: opinion_feedback, due: 2024-07-08, status: running}\n"
    assert yifa(tmp_path, entry(ACCEPT, opinions, answer, expect=expect)).exit_code == 0


# ------------------------------------------------------------------------------------------ late records, strict


def test_a_late_record(tmp_path: Path) -> None:
    refuse = "    - {date: 2024-02-06, recorded: 2024-02-20, action: refuse, data: {condition: 2, reason: 无利害关系}}\n"
    noted = "    - {date: 2024-02-08, action: deem_accepted, label: noting}\n"
    expect = "    - {stage: reviewing, at: noting}\n    - {stage: refused}\n"
    done = yifa(tmp_path, entry(RECEIVE, noted, refuse, expect=expect))
    assert done.exit_code == 0, done.output
    assert "已不成立" in done.output


def test_strict_refuses_what_the_law_refuses(tmp_path: Path) -> None:
    extend = "    - {date: 2024-03-01, action: extend_review, label: extension, data: {days: 31}}\n"
    expect = "    - {refused: true, at: extension}\n"
    assert yifa(tmp_path, entry(ACCEPT, extend), "--json").exit_code == 0
    done = yifa(tmp_path, entry(ACCEPT, extend, expect=expect), "--strict")
    assert "不予办理" in done.output
    assert "当前处于“未登记”" in done.output
    assert done.exit_code == 0


# ------------------------------------------------------------------------------------------ the JSON shape

DEADLINE = {
    "deadline": str, "for": (str, type(None)), "kind": str, "due": (str, type(None)), "provisional": bool,
    "earliest": (str, type(None)), "latest": (str, type(None)), "also": list, "status": str, "cite": str, "derivation": list,
}  # fmt: skip
SHAPE = {
    "id": str,
    "line": str,
    "version": str,
    "version_tentative": bool,
    "problems": list,
    "steps": list,
    "final": dict,
}
STEP = {
    "event": int,
    "label": (str, type(None)),
    "date": str,
    "action": str,
    "stage": (str, type(None)),
    "deadlines": list,
    "outcomes": dict,
}


def fits(value: dict[str, Any], shape: dict[str, Any]) -> None:
    assert set(shape) <= set(value)
    for name, kind in shape.items():
        assert isinstance(value[name], kind), (name, value[name])


def test_the_json_has_exactly_the_published_shape(tmp_path: Path) -> None:
    known = "    - {date: 2024-02-01, action: receive_application, data: {filed_on: 2024-02-01, known_on: 2023-12-20, remedy_told: none, act: {made_on: 2023-12-01}}}\n"
    done = yifa(
        tmp_path,
        entry(known, ACCEPT, "    - {date: 2024-02-20, action: suspend, data: {ground: 1}}\n"),
        "--json",
    )
    (found,) = json.loads(done.stdout)
    fits(found, SHAPE)
    assert [s["event"] for s in found["steps"]] == [0, 1, 2]
    for step in found["steps"]:
        fits(step, STEP)
        for deadline in step["deadlines"]:
            fits(deadline, DEADLINE)
            assert set(deadline) == set(DEADLINE)
            assert deadline["kind"] in "LERX"
            assert deadline["status"] in ("running", "paused", "met", "late", "lapsed", "stopped", "replaced")
    assert set(found["final"]) >= {"as_of", "stage", "deadlines", "outcomes", "effects"}
    assert found["final"]["outcomes"]["apply_in_time"]["outcome"] == "pass"
    paused = next(d for d in found["final"]["deadlines"] if d["deadline"] == "review_decision")
    assert (paused["due"], paused["status"]) == (None, "paused")


def test_effects_stand_in_the_final_state(tmp_path: Path) -> None:
    done = yifa(tmp_path, entry(RECEIVE, head=HEAD + "  as_of: 2024-03-01\n"), "--json")
    (found,) = json.loads(done.stdout)
    assert found["final"]["effects"][0]["effect"] == "deem_accepted"
    assert found["final"]["as_of"] == "2024-03-01"
    assert found["final"]["stage"] == "reviewing"
