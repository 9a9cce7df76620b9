"""Sentences and blocks that documents of several lines share."""

from collections.abc import Iterable

from yifa.documents.model import Block, Cell, FormRow, Heading, Paragraph
from yifa.documents.values import Values
from yifa.documents.wording import numbered, ordinal
from yifa.law.citation import chinese_number


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    """Each non-empty text as a paragraph."""
    return tuple(Paragraph(text) for text in texts if text)


def led(lead: str, texts: Iterable[str]) -> tuple[Paragraph, ...]:
    """Paragraphs of which the first carries the lead: 经审理查明：…"""
    return tuple(Paragraph(text, lead=lead if n == 0 else "") for n, text in enumerate(texts))


def listed(items: Iterable[str]) -> tuple[Paragraph, ...]:
    """Items as numbered paragraphs: 1.…；2.…。"""
    return paragraphs(*numbered(items))


def contact(values: Values) -> tuple[Paragraph, ...]:
    """Whom to turn to, as far as known."""
    rules = (("handler", "联系人"), ("phone", "联系电话"), ("office_address", "地址"))
    parts = [f"{title}：{values.text(name)}" for name, title in rules if values.has(name)]
    return paragraphs("；".join(parts) + "。") if parts else ()


def sections(parts: Iterable[tuple[str, Iterable[Block | str]]]) -> tuple[Block, ...]:
    """First-level headings 一、二、… each with its blocks or texts; parts with nothing in them are left out."""
    kept = [(title, [b for b in blocks if b]) for title, blocks in parts]
    out: list[Block] = []
    for number, (title, blocks) in enumerate(((t, b) for t, b in kept if b), start=1):
        out.append(Heading(ordinal(number) + title))
        out.extend(Paragraph(b) if isinstance(b, str) else b for b in blocks)
    return tuple(out)


def days(number: int) -> str:
    """十五日: lengths of time in documents are written in Chinese numerals."""
    return f"{chinese_number(number)}日"


def sentence(text: str) -> str:
    """The text with exactly one full stop at its end."""
    return text.rstrip("。；; ") + "。"


def wide(title: str, text: str, lines: int = 1) -> FormRow:
    """A row of a four-column form: one label, one entry across the rest."""
    return FormRow((Cell(title, label=True), Cell(text, span=3)), lines)


def pair(one: tuple[str, str], two: tuple[str, str], lines: int = 1) -> FormRow:
    """A row of a four-column form: label and entry, twice."""
    cells = (Cell(one[0], label=True), Cell(one[1]), Cell(two[0], label=True), Cell(two[1]))
    return FormRow(cells, lines)
