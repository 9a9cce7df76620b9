"""Many doors 多元解纷: which is offered first, which others stand open, which are shut, and why. The party decides.

One table for each state of the law (2017, 2024, 2025). Every rule is tried and kept: a rule with an outcome names a
door that stands open, the first of them the first offer; a rule without one says why a door is shut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.language.rules import Finding, Rule, RuleTable
from yifa.law.citation import Cite, Practice, Source, both
from yifa.lines.mediation.law import (
    APL,
    ARB,
    CIV,
    CPI,
    CPL,
    CPL21,
    GZ25_RULE,
    L17,
    L23,
    LAB,
    LOCAL_2025,
    NOT,
    PML,
    PSP,
    REG,
    REVIEW_2024,
    RTS,
)
from yifa.lines.mediation.stages import LABOUR


@dataclass(frozen=True, slots=True)
class Dispute:
    """What the choice of the door looks at."""

    nature: str = "civil"
    arbitration_clause: bool = False
    between_businesses: bool = False
    pays_money: bool = False
    accepts_enforcement: bool = False
    prior_reconsideration: bool = False
    other_forum: str = "none"
    traffic: bool = False

    @property
    def private(self) -> bool:
        """A dispute between equals, which may be mediated, arbitrated or sued over."""
        return self.nature in ("civil", "commercial", "police")

    @property
    def arbitrable(self) -> bool:
        """An arbitration agreement counts only for contracts and other property rights between equals."""
        return self.private and self.arbitration_clause

    @property
    def enforceable_deed(self) -> bool:
        return self.private and self.pays_money and self.accepts_enforcement

    @property
    def seized(self) -> bool:
        """Another body has the dispute already."""
        return self.other_forum != "none"


def _is(*natures: str) -> Any:
    return lambda d: d.nature in natures


_LABELS = {
    "nature": "纠纷性质", "arbitration_clause": "有仲裁协议", "between_businesses": "双方均为经营主体", "pays_money": "结果为给付",
    "accepts_enforcement": "债务人愿受强制执行", "prior_reconsideration": "复议前置", "other_forum": "已在其他途径", "traffic": "交通事故",
}  # fmt: skip
NAMES = {
    "civil": "民事纠纷", "labour": "劳动争议", "administrative": "行政争议", "commercial": "商事纠纷",
    "police": "公安机关处理的轻微纠纷", "status": "身份关系", "crime": "涉嫌犯罪", "none": "没有", "court": "法院",
    "arbitration": "仲裁机构", "reconsideration": "行政复议机关", "health_authority": "卫生健康主管部门",
}  # fmt: skip
DOORS = {
    "police": "移送公安机关",
    "mediate_consequences": "仅调解身份关系的财产等后果",
    "reconsideration": "行政复议（复议中可以调解）",
    "people_mediation": "人民调解",
    "police_mediation": "公安机关调解",
    "commercial_mediation": "商事调解",
    "notary_enforceable": "办理具有强制执行效力的公证",
    "labour_arbitration": "劳动仲裁",
    "arbitration": "商事仲裁",
    "administrative_suit": "行政诉讼",
    "court": "民事诉讼",
}
_NATURE = ("nature",)


def _table(review: Source, prior: Source, commercial: Source, suit: Cite) -> RuleTable:
    return RuleTable(
        "routing",
        "多元解纷：先走哪扇门",
        labels=_LABELS,
        names=NAMES,
        outcomes=DOORS,
        all_tried=True,
        otherwise="people_mediation",
        rules=(
            Rule("R0", "已由其他途径受理的，不另行调解，除非该途径移送", lambda d: d.seized, None, PML.art(3, None, 3),
                 ("other_forum",)),
            Rule("R1", "涉嫌犯罪的，不是民间纠纷，报告公安机关", _is("crime"), "police", both(PML.art(2), PML.art(25)), _NATURE),
            Rule("R2", "婚姻效力、收养、亲子关系本身不能调解，只调解财产等后果", _is("status"), "mediate_consequences",
                 both(PML.art(3, None, 2), CPI.art(355)), _NATURE),
            Rule("R3", "行政行为的效力由复议机关审查，复议中可以调解", _is("administrative"), "reconsideration",
                 review, _NATURE),
            Rule("R4", "劳动争议可以先向基层调解组织申请调解", _is("labour"), "people_mediation", LAB.art(10), _NATURE),
            Rule("R5", "经营主体之间的商事纠纷，可以先由商事调解组织调解",
                 lambda d: d.nature == "commercial" and d.between_businesses, "commercial_mediation",
                 commercial, ("nature", "between_businesses")),
            Rule("R6", "轻微纠纷和普通民事纠纷，适宜人民调解", lambda d: d.private, "people_mediation",
                 both(PML.art(17), PML.art(18)), _NATURE),
            Rule("R7", "民间纠纷引起的轻微治安案件，公安机关可以调解", lambda d: d.nature == "police" and not d.traffic,
                 "police_mediation", PSP.art(9), ("nature", "traffic")),
            Rule("R8", "交通事故损害赔偿，可以请求公安机关交通管理部门调解", lambda d: d.nature == "police" and d.traffic,
                 "police_mediation", RTS.art(74), ("nature", "traffic")),
            Rule("R9", "结果为给付、债务人愿受强制执行的，可以办理赋强公证", lambda d: d.enforceable_deed, "notary_enforceable",
                 NOT.art(37), ("pays_money", "accepts_enforcement")),
            Rule("R10", "劳动争议起诉前必须先经劳动仲裁，时效一年", _is("labour"), "labour_arbitration",
                 both(LAB.art(5), LAB.art(27, 1)), _NATURE),
            Rule("R11", "劳动争议未经仲裁，不能直接起诉", _is("labour"), None, LAB.art(5), _NATURE),
            Rule("R12", "有仲裁协议的，向约定的仲裁机构申请仲裁", lambda d: d.arbitrable, "arbitration", ARB.art(4),
                 ("arbitration_clause",)),
            Rule("R13", "有仲裁协议的，法院不予受理", lambda d: d.arbitrable, None, ARB.art(5), ("arbitration_clause",)),
            Rule("R14", "依法应当先申请复议的，不能直接起诉", lambda d: d.nature == "administrative" and d.prior_reconsideration,
                 None, prior, ("nature", "prior_reconsideration")),
            Rule("R15", "不服行政行为，可以在六个月内直接起诉",
                 lambda d: d.nature == "administrative" and not d.prior_reconsideration, "administrative_suit",
                 both(APL.art(44, 1), APL.art(46, 1)), ("nature", "prior_reconsideration")),
            Rule("R16", "身份关系由法院裁判，不能申请司法确认", _is("status"), "court", CPI.art(355), _NATURE),
            Rule("R17", "没有仲裁协议的民事纠纷，随时可以起诉", lambda d: d.private and not d.arbitrable, "court",
                 both(PML.art(3, None, 3), suit), ("nature", "arbitration_clause")),
            Rule("R18", "请求调解之日诉讼时效中断，调解不耽误起诉", lambda d: d.private and not d.arbitrable, None,
                 CIV.art(195), _NATURE),
        ),
    )  # fmt: skip


_HABIT = Practice("一站式平台的分流惯例：商事纠纷先由商事调解组织调解")
ROUTING_2017 = _table(both(REG.art(50, 1), L17.art(9, 1)), L17.art(30, 1), _HABIT, CPL21.art(122))
ROUTING_2024 = _table(both(L23.art(5), L23.art(20, 1)), L23.art(23, 1), _HABIT, CPL.art(122))
ROUTING = _table(both(L23.art(5), L23.art(20, 1)), L23.art(23, 1), both(_HABIT, GZ25_RULE), CPL.art(122))


def routing_on(day: date) -> RuleTable:
    """The table of a day: the reconsideration law of 2017 to the end of 2023; the city's regulation from May 2025."""
    if day < REVIEW_2024:
        return ROUTING_2017
    return ROUTING_2024 if day < LOCAL_2025 else ROUTING


def doors(finding: Finding, table: RuleTable = ROUTING) -> tuple[str, ...]:
    """All doors that stand open, the first offer first, each once."""
    outcomes = {rule.code: rule.outcome for rule in table.rules}
    open_ = (outcomes[tried.rule] for tried in finding.tried if tried.holds)
    return tuple(dict.fromkeys(door for door in open_ if door is not None))


def nature_of(data: Mapping[str, Any]) -> str:
    """The nature as stated, else as the type and the parties suggest."""
    if data.get("nature") is not None:
        return str(data["nature"])
    if data.get("dispute_type") in LABOUR:
        return "labour"
    return "commercial" if data.get("between_businesses") else "civil"


def dispute_of(data: Mapping[str, Any]) -> Dispute:
    """The dispute as the intake form describes it."""
    own = (
        "arbitration_clause",
        "between_businesses",
        "pays_money",
        "accepts_enforcement",
        "prior_reconsideration",
    )
    return Dispute(
        nature=nature_of(data),
        other_forum=data.get("other_forum", "none"),
        traffic=data.get("dispute_type") == "traffic",
        **{name: bool(data.get(name, False)) for name in own},
    )
