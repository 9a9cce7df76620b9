"""Lengths of time in words, with the choice they depend on."""

from typing import Any

from yifa.language.clocks import Clock
from yifa.language.line import Line
from yifa.language.values import By, ByDate, Fact, Field, First, Fixed, FixedDay, Parameter, Sized
from yifa.law.statute import UNITS_ZH, Length

# Procedures of reconsideration and of courts; other coded values are named by the rule tables of their line.
PROCEDURES = {"ordinary": "普通程序", "simplified": "简易程序", "summary": "简易程序", "legacy": "旧法程序"}


def length_text(line: Line, clock: Clock) -> str:
    """The length in words: of the starts that have their own, else of the clock."""
    own = [start for start in clock.starts if start.length is not None]
    found = dict.fromkeys(words(line, start.length) for start in own) or {words(line, clock.length): None}
    if len(found) == 1 or not all(start.what for start in own):
        return "；".join(found)
    return "；".join(f"{start.what}：{words(line, start.length)}" for start in own)


def words(line: Line, value: Any) -> str:
    """A length, or a choice of lengths, in words."""
    if isinstance(value, Length):
        return str(value)
    if isinstance(value, By):
        return _choice(line, value)
    if isinstance(value, ByDate):
        return _joined((f"{since:%Y年%-m月%-d日}起", words(line, option)) for since, option in value.table)
    if isinstance(value, Fixed | FixedDay):
        return value.what
    if isinstance(value, Sized):
        return f"{_number(line, value.number)}（{UNITS_ZH[value.like.unit].removeprefix('个')}）"
    if isinstance(value, First):
        return "，否则".join(words(line, option) for option in value.options)
    return "依情形而定"


def _choice(line: Line, value: By) -> str:
    pairs = [(_name(line, value, key), words(line, branch)) for key, branch in value.table.items()]
    rest = None if value.otherwise is None else words(line, value.otherwise)
    if rest is not None and rest not in {text for _, text in pairs}:
        pairs.append(("其他", rest))
    return _joined(pairs)


def _joined(pairs: Any) -> str:
    """Cases with their lengths; just the length where all cases have the same."""
    pairs = list(pairs)
    if len({text for _, text in pairs}) == 1:
        return str(pairs[0][1])
    return "，".join(f"{case} {text}" for case, text in pairs)


def _name(line: Line, value: By, key: Any) -> str:
    if value.selector == "version":
        title = next((v.title for v in line.versions if v.code == key), "")
        return f"《{title}》" if title and "（" not in title else title or f"{key}版"
    names = {code: name for table in line.tables for code, name in (table.names or {}).items()}
    return PROCEDURES.get(str(key)) or names.get(str(key), str(key))


def _number(line: Line, value: Any) -> str:
    """Where the number of a length comes from: an act, or a parameter of the city."""
    if isinstance(value, First):
        known = [option for option in value.options if not isinstance(option, int)]
        return _number(line, known[0]) if known else str(value.options[0])
    if isinstance(value, Parameter):
        found = next((p for p in line.parameters if p.code == value.code), None)
        return f"本地参数“{found.title}”，现为{found.values[-1].value}" if found else "本地参数"
    if isinstance(value, Fact):
        return "本案确定的日数"
    if isinstance(value, Field):
        return "文书确定的日数" + (
            f"，未定的为{_number(line, value.otherwise)}" if value.otherwise is not None else ""
        )
    return str(value) if isinstance(value, int) else "依法计算的日数"
