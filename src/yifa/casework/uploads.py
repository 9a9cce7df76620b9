"""What may be taken in: files that are what their names say, whole, open to reading, without anything that runs.

Looked at by content. The name's ending decides what a file must be; the first bytes (puremagic), and then the file's own
structure, must agree. Old binary office formats are refused with the way out: their macros cannot be told reliably.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import puremagic
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from yifa.language.acts import Problem


class Kind(NamedTuple):
    """A kind of file: what it is called, its media type, how its structure is looked at."""

    title: str
    media: str
    examine: Callable[[bytes], Iterable[str]]


class Inspected(NamedTuple):
    """A file that may be taken in."""

    media: str
    size: int


def inspect(name: str, content: bytes, limit: int) -> Inspected | tuple[Problem, ...]:
    """The file's media type, or every reason why it is not taken."""
    params: dict[str, str | int] = {"name": name}
    if not content:
        return (Problem("upload_empty", params, None, "file"),)
    if len(content) > limit:
        return (Problem("upload_too_large", params | {"limit": limit // 1_000_000}, None, "file"),)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _ASK_ANOTHER:
        return (Problem("upload_old_format", params | {"instead": _ASK_ANOTHER[ending]}, None, "file"),)
    kind = KINDS.get(ending)
    if kind is None:
        kinds = "、".join(dict.fromkeys(k.title for k in KINDS.values()))
        return (Problem("upload_kind", params | {"kinds": kinds}, None, "file"),)
    if kind.media not in _recognised(content):
        return (Problem("upload_pretends", params | {"kind": kind.title}, None, "file"),)
    params["kind"] = kind.title
    found = tuple(dict.fromkeys(kind.examine(content)))
    return tuple(Problem(code, params, None, "file") for code in found) or Inspected(kind.media, len(content))


def _recognised(content: bytes) -> set[str]:
    """Media types the first bytes speak for. An encrypted office file is an OLE container, whatever its name."""
    try:
        return {match.mime_type for match in puremagic.magic_string(content)} | _containers(content)
    except puremagic.PureError:
        return set()


def _containers(content: bytes) -> set[str]:
    """All zip files begin alike; which one it is, its parts say (and `examine` asks for them)."""
    return {DOCX, XLSX} if content.startswith((b"PK\x03\x04", _OLE)) else set()


# ------------------------------------------------------------------------------------------------ PDF

_ACTIVE: Final = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA"}
)
_MOST_OBJECTS: Final = 200_000


def _pdf(content: bytes) -> Iterator[str]:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            yield "upload_encrypted"
            return
        if not reader.pages:
            yield "upload_broken"
            return
        for page in reader.pages:
            page.get_contents()
        if any(_active(reader.trailer)):
            yield "upload_active"
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error):
        yield "upload_broken"


def _active(start: DictionaryObject) -> Iterator[bool]:
    """Whether anything reachable in the file runs, opens or carries other files."""
    waiting: list[PdfObject] = [start]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST_OBJECTS:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            place = (node.idnum, node.generation)
            target = None if place in seen else node.get_object()
            seen.add(place)
            if target is not None:
                waiting.append(target)
        elif isinstance(node, DictionaryObject):
            yield any(key in _ACTIVE for key in node) or node.get("/S") in _ACTIVE
            waiting.extend(node.values())
        elif isinstance(node, ArrayObject):
            waiting.extend(node)


# --------------------------------------------------------------------------------------------- pictures

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS: Final = 200_000_000


def _png(content: bytes) -> Iterator[str]:
    """Every chunk whole by its checksum, the last one at the very end."""
    place, last = len(_PNG_HEAD), b""
    while place + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        last = content[place + 4 : place + 8]
        body = content[place + 4 : place + 8 + length]
        crc = content[place + 8 + length : place + 12 + length]
        if len(crc) < 4 or zlib.crc32(body).to_bytes(4, "big") != crc:
            break
        if last == b"IHDR" and _pixels(struct.unpack_from(">II", body, 4)):
            break
        place += 12 + length
        if last == b"IEND":
            break
    if last != b"IEND" or place != len(content):
        yield "upload_broken"


def _jpeg(content: bytes) -> Iterator[str]:
    """Segment by segment to the picture data, a size in between, and the end where it should be."""
    place, sized = 2, False
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker, (length,) = content[place + 1], struct.unpack_from(">H", content, place + 2)
        if marker in _FRAMES and place + 9 <= len(content):
            height, width = struct.unpack_from(">HH", content, place + 5)
            sized = not _pixels((width, height))
        if marker == 0xDA:
            break
        place += 2 + length
    if not sized or content.rstrip(b"\x00")[-2:] != b"\xff\xd9":
        yield "upload_broken"


_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})


def _pixels(size: tuple[int, ...]) -> bool:
    """Whether a picture is none, or too large to be drawn."""
    return not 0 < size[0] * size[1] <= _MOST_PIXELS


# ----------------------------------------------------------------------------------------------- office

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS: Final = ("vbaproject", "vbadata", "macrosheets/", "activex/", "embeddings/", "customui/")
_MOST_PARTS, _MOST_BYTES, _MOST_RATIO = 5_000, 500_000_000, 200


def _office(part: str) -> Callable[[bytes], Iterator[str]]:
    """An office file of today: a zip with its main part, nothing encrypted, nothing that runs, no bomb."""

    def examine(content: bytes) -> Iterator[str]:
        if content.startswith(_OLE):
            yield "upload_encrypted"
            return
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from _parts(archive, part, len(content))
        except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, KeyError):
            yield "upload_broken"

    return examine


def _parts(archive: zipfile.ZipFile, main: str, size: int) -> Iterator[str]:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > _MOST_PARTS or sum(p.file_size for p in parts) > min(_MOST_BYTES, _MOST_RATIO * size):
        yield "upload_bomb"
        return
    if any(part.flag_bits & 1 for part in parts):
        yield "upload_encrypted"
        return
    if main not in names or "[content_types].xml" not in names:
        yield "upload_pretends"
        return
    if archive.testzip() is not None:
        yield "upload_broken"
    types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any(word in name for name in names for word in _RUNS):
        yield "upload_active"


KINDS: Final[dict[str, Kind]] = {
    "pdf": Kind("PDF", "application/pdf", _pdf),
    "png": Kind("PNG图片", "image/png", _png),
    "jpg": Kind("JPEG图片", "image/jpeg", _jpeg),
    "jpeg": Kind("JPEG图片", "image/jpeg", _jpeg),
    "docx": Kind("Word文档（docx）", DOCX, _office("word/document.xml")),
    "xlsx": Kind("Excel表格（xlsx）", XLSX, _office("xl/workbook.xml")),
}
_ASK_ANOTHER: Final = {"doc": "docx或者PDF", "xls": "xlsx或者PDF", "wps": "docx或者PDF", "et": "xlsx或者PDF",
                       "docm": "docx（不含宏）", "xlsm": "xlsx（不含宏）", "tif": "PDF", "tiff": "PDF", "heic": "JPEG"}  # fmt: skip
