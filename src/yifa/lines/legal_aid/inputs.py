"""Inputs of legal-aid acts up to the decision. Field titles are what windows and agencies see."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from yifa.language.forms import DAY_OF_ACT, Inputs

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
Channel = Literal[
    "window",
    "station",
    "12348",
    "web",
    "mobile",
    "post",
    "forwarded",
    "duty_lawyer",
    "notice",
    "citywide",
]
Group = Literal[
    "minor", "elderly", "disabled", "woman", "migrant_worker", "soldier_family", "veteran", "social_assistance",
    "judicial_assistance", "preferential",
]  # fmt: skip
NoticeGround = Literal[
    "minor", "disability", "incapable_adult", "life_or_death", "death_review", "absence", "other_law",
    "compulsory_treatment", "may_notify",
]  # fmt: skip
Situation = Literal[
    "extreme_poverty", "minimum_living", "low_income_family", "disaster_relief", "institution_supported",
    "disabled_household", "court_fee_relief", "aided_within_year", "released_without_work", "conscript_family",
    "war_duty_soldier", "martyr_survivor", "military_staff", "military_retiree", "hardship",
]  # fmt: skip
Moment = date | datetime
Yuan = Annotated[Decimal, Field(ge=0, decimal_places=2)]


class Part(BaseModel):
    """A piece of an input; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IncomeItem(Part):
    """One item of net income of one month (GDH Art. 4)."""

    month: str = Field(title="月份（如 2023-01）", pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    kind: Literal["wages", "business", "property", "transfer"] = Field("wages", title="收入种类")
    amount: Decimal = Field(title="金额（元）", decimal_places=2)


Money = Yuan | Annotated[list[Yuan], Field(max_length=6)] | list[IncomeItem]


class Member(Part):
    """共同生活的家庭成员. Income and spending: a monthly mean, the six monthly figures, or single items."""

    person: str | None = Field(None, title="姓名")
    relation: str = Field("家庭成员", title="与申请人关系")
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

    kind: Kind | None = Field(None, title="事项种类")
    stage: Phase | None = Field(None, title="办案阶段")
    matter_code: str | None = Field(None, title="事项代码", max_length=40)
    groups: list[Group] = Field(default_factory=list, title="特定群体")
    opponent: str | None = Field(None, title="对方")
    opponent_in_household: bool = Field(False, title="对方为共同生活的家庭成员")
    household: list[Member] = Field(default_factory=list, title="共同生活的家庭成员")
    assets: list[Asset] = Field(default_factory=list, title="资产")
    mode: Literal["documents", "data_query", "commitment"] | None = Field(None, title="证明方式")
    situation: Situation | None = Field(None, title="承诺的情形")
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
    notice_ground: NoticeGround | None = Field(None, title="通知情形")


class Draft(Means):
    """填报: what an applicant has filled in so far."""

    applicant: str | None = Field(None, title="申请人")


class Receipt(Means):
    """收件."""

    kind: Kind = Field(title="事项种类")
    stage: Phase = Field(title="办案阶段")
    applicant: str = Field(title="申请人", min_length=1)
    id_type: Literal["resident", "other"] = Field("resident", title="证件种类")
    id_no: str | None = Field(None, title="证件号码")
    birth_date: date | None = Field(None, title="出生日期")
    capacity: Literal["full", "limited", "none"] = Field("full", title="民事行为能力")
    agent: str | None = Field(None, title="代理人")
    agent_ground: Literal["statutory", "relative", "entrusted"] | None = Field(None, title="代理依据")
    agent_is_wrongdoer: bool = Field(False, title="代理人即侵权人")
    detained: bool = Field(False, title="被羁押")
    channel: Channel | None = Field(None, title="申请渠道")
    limitation_date: date | None = Field(None, title="时效或期限届满日")
    received_at: Moment = Field(title="收到时间")
    first_received_on: date | None = Field(None, title="首个窗口收到日期")
    receiving_agency: str | None = Field(None, title="首个收件机构")
    competent_agency: str | None = Field(None, title="有管辖权的机构")
    citywide: bool = Field(False, title="全市通办")
    transferred_from: str | None = Field(None, title="转来机构")
    hardship_certificate_required: bool = Field(False, title="要求提交困难证明")
    materials: list[str] = Field(default_factory=list, title="材料清单")
    fee: Decimal | None = Field(None, title="收费")


class Forwarding(Inputs):
    """转交: what the organ, the custody place or the duty lawyer hands on."""

    applicant: str | None = Field(None, title="申请人")
    applied_at: Moment = Field(title="提出申请时间")
    forwarded_at: Moment | None = Field(None, title="转交时间")
    received_at: Moment | None = Field(None, title="机构收到时间")
    organ_received_on: date | None = Field(None, title="办案机关收到申请日期")


class Told(Inputs):
    """已通知家属."""

    told_on: date | None = Field(None, title="通知日期")


class Transfer(Inputs):
    """转送, or 告知 where to go if the competent agency lies outside the city."""

    target: str = Field(title="有管辖权的机构", min_length=2)
    how: Literal["transfer", "tell"] = Field("transfer", title="转送或者告知")


class SupplementNotice(Inputs):
    """补充通知: everything that is missing, once; it states the term, which alone lets it run out (effects.py)."""

    items: list[str] = Field(title="需补充的全部材料", min_length=1)
    term: int = Field(title="补充期限（日）", ge=1)
    due_on: date | None = Field(None, title="补充期限届满日")
    served_on: date | None = Field(None, title="送达日期")


class SupplementExtension(Inputs):
    """延长补充期限."""

    new_due: date = Field(title="新的期限")


class Materials(Inputs):
    """补充材料、补办手续."""

    received_on: date | None = Field(None, title="收到日期")
    materials: list[str] = Field(default_factory=list, title="材料")
    explanation: str | None = Field(None, title="说明")


class Supplement(Means):
    """补充材料 or an explanation; it may also complete what the application says."""

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
    step: Literal["suit", "arbitration", "reconsideration"] | None = Field(None, title="需及时提起的程序")
    limitation_date: date | None = Field(None, title="时效或期限届满日")


class Grant(Means):
    """给予决定."""

    decided_on: Annotated[date | None, DAY_OF_ACT] = Field(None, title="决定日期")
    rule_path: list[str] = Field(default_factory=list, title="适用规则")
    head_decides: str | None = Field(None, title="负责人裁量理由", min_length=4)


class Refusal(Means):
    """不予决定."""

    decided_on: Annotated[date | None, DAY_OF_ACT] = Field(None, title="决定日期")
    rule: str = Field(title="不符合的规则")
    reasons: str = Field(title="理由", min_length=4)
    served_on: date | None = Field(None, title="送达日期")


class Notice(Inputs):
    """收到通知辩护、代理."""

    received_on: date | None = Field(None, title="收到日期")
    notified_on: date | None = Field(None, title="办案机关通知日期")
    notice_ground: NoticeGround = Field(title="通知情形")
    kind: Literal["crim_defence_notified", "compulsory_treatment"] | None = Field(None, title="种类")
    stage: Phase | None = Field(None, title="办案阶段")
    organ: str | None = Field(None, title="办案机关")
    organ_case_no: str | None = Field(None, title="办案机关案号")
    cause: str | None = Field(None, title="案由")
    name: str | None = Field(None, title="犯罪嫌疑人、被告人")
    birth_date: date | None = Field(None, title="出生日期")
    contact: str | None = Field(None, title="承办人及联系方式")
    hearing_on: date | None = Field(None, title="开庭日期")
    summary_procedure: bool = Field(False, title="简易或者速裁程序")
    groups: list[Group] = Field(default_factory=list, title="特定群体")
    other_aid: bool = Field(False, title="已委托辩护人")


class Hearing(Inputs):
    """确定开庭日期."""

    hearing_on: date = Field(title="开庭日期")
    summary_procedure: bool = Field(False, title="简易或者速裁程序")


class OrganFinds(Inputs):
    """办案机关发现应当通知的情形."""

    found_on: date | None = Field(None, title="发现（法院、强制医疗为受理）日期")
    notice_ground: NoticeGround | None = Field(None, title="情形")


class Ground(Inputs):
    """A step that needs no more than a word."""

    ground: str | None = Field(None, title="情形")
