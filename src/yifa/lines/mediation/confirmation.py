"""Judicial confirmation 司法确认: before which court, of what, by which version of the law."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.language.rules import Rule, RuleTable
from yifa.law.citation import Cite, Source
from yifa.lines.mediation.law import CONFIRM_2022, CONFIRM_2024, CPI, CPL, CPL21, SC11
from yifa.lines.mediation.stages import BY_COURT, COMMITTEES


@dataclass(frozen=True, slots=True)
class Filing:
    """An application for confirmation: which court is chosen on which ground, and what kind of mediation it was."""

    seat: str
    invited: bool = False
    for_intermediate: bool = False
    body: str = "village"

    @property
    def people(self) -> bool:
        """Mediated by a people's mediation committee, its studio or its station."""
        return self.body in (*COMMITTEES, "personal_studio", "court_station")


_LABELS = {
    "seat": "管辖依据",
    "invited": "法院委派、邀请的调解",
    "for_intermediate": "应由中级人民法院管辖",
    "body": "调解组织",
}
_NAMES = {
    "inviting": "委派、邀请的法院", "body": "调解组织所在地", "domicile": "当事人住所地", "subject": "标的物所在地",
    "intermediate": "相应的中级人民法院",
}  # fmt: skip
_SEAT = ("seat", "invited")


def _is(*seats: str) -> Any:
    return lambda f: f.seat in seats


def _wider(article: Cite) -> RuleTable:
    """CPL 201 (2021), 205 (2023): any lawfully set up body; four courts."""
    invited = article._replace(item=1)
    own = article._replace(item=2)
    return RuleTable(
        "confirm_court",
        "向哪个法院申请司法确认",
        labels=_LABELS,
        names=_NAMES,
        rules=(
            Rule("C1", "法院邀请开展的调解，向作出邀请的法院申请", lambda f: f.invited and f.seat == "inviting", "pass", invited, _SEAT),
            Rule("C2", "法院邀请开展的调解，不能向其他法院申请", lambda f: f.invited, "fail", invited, _SEAT),
            Rule("C3", "应由中级法院管辖的纠纷，向相应的中级法院申请", lambda f: f.for_intermediate and f.seat == "intermediate",
                 "pass", own, ("seat", "for_intermediate")),
            Rule("C4", "应由中级法院管辖的纠纷，不能向基层法院申请", lambda f: f.for_intermediate, "fail", own,
                 ("seat", "for_intermediate")),
            Rule("C5", "向当事人住所地、标的物所在地、调解组织所在地的基层法院申请", _is("domicile", "subject", "body"), "pass", own,
                 _SEAT),
            Rule("C6", "其他法院没有管辖权", lambda f: True, "fail", own, _SEAT),
        ),
    )  # fmt: skip


CONFIRM_COURT_2011 = RuleTable(
    "confirm_court",
    "向哪个法院申请司法确认",
    labels=_LABELS,
    names=_NAMES,
    rules=(
        Rule("C0", "人民调解委员会以外的组织主持的协议，不适用这一程序", lambda f: not f.people, "fail", SC11.art(1), ("body",)),
        Rule("C1", "立案前委派调解的，由委派的法院管辖", lambda f: f.invited and f.seat == "inviting", "pass", SC11.art(2, 2), _SEAT),
        Rule("C2", "立案前委派调解的，其他法院不管辖", lambda f: f.invited, "fail", SC11.art(2, 2), _SEAT),
        Rule("C5", "由调解委员会所在地基层法院管辖", _is("body"), "pass", SC11.art(2, 1), _SEAT),
        Rule("C6", "其他法院没有管辖权", lambda f: True, "fail", SC11.art(2, 1), _SEAT),
    ),
)  # fmt: skip
CONFIRM_COURT_2021 = _wider(CPL21.art(201))
CONFIRM_COURT = _wider(CPL.art(205))


def table_on(version: str, day: date) -> RuleTable:
    """The table for an application of a day; agreements from before 2022 stay with the older rule (domain §3)."""
    if version == "confirm-2011" or day < CONFIRM_2022:
        return CONFIRM_COURT_2011
    return CONFIRM_COURT_2021 if day < CONFIRM_2024 else CONFIRM_COURT


def invited(channel: str | None) -> bool:
    """Whether a court sent the dispute."""
    return channel in BY_COURT


# What a court does not take (CPI 355(1), items 1, 3–5; item 2 is the table above).
NOT_CONFIRMED: dict[str, tuple[str, Source]] = {
    "outside_court": ("不属于人民法院受理范围", CPI.art(355, 1, 1)),
    "marriage": ("涉及婚姻关系的效力或者解除", CPI.art(355, 1, 3)),
    "parentage": ("涉及亲子关系的确认", CPI.art(355, 1, 3)),
    "adoption": ("涉及收养关系的效力或者解除", CPI.art(355, 1, 3)),
    "special_procedure": ("应当适用其他特别程序", CPI.art(355, 1, 4)),
    "public_notice": ("应当适用公示催告程序", CPI.art(355, 1, 4)),
    "bankruptcy": ("应当适用破产程序", CPI.art(355, 1, 4)),
    "property_title": ("内容为物权确权", CPI.art(355, 1, 5)),
    "ip_title": ("内容为知识产权确权", CPI.art(355, 1, 5)),
}
