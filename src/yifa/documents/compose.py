"""From a document to the JSON its typst template reads. Text crosses as data, never as markup."""

import io
import json
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

import segno

from yifa.documents.model import (
    Cell,
    CheckCode,
    Form,
    Heading,
    Imprint,
    Layout,
    OfficialDocument,
    Paragraph,
    Signatures,
    Table,
)
from yifa.documents.wording import chinese_date, clean, even_lines, joined

_KINDS = {
    Paragraph: "paragraph",
    Heading: "heading",
    Table: "table",
    Form: "form",
    Signatures: "signatures",
}
_TITLE_LENGTH = {Layout.OFFICIAL: 20, Layout.LETTER: 20, Layout.CASE: 16, Layout.FORM: 16}
# Trying all eight masks costs more than a fifth of a document. Readers take the mask from the code itself.
_MASK = 3


def compose(document: OfficialDocument) -> str:
    """The document as the JSON text that `typ/official.typ` reads."""
    data = {
        "layout": document.layout.value,
        "mark": clean(document.mark),
        "title": [clean(line) for line in even_lines(document.title, _TITLE_LENGTH[document.layout])],
        "number": clean(document.number),
        "recipient": clean(document.recipient),
        "blocks": [_block(block) for block in document.blocks],
        "attachments": [clean(name) for name in document.attachments],
        "signer": clean(document.signer),
        "dated": chinese_date(document.dated),
        "sealed": document.sealed,
        "notes": [clean(note) for note in document.notes],
        "imprint": _imprint(document.imprint) if document.imprint else None,
        "check": _check(document.check) if document.check else None,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _block(block: Any) -> dict[str, Any]:
    return {"kind": _KINDS[type(block)], **_plain(block)}


def _plain(value: Any) -> Any:
    if isinstance(value, Cell):  # the one place where a line break is content
        text = "\n".join(clean(line) for line in value.text.split("\n"))
        return {"text": text, "span": value.span, "label": value.label}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return clean(value) if isinstance(value, str) else value


def _imprint(imprint: Imprint) -> dict[str, str]:
    return {
        "cc": clean(joined(imprint.cc)),
        "office": clean(imprint.office),
        "printed": chinese_date(imprint.printed_on),
    }


def _check(check: CheckCode) -> dict[str, str]:
    return {"svg": qr_svg(check.url), "url": clean(check.url), "code": clean(check.code)}


@lru_cache(maxsize=256)
def qr_svg(url: str) -> str:
    """The QR of a URL as SVG: error correction M or better, quiet zone of four modules (ISO/IEC 18004)."""
    out = io.BytesIO()
    segno.make_qr(url, error="m", mask=_MASK).save(out, kind="svg", border=4, xmldecl=False, nl=False)
    return out.getvalue().decode()
