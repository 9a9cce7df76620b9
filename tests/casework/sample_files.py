"""Files as people send them, made here byte by byte: good ones, and every way of being bad."""

import io
import struct
import zipfile
import zlib
from typing import Any

import docx
import xlsxwriter
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(pages: int = 1, text: str = "", password: str | None = None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": text or "测试"})
    if password is not None:
        writer.encrypt(password, algorithm="AES-256")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_attachment() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("附件.txt", b"x")
    return _written(writer)


def pdf_that_runs(kind: str, **more: str) -> bytes:
    """A PDF with an action that starts when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})
    action.update({NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()})
    writer.root_object[NameObject("/OpenAction")] = action
    return _written(writer)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 8, height: int = 8) -> bytes:
    rows = b"".join(b"\x00" + b"\xff\xff\xff" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 16, height: int = 16) -> bytes:
    """The structure of a JPEG; its picture data are nonsense."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8" + _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") + _segment(0xDB, bytes(65))
        + _segment(0xC0, frame) + _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x00" * 32 + b"\xff\xd9"
    )  # fmt: skip


def word(text: str = "说明") -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "合计")
    return out.getvalue()


def with_part(content: bytes, name: str, body: bytes = b"x") -> bytes:
    """An office file with one more part."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, body)
    return out.getvalue()


def macro_enabled(content: bytes) -> bytes:
    """The same file declaring itself a macro-enabled one."""
    return _rewritten(
        content, lambda name, body: body.replace(b".document.main+xml", b".document.macroEnabled.main+xml")
    )


def without(content: bytes, part: str) -> bytes:
    return _rewritten(content, lambda name, body: None if name == part else body)


def _rewritten(content: bytes, change: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def bomb() -> bytes:
    """A small file that would be a very large one."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros.bin", bytes(60_000_000))
    return out.getvalue()


def password_word() -> bytes:
    """How an encrypted docx begins: an OLE container."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )


def flagged_encrypted(content: bytes) -> bytes:
    """A zip whose parts are marked as encrypted."""
    data = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)
