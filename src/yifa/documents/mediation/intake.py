"""Documents of mediation up to its end: application, register, record, notice of the end, referral, report of risk."""

from typing import Final

from yifa.documents.model import Block, Form, Layout, Paragraph, Signatures, Table
from yifa.documents.parties import introduced
from yifa.documents.phrases import contact, led, pair, paragraphs, sentence, wide
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.statute import statute

PML: Final = statute("PML")
_LIM: Final = statute("LIM")

CASE: Final = (
    Variable("case_no", "编号"),
    Variable("parties", "当事人", "party"),
    Variable("organ", "调解组织"),
    Variable("date", "日期", "date"),
)
CONTACT: Final = (
    Variable("handler", "联系人", required=False),
    Variable("phone", "联系电话", required=False),
    Variable("office_address", "地址", required=False),
)
FACTS: Final = Variable("facts", "纠纷事实", "texts")


def _application(v: Values) -> tuple[Block, ...]:
    closing = (
        "以上笔录经申请人核对（已向申请人宣读），与其口述一致。"
        if v.has("oral")
        else "申请人自愿申请调解，并保证所述情况属实。"
    )
    told = (
        f"人民调解委员会已将申请人提出的申请事项登记，并告知：依照{law(PML.art(4))}的规定，调解不收取任何费用；依照"
        f"{law(PML.art(23))}的规定，当事人可以接受调解、拒绝调解或者要求终止调解。"
    )
    return (
        *introduced(v, "parties", "当事人"),
        *led("纠纷事实：", v.texts("facts")),
        *led("申请事项：", map(sentence, v.texts("claims"))),
        *paragraphs(f"申请日期：{v.on('applied_on')}。", told, closing),
        Signatures(("申请人（签章或者指印）：", "登记人（签名）：")),
    )


def _register(v: Values) -> tuple[Block, ...]:
    form = Form(
        (4, 7, 4, 7),
        (
            pair(("登记日期", v.on("registered_on")), ("案件来源", v.text("channel"))),
            pair(("纠纷类型", v.text("dispute_type")), ("涉及金额", v.text("amount"))),
            wide("当 事 人", "\n".join(v.texts("particulars")), 3),
            wide("纠纷事实", "\n".join(v.texts("facts")), 5),
            wide("申请事项", "\n".join(v.texts("claims")), 3),
            pair(("涉及人数", v.text("people_count")), ("激化风险", v.text("risk"))),
            wide("各方意愿", "\n".join(v.texts("consent")), 3),
            pair(("移送单位", v.text("referrer")), ("移交日期", v.on("handed_over_on"))),
            pair(("登 记 人\n签    名", ""), ("调委会意见", ""), 3),
        ),
    )
    note = f"注：依照{law(_LIM.art(12))}的规定，诉讼时效自当事人提出请求之日（{v.on('received_on')}）起中断。"
    return (form, Paragraph(note, small=True))


def _record(v: Values) -> tuple[Block, ...]:
    form = Form(
        (4, 7, 4, 7),
        (
            pair(("时　　间", v.text("time")), ("地　　点", v.text("place"))),
            wide("当 事 人", v.names("parties")),
            wide("参加人员", "、".join(v.texts("present"))),
            wide(
                "权利告知",
                f"已依照{law(PML.art(23))}、{law(PML.art(24))}的规定告知当事人权利义务；{v.text('answer')}",
                2,
            ),
            wide("调解经过", "\n".join(v.texts("course")), 10),
            wide("调解结果", v.text("result"), 3),
        ),
    )
    return (form, Signatures(("当事人（签章或者指印）：", "调解员（签名）：", "记录人（签名）：")))


def _end(v: Values) -> tuple[Block, ...]:
    """Told in writing: which doors are open, and until when (PML 26)."""
    rows = tuple((door, limit) for door, limit in v.rows("routes"))
    return (
        *paragraphs(
            f"{v.names('parties')}之间的{v.text('dispute_type')}纠纷，{sentence(v.text('reason'))}",
            f"根据{law(PML.art(26))}的规定，现告知你们可以依法通过下列途径维护自己的权利：",
        ),
        Table(("途径", "期限"), rows, (5, 7)),
        *paragraphs(
            "走哪一条途径，由你们自行选择。行政复议申请期限不因人民调解停止计算，请特别留意上列届满日。"
            f"依照{law(PML.art(4))}的规定，本次调解不收取任何费用。",
        ),
        *contact(v),
    )


