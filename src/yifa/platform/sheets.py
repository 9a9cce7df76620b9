"""Tables as people keep them: CSV in UTF-8 or GB18030, and XLSX. Cells are text; what they mean is said elsewhere."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import fastexcel
import xlsxwriter

from yifa.language.acts import Problem


class Sheet(NamedTuple):
    """A table: the cells of its first row, and the others with their line numbers as a spreadsheet shows them."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(name: str, data: bytes) -> Sheet | Problem:
    """The table in a file, or why it cannot be read. Lines without any content are left out."""
    try:
        lines = _xlsx(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    except (UnicodeDecodeError, csv.Error, fastexcel.FastExcelError) as error:
        return Problem("file_unreadable", {"name": name, "why": _why(error)}, None, "file")
    numbered = [(n, tuple(cell.strip() for cell in line)) for n, line in enumerate(lines, 1)]
    full = [(n, line) for n, line in numbered if any(line)]
    if not full:
        return Problem("file_empty", {"name": name}, None, "file")
    return Sheet(_trimmed(full[0][1]), tuple(full[1:]))


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "文字编码既不是 UTF-8 也不是 GB18030"
    return "不是表格文件，或者文件已经损坏"


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _xlsx(data: bytes) -> list[list[str]]:
    sheet = fastexcel.read_excel(data).load_sheet(0, header_row=None, dtypes="string")
    found: dict[str, list[Any]] = sheet.to_arrow().to_pydict()
    return [
        ["" if cell is None else str(cell) for cell in line] for line in zip(*found.values(), strict=True)
    ]


def _trimmed(header: tuple[str, ...]) -> tuple[str, ...]:
    while header and not header[-1]:
        header = header[:-1]
    return header


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """XLSX, every cell a text: numbers of certificates keep their zeros, and nothing is taken for a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "in_memory": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    widths = [max(8, 2 * len(name) + 2) for name in header]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, 40))
    for row, cells in enumerate((header, *rows)):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, bold if row == 0 else None)
    book.close()
    return out.getvalue()
