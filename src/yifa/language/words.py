"""What the codes of inputs are called in Chinese: `words.yaml` in the line's folder, beside its messages.

Programs, records and figures keep codes; people read words: in forms, tables, case files and refusals.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from yifa.law.loader import DataError, load_yaml

Words = Mapping[str, Mapping[str, str]]


@cache
def words(package: str) -> Words:
    """The words of a package: field or Model.field → code → 中文. Empty if it has none."""
    try:
        found: Any = load_yaml(package, "words.yaml")
    except DataError:
        return {}
    return found  # type: ignore[no-any-return]


def word(model: type[BaseModel], field: str, code: object) -> str:
    """The Chinese word for a value of a field; the value itself where there is none."""
    table = words(package_of(model))
    own = table.get(f"{model.__name__}.{field}") or table.get(field) or {}
    return own.get(str(code).lower() if isinstance(code, bool) else str(code), str(code))


def package_of(model: type[BaseModel]) -> str:
    """The package whose words a model uses: that of its module."""
    return model.__module__.rpartition(".")[0]


def choices(annotation: Any) -> tuple[Any, ...]:
    """The codes a field may take, in the order of the declaration; empty if it is free."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(dict.fromkeys(code for part in get_args(annotation) for code in choices(part)))


def coded_fields(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], str, tuple[Any, ...]]]:
    """Every field with choices in a model and the models inside it: (model, field, codes)."""
    for found in sorted(_models(model, {}), key=lambda m: m.__name__):
        for name, info in found.model_fields.items():
            codes = choices(info.rebuild_annotation())
            if codes:
                yield found, name, codes


def spelled_out(model: type[BaseModel], field: str) -> str:
    """The choices of a model's field for people: 当面提交（in_person）、…"""
    info = model.model_fields.get(field)
    codes = choices(info.rebuild_annotation()) if info else ()
    return "、".join(_both(word(model, field, code), str(code)) for code in codes)


def _both(named: str, code: str) -> str:
    return code if named == code else f"{named}（{code}）"


def _models(annotation: Any, seen: dict[type[BaseModel], None]) -> dict[type[BaseModel], None]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        seen[annotation] = None
        for info in annotation.model_fields.values():
            _models(info.rebuild_annotation(), seen)
    for part in get_args(annotation):
        _models(part, seen)
    return seen
