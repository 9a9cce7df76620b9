"""Finding figures in a text: counts with their measure word, rates, ranks, runs of years. Pure; places are offsets."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from yifa.law.loader import load_yaml
from yifa.statistics.checker.numerals import NARROW, NUMBER, value_of

Kind = Literal["count", "rate", "rank", "streak"]
Op = Literal["=", ">", ">=", "~", "≈"]


class Figure(NamedTuple):
    """A figure in a text. `value` in the base unit (4.6万件 is 46000), rates in per cent.

    op  what the words say: = exactly, > 余/超/突破, >= 至少/以上, ~ 近, ≈ 约; places  decimals shown; step  value
    of the last digit written; first  said to be reached for the first time (首次突破).
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal
    unit: str
    op: Op
    places: int
    step: Decimal
    first: bool = False


class Claim(NamedTuple):
    """A claim of being first or foremost, which no record of ours can prove."""

    start: int
    end: int
    text: str


@cache
def words() -> Mapping[str, Any]:
    """The word tables."""
    found: Any = load_yaml("yifa.statistics.checker", "phrases.yaml")
    return found  # type: ignore[no-any-return]


def figures(text: str) -> list[Figure]:
    """All figures in the order of the text, none overlapping."""
    narrow = text.translate(NARROW)
    plain = _masked(narrow)
    found = [f for finder in (_rates, _ranks, _streaks, _counts) for f in finder(plain)]
    found += _works(narrow)
    return _apart([f._replace(text=text[f.start : f.end]) for f in found])


def claims(text: str) -> list[Claim]:
    """Claims of being first or foremost, longest wording first."""
    pattern = "|".join(sorted(words()["claims"], key=len, reverse=True))
    return [Claim(m.start(), m.end(), m.group()) for m in re.finditer(pattern, text)]


# ------------------------------------------------------------------------------ what is no figure

_QUOTED = re.compile(r"“[^”“\n]{1,30}”|《[^》《\n]{1,60}》|「[^」\n]{1,30}」")


def _masked(text: str) -> str:
    """Names in quotes, titles of works and set phrases blanked out, place by place."""
    phrases = re.compile("|".join(words()["set_phrases"]))
    for pattern in (_QUOTED, phrases):
        text = pattern.sub(lambda m: "\0" * len(m.group()), text)
    return text


def _apart(found: list[Figure]) -> list[Figure]:
    """The earlier finder wins where two overlap."""
    kept: list[Figure] = []
    for figure in found:
        if all(figure.end <= other.start or other.end <= figure.start for other in kept):
            kept.append(figure)
    return sorted(kept)


# ------------------------------------------------------------------------------ finders

_HAN_DIGITS = "零〇一二三四五六七八九十百千万亿两"
# A number is read from its beginning, and 第N is an ordinal.
_FRESH = rf"(?<![第\d{_HAN_DIGITS}])(?<!\d[.,，])"
_BARE = re.compile(r"[百千万亿]+")


@cache
def _before() -> str:
    return rf"(?P<before>{'|'.join(words()['before'])})?"


@cache
def _unit() -> str:
    units = sorted(words()["units"].items(), key=lambda item: -len(item[0]))
    return "|".join(re.escape(unit) + (f"(?![{wrong}])" if wrong else "") for unit, wrong in units)


@cache
def _count_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"{_before()}{_FRESH}(?P<number>{NUMBER})(?P<inner>[余多])?(?P<magnitude>[万亿]+)?"
        rf"(?P<unit>{_unit()})(?P<outer>以上|左右|上下)?"
    )


def _counts(text: str) -> Iterator[Figure]:
    for match in _count_pattern().finditer(text):
        number = match["number"] + (match["magnitude"] or "")
        value = value_of(number)
        if value is None or not _counts_something(match):
            continue
        yield _figure(match, "count", value, match["unit"], _step(number, value))


def _counts_something(match: re.Match[str]) -> bool:
    """一个、一批 are articles, not counts; 万 alone counts only after a word like 突破."""
    number = match["number"]
    if number == "一":
        return False
    return not _BARE.fullmatch(number) or match["before"] is not None


