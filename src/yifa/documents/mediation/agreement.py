"""Documents of an agreement: the agreement itself, the note of an oral one, confirmation, visits."""

from yifa.documents.mediation.intake import CASE, CONTACT, PML
from yifa.documents.model import Block, Form, Layout, Paragraph, Signatures
from yifa.documents.parties import introduced
from yifa.documents.phrases import led, listed, pair, paragraphs, sections, sentence, wide
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law
from yifa.law.statute import statute

_SC11 = statute("SC11")


def _agreement(v: Values) -> tuple[Block, ...]:
    return (
        *introduced(v, "parties", "当事人"),
        *sections(
            (
                ("纠纷的主要事实、争议事项和各方责任", v.texts("facts")),
                ("经调解，当事人自愿达成如下协议", listed(v.texts("terms"))),
                ("履行的方式和期限", listed(v.texts("performance"))),
                (
                    "协议的效力",
                    (
                        f"1.依照{law(PML.art(29, 2))}的规定，本协议自各方当事人签名、盖章或者按指印，调解员签名并加盖调解"
                        "委员会印章之日起生效。",
                        f"2.依照{law(PML.art(31, 1))}的规定，本协议具有法律约束力，当事人应当按照约定履行。",
                        f"3.依照{law(PML.art(33, 1))}的规定，双方认为有必要的，可以自本协议生效之日起三十日内共同向人民法院"
                        "申请司法确认。",
                    ),
                ),
            )
        ),
        *paragraphs("本协议由当事人各执一份，人民调解委员会留存一份。"),
        Signatures(
            (
                "当事人（签章或者指印）：",
                "当事人（签章或者指印）：",
                "调解员（签名）：",
                "记录人（签名）：",
            )
        ),
    )


def _oral(v: Values) -> tuple[Block, ...]:
    form = Form(
        (4, 7, 4, 7),
        (
            wide("当 事 人", v.names("parties")),
            pair(("纠纷类型", v.text("dispute_type")), ("达成日期", v.on("agreed_on"))),
            wide("协议内容", "\n".join(v.texts("terms")), 6),
            wide("履行方式\n和 期 限", "\n".join(v.texts("performance")), 3),
            pair(("调 解 员\n签    名", ""), ("当 事 人\n签    名", ""), 3),
        ),
    )
    note = (
        f"注：当事人认为无需制作调解协议书。依照{law(PML.art(30))}的规定，口头调解协议自各方当事人达成协议之日起生效。"
        "当事人可以要求提供本表的复印件。"
    )
    return (form, Paragraph(note, small=True))


def _visit(v: Values) -> tuple[Block, ...]:
    form = Form(
        (4, 7, 4, 7),
        (
            wide("当 事 人", v.names("parties")),
            pair(("协议编号", v.text("agreement_no")), ("协议生效日期", v.on("agreed_on"))),
            pair(("回访日期", v.on("visited_on")), ("履行情况", v.text("performed"))),
            wide("回访情况", "\n".join(v.texts("situation")), 6),
            pair(("当 事 人\n签    名", ""), ("回 访 人\n签    名", ""), 3),
        ),
    )
    note = f"注：依照{law(PML.art(31, 2))}的规定，人民调解委员会对调解协议的履行情况进行监督，督促当事人履行约定的义务。"
    return (form, Paragraph(note, small=True))


def _confirmation(v: Values) -> tuple[Block, ...]:
    number = f"（编号：{v.text('agreement_no')}）" if v.has("agreement_no") else ""
    return (
        *introduced(v, "parties", "申请人"),
        *led("请求事项：", (f"依法确认申请人于{v.on('agreed_on')}达成的调解协议{number}有效。",)),
        *led("事实和理由：", v.texts("facts")),
        *paragraphs(
            f"该协议由{v.text('body')}主持达成，内容不违反法律、行政法规的强制性规定，不侵害国家利益、社会公共利益和案外人的"
            f"合法权益。申请人根据{law(PML.art(33, 1))}、{law(_SC11.art(3))}的规定，共同提出申请，并保证所提交的材料真实、"
            "合法。",
        ),
        *led("协议内容：", map(sentence, v.texts("terms"))),
        *led("送达地址和联系方式：", v.texts("contacts")),
        *led("所附材料：", ("；".join(v.texts("materials")) + "。",)),
        Signatures(("申请人（签章或者指印）：", "申请人（签章或者指印）：")),
    )


_TYPE = Variable("dispute_type", "纠纷类型")
_TERMS = Variable("terms", "协议内容", "texts")
_PERFORMANCE = Variable("performance", "履行的方式和期限", "texts")
_AGREED = Variable("agreed_on", "协议生效日期", "date")
_NUMBER = Variable("agreement_no", "协议书编号", required=False)

TEMPLATES = (
    DocumentTemplate(
        "med_agreement", "人民调解协议书",
        (*CASE, Variable("facts", "主要事实、争议事项及各方责任", "texts"), _TERMS, _PERFORMANCE), _agreement,
    ),
    DocumentTemplate(
        "med_oral", "人民调解口头协议登记表", (*CASE, _TYPE, _TERMS, Variable("performance", "履行的方式和期限", "texts", required=False), _AGREED),
        _oral, Layout.FORM, sealed=False, signed=False,
    ),
    DocumentTemplate(
        "med_visit", "人民调解回访记录",
        (*CASE, _NUMBER, _AGREED, Variable("visited_on", "回访日期", "date"), Variable("performed", "履行情况"),
         Variable("situation", "回访情况", "texts")),
        _visit, Layout.FORM, sealed=False, signed=False,
    ),
    DocumentTemplate(
        "med_confirm_app", "司法确认申请书",
        (*CASE, Variable("court", "受理法院", "party"), _NUMBER, _AGREED, Variable("body", "主持调解的组织"),
         Variable("facts", "事实和理由", "texts"), _TERMS, Variable("contacts", "送达地址和联系方式", "texts"),
         Variable("materials", "所附材料", "texts"), *CONTACT),
        _confirmation, recipient="court", headed=False, sealed=False, signed=False,
    ),
)  # fmt: skip
