"""Tables of the law: who is sued, before which court, whether in time, who counts as the officer, what may be appealed."""

from datetime import date
from typing import NamedTuple

from yifa.language.acts import Event
from yifa.language.rules import Finding, Rule, RuleTable
from yifa.language.view import View
from yifa.law.citation import Source, both
from yifa.lines.litigation.law import APL, HEAD, INT, NOT_OFFICERS, OFFICERS

# ------------------------------------------------------------------------------- who is the defendant


class Sued(NamedTuple):
    """What the reconsideration before the suit came to: see OUTCOMES; `what` is sued: the act or the inaction."""

    outcome: str
    what: str = "act"


# Outcomes of a reconsideration in its own words → what they mean for the suit.
OUTCOMES = {
    "uphold": "uphold", "reject_claim": "uphold", "reject_application": "rejected", "refused": "rejected",
    "change": "change", "revoke": "change", "revoke_part": "mixed", "confirm_illegal": "change",
    "confirm_invalid": "change", "order_perform": "change", "no_evidence": "change", "agreement_liability": "change",
    "compensation_yes": "change", "compensation_no": "uphold", "procedural": "procedural", "mixed": "mixed",
    "overdue": "overdue", "none": "none",
}  # fmt: skip

_NAMES = {
    "none": "未经复议", "uphold": "维持", "rejected": "以不符合受理条件为由驳回或者不予受理", "change": "改变",
    "procedural": "以违反法定程序为由确认违法", "mixed": "部分维持、部分改变", "overdue": "逾期未作决定", "act": "原行政行为",
    "inaction": "复议机关不作为",
    "principal": "正职", "deputy": "副职", "deputy_level": "副职级别领导", "in_charge": "其他参与分管的负责人",
    "delegated": "受委托组织的人员", "subordinate": "下级机关的人员", "staff": "工作人员", "other": "其他",
}  # fmt: skip

PROPER_DEFENDANT = RuleTable(
    "proper_defendant",
    "谁是被告",
    labels={"outcome": "复议结果", "what": "起诉对象"},
    outcomes={"original": "作出原行政行为的机关", "both": "原机关和复议机关为共同被告", "reconsideration": "复议机关"},
    names=_NAMES,
    rules=(
        Rule("D1", "未经复议，直接起诉", lambda s: s.outcome == "none", "original", APL.art(26, 1), ("outcome",)),
        Rule("D2", "复议机关逾期不作决定，起诉不作为", lambda s: s.outcome == "overdue" and s.what == "inaction",
             "reconsideration", APL.art(26, 3), ("outcome", "what")),
        Rule("D3", "复议机关逾期不作决定，起诉原行政行为", lambda s: s.outcome == "overdue", "original",
             APL.art(26, 3), ("outcome", "what")),
        Rule("D4", "以不符合受理条件为由驳回或者不予受理，起诉原行政行为",
             lambda s: s.outcome == "rejected" and s.what == "act", "original", both(APL.art(26, 1), INT.art(133)),
             ("outcome", "what")),
        Rule("D5", "以不符合受理条件为由驳回或者不予受理，起诉复议机关", lambda s: s.outcome == "rejected",
             "reconsideration", both(APL.art(26, 3), INT.art(133)), ("outcome", "what")),
        Rule("D6", "复议维持，含驳回复议请求", lambda s: s.outcome == "uphold", "both",
             both(APL.art(26, 2), INT.art(133)), ("outcome",)),
        Rule("D7", "以违反法定程序为由确认违法，不属于改变", lambda s: s.outcome == "procedural", "both",
             both(INT.art(22, 3), APL.art(26, 2)), ("outcome",)),
        Rule("D8", "既有维持又有改变或者不予受理内容", lambda s: s.outcome == "mixed", "both", INT.art(134, 2), ("outcome",)),
        Rule("D9", "复议改变原行政行为", lambda s: s.outcome == "change", "reconsideration",
             both(APL.art(26, 2), INT.art(22)), ("outcome",)),
    ),
)  # fmt: skip


def sued(view: View, event: Event) -> Sued | None:
    """The question as the intake act puts it; None where nothing says whether there was a reconsideration."""
    outcome = outcome_of(event.data.get("reconsideration_outcome"), event.facts.get("reconsideration"))
    if outcome is None:
        return None
    return Sued(outcome, "inaction" if event.data.get("case_kind") == "inaction" else "act")


def outcome_of(said: str | None, told: object) -> str | None:
    """What the linked case says, else what the person registering says."""
    facts = told.get("facts", {}) if isinstance(told, dict) else {}
    own = OUTCOMES.get(facts.get("outcome") or "")
    return own or OUTCOMES.get(said or "")


# ------------------------------------------------------------------------------- which court


