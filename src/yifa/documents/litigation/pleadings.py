"""What the defendant hands to the court: answer, evidence, request for more time, appeal."""

from yifa.documents.litigation.common import APL, DEFENDANT, INT, SUIT, matter, to_court
from yifa.documents.model import Block, Layout, Paragraph, Table
from yifa.documents.parties import introduced
from yifa.documents.phrases import listed, paragraphs, sections, sentence
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law


def _answer(v: Values) -> tuple[Block, ...]:
    stage = "上诉" if v.has("appealed") else "起诉"
    return (
        *introduced(v, "defendant", "答辩人"),
        *introduced(v, "plaintiff", "被答辩人"),
        *paragraphs(f"就{matter(v)}，答辩人于{v.on('received_on')}收到{stage}状副本，现依法提出答辩如下："),
        *sections(
            (
                ("答辩请求", listed(v.texts("request"))),
                ("事实", map(sentence, v.texts("facts"))),
                ("理由和依据", map(sentence, v.texts("law"))),
            )
        ),
        *paragraphs("综上，请人民法院依法裁判。"),
        *to_court(v),
    )


def _evidence_list(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"就{matter(v)}，依照{law(APL.art(34, 1))}的规定，提交作出行政行为的下列证据和所依据的规范性文件：",
        ),
        Table(("编号", "名称", "来源", "证明目的", "页码"), v.rows("evidence"), (2, 6, 4, 7, 2)),
        Paragraph(f"提交人：{v.names('defendant')}。以上材料与原件核对一致。"),
        *to_court(v),
    )


def _extension(v: Values) -> tuple[Block, ...]:
    return (
        *introduced(v, "defendant", "申请人（被告）"),
        *paragraphs(
            f"{matter(v)}，申请人于{v.on('received_on')}收到起诉状副本，应于{v.on('due')}前提供证据。申请人在作出行政行为时"
            f"已经收集了证据，但因{v.text('cause')}不能按期提供。",
            f"依照{law(APL.art(36, 1))}、{law(INT.art(34))}的规定，申请延期提供证据，请予准许。正当事由消除后，申请人将在"
            f"十五日内提供{_expected(v)}。",
        ),
        *to_court(v),
    )


def _expected(v: Values) -> str:
    return f"，预计不晚于{v.on('expected_on')}" if v.has("expected_on") else ""


def _appeal(v: Values) -> tuple[Block, ...]:
    return (
        *introduced(v, "appellant", "上诉人"),
        *introduced(v, "appellee", "被上诉人"),
        *paragraphs(
            f"上诉人因{matter(v)}，不服{v.text('court')}{v.text('judgment_no')}，依照{law(APL.art(85))}的规定提起上诉。"
        ),
        *sections(
            (("上诉请求", listed(v.texts("request"))), ("事实和理由", map(sentence, v.texts("reasons"))))
        ),
        *to_court(v, "appeal_court"),
    )


_RECEIVED = Variable("received_on", "收到副本日期", "date")

TEMPLATES = (
    DocumentTemplate(
        "answer", "行政诉讼答辩状",
        (*SUIT, DEFENDANT, _RECEIVED, Variable("appealed", "上诉答辩", "flag", required=False), Variable("request", "答辩请求", "texts"),
         Variable("facts", "事实", "texts"), Variable("law", "理由和依据", "texts")),
        _answer, headed=False, attachments=("证据、依据目录", "答辩状副本"),
    ),
    DocumentTemplate(
        "evidence_list", "证据、依据目录", (*SUIT, DEFENDANT, Variable("evidence", "编号、名称、来源、证明目的、页码", "rows")),
        _evidence_list, headed=False,
    ),
    DocumentTemplate(
        "evidence_extension_request", "延期提供证据申请书",
        (*SUIT, DEFENDANT, _RECEIVED, Variable("due", "举证期限届满日", "date"), Variable("cause", "事由"),
         Variable("expected_on", "预计提供日期", "date", required=False)),
        _extension, headed=False,
    ),
    DocumentTemplate(
        "appeal", "行政上诉状",
        (*SUIT, DEFENDANT, Variable("appellant", "上诉人", "party"), Variable("appellee", "被上诉人", "party"),
         Variable("appeal_court", "上诉法院"), Variable("judgment_no", "一审裁判文书"), Variable("request", "上诉请求", "texts"),
         Variable("reasons", "上诉理由", "texts")),
        _appeal, Layout.CASE, headed=False, attachments=("上诉状副本",),
    ),
)  # fmt: skip
