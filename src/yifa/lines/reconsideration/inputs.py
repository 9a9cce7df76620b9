"""Inputs of acts before and at acceptance. Field titles are what the window sees."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from yifa.language.forms import DAY_OF_ACT, Inputs
from yifa.language.privacy import PLAIN


def spelled(**same: str) -> BeforeValidator:
    """Other spellings of a code lead to it."""
    return BeforeValidator(lambda value: same.get(value, value) if isinstance(value, str) else value)


def as_list(value: Any) -> Any:
    """One text is a list of one."""
    return [value] if isinstance(value, str) else value


def as_text(value: Any) -> Any:
    """An address given in parts becomes one line."""
    return " ".join(str(part) for part in value.values()) if isinstance(value, dict) else value


Texts = Annotated[list[str], BeforeValidator(as_list)]
Channel = Annotated[
    Literal["in_person", "window", "cross_district", "post", "online", "oral", "via_organ", "via_county"],
    spelled(internet="online", mail="post", district_window="window"),
]
CROSS_DISTRICT = ("window", "cross_district")
Procedure = Literal["ordinary", "simplified", "legacy"]
RequestKind = Annotated[
    Literal[
        "revoke",
        "change",
        "confirm_illegal",
        "confirm_invalid",
        "perform",
        "compensation",
        "agreement",
        "other",
    ],
    spelled(order_performance="perform", administrative_agreement="agreement"),
]
ActType = Literal[
    "penalty", "on_the_spot_penalty", "warning", "coercion", "permit", "natural_resource", "expropriation",
    "compensation", "work_injury", "autonomy", "competition", "levy", "inaction", "social_security", "agreement",
    "disclosure", "other",
]  # fmt: skip


class Part(BaseModel):
    """A piece of an input; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Part):
    """当事人: a person or an organisation."""

    id: str = Field(title="当事人标识", min_length=1, max_length=64)
    name: str | None = Field(None, title="姓名或名称", max_length=100)
    kind: Literal["person", "organisation", "organ"] = Field("person", title="类别")
    gender: Literal["male", "female"] | None = Field(None, title="性别")
    birth_date: date | None = Field(None, title="出生日期")
    id_type: str = Field("居民身份证", title="证件种类")
    id_number: str | None = Field(None, title="证件号码")
    credit_code: str | None = Field(None, title="统一社会信用代码")
    representative: str | None = Field(None, title="法定代表人")
    address: str | None = Field(None, title="地址")
    phone: str | None = Field(None, title="电话")


class Agent(Part):
    """代理人 with the power of attorney."""

    id: str = Field(title="代理人标识")
    principal: str = Field(title="委托人")
    name: str | None = Field(None, title="姓名")
    authority_until: date | None = Field(None, title="授权期限")


class Act(Part):
    """被复议行政行为."""

    type: ActType = Field("other", title="行为种类")
    doc_no: str | None = Field(None, title="文号")
    made_on: date | None = Field(None, title="作出日期")
    content: str | None = Field(None, title="内容")
    real_estate: bool = Field(False, title="涉及不动产")
    electronic_monitoring: bool = Field(False, title="依电子监控记录作出")


class NormativeDocument(Part):
    """附带审查文件."""

    title: str = Field(title="文件名称", min_length=2)
    kind: Literal["document", "rule", "regulation", "law"] = Field("document", title="文件种类")
    relied_on: bool = Field(True, title="被复议行为以其为依据")


def as_document(value: Any) -> Any:
    """A document named by its title alone."""
    return {"title": value} if isinstance(value, str) else value


PartyRef = Party | str
Attached = Annotated[NormativeDocument, BeforeValidator(as_document)]


class Application(Inputs):
    """收件登记 (domain §5)."""

    filed_on: date = Field(title="提出申请日期")
    received_on: date = Field(title="复议机关收到日期")
    channel: Channel = Field(title="申请方式")
    window_code: str | None = Field(None, title="收件窗口")
    organ: str | None = Field(None, title="有管辖权的复议机关")
    applicants: list[PartyRef] = Field(title="申请人", min_length=1)
    representatives: list[str] = Field(default_factory=list, title="代表人")
    agents: list[Agent] = Field(default_factory=list, title="代理人")
    respondents: list[PartyRef] = Field(title="被申请人", min_length=1)
    third_parties: list[PartyRef] = Field(default_factory=list, title="第三人")
    act: Act = Field(title="被复议行政行为")
    act_category: int = Field(title="案件类别（第十一条各项）", ge=1, le=15)
    known_on: date = Field(title="知道行政行为之日")
    remedy_told: Literal["all", "partial", "none"] = Field(title="是否告知复议权利、机关和期限")
    remedy_known_on: date | None = Field(None, title="知道复议权利、机关和期限之日")
    is_inaction: bool = Field(False, title="不履行法定职责")
    request_received_on: date | None = Field(None, title="行政机关收到履职申请之日")
    statutory_period_end: date | None = Field(None, title="法定履职期限届满之日")
    urgent_protection: bool = Field(False, title="紧急情况下请求保护")
    obstacle_from: date | None = Field(None, title="障碍发生之日")
    obstacle_to: date | None = Field(None, title="障碍消除之日")
    longer_limit_days: int | None = Field(None, title="法律规定的更长申请期限（日）", gt=60)
    prior_required: bool = Field(False, title="复议前置")
    topic_tags: Annotated[Texts, PLAIN] = Field(default_factory=list, title="领域、事由标签")
    requests: list[RequestKind] = Field(title="复议请求", min_length=1)
    facts_reasons: str = Field(title="事实和理由", min_length=10)
    normative_docs: list[Attached] = Field(default_factory=list, title="附带审查文件")
    stay_requested: bool = Field(False, title="申请停止执行")
    stay_reason: str | None = Field(None, title="停止执行的理由")
    amount: Decimal | None = Field(None, title="涉案款额（元）", ge=0, decimal_places=2)
    service_address: Annotated[str, BeforeValidator(as_text)] = Field(title="送达地址", min_length=2)
    e_service_consent: bool = Field(title="同意电子送达")
    materials: Texts = Field(default_factory=list, title="材料清单")
    fee: Decimal | None = Field(None, title="收费")


