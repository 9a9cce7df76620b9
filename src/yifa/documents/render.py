"""Rendering: one typesetting compiler, kept and reused; equal documents give equal bytes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from yifa.documents.compose import compose
from yifa.documents.fonts import load_fonts
from yifa.documents.model import OfficialDocument

TEMPLATES = Path(__file__).parent / "typ"
STANDARD: Literal["a-2b"] = (
    "a-2b"  # PDF/A-2b (ISO 19005-2) for the archive; it also turns a missing glyph into an error
)


class RenderError(RuntimeError):
    """The document cannot be set: usually a character that no font has; the message names it."""


class Typesetter:
    """One typst template with its compiler. Safe to share between threads: one compiles at a time."""

    def __init__(self, template: str, fonts: typst.Fonts) -> None:
        source = str(TEMPLATES / template)
        self._compiler = typst.Compiler(input=source, root=str(TEMPLATES), font_paths=fonts)
        self._lock = Lock()

    def pdf(self, data: str, dated: date) -> bytes:
        """The PDF of JSON data; RenderError if the typesetter refuses or only warns."""
        moment = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
        return self._set(data, format="pdf", pdf_standards=STANDARD, timestamp=moment)

    def png(self, data: str, ppi: int = 200) -> bytes:
        """The one page as a picture; RenderError likewise."""
        return self._set(data, format="png", ppi=ppi)

    def _set(self, data: str, **how: Any) -> bytes:
        with self._lock:
            try:
                out, warnings = self._compiler.compile_with_warnings(sys_inputs={"data": data}, **how)
            except typst.TypstError as error:
                raise RenderError(f"文书无法排版：{error.message}") from error
        if warnings or not isinstance(out, bytes):
            raise RenderError("文书无法排版：" + "；".join(warning.message for warning in warnings))
        return out


class Renderer:
    """Renders documents with one set of fonts."""

    def __init__(self, fonts: Path | None = None) -> None:
        """`fonts` is a folder; default as in `fonts_folder()`. FontsMissingError if any is missing."""
        self._typesetter = Typesetter("official.typ", load_fonts(fonts))

    def render(self, document: OfficialDocument) -> bytes:
        """The document as PDF/A-2b."""
        return self._typesetter.pdf(compose(document), document.dated)

    def render_all(self, documents: Iterable[OfficialDocument]) -> Iterator[bytes]:
        """One PDF a document, in order."""
        return (self.render(document) for document in documents)


@lru_cache(maxsize=1)
def _default() -> Renderer:
    return Renderer()


def render(document: OfficialDocument) -> bytes:
    """The document as PDF/A-2b, by a renderer made once with the installed fonts."""
    return _default().render(document)
