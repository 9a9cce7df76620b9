"""Inputs from the court's papers to the answer. Field titles are what the registry sees."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from yifa.language.forms import Inputs

CASE_NO = r"^（20\d{2}）[一-龥0-9]+号$"
Instance = Literal["first", "second", "retrial_review", "retrial", "non_litigation_enforcement"]
CaseKind = Literal["act", "inaction", "agreement", "compensation", "disclosure", "public_interest"]
ClaimKind = Literal[
    "revoke", "change", "perform", "pay", "confirm_illegal", "confirm_invalid", "compensation", "agreement",
    "normative_review", "civil_dispute", "other",
]  # fmt: skip
CourtLevel = Literal["basic", "intermediate", "high", "supreme"]
Outcome = Literal[
    "none",
    "uphold",
    "reject_claim",
    "reject_application",
    "refused",
    "change",
    "procedural",
    "mixed",
    "overdue",
]


def as_list(value: Any) -> Any:
    """One text is a list of one."""
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(as_list)]
CaseNo = Annotated[str, Field(pattern=CASE_NO, examples=["（2024）粤71行初123号", "（2024）粤行终45号"])]


class Part(BaseModel):
    """A piece of an input; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Part):
    """当事人: a person or an organisation."""

    id: str = Field(title="当事人标识", min_length=1, max_length=64)
    name: str | None = Field(None, title="姓名或名称", max_length=100)
    kind: Literal["person", "organisation", "organ"] = Field("person", title="类别")
    id_number: str | None = Field(None, title="证件号码")
    credit_code: str | None = Field(None, title="统一社会信用代码")
    address: str | None = Field(None, title="地址")
    phone: str | None = Field(None, title="电话")


class Defendant(Part):
    """被告: each with the day it received the complaint itself."""

    id: str = Field(title="被告标识", min_length=1, max_length=64)
    name: str | None = Field(None, title="名称", max_length=100)
    role: Literal["sole", "original", "reconsideration", "joint"] = Field("sole", title="被告身份")
    level: Literal["department", "county", "city", "province", "state"] | None = Field(None, title="层级")
    complaint_received_on: date | None = Field(None, title="收到起诉状副本日期")


class Agent(Part):
    """诉讼代理人 of our side."""

    id: str = Field(title="代理人标识")
    kind: Literal["staff", "lawyer", "public_lawyer", "other"] = Field("staff", title="身份")
    principal: str | None = Field(None, title="委托的被告")


class ActSued(Part):
    """被诉行政行为."""

    doc_no: str | None = Field(None, title="文号")
    made_on: date | None = Field(None, title="作出日期")
    made_by: str | None = Field(None, title="作出机关")
    content: str | None = Field(None, title="内容")


class Attached(Part):
    """一并请求审查的规范性文件."""

    title: str = Field(title="文件名称", min_length=2)
    kind: Literal["document", "rule", "regulation", "law"] = Field("document", title="性质")


def named(model: type[BaseModel]) -> Any:
    """A party may be given by its mark alone."""
    return BeforeValidator(lambda value: model(id=value) if isinstance(value, str) else value)


PartyRef = Annotated[Party, named(Party)]
DefendantRef = Annotated[Defendant, named(Defendant)]
AgentRef = Annotated[Agent, named(Agent)]


