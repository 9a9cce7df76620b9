"""Tables of the law: decision types, filed in time, simplified procedure, prior reconsideration."""

from datetime import date
from typing import NamedTuple

from yifa.language.acts import Event
from yifa.language.rules import Rule, RuleTable
from yifa.language.view import View
from yifa.law.citation import Source, both
from yifa.lines.reconsideration.law import L17, L23, REG


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


def condition_cite(version: str, item: int) -> Source:
    """The article of one of the seven conditions of acceptance."""
    return L23.art(30, 1, item) if version == "2023" else REG.art(28, None, item)


def principal(kinds: tuple[str, ...]) -> str:
    """The decision type that counts in figures: a correcting one before others, compensation last."""
    main = [code for code in kinds if not code.startswith("compensation")] or list(kinds)
    return next((code for code in main if code in CORRECTING), main[0] if main else "decided")


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


def timeliness_2023(view: View, event: Event) -> Timeliness | None:
    """The question under the law of 2023."""
    return timeliness(view, event) if view.version == "2023" else None


def timeliness_2017(view: View, event: Event) -> Timeliness | None:
    """The question under the law of 2017."""
    return timeliness(view, event) if view.version == "2017" else None


def _over(day: date | None, filed: date) -> bool:
    return day is not None and filed > day


_LABELS = {"filed_on": "提出申请", "limit": "申请期限届满", "longest": "最长期限届满"}

APPLY_IN_TIME = RuleTable(
    "apply_in_time",
    "是否在法定申请期限内",
    labels=_LABELS,
    rules=(
        Rule("T1", "超过最长期限", lambda t: _over(t.longest, t.filed_on), "fail",
             both(L23.art(20, 3), L23.art(21)), ("filed_on", "longest")),
        Rule("T2", "超过申请期限", lambda t: _over(t.limit, t.filed_on), "fail", L23.art(20, 1), ("filed_on", "limit")),
        Rule("T3", "在申请期限内", lambda t: True, "pass", L23.art(30, 1, 4), ("filed_on", "limit", "longest")),
    ),
)  # fmt: skip

APPLY_IN_TIME_2017 = RuleTable(
    "apply_in_time",
    "是否在法定申请期限内",
    labels=_LABELS,
    rules=(
        Rule("T2", "超过申请期限", lambda t: _over(t.limit, t.filed_on), "fail", L17.art(9, 1), ("filed_on", "limit")),
        Rule("T3", "在申请期限内", lambda t: True, "pass", REG.art(28, None, 4), ("filed_on", "limit")),
    ),
)  # fmt: skip


# ------------------------------------------------------------------------------- simplified procedure

SIMPLIFIED_GROUNDS = {
    "on_the_spot": L23.art(53, 1, 1),
    "warning": L23.art(53, 1, 2),
    "small_amount": L23.art(53, 1, 3),
    "disclosure": L23.art(53, 1, 4),
    "consent": L23.art(53, 2),
}
SMALL_AMOUNT = 3000

# Must one go through reconsideration before a lawsuit (前置)? Acts of these kinds, by version.
PRIOR_ACT_TYPES = {
    "2023": {
        "on_the_spot_penalty": L23.art(23, 1, 1),
        "natural_resource": L23.art(23, 1, 2),
        "inaction": L23.art(23, 1, 3),
        "disclosure": L23.art(23, 1, 4),
    },
    "2017": {"natural_resource": L17.art(30, 1)},
}


def prior_required(version: str, act_type: str | None, *, inaction: bool) -> bool:
    """Whether the law of this version puts reconsideration before the lawsuit for this kind of act."""
    kinds = PRIOR_ACT_TYPES[version]
    return act_type in kinds or (inaction and "inaction" in kinds)
