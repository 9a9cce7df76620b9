"""Reading a timeline file: all mistakes at once, each with entry and line; nothing runs if there is one."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import yaml

from yifa import registry
from yifa.language.acts import EMPTY, Event
from yifa.language.forms import validate_partial
from yifa.language.kernel_actions import with_dates
from yifa.language.line import Line
from yifa.language.messages import render
from yifa.timelines.model import Dated, Entry, Expectation, Mistake, TimelineError

ENTRY_KEYS = {"id", "line", "law_version", "params", "as_of", "events", "expect", "note"}
EVENT_KEYS = {"date", "action", "data", "label", "recorded", "party", "re", "after", "note"}
EXPECT_KEYS = {
    "deadline", "due", "for", "at", "why", "cite", "decision", "outcome", "status", "stage", "version", "refused",
    "effect", "on", "provisional", "earliest", "latest", "kind", "note", "reason",
}  # fmt: skip
READ = (
    "due",
    "status",
    "outcome",
    "stage",
    "version",
    "refused",
    "on",
    "provisional",
    "earliest",
    "latest",
    "kind",
)


class _Loader(yaml.SafeLoader):
    """YAML where only true and false are booleans: `on` is a field name here."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF")
)


class _File:
    """Parsing state: the mistakes found so far."""

    def __init__(self, loader: _Loader) -> None:
        self.loader, self.mistakes, self.entry = loader, list[Mistake](), "?"

    def wrong(self, node: yaml.Node, what: str) -> None:
        self.mistakes.append(Mistake(self.entry, node.start_mark.line + 1, what))

    def value(self, node: yaml.Node) -> Any:
        return self.loader.construct_object(node, deep=True)

    def items(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            yield str(self.value(key)), key, value

    def checked(self, node: yaml.Node, known: set[str], what: str) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, f"{what}应为键值对")
        for name, key, value in self.items(node):
            if name not in known:
                self.wrong(key, f"{what}没有名为“{name}”的项")
            found[name] = value
        return found


def parse(text: str, path: str) -> list[Entry]:
    """Entries of a file. Raises TimelineError with every mistake."""
    loader = _Loader(text)
    file = _File(loader)
    try:
        root = loader.get_single_node()
        entries = [_entry(file, node) for node in _list(file, root)] if root is not None else []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TimelineError(path, [Mistake("?", line, f"不是有效的 YAML：{error.problem}")]) from error
    finally:
        loader.dispose()
    if file.mistakes:
        raise TimelineError(path, file.mistakes)
    return [entry for entry in entries if entry is not None]


def _list(file: _File, node: yaml.Node | None) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if node is not None:
        file.wrong(node, "应为列表")
    return []


def _entry(file: _File, node: yaml.Node) -> Entry | None:
    file.entry = next((str(file.value(v)) for name, _, v in file.items(node) if name == "id"), "?")
    found = file.checked(node, ENTRY_KEYS, "条目")
    for name in ("id", "line", "events"):
        if name not in found:
            file.wrong(node, f"缺少“{name}”")
    line = _line(file, found.get("line"))
    if line is None:
        return None
    events = _events(file, line, _list(file, found.get("events")))
    expect = tuple(_expectation(file, line, n, events) for n in _list(file, found.get("expect")))
    params = file.value(found["params"]) if "params" in found else {}
    _check_params(file, line, found.get("params"), params or {})
    version = str(file.value(found["law_version"])) if "law_version" in found else None
    as_of = _date(file, found["as_of"]) if "as_of" in found else None
    return Entry(file.entry, line, version, params or {}, as_of, events, expect)


def _check_params(file: _File, line: Line, node: yaml.Node | None, params: Mapping[str, Any]) -> None:
    known = {p.code for p in line.parameters}
    for name in params:
        if node is not None and name not in known:
            file.wrong(node, f"没有名为“{name}”的参数")


def _line(file: _File, node: yaml.Node | None) -> Line | None:
    if node is None:
        return None
    try:
        return registry.line(str(file.value(node)))
    except KeyError as error:
        file.wrong(node, str(error.args[0]))
        return None


