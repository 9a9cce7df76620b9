"""Tables of the law: decision types, in-time rule, jurisdiction, simplified procedure."""

from datetime import date
from typing import Any, NamedTuple

from yifa.language.acts import Event
from yifa.language.rules import Rule, RuleTable
from yifa.language.view import View
from yifa.law.citation import Practice, Source, both
from yifa.lines.reconsideration.law import APL, L17, L23, REG


class DecisionKind(NamedTuple):
    """A type of decision: name, article in each version (None: not available), whether it corrects the act (纠错)."""

    code: str
    title: str
    law_2023: Source | None
    law_2017: Source | None
    corrects: bool


DECISION_KINDS = {
    kind.code: kind
    for kind in (
        DecisionKind("uphold", "维持", L23.art(68), L17.art(28, 1, 1), False),
        DecisionKind("change", "变更", L23.art(63), both(L17.art(28, 1, 3), REG.art(47), REG.art(51)), True),
        DecisionKind("revoke", "撤销", L23.art(64), L17.art(28, 1, 3), True),
        DecisionKind("revoke_part", "部分撤销", L23.art(64), L17.art(28, 1, 3), True),
        DecisionKind("confirm_illegal", "确认违法", L23.art(65), L17.art(28, 1, 3), True),
        DecisionKind("confirm_invalid", "确认无效", L23.art(67), None, True),
        DecisionKind("order_perform", "责令履行", L23.art(66), L17.art(28, 1, 2), True),
        DecisionKind("no_evidence", "视为没有证据而撤销等", L23.art(70), L17.art(28, 1, 4), True),
        DecisionKind("agreement_liability", "行政协议责任", L23.art(71), None, True),
        DecisionKind("reject_claim", "驳回复议请求", L23.art(69), REG.art(48, 1, 1), False),
        DecisionKind("reject_application", "驳回复议申请", L23.art(33), REG.art(48, 1, 2), False),
        DecisionKind("compensation_yes", "决定赔偿", L23.art(72), L17.art(29), False),
        DecisionKind("compensation_no", "不予赔偿", L23.art(72), L17.art(29), False),
    )
}
CORRECTING = tuple(kind.code for kind in DECISION_KINDS.values() if kind.corrects)

CONDITIONS = {
    1: "有明确的申请人和符合规定的被申请人",
    2: "申请人与行政行为有利害关系",
    3: "有具体的复议请求和理由",
    4: "在法定申请期限内提出",
    5: "属于行政复议范围",
    6: "属于本机关管辖",
    7: "未重复申请，法院未受理同一案件",
}
SUSPENSION_GROUNDS_60 = {"2023": (1, 2, 4), "2017": (1, 2, 3)}


def condition_cite(version: str, item: int) -> Source:
    """The article of one of the seven conditions of acceptance."""
    return L23.art(30, 1, item) if version == "2023" else REG.art(28, None, item)


# ------------------------------------------------------------------------------- filed in time


class Timeliness(NamedTuple):
    """What the question "filed in time?" looks at; dates, None where not applicable."""

    filed_on: date
    limit: date | None
    longest: date | None


def timeliness(view: View, event: Event) -> Timeliness | None:
    """The periods as the intake act has started them."""
    filed = event.data.get("filed_on")
    if filed is None:
        return None
    longest = [i.due.due for i in view.clocks.get("apply_max_limit", ()) if i.due.due]
    limit = view.due("apply_limit")
    if limit is None and not longest:
        return None
    return Timeliness(filed, limit, min(longest, default=None))


def _over(day: date | None, filed: date) -> bool:
    return day is not None and filed > day


APPLY_IN_TIME = RuleTable(
    "apply_in_time",
    "是否在法定申请期限内",
    labels={"filed_on": "提出申请", "limit": "申请期限届满", "longest": "最长期限届满"},
    rules=(
        Rule("T1", "超过最长期限", lambda t: _over(t.longest, t.filed_on), "fail",
             both(L23.art(20, 3), L23.art(21)), ("filed_on", "longest")),
        Rule("T2", "超过申请期限", lambda t: _over(t.limit, t.filed_on), "fail", L23.art(20, 1), ("filed_on", "limit")),
        Rule("T3", "在申请期限内", lambda t: True, "pass", L23.art(30, 1, 4), ("filed_on", "limit", "longest")),
    ),
)  # fmt: skip


# ------------------------------------------------------------------------------- jurisdiction


class Respondent(NamedTuple):
    """What decides jurisdiction about a respondent.

    kind  department | government | dispatched_organ 派出机关 | authorised 授权组织 | dispatched_body 派出机构 |
    vertical 垂直领导、税务、国家安全 | justice 司法行政部门 | province | state_council_department | joint;
    level  city | district | town; by_division  a dispatched body set up by administrative division under a
    city department.
    """

    kind: str
    level: str
    by_division: bool = False