class TransferReceipt(Inputs):
    """接收转送."""

    received_on: date = Field(title="有管辖权机关收到日期")
    organ: str | None = Field(None, title="复议机关")


class OrganForward(Inputs):
    """原机关转送 (L23 Art. 32)."""

    organ_received_on: date = Field(title="原机关收到申请日期")
    forwarded_on: date = Field(title="转送日期")
    received_on: date | None = Field(None, title="复议机关收到日期")
    organ: str | None = Field(None, title="复议机关")
    act: Act | None = Field(None, title="被复议行政行为")
    applicants: list[PartyRef] = Field(default_factory=list, title="申请人")
    respondents: list[PartyRef] = Field(default_factory=list, title="被申请人")
    self_corrected: bool = Field(False, title="原机关已自行纠正且申请人无异议")


class ViaOrgan(Inputs):
    """申请人通过作出处罚决定的机关提交申请."""

    organ_received_on: date = Field(title="原机关收到申请日期")


class SupplementNotice(Inputs):
    """通知补正."""

    items: Texts = Field(title="需补正事项", min_length=1)
    issued_on: date = Field(title="通知日期")
    served_on: date | None = Field(None, title="送达日期")
    due_on: date | None = Field(None, title="补正期限（旧法案件由通知确定）")


class SupplementService(Inputs):
    """送达补正通知."""

    served_on: date = Field(title="送达日期")


class SupplementExtension(Inputs):
    """延长补正期限."""

    new_due: date = Field(title="新的补正期限")
    requested_on: date | None = Field(None, title="申请延长之日")
    reason: str = Field(title="正当理由", min_length=2)


class Supplement(Inputs):
    """收到补正材料."""

    received_on: date = Field(title="收到日期")
    posted_on: date | None = Field(None, title="交邮日期")
    materials: Texts = Field(default_factory=list, title="材料")


class Abandonment(Inputs):
    """视为放弃申请."""

    reason: str = Field(title="认定无正当理由的情况", min_length=2)


class Acceptance(Inputs):
    """受理."""

    accepted_on: Annotated[date, DAY_OF_ACT] = Field(title="受理日期")
    procedure: Procedure = Field("ordinary", title="审理程序")
    conditions_met: list[int] = Field(title="经审查符合的受理条件（第一至七项）")
    simplified_ground: Literal["on_the_spot", "warning", "small_amount", "disclosure", "consent"] | None = (
        Field(None, title="适用简易程序的情形")
    )
    consents: Texts = Field(default_factory=list, title="同意适用简易程序的当事人")
    committee_grounds: list[Annotated[int, Field(ge=1, le=4)]] = Field(
        default_factory=list, title="应当提请委员会咨询的情形（第五十二条第二款各项）"
    )
    review_days: int | None = Field(None, title="法律规定的较短复议期限（日）", ge=1)
    withdrawal_involuntary: bool = Field(False, title="申请人证明此前撤回违背其真实意愿")


class Refusal(Inputs):
    """不予受理."""

    condition: int = Field(title="不符合的受理条件（第一至七项）", ge=1, le=7)
    reason: str = Field(title="理由", min_length=2)
    competent_organ: str | None = Field(None, title="有管辖权的机关")
    served_on: date | None = Field(None, title="送达日期")


class Referral(Inputs):
    """告知向有关机关提出、转送."""

    organ: str = Field(title="有关机关", min_length=2)
    county_received_on: date | None = Field(None, title="县级政府接到申请之日")


class CountyReceipt(Inputs):
    """县级地方人民政府接到申请 (L17 Art. 15(2))."""

    received_on: date | None = Field(None, title="接到申请之日")


class Withdrawal(Inputs):
    """撤回申请."""

    settled: bool = Field(False, title="已和解")
    act_changed: bool = Field(False, title="被申请人已改变行政行为")
    voluntary: bool = Field(True, title="出于真实意愿")
    permitted: bool = Field(True, title="复议机构准予撤回")


class Coordination(Inputs):
    """协商、指定受理."""

    received_on: date | None = Field(None, title="同时收到之日")
    organs: list[str] = Field(default_factory=list, title="有权受理的机关")
    organ: str | None = Field(None, title="确定的受理机关")
    failed: bool = Field(False, title="协商不成")
