"""Who comes to court: power of attorney, identity of the officer, why no officer can come."""

from yifa.documents.litigation.common import APL, DEFENDANT, HEAD, INT, SUIT, matter, to_court
from yifa.documents.model import Block, Paragraph, Table
from yifa.documents.phrases import paragraphs, sentence
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values
from yifa.documents.wording import law


def _authority(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"委托人{v.names('defendant')}因{matter(v)}，依照{law(APL.art(31, 1))}的规定，委托下列人员为诉讼代理人：",
        ),
        Table(("姓名", "身份或者职务", "代理权限"), tuple((*row, v.text("powers")) for row in v.rows("agents")), (4, 6, 6)),
        Paragraph(f"依照{law(INT.art(31))}的规定，解除或者变更委托的，委托人将书面报告人民法院。"),
        *to_court(v),
    )  # fmt: skip


def _identity(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"兹证明{v.text('officer')}系我机关{v.text('post')}，属于{law(INT.art(128, 1))}规定的行政机关负责人，"
            f"出庭应诉{matter(v)}。",
        ),
        Paragraph("特此证明。"),
        *to_court(v),
    )


def _excuse(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"{matter(v)}定于{v.on('hearing_on')}开庭。我机关负责人因{v.text('ground')}不能出庭应诉：{sentence(v.text('explanation'))}",
            f"依照{law(INT.art(129, 3))}、{law(HEAD.art(8))}的规定，现将有关情况说明如上，并附{v.text('proof')}。",
            f"我机关委托工作人员{'、'.join(v.texts('staff'))}出庭应诉。",
        ),
        *to_court(v),
    )


TEMPLATES = (
    DocumentTemplate(
        "authority_letter", "授权委托书",
        (*SUIT, DEFENDANT, Variable("agents", "受托人姓名、身份或者职务", "rows"), Variable("powers", "代理权限")),
        _authority, headed=False,
    ),
    DocumentTemplate(
        "officer_identity", "行政机关负责人身份证明",
        (*SUIT, DEFENDANT, Variable("officer", "姓名"), Variable("post", "职务")), _identity, headed=False,
    ),
    DocumentTemplate(
        "officer_excuse", "行政机关负责人不能出庭情况说明",
        (*SUIT, DEFENDANT, Variable("hearing_on", "开庭日期", "date"), Variable("ground", "事由"), Variable("explanation", "具体情况"),
         Variable("proof", "证明材料"), Variable("staff", "委托出庭的工作人员", "texts")),
        _excuse, headed=False,
    ),
)  # fmt: skip
