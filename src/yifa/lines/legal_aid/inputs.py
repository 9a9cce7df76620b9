"""Inputs of legal-aid acts. Field titles are what windows and agencies see."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from yifa.language.forms import Inputs

Kind = Literal[
    "crim_defence_notified", "crim_defence_applied", "crim_rep", "compulsory_treatment", "civil", "admin", "state_comp",
    "labour", "non_litigation", "duty_help", "consult", "drafting",
]  # fmt: skip
Phase = Literal[
    "investigation",
    "prosecution",
    "first",
    "second",
    "retrial",
    "death_review",
    "arbitration",
    "non_litigation",
]
TRIAL = ("first", "second", "retrial", "death_review")
Moment = datetime | date
Money = Decimal | list[Decimal]


class Part(BaseModel):
    """A piece of an input; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Member(Part):
    """共同生活的家庭成员: income and spending by month (a mean, or the six monthly figures)."""

    person: str | None = Field(None, title="姓名")
    relation: str = Field("家庭成员", title="关系")
    income: Money | None = Field(None, title="月收入（元）")
    spending: Money | None = Field(None, title="月支出（元）")


class Asset(Part):
    """资产."""

    kind: Literal["home", "car", "deposit", "securities", "other"] = Field("other", title="种类")
    area: Decimal | None = Field(None, title="面积（平方米）", ge=0)
    value: Decimal | None = Field(None, title="价值（元）", ge=0)
    large: bool = Field(False, title="超过本地资产标准")


class Means(Inputs):
    """What eligibility is judged by (domain §5)."""

    kind: Kind | None = Field(None, title="种类")
    stage: Phase | None = Field(None, title="办案阶段")
    matter_code: str | None = Field(None, title="事项")
    groups: list[str] = Field(default_factory=list, title="特定群体")
    opponent: str | None = Field(None, title="对方")
    opponent_in_household: bool = Field(False, title="对方为共同生活的家庭成员")
    household: list[Member] = Field(default_factory=list, title="共同生活的家庭成员")
    assets: list[Asset] = Field(default_factory=list, title="资产")
    mode: Literal["documents", "data_query", "commitment"] | None = Field(None, title="证明方式")
    other_aid: bool = Field(False, title="已委托辩护人或代理人")
    other_reason: str | None = Field(None, title="没有委托辩护人的其他原因")
    no_condition_ground: (
        Literal["martyr", "brave_act", "retrial_acquittal", "domestic_violence", "other_law"] | None
    ) = Field(None, title="不受经济条件限制的情形")
    no_fixed_source: bool = Field(False, title="无固定生活来源")
    exempt_by_law: bool = Field(False, title="法律另有免予核查规定")
    retrial_ordered: bool = Field(False, title="已决定再审或者抗诉")
    spending_ground: Literal["sudden_event", "injury", "illness", "schooling"] | None = Field(
        None, title="支出事由"
    )
    per_capita_income: Decimal | None = Field(None, title="家庭人均月收入（元）", ge=0)
    per_capita_spending: Decimal | None = Field(None, title="家庭人均月支出（元）", ge=0)
    notice_ground: str | None = Field(None, title="通知情形")


class Receipt(Means):
    """收件."""

    applicant: str = Field(title="申请人")
    id_no: str | None = Field(None, title="证件号码")
    birth_date: date | None = Field(None, title="出生日期")
    capacity: Literal["full", "limited", "none"] = Field("full", title="民事行为能力")
    agent: str | None = Field(None, title="代理人")
    agent_ground: Literal["statutory", "relative", "detained", "entrusted"] | None = Field(
        None, title="代理依据"
    )
    agent_is_wrongdoer: bool = Field(False, title="代理人即侵权人")
    channel: str | None = Field(None, title="申请渠道")
    limitation_date: date | None = Field(None, title="时效或期限届满日")
    received_at: Moment = Field(title="收到时间")
    first_received_on: date | None = Field(None, title="首个窗口收到日期")
    receiving_agency: str | None = Field(None, title="收件机构")
    competent_agency: str | None = Field(None, title="有管辖权的机构")
    citywide: bool = Field(False, title="全市通办")
    detained: bool = Field(False, title="被羁押")
    hardship_certificate_required: bool = Field(False, title="要求提交困难证明")
    materials: list[str] = Field(default_factory=list, title="材料清单")
    commitment_broken: bool = Field(False, title="有未修复的失信承诺")


class Forwarding(Inputs):
    """转交."""

    applicant: str | None = Field(None, title="申请人")
    applied_at: Moment | None = Field(None, title="提出申请时间")
    forwarded_at: Moment | None = Field(None, title="转交时间")
    received_at: Moment | None = Field(None, title="机构收到时间")
    organ_received_on: date | None = Field(None, title="办案机关收到申请日期")


