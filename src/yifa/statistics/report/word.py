"""The report as DOCX, to be worked on: official fonts by name, numbers in brackets leading to the notes."""

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from yifa.statistics.charts import Bars
from yifa.statistics.report.build import BuiltPart, Report, Text
from yifa.statistics.report.words import annex_summary, before_title, columns, note_text, now_title

FANG, SONG, HEI, KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
RED = RGBColor(0xD7, 0x00, 0x0F)
BODY, TITLE, NOTE, CELL = Pt(16), Pt(22), Pt(10.5), Pt(9)


def docx(report: Report) -> bytes:
    """The document."""
    document = Document()
    _page(document)
    _line(document, report.title, SONG, TITLE, center=True, color=RED)
    for text in report.statements:
        _line(document, text, KAI, NOTE)
    for part in report.parts:
        _part(document, part)
    _line(document, "数据说明", HEI, BODY)
    for note in report.notes:
        _line(document, f"[{note.number}] {note.title}：{note_text(note)}", SONG, NOTE)
    _tables(document, report)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)


def _font(run: Run, name: str, size: Pt, color: RGBColor | None = None) -> None:
    run.font.name, run.font.size = name, size
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if color is not None:
        run.font.color.rgb = color


def _line(
    document: DocxDocument,
    text: str,
    font: str,
    size: Pt,
    *,
    center: bool = False,
    color: RGBColor | None = None,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(text), font, size, color)


def _part(document: DocxDocument, part: BuiltPart) -> None:
    if part.title:
        _line(document, part.title, HEI, BODY)
    for block in part.blocks:
        if isinstance(block, Bars):
            _chart(document, block)
        else:
            _paragraph(document, block)
    if part.left_out:
        _line(document, f"本部分未写入：{'；'.join(part.left_out)}。", KAI, NOTE)


def _paragraph(document: DocxDocument, text: Text) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.line_spacing, form.space_after = Pt(32), Pt(28), Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for piece in text:
        run = paragraph.add_run(piece if isinstance(piece, str) else f"[{piece}]")
        _font(run, FANG, BODY if isinstance(piece, str) else NOTE)
        run.font.superscript = not isinstance(piece, str) or None


def _chart(document: DocxDocument, chart: Bars) -> None:
    """A table in place of the picture: it can be edited."""
    _line(document, chart.title, KAI, Pt(12), center=True)
    rows = [[name, "—" if value is None else f"{value:f}{chart.unit}"] for name, value in chart.bars]
    _table(document, [], rows, [Mm(70), Mm(40)])


def _tables(document: DocxDocument, report: Report) -> None:
    document.add_paragraph().paragraph_format.page_break_before = True
    _line(document, "附表一　全部统计指标", HEI, BODY)
    rows = [list(row) for row in columns(report)]
    _table(
        document,
        ["条线", "指标", now_title(report), before_title(report), "核验码"],
        rows,
        [Mm(24), Mm(56), Mm(26), Mm(26), Mm(24)],
    )
    if report.annex:
        document.add_paragraph().paragraph_format.page_break_before = True
        _line(document, "附表二　与已公布数据的关系", HEI, BODY)
        _line(document, f"公布数据来源：{report.source}。{annex_summary(report)}", KAI, NOTE)
        rows = [
            [str(r.number), r.section, r.title, r.published, r.computed, str(r.relation), r.why]
            for r in report.annex
        ]
        head = ["序号", "部分", "项目", "公布数", "记录计算", "关系", "依据"]
        _table(document, head, rows, [Mm(10), Mm(10), Mm(46), Mm(22), Mm(22), Mm(20), Mm(26)])


def _table(document: DocxDocument, head: list[str], rows: list[list[str]], widths: list[Mm]) -> None:
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    cells = [(text, HEI) for text in head] + [(text, FANG) for row in rows for text in row]
    for start in range(0, len(cells), len(widths)):
        row = table.add_row()
        for cell, width, (text, font) in zip(
            row.cells, widths, cells[start : start + len(widths)], strict=True
        ):
            cell.width = width
            _font(cell.paragraphs[0].add_run(text), font, CELL)
