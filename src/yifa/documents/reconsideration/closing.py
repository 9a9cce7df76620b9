"""Documents that end a case or follow it: termination, mediation, rejection, opinions, performance."""

from yifa.documents.model import Block, Layout, Paragraph, Signatures, Table
from yifa.documents.phrases import contact, days, led, listed, paragraphs, sections, sentence
from yifa.documents.reconsideration.decision import head
from yifa.documents.reconsideration.law import (
    ACT,
    CASE,
    CONTACT,
    RIGHT_TO_SUE,
    TERMINATION,
    V17,
    V23,
    act_word,
    by,
    filed,
    termination_article,
)
from yifa.documents.templates import DocumentTemplate, Variable
from yifa.documents.values import Values


def _course(v: Values) -> str:
    return f"{filed(v)}，本机关于{v.on('accepted_on')}依法受理。"


def _termination_decision(v: Values) -> tuple[Block, ...]:
    ground = v.number("ground")
    again = (
        f"依照{by(v, 'withdraw')}的规定，申请人不得再以同一事实和理由提出行政复议申请，但是能够证明撤回行政复议申请"
        "违背其真实意愿的除外。"
        if ground == 1
        else ""
    )
    facts = sentence(v.text("reason")) if v.has("reason") else ""
    return (
        *head(v),
        *paragraphs(
            _course(v),
            f"审理期间，{facts}经审查，{TERMINATION[v.version][ground - 1]}。",
            f"根据{termination_article(v)}的规定，本机关决定：",
            "终止行政复议。",
            again,
        ),
    )


def _mediation_document(v: Values) -> tuple[Block, ...]:
    effect = (
        "本调解书经各方当事人签字或者签章，并加盖本机关印章，即具有法律效力。"
        if v.version == "2023"
        else "本调解书加盖本机关印章，经双方当事人签字，即具有法律效力。"
    )
    third = ("第三人（签字或者签章）：",) if v.has("third_party") else ()
    return (
        *head(v),
        *paragraphs(_course(v)),
        *led("申请人请求：", (sentence("；".join(v.texts("requests"))),)),
        *led("经审理查明：", v.texts("facts")),
        *led("本机关认为：", v.texts("reasons")),
        *paragraphs("本案审理过程中，经本机关主持调解，当事人遵循合法、自愿的原则，达成如下协议："),
        *listed(v.texts("result")),
        *paragraphs(
            "上述协议不损害国家利益、社会公共利益和他人合法权益，不违反法律、法规的强制性规定，本机关予以确认，并根据"
            f"{by(v, 'mediate')}的规定制作本调解书。",
            effect,
        ),
        Signatures(("申请人（签字或者签章）：", "被申请人（签字或者签章）：", *third)),
    )


def _rejection_decision(v: Values) -> tuple[Block, ...]:
    return (
        *head(v),
        *paragraphs(
            _course(v),
            f"本机关认为，{sentence(v.text('reason'))}该申请不符合{by(v, 'conditions')}规定的受理条件。",
            f"根据{by(v, 'reject')}的规定，本机关决定：",
            f"驳回申请人{v.names('applicant')}的行政复议申请。",
            f"如不服本决定，可以自收到本决定书之日起{days(v.number('sue_days', 15))}内，依法向{v.text('court')}"
            "提起行政诉讼。",
        ),
    )


def _opinion(v: Values) -> tuple[Block, ...]:
    return (
        *paragraphs(
            f"本机关在办理{v.names('applicant')}不服{v.names('respondent')}{v.text('act')}申请行政复议一案"
            f"（案号：{v.text('case_no')}）过程中，发现你机关有关{act_word(v)}存在下列问题：",
        ),
        *listed(v.texts("finding")),
        *paragraphs(
            f"根据{by(v, 'opinion')}的规定，现提出如下意见："
        ),
        *listed(v.texts("advice")),
        *paragraphs(
            f"请你机关自收到本意见书之日起{days(v.number('feedback_days', 60))}内，将纠正有关违法或者不当"
            f"{act_word(v)}的情况书面报送本机关。",
        ),
        *contact(v),
    )  # fmt: skip


