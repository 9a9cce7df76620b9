"""电子卷宗: cover, contents with page ranges, and every document with a running page number 第N页.

Cover and contents carry no number, as in a paper file. The result is one PDF with bookmarks; it is not PDF/A, since
the documents put into it need not be. Pictures (PNG, JPEG) become pages.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from yifa.documents.fonts import load_fonts
from yifa.documents.render import TEMPLATES, Typesetter
from yifa.documents.wording import chinese_date, clean

# first bytes of a file → suffix by which the typesetter knows the picture; None: a PDF
_MAGIC: tuple[tuple[bytes, str | None], ...] = (
    (b"%PDF-", None),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)


class DossierError(ValueError):
    """An item cannot be put into the file; the message names it."""


@dataclass(frozen=True, slots=True)
class DossierItem:
    """A document of the file: its name in the contents, its bytes (PDF, PNG or JPEG), its date."""

    title: str
    content: bytes
    dated: date


@dataclass(frozen=True, slots=True)
class DossierCover:
    """What stands on the cover: organ, title, day of filing, and (label, value) lines such as 案号, 申请人."""

    organ: str
    title: str
    dated: date
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    item: DossierItem
    pages: tuple[PageObject, ...]
    first: int

    @property
    def span(self) -> str:
        last = self.first + len(self.pages) - 1
        return f"{self.first}" if last == self.first else f"{self.first}-{last}"


class DossierBinder:
    """Binds case files with one set of fonts."""

    def __init__(self, fonts: Path | None = None) -> None:
        """`fonts` is a folder; default as in `fonts_folder()`. FontsMissingError if any is missing."""
        self._fonts = load_fonts(fonts)
        self._front = Typesetter("dossier.typ", self._fonts)
        self._stamps = Typesetter("stamps.typ", self._fonts)

    def bind(self, items: Sequence[DossierItem], cover: DossierCover) -> bytes:
        """The whole file as one PDF. DossierError names an item that cannot be read."""
        entries = self._entries(items)
        writer = PdfWriter()
        writer.append(PdfReader(io.BytesIO(self._front.pdf(_front_data(entries, cover), cover.dated))))
        front = len(writer.pages)
        for entry in entries:
            for page in entry.pages:
                writer.add_page(page)
        self._stamp(writer.pages[front:], cover.dated)
        _bookmark(writer, entries, front)
        writer.add_metadata({"/Title": cover.title, "/Author": cover.organ})
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    def _entries(self, items: Sequence[DossierItem]) -> tuple[_Entry, ...]:
        out: list[_Entry] = []
        first = 1
        for item in items:
            pages = self._pages(item)
            out.append(_Entry(item, pages, first))
            first += len(pages)
        return tuple(out)

    def _pages(self, item: DossierItem) -> tuple[PageObject, ...]:
        for magic, suffix in _MAGIC:
            if item.content.startswith(magic):
                content = item.content if suffix is None else self._picture(item, suffix)
                return _read(item.title, content)
        raise DossierError(f"“{item.title}”不是PDF、PNG或JPEG文件，不能入卷")

    def _picture(self, item: DossierItem, suffix: str) -> bytes:
        with TemporaryDirectory() as folder:
            root = Path(folder)
            (root / f"picture{suffix}").write_bytes(item.content)
            template = root / "picture.typ"
            template.write_bytes((TEMPLATES / "picture.typ").read_bytes())
            inputs = {"file": f"picture{suffix}", "title": clean(item.title)}
            try:
                return bytes(
                    typst.compile(
                        str(template), root=folder, font_paths=self._fonts, sys_inputs=inputs, timestamp=0
                    )
                )
            except typst.TypstError as error:
                raise DossierError(f"“{item.title}”的图片无法读取：{error.message}") from error

    def _stamp(self, pages: Sequence[PageObject], dated: date) -> None:
        if not pages:
            return
        data = json.dumps({"first": 1, "count": len(pages)})
        stamps = PdfReader(io.BytesIO(self._stamps.pdf(data, dated))).pages
        for page, stamp in zip(pages, stamps, strict=True):
            page.transfer_rotation_to_content()
            box = page.mediabox
            shift = Transformation().translate(
                float(box.right) - float(stamp.mediabox.right), float(box.top) - float(stamp.mediabox.top)
            )
            page.merge_transformed_page(stamp, shift)


def _read(title: str, content: bytes) -> tuple[PageObject, ...]:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DossierError(f"“{title}”有打开密码，不能入卷")
        pages = tuple(reader.pages)
    except PyPdfError as error:
        raise DossierError(f"“{title}”的PDF已损坏：{error}") from error
    if not pages:
        raise DossierError(f"“{title}”没有页面")
    return pages


def _front_data(entries: Sequence[_Entry], cover: DossierCover) -> str:
    count = sum(len(entry.pages) for entry in entries)
    data = {
        "organ": clean(cover.organ),
        "title": clean(cover.title),
        "rows": [[clean(label), clean(value)] for label, value in cover.rows],
        "total": f"本卷共{len(entries)}件{count}页　　{chinese_date(cover.dated)}立卷",
        "items": [
            {
                "number": str(number),
                "title": clean(entry.item.title),
                "dated": chinese_date(entry.item.dated),
                "pages": entry.span,
            }
            for number, entry in enumerate(entries, start=1)
        ],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _bookmark(writer: PdfWriter, entries: Sequence[_Entry], front: int) -> None:
    writer.add_outline_item(title="封面", page_number=0)
    writer.add_outline_item(title="卷内文件目录", page_number=1)
    for entry in entries:
        writer.add_outline_item(title=clean(entry.item.title), page_number=front + entry.first - 1)