class Level(NamedTuple):
    """Levels of the defendants: of the one whose act it is (`original`), and whether reconsideration is co-defendant."""

    original: str
    joint: bool = False


GOVERNMENTS = ("county", "city", "province")

COURT_LEVEL = RuleTable(
    "court_level",
    "级别管辖",
    labels={"original": "作出原行政行为的机关层级", "joint": "复议机关作共同被告"},
    outcomes={"basic": "基层人民法院", "intermediate": "中级人民法院"},
    names=_NAMES | {"department": "部门", "county": "县级政府", "city": "市级政府", "province": "省级政府", "state": "国务院部门"},
    rules=(
        Rule("J1", "共同被告案件，以原机关定级：县级以上政府或者国务院部门",
             lambda s: s.joint and s.original in (*GOVERNMENTS, "state"), "intermediate",
             both(INT.art(134, 3), APL.art(15, None, 1)), ("original", "joint")),
        Rule("J2", "共同被告案件，以原机关定级：其他机关", lambda s: s.joint, "basic",
             both(INT.art(134, 3), APL.art(14)), ("original", "joint")),
        Rule("J3", "国务院部门或者县级以上地方人民政府的行为", lambda s: s.original in (*GOVERNMENTS, "state"),
             "intermediate", APL.art(15, None, 1), ("original",)),
        Rule("J4", "其他机关的行为", lambda s: True, "basic", APL.art(14), ("original",)),
    ),
)  # fmt: skip


def level(view: View, event: Event) -> Level | None:
    """The question of the intake act; None where no level is known."""
    rows = [d for d in event.data.get("defendants", ()) if d.level is not None]
    own = [d for d in rows if d.role != "reconsideration"] or rows
    if not own:
        return None
    joint = (
        any(d.role == "reconsideration" for d in event.data["defendants"])
        and len(event.data["defendants"]) > 1
    )
    return Level(own[0].level or "department", joint)


# ------------------------------------------------------------------------------- sued in time


class Timeliness(NamedTuple):
    """Filed on; last days of the period after reconsideration, of the direct one, and of the longest one."""

    filed_on: date
    after_reconsideration: date | None
    direct: date | None
    longest: date | None


def timeliness(view: View, event: Event) -> Timeliness | None:
    """The periods as the intake act has started them."""
    filed = event.data.get("court_filed_on")
    after, direct = (
        view.due("sue_after_reconsideration"),
        view.due("sue_6_months") or view.due("sue_inaction"),
    )
    longest = view.due("sue_one_year")
    if filed is None or (after is None and direct is None and longest is None):
        return None
    return Timeliness(filed, after, direct, longest)


def _over(day: date | None, filed: date) -> bool:
    return day is not None and filed > day