class Transfer(Inputs):
    """转送."""

    target: str = Field(title="接收机构")


class SupplementNotice(Inputs):
    """补充通知."""

    items: list[str] = Field(title="需补充的材料", min_length=1)
    term: int | None = Field(None, title="补充期限（日）", ge=1)
    due_on: date | None = Field(None, title="补充期限届满日")
    served_on: date | None = Field(None, title="送达日期")


class SupplementExtension(Inputs):
    """延长补充期限."""

    new_due: date = Field(title="新的期限")


class Materials(Inputs):
    """补充材料."""

    received_on: date | None = Field(None, title="收到日期")
    materials: list[str] = Field(default_factory=list, title="材料")
    explanation: str | None = Field(None, title="说明")


class Assistance(Inputs):
    """异地协助核查."""

    agency: str | None = Field(None, title="协助机构")
    result: str | None = Field(None, title="核查结果")


class AidFirst(Inputs):
    """先行提供."""

    ground: Literal["limitation", "preservation", "other_law"] = Field("limitation", title="情形")
    limitation_date: date | None = Field(None, title="时效或期限届满日")
    firm: str | None = Field(None, title="承办机构")


class Grant(Means):
    """给予决定."""

    rule_path: list[str] = Field(default_factory=list, title="适用规则")
    head_decides: str | None = Field(None, title="负责人裁量理由")


class Refusal(Means):
    """不予决定."""

    rule: str = Field(title="不符合的规则")
    reasons: str = Field(title="理由", min_length=4)


class Notice(Inputs):
    """收到通知辩护、代理."""

    received_on: date | None = Field(None, title="收到日期")
    notice_ground: str = Field(title="通知情形")
    kind: Kind | None = Field(None, title="种类")
    stage: Phase | None = Field(None, title="办案阶段")
    cause: str | None = Field(None, title="案由")
    name: str | None = Field(None, title="犯罪嫌疑人、被告人")
    contact: str | None = Field(None, title="承办人及联系方式")
    hearing_on: date | None = Field(None, title="开庭日期")
    summary_procedure: bool = Field(False, title="简易或者速裁程序")
    groups: list[str] = Field(default_factory=list, title="特定群体")
    other_aid: bool = Field(False, title="已委托辩护人")


class Lawyer(Part):
    """What assignment looks at about a person (from the register of the aid pool)."""

    id: str = Field(title="人员编号")
    role: Literal["lawyer", "grassroots", "staff", "volunteer"] = Field("lawyer", title="身份")
    firm: str | None = Field(None, title="机构")
    practice_start: date | None = Field(None, title="执业起始日")
    criminal_start: date | None = Field(None, title="刑事辩护起始日")
    suspended: bool = Field(False, title="停止执业")
    knows_minors: bool = Field(False, title="熟悉未成年人身心特点")
    interpreter: bool = Field(False, title="已配备翻译")
    load: int = Field(0, title="在办件数", ge=0)
    load_limit: int = Field(20, title="在办上限", ge=1)
    defends_linked: bool = Field(False, title="为同案或关联人辩护")
    other_side: bool = Field(False, title="代理对方或有利害关系")
    firm_other_side: bool = Field(False, title="同一机构代理对方")
    staff_qualified: bool = Field(True, title="具有律师或者法律职业资格")


class Assignment(Inputs):
    """指派."""

    firm: str | None = Field(None, title="承办机构")
    person: str | None = Field(None, title="承办人")
    lawyer: Lawyer | None = Field(None, title="承办人情况")
    received_on: date | None = Field(None, title="承办机构收到日期")
    may_be_life_or_death: bool = Field(False, title="可能判处无期徒刑、死刑")
    minor_at_stage: bool = Field(False, title="本阶段未满十八周岁")
    needs_interpreter: bool = Field(False, title="需要翻译")
    no_other_firm: bool = Field(False, title="当地没有其他机构")
    head_override: str | None = Field(None, title="负责人批准理由")
    firm_accepts: bool = Field(True, title="承办机构接受")


class Agreement(Inputs):
    """签订委托协议."""

    signed_on: date | None = Field(None, title="签订日期")
    cause_of_delay: Literal["client", "objective"] | None = Field(None, title="未按期的原因")


class Meeting(Inputs):
    """首次会见、约见."""

    accepts: bool = Field(True, title="接受该承办人")


class Ground(Inputs):
    """报告情形."""

    ground: str | None = Field(None, title="情形")


class Filed(Inputs):
    """提交手续."""

    filed_on: date | None = Field(None, title="提交日期")


