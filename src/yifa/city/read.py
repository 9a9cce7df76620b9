"""Rows of a city's files as values; what does not fit is collected, not raised."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from yifa.city.model import Approval, District, Organ, Route, Values, Window
from yifa.law.citation import Cite, Practice
from yifa.law.statute import statute

FILES = ("city", "organs", "windows", "numbering", "parameters", "routes", "approvals")


class Mistakes(list[str]):
    """Mistakes found so far."""


Raw = Mapping[str, Any]
ROWS: dict[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in (Approval, District, Organ, Window)}
ROUTE_KEYS = {"kinds", "levels", "to", "cite", "practice", "since", "until"}
_ROUTE: TypeAdapter[Any] = TypeAdapter(Route)


def shaped(raw: Any, file: str, keys: Mapping[str, type], found: Mistakes) -> Raw:
    """The mapping `raw` with only the known keys, each of its type; missing keys are left out."""
    if not isinstance(raw, dict):
        found.append(f"{file}.yaml: 应为键值对")
        return {}
    found.extend(f"{file}.yaml: 没有名为“{key}”的项" for key in raw if key not in keys)
    wrong = {key for key, kind in keys.items() if key in raw and not isinstance(raw[key], kind)}
    found.extend(f"{file}.yaml: {key}: 类型不符" for key in sorted(wrong))
    return {key: raw[key] for key in keys if key in raw and key not in wrong}


def rows(kind: type, raw: Iterable[Any] | None, file: str, section: str, found: Mistakes) -> Iterator[Any]:
    """Each row as a value of `kind`."""
    for number, row in enumerate(raw or (), 1):
        place = (
            row.get("code", f"{section} 第{number}项") if isinstance(row, dict) else f"{section} 第{number}项"
        )
        try:
            yield ROWS[kind].validate_python(row)
        except ValidationError as error:
            found.extend(f"{file}.yaml: {place}: {_plain(e)}" for e in error.errors())


def _plain(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    texts = {"missing": "缺少", "extra_forbidden": "没有此项"}
    return f"{name} {texts.get(error['type'], '填写有误')}".strip()


def with_districts(templates: Any, district: District) -> Any:
    """Templates filled in with the district's {code}, {name} and {mark}."""
    if isinstance(templates, list):
        return [with_districts(item, district) for item in templates]
    if isinstance(templates, dict):
        return {with_districts(k, district): with_districts(v, district) for k, v in templates.items()}
    if isinstance(templates, str):
        return templates.format(code=district.code, name=district.name, mark=district.mark)
    return templates


def values(raw: Any, found: Mistakes) -> dict[str, dict[str, Values]]:
    """Parameter values by line and code, in order of date."""
    lines = raw if isinstance(raw, dict) else {}
    return {line: {code: _dated(f"{line}.{code}", given, found) for code, given in (codes or {}).items()}
            for line, codes in lines.items()}  # fmt: skip


def _dated(place: str, given: Any, found: Mistakes) -> Values:
    made: list[tuple[date, Any, str]] = []
    for row in given if isinstance(given, list) else ():
        if (
            isinstance(row, dict)
            and set(row) == {"since", "value", "source"}
            and isinstance(row["since"], date)
        ):
            made.append((row["since"], row["value"], str(row["source"])))
        else:
            found.append(f"parameters.yaml: {place}: 每个取值须写明 since（日期）、value、source")
    if made != sorted(made, key=lambda row: row[0]):
        found.append(f"parameters.yaml: {place}: 取值须按 since 先后排列")
    return tuple(made)


def routes(raw: Any, found: Mistakes) -> Iterator[Route]:
    """Review routes with their citations."""
    parts = shaped(raw, "routes", {"routes": list}, found)
    for number, row in enumerate(parts.get("routes", ()), 1):
        made = _route(row)
        if isinstance(made, str):
            found.append(f"routes.yaml: 第{number}条: {made}")
        else:
            yield made


def _route(row: Any) -> Route | str:
    if not isinstance(row, dict) or set(row) - ROUTE_KEYS:
        return f"只能有 {'、'.join(sorted(ROUTE_KEYS))}"
    if ("cite" in row) == ("practice" in row):
        return "须写明依据：cite（法律条款）或者 practice（实务规则）"
    try:
        cite = _cite(row["cite"]) if "cite" in row else Practice(row["practice"])
    except (KeyError, TypeError, ValueError):
        return f"依据“{row.get('cite')}”不存在"
    given = {key: row.get(key) for key in ("kinds", "levels", "to", "since", "until")}
    try:
        found: Route = _ROUTE.validate_python({**given, "cite": cite})
    except ValidationError as error:
        return "；".join(_plain(e) for e in error.errors())
    return found


def _cite(given: Any) -> Cite:
    code, *place = given
    return statute(code).art(*place)
