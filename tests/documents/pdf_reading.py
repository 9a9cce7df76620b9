"""Reading back what a PDF really holds: its fonts, its text, and where each line stands."""

import io
import re
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """Text without any white space or break opportunities, which extraction may add or drop."""
    return re.sub(r"[\s\u200b]", "", text)


def text_of(pdf: bytes) -> str:
    """All text, without white space."""
    return "".join(squeezed(page.extract_text()) for page in reader(pdf).pages)


def page_texts(pdf: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in reader(pdf).pages]


class Run(NamedTuple):
    """A piece of text with the position of its baseline's start, in points from the lower left."""

    x: float
    y: float
    text: str


def runs(page: PageObject) -> list[Run]:
    """The runs of a page that hold visible text, from top to bottom."""
    found: list[Run] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if squeezed(text):
            x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
            y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            found.append(Run(x, y, squeezed(text)))

    page.extract_text(visitor_text=visit)
    return sorted(found, key=lambda run: (-run.y, run.x))


def embedded_fonts(pdf: bytes) -> set[str]:
    """Names of the embedded fonts, without the subset prefix; fails on a font that is not embedded."""
    names = set()
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in descendant["/FontDescriptor"].get_object()
            names.add(str(descendant["/BaseFont"]).removeprefix("/").split("+", 1)[-1])
    return names
