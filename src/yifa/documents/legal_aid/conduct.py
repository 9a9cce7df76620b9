"""Legal-aid documents of intake and conduct: receipts, supplement, assignment, letters, commitment, subsidy, help."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from yifa.documents.legal_aid.law import APPLIED, CASE, CONTACT, LAL, LAWYER, V_LAW, V_OLD, by
from yifa.documents.model import Block, Form, Layout, Paragraph, Signatures, Table
from yifa.documents.phrases import contact, days, listed, pair, paragraphs, sections, sentence, wide
from yifa.documents.templates import DocumentTemplate, TemplateProblem, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.statute import statute

_ICPL = statute("ICPL")


def _receipt(v: Values) -> tuple[Block, ...]:
    rows = tuple((str(n), item, "") for n, item in enumerate(v.texts("materials"), start=1))
    review = "七个工作日" if v.version in V_OLD else "七日"
    return (
        *paragraphs(f"{v.on('received_on')}，{v.text('window')}收到{v.you('applicant')}就{v.text('matter')}申请法律援助的下列材料："),
        Table(("序号", "材料名称", "备注"), rows, (1, 7, 2)),
        *paragraphs(
            f"材料齐全的，本机构自收到申请之日起{review}内作出是否给予法律援助的决定。"
            "本凭证仅用于证明收到上列材料，不表示已决定给予法律援助。法律援助不收取任何费用。",
        ),
    )  # fmt: skip


def _supplement(v: Values) -> tuple[Block, ...]:
    you = v.you("applicant")
    return (
        *paragraphs(
            f"{you}于{v.on('applied_on')}就{v.text('matter')}向本机构申请法律援助。经审查，{you}提交的申请材料不齐全"
            f"或者需要作出说明。根据{by(v, 'supplement')}的规定，现将需要补充的材料和说明的事项一次性告知如下：",
        ),
        *listed(v.texts("items")),
        *paragraphs(
            f"请{you}{_until(v)}补充。未按要求补充材料或者作出说明的，视为撤回申请；补充材料、作出说明所需的"
            "时间不计入审查期限。视为撤回后，可以重新申请。",
        ),
        *contact(v),
        Paragraph("特此通知。"),
    )


def _until(v: Values) -> str:
    """The term as the notice states it: it runs from service, which is still to come when the notice is written."""
    if v.has("term"):
        return f"自收到本通知之日起{days(v.number('term'))}内"
    return f"于{v.on('due')}前"


def _term_stated(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    if not values.get("term") and not values.get("due"):
        yield TemplateProblem("missing", "term", "补充期限（日）")


def _assignment(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{_why_assigned(v)}经审核，现指派你单位"
            f"{v.text('lawyer')}（执业证号：{v.text('licence_no')}，联系电话：{v.text('lawyer_phone')}）承办，"
            f"援助形式为{v.text('form')}。",
        ),
        *sections(
            (
                ("受援人联系方式", (sentence(v.text("recipient_contact")),)),
                (
                    "承办要求",
                    (
                        "1.及时约见受援人，并按照规定与受援人签订委托代理协议或者办理有关手续。",
                        f"2.依照{law(LAL.art(46))}的规定，无正当理由不得拒绝、拖延或者终止提供法律援助服务，并应当按照规定向"
                        "受援人通报办理情况。",
                        f"3.依照{law(LAL.art(20))}的规定，不得向受援人收取任何财物。",
                        f"4.发现有{law(LAL.art(48, 1))}规定情形或者利益冲突的，应当及时向本机构报告。",
                        f"5.办理结束后，依照{law(LAL.art(50))}的规定及时向本机构报告，提交有关法律文书的副本或者复印件、"
                        "办理情况报告等材料。",
                    )
                    if v.version not in V_OLD
                    else ("请按照《法律援助条例》的规定尽职办理，不得收取受援人任何财物；结案后及时提交结案报告和有关材料。",),
                ),
            )
        ),
        *contact(v),
        Paragraph("特此通知。"),
    )  # fmt: skip


def _why_assigned(v: Values) -> str:
    """A grant, aid given first (LAL 44), or the notice of the organ that handles the criminal case (LAL 36)."""
    if v.has("granted_on"):
        return f"本机构于{v.on('granted_on')}决定就{v.text('matter')}给予{v.names('applicant')}法律援助。"
    if v.has("aid_first_on"):
        return f"本机构于{v.on('aid_first_on')}决定就{v.text('matter')}对{v.names('applicant')}先行提供法律援助。"
    return f"本机构于{v.on('received_on')}收到{v.names('to')}关于为{v.names('applicant')}（{v.text('matter')}）指派法律援助人员的通知。"


def _granted_or_first(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    if not (values.get("granted_on") or values.get("aid_first_on")):
        yield TemplateProblem("missing", _GRANTED.name, _GRANTED.title)


def _granted_or_notified(values: Mapping[str, Any], version: str) -> Iterable[TemplateProblem]:
    if not (values.get("granted_on") or values.get("aid_first_on")):
        wanted = (_TO, Variable("received_on", "收到通知日期", "date"))
        yield from (TemplateProblem("missing", v.name, v.title) for v in wanted if not values.get(v.name))


def _lawyer(v: Values) -> str:
    return f"{v.names('firm')}{v.text('lawyer')}（执业证号：{v.text('licence_no')}，联系电话：{v.text('lawyer_phone')}）"


def _decided(v: Values) -> str:
    if v.has("granted_on"):
        return f"于{v.on('granted_on')}决定给予法律援助"
    return f"于{v.on('aid_first_on')}决定先行提供法律援助"


def _letter(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"你单位办理的{v.text('matter')}一案，{v.names('applicant')}申请法律援助。本机构经审查，{_decided(v)}，"
            f"指派{_lawyer(v)}担任{v.names('applicant')}的{v.text('capacity')}。",
            "请依法为法律援助人员办理有关事项提供便利。" + _fees(v),
        ),
        *contact(v),
        Paragraph("专此函告。"),
    )


def _fees(v: Values) -> str:
    if v.version in V_OLD:
        return ""
    return f"依照{law(LAL.art(53, 1))}的规定，请根据情况对受援人缓收、减收或者免收诉讼费用，对法律援助人员复制相关材料等费用予以免收或者减收。"


def _bracketed(number: str) -> str:
    """A court's number begins with its year in brackets; two pairs would stand side by side."""
    return number if number.startswith(("（", "(")) else f"（{number}）"


