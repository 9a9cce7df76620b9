"""Case files: running page numbers, contents with page ranges, pictures, and refusals that name the item."""

import io
import struct
import zlib
from datetime import date

import pytest
from pypdf import PageObject, PdfWriter

from tests.documents.builders import DAY, document
from tests.documents.pdf_reading import page_texts, reader, runs, text_of
from yifa.documents.dossier import DossierBinder, DossierCover, DossierError, DossierItem
from yifa.documents.render import Renderer

COVER = DossierCover(
    "广州市司法局", "行政复议案卷", DAY, (("案号", "穗府行复〔2024〕1号"), ("申请人", "张示例"))
)


@pytest.fixture(scope="module")
def binder() -> DossierBinder:
    return DossierBinder()


@pytest.fixture(scope="module")
def letters(renderer: Renderer) -> dict[int, bytes]:
    """Documents of one, two and three pages."""
    return {pages: renderer.render(document("字" * (28 * 20 * pages - 300))) for pages in (1, 2, 3)}


def png(width: int = 3, height: int = 2) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def blank(width: float, height: float, rotate: int = 0) -> bytes:
    writer = PdfWriter()
    page: PageObject = writer.add_blank_page(width, height)
    if rotate:
        page.rotate(rotate)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def items(letters: dict[int, bytes], *pages: int) -> list[DossierItem]:
    return [
        DossierItem(f"文书{n}", letters[count], date(2024, 1, n)) for n, count in enumerate(pages, start=1)
    ]


def test_pages_are_numbered_through(binder: DossierBinder, letters: dict[int, bytes]) -> None:
    pages = page_texts(binder.bind(items(letters, 2, 1, 3), COVER))
    assert len(pages) == 2 + 6
    assert [f"第{n}页" in page for n, page in enumerate(pages[2:], start=1)] == [True] * 6
    assert not any("第1页" in page for page in pages[:2])


def test_contents_give_the_ranges(binder: DossierBinder, letters: dict[int, bytes]) -> None:
    contents = page_texts(binder.bind(items(letters, 2, 1, 3), COVER))[1]
    assert "1文书12024年1月1日1-2" in contents
    assert "2文书22024年1月2日3" in contents
    assert "3文书32024年1月3日4-6" in contents


def test_the_cover_counts_items_and_pages(binder: DossierBinder, letters: dict[int, bytes]) -> None:
    cover = page_texts(binder.bind(items(letters, 2, 1), COVER))[0]
    for part in ("广州市司法局", "行政复议案卷", "穗府行复〔2024〕1号", "本卷共2件3页", "2024年2月6日立卷"):
        assert part in cover


def test_bookmarks_lead_to_the_first_page_of_each_item(
    binder: DossierBinder, letters: dict[int, bytes]
) -> None:
    bound = reader(binder.bind(items(letters, 2, 1), COVER))
    marks = {mark.title: bound.get_destination_page_number(mark) for mark in bound.outline}  # type: ignore[union-attr, arg-type]
    assert marks == {"封面": 0, "卷内文件目录": 1, "文书1": 2, "文书2": 4}


def test_long_contents_keep_the_numbers_right(binder: DossierBinder, letters: dict[int, bytes]) -> None:
    many = [DossierItem(f"证据材料第{n}号", letters[1], DAY) for n in range(60)]
    pages = page_texts(binder.bind(many, COVER))
    front = len(pages) - 60
    assert front > 2
    assert "第1页" in pages[front]
    assert "第60页" in pages[-1]


def test_a_picture_becomes_a_page(binder: DossierBinder) -> None:
    bound = reader(binder.bind([DossierItem("现场照片", png(), DAY)], COVER))
    assert len(bound.pages) == 3
    assert len(bound.pages[2].images) == 1
    assert "第1页" in page_texts(binder.bind([DossierItem("现场照片", png(), DAY)], COVER))[2]


@pytest.mark.parametrize(
    ("width", "height", "rotate"), [(842, 595, 0), (595, 842, 90), (300, 400, 0), (595, 842, 180)]
)
def test_the_number_stands_at_the_upper_right_of_any_page(
    binder: DossierBinder, width: float, height: float, rotate: int
) -> None:
    page = reader(binder.bind([DossierItem("图纸", blank(width, height, rotate), DAY)], COVER)).pages[2]
    stamp = next(run for run in runs(page) if run.text.startswith("第"))
    assert 0 < float(page.mediabox.right) - stamp.x < 90
    assert 0 < float(page.mediabox.top) - stamp.y < 60
    assert page.rotation == 0


def encrypted() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a....", "不是PDF、PNG或JPEG"),
        (b"", "不是PDF、PNG或JPEG"),
        (b"%PDF-1.7 broken", "已损坏"),
        (b"\x89PNG\r\n\x1a\nbroken", "图片无法读取"),
        (encrypted(), "打开密码"),
    ],
)
def test_what_cannot_be_bound_is_named(binder: DossierBinder, content: bytes, words: str) -> None:
    with pytest.raises(DossierError, match=f"坏文件.*{words}"):
        binder.bind([DossierItem("坏文件", content, DAY)], COVER)


def test_an_empty_file_has_cover_and_contents(binder: DossierBinder) -> None:
    assert "本卷共0件0页" in text_of(binder.bind([], COVER))


def test_binding_is_deterministic_and_takes_titles_literally(
    binder: DossierBinder, letters: dict[int, bytes]
) -> None:
    item = [DossierItem('#panic("x")*', letters[1], DAY)]
    bound = binder.bind(item, COVER)
    assert bound == binder.bind(item, COVER)
    assert '#panic("x")*' in text_of(bound)
