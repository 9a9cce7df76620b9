"""Reading what an entry expects, and where it is to be read."""

from datetime import date
from typing import Any

import yaml

from yifa.language.line import Line
from yifa.timelines.model import STATUSES, Dated, Expectation
from yifa.timelines.nodes import File, as_date

READ = (
    "due", "status", "outcome", "stage", "version", "refused", "on", "provisional", "earliest", "latest", "kind",
)  # fmt: skip
EXPECT_KEYS = frozenset(
    {*READ, "deadline", "decision", "effect", "for", "at", "why", "cite", "note", "reason"}
)
DATES = frozenset({"due", "on", "earliest", "latest"})
TRUTHS = frozenset({"refused", "provisional"})
KINDS = ("L", "E", "R", "X")


def expectation(file: File, line: Line, node: yaml.Node, events: tuple[Dated, ...]) -> Expectation:
    """One expectation; unknown codes and points are mistakes."""
    found = file.checked(node, EXPECT_KEYS, "期望")
    code = {name: file.text(found.get(name)) for name in ("deadline", "decision", "effect")}
    for name, (known, what) in _codes(line).items():
        if code[name] is not None and code[name] not in known:
            file.wrong(found[name], f"没有名为“{code[name]}”的{what}")
    wanted = {name: _wanted(file, line, name, found[name]) for name in READ if name in found}
    if code["effect"] is not None:
        wanted["effect"] = code["effect"]
    if not wanted:
        file.wrong(node, "没有写明期望的内容（due、outcome、status 等）")
    at = as_date(file.value(found["at"])) if "at" in found else None
    if at is not None and not _is_point(at, events):
        file.wrong(found["at"], f"“{at}”不是本条目中的标签、序号或日期")
    subject = file.text(found.get("for"))
    return Expectation(node.start_mark.line + 1, at, code["deadline"], subject, code["decision"], wanted)


def _codes(line: Line) -> dict[str, tuple[set[str], str]]:
    return {
        "deadline": ({clock.code for clock in line.clocks}, "期限"),
        "decision": ({table.code for table in line.tables} | {"refused"}, "判定"),
        "effect": ({effect.code for effect in line.effects}, "法律效果"),
    }


def _wanted(file: File, line: Line, name: str, node: yaml.Node) -> Any:
    value = as_date(file.value(node))
    if name in DATES and not (value is None or isinstance(value, date)):
        file.wrong(node, f"“{value}”不是有效的日期")
    if name in TRUTHS and not isinstance(value, bool):
        file.wrong(node, f"{name} 应为 true 或者 false")
    known = {
        "status": STATUSES,
        "kind": KINDS,
        "stage": [stage.code for stage in line.stages],
        "version": [version.code for version in line.versions],
    }.get(name)
    if known is None:
        return value
    if value is not None and str(value) not in known:
        file.wrong(node, f"没有名为“{value}”的 {name}，可用的有：{'、'.join(known)}")
    return None if value is None else str(value)


def _is_point(at: Any, events: tuple[Dated, ...]) -> bool:
    if isinstance(at, dict):
        return len(at) == 1 and set(at) <= {"before", "after"} and _is_event(next(iter(at.values())), events)
    return isinstance(at, date) or _is_event(at, events)


def _is_event(place: Any, events: tuple[Dated, ...]) -> bool:
    """A label, an index, or an action that stands in the entry once."""
    if isinstance(place, int):
        return not isinstance(place, bool) and place in {e.event.seq for e in events}
    return place in [e.label for e in events if e.label] or sum(e.event.action == place for e in events) == 1