def _is(*kinds: str) -> Any:
    return lambda r: r.kind in kinds


_USES = ("kind", "level")
_LABELS = {"kind": "被申请人性质", "level": "层级", "by_division": "按行政区划设立"}

JURISDICTION_2023 = RuleTable(
    "jurisdiction",
    "管辖",
    labels=_LABELS,
    rules=(
        Rule("J1", "垂直领导机关、税务和国家安全机关", _is("vertical"), "superior_department", L23.art(27), _USES),
        Rule("J2", "司法行政部门自身行为", _is("justice"), "same_government_or_superior_justice", L23.art(28), _USES),
        Rule("J3", "省级政府自身行为", _is("province"), "itself", L23.art(24, 2), _USES),
        Rule("J4", "国务院部门自身行为", _is("state_council_department"), "itself", L23.art(25, None, 1), _USES),
        Rule("J5", "两个以上机关共同行为", _is("joint"), "common_superior_government",
             Practice("新法未明定，参照旧法第十五条第一款第四项"), _USES),
        Rule("J6", "政府工作部门", _is("department"), "same_government", L23.art(24, 1, 1), _USES),
        Rule("J7", "下一级人民政府", _is("government"), "superior_government", L23.art(24, 1, 2), _USES),
        Rule("J8", "派出机关", _is("dispatched_organ"), "founding_government", L23.art(24, 1, 3), _USES),
        Rule("J9", "授权组织", _is("authorised"), "managing_government", L23.art(24, 1, 4), _USES),
        Rule("J10", "市级部门按行政区划设立的派出机构",
             lambda r: r.kind == "dispatched_body" and r.by_division and r.level == "city",
             "same_government_or_local", L23.art(24, 4), (*_USES, "by_division")),
        Rule("J11", "其他派出机构", _is("dispatched_body"), "same_government", L23.art(24, 4), (*_USES, "by_division")),
    ),
)  # fmt: skip

JURISDICTION_2017 = RuleTable(
    "jurisdiction",
    "管辖",
    labels=_LABELS,
    rules=(
        Rule("K1", "垂直领导机关和国家安全机关", _is("vertical"), "superior_department", L17.art(12, 2), _USES),
        Rule("K2", "省级政府、国务院部门自身行为", _is("province", "state_council_department"), "itself",
             L17.art(14), _USES),
        Rule("K3", "共同行为", _is("joint"), "common_superior_government", L17.art(15, 1, 4), _USES),
        Rule("K4", "地方人民政府", _is("government"), "superior_government", L17.art(13, 1), _USES),
        Rule("K5", "派出机关", _is("dispatched_organ"), "founding_government", L17.art(15, 1, 1), _USES),
        Rule("K6", "派出机构", _is("dispatched_body"), "same_government",
             both(L17.art(15, 1, 2), Practice("广东自2021年6月1日起集中由政府管辖")), _USES),
        Rule("K7", "授权组织", _is("authorised"), "managing_government", L17.art(15, 1, 3), _USES),
        Rule("K8", "政府工作部门", _is("department", "justice"), "same_government",
             both(L17.art(12, 1), Practice("广东自2021年6月1日起集中由政府管辖")), _USES),
    ),
)  # fmt: skip

JURISDICTION_ZH = {
    "superior_department": "其上一级主管部门（不由本级政府受理，应告知申请人）",
    "same_government_or_superior_justice": "本级人民政府或者上一级司法行政部门，由申请人选择",
    "itself": "该机关自身",
    "common_superior_government": "其共同上一级人民政府",
    "same_government": "本级人民政府",
    "superior_government": "上一级人民政府",
    "founding_government": "设立该派出机关的人民政府",
    "managing_government": "管理该组织的人民政府（或其部门所属的人民政府）",
    "same_government_or_local": "本级人民政府，也可以由其所在地人民政府，由申请人选择",
}


def jurisdiction(version: str) -> RuleTable:
    """The table of a procedure version."""
    return JURISDICTION_2023 if version == "2023" else JURISDICTION_2017


# ------------------------------------------------------------------------------- simplified procedure

SIMPLIFIED_GROUNDS = {
    "on_the_spot": L23.art(53, 1, 1),
    "warning": L23.art(53, 1, 2),
    "small_amount": L23.art(53, 1, 3),
    "disclosure": L23.art(53, 1, 4),
    "consent": L23.art(53, 2),
}
SMALL_AMOUNT = 3000

# Must one go through reconsideration before a lawsuit (前置)? L23 Art. 23(1); earlier L17 Art. 30.
PRIOR_ACT_TYPES = {
    "on_the_spot_penalty": L23.art(23, 1, 1),
    "natural_resource": L23.art(23, 1, 2),
    "inaction": L23.art(23, 1, 3),
    "disclosure": L23.art(23, 1, 4),
}
SUE_AFTER_OVERDUE = both(L23.art(34), APL.art(45))