def _referral(v: Values) -> tuple[Block, ...]:
    rows = tuple((door, limit) for door, limit in v.rows("limits"))
    return (
        *paragraphs(
            f"{v.names('parties')}之间的{v.text('dispute_type')}纠纷，由我方于{v.on('registered_on')}登记。"
            f"经当事人自愿选择，现转请你单位依法处理。"
        ),
        *led("纠纷情况：", v.texts("facts")),
        *led("当事人请求：", map(sentence, v.texts("claims"))),
        *((Paragraph("有关期限如下，请予注意："), Table(("事项", "期限"), rows, (5, 7))) if rows else ()),
        *paragraphs(f"调解情况：{sentence(v.text('situation'))}" if v.has("situation") else ""),
        *contact(v),
        Paragraph("专此函告。"),
    )


def _risk(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"我方在调解{v.names('parties')}之间的{v.text('dispute_type')}纠纷过程中，于{v.text('found_at')}发现纠纷可能引起"
            f"治安案件或者刑事案件。根据{law(PML.art(25))}的规定，现报告如下：",
        ),
        *led("情况：", v.texts("situation")),
        *led("已采取的预防措施：", listed_or(v, "measures")),
        *contact(v),
        Paragraph("请依法处置。"),
    )


def listed_or(v: Values, name: str) -> tuple[str, ...]:
    """The texts of a list as sentences."""
    return tuple(sentence(text) for text in v.texts(name))


_CLAIMS = Variable("claims", "申请事项", "texts")
_TYPE = Variable("dispute_type", "纠纷类型")
_TO = Variable("to", "受文单位", "party")

TEMPLATES = (
    DocumentTemplate(
        "med_application", "人民调解申请书",
        (*CASE, FACTS, _CLAIMS, Variable("applied_on", "申请日期", "date"), Variable("oral", "口头申请", "flag", required=False)),
        _application, Layout.CASE, headed=False, sealed=False, signed=False,
        title_of=lambda v: "人民调解口头申请笔录" if v.has("oral") else "人民调解申请书",
    ),
    DocumentTemplate(
        "med_register", "人民调解受理登记表",
        (*CASE, _TYPE, FACTS, _CLAIMS, Variable("channel", "案件来源"), Variable("registered_on", "登记日期", "date"),
         Variable("received_on", "收到日期", "date"), Variable("particulars", "当事人基本情况", "texts"),
         Variable("consent", "各方意愿", "texts"), Variable("people_count", "涉及人数", "number"), Variable("risk", "激化风险"),
         Variable("amount", "涉及金额", required=False), Variable("referrer", "移送单位", required=False),
         Variable("handed_over_on", "移交日期", "date", required=False)),
        _register, Layout.FORM, sealed=False, signed=False,
    ),
    DocumentTemplate(
        "med_record", "人民调解记录",
        (*CASE, Variable("time", "时间"), Variable("place", "地点"), Variable("present", "参加人员", "texts"),
         Variable("answer", "当事人答复"), Variable("course", "调解经过", "texts"), Variable("result", "调解结果")),
        _record, Layout.FORM, sealed=False, signed=False,
    ),
    DocumentTemplate(
        "med_fail", "终止调解告知书",
        (*CASE, _TYPE, Variable("reason", "原因"), Variable("routes", "其他途径及其期限", "rows"),
         Variable("refused", "不予受理", "flag", required=False), *CONTACT), _end,
        recipient="parties", title_of=lambda v: "不予受理告知书" if v.has("refused") else "终止调解告知书",
    ),
    DocumentTemplate(
        "med_refer", "调解转办函",
        (*CASE, _TYPE, _TO, FACTS, _CLAIMS, Variable("registered_on", "登记日期", "date"),
         Variable("limits", "有关期限", "rows", required=False), Variable("situation", "调解情况", required=False), *CONTACT),
        _referral, Layout.LETTER, recipient="to", title_of=lambda v: "关于转办调解纠纷的函",
    ),
    DocumentTemplate(
        "med_risk", "纠纷激化情况报告",
        (*CASE, _TYPE, _TO, Variable("found_at", "发现时间"), Variable("situation", "情况", "texts"),
         Variable("measures", "已采取的措施", "texts"), *CONTACT),
        _risk, Layout.LETTER, recipient="to", title_of=lambda v: "关于纠纷可能激化的情况报告",
    ),
)  # fmt: skip