class ChangeRequest(Inputs):
    """申请更换."""

    received_on: date | None = Field(None, title="收到日期")
    evidence: str | None = Field(None, title="未履行职责的材料")


class Change(Inputs):
    """更换决定."""

    granted: bool = Field(True, title="准予更换")
    cause: Literal["non_performance", "conflict", "illness", "suspension", "other"] = Field(
        "other", title="事由"
    )
    person: str | None = Field(None, title="新的承办人")
    handed_over: list[str] = Field(default_factory=list, title="移交清单")


class LawyerRefused(Inputs):
    """拒绝辩护."""

    allowed: bool = Field(True, title="准许")
    good_reason: bool = Field(True, title="有正当理由")
    allowed_on: date | None = Field(None, title="准许日期")


class Termination(Inputs):
    """终止决定."""

    ground: int = Field(title="终止情形（第四十八条第一款各项）", ge=1, le=8)
    good_reason: bool = Field(False, title="有正当理由")
    served_on: date | None = Field(None, title="送达日期")


class Objection(Inputs):
    """提出异议."""

    received_on: date | None = Field(None, title="司法行政部门收到日期")
    against: Literal["refusal", "termination"] = Field("refusal", title="异议对象")


class ObjectionDecision(Inputs):
    """异议审查决定."""

    result: Literal["maintain", "correct"] = Field(title="决定")
    served_on: date | None = Field(None, title="送达日期")


class Ending(Inputs):
    """办结."""

    ended_on: date | None = Field(None, title="结案日期")
    document: Literal["judgment", "award", "settlement", "mediation", "termination", "other"] = Field(
        "judgment", title="结案文书"
    )
    documents: list[str] = Field(default_factory=list, title="文书清单")


class FileIn(Inputs):
    """交卷、审查、退补."""

    received_on: date | None = Field(None, title="收到日期")
    documents: list[str] = Field(default_factory=list, title="卷内材料")
    missing: list[str] = Field(default_factory=list, title="缺少的材料")


class Payment(Inputs):
    """支付补贴."""

    amount: Decimal = Field(title="金额（元）", gt=0, decimal_places=2)
    table_row: str | None = Field(None, title="补贴标准项")
    agency_staff: bool = Field(False, title="本机构人员办理")
    factor: Decimal = Field(Decimal(1), title="质量系数")
    paid_on: date | None = Field(None, title="支付日期")


class Assessment(Inputs):
    """质量评估."""

    scores: list[Decimal] = Field(title="评分", min_length=2)
    assessors: list[str] = Field(title="评估员", min_length=2)


class CommitmentDraw(Inputs):
    """抽取承诺核查案件."""

    seed: str | None = Field(None, title="种子")


class CommitmentCheck(Inputs):
    """承诺核查."""

    result: Literal["true", "false_on_purpose", "honest_mistake"] = Field(title="核查结果")


class Recovery(Inputs):
    """追缴."""

    amount: Decimal = Field(title="追缴费用（元）", ge=0)
    fine: Decimal = Field(Decimal(0), title="罚款（元）", ge=0)


class DutyRequest(Inputs):
    """请求法律帮助."""

    person: str | None = Field(None, title="犯罪嫌疑人、被告人")
    stage: Phase | None = Field(None, title="办案阶段")
    has_defender: bool = Field(False, title="已有辩护人")
    notice_received_on: date | None = Field(None, title="通知收到日期")
    planned_on: date | None = Field(None, title="拟提供帮助日期")


class DutyArrangement(Inputs):
    """确定值班律师."""

    lawyer: str | None = Field(None, title="值班律师")
    arranged_on: date | None = Field(None, title="确定日期")


class DutyHelp(Inputs):
    """提供法律帮助."""

    content: str | None = Field(None, title="帮助内容")
    substantive: bool = Field(True, title="实质帮助（非单纯咨询）")
    plea_statement: bool = Field(False, title="认罪认罚具结书签署在场")
    minutes: str | None = Field(None, title="笔录")
    opinion: str | None = Field(None, title="法律意见")


class Consultation(Inputs):
    """咨询、代拟文书."""

    topic: str = Field(title="咨询事项")
    channel: str | None = Field(None, title="渠道")
    persons: int = Field(1, title="人次", ge=1)
    told_right: bool = Field(True, title="已告知可以申请法律援助")


class OrganFinds(Inputs):
    """办案机关发现应当通知的情形."""

    found_on: date | None = Field(None, title="发现日期")
    notice_ground: str | None = Field(None, title="情形")


class Anything(Inputs):
    """For external events that may carry what the file of the case says."""

    details: dict[str, Any] = Field(default_factory=dict, title="内容")
