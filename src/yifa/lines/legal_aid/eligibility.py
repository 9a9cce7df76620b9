"""Who gets legal aid: subject matter, no-condition cases, exemption from verification, hardship (domain §5, E0–E6).

Pure: `Applicant` is made from an application and the parameters in force; the tables give findings that keep every
rule tried with its inputs and article. Applications before 2022 are judged by the Regulation of 2003.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from yifa.language.acts import ParameterValues
from yifa.language.rules import Rule, RuleTable
from yifa.law.citation import Cite, both
from yifa.lines.legal_aid.law import GDH, LAL, LAR, MW, OLD
from yifa.lines.legal_aid.means import means_of, parameter

# Matters of Art. 31 and of Arts. 24, 28, 29 and 33; those of 31(9) stand in the dated local list `extra_matters`.
MATTERS: dict[str, tuple[str, Cite]] = {
    "criminal_defence": ("刑事辩护", LAL.art(24)),
    "compulsory_treatment": ("强制医疗代理", LAL.art(28)),
    "criminal_representation": ("被害人、自诉人、附带民事诉讼原告人代理", LAL.art(29)),
    "state_compensation": ("请求国家赔偿", LAL.art(31, None, 1)),
    "social_insurance": ("请求社会保险待遇或者社会救助", LAL.art(31, None, 2)),
    "pension": ("请求发给抚恤金", LAL.art(31, None, 3)),
    "support": ("请求给付赡养费、抚养费、扶养费", LAL.art(31, None, 4)),
    "labour_relation": ("请求确认劳动关系", LAL.art(31, None, 5)),
    "labour_pay": ("请求支付劳动报酬", LAL.art(31, None, 5)),
    "incapacity": ("请求认定无或者限制民事行为能力", LAL.art(31, None, 6)),
    "work_injury": ("工伤事故人身损害赔偿", LAL.art(31, None, 7)),
    "traffic_injury": ("交通事故人身损害赔偿", LAL.art(31, None, 7)),
    "food_drug_injury": ("食品药品安全事故人身损害赔偿", LAL.art(31, None, 7)),
    "medical_injury": ("医疗事故人身损害赔偿", LAL.art(31, None, 7)),
    "pollution": ("环境污染、生态破坏损害赔偿", LAL.art(31, None, 8)),
    "retrial": ("申诉、申请再审", LAL.art(33)),
}
NO_CONDITION = {
    "martyr": LAL.art(32, None, 1),
    "brave_act": LAL.art(32, None, 2),
    "retrial_acquittal": LAL.art(32, None, 3),
    "domestic_violence": LAL.art(32, None, 4),
    "other_law": LAL.art(32, None, 5),
}
NOTICE_GROUNDS = {
    "minor": LAL.art(25, 1, 1),
    "disability": LAL.art(25, 1, 2),
    "incapable_adult": LAL.art(25, 1, 3),
    "life_or_death": LAL.art(25, 1, 4),
    "death_review": LAL.art(25, 1, 5),
    "absence": LAL.art(25, 1, 6),
    "other_law": LAL.art(25, 1, 7),
    "compulsory_treatment": LAL.art(28),
    "may_notify": LAL.art(25, 2),
}
# The six matters of the Regulation of 2003, Art. 10(1); criminal ones are in its Arts. 11 and 12.
MATTERS_2003 = {
    "state_compensation": LAR.art(10, 1, 1),
    "social_insurance": LAR.art(10, 1, 2),
    "pension": LAR.art(10, 1, 3),
    "support": LAR.art(10, 1, 4),
    "labour_pay": LAR.art(10, 1, 5),
    "brave_act": LAR.art(10, 1, 6),
}
PROTECTED = frozenset({"minor", "elderly", "disabled"})
ASSISTED = frozenset({"social_assistance", "judicial_assistance", "preferential"})
MIGRANT_CLAIMS = frozenset({"labour_pay", "work_injury"})


CRIMINAL_KINDS = frozenset(
    {"crim_defence_applied", "crim_defence_notified", "compulsory_treatment", "crim_rep"}
)


class Applicant(NamedTuple):
    """What the rules look at. Money in yuan a month and person; None where it was not asked or stated."""

    kind: str = "civil"
    stage: str | None = None
    matter: str | None = None
    notice_ground: str | None = None
    retained: bool = False
    other_reason: str | None = None
    no_condition_ground: str | None = None
    groups: frozenset[str] = frozenset()
    no_fixed_source: bool = False
    exempt_by_law: bool = False
    retrial_ordered: bool = False
    local_matters: frozenset[str] = frozenset()
    per_capita_income: Decimal | None = None
    per_capita_spending: Decimal | None = None
    spending_ground: str | None = None
    large_assets: bool = False
    hardship_standard: Decimal | None = None
    hardship_standard_b: Decimal | None = None

    @property
    def listed(self) -> bool:
        """The law lists the matter (or the local list adds it), or the kind says it all."""
        return self.matter in MATTERS or self.matter in self.local_matters or self.kind in CRIMINAL_KINDS

    @property
    def listed_2003(self) -> bool:
        """The Regulation of 2003 lists it."""
        return self.matter in MATTERS_2003 or self.matter in self.local_matters or self.kind in CRIMINAL_KINDS

    @property
    def defended(self) -> bool:
        """A suspect or accused asks for a defender (LAL 24)."""
        return self.kind == "crim_defence_applied"


def _below(value: Decimal | None, standard: Decimal | None) -> bool:
    return value is not None and standard is not None and value < standard


def _notified(a: Applicant) -> bool:
    return a.notice_ground in NOTICE_GROUNDS


def _protected(a: Applicant) -> bool:
    return a.no_fixed_source and bool(a.groups & PROTECTED)


def _assisted(a: Applicant) -> bool:
    return bool(a.groups & ASSISTED)


def _migrant(a: Applicant) -> bool:
    return "migrant_worker" in a.groups and a.matter in MIGRANT_CLAIMS


def _hardship_a(a: Applicant) -> bool:
    return _below(a.per_capita_income, a.hardship_standard) and not a.large_assets


def _hardship_b(a: Applicant) -> bool:
    spending = a.per_capita_spending
    over = spending is not None and a.per_capita_income is not None and spending > a.per_capita_income
    in_reach = _below(a.per_capita_income, a.hardship_standard_b)
    return over and a.spending_ground is not None and in_reach and not a.large_assets


def _no_standard(a: Applicant) -> bool:
    """Nobody is refused because a figure has not been loaded."""
    return a.hardship_standard is None and a.per_capita_income is not None and not a.large_assets


LABELS = {
    "kind": "事项种类", "stage": "办案阶段", "matter": "事项", "notice_ground": "通知情形", "retained": "已委托辩护人或代理人",
    "other_reason": "其他原因", "no_condition_ground": "不受经济条件限制的情形", "groups": "群体",
    "no_fixed_source": "无固定生活来源", "exempt_by_law": "法律另有免予核查规定", "retrial_ordered": "已决定再审或抗诉",
    "per_capita_income": "家庭人均月收入", "per_capita_spending": "家庭人均月支出", "spending_ground": "支出事由",
    "large_assets": "有较大价值资产", "hardship_standard": "经济困难标准", "hardship_standard_b": "支出型困难收入上限",
}  # fmt: skip

NAMES = {code: title for code, (title, _) in MATTERS.items()} | {
    "minor": "未成年人", "elderly": "老年人", "disabled": "残疾人", "woman": "妇女", "migrant_worker": "进城务工人员",
    "soldier_family": "军人军属", "veteran": "退役军人", "social_assistance": "社会救助对象",
    "judicial_assistance": "司法救助对象", "preferential": "优抚对象", "martyr": "维护英雄烈士人格权益",
    "brave_act": "见义勇为", "retrial_acquittal": "再审改判无罪请求国家赔偿", "domestic_violence": "遭受虐待、遗弃或者家庭暴力",
    "other_law": "法律、法规、规章规定的其他情形", "disability": "视力、听力、言语残疾", "incapable_adult": "不能完全辨认自己行为的成年人",
    "life_or_death": "可能判处无期徒刑、死刑", "death_review": "死刑复核", "absence": "缺席审判", "may_notify": "可以通知",
    "sudden_event": "突发事件", "injury": "意外伤害", "illness": "重大疾病", "schooling": "全日制就学",
    "retrial": "申诉、再审", "investigation": "侦查", "prosecution": "审查起诉", "first": "一审", "second": "二审",
    "arbitration": "仲裁", "civil": "民事", "admin": "行政", "state_comp": "国家赔偿", "labour": "劳动争议", "non_litigation": "非诉讼",
    "crim_defence_applied": "申请刑事辩护", "crim_defence_notified": "通知刑事辩护", "crim_rep": "刑事代理",
}  # fmt: skip

_INCOME = ("per_capita_income", "hardship_standard", "large_assets")
_SPENDING = (
    "per_capita_income",
    "per_capita_spending",
    "spending_ground",
    "hardship_standard_b",
    "large_assets",
)

_NOTIFIED = Rule(
    "E0", "办案机关依法通知", _notified, "pass", both(LAL.art(25), LAL.art(28)), ("notice_ground",)
)
_NO_CONDITION = Rule("E3", "不受经济困难条件限制", lambda a: a.no_condition_ground in NO_CONDITION, "pass", LAL.art(32),
                     ("no_condition_ground",))  # fmt: skip
_EXEMPT_1 = Rule("E4-1", "无固定生活来源的未成年人、老年人、残疾人等，免予核查", _protected, "pass", LAL.art(42, None, 1),
                 ("groups", "no_fixed_source"))  # fmt: skip
_EXEMPT_2 = Rule(
    "E4-2", "社会救助、司法救助或者优抚对象，免予核查", _assisted, "pass", LAL.art(42, None, 2), ("groups",)
)
_EXEMPT_3 = Rule("E4-3", "进城务工人员请求劳动报酬或者工伤赔偿，免予核查", _migrant, "pass",
                 both(LAL.art(42, None, 3), MW.art(45)), ("groups", "matter"))  # fmt: skip
_EXEMPT_4 = Rule("E4-4", "法律、法规、规章规定免予核查", lambda a: a.exempt_by_law, "pass", LAL.art(42, None, 4),
                 ("exempt_by_law",))  # fmt: skip
_HARDSHIP_A = Rule(
    "E5a",
    "家庭人均收入低于经济困难标准且无较大价值资产",
    _hardship_a,
    "pass",
    both(GDH.art(3, 1), GDH.art(4)),
    _INCOME,
)
_HARDSHIP_B = Rule(
    "E5b", "突发事件、意外伤害、重大疾病、就学等致支出大于收入", _hardship_b, "pass", GDH.art(3, 2), _SPENDING
)
_NO_STANDARD = Rule(
    "E5", "该日的经济困难标准没有载入，由人工核定", _no_standard, "manual_review", GDH.art(3, 1), _INCOME
)

MEANS_TEST = RuleTable(
    "means_test",
    "经济困难状况",
    labels=LABELS,
    names=NAMES,
    rules=(
        _NOTIFIED, _NO_CONDITION, _EXEMPT_1, _EXEMPT_2, _EXEMPT_3, _EXEMPT_4, _HARDSHIP_A, _HARDSHIP_B,
        _NO_STANDARD,
        Rule("E6", "不符合经济困难条件", lambda a: True, "fail", LAL.art(43, 1), _INCOME),
    ),
)  # fmt: skip


def _grants(rule: Rule) -> Rule:
    return Rule(rule.code, rule.title, rule.test, "grant", rule.cite, rule.uses)


def _retrial_too_early(a: Applicant) -> bool:
    return "retrial" in (a.matter, a.stage) and not a.retrial_ordered


def _other_reason(a: Applicant) -> bool:
    return a.defended and a.other_reason is not None


_RETAINED = Rule("E-R", "已自行委托辩护人或者代理人", lambda a: a.retained, "refuse",
                 both(LAL.art(24), LAL.art(25, 1), LAL.art(31)), ("retained",))  # fmt: skip


ELIGIBILITY = RuleTable(
    "eligibility",
    "是否给予法律援助",
    labels=LABELS,
    names=NAMES,
    rules=(
        _RETAINED,
        _grants(_NOTIFIED),
        _grants(_NO_CONDITION),
        Rule("E2-R", "申诉、再审尚未决定再审或者抗诉", _retrial_too_early, "refuse", LAL.art(33),
             ("matter", "stage", "retrial_ordered")),
        Rule("E2", "不属于法律援助事项范围", lambda a: not a.listed, "refuse", both(LAL.art(31), LAL.art(29)),
             ("kind", "matter")),
        *(_grants(rule) for rule in (_EXEMPT_1, _EXEMPT_2, _EXEMPT_3, _EXEMPT_4, _HARDSHIP_A, _HARDSHIP_B)),
        Rule("E1", "犯罪嫌疑人、被告人因其他原因没有委托辩护人，由负责人决定", _other_reason, "manual_review",
             LAL.art(24), ("kind", "other_reason")),
        _NO_STANDARD,
        Rule("E6", "不符合经济困难条件", lambda a: True, "refuse", LAL.art(43, 1), _INCOME),
    ),
)  # fmt: skip

_ASSIGNED_2003 = frozenset({"minor", "disability", "life_or_death"})
_POOR_2003 = (
    Rule("E5a", "家庭人均收入低于经济困难标准且无较大价值资产", _hardship_a, "pass", both(LAR.art(13), GDH.art(3, 1)), _INCOME),
    Rule("E5b", "突发事件、意外伤害、重大疾病、就学等致支出大于收入", _hardship_b, "pass", both(LAR.art(13), GDH.art(3, 2)),
         _SPENDING),
)  # fmt: skip
_NOTIFIED_2003 = Rule("E0", "人民法院依法指定辩护，无须审查经济状况", lambda a: a.notice_ground in _ASSIGNED_2003, "pass",
                      LAR.art(12, 2), ("notice_ground",))  # fmt: skip

MEANS_TEST_2003 = RuleTable(
    "means_test",
    "经济困难状况",
    labels=LABELS,
    names=NAMES,
    rules=(
        _NOTIFIED_2003, *_POOR_2003, _NO_STANDARD,
        Rule("E6", "不符合经济困难条件", lambda a: True, "fail", LAR.art(18), _INCOME),
    ),
)  # fmt: skip

ELIGIBILITY_2003 = RuleTable(
    "eligibility",
    "是否给予法律援助",
    labels=LABELS,
    names=NAMES,
    rules=(
        Rule("E-R", "已自行委托辩护人或者代理人", lambda a: a.retained, "refuse", both(LAR.art(10, 1), LAR.art(11)),
             ("retained",)),
        _grants(_NOTIFIED_2003),
        Rule("E2", "不属于法律援助事项范围", lambda a: not a.listed_2003, "refuse", both(LAR.art(10), LAR.art(11)),
             ("kind", "matter")),
        *(_grants(rule) for rule in _POOR_2003),
        _NO_STANDARD,
        Rule("E6", "不符合经济困难条件", lambda a: True, "refuse", LAR.art(18), _INCOME),
    ),
)  # fmt: skip


def tables_of(version: str) -> tuple[RuleTable, RuleTable]:
    """Means test and eligibility as a procedure version has them."""
    return (MEANS_TEST_2003, ELIGIBILITY_2003) if version == OLD else (MEANS_TEST, ELIGIBILITY)


# ---------------------------------------------------------------------------------- from the application


def applicant(data: Mapping[str, Any], day: date, parameters: ParameterValues) -> Applicant:
    """The applicant of an application received on `day`, by the parameters in force on that day."""
    means = means_of(data, day, parameters)
    return Applicant(
        kind=data.get("kind", "civil"),
        stage=data.get("stage"),
        matter=data.get("matter_code"),
        notice_ground=data.get("notice_ground"),
        retained=bool(data.get("other_aid")),
        other_reason=data.get("other_reason"),
        no_condition_ground=data.get("no_condition_ground"),
        groups=frozenset(data.get("groups") or ()),
        no_fixed_source=bool(data.get("no_fixed_source")),
        exempt_by_law=bool(data.get("exempt_by_law")),
        retrial_ordered=bool(data.get("retrial_ordered")),
        local_matters=frozenset(parameter(parameters, "extra_matters", day, ())),
        per_capita_income=means.income,
        per_capita_spending=means.spending,
        spending_ground=data.get("spending_ground"),
        large_assets=means.large_assets,
        hardship_standard=_decimal(parameter(parameters, "hardship_standard", day)),
        hardship_standard_b=_decimal(parameter(parameters, "hardship_standard_b", day)),
    )


def _decimal(value: Any) -> Decimal | None:
    return value if value is None or isinstance(value, Decimal) else Decimal(str(value))
