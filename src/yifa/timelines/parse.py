"""Reading a timeline file: all mistakes at once, each with entry and line; nothing runs if there is one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from yifa import registry
from yifa.language.acts import EMPTY, Event
from yifa.language.forms import validate_partial
from yifa.language.line import Line
from yifa.language.messages import render
from yifa.timelines.expect import expectation
from yifa.timelines.model import Dated, Entry, Mistake, TimelineError
from yifa.timelines.nodes import File, Loader, as_date

ENTRY_KEYS = frozenset({"id", "line", "law_version", "params", "as_of", "events", "expect", "note"})
EVENT_KEYS = frozenset({"date", "action", "data", "label", "recorded", "party", "re", "after", "note"})


def parse(text: str, path: str) -> list[Entry]:
    """Entries of a file. Raises TimelineError with every mistake."""
    try:
        loader = Loader(text)
    except yaml.YAMLError as error:
        raise TimelineError(path, [Mistake("?", 1, f"不是有效的 YAML：{error}")]) from error
    file = File(loader)
    try:
        root = loader.get_single_node()
        entries = [_entry(file, node) for node in file.sequence(root)]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TimelineError(path, [Mistake("?", line, f"不是有效的 YAML：{error.problem}")]) from error
    finally:
        loader.dispose()
    if file.mistakes:
        raise TimelineError(path, sorted(set(file.mistakes), key=lambda m: m.line))
    return [entry for entry in entries if entry is not None]


def _entry(file: File, node: yaml.Node) -> Entry | None:
    file.entry = next((str(file.value(v)) for name, _, v in file.items(node) if name == "id"), "?")
    found = file.checked(node, ENTRY_KEYS, "条目")
    for name in ("id", "line", "events"):
        if name not in found:
            file.wrong(node, f"缺少“{name}”")
    line = _line(file, found.get("line"))
    if line is None:
        return None
    events = _events(file, line, file.sequence(found.get("events")))
    return Entry(
        file.entry,
        line,
        file.text(found.get("law_version")),
        _params(file, line, found.get("params")),
        file.date(found["as_of"]) if "as_of" in found else None,
        events,
        tuple(expectation(file, line, n, events) for n in file.sequence(found.get("expect"))),
    )


def _line(file: File, node: yaml.Node | None) -> Line | None:
    if node is None:
        return None
    try:
        return registry.line(str(file.value(node)))
    except KeyError as error:
        file.wrong(node, str(error.args[0]))
        return None


def _params(file: File, line: Line, node: yaml.Node | None) -> Mapping[str, Any]:
    found = file.mapping(node, "params")
    known = {p.code for p in line.parameters}
    for name, (key, _) in found.items():
        if name not in known:
            file.wrong(key, f"没有名为“{name}”的参数")
    return {name: as_date(file.value(value)) for name, (_, value) in found.items()}


def _events(file: File, line: Line, nodes: list[yaml.Node]) -> tuple[Dated, ...]:
    labels: dict[str, int] = {}
    made: list[Dated] = []
    for seq, node in enumerate(nodes):
        dated = _event(file, line, node, seq, labels)
        if dated is None:
            continue
        made.append(dated)
        if dated.label in labels:
            file.wrong(node, f"标签“{dated.label}”重复")
        elif dated.label:
            labels[dated.label] = seq
    return tuple(made)


def _event(file: File, line: Line, node: yaml.Node, seq: int, labels: Mapping[str, int]) -> Dated | None:
    found = file.checked(node, EVENT_KEYS, "事件")
    day = file.date(found["date"]) if "date" in found else None
    recorded = file.date(found["recorded"]) if "recorded" in found else None
    raw = file.mapping(found.get("data"), "data")
    party = file.text(found.get("party") or raw.pop("party", (None, None))[1])
    re_ = _reference(file, found.get("re") or raw.pop("re", (None, None))[1], seq, labels)
    after = _reference(file, found.get("after"), seq, labels)
    action = _action(file, line, node, found)
    data = _data(file, line, action, raw) if action else EMPTY
    if day is None or action is None:
        return None
    event = Event(seq, action, day, data, party, re_, EMPTY, None, recorded, after)
    return Dated(event, file.text(found.get("label")), node.start_mark.line + 1)


def _action(file: File, line: Line, node: yaml.Node, found: Mapping[str, yaml.Node]) -> str | None:
    if "date" not in found or "action" not in found:
        file.wrong(node, "事件须有 date 和 action")
    if "action" not in found:
        return None
    action = file.text(found["action"]) or ""
    if line.plan(action) is not None:
        return action
    file.wrong(found["action"], f"没有名为“{action}”的操作")
    return None


def _reference(file: File, node: yaml.Node | None, seq: int, labels: Mapping[str, int]) -> int | None:
    """The event named by a label or an index: always an earlier one of the list."""
    if node is None:
        return None
    value = file.value(node)
    if isinstance(value, int) and 0 <= value < seq:
        return int(value)
    if isinstance(value, int):
        file.wrong(node, f"没有序号为 {value} 的在先事件")
    elif isinstance(value, str) and value in labels:
        return labels[value]
    else:
        file.wrong(node, f"没有名为“{value}”的事件标签")
    return None


def _data(
    file: File, line: Line, action: str, raw: Mapping[str, tuple[yaml.Node, yaml.Node]]
) -> Mapping[str, Any]:
    values = {name: _moments(file.value(value)) for name, (_, value) in raw.items()}
    declared = line.action(action)
    if declared is None:  # the noting of an effect
        return values
    parsed, problems = validate_partial(declared.inputs, values)
    for problem in problems:
        where = problem.where or ""
        key, _ = raw[where if where in raw else where.partition(".")[0]]
        file.wrong(key, f"{action}：{render(problem, line.messages)}")
    return parsed


def _moments(value: Any) -> Any:
    """Dates and moments inside data, too, without zone: all times are the city's."""
    if isinstance(value, dict):
        return {key: _moments(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_moments(item) for item in value]
    return as_date(value) if isinstance(value, date) else value
