"""Inputs of mediation from screening to acceptance. Field titles are what grid officers and mediators see."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from yifa.language.forms import DAY_OF_ACT, Inputs
from yifa.lines.mediation.stages import BODIES, CHANNELS, DISPUTES


def in_chinese(names: Mapping[str, str]) -> BeforeValidator:
    """A code may also be given by its Chinese name, as papers and old tables have it."""
    codes = {title: code for code, title in names.items()}
    return BeforeValidator(lambda value: codes.get(value, value) if isinstance(value, str) else value)


def as_list(value: Any) -> Any:
    """One text is a list of one."""
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(as_list)]
Moment = date | datetime
Yuan = Annotated[Decimal, Field(ge=0, decimal_places=2)]
Channel = Annotated[
    Literal["application", "initiative", "court_before_filing", "court_after_filing", "police", "petition", "screening",
            "agency"],
    in_chinese(CHANNELS),
]  # fmt: skip
DisputeType = Annotated[
    Literal["family", "neighbour", "housing", "contract", "business", "damages", "land", "expropriation", "environment",
            "unpaid_wages", "labour", "tourism", "e_commerce", "consumer", "medical", "traffic", "property", "other"],
    in_chinese(DISPUTES),
]  # fmt: skip
Body = Annotated[
    Literal["village", "town", "enterprise", "industry", "personal_studio", "court_station", "commercial", "organ", "health"],
    in_chinese(BODIES),
]  # fmt: skip
Nature = Literal["civil", "labour", "administrative", "commercial", "police", "status", "crime"]
Risk = Literal["none", "may_escalate", "may_become_crime"]
Forum = Literal["none", "court", "arbitration", "reconsideration", "health_authority"]
CourtProcedure = Literal["ordinary", "summary"]


class Part(BaseModel):
    """A piece of an input; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(Part):
    """当事人: on which side, and who acts for a minor or an incapacitated person."""

    id: str = Field(title="当事人标识", min_length=1, max_length=64)
    name: str | None = Field(None, title="姓名或名称", max_length=100)
    side: Literal["first", "second", "third"] = Field(title="哪一方")
    kind: Literal["person", "organisation"] = Field("person", title="类别")
    id_number: str | None = Field(None, title="证件号码")
    contact: str = Field(title="联系方式", min_length=1)
    address: str = Field(title="送达地址", min_length=1)
    capacity: Literal["full", "limited", "none"] = Field("full", title="民事行为能力")
    agent: str | None = Field(None, title="法定代理人、委托代理人")


class Consent(Part):
    """各方同意 or 明确拒绝, one a party."""

    party: str = Field(title="当事人标识", min_length=1)
    agrees: bool = Field(title="同意调解")


class Outing(Inputs):
    """排查: one outing in one area, with or without a find."""

    place: str = Field(title="区域", min_length=1)
    period: str | None = Field(None, title="时段")
    method: Literal["visit", "patrol", "hotline", "platform"] = Field("visit", title="方式")
    found: bool = Field(title="是否发现纠纷")
    disputes: int = Field(0, title="发现纠纷数", ge=0, le=50)
    dispute_type: DisputeType | None = Field(None, title="纠纷类型")
    street: str | None = Field(None, title="镇街")
    committee_kind: Body | None = Field(None, title="调解组织种类")
    prevented: bool = Field(False, title="当场化解")


class Found(Inputs):
    """另行登记: a further dispute found on the same outing gets a record of its own."""

    outing: str | None = Field(None, title="排查记录")
    place: str | None = Field(None, title="区域")
    dispute_type: DisputeType | None = Field(None, title="纠纷类型")
    prevented: bool = Field(False, title="当场化解")


class Settled(Inputs):
    """当场化解: how the dispute found was settled without mediation."""

    how: str = Field(title="化解情况", min_length=2)


class Nearby(Inputs):
    """What decides which door is the right one (多元解纷)."""

    nature: Nature | None = Field(None, title="纠纷性质")
    arbitration_clause: bool = Field(False, title="有仲裁协议")
    between_businesses: bool = Field(False, title="双方均为经营主体")
    pays_money: bool = Field(False, title="结果为给付钱物")
    accepts_enforcement: bool = Field(False, title="债务人愿意接受强制执行")
    prior_reconsideration: bool = Field(False, title="依法应当先申请行政复议")
    other_forum: Forum = Field("none", title="是否已诉、已仲裁、已复议")
    act_known_on: date | None = Field(None, title="知道行政行为日期")
    infringed_on: date | None = Field(None, title="知道劳动权利被侵害日期")


class Registration(Nearby):
    """登记: the intake form (PML 27)."""

    parties: list[Side] = Field(title="当事人", min_length=2)
    dispute_type: DisputeType = Field(title="纠纷类型")
    facts: str = Field(title="纠纷事实", min_length=1)
    claim: str = Field(title="请求", min_length=1)
    amount: Yuan | None = Field(None, title="涉及金额（元）")
    occurred_on: date | None = Field(None, title="发生日期")
    channel: Channel = Field("application", title="来源")
    form: Literal["written", "oral"] = Field("written", title="申请形式")
    referrer: str | None = Field(None, title="移送单位")
    referrer_doc: str | None = Field(None, title="移送函")
    handed_over_on: date | None = Field(None, title="移交日期")
    received_on: date | None = Field(None, title="收到申请日期")
    consent: list[Consent] = Field(default_factory=list, title="各方同意")
    people_count: int = Field(2, title="涉及人数", ge=1)
    risk: Risk = Field("none", title="激化风险")
    found_at: Moment | None = Field(None, title="发现风险时间")
    committee: str | None = Field(None, title="调解组织")
    committee_kind: Body = Field("village", title="调解组织种类")
    street: str | None = Field(None, title="镇街")
    joint_with: Texts = Field(default_factory=list, title="共同调解的组织")
    lead: str | None = Field(None, title="牵头组织")
    on_list: bool = Field(True, title="在公布的行政调解事项清单内")
    fee: Decimal | None = Field(None, title="收费（元）")


class Asking(Inputs):
    """征求意愿."""

    method: Literal["in_person", "phone", "online"] = Field("in_person", title="方式")
    consent: list[Consent] = Field(default_factory=list, title="各方同意")


class Answer(Inputs):
    """记录意愿: one party's answer."""

    agrees: bool = Field(title="同意调解")


class Refusal(Inputs):
    """拒绝、不受理."""

    ground: Literal["party_refuses", "outside_scope", "elsewhere", "organ_only", "crime"] = Field(
        title="原因"
    )
    told_routes: bool = Field(True, title="已书面告知其他途径")


class Acceptance(Inputs):
    """受理."""

    mediators: Texts = Field(default_factory=list, title="调解员")
    accepted_on: Annotated[date | None, DAY_OF_ACT] = Field(None, title="受理日期")
    signed_on: date | None = Field(None, title="签收法院材料（平台确认）日期")
    channel: Channel | None = Field(None, title="来源")
    dispute_type: DisputeType | None = Field(None, title="纠纷类型")
    committee_kind: Body | None = Field(None, title="调解组织种类")
    court_procedure: CourtProcedure = Field("ordinary", title="法院适用的程序")
    consent: list[Consent] = Field(default_factory=list, title="各方同意")
    licence: str | None = Field(None, title="商事调解组织许可证号")
    fee: Decimal | None = Field(None, title="收费（元）")