@cache
def _rate_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"{_before()}(?:{_FRESH}(?P<number>{NUMBER})%|百分之(?P<spoken>{NUMBER})"
        rf"|(?<![第{_HAN_DIGITS}])(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?![员立果功效为都长熟绩本交就型品人]))"
        r"(?P<outer>以上|左右|上下)?(?P<covered>)?"
    )


_COVERED = re.compile(r"实现[^，,。；;、]{0,24}?(?P<covered>全覆盖)")


def _rates(text: str) -> Iterator[Figure]:
    for match in _rate_pattern().finditer(text):
        number = match["number"] or match["spoken"]
        if match["tenths"]:
            value = (value_of(match["tenths"]) or Decimal(0)) * 10 + (5 if match["half"] else 0)
            yield _figure(match, "rate", value, "%", Decimal(10))
        elif (found := value_of(number)) is not None:
            yield _figure(match, "rate", found, "%", _step(number, found))
    for match in _COVERED.finditer(text):
        start, end = match.span("covered")
        yield Figure(start, end, "", "rate", Decimal(100), "%", "=", 0, Decimal(1))


@cache
def _rank_pattern() -> re.Pattern[str]:
    marks = "|".join(sorted(words()["rank_marks"], key=len, reverse=True))
    return re.compile(
        rf"(?:{marks})(?P<rank>第(?P<number>{NUMBER})(?:名|位)?(?![{words()['ordinal_of']}]))"
        r"|(?:居|列)[^，,。；;、]{0,8}?(?P<top>首位|榜首)"
    )


def _ranks(text: str) -> Iterator[Figure]:
    for match in _rank_pattern().finditer(text):
        group = "top" if match["top"] else "rank"
        value = Decimal(1) if match["top"] else value_of(match["number"])
        if value is not None:
            yield Figure(*match.span(group), "", "rank", value, "名", "=", 0, Decimal(1))


_STREAK = re.compile(rf"连续(?P<number>{NUMBER})(?P<unit>年|届|次|个月)")


def _streaks(text: str) -> Iterator[Figure]:
    for match in _STREAK.finditer(text):
        value = value_of(match["number"])
        if value is not None:
            yield Figure(*match.span(), "", "streak", value, match["unit"], "=", 0, Decimal(1))


@cache
def _works_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<titles>(?:《[^》\n]+》[、和及与]?)+)等(?P<noun>{'|'.join(words()['works'])})")


def _works(text: str) -> Iterator[Figure]:
    """《…》《…》等文章: at least as many as are named."""
    for match in _works_pattern().finditer(text):
        count = Decimal(match["titles"].count("《"))
        unit = words()["works"][match["noun"]]
        yield Figure(*match.span(), "", "count", count, unit, ">=", 0, Decimal(1))


# ------------------------------------------------------------------------------ how it is said


def _figure(match: re.Match[str], kind: Kind, value: Decimal, unit: str, step: Decimal) -> Figure:
    said = match.groupdict()
    ops = [words()["before"].get(said.get("before")), words()["after"].get(said.get("inner")),
           words()["after"].get(said.get("outer"))]  # fmt: skip
    ops.append(
        ">=" if "至少" in match.string[max(0, match.start() - 5) : match.start()] else None
    )  # 至少选聘1名
    op: Op = next((found for found in ops if found), "=")
    places = max(0, -int(step.adjusted())) if kind == "rate" else 0
    first = (said.get("before") or "").startswith("首次")
    return Figure(match.start(), match.end(), "", kind, value, unit, op, places, step, first)


def _step(number: str, value: Decimal) -> Decimal:
    """Value of the last digit written: 4.6万 is written to the thousand, 11563 to the one."""
    digits = re.match(r"[\d,，.]+", number)
    if digits is None:
        return Decimal(10) ** (len(str(int(value))) - len(str(int(value)).rstrip("0")))
    shown = Decimal(re.sub("[,，]", "", digits.group()))
    scale = value / shown if shown else Decimal(1)
    exponent = shown.as_tuple().exponent
    return scale * Decimal(10) ** (exponent if isinstance(exponent, int) else 0)
