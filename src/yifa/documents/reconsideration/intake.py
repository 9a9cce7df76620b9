"""Documents before review: receipt, oral application, supplement, acceptance, refusal."""

from collections.abc import Iterable, Mapping
from typing import Any

from yifa.documents.model import Block, Form, Layout, Paragraph, Signatures, Table
from yifa.documents.phrases import contact, days, listed, pair, paragraphs, sections, sentence, wide
from yifa.documents.reconsideration.law import (
    ACT,
    CASE,
    CONTACT,
    V17,
    V23,
    act_word,
    by,
    filed,
)
from yifa.documents.templates import DocumentTemplate, TemplateProblem, Variable
from yifa.documents.values import Values

_UNNUMBERED = (Variable("case_no", "案号", required=False), *CASE[1:])
_NO_FEE = "行政复议不收取任何费用。"
_PROCEDURES = {"ordinary": "普通程序", "simplified": "简易程序", "legacy": ""}
_REVIEW_DAYS = {"ordinary": 60, "simplified": 30, "legacy": 60}

# Conditions of L23 Art. 30(1) and Reg Art. 28, items 1–7: what is found wanting.
_UNMET = (
    "没有明确的申请人或者没有符合规定的被申请人",
    "申请人与被申请行政复议的行为没有利害关系",
    "没有具体的行政复议请求和理由",
    "不是在法定申请期限内提出",
    "不属于行政复议范围",
    "不属于本机关的管辖范围",
    "同一事项已经由行政复议机关或者人民法院受理",
)
_NOT_OURS = 6


def _receipt(v: Values) -> tuple[Block, ...]:
    rows = tuple((str(n), item, "") for n, item in enumerate(v.texts("materials"), start=1))
    transfer = (
        f"上列材料将转送{v.text('competent_organ')}办理，审查期限自该机关收到之日起计算。"
        if v.has("competent_organ")
        else ""
    )
    return (
        *paragraphs(
            f"{v.on('received_on')}，{v.text('window')}收到{v.you('applicant')}因不服"
            f"{v.names('respondent')}{v.text('act')}提交的行政复议申请及下列材料：",
        ),
        Table(("序号", "材料名称", "备注"), rows, (1, 7, 2)),
        *paragraphs(
            transfer,
            f"本回执仅用于证明收到上列材料，不表示行政复议申请已被受理。行政复议机关将依照{by(v, 'examine')}"
            f"的规定，自收到行政复议申请之日起五日（工作日）内进行审查。{_NO_FEE}",
        ),
    )


def _oral_record(v: Values) -> tuple[Block, ...]:
    details = "\n".join(v.texts("applicant_details")) or v.names("applicant")
    form = Form(
        (3, 6, 3, 6),
        (
            pair(("时　　间", v.text("time")), ("地　　点", v.text("place"))),
            pair(("接待人员", v.text("handler")), ("记 录 人", v.text("recorder"))),
            wide("申请人\n基本情况", details, 2),
            wide("被申请人", v.names("respondent")),
            wide("被复议的\n行政行为", v.text("act"), 2),
            wide("行政复议\n请求", "\n".join(v.texts("requests")), 3),
            wide("主要事实\n和理由", "\n".join(v.texts("facts")), 5),
        ),
    )
    closing = f"以上笔录依照{by(v, 'oral')}的规定当场制作，经申请人核对（已向申请人宣读），与其口述一致。"
    return (form, Paragraph(closing), Signatures(("申请人（签名或者捺印）：", "记录人（签名）：")))


def _supplement_notice(v: Values) -> tuple[Block, ...]:
    you = v.you("applicant")
    until, consequence = _supplement_period(v)
    return (
        *paragraphs(
            f"{you}不服{v.names('respondent')}{v.text('act')}，于{v.on('filed_on')}向本机关申请行政复议，"
            f"本机关于{v.on('received_on')}收到。经审查，{you}提交的行政复议申请材料不齐全或者表述不清楚，"
            f"尚无法判断是否符合{by(v, 'conditions')}规定的受理条件。",
            f"根据{by(v, 'supplement')}的规定，请{you}{until}，补正下列事项：",
        ),
        *listed(v.texts("items")),
        *paragraphs(*consequence),
        *contact(v),
        Paragraph("特此通知。"),
    )


