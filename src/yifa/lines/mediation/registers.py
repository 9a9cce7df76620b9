"""Registers 名录 of mediation (domain §10). Mediators for administrative disputes are the litigation line's."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from yifa.language.records import Entry, Move, Register
from yifa.law.citation import Practice, Source, both
from yifa.lines.mediation.inputs import Body
from yifa.lines.mediation.law import MED18, PML, SCREENING_RULES, SUBSIDY_RULES
from yifa.lines.mediation.stages import COMMITTEES


class Organisation(Entry):
    """调解组织: committees of every kind, studios' parents, stations, commercial bodies."""

    code: str = Field(title="编号")
    name: str = Field(title="名称")
    kind: Body = Field(title="种类")
    district: str | None = Field(None, title="所在区")
    street: str | None = Field(None, title="镇街")
    set_up_on: date | None = Field(None, title="设立日期")
    basis: str | None = Field(None, title="设立依据")
    members: int | None = Field(None, title="委员人数", ge=1)
    women: int | None = Field(None, title="妇女委员人数", ge=0)
    multi_ethnic: bool = Field(False, title="多民族居住地区")
    minority: int = Field(0, title="人数较少的民族委员", ge=0)
    head: str | None = Field(None, title="主任（人员编号）")
    elected_on: date | None = Field(None, title="推选日期")
    term_end: date | None = Field(None, title="任期届满")
    court_told_on: date | None = Field(None, title="通报基层法院日期")
    licence: str | None = Field(None, title="商事调解许可证号")
    languages: list[str] = Field(default_factory=list, title="语言")
    jurisdictions: list[str] = Field(default_factory=list, title="法域")

    @model_validator(mode="after")
    def composed(self) -> Self:
        """PML 8: three to nine members, a woman among them, a minority member where needed."""
        if self.kind not in COMMITTEES:
            return self
        if self.members is not None and not 3 <= self.members <= 9:
            raise ValueError("调委会由委员三至九人组成（《人民调解法》第八条第二款）")
        if self.women == 0:
            raise ValueError("调委会应当有妇女成员（《人民调解法》第八条第三款）")
        if self.multi_ethnic and self.minority == 0:
            raise ValueError("多民族居住地区的调委会应当有人数较少民族的成员（《人民调解法》第八条第三款）")
        return self


class Mediator(Entry):
    """人民调解员, the grid officers among them; `state` of the entry says whether active."""

    id: str = Field(title="人员编号")
    name: str = Field(title="姓名")
    adult: bool = Field(title="成年公民")
    full_time: bool = Field(False, title="专职")
    is_grid: bool = Field(False, title="综合网格员")
    mode: Literal["elected", "engaged"] = Field("engaged", title="产生方式")
    committee: str = Field(title="所在调解组织")
    committee_kind: Body = Field("village", title="调解组织种类")
    specialities: list[str] = Field(default_factory=list, title="专长")
    training_hours: int = Field(0, title="培训学时", ge=0)
    sanctions: str | None = Field(None, title="处理情况")

    @model_validator(mode="after")
    def of_age(self) -> Self:
        """PML 14: adult citizens only."""
        if not self.adult:
            raise ValueError("人民调解员应当是成年公民（《人民调解法》第十四条第一款）")
        return self


class Studio(Entry):
    """个人调解室: no legal body of its own, sealed by the parent committee."""

    code: str = Field(title="编号")
    name: str = Field(title="名称")
    mediator: str = Field(title="命名的调解员（人员编号）")
    parent: str = Field(title="所属调委会")
    named_by: str | None = Field(None, title="命名单位")


class Screening(Entry):
    """排查台账: one outing in one area."""

    number: str = Field(title="编号")
    day: date = Field(title="日期")
    area: str = Field(title="区域")
    street: str | None = Field(None, title="镇街")
    method: Literal["visit", "patrol", "hotline", "platform"] = Field("visit", title="方式")
    screener: str = Field(title="排查人（人员编号）")
    found: int = Field(0, title="发现纠纷数", ge=0)
    disputes: list[str] = Field(default_factory=list, title="纠纷编号")


class SubsidyRow(Entry):
    """以案定补台账: one a case."""

    case: str = Field(title="案号")
    mediator: str = Field(title="调解员（人员编号）")
    grade: Literal["simple", "general", "difficult", "major"] = Field(title="等次")
    amount: Decimal = Field(title="金额（元）", ge=0, decimal_places=2)
    approved_on: date | None = Field(None, title="核定日期")
    paid_on: date | None = Field(None, title="发放日期")