def _events(file: _File, line: Line, nodes: list[yaml.Node]) -> tuple[Dated, ...]:
    labels: dict[str, int] = {}
    made: list[Dated] = []
    for seq, node in enumerate(nodes):
        dated = _event(file, line, node, seq, labels)
        if dated is not None:
            made.append(dated)
            if dated.label:
                labels[dated.label] = seq
    return tuple(made)


def _event(file: _File, line: Line, node: yaml.Node, seq: int, labels: Mapping[str, int]) -> Dated | None:
    found = file.checked(node, EVENT_KEYS, "事件")
    if "date" not in found or "action" not in found:
        file.wrong(node, "事件须有 date 和 action")
        return None
    action = str(file.value(found["action"]))
    if line.plan(action) is None:
        file.wrong(found["action"], f"没有名为“{action}”的操作")
        return None
    day, recorded = (
        _date(file, found["date"]),
        _date(file, found["recorded"]) if "recorded" in found else None,
    )
    raw = {name: (key, value) for name, key, value in file.items(found["data"])} if "data" in found else {}
    party = _plain(file, found.get("party")) or _plain(file, raw.pop("party", (None, None))[1])
    answered = found.get("re") or raw.pop("re", (None, None))[1]
    data = _data(file, line, action, raw)
    re_ = _reference(file, answered, labels)
    after = _reference(file, found.get("after"), labels)
    if day is None:
        return None
    event = Event(seq, action, day, data, party, re_, EMPTY, None, recorded, after)
    return Dated(event, _plain(file, found.get("label")), node.start_mark.line + 1)


def _plain(file: _File, node: yaml.Node | None) -> str | None:
    value = None if node is None else file.value(node)
    return None if value is None else str(value)


def _reference(file: _File, node: yaml.Node | None, labels: Mapping[str, int]) -> int | None:
    if node is None:
        return None
    value = file.value(node)
    if isinstance(value, int):
        return value
    if value in labels:
        return labels[value]
    file.wrong(node, f"没有名为“{value}”的事件标签")
    return None


def _data(
    file: _File, line: Line, action: str, raw: Mapping[str, tuple[Any, yaml.Node]]
) -> Mapping[str, Any]:
    values = {name: file.value(value) for name, (_, value) in raw.items()}
    declared = line.action(action)
    if declared is None:  # the noting of an effect
        return {name: with_dates(value) for name, value in values.items()}
    parsed, problems = validate_partial(declared.inputs, values)
    for problem in problems:
        key = raw[(problem.where or "").split(".")[0]][0]
        file.wrong(key, f"{action}：{render(problem, line.messages)}")
    return parsed


def _date(file: _File, node: yaml.Node) -> date | None:
    value = with_dates(file.value(node))
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return value
    file.wrong(node, f"“{value}”不是有效的日期")
    return None


def _expectation(file: _File, line: Line, node: yaml.Node, events: tuple[Dated, ...]) -> Expectation:
    found = file.checked(node, EXPECT_KEYS, "期望")
    deadline, decision = _plain(file, found.get("deadline")), _plain(file, found.get("decision"))
    if deadline is not None and line.clock(deadline) is None:
        file.wrong(found["deadline"], f"没有名为“{deadline}”的期限")
    effect = _plain(file, found.get("effect"))
    if effect is not None and line.effect(effect) is None:
        file.wrong(found["effect"], f"没有名为“{effect}”的法律效果")
    wanted = {name: with_dates(file.value(found[name])) for name in READ if name in found}
    if effect is not None:
        wanted["effect"] = effect
    if not wanted:
        file.wrong(node, "没有写明期望的内容（due、outcome、status 等）")
    at = file.value(found["at"]) if "at" in found else None
    if at is not None and not _known_point(at, events):
        file.wrong(found["at"], f"“{at}”不是本条目中的标签、序号或日期")
    return Expectation(
        node.start_mark.line + 1, at, deadline, _plain(file, found.get("for")), decision, wanted
    )


def _known_point(at: Any, events: tuple[Dated, ...]) -> bool:
    if isinstance(at, dict):
        return (
            set(at) <= {"before", "after"} and len(at) == 1 and _known_point(next(iter(at.values())), events)
        )
    if isinstance(with_dates(at), date):
        return True
    if isinstance(at, int):
        return 0 <= at < len(events)
    return at in {e.label for e in events} or sum(e.event.action == at for e in events) == 1
