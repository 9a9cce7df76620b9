"""Assignment checks (domain §10): each rule names a reason why this person may not be assigned."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yifa.language.rules import Rule, RuleTable
from yifa.law.citation import Practice, both
from yifa.law.periods import add_months
from yifa.lines.legal_aid.law import CRPL, ICPL, LAL, LL, PR, PR_FROM

CRIMINAL = frozenset({"crim_defence_notified", "crim_defence_applied", "compulsory_treatment"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person proposed for a case on a day."""

    day: date
    kind: str
    lawyer: Any
    may_be_life_or_death: bool = False
    minor_at_stage: bool = False
    needs_interpreter: bool = False
    no_other_firm: bool = False
    head_override: str | None = None

    @property
    def role(self) -> str:
        return str(self.lawyer.role)

    @property
    def practice_start(self) -> date | None:
        found: date | None = self.lawyer.practice_start
        return found

    @property
    def criminal_start(self) -> date | None:
        found: date | None = self.lawyer.criminal_start
        return found

    @property
    def load(self) -> int:
        return int(self.lawyer.load)


def _three_years(start: date | None, day: date) -> bool:
    return start is not None and add_months(start, 36) <= day


def _experience_lacks(c: Candidate) -> bool:
    """Three years: of criminal defence since 2023-09-01 (PR 26(1)), of practice before (LAL 26)."""
    if not c.may_be_life_or_death:
        return False
    since = c.criminal_start if c.day >= PR_FROM else c.practice_start
    return not _three_years(since, c.day)


def _firm_conflict(c: Candidate) -> bool:
    return bool(c.lawyer.firm_other_side) and not (c.no_other_firm and c.head_override)


ASSIGNMENT = RuleTable(
    "assignment",
    "能否指派",
    labels={
        "role": "身份", "practice_start": "执业起始日", "criminal_start": "刑事辩护起始日", "kind": "种类",
        "may_be_life_or_death": "可能判处无期徒刑、死刑", "minor_at_stage": "未成年人案件", "load": "在办件数",
        "needs_interpreter": "需要翻译",
    },
    all_tried=True,
    otherwise="pass",
    rules=(
        Rule("A-a", "可能判处无期徒刑、死刑或者死刑复核案件，经历不足三年", _experience_lacks, "fail",
             both(LAL.art(26), PR.art(26, 1)), ("may_be_life_or_death", "practice_start", "criminal_start")),
        Rule("A-b", "未成年人案件，承办人不熟悉未成年人身心特点",
             lambda c: c.minor_at_stage and not c.lawyer.knows_minors, "fail", both(PR.art(26, 2), CRPL.art(278)),
             ("minor_at_stage",)),
        Rule("A-c", "已为同案或者关联的犯罪嫌疑人、被告人辩护", lambda c: c.lawyer.defends_linked, "fail", ICPL.art(43, 2)),
        Rule("A-d", "代理对方或者有利害关系", lambda c: c.lawyer.other_side, "fail", LL.art(39)),
        Rule("A-e", "同一机构代理对方，且非当地没有其他机构并经负责人批准", _firm_conflict, "fail",
             Practice("本地规则：同一机构不得代理双方")),
        Rule("A-f", "停止执业或者暂停指派", lambda c: c.lawyer.suspended, "fail", LL.art(47)),
        Rule("A-g", "在办件数已达上限", lambda c: c.load >= c.lawyer.load_limit, "fail", PR.art(25), ("load",)),
        Rule("A-h", "需要翻译而未配备", lambda c: c.needs_interpreter and not c.lawyer.interpreter, "fail", LAL.art(45, 1),
             ("needs_interpreter",)),
        Rule("A-i", "基层法律服务工作者不办理刑事辩护", lambda c: c.role == "grassroots" and c.kind in CRIMINAL, "fail",
             Practice("基层法律服务工作者执业范围"), ("role", "kind")),
        Rule("A-j", "本机构人员不具有律师或者法律职业资格", lambda c: c.role == "staff" and not c.lawyer.staff_qualified,
             "fail", LAL.art(13), ("role",)),
    ),
)  # fmt: skip
