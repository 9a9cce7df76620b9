"""True footnotes in a DOCX: the part that holds them, and references from the text (ECMA-376 Part 1, 17.11)."""

from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The rules between text and notes; every document with footnotes has these two.
RULES = (("-1", "separator", "separator"), ("0", "continuationSeparator", "continuationSeparator"))


class Footnotes:
    """The footnotes of one document, numbered by the reader's program in the order of their references."""

    def __init__(self, style: str, font: str) -> None:
        """`style` is the paragraphs' style in the document, `font` of their Chinese."""
        self._root = etree.Element(_w("footnotes"), nsmap={"w": NAMESPACE})
        self._style, self._font = style, font
        for number, kind, mark in RULES:
            note = etree.SubElement(self._root, _w("footnote"), {_w("id"): number, _w("type"): kind})
            etree.SubElement(_run(etree.SubElement(note, _w("p"))), _w(mark))

    def add(self, run: Run, number: int, text: str) -> None:
        """A reference at the end of `run`, and its note."""
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)  # noqa: SLF001  python-docx has no footnotes of its own
        note = etree.SubElement(self._root, _w("footnote"), {_w("id"): str(number)})
        paragraph = etree.SubElement(note, _w("p"))
        look = etree.SubElement(paragraph, _w("pPr"))
        etree.SubElement(look, _w("pStyle"), {_w("val"): self._style})
        mark = self._styled(paragraph)
        etree.SubElement(mark.find(_w("rPr")), _w("vertAlign"), {_w("val"): "superscript"})
        etree.SubElement(mark, _w("footnoteRef"))
        said = etree.SubElement(self._styled(paragraph), _w("t"))
        said.text = f" {text}"
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _styled(self, paragraph: "etree._Element") -> "etree._Element":
        run = _run(paragraph)
        style = etree.SubElement(run, _w("rPr"))
        etree.SubElement(style, _w("rFonts"), {_w("eastAsia"): self._font})
        return run

    def attach(self, document: DocxDocument) -> None:
        """Put the part into the document."""
        content = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, document.part.package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _run(paragraph: "etree._Element") -> "etree._Element":
    return etree.SubElement(paragraph, _w("r"))


def _w(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
