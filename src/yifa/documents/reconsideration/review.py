"""Documents during review: reply, third party, hearing, suspension, stay, extension, attached review."""

from yifa.documents.model import Block, Layout, Paragraph
from yifa.documents.phrases import contact, days, listed, paragraphs, sections, sentence
from yifa.documents.reconsideration.law import (
    ACT,
    CASE,
    CONTACT,
    STAY,
    SUSPENSION,
    V23,
    act_word,
    by,
    days_note,
    filed,
)
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.statute import statute

_L23 = statute("L23")
_END = Paragraph("特此通知。")


def _case(v: Values) -> str:
    number = f"（案号：{v.text('case_no')}）" if v.has("number") else ""
    return f"申请人{v.names('applicant')}不服被申请人{v.names('respondent')}{v.text('act')}申请行政复议一案{number}"


def _reply_notice(v: Values) -> tuple[Block, ...]:
    simplified = v.version == "2023" and v.number("reply_days") == 5
    article = law(_L23.art(54, 1)) if simplified else by(v, "reply")
    procedure = {True: "，适用简易程序审理", False: ""}[simplified]
    return (
        *paragraphs(
            f"{filed(v)}，本机关已于{v.on('accepted_on')}依法受理{procedure}。现将行政复议申请书副本发送你机关，"
            "并就有关事项通知如下：",
        ),
        *sections(
            (
                (
                    "答复和举证",
                    (
                        f"根据{article}的规定，请你机关自收到行政复议申请书副本之日起"
                        f"{days(v.number('reply_days'))}{days_note(v)}内，向本机关提出书面答复，"
                        f"并提交作出{act_word(v)}的证据、依据和其他有关材料。",
                        "书面答复应当加盖印章，载明答复意见、事实和理由；证据、依据和其他材料应当编制目录，逐页编号。",
                    ),
                ),
                (
                    "逾期后果",
                    (
                        f"不按照规定提出书面答复、提交证据、依据和其他有关材料的，依照{by(v, 'no_evidence')}的规定，"
                        f"视为该{act_word(v)}没有证据、依据。",
                    ),
                ),
                (
                    "其他事项",
                    (
                        f"依照{by(v, 'no_collecting')}的规定，行政复议期间不得自行向申请人和其他有关单位、组织或者"
                        "个人收集证据。",
                        "委托工作人员参加行政复议的，请一并提交授权委托书和工作证件复印件。",
                    ),
                ),
            )
        ),
        *contact(v),
        _END,
    )


def _third_party_notice(v: Values) -> tuple[Block, ...]:
    you = v.you("third_party")
    within = f"自收到本通知之日起{days(v.number('opinion_days'))}内" if v.has("opinion_days") else "及时"
    return (
        *paragraphs(
            f"{filed(v)}，本机关已依法受理。",
            f"经审查，{you}同本案被申请行政复议的{act_word(v)}或者案件处理结果有利害关系。根据"
            f"{by(v, 'third_party')}的规定，现通知{you}作为第三人参加行政复议。",
            f"{you}可以{within}向本机关提交书面意见和证据材料，可以依照{by(v, 'agents')}的规定委托一至二名代理人，并可以依照{by(v, 'read')}的规定查阅有关材料。"
            f"依照{by(v, 'third_party_absent')}的规定，第三人不参加行政复议，不影响案件的审理。",
        ),
        *contact(v),
        _END,
    )


def _hearing_notice(v: Values) -> tuple[Block, ...]:
    absent = (
        f"根据{law(_L23.art(51, 2))}、第三款的规定，申请人无正当理由拒不参加听证的，视为放弃听证权利；"
        "被申请人的负责人应当参加听证，不能参加的，应当说明理由并委托相应的工作人员参加听证。"
        if v.version == "2023"
        else "无正当理由不参加听证的，不影响案件的审理。"
    )
    return (
        *paragraphs(f"{_case(v)}，本机关决定依照{by(v, 'hearing')}的规定举行听证。现将有关事项通知如下："),
        *sections(
            (
                ("听证时间", (sentence(v.text("hearing_on")),)),
                ("听证地点", (sentence(v.text("place")),)),
                ("拟听证事项", listed(v.texts("matters"))),
                ("听证人员", (sentence(v.text("panel")) if v.has("panel") else "",)),
                (
                    "注意事项",
                    (
                        absent,
                        "参加听证的人员应当携带身份证明；委托代理人参加的，应当提交授权委托书。"
                        "认为听证人员与本案有利害关系的，可以在听证举行前申请回避。",
                    ),
                ),
            )
        ),
        *contact(v),
        _END,
    )


