"""The articles legal-aid documents cite, by procedure version, and the grounds spelled out.

`la-2003` cases (application before 2022-01-01) rest on the Legal Aid Regulation of 2003, later ones on the law.
"""

from typing import Final

from yifa.documents.templates import Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.citation import Cite
from yifa.law.statute import statute

VERSIONS: Final = ("la-2003", "la-2022", "la-2023", "la-gz2026")
V_OLD: Final = frozenset({"la-2003"})
V_LAW: Final = frozenset(VERSIONS[1:])
LAL, LAR = statute("LAL"), statute("LAR")

# key → article of the law (from 2022) and of the regulation (before)
_ARTICLES: Final[dict[str, tuple[Cite, Cite]]] = {
    "decide": (LAL.art(43, 1), LAR.art(18)),
    "supplement": (LAL.art(43, 2), LAR.art(18)),
    "object": (LAL.art(49, 1), LAR.art(19)),
    "objection": (LAL.art(49, 2), LAR.art(19)),
    "terminate": (LAL.art(48, 1), LAR.art(23)),
}

# Items of LAL Art. 31 and of LAR Art. 10(1).
MATTERS: Final[dict[str, tuple[str, ...]]] = {
    "law": (
        "依法请求国家赔偿",
        "请求给予社会保险待遇或者社会救助",
        "请求发给抚恤金",
        "请求给付赡养费、抚养费、扶养费",
        "请求确认劳动关系或者支付劳动报酬",
        "请求认定公民无民事行为能力或者限制民事行为能力",
        "请求工伤事故、交通事故、食品药品安全事故、医疗事故人身损害赔偿",
        "请求环境污染、生态破坏损害赔偿",
        "法律、法规、规章规定的其他情形",
    ),
    "regulation": (
        "依法请求国家赔偿",
        "请求给予社会保险待遇或者最低生活保障待遇",
        "请求发给抚恤金、救济金",
        "请求给付赡养费、抚养费、扶养费",
        "请求支付劳动报酬",
        "主张因见义勇为行为产生的民事权益",
    ),
}

# Items of LAL Art. 48(1) and of LAR Art. 23.
TERMINATION: Final[dict[str, tuple[str, ...]]] = {
    "law": (
        "受援人以欺骗或者其他不正当手段获得法律援助",
        "受援人故意隐瞒与案件有关的重要事实或者提供虚假证据",
        "受援人利用法律援助从事违法活动",
        "受援人的经济状况发生变化，不再符合法律援助条件",
        "案件终止审理或者已经被撤销",
        "受援人自行委托律师或者其他代理人",
        "受援人有正当理由要求终止法律援助",
        "存在法律法规规定的其他情形",
    ),
    "regulation": (
        "受援人的经济收入状况发生变化，不再符合法律援助条件",
        "案件终止审理或者已被撤销",
        "受援人又自行委托律师或者其他代理人",
        "受援人要求终止法律援助",
    ),
}


def text_of(version: str) -> str:
    """Which text governs a version: "regulation" before 2022, else "law"."""
    return "regulation" if version == "la-2003" else "law"


def by(values: Values, key: str, item: int | None = None) -> str:
    """The article for a step under the case's version, in full."""
    new, old = _ARTICLES[key]
    cite = old if values.version in V_OLD else new
    return law(cite._replace(item=item) if item else cite)


def matter(values: Values) -> str:
    """The provision and the words of the matter applied for."""
    item = values.number("matter_item")
    words = MATTERS[text_of(values.version)][item - 1]
    cite = LAR.art(10, 1, item) if values.version in V_OLD else LAL.art(31, None, item)
    return f"{law(cite)}规定的“{words}”"


def working(values: Values) -> str:
    """日 of the law are calendar days; the rules before 2022 counted working days."""
    return "个工作日" if values.version in V_OLD else "日"


CASE: Final = (
    Variable("case_no", "案号"),
    Variable("applicant", "申请人（受援人）", "party"),
    Variable("organ", "法律援助机构"),
    Variable("date", "成文日期", "date"),
)
APPLIED: Final = (Variable("applied_on", "申请日期", "date"), Variable("matter", "申请事项"))
LAWYER: Final = (
    Variable("lawyer", "法律援助人员"),
    Variable("firm", "承办机构", "party"),
    Variable("licence_no", "执业证号"),
    Variable("lawyer_phone", "承办人联系电话"),
)
CONTACT: Final = (
    Variable("handler", "联系人", required=False),
    Variable("phone", "联系电话", required=False),
    Variable("office_address", "地址", required=False),
)
BUREAU: Final = Variable("bureau", "设立该法律援助机构的司法行政部门")
