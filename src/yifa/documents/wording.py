"""How dates, numbers and lists are written in official Chinese, and which characters text may carry."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from yifa.law.citation import Cite, chinese_number
from yifa.law.statute import statute

_LONG_RUN = 24  # longest unbroken run of ASCII that fits a line in any block
_NAMED_WITH_PREFIX = frozenset({"REG"})  # 中华人民共和国行政复议法实施条例


def chinese_date(day: date) -> str:
    """2024年2月6日: Arabic digits, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def law(cite: Cite) -> str:
    """《中华人民共和国行政复议法》第三十条第一款: the full title, as documents must give it."""
    return f"{full_title(cite.statute)}{cite.place}"


def full_title(code: str) -> str:
    """《中华人民共和国行政复议法》; other texts than laws carry the prefix only where it is in their name."""
    text = statute(code)
    prefix = "中华人民共和国" if text.kind == "law" or code in _NAMED_WITH_PREFIX else ""
    return f"《{prefix}{text.title}》"


def numbered(items: Iterable[str]) -> tuple[str, ...]:
    """1.甲； 2.乙； 3.丙。 — a list as separate lines with the punctuation of one sentence."""
    bare = [item.rstrip("。；;.") for item in items]
    return tuple(f"{n}.{item}{'。' if n == len(bare) else '；'}" for n, item in enumerate(bare, start=1))


def ordinal(n: int) -> str:
    """一、 二、 … before first-level headings and operative parts."""
    return f"{chinese_number(n)}、"


def clean(text: str) -> str:
    """Text as it may be printed: line breaks and tabs to spaces, control and direction characters removed.

    Direction overrides (U+202A–202E, U+2066–2069) could make a printed name read differently from the
    recorded one; they have no place in Chinese official text. Very long runs of ASCII may be broken.
    """
    spaced = "".join(" " if c in "\n\r\t\v\f\u2028\u2029" else c for c in text)
    visible = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return _breakable(visible)


def _breakable(text: str) -> str:
    out, run = [], 0
    for char in text:
        run = run + 1 if "!" <= char <= "~" else 0
        out.append(char)
        if run == _LONG_RUN:
            out.append("\u200b")
            run = 0
    return "".join(out)


def even_lines(title: str, per_line: int) -> tuple[str, ...]:
    """A title in lines of nearly equal length, none over `per_line`; the author's own breaks are kept."""
    out: list[str] = []
    for part in title.split("\n"):
        count = max(1, -(-len(part) // per_line))
        edges = [round(i * len(part) / count) for i in range(count + 1)]
        out.extend(part[start:end] for start, end in pairwise(edges))
    return tuple(out)


def joined(names: Sequence[str]) -> str:
    """甲、乙、丙."""
    return "、".join(names)
