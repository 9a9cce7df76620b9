"""Statutes that know how they count.

`L23.days(5)` is five working days because Art. 88(2) says so; `L23.days(60)` sixty calendar days. The
rule is data of the statute (`data/statutes.yaml`), never an `if` at the place of use.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from yifa.law.citation import Cite, Practice, Source
from yifa.law.loader import load_yaml

Unit = Literal["workday", "day", "month", "year", "hour"]
Shift = Literal["next", "none"]

UNITS_ZH: dict[Unit, str] = {
    "workday": "个工作日",
    "day": "日",
    "month": "个月",
    "year": "年",
    "hour": "小时",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A named way of reading a text that leaves room: who says so, and what it decides."""

    code: str
    title: str
    source: Source


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time with the rules by which it is counted.

    number  how many units; unit  what is counted; shift  what happens when the last day is a rest day;
    unit_source / shift_source  the provisions that say so; reading  the named reading chosen, if any; origin  the statute's code.
    """

    number: int
    unit: Unit
    shift: Shift = "none"
    unit_source: Source | None = None
    shift_source: Source | None = None
    reading: Reading | None = None
    origin: str = ""

    def __hash__(self) -> int:
        """The sources would make hashing slow and add nothing."""
        return hash((self.number, self.unit, self.shift))

    def __str__(self) -> str:
        return f"{self.number}{UNITS_ZH[self.unit]}"

    def times(self, number: int) -> "Length":
        """The same rules with another number (for lengths that a notice or decision sets)."""
        return self if number == self.number else _times(self, number)


@lru_cache(maxsize=10_000)
def _times(length: Length, number: int) -> Length:
    """Made once, so that the cache of periods, which goes by identity, knows it again."""
    return Length(
        number,
        length.unit,
        length.shift,
        length.unit_source,
        length.shift_source,
        length.reading,
        length.origin,
    )


@dataclass(frozen=True, slots=True)
class Statute:
    """One version of one text, with its own rules of counting."""

    code: str
    title: str
    version: str
    kind: str
    in_force: date
    until: date | None
    text: str | None
    confidence: str
    workday_numbers: frozenset[int]
    workday_source: Source | None
    shift: Shift
    shift_source: Source | None

    def __str__(self) -> str:
        return f"《{self.title}》({self.version})"

    def art(
        self, article: int, paragraph: int | None = None, item: int | None = None, *, sub: int | None = None
    ) -> Cite:
        """The citation of an article 条, paragraph 款 and item 项 of this version."""
        return Cite(self.code, self.title, self.version, article, paragraph, item, sub)

    def applies_on(self, day: date) -> bool:
        """Whether this version is in force on `day`."""
        return self.in_force <= day and (self.until is None or day <= self.until)

    def days(self, number: int, *, shift: Reading | None = None) -> Length:
        """`number` 日 as this statute counts them: working days if it says so, else calendar days.

        `shift` names another reading of what happens at the end (S0, S1, S2).
        """
        if number in self.workday_numbers:
            return self._length(number, "workday", shift, self.workday_source)
        return self._length(number, "day", shift)

    def workdays(self, number: int, *, shift: Reading | None = None) -> Length:
        """`number` 个工作日, where the text itself says 工作日."""
        return self._length(number, "workday", shift)

    def months(self, number: int, *, shift: Reading | None = None) -> Length:
        """`number` 个月: same day of the target month, else its last day."""
        return self._length(number, "month", shift)

    def years(self, number: int, *, shift: Reading | None = None) -> Length:
        """`number` 年: same day of the target year, else the last day of that month."""
        return self._length(number, "year", shift)

    def hours(self, number: int) -> Length:
        """`number` 小时, running through holidays; the starting hour is not counted."""
        return Length(number, "hour", origin=self.code)

    def _length(
        self, number: int, unit: Unit, reading: Reading | None, unit_source: Source | None = None
    ) -> Length:
        if reading is not None:
            rule: Shift = "none" if reading.code == "S0" else "next"
            return Length(number, unit, rule, unit_source, reading.source, reading, self.code)
        return Length(number, unit, self.shift, unit_source, self.shift_source, None, self.code)


@cache
def statutes() -> dict[str, Statute]:
    """All declared statutes by code, in the order of the data file."""
    raw: Any = load_yaml("yifa.law.data", "statutes.yaml")
    return {code: _statute(code, row, raw) for code, row in raw.items()}


def statute(code: str) -> Statute:
    """The statute of this code; KeyError names the codes there are."""
    try:
        return statutes()[code]
    except KeyError:
        raise KeyError(f"no statute {code!r}; known: {', '.join(statutes())}") from None


def find_statute(name: str) -> Statute:
    """`L23`, `行政复议法@2023` or `行政复议法` (the newest version of that title)."""
    title, _, version = name.strip("《》").partition("@")
    found = [
        s for s in statutes().values() if name == s.code or (s.title == title and version in ("", s.version))
    ]
    if not found:
        known = "、".join(f"{s.title}@{s.version}" for s in statutes().values())
        raise KeyError(f"没有找到“{name}”。可用的有：{known}")
    return max(found, key=lambda s: s.in_force)


def _statute(code: str, row: dict[str, Any], raw: dict[str, Any]) -> Statute:
    counting = row.get("counting", {})
    workdays, shift = counting.get("workdays", {}), counting.get("shift", {})
    return Statute(
        code=code,
        title=row["title"],
        version=row["version"],
        kind=row["kind"],
        in_force=row["in_force"],
        until=row.get("until"),
        text=row.get("text"),
        confidence=row["confidence"],
        workday_numbers=frozenset(workdays.get("numbers", ())),
        workday_source=_rule_source(code, workdays, raw),
        shift=shift.get("rule", "none"),
        shift_source=_rule_source(code, shift, raw),
    )


def _rule_source(code: str, rule: dict[str, Any], raw: dict[str, Any]) -> Source | None:
    if not rule:
        return None
    if "article" not in rule:
        return Practice(rule["note"])
    owner = rule.get("via") if "via_article" in rule else rule.get("source", rule.get("via", code))
    place = rule.get("via_article", rule["article"])
    owner_row = raw[owner or code]
    return Cite(owner or code, owner_row["title"], owner_row["version"], *place)
