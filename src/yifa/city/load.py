"""Loading and checking a city: every mistake in its files at once, each with the file and the entry."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from yifa.city.model import KINDS, Approval, City, District, Organ, Window
from yifa.city.read import FILES, Mistakes, routes, rows, shaped, values, with_districts
from yifa.city.routes import RELATIONS
from yifa.law.loader import load_yaml


class CityError(ValueError):
    """The data of a city are wrong; `mistakes` holds every one as “file: entry: what”."""

    def __init__(self, city: str, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join((f"城市数据有误（{city}）：", *self.mistakes)))


@cache
def load(code: str) -> City:
    """The city of this code (a package under `yifa.city`). Raises CityError, or DataError if a file cannot be read."""
    raw = {name: load_yaml(f"yifa.city.{code}", f"{name}.yaml") for name in FILES}
    return build(code, raw)


def build(code: str, raw: Mapping[str, Any]) -> City:
    """A city from the contents of its files (name without .yaml → data). Raises CityError with all mistakes."""
    found = Mistakes()
    top = shaped(
        raw.get("city"),
        "city",
        {"code": str, "name": str, "edition": str, "districts": list, "courts": dict},
        found,
    )
    districts = tuple(rows(District, top.get("districts"), "city", "districts", found))
    organs = _organs(raw.get("organs"), districts, found)
    windows = _windows(raw.get("windows"), districts, found)
    numbering = shaped(raw.get("numbering"), "numbering",
                       {"series": dict, "prefixes": dict, "each_district": dict, "each_place": str}, found)  # fmt: skip
    city = City(
        code=code,
        name=top.get("name", code),
        edition=top.get("edition", ""),
        districts=districts,
        organs={organ.code: organ for organ in organs},
        windows=windows,
        numbers=numbering.get("series", {}),
        prefixes=_prefixes(numbering, districts, organs),
        parameters=values(raw.get("parameters"), found),
        routes=tuple(routes(raw.get("routes"), found)),
        approvals=tuple(_approvals(raw.get("approvals"), found)),
        courts=top.get("courts", {}),
    )
    found.extend(_doubles(organs, windows))
    found.extend(message for check in _CHECKS for message in check(city))
    if found:
        raise CityError(code, found)
    return city


def _approvals(raw: Any, found: Mistakes) -> Iterator[Approval]:
    given = shaped(raw or {}, "approvals", {"approvals": list}, found).get("approvals")
    return rows(Approval, given, "approvals", "approvals", found)


def _organs(raw: Any, districts: tuple[District, ...], found: Mistakes) -> tuple[Organ, ...]:
    parts = shaped(
        raw, "organs", {"organs": list, "each_district": list, "streets": dict, "towns": dict}, found
    )
    made = list(rows(Organ, parts.get("organs"), "organs", "organs", found))
    for district in districts:
        own = with_districts(parts.get("each_district", []), district)
        made += (o._replace(seat=district.code) for o in rows(Organ, own, "organs", "each_district", found))
    made += _places(parts.get("streets", {}), districts, "dispatched_organ", found)
    made += _places(parts.get("towns", {}), districts, "government", found)
    return tuple(made)


def _places(
    raw: Mapping[str, Any], districts: tuple[District, ...], kind: str, found: Mistakes
) -> Iterator[Organ]:
    """Streets and towns: 广州市天河区石牌街道办事处, 广州市增城区新塘镇人民政府."""
    known = {d.code: d for d in districts}
    ending = "办事处" if kind == "dispatched_organ" else "人民政府"
    for code, names in raw.items():
        if code not in known:
            found.append(f"organs.yaml: {kind}: 没有代码为“{code}”的区")
            continue
        for index, name in enumerate(names, 1):
            mark = "s" if kind == "dispatched_organ" else "t"
            full = f"广州市{known[code].name}{name}{ending}"
            yield Organ(f"{code}-{mark}{index}", full, "town", kind, f"{code}-gov", seat=code)


def _windows(raw: Any, districts: tuple[District, ...], found: Mistakes) -> tuple[Window, ...]:
    parts = shaped(raw, "windows", {"windows": list, "each_district": list}, found)
    made = list(rows(Window, parts.get("windows"), "windows", "windows", found))
    for district in districts:
        own = with_districts(parts.get("each_district", []), district)
        made += rows(Window, own, "windows", "each_district", found)
    return tuple(made)


def _prefixes(
    numbering: Mapping[str, Any], districts: tuple[District, ...], organs: tuple[Organ, ...]
) -> dict[str, str]:
    made = {organ.code: prefix for organ in organs if (prefix := _of_place(numbering, districts, organ))}
    made |= {str(k): str(v) for k, v in numbering.get("prefixes", {}).items()}
    for district in districts:
        made |= with_districts([numbering.get("each_district", {})], district)[0]
    return made


def _of_place(numbering: Mapping[str, Any], districts: tuple[District, ...], organ: Organ) -> str | None:
    """What stands for a street or town in numbers: 穗天石牌."""
    district = next((d for d in districts if organ.level == "town" and d.code == organ.seat), None)
    if district is None or "each_place" not in numbering:
        return None
    place = re.sub(r"(街道办事处|镇人民政府|办事处|人民政府)$", "", organ.name.partition(district.name)[2])
    return str(numbering["each_place"]).format(mark=district.mark, place=place)


# ------------------------------------------------------------------------------------------ checks


def _doubles(organs: tuple[Organ, ...], windows: tuple[Window, ...]) -> Iterator[str]:
    for code, count in Counter(o.code for o in organs).items():
        if count > 1:
            yield f"organs.yaml: {code}: 代码重复"
    for name, count in Counter(o.name for o in organs).items():
        if count > 1:
            yield f"organs.yaml: {name}: 名称重复"
    for code, count in Counter(w.code for w in windows).items():
        if count > 1:
            yield f"windows.yaml: {code}: 代码重复"


def _references(city: City) -> Iterator[str]:
    for organ in city.organs.values():
        for name in ("parent", "superior", "successor"):
            target = getattr(organ, name)
            if target is not None and target not in city.organs:
                yield f"organs.yaml: {organ.code}: {name} 所指“{target}”不存在"
        if organ.kind not in KINDS:
            yield f"organs.yaml: {organ.code}: 没有“{organ.kind}”这一类机关，可用的有：{'、'.join(KINDS)}"
        if organ.until is not None and organ.successor is None:
            yield f"organs.yaml: {organ.code}: 已撤销的机关须写明承继机关（successor）"
        if organ.since and organ.until and organ.until < organ.since:
            yield f"organs.yaml: {organ.code}: 截止日期早于起始日期"


def _circles(city: City) -> Iterator[str]:
    for organ in city.organs.values():
        seen, parent = {organ.code}, organ.parent
        while parent is not None and parent in city.organs and parent not in seen:
            seen.add(parent)
            parent = city.organs[parent].parent
        if parent == organ.code:
            yield f"organs.yaml: {organ.code}: 上级关系成环"


def _places_known(city: City) -> Iterator[str]:
    for window in city.windows:
        if window.organ not in city.organs:
            yield f"windows.yaml: {window.code}: 所属机关“{window.organ}”不存在"
    for organ in city.prefixes:
        if organ not in city.organs:
            yield f"numbering.yaml: {organ}: 机关不存在"
    for name in ("code", "name", "mark"):
        for value, count in Counter(getattr(d, name) for d in city.districts).items():
            if count > 1:
                yield f"city.yaml: {value}: 各区的 {name} 不得相同"


def _patterns(city: City) -> Iterator[str]:
    for series, pattern in city.numbers.items():
        try:
            text = str(pattern).format(organ="穗府", year=2024, serial=7)
        except (KeyError, IndexError, ValueError):
            yield f"numbering.yaml: {series}: 编号式样“{pattern}”只能使用 organ、year、serial"
            continue
        if not ("穗府" in text and "2024" in text and "7" in text):
            yield f"numbering.yaml: {series}: 编号式样须含 organ、year、serial"


def _routes(city: City) -> Iterator[str]:
    for number, route in enumerate(city.routes, 1):
        for name in route.to:
            if name not in RELATIONS:
                yield f"routes.yaml: 第{number}条: 没有“{name}”这一关系，可用的有：{'、'.join(RELATIONS)}"
        for kind in route.kinds:
            if kind not in KINDS:
                yield f"routes.yaml: 第{number}条: 没有“{kind}”这一类机关"


_CHECKS = (_references, _circles, _places_known, _patterns, _routes)