def _supplement_period(v: Values) -> tuple[str, tuple[str, ...]]:
    """When to supplement by, and what happens otherwise (L23 31(2)–(3); Reg 29)."""
    if v.version == "2023":
        return "自收到本通知之日起十日（工作日）内", (
            "有正当理由不能按期补正的，请在上述期限届满前向本机关说明，本机关可以延长合理的补正期限。"
            "无正当理由逾期不补正的，视为放弃行政复议申请，本机关将记录在案。",
            "本机关收到补正材料后，将依法重新进行审查。",
        )
    return f"于{v.on('due')}前", (
        "无正当理由逾期不补正的，视为放弃行政复议申请。补正申请材料所用时间不计入行政复议审理期限。",
    )


def _acceptance_notice(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(f"{filed(v, v.you('applicant'))}。{_acceptance(v)}现将有关事项通知如下："),
        *sections(
            (
                ("审理期限", (_review_period(v),)),
                ("办案人员", (_handlers(v),)),
                ("权利和义务", _rights(v)),
            )
        ),
        *contact(v),
        Paragraph("特此通知。"),
    )


def _acceptance(v: Values) -> str:
    under = _PROCEDURES[v.text("procedure")]
    review = f"，适用{under}审理" if under else ""
    if v.has("deemed"):
        return (
            f"本机关在审查期限内未作出不予受理决定，依照{_deemed_article(v)}的规定，"
            f"自{v.on('accepted_on')}起视为受理{review}。"
        )
    if v.version == "2017":
        return f"经审查，该申请符合法定受理条件，依照{by(v, 'accept')}的规定，自{v.on('accepted_on')}起受理。"
    return f"经审查，该申请符合{by(v, 'accept')}的规定，本机关决定自{v.on('accepted_on')}起予以受理{review}。"


def _deemed_article(v: Values) -> str:
    return by(v, "accept").replace("第一款", "第三款")


def _review_period(v: Values) -> str:
    due = f"，期限届满日为{v.on('due')}" if v.has("due") else ""
    length = days(_REVIEW_DAYS[v.text("procedure")])
    extension = (
        ""
        if v.text("procedure") == "simplified"
        else "情况复杂，不能在该期限内作出行政复议决定的，经依法批准可以适当延长，延长期限最多不超过三十日，"
        "本机关将另行告知。"
    )
    return f"本机关自受理申请之日起{length}内作出行政复议决定{due}。{extension}依法中止的期间不计入审理期限。"


def _handlers(v: Values) -> str:
    return f"本案由{v.text('handler')}负责办理。" if v.has("handler") else ""


def _rights(v: Values) -> tuple[str, ...]:
    acts = act_word(v)
    read = "查阅、复制" if v.version == "2023" else "查阅"  # L17 23(2) gives no right to copies
    return (
        f"（一）可以依照{by(v, 'agents')}的规定委托一至二名代理人参加行政复议。",
        f"（二）可以依照{by(v, 'read')}的规定{read}被申请人提出的书面答复、作出{acts}的证据、依据和其他有关"
        "材料，但依法不予公开的除外。",
        f"（三）行政复议期间{acts}不停止执行；认为需要停止执行的，可以依照{by(v, 'stay')}的规定提出申请。",
        f"（四）可以依照{by(v, 'hearing')}的规定请求听证；可以依照{by(v, 'settle')}的规定与被申请人自愿和解，"
        "也可以在行政复议决定作出前撤回申请。",
        f"（五）依照{by(v, 'no_suit')}的规定，行政复议期间不得就同一{acts}向人民法院提起行政诉讼。",
        "（六）应当如实陈述事实、提供证据；送达地址、联系方式发生变化的，应当及时书面告知本机关。",
    )


