"""What the bureau and the organs write to each other and to those who suggest: assignment, reminder, analysis, reply, agreement."""

from yifa.documents.litigation.common import APL, CONTACT, DEFENDANT, HOUSE, INT, SUIT, matter, reach
from yifa.documents.model import Block, Layout, Paragraph, Signatures
from yifa.documents.parties import introduced
from yifa.documents.phrases import listed, paragraphs, sections, sentence
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law


def _assign_letter(v: Values) -> tuple[Block, ...]:
    draft = (
        f"于{v.on('draft_due')}前报送答辩状初稿和证据目录"
        if v.has("draft_due")
        else "及时报送答辩状初稿和证据目录"
    )
    return (
        *paragraphs(
            f"{v.text('court')}受理的{matter(v)}，{v.names('defendant')}于{v.on('received_on')}收到起诉状副本。原告请求："
            f"{sentence('、'.join(v.texts('claims')))}该案由你单位承办，请按下列要求办理：",
        ),
        *listed(
            (
                draft,
                f"答辩和举证期限至{v.on('answer_due')}届满。依照{law(APL.art(34, 2))}的规定，无正当理由逾期提供证据的，视为没有"
                "相应证据；确需延期的，应当在期限内书面申请",
                f"依照{law(APL.art(3, 3))}的规定安排行政机关负责人出庭，不能出庭的，应当在开庭前书面说明并委托工作人员出庭",
                f"诉讼过程中，依照{law(APL.art(35))}的规定，不得自行向原告、第三人和证人收集证据",
                "收到传票、裁判文书和司法建议后，当日报告",
            )
        ),
        *reach(v),
    )


def _supervision(v: Values) -> tuple[Block, ...]:
    late = f"，已逾期{v.number('days_late')}日" if v.has("days_late") else ""
    due = f"，期限为{v.on('due')}" if v.has("due") else ""
    return (
        *paragraphs(
            f"你单位承办的{matter(v)}，下列事项尚未办结{due}{late}：",
            sentence(v.text("item")),
            f"请立即办理，并书面报告结果。拒绝履行生效裁判的，人民法院可以依照{law(APL.art(96))}的规定对行政机关负责人处以罚款、"
            "提出司法建议。",
        ),
        *reach(v),
    )


def _loss_memo(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{v.text('court')}审理的{matter(v)}，裁判结果为{sentence(v.text('result'))}现将败诉情况分析报告如下："
        ),
        *sections(
            (
                ("败诉原因", map(sentence, v.texts("cause"))),
                ("责任机关", (sentence(v.text("responsible_organ")),)),
                ("整改措施", listed(v.texts("improvement"))),
            )
        ),
        Paragraph("特此报告。"),
    )


def _suggestion_reply(v: Values) -> tuple[Block, ...]:
    basis = f"依照{law(INT.art(149, 4))}的规定，" if v.has("normative") else ""
    return (
        *paragraphs(
            f"你单位{v.text('suggestion_no')}建议书于{v.on('received_on')}收悉。{basis}我机关经研究，对所提建议{v.text('adopted')}。"
        ),
        *sections(
            (
                ("采取的措施", listed(v.texts("measures"))),
                ("完成时间", map(sentence, v.texts("dates"))),
                ("不采纳的理由", map(sentence, v.texts("reasons"))),
            )
        ),
        Paragraph("专此函复。"),
    )


def _agreement(v: Values) -> tuple[Block, ...]:
    due = (
        f"于{v.on('performance_due')}前履行完毕。"
        if v.has("performance_due")
        else "当场履行，或者按前条约定的时间履行。"
    )
    return (
        *introduced(v, "plaintiff", "申请人"),
        *introduced(v, "defendant", "行政机关"),
        *paragraphs(
            f"双方因{v.text('dispute')}发生争议，经{v.text('organ')}主持调解，遵循自愿、合法的原则，达成如下协议："
        ),
        *listed(v.texts("terms")),
        *sections(
            (
                ("履行期限", (due,)),
                ("调解员", ("、".join(v.texts("mediators")) + "。",) if v.has("mediators") else ()),
            )
        ),
        Paragraph(
            "本协议不损害国家利益、社会公共利益和他人合法权益，自双方签字或者盖章之日起对双方有约束力，双方各执一份。"
        ),
        Signatures(("申请人（签名或者盖章）：", "行政机关（盖章）：", "调解员（签名）：")),
    )


_LEAD = Variable("lead_organ", "承办机关", "party")
_NO_COURT = tuple(v for v in SUIT if v.name in ("plaintiff",))

TEMPLATES = (
    DocumentTemplate(
        "assign_letter", "行政应诉案件交办函",
        (*SUIT, DEFENDANT, _LEAD, Variable("claims", "诉讼请求", "texts"), Variable("received_on", "收到起诉状副本日期", "date"),
         Variable("answer_due", "答辩举证期限", "date"), Variable("draft_due", "内部期限", "date", required=False), *CONTACT),
        _assign_letter, Layout.LETTER, recipient="lead_organ",
    ),
    DocumentTemplate(
        "supervision_notice", "应诉工作提醒（督办）单",
        (*SUIT, DEFENDANT, _LEAD, Variable("item", "事项"), Variable("due", "期限", "date", required=False),
         Variable("days_late", "逾期日数", "number", required=False), *CONTACT),
        _supervision, Layout.LETTER, recipient="lead_organ",
    ),
    DocumentTemplate(
        "loss_memo", "败诉案件分析报告",
        (*SUIT, DEFENDANT, Variable("superior", "报送机关", "party"), Variable("result", "裁判结果"), Variable("cause", "败诉原因", "texts"),
         Variable("responsible_organ", "责任机关"), Variable("improvement", "整改措施", "texts")),
        _loss_memo, Layout.OFFICIAL, recipient="superior",
    ),
    DocumentTemplate(
        "suggestion_reply", "司法建议、检察建议复函",
        (*HOUSE, Variable("sender", "来函机关", "party"), Variable("suggestion_no", "建议书文号", required=False),
         Variable("received_on", "收到日期", "date"), Variable("normative", "规范性文件司法建议", "flag", required=False),
         Variable("adopted", "采纳情况"), Variable("measures", "措施", "texts", required=False),
         Variable("dates", "完成时间", "texts", required=False), Variable("reasons", "不采纳的理由", "texts", required=False)),
        _suggestion_reply, Layout.LETTER, recipient="sender",
    ),
    DocumentTemplate(
        "mediation_agreement", "行政争议调解协议",
        (*HOUSE, *_NO_COURT, DEFENDANT, Variable("dispute", "争议事项"), Variable("terms", "协议内容", "texts"),
         Variable("performance_due", "履行期限", "date", required=False), Variable("mediators", "调解员", "texts", required=False)),
        _agreement,
    ),
)  # fmt: skip