def _reply(v: Values) -> tuple[Block, ...]:
    basis = f"根据{law(LAL.art(36))}的规定，" if v.version not in V_OLD else ""
    return (
        *paragraphs(
            f"你单位{v.on('notice_on')}关于为{v.names('applicant')}{v.text('charge')}一案指派律师的通知"
            f"{_bracketed(v.text('notice_no'))}收悉，本机构于{v.on('received_on')}收到。",
            f"{basis}本机构已指派{_lawyer(v)}担任{v.names('applicant')}的{v.text('capacity')}。",
            _acceptance_of_defence(v),
        ),
        *contact(v),
        Paragraph("专此函复。"),
    )


def _acceptance_of_defence(v: Values) -> str:
    if v.version in V_OLD:
        return "被告人拒绝指派的律师为其辩护的，请及时书面告知本机构。"
    return (
        f"依照{law(LAL.art(27))}的规定，犯罪嫌疑人、被告人有权自行委托辩护人；其另行委托或者依照{law(_ICPL.art(50))}"
        "拒绝指派的律师辩护的，请及时书面告知本机构。"
    )


def _commitment(v: Values) -> tuple[Block, ...]:
    return (
        *sections(
            (
                (
                    "告知事项",
                    (
                        f"1.依照{law(LAL.art(41, 1))}的规定，因经济困难申请法律援助的，应当如实说明经济困难状况。",
                        f"2.依照{law(LAL.art(41, 2))}的规定，申请人可以以个人诚信承诺代替经济困难证明材料。本次承诺的事项为："
                        f"{sentence(v.text('fact'))}",
                        f"3.适用的标准：{sentence(v.text('standard'))}",
                        "4.本机构可以对承诺事项进行核查。承诺不实的，依法终止法律援助；依照"
                        f"{law(LAL.art(64))}的规定，以欺骗或者其他不正当手段获得法律援助的，由司法行政部门责令支付已实施"
                        "法律援助的费用，并处三千元以下罚款；失信情况依法予以记录。",
                    ),
                ),
                ("申请人承诺", listed((*v.texts("statements"), *_PROMISES))),
            )
        ),
        Signatures(("申请人（签名或者捺印）：", "经办人（签名）：")),
    )


_PROMISES: Final = (
    "已经知悉并理解上述告知事项",
    "所述情况真实、准确、完整，愿意接受核查",
    "情况发生变化时及时告知法律援助机构",
    "承担承诺不实的法律责任",
)


def _subsidy(v: Values) -> tuple[Block, ...]:
    form = Form(
        (4, 7, 4, 7),
        (
            pair(("受 援 人", v.names("applicant")), ("援助形式", v.text("form"))),
            wide("援助事项", v.text("matter")),
            pair(("承办机构", v.names("firm")), ("承 办 人", v.text("lawyer"))),
            pair(("结案日期", v.on("ended_on")), ("卷宗审查\n通过日期", v.on("file_accepted_on"))),
            pair(("补贴标准", v.text("table_row")), ("标准金额", f"{v.text('standard_amount')}元")),
            pair(("质量等次", v.text("grade")), ("调整系数", v.text("factor"))),
            wide("实发金额", f"{v.text('amount')}元（大写：{v.text('amount_words')}）"),
            pair(("收款人", v.text("payee")), ("收款账号", v.text("account"))),
            pair(("经办人\n签名", ""), ("审核人\n签名", ""), 3),
            pair(("负责人\n签名", ""), ("支付日期", "　　　　年　　月　　日"), 3),
        ),
    )
    note = (
        f"依照{law(LAL.art(52, 3))}的规定，法律援助补贴免征增值税和个人所得税。"
        if v.version not in V_OLD
        else "本补贴按照结案时有效的标准发放。"
    )
    return (form, Paragraph(note, small=True))