def _suspension_notice(v: Values) -> tuple[Block, ...]:
    ground = v.number("ground")
    facts = sentence(v.text("reason")) if v.has("reason") else ""
    return (
        *paragraphs(
            f"{_case(v)}，在审理过程中，{SUSPENSION[v.version][ground - 1]}。{facts}",
            f"根据{by(v, 'suspend', ground)}的规定，本案自{v.on('suspended_on')}起中止审理。"
            "中止的期间不计入审理期限。中止的原因消除后，本机关将及时恢复审理并书面告知。",
        ),
        _END,
    )


def _resumption_notice(v: Values) -> tuple[Block, ...]:
    due = f"恢复审理后，审理期限届满日为{v.on('due')}。" if v.has("due") else ""
    return (
        *paragraphs(
            f"{_case(v)}，本机关于{v.on('suspended_on')}中止审理。现{sentence(v.text('reason'))}",
            f"中止审理的原因已经消除，根据{by(v, 'resume')}的规定，本案自{v.on('resumed_on')}起恢复审理。{due}",
        ),
        _END,
    )


def _stay_notice(v: Values) -> tuple[Block, ...]:
    ground = v.number("ground")
    return (
        *paragraphs(
            f"{_case(v)}，本机关已依法受理。",
            f"经审查，{sentence(v.text('reason'))}本机关认为，{STAY[ground - 1]}，符合{by(v, 'stay', ground)}规定的情形，"
            "决定：",
            f"自{v.on('stay_from')}起至本案行政复议决定生效之日止，停止执行被申请人{v.names('respondent')}"
            f"{v.text('act')}。",
            "停止执行的原因消除的，本机关可以决定恢复执行，并书面告知当事人。",
        ),
    )


def _extension_notice(v: Values) -> tuple[Block, ...]:
    approver = "行政复议机构的负责人" if v.version == "2023" else "行政复议机关的负责人"
    return (
        *paragraphs(
            f"{_case(v)}，本机关于{v.on('accepted_on')}依法受理，审理期限原至{v.on('due')}届满。",
            f"因{v.text('reason').rstrip('。')}，案件情况复杂，不能在规定期限内作出行政复议决定。根据"
            f"{by(v, 'extend')}的规定，经{approver}批准，决定延长审理期限{days(v.number('days'))}，"
            f"即延长至{v.on('new_due')}。",
            "本机关将在延长后的期限内作出行政复议决定。",
        ),
        _END,
    )


def _procedure_notice(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{_case(v)}，本机关于{v.on('accepted_on')}依法受理，并适用简易程序审理。",
            f"审理中发现，{sentence(v.text('reason'))}本案不宜继续适用简易程序。根据{law(_L23.art(55))}的规定，"
            f"经行政复议机构的负责人批准，本案自{v.on('converted_on')}起转为普通程序审理。",
            f"依照{law(_L23.art(62, 1))}的规定，本机关自受理申请之日起六十日内作出行政复议决定，"
            f"审理期限届满日为{v.on('new_due')}。",
        ),
        _END,
    )


def _issuer_notice(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{_case(v)}，涉及对你机关制定的{v.text('document')}有关条款的合法性审查。本案已自"
            f"{v.on('suspended_on')}起中止审理。需要审查的条款为：",
        ),
        *listed(v.texts("clauses")),
        *paragraphs(
            f"根据{law(_L23.art(58, 1))}的规定，请你机关自收到本通知之日起{days(v.number('reply_days', 10))}（工作日）内，"
            "就上列条款的合法性向本机关提交书面答复，并附制定依据、制定程序等相关材料。",
            f"依照{law(_L23.art(58, 2))}的规定，本机关认为必要时，可以要求你机关当面说明理由。",
        ),
        *contact(v),
        _END,
    )


def _transfer_letter(v: Values) -> tuple[Block, ...]:
    found = v.text("by") == "organ"
    article = by(v, "transfer_found" if found else "transfer_own")
    origin = (
        f"本机关在审理中认为，作为该{act_word(v)}依据的{v.text('document')}有关条款不合法"
        if found
        else f"申请人一并提出对{v.text('document')}有关条款的审查申请"
    )
    reply = (
        f"依照{law(_L23.art(60))}的规定，请自收到转送之日起六十日内，将处理意见回复本机关。"
        if v.version == "2023"
        else "请在六十日内依法处理，并将处理结果函告本机关。"
    )
    return (
        *paragraphs(f"{_case(v)}，{origin}。需要审查的条款为："),
        *listed(v.texts("clauses")),
        *paragraphs(f"因本机关对该文件无权处理，根据{article}的规定，现予转送，请依法处理。{reply}"),
        *contact(v),
        Paragraph("专此函达。"),
    )