def _refusal_decision(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{filed(v, v.you('applicant'))}，本机关于{v.on('received_on')}收到。",
            f"经审查，{sentence(v.text('reason'))}该申请{_UNMET[v.number('ground') - 1]}，"
            f"不符合{by(v, 'conditions', v.number('ground'))}规定的受理条件。",
            f"根据{by(v, 'refuse')}的规定，本机关决定：",
            f"对{v.you('applicant')}的行政复议申请不予受理。",
            _elsewhere(v),
            _suit_after_refusal(v),
        ),
    )


def _elsewhere(v: Values) -> str:
    """L23 30(2): the competent organ is named if that is what was found wanting."""
    if v.number("ground") != _NOT_OURS:
        return ""
    return f"对该{act_word(v)}不服，可以依法向有管辖权的行政复议机关{v.text('competent_organ')}申请行政复议。"


def _suit_after_refusal(v: Values) -> str:
    if v.has("precedence"):
        return (
            f"如不服本决定，可以依照{by(v, 'refuse_sue')}的规定，自收到本决定书之日起"
            f"{days(v.number('sue_days', 15))}内，依法向{v.text('court')}提起行政诉讼。"
        )
    return f"如不服本决定，可以依照《中华人民共和国行政诉讼法》的规定，向{v.text('court')}提起行政诉讼。"


def _competent_named(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    if values.get("ground") == _NOT_OURS and not values.get("competent_organ"):
        yield TemplateProblem("missing", _COMPETENT.name, _COMPETENT.title)


_RECEIVED = Variable("received_on", "收到申请日期", "date")
_COURT = Variable("court", "有管辖权的人民法院")
_COMPETENT = Variable("competent_organ", "有管辖权的机关", required=False)

TEMPLATES = (
    DocumentTemplate(
        "receipt", "收件回执",
        (*_UNNUMBERED, ACT[0], _RECEIVED, Variable("materials", "材料清单", "texts"), Variable("window", "收件窗口"),
         _COMPETENT),
        _receipt, recipient="applicant",
    ),
    DocumentTemplate(
        "oral_record", "口头申请笔录",
        (*_UNNUMBERED, ACT[0], Variable("requests", "复议请求", "texts"), Variable("facts", "主要事实、理由", "texts"),
         Variable("time", "时间"), Variable("place", "地点", required=False), Variable("handler", "接待人员", required=False),
         Variable("recorder", "记录人", required=False), Variable("applicant_details", "申请人基本情况", "texts", required=False)),
        _oral_record, Layout.FORM, sealed=False, signed=False,
    ),
    DocumentTemplate(
        "supplement_notice", "补正行政复议申请通知书",
        (*CASE, *ACT, _RECEIVED, Variable("items", "需补正的全部事项", "texts"),
         Variable("due", "补正期限", "date", versions=V17), *CONTACT),
        _supplement_notice, recipient="applicant",
    ),
    DocumentTemplate(
        "acceptance_notice", "行政复议受理通知书",
        (*CASE, *ACT, Variable("accepted_on", "受理日期", "date"),
         Variable("procedure", "审理程序", choices=("ordinary", "simplified"), versions=V23),
         Variable("procedure", "审理程序", choices=("legacy",), versions=V17),
         Variable("deemed", "视为受理", "flag", required=False, versions=V23),
         Variable("due", "审理期限届满日", "date", required=False), *CONTACT),
        _acceptance_notice, recipient="applicant",
    ),
    DocumentTemplate(
        "refusal_decision", "不予受理决定书",
        (*CASE, *ACT, _RECEIVED, Variable("reason", "理由"),
         Variable("ground", "不符合的受理条件（第几项）", "number", choices=(1, 2, 3, 4, 5, 6, 7)), _COMPETENT, _COURT,
         Variable("precedence", "是否复议前置", "flag", required=False),
         Variable("sue_days", "起诉期限（日）", "number", required=False)),
        _refusal_decision, recipient="applicant", rules=_competent_named,
    ),
)  # fmt: skip
