"""Assignment checks (domain §10): each rule names a reason why this person may not, or should rather not, be assigned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yifa.language.rules import Rule, RuleTable, Tried
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.law.periods import add_months
from yifa.lines.legal_aid.inputs_conduct import Lawyer
from yifa.lines.legal_aid.law import CRPL, ICPL, LAL, LAL_FROM, LL, PR, PR_FROM

CRIMINAL = frozenset({"crim_defence_notified", "crim_defence_applied", "compulsory_treatment"})
GRAVE = frozenset({"life_or_death", "death_review"})
YEARS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person proposed for a case on a day."""

    day: date
    kind: str
    lawyer: Lawyer
    may_be_life_or_death: bool = False
    minor_at_stage: bool = False
    needs_interpreter: bool = False
    no_other_firm: bool = False
    head_override: str | None = None

    @property
    def role(self) -> str:
        return self.lawyer.role

    @property
    def practice_start(self) -> date | None:
        return self.lawyer.practice_start

    @property
    def criminal_start(self) -> date | None:
        return self.lawyer.criminal_start

    @property
    def load(self) -> int:
        return self.lawyer.load


def _three_years(start: date | None, day: date) -> bool:
    return start is not None and add_months(start, 12 * YEARS) <= day


def _experience_lacks(c: Candidate) -> bool:
    """Three years of relevant practice since 2022 (LAL 26), of criminal defence since 2023-09-01 (PR 26(1))."""
    if not c.may_be_life_or_death or c.day < LAL_FROM:
        return False
    since = c.criminal_start if c.day >= PR_FROM else c.practice_start
    return not _three_years(since, c.day)


def _firm_conflict(c: Candidate) -> bool:
    return c.lawyer.firm_other_side and not (c.no_other_firm and c.head_override)


ASSIGNMENT = RuleTable(
    "assignment",
    "能否指派",
    labels={
        "role": "身份", "practice_start": "执业起始日", "criminal_start": "刑事辩护起始日", "kind": "种类", "day": "指派日期",
        "may_be_life_or_death": "可能判处无期徒刑、死刑", "minor_at_stage": "未成年人案件", "load": "在办件数",
        "needs_interpreter": "需要翻译", "no_other_firm": "当地没有其他机构", "head_override": "负责人批准",
    },
    names={
        "lawyer": "律师", "grassroots": "基层法律服务工作者", "staff": "本机构人员", "volunteer": "志愿者",
        "crim_defence_notified": "通知辩护", "crim_defence_applied": "申请辩护", "compulsory_treatment": "强制医疗",
    },
    all_tried=True,
    otherwise="pass",
    rules=(
        Rule("A-a", "可能判处无期徒刑、死刑或者死刑复核案件，经历不足三年", _experience_lacks, "fail",
             both(LAL.art(26), PR.art(26, 1)), ("may_be_life_or_death", "practice_start", "criminal_start", "day")),
        Rule("A-b", "未成年人案件，承办人不熟悉未成年人身心特点",
             lambda c: c.minor_at_stage and not c.lawyer.knows_minors, "fail", both(PR.art(26, 2), CRPL.art(278)),
             ("minor_at_stage",)),
        Rule("A-c", "已为同案或者关联的犯罪嫌疑人、被告人辩护", lambda c: c.lawyer.defends_linked, "fail", ICPL.art(43, 2)),
        Rule("A-d", "代理对方或者有利害关系", lambda c: c.lawyer.other_side, "fail", LL.art(39)),
        Rule("A-e", "同一机构代理对方，且非当地没有其他机构并经负责人批准", _firm_conflict, "fail",
             Practice("本地规则：同一机构不得代理双方"), ("no_other_firm", "head_override")),
        Rule("A-f", "停止执业或者暂停指派", lambda c: c.lawyer.suspended, "fail", both(LL.art(47), LL.art(49))),
        Rule("A-i", "基层法律服务工作者不办理刑事辩护", lambda c: c.role == "grassroots" and c.kind in CRIMINAL, "fail",
             Practice("基层法律服务工作者执业范围"), ("role", "kind")),
        Rule("A-j", "本机构人员不具有律师或者法律职业资格",
             lambda c: c.role == "staff" and not c.lawyer.staff_qualified, "fail", LAL.art(13), ("role",)),
        # Not reasons to refuse, but to be weighed and flagged.
        Rule("A-g", "在办件数已达上限", lambda c: c.load >= c.lawyer.load_limit, None, PR.art(25), ("load",)),
        Rule("A-h", "需要翻译而未配备", lambda c: c.needs_interpreter and not c.lawyer.interpreter, None,
             LAL.art(45, 1), ("needs_interpreter",)),
    ),
)  # fmt: skip

_BLOCKING = frozenset(rule.code for rule in ASSIGNMENT.rules if rule.outcome == "fail")


def candidate_of(
    view: View, data: Mapping[str, Any], day: date, answers: Mapping[str, Any]
) -> Candidate | None:
    """The candidate, as the register and the other cases know them; None if nobody is named there or in the act."""
    lawyer = _lawyer(data, answers)
    if lawyer is None:
        return None
    notice = view.last_data("notify_in")
    groups = view.facts.get("groups") or ()
    return Candidate(
        day=day.date() if isinstance(day, datetime) else day,
        kind=view.facts.get("kind") or "civil",
        lawyer=lawyer,
        may_be_life_or_death=data.get("may_be_life_or_death", False) or notice.get("notice_ground") in GRAVE,
        minor_at_stage=data.get("minor_at_stage", False) or "minor" in (notice.get("notice_ground"), *groups),
        needs_interpreter=data.get("needs_interpreter", False),
        no_other_firm=data.get("no_other_firm", False),
        head_override=data.get("head_override"),
    )


def _lawyer(data: Mapping[str, Any], answers: Mapping[str, Any]) -> Lawyer | None:
    """What the act says, overlaid by what the aid pool, the other cases and the local limit say."""
    stated, pooled = data.get("lawyer"), dict(answers.get("aid_person") or {})
    if stated is None and not pooled:
        return None
    known = {**pooled, **dict(answers.get("conflicts") or {}), **dict(answers.get("load_limit") or {})}
    said = stated.model_dump(exclude_none=True) if stated is not None else {}
    return Lawyer.model_validate({**said, **known})


def blocking(tried: tuple[Tried, ...]) -> tuple[Tried, ...]:
    """Checks that forbid the assignment."""
    return tuple(t for t in tried if t.holds and t.rule in _BLOCKING)


def weighing(tried: tuple[Tried, ...]) -> tuple[Tried, ...]:
    """Checks that are only flagged."""
    return tuple(t for t in tried if t.holds and t.rule not in _BLOCKING)
