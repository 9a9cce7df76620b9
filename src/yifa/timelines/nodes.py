"""YAML nodes with their lines: values, mappings and lists, what is wrong with them collected, not raised."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import yaml

from yifa.timelines.model import Mistake


class Loader(yaml.SafeLoader):
    """YAML where only true and false are booleans (`on` is a field name here) and a date that does not exist
    stays text, to be reported where it is used.
    """


def _timestamp(loader: Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF")
)
Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?")


def as_date(value: Any) -> Any:
    """A date or moment from YAML or ISO text (moments without zone); anything else, and a day that does not exist, as it is."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return value
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


class File:
    """One file being read: `entry` is the matter read now, `mistakes` what was found wrong so far."""

    def __init__(self, loader: Loader) -> None:
        self.loader, self.mistakes, self.entry = loader, list[Mistake](), "?"

    def wrong(self, node: yaml.Node, what: str) -> None:
        """Note a mistake at this node."""
        self.mistakes.append(Mistake(self.entry, node.start_mark.line + 1, what))

    def value(self, node: yaml.Node) -> Any:
        """The plain value of a node."""
        try:
            return self.loader.construct_object(node, deep=True)
        except yaml.constructor.ConstructorError as error:
            self.wrong(node, f"不是有效的 YAML：{error.problem}")
            return None

    def text(self, node: yaml.Node | None) -> str | None:
        """A scalar as text; None if absent or empty."""
        if node is None:
            return None
        value = self.value(node)
        if isinstance(value, list | dict):
            self.wrong(node, "应为单个值")
            return None
        return None if value is None else str(value)

    def date(self, node: yaml.Node) -> date | None:
        """A date or moment."""
        value = as_date(self.value(node))
        if isinstance(value, date):
            return value
        self.wrong(node, f"“{value}”不是有效的日期")
        return None

    def items(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Key, key node and value node of a mapping."""
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            yield str(self.value(key)), key, value

    def mapping(self, node: yaml.Node | None, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Name → (key node, value node); a name given twice is a mistake."""
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        if node is None or self.is_empty(node):
            return found
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, f"{what}应为键值对")
        for name, key, value in self.items(node):
            if name in found:
                self.wrong(key, f"“{name}”重复")
            found[name] = (key, value)
        return found

    def checked(self, node: yaml.Node, known: frozenset[str], what: str) -> dict[str, yaml.Node]:
        """A mapping that may only hold known names."""
        found = self.mapping(node, what)
        for name, (key, _) in found.items():
            if name not in known:
                self.wrong(key, f"{what}没有名为“{name}”的项")
        return {name: value for name, (_, value) in found.items()}

    def sequence(self, node: yaml.Node | None) -> list[yaml.Node]:
        """The elements of a list; none if it is absent or empty."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None and not self.is_empty(node):
            self.wrong(node, "应为列表")
        return []

    @staticmethod
    def is_empty(node: yaml.Node) -> bool:
        """Whether nothing stands there (`events:` with nothing behind it)."""
        return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")