def _help_record(v: Values) -> tuple[Block, ...]:
    form = Form(
        (4, 7, 4, 7),
        (
            pair(("时　　间", v.text("time")), ("诉讼阶段", v.text("stage"))),
            wide("地　　点", v.text("place")),
            pair(("被帮助人", v.names("applicant")), ("涉嫌罪名", v.text("charge"))),
            pair(("办案机关", v.text("case_organ")), ("案件编号", v.text("organ_case_no"))),
            pair(("值班律师", v.text("lawyer")), ("执业证号", v.text("licence_no"))),
            wide("帮助事项", "\n".join(v.texts("content")), 3),
            wide("律师意见", v.text("opinion"), 4),
            wide("被帮助人\n意见", v.text("answer"), 2),
        ),
    )
    basis = f"依照{law(LAL.art(30))}的规定提供法律帮助，并记录在案。" if v.version not in V_OLD else ""
    return (form, *paragraphs(basis), Signatures(("被帮助人（签名或者捺印）：", "值班律师（签名）：")))


_WINDOW = Variable("window", "收件窗口")
_GRANTED = Variable("granted_on", "给予援助日期", "date", required=False)
_AID_FIRST = Variable("aid_first_on", "先行提供日期", "date", required=False)
_FORM = Variable("form", "援助形式")
_CAPACITY = Variable("capacity", "担任（辩护人、诉讼代理人等）")
_TO = Variable("to", "受文机关", "party")
_MATTER = Variable("matter", "援助事项")

TEMPLATES = (
    DocumentTemplate(
        "SJQD", "收到材料凭证",
        (*CASE, _MATTER, Variable("received_on", "收到日期", "date"), _WINDOW, Variable("materials", "材料清单", "texts")),
        _receipt, recipient="applicant",
    ),
    DocumentTemplate(
        "BCTZ", "补充材料通知书",
        (*CASE, *APPLIED, Variable("items", "需补充的全部材料", "texts"), Variable("term", "补充期限（日）", "number", required=False),
         Variable("due", "补充期限届满日", "date", required=False), *CONTACT),
        _supplement, recipient="applicant", rules=_term_stated,
    ),
    DocumentTemplate(
        "ZPTZ", "法律援助指派通知书",
        (*CASE, _MATTER, _GRANTED, _AID_FIRST, _FORM, *LAWYER,
         Variable("to", "通知机关", "party", required=False), Variable("received_on", "收到通知日期", "date", required=False),
         Variable("recipient_contact", "受援人联系方式"), *CONTACT),
        _assignment, recipient="firm", rules=_granted_or_notified,
    ),
    DocumentTemplate(
        "ZPGH", "法律援助公函",
        (*CASE, _MATTER, _TO, _GRANTED, _AID_FIRST, _CAPACITY, *LAWYER, *CONTACT),
        _letter, Layout.LETTER, recipient="to", rules=_granted_or_first, title_of=lambda v: "关于指派法律援助人员的函",
    ),
    DocumentTemplate(
        "TZHD", "通知辩护回函",
        (*CASE, _TO, Variable("charge", "案由"), Variable("notice_on", "通知日期", "date"), Variable("notice_no", "通知文号"),
         Variable("received_on", "收到通知日期", "date"), _CAPACITY, *LAWYER, *CONTACT),
        _reply, Layout.LETTER, recipient="to", title_of=lambda v: "关于指派律师提供法律援助的复函",
    ),
    DocumentTemplate(
        "GZCN", "法律援助告知承诺书",
        (*CASE, Variable("fact", "承诺的事项"), Variable("standard", "适用的标准"), Variable("statements", "承诺的内容", "texts")),
        _commitment, Layout.FORM, versions=V_LAW, sealed=False, signed=False,
    ),
    DocumentTemplate(
        "BZFD", "法律援助补贴发放单",
        (*CASE, _MATTER, _FORM, LAWYER[0], LAWYER[1], Variable("ended_on", "结案日期", "date"),
         Variable("file_accepted_on", "卷宗审查通过日期", "date"), Variable("table_row", "补贴标准"),
         Variable("standard_amount", "标准金额（元）"), Variable("grade", "质量等次"), Variable("factor", "调整系数"),
         Variable("amount", "实发金额（元）"), Variable("amount_words", "金额大写"), Variable("payee", "收款人"),
         Variable("account", "收款账号", required=False)),
        _subsidy, Layout.FORM, signed=False, sealed=False,
    ),
    DocumentTemplate(
        "FLBZ", "法律帮助记录",
        (*CASE, Variable("time", "时间"), Variable("place", "地点"), Variable("stage", "诉讼阶段"), Variable("charge", "涉嫌罪名"),
         Variable("case_organ", "办案机关"), Variable("organ_case_no", "案件编号", required=False), LAWYER[0], LAWYER[2],
         Variable("content", "帮助事项", "texts"), Variable("opinion", "律师意见"), Variable("answer", "被帮助人意见", required=False)),
        _help_record, Layout.FORM, signed=False, sealed=False,
    ),
)  # fmt: skip
