"""Inputs of mediation from the meeting to the archive, of outside events, and of committees."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from yifa.language.forms import Inputs
from yifa.language.privacy import PLAIN
from yifa.lines.mediation.inputs import Body, Forum, Moment, Part, Texts, Yuan

Route = Literal[
    "court", "administrative_suit", "labour_arbitration", "arbitration", "reconsideration", "notary_enforceable", "police",
    "petition", "committee", "commercial_mediation", "administrative_mediation", "health_authority",
]  # fmt: skip
Matter = Literal[
    "outside_court", "marriage", "parentage", "adoption", "special_procedure", "public_notice", "bankruptcy",
    "property_title", "ip_title",
]  # fmt: skip
Vice = Literal["mandatory_rule", "public_interest", "third_party", "public_order", "unclear"]


class Choice(Inputs):
    """选定调解员."""

    ids: Annotated[Texts, PLAIN] = Field(title="调解员", min_length=1)  # by the number of the register
    rejected: Texts = Field(default_factory=list, title="当事人不接受的调解员")


class Meeting(Inputs):
    """开始调解: the record of the first meeting."""

    record: str = Field(title="调解笔录", min_length=1)
    place: str | None = Field(None, title="地点")
    rights_told: bool = Field(True, title="已告知当事人权利义务")
    fee: Decimal | None = Field(None, title="收费（元）")


class Invitation(Inputs):
    """邀请参与."""

    persons: Texts = Field(title="受邀人员", min_length=1)
    agreed: bool = Field(True, title="已征得当事人同意")


class RiskFound(Inputs):
    """发现激化苗头: from then on the report is due."""

    found_at: Moment | None = Field(None, title="发现时间")
    measures: str | None = Field(None, title="预防措施")


class RiskReport(Inputs):
    """报告激化."""

    to: Texts = Field(title="报告对象", min_length=1)
    reported_at: Moment | None = Field(None, title="报告时间")
    facts: str | None = Field(None, title="情况")
    measures: str | None = Field(None, title="已采取的措施")


class Break(Inputs):
    """暂停."""

    ground: Literal["appraisal", "agreed"] = Field(title="事由")
    commissioned_on: date | None = Field(None, title="委托鉴定日期")


class Return(Inputs):
    """恢复."""

    reported_on: date | None = Field(None, title="收到鉴定报告日期")


class Longer(Inputs):
    """延长 to an agreed date."""

    new_due: date = Field(title="约定的期限")
    all_agree: bool = Field(True, title="各方当事人均同意")
    body_agrees: bool = Field(True, title="调解组织同意")


class Instalment(Part):
    """一期履行."""

    due_on: date = Field(title="履行日期")
    amount: Yuan | None = Field(None, title="金额（元）")
    what: str | None = Field(None, title="内容")


class Promise(Inputs):
    """What was agreed and when it is to be performed; `instalments` or one day."""

    content: str = Field(title="协议内容", min_length=1)
    performance_due_on: date | None = Field(None, title="履行期限")
    instalments: list[Instalment] = Field(default_factory=list, title="分期履行", max_length=120)
    vices: list[Vice] = Field(default_factory=list, title="审查发现的问题")
    fee: Decimal | None = Field(None, title="收费（元）")


class Written(Promise):
    """书面协议: in force from the last of the three signatures (PML 29)."""

    facts: str | None = Field(None, title="主要事实、争议事项及各方责任")
    parties_signed_on: date | None = Field(None, title="各方当事人均已签名盖章日期")
    mediator_signed_on: date | None = Field(None, title="调解员签名日期")
    sealed_on: date | None = Field(None, title="加盖调委会印章日期")


class Oral(Promise):
    """口头协议."""

    no_paper_needed: bool = Field(True, title="当事人认为无需制作协议书")


class Failure(Inputs):
    """终止（不成）."""

    ground: Literal["no_agreement", "term_over", "party_ends", "unsuitable"] = Field(
        "no_agreement", title="原因"
    )
    told_routes: bool = Field(True, title="已告知仲裁、行政、司法途径")


class Withdrawal(Inputs):
    """撤回."""


class Confirmation(Inputs):
    """申请司法确认."""

    court: str = Field(title="申请的法院", min_length=1)
    filed_on: date | None = Field(None, title="提出申请日期")
    applicants: Texts = Field(title="申请人", min_length=1)
    seat: Literal["inviting", "body", "domicile", "subject", "intermediate"] = Field("body", title="管辖依据")
    for_intermediate: bool = Field(False, title="纠纷应由中级人民法院管辖")
    matters: list[Matter] = Field(default_factory=list, title="协议涉及的事项")
    restored: bool = Field(False, title="法院准许顺延期限")


class Ruling(Inputs):
    """确认结果."""

    result: Literal["valid", "rejected", "withdrawn"] = Field(title="结果")
    ruled_on: date | None = Field(None, title="裁定日期")
    served_on: date | None = Field(None, title="送达日期")


class Visit(Inputs):
    """回访."""

    performed: Literal["full", "part", "none"] = Field(title="履行情况")
    visited_on: date | None = Field(None, title="回访日期")
    performed_on: date | None = Field(None, title="履行完毕日期")


class Closing(Inputs):
    """归档."""

    ground: Literal["performed", "enforced", "sued"] = Field("performed", title="原因")
    papers: Texts = Field(default_factory=list, title="卷内材料")


class Referral(Inputs):
    """转办."""

    target: Route = Field(title="转往")
    body: str | None = Field(None, title="接收单位")
    chosen: bool = Field(True, title="当事人自愿选择")
    told_limits: bool = Field(True, title="已写明各途径的期限")


class Subsidy(Inputs):
    """以案定补."""

    mediator: str = Field(title="调解员", min_length=1)
    grade: Literal["simple", "general", "difficult", "major"] = Field(title="等次")
    amount: Yuan = Field(title="金额（元）")


class Payment(Inputs):
    """发放补贴."""

    paid_on: date | None = Field(None, title="发放日期")


class Release(Inputs):
    """对外提供材料: typical cases, exports."""

    to: str = Field(title="提供给", min_length=1)
    purpose: Literal["typical_case", "research", "statistics", "authority"] = Field(title="用途")
    privacy: bool = Field(False, title="含有个人隐私")
    secrets: bool = Field(False, title="含有商业秘密")


# ------------------------------------------------------------------------------------------ outside events


class CourtRequest(Inputs):
    """法院在线委派、委托."""

    received_on: date | None = Field(None, title="收到日期")
    court: str | None = Field(None, title="法院")


class CourtStep(Inputs):
    """法院受理、延长审查."""

    accepted_on: date | None = Field(None, title="受理日期")
    days: int | None = Field(None, title="延长日数", ge=1)


class OutsiderKnows(Inputs):
    """案外人知道权益被侵害."""

    known_on: date | None = Field(None, title="知道日期")


class TakenUp(Inputs):
    """当事人已转入其他途径."""

    forum: Forum | Route = Field(title="途径")
    filed_on: date | None = Field(None, title="提出日期")


class PetitionIn(Inputs):
    """信访部门登记."""

    registered_on: date | None = Field(None, title="登记日期")


# ----------------------------------------------------------------------------------------------- committees


class Member(Part):
    """委员."""

    person: str = Field(title="人员编号", min_length=1)
    adult: bool = Field(True, title="成年")
    woman: bool = Field(False, title="妇女")
    minority: bool = Field(False, title="人数较少的民族")


class Committee(Inputs):
    """设立、换届: the committee with all its members."""

    name: str | None = Field(None, title="名称")
    kind: Body = Field("village", title="种类")
    members: list[Member] = Field(title="委员", min_length=1)
    head: str | None = Field(None, title="主任")
    multi_ethnic: bool = Field(False, title="多民族居住地区")
    medical: bool = Field(False, title="医疗纠纷调委会")
    set_up_on: date | None = Field(None, title="设立日期")
    elected_on: date | None = Field(None, title="推选日期")


class Filing(Inputs):
    """备案、通报法院."""

    filed_on: date | None = Field(None, title="日期")