class Registration(Inputs):
    """登记应诉案件 (domain §5)."""

    court: str = Field(title="法院")
    court_level: CourtLevel | None = Field(None, title="法院层级")
    court_case_no: CaseNo = Field(title="法院案号")
    instance: Instance = Field("first", title="审级")
    procedure: Literal["ordinary", "simplified"] = Field("ordinary", title="审理程序")
    case_kind: CaseKind = Field(title="案件类型")
    complaint_received_on: date | None = Field(None, title="收到起诉状副本日期")
    court_filed_on: date | None = Field(None, title="法院立案日期")
    plaintiffs: list[PartyRef] = Field(title="原告", min_length=1)
    representatives: Texts = Field(default_factory=list, title="诉讼代表人")
    third_parties: list[PartyRef] = Field(default_factory=list, title="第三人")
    defendants: list[DefendantRef] = Field(title="被告", min_length=1)
    reconsideration_case: str | None = Field(None, title="关联复议案件案号")
    reconsideration_outcome: Outcome | None = Field(None, title="复议结果（未在本系统的）")
    claims: list[ClaimKind] = Field(title="诉讼请求", min_length=1)
    act: ActSued | None = Field(None, title="被诉行政行为")
    amount_claimed: Decimal | None = Field(None, title="请求赔偿、补偿数额（元）", ge=0, decimal_places=2)
    lead_organ: str | None = Field(None, title="承办机关")
    handlers: Texts = Field(default_factory=list, title="应诉人员")
    agents: list[AgentRef] = Field(default_factory=list, title="诉讼代理人")
    normative_docs: list[Attached] = Field(default_factory=list, title="一并审查文件")
    is_major: bool = Field(False, title="涉及重大公共利益、社会高度关注或者可能引发群体性事件")
    discretionary: bool = Field(False, title="涉及法律、法规规定的自由裁量权")
    evidence_days: int | None = Field(None, title="法院确定的举证期限（简易程序，日）", ge=1)
    act_known_on: date | None = Field(None, title="原告知道行政行为内容之日")
    period_told: bool = Field(True, title="作出行为时已告知起诉期限")
    period_known_on: date | None = Field(None, title="原告知道起诉期限之日")
    request_received_on: date | None = Field(None, title="行政机关收到履职申请之日")
    special_period_end: date | None = Field(None, title="法律、法规另定的履职期限届满之日")
    reconsideration_served_on: date | None = Field(None, title="复议决定送达原告之日")
    wrong_defendant: str | None = Field(None, title="被告不适格的理由（答辩时提出）")


class ComplaintReceipt(Inputs):
    """另一被告收到起诉状副本."""

    complaint_received_on: date = Field(title="收到起诉状副本日期")


class Assignment(Inputs):
    """分办."""

    lead_organ: str = Field(title="承办机关", min_length=1)
    handlers: Texts = Field(title="应诉人员", min_length=1)
    internal_due: date | None = Field(None, title="答辩稿内部期限")


class Reassignment(Inputs):
    """更换应诉人员."""

    handlers: Texts = Field(title="应诉人员", min_length=1)
    reason: str = Field(title="理由", min_length=2)


class EvidenceExtension(Inputs):
    """申请延期提供证据."""

    filed_on: date | None = Field(None, title="提出日期")
    posted_on: date | None = Field(None, title="交邮日期")
    cause: Literal["force_majeure", "proper"] = Field("proper", title="事由（不可抗力、其他正当事由）")
    in_writing: bool = Field(True, title="书面提出")


class ExtensionGrant(Inputs):
    """法院对延期举证的答复."""

    granted: bool = Field(True, title="准许")
    cause_ended_on: date | None = Field(None, title="正当事由消除日期")


class CauseEnded(Inputs):
    """延期举证的正当事由消除."""

    cause_ended_on: date | None = Field(None, title="正当事由消除日期")


class Objection(Inputs):
    """管辖异议."""

    filed_on: date | None = Field(None, title="提出日期")
    posted_on: date | None = Field(None, title="交邮日期")
    grounds: str | None = Field(None, title="理由")


class ObjectionRuling(Inputs):
    """管辖异议裁定."""

    upheld: bool = Field(title="异议成立（移送）")
    served_on: date | None = Field(None, title="裁定送达日期")
    court: str | None = Field(None, title="移送至法院")
    court_case_no: CaseNo | None = Field(None, title="新案号")


class Answer(Inputs):
    """提交答辩状和证据."""

    filed_on: date | None = Field(None, title="提交日期")
    posted_on: date | None = Field(None, title="交邮日期")
    evidence: Texts = Field(default_factory=list, title="证据、依据目录（按编号）")
    written_answer: bool = Field(True, title="附答辩状")


class Evidence(Inputs):
    """提交延期或者经准许补充的证据."""

    filed_on: date | None = Field(None, title="提交日期")
    posted_on: date | None = Field(None, title="交邮日期")
    evidence: Texts = Field(title="证据目录（按编号）", min_length=1)
    kind: Literal["deferred", "supplement"] = Field("deferred", title="类别")
    permitted: bool = Field(True, title="经法院准许")
    collected_during_suit: bool = Field(False, title="含诉讼中自行向原告、第三人和证人收集的证据")


class Conversion(Inputs):
    """转为普通程序."""

    served_on: date | None = Field(None, title="裁定送达日期")


class Agents(Inputs):
    """委托代理人、确定出庭人员名单."""

    agents: list[AgentRef] = Field(title="出庭人员、代理人", min_length=1)
