"""The report as DOCX, to be worked on: official fonts by name, footnotes behind the numbers, charts as pictures."""

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.run import Run

from yifa.statistics.charts import Bars
from yifa.statistics.report.build import BuiltPart, Report, Text
from yifa.statistics.report.footnotes import Footnotes
from yifa.statistics.report.pdf import png
from yifa.statistics.report.words import annex_summary, before_title, columns, note_text, now_title

SONG_TEXT = "宋体"
FANG, SONG, HEI, KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
RED = RGBColor(0xD7, 0x00, 0x0F)
BODY, TITLE, NOTE, CELL = Pt(16), Pt(22), Pt(10.5), Pt(9)
CHART = Mm(150)
NOTE_STYLE = "FootnoteText"


def docx(report: Report) -> bytes:
    """The document."""
    document = Document()
    _page(document)
    _line(document, report.title, SONG, TITLE, center=True, color=RED)
    for text in report.statements:
        _line(document, text, KAI, NOTE)
    notes = _Notes(report)
    for part in report.parts:
        _part(document, part, notes)
    notes.attach(document)
    _tables(document, report)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Notes:
    """A footnote at the first mention of a figure; later ones say its number again."""

    def __init__(self, report: Report) -> None:
        self._texts = {note.number: f"{note.title}：{note_text(note)}" for note in report.notes}
        self._footnotes = Footnotes(NOTE_STYLE, SONG_TEXT)
        self._said: set[int] = set()

    def refer(self, run: Run, number: int) -> None:
        """Make the run the reference to a note."""
        run.font.superscript = True
        if number in self._said:
            run.text = str(number)
        else:
            self._said.add(number)
            self._footnotes.add(run, number, self._texts[number])

    def attach(self, document: DocxDocument) -> None:
        """Put the notes into the document."""
        if self._said:
            self._footnotes.attach(document)


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    notes = document.styles.add_style(NOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    notes.base_style, notes.font.size = style, NOTE
    notes.paragraph_format.space_after = Pt(0)


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
    heading: bool = False,
    color: RGBColor | None = None,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = heading
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(text), font, size, color)


def _part(document: DocxDocument, part: BuiltPart, notes: _Notes) -> None:
    if part.title:
        _line(document, part.title, HEI, BODY, heading=True)
    for block in part.blocks:
        if isinstance(block, Bars):
            _chart(document, block)
        else:
            _paragraph(document, block, notes)
    if part.left_out:
        _line(document, f"本部分未写入：{'；'.join(part.left_out)}。", KAI, NOTE)


def _paragraph(document: DocxDocument, text: Text, notes: _Notes) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.line_spacing, form.space_after = Pt(32), Pt(28), Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for piece in text:
        run = paragraph.add_run(piece if isinstance(piece, str) else "")
        _font(run, FANG, BODY)
        if isinstance(piece, int):
            notes.refer(run, piece)


def _chart(document: DocxDocument, chart: Bars) -> None:
    """The picture, with what it shows as its description."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(png(chart)), width=CHART)
    picture._inline.docPr.set("descr", chart.title)  # noqa: SLF001  python-docx cannot set it
    _line(document, chart.title, KAI, Pt(12), center=True)


def _tables(document: DocxDocument, report: Report) -> None:
    document.add_paragraph().paragraph_format.page_break_before = True
    _line(document, "附表一　全部统计指标", HEI, BODY, heading=True)
    rows = [list(row) for row in columns(report)]
    _table(
        document,
        ["条线", "指标", now_title(report), before_title(report), "核验码"],
        rows,
        [Mm(24), Mm(56), Mm(26), Mm(26), Mm(24)],
    )
    if report.annex:
        document.add_paragraph().paragraph_format.page_break_before = True
        _line(document, "附表二　与已公布数据的关系", HEI, BODY, heading=True)
        _line(document, f"公布数据来源：{report.source}。{annex_summary(report)}", KAI, NOTE)
        rows = [
            [str(r.number), r.section, r.title, r.published, r.computed, str(r.relation), r.why]
            for r in report.annex
        ]
        head = ["序号", "部分", "项目", "公布数", "记录计算", "关系", "依据"]
        _table(document, head, rows, [Mm(10), Mm(10), Mm(46), Mm(22), Mm(22), Mm(20), Mm(26)])


def _table(document: DocxDocument, head: list[str], rows: list[list[str]], widths: list[Mm]) -> None:
    """A table whose head stands on every page."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for texts, font in ((head, HEI), *((row, FANG) for row in rows)):
        _row(table, texts, font, widths)
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  python-docx cannot say it
    properties.append(OxmlElement("w:tblHeader"))


def _row(table: Table, texts: list[str], font: str, widths: list[Mm]) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, width, text in zip(row.cells, widths, texts, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        _font(paragraph.add_run(text), font, CELL)
