"""行政复议决定书: the reasoned decision, with its operative part by kind of decision."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from yifa.documents.model import Block, Paragraph
from yifa.documents.parties import introduced
from yifa.documents.phrases import days, led, paragraphs, sentence
from yifa.documents.reconsideration.law import (
    ACT,
    CASE,
    L17,
    L23,
    REG,
    RIGHT_TO_SUE,
    V17,
    V23,
    act_word,
    by,
)
from yifa.documents.templates import DocumentTemplate, TemplateProblem, Variable
from yifa.documents.values import Values
from yifa.documents.wording import joined, law, ordinal
from yifa.law.citation import Cite

_ART = L17.art(28, 1, 3)

# kind of decision → article (2023, 2017); None: the kind does not exist under the 2017 law
ARTICLES: Final[dict[str, tuple[Cite, Cite | None]]] = {
    "uphold": (L23.art(68), L17.art(28, 1, 1)),
    "change": (L23.art(63, 1), _ART),
    "revoke": (L23.art(64, 1), _ART),
    "revoke_part": (L23.art(64, 1), _ART),
    "confirm_illegal": (L23.art(65), _ART),
    "confirm_invalid": (L23.art(67), None),
    "order_perform": (L23.art(66), L17.art(28, 1, 2)),
    "no_evidence": (L23.art(70), L17.art(28, 1, 4)),
    "agreement_liability": (L23.art(71), None),
    "reject_claim": (L23.art(69), REG.art(48, 1, 1)),
    "compensation_yes": (L23.art(72, 1), L17.art(29, 1)),
    "compensation_no": (L23.art(72, 1), L17.art(29, 1)),
}


def _remake(v: Values) -> str:
    """L23 64(1); L17 28(1)(3): a new act within a set period, if ordered."""
    if not v.has("remake_days"):
        return ""
    return (
        f"责令被申请人{v.names('respondent')}自收到本决定书之日起{days(v.number('remake_days'))}内"
        f"重新作出{act_word(v)}。"
    )


def _respondents(v: Values) -> str:
    return f"被申请人{v.names('respondent')}{v.text('act')}"


# Operative parts that follow from the kind alone; the other kinds must be worded by the decision-maker.
_OPERATIVE: Final[dict[str, Callable[[Values], tuple[str, ...]]]] = {
    "uphold": lambda v: (f"维持{_respondents(v)}。",),
    "revoke": lambda v: (f"撤销{_respondents(v)}。", _remake(v)),
    "no_evidence": lambda v: (f"撤销{_respondents(v)}。", _remake(v)),
    "confirm_illegal": lambda v: (f"确认{_respondents(v)}违法。", _remake(v)),
    "confirm_invalid": lambda v: (f"确认{_respondents(v)}无效。",),
    "reject_claim": lambda v: (
        f"驳回申请人{v.names('applicant')}的行政复议{'请求' if v.version == '2023' else '申请'}。",
    ),
    "compensation_no": lambda v: (f"驳回申请人{v.names('applicant')}的行政赔偿请求。",),
}


def operative(v: Values) -> tuple[str, ...]:
    """The operative part: as worded by the decision-maker, else as it follows from the kinds."""
    if v.has("decision"):
        return tuple(sentence(text) for text in v.texts("decision"))
    return tuple(text for kind in v.texts("decision_types") for text in _OPERATIVE[kind](v) if text)


def _needs_wording(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    kinds = values.get("decision_types") or ()
    unknown = [kind for kind in kinds if kind not in ARTICLES or not _exists(kind, version)]
    if unknown:
        yield TemplateProblem("wrong_kind", "decision_types", "决定种类", f"{version}版程序所有的种类")
    if not values.get("decision") and any(kind in ARTICLES and kind not in _OPERATIVE for kind in kinds):
        yield TemplateProblem("missing", "decision", "决定内容")


def _exists(kind: str, version: str) -> bool:
    return version == "2023" or ARTICLES[kind][1] is not None


def _articles(v: Values) -> str:
    """The articles the decision rests on; the first may be given to the item."""
    cites = []
    for kind in v.texts("decision_types"):
        new, old = ARTICLES[kind]
        cite = new if v.version == "2023" or old is None else old
        if cite not in cites:
            cites.append(cite)
    exact = cites[0]._replace(
        paragraph=v.number("article_paragraph") or cites[0].paragraph,
        item=v.number("article_item") or cites[0].item,
    )
    return joined([law(cite) for cite in (exact, *cites[1:])])


def _course(v: Values) -> str:
    """How the case ran, from application to the end of the review."""
    procedure = {"ordinary": "，适用普通程序进行审理", "simplified": "，适用简易程序进行审理"}.get(
        v.text("procedure"), ""
    )
    steps = "".join(sentence(step) for step in v.texts("course"))
    return (
        f"申请人不服{_respondents(v)}，于{v.on('filed_on')}向本机关申请行政复议。本机关于{v.on('accepted_on')}"
        f"依法受理{procedure}。{steps}本案现已审理终结。"
    )


def _ordered(texts: tuple[str, ...]) -> tuple[Paragraph, ...]:
    if len(texts) == 1:
        return paragraphs(*texts)
    return paragraphs(*(ordinal(n) + text for n, text in enumerate(texts, start=1)))


def _ending(v: Values) -> str:
    if v.has("final"):
        return "本决定为最终裁决，一经送达即发生法律效力。"
    who = "申请人、第三人" if v.has("third_party") else "申请人"
    return (
        f"{who}如不服本决定，可以依照{by(v, 'sue')}的规定，自收到本决定书之日起"
        f"{days(v.number('sue_days', 15))}内，依法向{v.text('court')}提起行政诉讼。"
    )


def head(v: Values) -> tuple[Paragraph, ...]:
    """The parties, introduced."""
    return (
        *introduced(v, "applicant", "申请人"),
        *introduced(v, "respondent", "被申请人"),
        *introduced(v, "third_party", "第三人"),
    )


def _decision(v: Values) -> tuple[Block, ...]:
    evidence = (
        (f"上述事实，有下列证据予以证明：{sentence('；'.join(v.texts('evidence')))}",)
        if v.has("evidence")
        else ()
    )
    return (
        *head(v),
        *paragraphs(_course(v)),
        *led("申请人请求：", (sentence("；".join(v.texts("requests"))),)),
        *(p for party, said in v.said("positions") for p in led(f"{party}称：", (said,))),
        *led("经审理查明：", v.texts("facts")),
        *paragraphs(*evidence),
        *led("本机关认为：", v.texts("reasons")),
        *led("关于附带审查：", v.texts("attached_finding")),
        *paragraphs(f"综上，根据{_articles(v)}的规定，本机关决定如下："),
        *_ordered(operative(v)),
        *paragraphs(_ending(v)),
    )  # fmt: skip


TEMPLATE = DocumentTemplate(
    "decision", "行政复议决定书",
    (*CASE, *ACT, Variable("accepted_on", "受理日期", "date"),
     Variable("procedure", "审理程序", choices=("ordinary", "simplified"), versions=V23),
     Variable("procedure", "审理程序", required=False, choices=("legacy",), versions=V17),
     Variable("third_party", "第三人", "party", required=False),
     Variable("course", "审理经过", "texts", required=False), Variable("requests", "复议请求", "texts"),
     Variable("positions", "各方主张", "said"), Variable("facts", "查明的事实", "texts"),
     Variable("evidence", "证据", "texts", required=False), Variable("reasons", "理由", "texts"),
     Variable("attached_finding", "附带审查结论", "texts", required=False),
     Variable("decision_types", "决定种类", "texts"), Variable("decision", "决定内容", "texts", required=False),
     Variable("article_paragraph", "所依据条文的款", "number", required=False),
     Variable("article_item", "所依据条文的项", "number", required=False),
     Variable("remake_days", "责令重作期限（日）", "number", required=False),
     Variable("final", "最终裁决", "flag", required=False), *RIGHT_TO_SUE),
    _decision, rules=_needs_wording,
)  # fmt: skip
