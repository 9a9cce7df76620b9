"""Small documents for tests of typography."""

from dataclasses import replace
from datetime import date
from typing import Any

from yifa.documents.model import Layout, OfficialDocument, Paragraph

DAY = date(2024, 2, 6)
PLAIN = OfficialDocument(
    Layout.CASE, "广州市人民政府", "行政复议决定书", (Paragraph("正文。"),), DAY, signer="广州市人民政府"
)


def document(*texts: str, **changes: Any) -> OfficialDocument:
    """A plain case document with these paragraphs."""
    return replace(PLAIN, blocks=tuple(Paragraph(text) for text in texts), **changes)
