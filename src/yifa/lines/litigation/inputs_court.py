"""Inputs of hearings, judgments, appeals, retrial, performance and what stands beside the suit."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from yifa.language.forms import Inputs
from yifa.language.privacy import PLAIN
from yifa.lines.litigation.inputs import CaseNo, Texts

OfficerKind = Literal[
    "principal", "deputy", "deputy_level", "in_charge", "delegated", "subordinate", "staff", "other"
]
Result = Literal[
    "dismissed", "revoked", "revoked_part", "changed", "confirmed_illegal", "confirmed_invalid", "ordered_performance",
    "ordered_payment", "agreement_liability", "compensation", "suit_rejected", "other",
]  # fmt: skip
RulingKind = Literal["not_filed", "suit_rejected", "jurisdiction", "other"]
Services = dict[str, date]


class HearingSet(Inputs):
    """登记开庭."""

    hearing_at: datetime = Field(title="开庭时间")
    place: Annotated[str | None, PLAIN] = Field(None, title="法庭")
    summons_received_on: date | None = Field(None, title="收到传票日期")
    court_required_head: bool = Field(False, title="法院通知负责人出庭")
    further_notice: bool = Field(False, title="再次开庭时法院另行通知负责人出庭")


class Nomination(Inputs):
    """确定、更换出庭负责人."""

    officer: str = Field(title="出庭负责人", min_length=1)
    organ: str | None = Field(None, title="所在机关")
    post: str = Field(title="职务", min_length=1)
    kind: OfficerKind = Field(title="负责人类别")
    identity_sealed: bool = Field(True, title="附加盖印章的身份证明")
    disrupts: bool = Field(False, title="更换影响诉讼正常进行")


class Excuse(Inputs):
    """负责人不能出庭情况说明."""

    ground: str = Field(
        title="事由", examples=["force_majeure", "accident", "irreplaceable_duty", "other", "busy"]
    )
    explanation: str | None = Field(None, title="具体情况")
    proof: str | None = Field(None, title="证明材料")
    sealed_or_signed: bool = Field(False, title="加盖机关印章或者主要负责人签字")
    staff: Texts = Field(default_factory=list, title="委托出庭的工作人员")


class HearingHeld(Inputs):
    """登记庭审."""

    held_on: date | None = Field(None, title="开庭日期")
    held: bool = Field(True, title="已开庭")
    attended_officer: str | None = Field(None, title="出庭负责人")
    officer_kind: OfficerKind | None = Field(None, title="负责人类别")
    left_early: bool = Field(False, title="未经许可中途退庭")
    spoke_on_substance: bool = Field(True, title="就实质性解决争议发表意见")
    staff: Texts = Field(default_factory=list, title="出庭工作人员")
    lawyers: Texts = Field(default_factory=list, title="出庭律师")
    irregular: bool = Field(False, title="确系仅律师出庭或者无人出庭，据实登记")


class Postponement(Inputs):
    """延期开庭."""

    new_hearing_at: datetime = Field(title="新的开庭时间")
    place: Annotated[str | None, PLAIN] = Field(None, title="法庭")
    ground: Annotated[int, Field(ge=1, le=4)] = Field(4, title="延期情形（各项）")


class ChangedAct(Inputs):
    """被告改变行政行为."""

    new_act: str = Field(title="改变后的行政行为", min_length=2)
    court_told: bool = Field(True, title="已书面告知人民法院")


class Withdrawal(Inputs):
    """准许撤诉、按撤诉处理."""

    served_on: date | None = Field(None, title="裁定送达日期")
    why: Literal["settled", "act_changed", "deemed", "other"] = Field("other", title="原因")


class CourtMediation(Inputs):
    """行政调解书."""

    served_on: date | None = Field(None, title="最后签收日期")
    services: Services = Field(default_factory=dict, title="各方签收日期")
    terms: str | None = Field(None, title="调解内容")
    performance_due: date | None = Field(None, title="履行期限")


class Suspension(Inputs):
    """中止诉讼."""

    suspended_on: date | None = Field(None, title="中止日期")
    ground: Annotated[int, Field(ge=1, le=7)] = Field(7, title="中止情形（各项）")


class Resumption(Inputs):
    """恢复诉讼."""

    resumed_on: date | None = Field(None, title="恢复日期")


class Termination(Inputs):
    """终结诉讼."""

    served_on: date | None = Field(None, title="裁定送达日期")
    ground: Annotated[int, Field(ge=1, le=3)] = Field(title="终结情形：一、二为第一款各项，三为中止满九十日")


class Span(Inputs):
    """鉴定、公告等不计入审限的期间."""

    day: date | None = Field(None, title="日期")
    what: str | None = Field(None, title="事项")


class CourtExtension(Inputs):
    """上级法院批准延长审限."""

    until: date = Field(title="延长至")
    of: Literal["first", "second"] = Field("first", title="审级")


class Judgment(Inputs):
    """收到一审判决、裁定."""

    kind: Literal["judgment", "ruling"] = Field("judgment", title="文书种类")
    ruling_kind: RulingKind | None = Field(None, title="裁定种类")
    served_on: date | None = Field(None, title="送达日期")
    services: Services = Field(default_factory=dict, title="各方送达日期")
    result: Result | None = Field(None, title="裁判结果")
    performance_due: date | None = Field(None, title="裁判确定的履行日期")
    performance_days: int | None = Field(None, title="裁判确定的履行期限（生效后日数）", ge=1)
    amount: Decimal | None = Field(None, title="给付、赔偿数额（元）", ge=0, decimal_places=2)


class AppealDecision(Inputs):
    """是否上诉的决定."""

    appeal: bool = Field(title="上诉")
    reasons: str = Field(title="理由", min_length=2)


class Appeal(Inputs):
    """提起上诉."""

    filed_on: date | None = Field(None, title="提交日期")
    posted_on: date | None = Field(None, title="交邮日期")
    court: str | None = Field(None, title="上诉法院")
    court_case_no: CaseNo | None = Field(None, title="二审案号")
    court_received_on: date | None = Field(None, title="二审法院收到日期")


class AppealReceived(Inputs):
    """收到上诉状副本 (the party named is the appellant)."""

    received_on: date | None = Field(None, title="收到日期")
    received_by: Services = Field(default_factory=dict, title="各被告收到日期")
    filed_on: date | None = Field(None, title="对方上诉日期")
    court_case_no: CaseNo | None = Field(None, title="二审案号")
    court_received_on: date | None = Field(None, title="二审法院收到日期")


class Filed(Inputs):
    """提交书面材料."""

    filed_on: date | None = Field(None, title="提交日期")
    posted_on: date | None = Field(None, title="交邮日期")


class SecondJudgment(Inputs):
    """收到二审裁判."""

    served_on: date | None = Field(None, title="送达日期")
    services: Services = Field(default_factory=dict, title="各方送达日期")
    result: Literal["upheld", "changed", "remanded", "appeal_withdrawn", "suit_withdrawn"] = Field(
        "upheld", title="处理结果"
    )
    new_result: Result | None = Field(None, title="改判结果")
    performance_due: date | None = Field(None, title="裁判确定的履行日期")
    performance_days: int | None = Field(None, title="裁判确定的履行期限（日）", ge=1)
    court_case_no: CaseNo | None = Field(None, title="重审案号")


class RetrialRequest(Inputs):
    """申请再审."""

    ground: Annotated[int, Field(ge=1, le=8)] = Field(title="再审事由（第九十一条各项）")
    filed_on: date | None = Field(None, title="提交日期")
    posted_on: date | None = Field(None, title="交邮日期")
    known_on: date | None = Field(None, title="知道或者应当知道事由之日")


class RetrialReceived(Inputs):
    """收到再审申请书副本."""

    received_on: date | None = Field(None, title="收到日期")
    court_case_no: CaseNo | None = Field(None, title="再审案号")


class RetrialResult(Inputs):
    """收到再审裁定、裁判."""

    served_on: date | None = Field(None, title="送达日期")
    services: Services = Field(default_factory=dict, title="各方送达日期")
    result: Literal["refused", "ordered", "upheld", "changed", "appealable", "ended"] = Field(
        title="处理结果"
    )
    new_result: Result | None = Field(None, title="再审裁判结果")


class Performance(Inputs):
    """登记履行情况."""

    done_on: date | None = Field(None, title="履行日期")
    result: Literal["complete", "partial"] = Field("complete", title="履行情况")
    proof: str | None = Field(None, title="证明材料")


class Enforcement(Inputs):
    """申请执行裁判."""

    applicant: Literal["ours", "theirs"] = Field("theirs", title="申请人（我方、对方）")
    filed_on: date | None = Field(None, title="申请日期")


class WatchedAct(Inputs):
    """登记义务人未履行的行政行为."""

    act: str = Field(title="行政行为及文号", min_length=2)
    served_on: date | None = Field(None, title="行政行为送达日期")
    reconsideration_served_on: date | None = Field(None, title="复议决定送达日期")
    suit_period_end: date | None = Field(None, title="法定起诉期限届满之日")
    obliged: Texts = Field(default_factory=list, title="义务人")


class Demand(Inputs):
    """催告."""

    demand_served_on: date | None = Field(None, title="催告书送达日期")


class NonLitigation(Inputs):
    """申请法院强制执行行政行为."""

    act: str | None = Field(None, title="行政行为及文号")
    demand_served_on: date | None = Field(None, title="催告书送达日期")
    suit_period_end: date | None = Field(None, title="法定起诉期限届满之日")
    filed_on: date | None = Field(None, title="申请日期")
    own_power: bool = Field(False, title="依法自行强制执行")
    sued_or_performed: bool = Field(False, title="义务人已起诉、申请复议或者已履行")
    proper_reason: str | None = Field(None, title="逾期申请的正当理由")


class NonLitigationRuling(Inputs):
    """非诉执行裁定."""

    kind: Literal["not_accepted", "refused", "granted"] = Field(title="裁定")
    served_on: date | None = Field(None, title="送达日期")


class LossAnalysis(Inputs):
    """败诉案件分析."""

    cause: str = Field(title="败诉原因", min_length=2)
    responsible_organ: str = Field(title="责任机关", min_length=1)
    improvement: str = Field(title="整改措施", min_length=2)


class Suggestion(Inputs):
    """收到司法建议、检察建议."""

    kind: Literal["normative", "governance", "other", "procuratorial"] = Field(title="种类")
    number: str | None = Field(None, title="文号")
    sender: str | None = Field(None, title="发文机关")
    received_on: date | None = Field(None, title="收到日期")
    issued_on: date | None = Field(None, title="发文日期")
    stated_due: date | None = Field(None, title="载明的回复期限")
    urgent: bool = Field(False, title="紧急情形")


class SuggestionReply(Inputs):
    """书面回复建议."""

    kind: Literal["normative", "governance", "other", "procuratorial"] | None = Field(None, title="种类")
    replied_on: date | None = Field(None, title="回复日期")
    posted_on: date | None = Field(None, title="交邮日期")
    adopted: Literal["yes", "part", "no"] = Field("yes", title="采纳情况")
    measures: Texts = Field(default_factory=list, title="措施")
    sealed: bool = Field(True, title="签发并加盖印章")


class MediationReferral(Inputs):
    """委派、委托调解."""

    station: str | None = Field(None, title="工作站、工作室")
    mediators: Texts = Field(default_factory=list, title="调解员")
    referred_on: date | None = Field(None, title="委派、委托日期")
    due_on: date | None = Field(None, title="调解期限")
    agreed: bool = Field(True, title="当事人同意")
    case_kind: Literal["act", "inaction", "agreement", "compensation", "disclosure"] | None = Field(
        None, title="争议类型"
    )


class MediationExtension(Inputs):
    """延长调解期限."""

    until: date = Field(title="延长至")
    agreed: bool = Field(True, title="当事人同意")


class MediationEnd(Inputs):
    """调解结束."""

    result: Literal["settled", "failed"] = Field(title="结果")
    agreement: str | None = Field(None, title="协议内容")


class PaymentClaim(Inputs):
    """赔偿请求人申请支付赔偿金."""

    received_on: date | None = Field(None, title="收到申请日期")
    amount: Decimal | None = Field(None, title="金额（元）", ge=0, decimal_places=2)


class PaymentStep(Inputs):
    """赔偿金支付手续."""

    done_on: date | None = Field(None, title="办理日期")
    received_on: date | None = Field(None, title="财政部门收到日期")


class Reminder(Inputs):
    """应诉提醒、督办."""

    item: str = Field(title="提醒、督办事项", min_length=2)
    to: str | None = Field(None, title="发往机关")
    days_late: int | None = Field(None, title="逾期日数", ge=0)
