"""An official document 公文 or case document 文书 as data: what stands where, nothing about how it is drawn.

The elements are those of GB/T 9704-2012 (party and government organs' documents): 发文机关标志, 发文字号,
标题, 主送机关, 正文, 附件说明, 发文机关署名, 成文日期, 印章, 附注, 版记. All texts are plain text.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Layout(StrEnum):
    """Which head the document wears."""

    OFFICIAL = "official"  # 公文: red mark, number, red line (GB/T 9704-2012, 7.2)
    LETTER = "letter"  # 函: the letter form 信函格式 (10.1)
    CASE = "case"  # 案件文书: organ, name of the document and case number in black
    FORM = "form"  # 表格文书: as CASE, the body is a table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is set in 黑体 before it; `small` is for the notes 注 under a form."""

    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels 1–4 are written 一、（一）1.（1） by the author and set in 黑体, 楷体, 仿宋, 仿宋."""

    text: str
    level: Literal[1, 2, 3, 4] = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page; `widths` are relative, one a column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form; a label is centred 黑体, an entry stands left and may hold several lines."""

    text: str = ""
    span: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form, at least `lines` lines high."""

    cells: tuple[Cell, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A table of labels and entries; the spans of each row add up to the number of columns."""

    widths: tuple[int, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to be signed and dated by hand."""

    lines: tuple[str, ...]


Block = Paragraph | Heading | Table | Form | Signatures


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: copies to, printing office, day of printing (7.4)."""

    office: str
    printed_on: date
    cc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Where anyone can check the document, and the short code printed under the QR."""

    url: str
    code: str


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document, ready to be rendered.

    mark       发文机关标志 or the organ over a case document
    title      标题; a line break where the author wants one, otherwise broken evenly
    number     发文字号 or 案号, with 〔〕
    recipient  主送机关 or addressee, without the colon
    signer     发文机关署名; empty: no sign-off
    dated      成文日期; also the PDF's own date, so that equal documents are equal bytes
    sealed     leave room for the seal 印章 and mark its place
    """

    layout: Layout
    mark: str
    title: str
    blocks: tuple[Block, ...]
    dated: date
    number: str = ""
    recipient: str = ""
    attachments: tuple[str, ...] = ()
    signer: str = ""
    sealed: bool = True
    notes: tuple[str, ...] = ()
    imprint: Imprint | None = None
    check: CheckCode | None = None
