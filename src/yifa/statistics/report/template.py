"""The report's template: plain text with references, read and checked as a whole, every mistake with file and line.

    # 标题                     a part
    普通文字，{{ line.code | 约 }}。   a paragraph; a reference is an indicator and how to say it
    @chart line.code district         a picture of an indicator by one of its dimensions

No digit may be typed outside quoted names: numbers are references, the year is {{ year }}.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from yifa.statistics.catalogue import Named

SAYINGS = ("原数", "约", "超", "成", "首次突破", "比上年")
SPECIAL = ("year", "last_year")
REFERENCE = re.compile(r"\{\{(.*?)\}\}")
QUOTED = re.compile(r"[“《][^”》]*[”》]")  # names of programmes and documents may hold digits
SENTENCE = re.compile(r"[^。]*。|[^。]+$")


class Ref(NamedTuple):
    """A reference to an indicator, or to the year (`name` year, last_year)."""

    name: str
    saying: str = "原数"


class Chart(NamedTuple):
    """A chart of an indicator by a dimension."""

    name: str
    dimension: str


Sentence = tuple[str | Ref, ...]


class Paragraph(NamedTuple):
    """Sentences; one whose figures are not there is left out."""

    sentences: tuple[Sentence, ...]


class Part(NamedTuple):
    """A part of the report under its heading ("" before the first)."""

    title: str
    blocks: tuple[Paragraph | Chart, ...]


class TemplateError(ValueError):
    """A template that cannot be built; the message lists every mistake as file:line: what."""


def parse(text: str, file: str, catalogue: Mapping[str, Named], lines: Collection[str]) -> tuple[Part, ...]:
    """The parts of a template. References to lines that are not installed (not in `lines`) are kept: they are empty."""
    mistakes = [
        f"{file}:{n}: {what}" for n, line in _numbered(text) for what in _mistakes(line, catalogue, lines)
    ]
    if mistakes:
        raise TemplateError("报告模板有误：\n" + "\n".join(f"  {mistake}" for mistake in mistakes))
    parts: list[tuple[str, list[Paragraph | Chart]]] = []
    for _, line in _numbered(text):
        if line.startswith("# "):
            parts.append((line[2:].strip(), []))
        else:
            if not parts:
                parts.append(("", []))
            parts[-1][1].append(_block(line))
    return tuple(Part(title, tuple(blocks)) for title, blocks in parts)


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Lines with something on them, comments (//) left out."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("//"):
            yield number, line.strip()


def _block(line: str) -> Paragraph | Chart:
    if line.startswith("@chart "):
        _, name, dimension = line.split()
        return Chart(name, dimension)
    return Paragraph(tuple(_sentence(found) for found in SENTENCE.findall(line)))


def _sentence(text: str) -> Sentence:
    pieces = REFERENCE.split(text)  # text, reference, text, …
    runs = (_ref(piece) if index % 2 else piece for index, piece in enumerate(pieces))
    return tuple(run for run in runs if run != "")


def _ref(text: str) -> Ref:
    name, _, saying = (part.strip() for part in text.partition("|"))
    return Ref(name, saying or "原数")


def _mistakes(line: str, catalogue: Mapping[str, Named], lines: Collection[str]) -> Iterator[str]:
    if line.startswith("@"):
        yield from _chart_mistakes(line, catalogue, lines)
        return
    typed = re.findall(r"[0-9０-９]+", QUOTED.sub("", REFERENCE.sub("", line)))
    yield from (f"数字“{digits}”不得直接写入，应引用指标" for digits in typed)
    if REFERENCE.sub("", line).count("{{") or REFERENCE.sub("", line).count("}}"):
        yield "引用的括号不成对"
    for text in REFERENCE.findall(line):
        ref = _ref(text)
        yield from _name_mistakes(ref.name, catalogue, lines)
        if ref.saying not in SAYINGS:
            yield f"没有“{ref.saying}”这种说法，可用的有：{'、'.join(SAYINGS)}"


def _chart_mistakes(line: str, catalogue: Mapping[str, Named], lines: Collection[str]) -> Iterator[str]:
    words = line.split()
    if len(words) != 3 or words[0] != "@chart":
        yield f"看不懂“{line}”，应为 @chart 指标 维度"
        return
    yield from _name_mistakes(words[1], catalogue, lines)
    named = catalogue.get(words[1])
    if named is not None and words[2] not in named.indicator.dimensions:
        yield f"{words[1]} 不能按“{words[2]}”分列"


def _name_mistakes(name: str, catalogue: Mapping[str, Named], lines: Collection[str]) -> Iterator[str]:
    line, dot, _ = name.partition(".")
    if name in SPECIAL or name in catalogue:
        return
    if not dot or line in lines or not re.fullmatch(r"[a-z_]+", line):
        yield f"没有指标“{name}”"
