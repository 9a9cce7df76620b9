"""Inputs of acts: one pydantic model each, used for validation, forms and API schemas; problems all at once."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from yifa.language.acts import EMPTY, Problem
from yifa.language.words import spelled_out


class Inputs(BaseModel):
    """Base of all inputs. Fields any act may carry are here; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str | None = Field(None, title="理由")
    approved_by: str | None = Field(None, title="批准人")
    note: str | None = Field(None, title="备注")


class NoInput(Inputs):
    """An act that needs nothing beyond its date."""


class DayOfAct:
    """Marks the field that states the day of the act itself: `decided_on: Annotated[date | None, DAY_OF_ACT]`. A draft
    cannot know it; at the signature it is the day of the signature.
    """


DAY_OF_ACT = DayOfAct()


def on_its_day(model: type[BaseModel], data: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The data with the fields that state the day of the act set to `day`, where they are given or required."""
    marked = (
        name
        for name, info in model.model_fields.items()
        if any(isinstance(m, DayOfAct) for m in info.metadata)
    )
    given = {name: day for name in marked if name in data or model.model_fields[name].is_required()}
    return {**data, **given}


Parsed = tuple[Mapping[str, Any], tuple[Problem, ...]]


def validate(model: type[BaseModel], data: Mapping[str, Any]) -> Parsed:
    """The validated fields that are not empty, or every problem with its place."""
    try:
        instance = model.__pydantic_validator__.validate_python(data if type(data) is dict else dict(data))
    except ValidationError as error:
        return EMPTY, _problems(model, error)
    return {key: value for key, value in instance.__dict__.items() if value is not None}, ()


def validate_partial(model: type[BaseModel], data: Mapping[str, Any]) -> Parsed:
    """Like `validate`, but missing fields are no problem (dated examples list only what moves clocks)."""
    parsed: dict[str, Any] = {}
    problems: list[Problem] = []
    adapters = _adapters(model)
    for name, value in data.items():
        adapter = adapters.get(name)
        if adapter is None:
            problems.append(Problem("field_unknown", {"field": name}, None, name))
            continue
        try:
            parsed[name] = adapter.validate_python(value)
        except ValidationError as error:
            problems.extend(_problems(model, error, name))
    return parsed, tuple(problems)


@cache
def _adapters(model: type[BaseModel]) -> dict[str, TypeAdapter[Any]]:
    return {name: TypeAdapter(info.rebuild_annotation()) for name, info in model.model_fields.items()}


def title_of(model: type[BaseModel], name: str) -> str:
    """Chinese name of a field; the name itself when it has none."""
    info = model.model_fields.get(name)
    return (info.title if info else None) or name


def form_schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON schema of an input, for pages and API."""
    return model.model_json_schema()


def _problems(model: type[BaseModel], error: ValidationError, *within: str) -> tuple[Problem, ...]:
    """Problems with their places. Where a value fits no branch of a union, the branch it comes nearest to is told."""
    errors = [(e, _place(model, (*within, *e["loc"]), e)) for e in error.errors()]
    found = [(_problem(e, place), place.branches) for e, place in errors]
    depths: dict[str, dict[str, tuple[int, int]]] = {}
    for _, place in errors:
        for where, branch in place.branches:
            deepest, count = depths.setdefault(where, {}).get(branch, (0, 0))
            depths[where][branch] = (min(deepest, -len(place.path)), count + 1)
    nearest = {where: min(branches, key=lambda b: branches[b]) for where, branches in depths.items()}
    return tuple(p for p, branches in found if all(nearest[where] == branch for where, branch in branches))


class _Place(NamedTuple):
    """Where an error lies: fields, items and keys; the same in Chinese; the branches of unions on the way; the field."""

    path: tuple[str, ...]
    title: str
    branches: tuple[tuple[str, str], ...]
    field: tuple[type[BaseModel], str]


def _problem(error: Any, place: _Place) -> Problem:
    where = ".".join(place.path)
    if error["type"] == "missing":
        return Problem("field_missing", {"title": place.title}, None, where)
    if error["type"] == "extra_forbidden":
        return Problem("field_unknown", {"field": where}, None, where)
    return _field_problem(place, error)


def _place(model: type[BaseModel], loc: tuple[int | str, ...], error: Any) -> _Place:
    path: tuple[str, ...] = ()
    branches: tuple[tuple[str, str], ...] = ()
    title, inside, field = "", cast(Any, model), (model, "")
    keyed = len(loc) - 1 if error["type"] == "extra_forbidden" else len(loc)
    for at, part in enumerate(loc):
        owner = next((m for m in _models(inside) if part in m.model_fields), None)
        if owner is None and isinstance(part, str) and at < keyed and not _mapping(inside):
            branches += ((".".join(path), part),)
            continue
        path += (str(part),)
        if owner is not None:
            field = (owner, str(part))
            info = owner.model_fields[str(part)]
            title += ("的" if title else "") + (info.title or str(part))
            inside = info.annotation
        else:
            title += f"第{part + 1}项" if isinstance(part, int) else f"的{part}"
    return _Place(path, title, branches, field)


def _models(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The models inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for part in get_args(annotation) for model in _models(part))


def _mapping(annotation: Any) -> bool:
    """Whether keys of a mapping may follow."""
    return get_origin(annotation) is dict or any(_mapping(part) for part in get_args(annotation))


def _field_problem(place: _Place, error: Any) -> Problem:
    template = _DETAILS.get(error["type"], "格式不符")
    context = {key: _plain(value) for key, value in error.get("ctx", {}).items()}
    if error["type"] == "literal_error":
        context["expected"] = spelled_out(*place.field) or context["expected"]
    params = {"title": place.title, "detail": template.format_map(context)}
    return Problem("field_invalid", params, None, ".".join(place.path))


def _plain(value: Any) -> str:
    return str(value).replace(" or ", "、").replace(", ", "、").replace("'", "")


_DETAILS = {
    "literal_error": "应为 {expected} 之一",
    "enum": "应为 {expected} 之一",
    "date_from_datetime_parsing": "不是有效的日期（如 2024-02-06）",
    "date_parsing": "不是有效的日期（如 2024-02-06）",
    "date_type": "不是有效的日期（如 2024-02-06）",
    "date_from_datetime_inexact": "应为日期，不含时刻",
    "datetime_parsing": "不是有效的时刻（如 2024-02-06T16:00）",
    "datetime_from_date_parsing": "不是有效的时刻（如 2024-02-06T16:00）",
    "datetime_type": "不是有效的时刻（如 2024-02-06T16:00）",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "decimal_parsing": "应为数字",
    "bool_parsing": "应为是或否",
    "bool_type": "应为是或否",
    "string_type": "应为文字",
    "string_too_short": "不少于{min_length}个字",
    "string_too_long": "不超过{max_length}个字",
    "string_pattern_mismatch": "格式不符",
    "greater_than_equal": "不得小于{ge}",
    "greater_than": "应大于{gt}",
    "less_than_equal": "不得大于{le}",
    "less_than": "应小于{lt}",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "too_short": "不少于{min_length}项",
    "too_long": "不超过{max_length}项",
    "value_error": "{error}",
    "decimal_max_places": "小数不超过{decimal_places}位",
}
