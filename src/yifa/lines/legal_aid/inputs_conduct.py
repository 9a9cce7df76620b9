"""Inputs of acts after the decision: assignment, conduct, closing, objection, duty lawyers, consultation."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from yifa.language.forms import Inputs
from yifa.language.privacy import PLAIN
from yifa.lines.legal_aid.inputs import Channel, Part, Phase


class Lawyer(Part):
    """What assignment looks at about a person (from the register of the aid pool and the other cases)."""

    id: Annotated[str, PLAIN] = Field(title="人员编号")
    role: Literal["lawyer", "grassroots", "staff", "volunteer"] = Field("lawyer", title="身份")
    firm: str | None = Field(None, title="机构")
    practice_start: date | None = Field(None, title="执业起始日")
    criminal_start: date | None = Field(None, title="刑事辩护起始日")
    suspended: bool = Field(False, title="停止执业或者暂停指派")
    knows_minors: bool = Field(False, title="熟悉未成年人身心特点")
    interpreter: bool = Field(False, title="已配备翻译")
    load: int = Field(0, title="在办件数", ge=0)
    load_limit: int = Field(20, title="在办上限", ge=1)
    defends_linked: bool = Field(False, title="为同案或关联人辩护")
    other_side: bool = Field(False, title="代理对方或有利害关系")
    firm_other_side: bool = Field(False, title="同一机构代理对方")
    staff_qualified: bool = Field(True, title="具有律师或者法律职业资格")


class Assignment(Inputs):
    """指派、拟指派."""

    firm: str | None = Field(None, title="承办机构")
    person: Annotated[str | None, PLAIN] = Field(None, title="承办人")  # by the number of the aid pool
    lawyer: Lawyer | None = Field(None, title="承办人情况")
    received_on: date | None = Field(None, title="承办机构收到日期")
    organ_told_on: date | None = Field(None, title="告知办案机关日期")
    may_be_life_or_death: bool = Field(False, title="可能判处无期徒刑、死刑")
    minor_at_stage: bool = Field(False, title="本阶段未满十八周岁")
    needs_interpreter: bool = Field(False, title="需要翻译")
    no_other_firm: bool = Field(False, title="当地没有其他机构")
    head_override: str | None = Field(None, title="负责人批准理由", min_length=4)
    firm_accepts: bool = Field(True, title="承办机构接受")


class Agreement(Inputs):
    """签订委托协议."""

    signed_on: date | None = Field(None, title="签订日期")
    cause_of_delay: Literal["client", "objective"] | None = Field(None, title="未按期的原因")
    fee: Decimal | None = Field(None, title="收费")


class Filed(Inputs):
    """提交手续、收到材料."""

    filed_on: date | None = Field(None, title="日期")


class Meeting(Inputs):
    """首次会见、约见."""

    accepts: bool = Field(True, title="接受该承办人")


class ChangeRequest(Inputs):
    """申请更换."""

    received_on: date | None = Field(None, title="收到日期")
    evidence: str | None = Field(None, title="未履行职责的材料")


class Change(Assignment):
    """更换决定: `person` and `lawyer` are the new ones."""

    granted: bool = Field(True, title="准予更换")
    cause: Literal["non_performance", "conflict", "illness", "suspension", "refused_lawyer", "other"] = Field(
        "other", title="事由"
    )
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
    organ_examined: bool = Field(False, title="办案机关已审查理由")
    served_on: date | None = Field(None, title="送达日期")
    firm_received_on: date | None = Field(None, title="承办机构收到日期")


class Objection(Inputs):
    """提出异议."""

    received_on: date | None = Field(None, title="司法行政部门收到日期")
    against: Literal["refusal", "termination"] | None = Field(None, title="异议对象")


class ObjectionDecision(Inputs):
    """异议审查决定."""

    result: Literal["maintain", "correct"] = Field(title="决定")
    served_on: date | None = Field(None, title="送达日期")


class Ending(Inputs):
    """办结."""

    ended_on: date | None = Field(None, title="结案日期")
    document: Literal[
        "judgment", "ruling", "mediation", "award", "reconsideration", "settlement", "performance", "other"
    ] = Field("judgment", title="结案文书或者事由")
    documents: list[str] = Field(default_factory=list, title="文书清单")
    fee: Decimal | None = Field(None, title="收费")


class FileIn(Inputs):
    """交卷、审查、退补."""

    received_on: date | None = Field(None, title="收到日期")
    accepted_on: date | None = Field(None, title="审查合格日期")
    documents: list[str] = Field(default_factory=list, title="卷内材料")
    missing: list[str] = Field(default_factory=list, title="缺少的材料")


class Payment(Inputs):
    """支付补贴."""

    amount: Decimal = Field(title="金额（元）", gt=0, decimal_places=2)
    area: str | None = Field(None, title="地区")
    factor: Decimal = Field(Decimal(1), title="质量系数", gt=0)
    share: Decimal = Field(Decimal(1), title="已完成工作的比例（终止案件）", gt=0, le=1)
    agency_staff: bool = Field(False, title="本机构人员办理")
    paid_on: date | None = Field(None, title="支付日期")


class Assessment(Inputs):
    """质量评估."""

    scores: list[Decimal] = Field(title="评分", min_length=2, max_length=3)
    assessors: list[str] = Field(title="评估员", min_length=2, max_length=3)


class CommitmentDraw(Inputs):
    """抽取承诺核查案件."""

    drawn_on: date | None = Field(None, title="抽取日期")
    seed: str | None = Field(None, title="种子", min_length=8)


class CommitmentCheck(Inputs):
    """承诺核查."""

    result: Literal["true", "false_on_purpose", "honest_mistake"] = Field(title="核查结果")
    still_eligible: bool = Field(True, title="按真实情况仍符合条件")
    checked_on: date | None = Field(None, title="核查日期")


class Recovery(Inputs):
    """追缴."""

    amount: Decimal = Field(title="追缴费用（元）", gt=0, decimal_places=2)
    fine: Decimal = Field(title="罚款（元）", gt=0, decimal_places=2)


class DutyRequest(Inputs):
    """请求法律帮助."""

    person: str | None = Field(None, title="犯罪嫌疑人、被告人")
    stage: Phase | None = Field(None, title="办案阶段")
    organ: str | None = Field(None, title="办案机关")
    organ_case_no: str | None = Field(None, title="办案机关案号")
    has_defender: bool = Field(False, title="已有辩护人")
    notice_received_on: date | None = Field(None, title="通知收到日期")
    planned_on: date | None = Field(None, title="拟提供帮助日期")


class DutyArrangement(Inputs):
    """确定值班律师."""

    lawyer: Annotated[str | None, PLAIN] = Field(None, title="值班律师")  # by the number of the aid pool
    arranged_on: date | None = Field(None, title="确定日期")
    place: str | None = Field(None, title="地点")
    day: date | None = Field(None, title="值班日期")
    half: Literal["am", "pm"] | None = Field(None, title="上午或下午")


class DutyHelp(Inputs):
    """提供法律帮助: one record a person and stage."""

    person: str | None = Field(None, title="犯罪嫌疑人、被告人")
    stage: Phase | None = Field(None, title="办案阶段")
    organ_case_no: str | None = Field(None, title="办案机关案号")
    lawyer: Annotated[str | None, PLAIN] = Field(None, title="值班律师")  # by the number of the aid pool
    has_defender: bool = Field(False, title="已有辩护人")
    content: list[
        Literal[
            "consultation", "procedure_choice", "change_measure", "case_opinion", "plea_statement", "file_reading"
        ]
    ] = Field(default_factory=list, title="帮助内容")  # fmt: skip
    minutes: str | None = Field(None, title="笔录")
    opinion: str | None = Field(None, title="法律意见")


class Consultation(Inputs):
    """咨询."""

    topic: str = Field(title="咨询事项")
    channel: Channel | None = Field(None, title="渠道")
    persons: int = Field(1, title="人次", ge=1)
    told_right: bool = Field(True, title="已告知可以申请法律援助")
    counted_in: Literal["legal_aid", "public_legal_service"] = Field("legal_aid", title="统计归属")
    answered: Literal["at_once", "by_appointment"] = Field("at_once", title="答复方式")


class Drafting(Inputs):
    """代拟法律文书."""

    applicant: str = Field(title="当事人")
    document: str = Field(title="文书名称", min_length=2)