SUED_IN_TIME = RuleTable(
    "sued_in_time",
    "是否在起诉期限内",
    labels={"filed_on": "法院立案日期", "after_reconsideration": "复议后起诉期限届满", "direct": "起诉期限届满",
            "longest": "一年最长期限届满"},
    outcomes={"pass": "在起诉期限内", "fail": "超过起诉期限"},
    names=_NAMES,
    rules=(
        Rule("T1", "经复议的，超过收到复议决定之日起十五日", lambda t: _over(t.after_reconsideration, t.filed_on), "fail",
             APL.art(45), ("filed_on", "after_reconsideration")),
        Rule("T2", "经复议的，在十五日内", lambda t: t.after_reconsideration is not None, "pass", APL.art(45),
             ("filed_on", "after_reconsideration")),
        Rule("T3", "未告知起诉期限，超过知道内容之日起一年", lambda t: _over(t.longest, t.filed_on), "fail",
             INT.art(64, 1), ("filed_on", "longest")),
        Rule("T4", "超过六个月", lambda t: _over(t.direct, t.filed_on), "fail", both(APL.art(46, 1), INT.art(66)),
             ("filed_on", "direct")),
        Rule("T5", "在六个月内", lambda t: True, "pass", both(APL.art(46, 1), INT.art(66)),
             ("filed_on", "direct", "longest")),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------- officer attendance


class Present(NamedTuple):
    """Who came for the defendant: kind of officer (None: no officer), whether staff came, how many lawyers."""

    officer: str | None
    staff: bool = False
    lawyers: int = 0
    left_early: bool = False


ELIGIBLE = ("principal", "deputy", "deputy_level", "in_charge")

ATTENDANCE = RuleTable(
    "attendance",
    "负责人是否出庭",
    labels={"officer": "出庭负责人类别", "staff": "有工作人员出庭", "lawyers": "出庭律师人数", "left_early": "未经许可中途退庭"},
    outcomes={"counts": "计入负责人出庭", "absent": "负责人未出庭", "improper": "不合规"},
    names=_NAMES,
    rules=(
        Rule("A1", "未经法庭许可中途退庭", lambda p: p.left_early, "improper", both(APL.art(66, 2), HEAD.art(12)),
             ("left_early",)),
        Rule("A2", "正职、副职、副职级别领导或者其他参与分管的负责人出庭", lambda p: p.officer in ELIGIBLE, "counts", OFFICERS,
             ("officer",)),
        Rule("A3", "受委托组织或者下级机关的负责人不是被诉机关负责人，另有工作人员出庭",
             lambda p: p.officer in ("delegated", "subordinate") and p.staff, "absent", NOT_OFFICERS, ("officer", "staff")),
        Rule("A4", "负责人未出庭，行政机关工作人员出庭", lambda p: p.staff or p.officer == "staff", "absent",
             both(INT.art(128, 2), INT.art(130)), ("officer", "staff")),
        Rule("A5", "仅有律师出庭", lambda p: p.lawyers > 0, "improper", both(INT.art(128, 2), INT.art(132)), ("staff", "lawyers")),
        Rule("A6", "无人出庭", lambda p: True, "improper", APL.art(66, 2), ("officer", "staff", "lawyers")),
    ),
)  # fmt: skip


def present(view: View, event: Event) -> Present:
    """The question of a hearing's record."""
    data = event.data
    kind = data.get("officer_kind") if data.get("attended_officer") else None
    return Present(kind, bool(data.get("staff")), len(data.get("lawyers", ())), bool(data.get("left_early")))


# ------------------------------------------------------------------------------- appeal


class Served(NamedTuple):
    """A document of the court of first instance: judgment, or ruling of a kind (INT 101(1))."""

    kind: str
    ruling_kind: str | None = None


APPEALABLE_RULINGS = ("not_filed", "suit_rejected", "jurisdiction")

APPEALABLE = RuleTable(
    "appealable",
    "能否上诉",
    labels={"kind": "文书种类", "ruling_kind": "裁定种类"},
    outcomes={"judgment_15": "可以在十五日内上诉", "ruling_10": "可以在十日内上诉", "final": "不能上诉"},
    names={"judgment": "判决", "ruling": "裁定", "not_filed": "不予立案", "suit_rejected": "驳回起诉", "jurisdiction": "管辖异议",
           "other": "其他裁定"},
    rules=(
        Rule("P1", "一审判决", lambda s: s.kind == "judgment", "judgment_15", APL.art(85), ("kind",)),
        Rule("P2", "不予立案、驳回起诉、管辖异议裁定", lambda s: s.ruling_kind in APPEALABLE_RULINGS, "ruling_10",
             both(APL.art(85), INT.art(101, 2)), ("kind", "ruling_kind")),
        Rule("P3", "种类未填的裁定，按可以上诉对待", lambda s: s.ruling_kind is None, "ruling_10", APL.art(85),
             ("kind", "ruling_kind")),
        Rule("P4", "其他裁定", lambda s: True, "final", INT.art(101, 2), ("kind", "ruling_kind")),
    ),
)  # fmt: skip


def served(view: View, event: Event) -> Served:
    """The question of a served document."""
    return Served(event.data.get("kind", "judgment"), event.data.get("ruling_kind"))


def appeal_days(view: View, event: Event) -> str:
    """judgment_15, ruling_10 or final."""
    finding: Finding = APPEALABLE.find(served(view, event))
    return finding.outcome


# ------------------------------------------------------------------------------- lost


class ResultKind(NamedTuple):
    """A result of a suit: name, article, whether the organ has lost (败诉)."""

    title: str
    cite: Source
    lost: bool


RESULTS = {
    "dismissed": ResultKind("驳回诉讼请求", APL.art(69), False),
    "revoked": ResultKind("撤销", APL.art(70), True),
    "revoked_part": ResultKind("部分撤销", APL.art(70), True),
    "changed": ResultKind("变更", APL.art(77), True),
    "confirmed_illegal": ResultKind("确认违法", APL.art(74), True),
    "confirmed_invalid": ResultKind("确认无效", APL.art(75), True),
    "ordered_performance": ResultKind("判决履行职责", APL.art(72), True),
    "ordered_payment": ResultKind("判决给付", APL.art(73), True),
    "agreement_liability": ResultKind("判决承担行政协议责任", APL.art(78), True),
    "compensation": ResultKind("判决赔偿、补偿", both(APL.art(76), INT.art(98)), True),
    "suit_rejected": ResultKind("驳回起诉", INT.art(69, 1), False),
    "other": ResultKind("其他", INT.art(101, 1), False),
}


def lost(result: str | None) -> bool | None:
    """Whether this result is a loss; None while there is none."""
    return None if result is None else RESULTS[result].lost