class Competition(Entry):
    """技能竞赛."""

    code: str = Field(title="编号")
    name: str = Field(title="名称")
    year: int = Field(title="年度", ge=1949)
    level: Literal["national", "provincial", "city", "district"] = Field("city", title="级别")
    held_on: date | None = Field(None, title="举办日期")
    entrants: int = Field(0, title="参赛人数", ge=0)
    scores: dict[str, int] = Field(default_factory=dict, title="成绩")
    awards: list[str] = Field(default_factory=list, title="奖项")


class AssociationMember(Entry):
    """调解协会会员."""

    member: str = Field(title="会员编号")
    name: str = Field(title="会员名称")
    kind: Literal["organisation", "person"] = Field("organisation", title="类别")
    post: str | None = Field(None, title="职务")


_LIST = Practice("名录管理规则")


def _moves(cite: Source, *steps: tuple[str, str, tuple[str, ...], str]) -> tuple[Move, ...]:
    return tuple(Move(code, title, from_, to, cite) for code, title, from_, to in steps)


OFFICE = ("justice_office", "district_bureau", "bureau")

REGISTERS = (
    Register(
        "organisation", "调解组织名录", Organisation, ("code",), {"set_up": "设立", "active": "在任", "dissolved": "撤销"},
        (Move("activate", "开始工作", ("set_up",), "active", PML.art(8), ("members", "head")),
         Move("re_elect", "换届", ("active",), "active", PML.art(9, 2), ("elected_on", "term_end")),
         Move("change", "调整并通报法院", ("set_up", "active"), "active", PML.art(10), ("court_told_on",)),
         Move("dissolve", "撤销并通报法院", ("set_up", "active"), "dissolved", PML.art(10), ("court_told_on",))),
        OFFICE, ("code", "name", "kind", "district", "street", "languages", "jurisdictions"), (),
        both(PML.art(8), PML.art(34), MED18.art(32)), starts=("set_up", "active"), shown=("active",),
    ),
    Register(
        "mediator", "人民调解员名录", Mediator, ("id",),
        {"engaged": "已聘任", "active": "在任", "suspended": "停任", "removed": "罢免、解聘", "expired": "届满"},
        (Move("activate", "到任", ("engaged",), "active", PML.art(13)),
         Move("suspend", "停任", ("active",), "suspended", PML.art(15), ("sanctions",)),
         Move("restore", "复任", ("suspended",), "active", PML.art(15)),
         Move("remove", "罢免、解聘", ("active", "suspended"), "removed", PML.art(15), ("sanctions",)),
         Move("expire", "届满", ("engaged", "active", "suspended"), "expired", PML.art(9, 2))),
        OFFICE, ("committee", "is_grid", "specialities"), ("name",), both(PML.art(13), PML.art(14)), starts=("engaged", "active"),
        shown=("active",),
    ),
    Register("personal_studio", "个人调解室", Studio, ("code",), {"named": "已命名", "ended": "撤销"},
             _moves(_LIST, ("end", "撤销", ("named",), "ended")), OFFICE, ("name", "parent"), (), PML.art(34)),
    Register("screening", "排查台账", Screening, ("number",), {"open": "待处置", "closed": "已处置"},
             _moves(SCREENING_RULES, ("close", "所发现纠纷均已登记或者排除", ("open",), "closed")),
             ("mediator", "grid_mediator", *OFFICE), (), (), SCREENING_RULES, starts=("open", "closed")),
    Register("subsidy", "以案定补台账", SubsidyRow, ("case",), {"proposed": "申报", "approved": "已核定", "paid": "已发放"},
             (Move("approve", "核定", ("proposed",), "approved", SUBSIDY_RULES, ("approved_on",)),
              Move("pay", "发放", ("approved",), "paid", SUBSIDY_RULES, ("paid_on",))),
             OFFICE, (), (), both(PML.art(16), SUBSIDY_RULES)),
    Register("competition", "人民调解员职业技能竞赛", Competition, ("code",), {"planned": "筹备", "held": "已举办"},
             (Move("hold", "举办", ("planned",), "held", PML.art(6), ("held_on",)),), OFFICE, ("name", "year", "level", "awards"), (),
             both(PML.art(6), PML.art(14, 2)), starts=("planned", "held")),
    Register("association", "市调解协会", AssociationMember, ("member",), {"preparing": "筹建", "member": "会员", "left": "退会"},
             _moves(_LIST, ("join", "入会", ("preparing",), "member"), ("leave", "退会", ("member",), "left")), OFFICE,
             ("name", "kind", "post"), (), _LIST, starts=("preparing", "member")),
)  # fmt: skip