def _suggestion(v: Values) -> tuple[Block, ...]:
    period = f"{v.on('period_from')}至{v.on('period_to')}"
    return (
        *paragraphs(
            f"为规范行政执法，从源头预防和化解行政争议，本机关对{period}期间以你单位为被申请人的行政复议案件进行了梳理分析。"
            f"根据{by(v, 'suggestion')}的规定，现将有关情况和建议函告如下：",
        ),
        *sections(
            (
                ("基本情况", paragraphs(sentence(v.text("summary")))),
                ("统计数据", (Table(("项目", "数量", "说明"), v.rows("statistics"), (5, 2, 5)),)),
                ("典型问题", listed(v.texts("problems"))),
                ("意见建议", listed(v.texts("suggestions"))),
            )
        ),
        Paragraph("请你单位结合实际研究办理。"),
        *contact(v),
    )


def _performance_order(v: Values) -> tuple[Block, ...]:
    interview = "，并可以约谈有关负责人或者予以通报批评" if v.version == "2023" else ""
    return (
        *paragraphs(
            f"本机关于{v.on('decided_on')}作出的{v.text('of')}（{v.text('case_no')}）已于{v.on('served_on')}送达你机关。"
            f"经查，{sentence(v.text('reason'))}",
            f"依照{by(v, 'perform_duty')}的规定，被申请人应当履行上述文书确定的义务。根据{by(v, 'perform')}的规定，"
            f"责令你机关于{v.on('due')}前履行下列义务，并将履行情况书面报告本机关：",
        ),
        *listed(v.texts("duties")),
        *paragraphs(
            f"逾期仍不履行的，本机关将依照{by(v, 'liability')}的规定提请追究有关人员的责任{interview}。",
        ),
        *contact(v),
        Paragraph("特此通知。"),
    )


_ACCEPTED = Variable("accepted_on", "受理日期", "date")
_THIRD = Variable("third_party", "第三人", "party", required=False)
_TO = Variable("to", "受文机关", "party")

TEMPLATES = (
    DocumentTemplate(
        "termination_decision", "行政复议终止决定书",
        (*CASE, *ACT, _ACCEPTED, _THIRD, Variable("reason", "具体情况", required=False),
         Variable("ground", "终止事由（第几项）", "number", versions=V23, choices=(1, 2, 3, 4, 5)),
         Variable("ground", "终止事由（第几项）", "number", versions=V17, choices=(1, 2, 3, 4, 5, 6))),
        _termination_decision,
    ),
    DocumentTemplate(
        "mediation_document", "行政复议调解书",
        (*CASE, *ACT, _ACCEPTED, _THIRD, Variable("requests", "复议请求", "texts"), Variable("facts", "事实", "texts"),
         Variable("reasons", "理由", "texts"), Variable("result", "调解结果", "texts")),
        _mediation_document,
    ),
    DocumentTemplate(
        "rejection_decision", "驳回行政复议申请决定书",
        (*CASE, *ACT, _ACCEPTED, _THIRD, Variable("reason", "理由"), *RIGHT_TO_SUE),
        _rejection_decision,
    ),
    DocumentTemplate(
        "opinion", "行政复议意见书",
        (*CASE, ACT[0], _TO, Variable("finding", "发现的问题", "texts"), Variable("advice", "意见", "texts"),
         Variable("feedback_days", "反馈期限（日）", "number", required=False), *CONTACT),
        _opinion, recipient="to",
    ),
    DocumentTemplate(
        "suggestion", "行政复议建议书（法治体检报告）",
        (CASE[3], CASE[4], Variable("case_no", "文号"), _TO, Variable("period_from", "统计起始日", "date"),
         Variable("period_to", "统计截止日", "date"), Variable("summary", "总体情况"),
         Variable("statistics", "统计情况", "rows"), Variable("problems", "典型问题", "texts"),
         Variable("suggestions", "建议", "texts"), *CONTACT),
        _suggestion, Layout.OFFICIAL, recipient="to",
    ),
    DocumentTemplate(
        "performance_order", "责令履行通知书",
        (*CASE, Variable("of", "应履行的文书"), Variable("decided_on", "文书作出日期", "date"),
         Variable("served_on", "送达日期", "date"), Variable("reason", "不履行的情况"), Variable("due", "履行期限", "date"),
         Variable("duties", "应履行的义务", "texts"), *CONTACT),
        _performance_order, recipient="respondent",
    ),
)  # fmt: skip
