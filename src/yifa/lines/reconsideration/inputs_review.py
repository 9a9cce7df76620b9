"""Inputs of acts after acceptance."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from yifa.language.forms import DAY_OF_ACT, Inputs
from yifa.lines.reconsideration.grounds import SuspensionGround, TerminationGround
from yifa.lines.reconsideration.inputs import Texts, spelled

DecisionType = Literal[
    "uphold", "change", "revoke", "revoke_part", "confirm_illegal", "confirm_invalid", "order_perform", "no_evidence",
    "agreement_liability", "reject_claim", "reject_application", "compensation_yes", "compensation_no",
]  # fmt: skip
Item = Annotated[int, Field(ge=1, le=4)]
ServiceMethod = Literal["direct", "left", "electronic", "post", "prison", "notice"]


class Handlers(Inputs):
    """指定办案人员."""

    handlers: Texts = Field(title="办案人员", min_length=1)
    fact_finding: bool = Field(False, title="调查取证")


class Joinder(Inputs):
    """追加、准许第三人."""

    party: str | None = Field(None, title="第三人")
    mode: Literal["application", "notice"] = Field("notice", title="方式")


class Access(Inputs):
    """查阅复制材料."""

    who: str = Field(title="查阅人")
    what: Texts = Field(title="材料", min_length=1)
    secret: Literal["none", "state", "business", "privacy", "security"] = Field("none", title="涉密情况")
    on: date | None = Field(None, title="查阅日期")


class MoreEvidence(Inputs):
    """被申请人补充证据."""

    documents: Texts = Field(title="证据", min_length=1)
    new_ground_raised: bool = Field(title="申请人或第三人提出新的理由或证据")
    agreed: bool = Field(title="复议机构同意")


class CopySent(Inputs):
    """发送申请书副本."""

    sent_on: date | None = Field(None, title="发送日期")
    served_on: date = Field(title="被申请人收到日期")


class Reply(Inputs):
    """被申请人答复."""

    received_on: date = Field(title="收到日期")
    posted_on: date | None = Field(None, title="交邮日期")
    documents: Texts = Field(default_factory=list, title="证据材料")
    collected_during_review: bool = Field(False, title="含复议期间自行收集的证据")


class Conversion(Inputs):
    """简易转普通."""

    on: date | None = Field(None, title="转换日期")
    reason: str = Field(title="不宜适用简易程序的理由", min_length=2)


class SimplifiedConsent(Inputs):
    """同意适用简易程序."""

    consents: Texts = Field(title="同意的当事人", min_length=1)


class Views(Inputs):
    """听取意见."""

    mode: Literal["face", "internet", "phone", "written"] = Field(title="方式")
    record: str | None = Field(None, title="记录")
    impossible_reason: str | None = Field(None, title="因当事人原因不能听取的情况")


class HearingNotice(Inputs):
    """听证通知."""

    hearing_on: date = Field(title="听证日期")
    served_on: date | None = Field(None, title="通知送达日期")
    place: str | None = Field(None, title="地点")
    matters: Texts = Field(default_factory=list, title="听证事项")
    chair: str | None = Field(None, title="主持人")
    officers: Texts = Field(default_factory=list, title="听证员")
    clerk: str | None = Field(None, title="记录员")
    mandatory: bool = Field(False, title="重大、疑难、复杂案件")
    waived_by: Texts = Field(default_factory=list, title="书面同意缩短通知期的当事人")


class Hearing(Inputs):
    """举行听证."""

    held_on: date | None = Field(None, title="举行日期")
    record: str | None = Field(None, title="听证笔录")
    respondent_head_present: bool = Field(True, title="被申请人负责人参加")
    absence_reason: str | None = Field(None, title="负责人不能参加的理由")
    applicant_present: bool = Field(True, title="申请人参加")


class Committee(Inputs):
    """提请委员会咨询."""

    ground: Item | None = Field(None, title="提请情形（第五十二条第二款各项）")
    opinion: str | None = Field(None, title="咨询意见")
    members: Texts | None = Field(None, title="参与咨询的委员")


class Stay(Inputs):
    """停止执行."""

    ground: Item | None = Field(None, title="停止执行情形（各项）")


class Span(Inputs):
    """鉴定、勘验的起止."""

    start: date | None = Field(None, title="开始日期")
    end: date | None = Field(None, title="结束日期")
    matter: str | None = Field(None, title="事项")


class Suspension(Inputs):
    """中止."""

    suspended_on: date | None = Field(None, title="中止日期")
    ground: SuspensionGround = Field(title="中止情形（各项）")
    agreed: bool = Field(False, title="申请人和被申请人同意中止")
    has_power: bool | None = Field(None, title="附带审查：本机关有权处理")
    doc: str | None = Field(None, title="附带审查的文件")


class Resumption(Inputs):
    """恢复审理."""

    resumed_on: date | None = Field(None, title="恢复日期")


class NormativeRequest(Inputs):
    """附带审查处理."""

    doc: str | None = Field(None, title="文件")
    has_power: bool = Field(title="本机关有权处理")
    suspended_on: date | None = Field(None, title="中止日期")
    issuer_received_on: date | None = Field(None, title="制定机关收到通知日期")


class IssuerNotice(Inputs):
    """通知制定机关."""

    notified_on: date | None = Field(None, title="通知日期")
    received_on: date | None = Field(None, title="制定机关收到日期")


class Received(Inputs):
    """收到答复、反馈."""

    received_on: date | None = Field(None, title="收到日期")
    posted_on: date | None = Field(None, title="交邮日期")
    content: str | None = Field(None, title="内容")
    adopted: Literal["yes", "part", "no"] | None = Field(None, title="采纳情况")


class NormativeTransfer(Inputs):
    """转送审查."""

    to_organ: str | None = Field(None, title="有权处理的机关")
    received_by_transferee_on: date | None = Field(None, title="受转送机关收到日期")


class NormativeResult(Inputs):
    """附带审查处理结果."""

    result: Literal["lawful", "unlawful"] = Field(title="处理结果")


class ReviewExtension(Inputs):
    """延期."""

    days: int = Field(title="延长日数", ge=1)
    complex: bool = Field(True, title="情况复杂")


class Mediation(Inputs):
    """调解."""

    voluntary: bool = Field(True, title="自愿")
    discretionary_or_compensation: bool | None = Field(None, title="涉及裁量权或赔偿、补偿")
    record: str | None = Field(None, title="笔录")


class MediationAgreement(Inputs):
    """制作调解书."""

    signed_on: date | None = Field(None, title="各方签字日期")
    sealed_on: date | None = Field(None, title="加盖印章日期")
    signed_by: Texts = Field(default_factory=list, title="签字的当事人")
    performance_due: date | None = Field(None, title="约定履行日期")


class Termination(Inputs):
    """终止."""

    ground: TerminationGround = Field(title="终止情形（各项）")
    settled: bool = Field(False, title="达成和解")


class Rejection(Inputs):
    """驳回复议申请."""

    condition: int = Field(title="不符合的受理条件（各项）", ge=1, le=7)
    reason: str = Field(title="理由", min_length=2)
    decided_on: Annotated[date | None, DAY_OF_ACT] = Field(None, title="决定日期")


class DecisionInput(Inputs):
    """作出复议决定."""

    decision_type: DecisionType | None = Field(None, title="决定种类")
    decision_types: list[DecisionType] = Field(default_factory=list, title="决定种类（多项）")
    decided_on: Annotated[date | None, DAY_OF_ACT] = Field(None, title="决定日期")
    remake: bool = Field(False, title="责令重作")
    remake_days: int | None = Field(None, title="重作期限（日）", ge=1)
    remake_due: date | None = Field(None, title="法律规定的重作期限届满日")
    performance_due: date | None = Field(None, title="履行期限届满日")
    worse_for_applicant: bool = Field(False, title="对申请人更为不利")
    third_party_opposed: bool = Field(False, title="第三人提出相反请求")
    signed_or_collective: Literal["signed", "collective"] = Field("signed", title="负责人同意或集体讨论")


class Service(Inputs):
    """送达 (per party)."""

    method: ServiceMethod = Field("direct", title="送达方式")
    served_on: date = Field(title="送达日期")
    receiver: str | None = Field(None, title="签收人")


class NoticeService(Inputs):
    """公告送达."""

    issued_on: date | None = Field(None, title="公告发出日期")
    document: Literal["decision", "refusal", "other"] = Field("decision", title="文书")
    exhausted: bool = Field(True, title="其他方式无法送达")


class Opinion(Inputs):
    """制发意见书、建议书."""

    to: str = Field(title="发往机关")
    received_on: date | None = Field(None, title="收到日期")
    issue: str | None = Field(None, title="问题")
    period: str | None = Field(None, title="统计期间")
    health_report: bool = Field(False, title="法治体检报告")
    agreed_due: date | None = Field(None, title="约定反馈日期")


class Performance(Inputs):
    """履行情况."""

    performed_on: date | None = Field(None, title="履行日期")
    result: Literal["complete", "partial", "none"] = Field("complete", title="履行情况")


class PerformanceOrder(Inputs):
    """责令限期履行."""

    due_on: date = Field(title="履行期限")
    of: Literal["decision", "mediation", "opinion"] = Field("decision", title="文书")
    interview: bool = Field(False, title="约谈")
    criticism: bool = Field(False, title="通报批评")


class Lawsuit(Inputs):
    """登记后续诉讼."""

    court: str | None = Field(None, title="法院")
    court_case_no: str | None = Field(None, title="案号")
    filed_on: date | None = Field(None, title="起诉日期")
    litigation_case: str | None = Field(None, title="应诉案件案号")


class CourtResult(Inputs):
    """登记诉讼结果."""

    final_on: date | None = Field(None, title="裁判生效日期")
    lost: bool = Field(title="行政机关败诉")


OrderKind = Annotated[
    Literal["accept", "resume", "resume_review", "resume_suspension", "taken_over"],
    spelled(resume_after_suspension="resume_suspension", take_over="taken_over"),
]


class SuperiorOrder(Inputs):
    """上级责令纠正、直接受理."""

    kind: OrderKind = Field(title="责令事项")
    on: date | None = Field(None, title="责令日期")
    order_no: str | None = Field(None, title="文号")


class ToOrgan(Inputs):
    """移送其他机关."""

    to_organ: str = Field(title="接收机关")


class CopyToSuperior(Inputs):
    """抄告上一级主管部门."""

    to_organ: str | None = Field(None, title="上一级主管部门")
    department: bool = Field(True, title="被申请人为本级政府工作部门")


class Discipline(Inputs):
    """移送线索、处分建议."""

    to: str = Field(title="接收机关")
    facts: str | None = Field(None, title="事实")
    on: date | None = Field(None, title="移送日期")
