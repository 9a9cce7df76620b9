"""What a city is made of: districts, organs, windows, numbering, parameter values, review routes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from yifa.law.citation import Cite, Practice

Level = Literal["province", "city", "district", "town"]
LEVELS: tuple[Level, ...] = ("province", "city", "district", "town")

# Kinds of organs, with their names. `justice` is the department that also does the work of reconsideration (L23 4).
KINDS = {
    "government": "人民政府",
    "department": "政府工作部门",
    "justice": "司法行政部门",
    "dispatched_organ": "派出机关",
    "dispatched_body": "派出机构",
    "authorised": "法律、法规、规章授权的组织",
    "vertical": "垂直领导机关",
    "legal_aid": "法律援助机构",
}


class District(NamedTuple):
    """A district: administrative division code (six digits), full name, and the character used in numbers."""

    code: str
    name: str
    mark: str


class Organ(NamedTuple):
    """An administrative organ. `parent` is the organ that set it up; `seat` the district it works for, if any.

    superior  the higher organ of its own field (vertical organs, justice departments); both ends of the
    validity are included; successor  who goes on after the end (L23 19(4)).
    """

    code: str
    name: str
    level: Level
    kind: str
    parent: str | None = None
    superior: str | None = None
    seat: str | None = None
    since: date | None = None
    until: date | None = None
    successor: str | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the organ exists on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Window(NamedTuple):
    """A place where applications of some lines are received."""

    code: str
    name: str
    organ: str
    lines: tuple[str, ...]


class Route(NamedTuple):
    """Who reviews the acts of organs of these kinds and levels. `to` names relations (see `routes.RELATIONS`)."""

    kinds: tuple[str, ...]
    levels: tuple[Level, ...]
    to: tuple[str, ...]
    cite: Cite | Practice
    since: date | None
    until: date | None

    def applies(self, organ: Organ, day: date) -> bool:
        """Whether the route is for this organ on this day."""
        in_force = (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        return in_force and organ.kind in self.kinds and organ.level in self.levels


class Approval(NamedTuple):
    """Who reviews drafts of an act before the law's signer, in this order. `organs` empty: in every organ."""

    line: str
    action: str
    reviewers: tuple[str, ...]
    source: str
    organs: tuple[str, ...] = ()


Values = tuple[tuple[date, Any, str], ...]


@dataclass(frozen=True, slots=True)
class City:
    """A city as loaded. `numbers`: line.kind → pattern; `prefixes`: organ → what stands for it in numbers;
    `parameters`: parameter code → dated values with their source, by line ("" for all lines); `courts`: level (basic,
    intermediate) → the court for suits against organs, as documents name it.
    """

    code: str
    name: str
    edition: str
    districts: tuple[District, ...]
    organs: Mapping[str, Organ]
    windows: tuple[Window, ...]
    numbers: Mapping[str, str]
    prefixes: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Values]]
    routes: tuple[Route, ...]
    approvals: tuple[Approval, ...] = ()
    courts: Mapping[str, str] = field(default_factory=dict)

    def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
        """Roles that review drafts of this act here, in order. The signer is the law's and not among them."""
        own = [
            a
            for a in self.approvals
            if (a.line, a.action) == (line, action) and (not a.organs or organ in a.organs)
        ]
        return max(own, key=lambda a: bool(a.organs)).reviewers if own else ()

    def organ(self, code: str) -> Organ:
        """The organ of this code; KeyError names it."""
        try:
            return self.organs[code]
        except KeyError:
            raise KeyError(f"{self.name}没有代码为“{code}”的机关") from None

    def find(self, name: str) -> Organ | None:
        """The organ of this full name."""
        return next((organ for organ in self.organs.values() if organ.name == name), None)

    def of_kind(self, kind: str, day: date | None = None) -> tuple[Organ, ...]:
        """Organs of a kind, in the order of the data; on `day` only those that exist then."""
        return tuple(o for o in self.organs.values() if o.kind == kind and (day is None or o.valid_on(day)))

    def number(self, series: str, organ: str, year: int, serial: int) -> str:
        """A case or document number: 穗天府行复〔2024〕45号. KeyError if the series or the organ has none."""
        return self.numbers[series].format(organ=self.prefixes[organ], year=year, serial=serial)

    def serial(self, series: str, organ: str, number: str) -> tuple[int, int] | None:
        """Year and serial of a number of this series and organ; None if it is not one of them."""
        pattern, prefix = self.numbers.get(series), self.prefixes.get(organ)
        if pattern is None or prefix is None:
            return None
        mark = {"organ": re.escape(prefix), "year": r"(?P<year>\d{4})", "serial": r"(?P<serial>[1-9]\d*)"}
        parts = re.split(r"\{(organ|year|serial)\}", pattern)
        form = "".join(mark[part] if index % 2 else re.escape(part) for index, part in enumerate(parts))
        found = re.fullmatch(form, number)
        return None if found is None else (int(found["year"]), int(found["serial"]))