_GROUNDS = tuple(
    Variable(
        "ground", "中止事由（第几项）", "number", True, frozenset({version}), tuple(range(1, len(texts) + 1))
    )
    for version, texts in SUSPENSION.items()
)
_ADDRESSEE = Variable("addressee", "受送达人", "party")
_REASON = Variable("reason", "理由")
_THIRD = Variable("third_party", "第三人", "party")
_ACCEPTED = Variable("accepted_on", "受理日期", "date")
_SUSPENDED = Variable("suspended_on", "中止日期", "date")
_NEW_DUE = Variable("new_due", "延长或者转换后的审理期限届满日", "date")
_CLAUSES = Variable("clauses", "所涉条款", "texts")
_DOCUMENT = Variable("document", "规范性文件名称")

TEMPLATES = (
    DocumentTemplate(
        "reply_notice", "提出答复通知书",
        (*CASE, *ACT, _ACCEPTED, Variable("reply_days", "答复期限（日）", "number", choices=(5, 10)), *CONTACT),
        _reply_notice, recipient="respondent", attachments=("行政复议申请书副本",),
    ),
    DocumentTemplate(
        "third_party_notice", "第三人参加行政复议通知书",
        (*CASE, *ACT, _THIRD, Variable("opinion_days", "提交意见期限（日）", "number", required=False), *CONTACT),
        _third_party_notice, recipient="third_party", attachments=("行政复议申请书副本",),
    ),
    DocumentTemplate(
        "hearing_notice", "听证通知书",
        (*CASE, ACT[0], _ADDRESSEE, Variable("hearing_on", "听证时间"), Variable("place", "地点"),
         Variable("matters", "拟听证事项", "texts"), Variable("panel", "听证人员", required=False), *CONTACT),
        _hearing_notice, recipient="addressee",
    ),
    DocumentTemplate(
        "suspension_notice", "中止审理通知书",
        (*CASE, ACT[0], _ADDRESSEE, *_GROUNDS, _SUSPENDED,
         Variable("reason", "具体情况", required=False)),
        _suspension_notice, recipient="addressee",
    ),
    DocumentTemplate(
        "resumption_notice", "恢复审理通知书",
        (*CASE, ACT[0], _ADDRESSEE, Variable("reason", "恢复事由"), _SUSPENDED, Variable("resumed_on", "恢复日期", "date"),
         Variable("due", "审理期限届满日", "date", required=False)),
        _resumption_notice, recipient="addressee",
    ),
    DocumentTemplate(
        "stay_notice", "停止执行决定书",
        (*CASE, ACT[0], _ADDRESSEE, _REASON, Variable("ground", "停止执行情形（第几项）", "number", choices=(1, 2, 3, 4)),
         Variable("stay_from", "停止执行起始日", "date")),
        _stay_notice, recipient="addressee",
    ),
    DocumentTemplate(
        "extension_notice", "延期审理通知书",
        (*CASE, ACT[0], _ADDRESSEE, _ACCEPTED, Variable("due", "原审理期限届满日", "date"), Variable("reason", "延期理由"),
         Variable("days", "延长日数", "number", choices=tuple(range(1, 31))), _NEW_DUE),
        _extension_notice, recipient="addressee",
    ),
    DocumentTemplate(
        "procedure_notice", "转普通程序通知书",
        (*CASE, ACT[0], _ADDRESSEE, _ACCEPTED, _REASON, Variable("converted_on", "转换日期", "date"), _NEW_DUE),
        _procedure_notice, versions=V23, recipient="addressee",
    ),
    DocumentTemplate(
        "issuer_notice", "规范性文件审查答复通知书",
        (*CASE, ACT[0], Variable("issuer", "制定机关", "party"), _DOCUMENT, _CLAUSES, _SUSPENDED,
         Variable("reply_days", "答复期限（日）", "number", required=False), *CONTACT),
        _issuer_notice, versions=V23, recipient="issuer",
    ),
    DocumentTemplate(
        "transfer_letter", "规范性文件转送函",
        (*CASE, ACT[0], Variable("to_organ", "有权处理机关", "party"), _DOCUMENT, _CLAUSES,
         Variable("by", "由谁提出", required=False, choices=("applicant", "organ")), *CONTACT),
        _transfer_letter, Layout.LETTER, recipient="to_organ",
        title_of=lambda v: f"关于转送审查{v.text('document')}有关条款的函",
    ),
)  # fmt: skip
