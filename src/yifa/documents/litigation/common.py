"""What the documents of a suit share: its heading, the courts, phrases, variables."""

from typing import Final

from yifa.documents.model import Block, Paragraph
from yifa.documents.phrases import paragraphs
from yifa.documents.templates import Variable
from yifa.documents.values import Values
from yifa.law.statute import statute

APL: Final = statute("APL")
INT: Final = statute("APLI")
HEAD: Final = statute("HEAD")

HOUSE: Final = (
    Variable("case_no", "应诉案号"),
    Variable("organ", "制发机关"),
    Variable("date", "日期", "date"),
)
SUIT: Final = (
    *HOUSE,
    Variable("court", "法院"),
    Variable("court_case_no", "法院案号"),
    Variable("plaintiff", "原告", "party"),
)
DEFENDANT: Final = Variable("defendant", "被告", "party")
CONTACT: Final = (
    Variable("contact", "联系人", required=False),
    Variable("phone", "联系电话", required=False),
    Variable("office_address", "地址", required=False),
)


def matter(v: Values) -> str:
    """（2024）粤71行初123号原告诉被告一案."""
    return f"{v.text('court_case_no')}{v.names('plaintiff')}诉{v.names('defendant')}一案"


def to_court(v: Values, name: str = "court") -> tuple[Block, ...]:
    """此致 and the court: how a paper to the court ends."""
    return (Paragraph("此致"), *paragraphs(v.text(name)))


def reach(v: Values) -> tuple[Paragraph, ...]:
    """Whom to turn to, as far as known."""
    rules = (("contact", "联系人"), ("phone", "联系电话"), ("office_address", "地址"))
    parts = [f"{title}：{v.text(name)}" for name, title in rules if v.has(name)]
    return paragraphs("；".join(parts) + "。") if parts else ()
