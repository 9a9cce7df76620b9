"""How a party is introduced at the head of a decision or record."""

from collections.abc import Mapping
from typing import Any

from yifa.documents.model import Paragraph
from yifa.documents.values import Values
from yifa.documents.wording import chinese_date

# Order in which particulars follow the name, and how each is written.
_PERSON = (
    ("gender", "{}"),
    ("ethnicity", "{}"),
    ("born", "{}出生"),
    ("id_number", "公民身份号码{}"),
    ("address", "住{}"),
)
_ORGANISATION = (("address", "住所地：{}"), ("credit_code", "统一社会信用代码：{}"))


def introduced(values: Values, name: str, role: str) -> tuple[Paragraph, ...]:
    """申请人：张示例，男，1985年3月2日出生，住…… — one paragraph a party, then its representative and agents."""
    return tuple(p for party in values.parties(name) for p in _one(party, role))


def _one(party: Mapping[str, Any], role: str) -> list[Paragraph]:
    out = [Paragraph(_particulars(party), lead=f"{role}：")]
    if party.get("representative"):
        post = f"，{party['post']}" if party.get("post") else ""
        out.append(Paragraph(f"{party['representative']}{post}。", lead="法定代表人（负责人）："))
    out.extend(Paragraph(f"{agent}。", lead="委托代理人：") for agent in party.get("agents", ()))
    return out


def _particulars(party: Mapping[str, Any]) -> str:
    rules = _PERSON if party.get("kind", "person") == "person" else _ORGANISATION
    parts = [party["name"]] + [form.format(_printed(party[key])) for key, form in rules if party.get(key)]
    return "，".join(parts) + "。"


def _printed(value: Any) -> str:
    return value if isinstance(value, str) else chinese_date(value)
