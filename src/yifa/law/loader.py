"""The one data loader of the pure floors: YAML files shipped inside a package, read once.

Nothing below the Django floors opens a file except through here, so what a floor depends on is visible in
its calls, and a broken file is reported the same way everywhere: package, file, line, column.
"""

from collections.abc import Hashable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class DataError(ValueError):
    """A shipped data file is missing or malformed; the message names the file and the place in it."""


class _Loader(yaml.CSafeLoader):
    """YAML 1.1 safe loading in C. A key given twice is refused: plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        _refuse_duplicates(node)
        return super().construct_mapping(node, deep)


def _refuse_duplicates(node: yaml.MappingNode) -> None:
    seen = set()
    for key, _ in node.value:
        identity = key.tag, str(key.value)
        if identity in seen:
            raise yaml.MarkedYAMLError(problem=f"duplicate key {key.value!r}", problem_mark=key.start_mark)
        seen.add(identity)


@cache
def load_yaml(package: str, name: str) -> object:
    """The content of `name` in `package` as plain data: dict, list, str, int, float, bool, date or None.

    The same object is returned every time: read it, never change it.
    Raises DataError if the file is missing or is not valid YAML (a duplicate key counts as invalid).
    """
    place = f"{package}/{name}"
    try:
        text = files(package).joinpath(name).read_text(encoding="utf-8")
    except (ModuleNotFoundError, TypeError, OSError, UnicodeDecodeError) as error:
        raise DataError(f"{place}: {error}") from error
    return parse_yaml(text, place)


def parse_yaml(text: str, place: str) -> object:
    """`text` as plain data, by the same rules; `place` is how errors name it."""
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        raise DataError(f"{place}{_position(error)}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DataError(f"{place}: {error}") from error
    finally:
        loader.dispose()


def _position(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    return f":{mark.line + 1}:{mark.column + 1}" if mark else ""


@cache
def list_data(package: str, suffix: str) -> tuple[str, ...]:
    """Names of the files in `package` that end in `suffix`, sorted. Raises DataError if it is no package."""
    try:
        entries = files(package).iterdir()
        return tuple(sorted(entry.name for entry in entries if entry.name.endswith(suffix)))
    except (ModuleNotFoundError, TypeError, OSError) as error:
        raise DataError(f"{package}: {error}") from error
