"""Deadlines of mediation itself (domain §8): its term by kind, the court's delegation, risk, and the limits next door."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import (
    Also,
    Clock,
    Extension,
    Nature,
    PauseRule,
    Stop,
    ends_on,
    met_on,
    on,
    starts_on,
)
from yifa.language.values import ByDate, Field, First, Parameter, Sized, by_field
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.lines.mediation.facts import alert_days
from yifa.lines.mediation.law import (
    ADMIN_RULES,
    ANCIENT,
    BOTH_DAYS,
    CIV,
    IM16,
    KNOWN_YEAR,
    L17,
    L23,
    LAB,
    LIM,
    LOCAL_RISK,
    MED18,
    OM22,
    PET,
    PML,
    PMW,
    REQUEST_DAY,
    REVIEW_2024,
    S0,
    local_days,
    local_hours,
    local_workdays,
)
from yifa.lines.mediation.routing import nature_of
from yifa.lines.mediation.stages import BY_COURT, LABOUR, ORGANS


def local(code: str, default: int, like: Any) -> Sized:
    """A length the city sets: the parameter's value on the trigger's date, counted as `like` is."""
    return Sized(First((Parameter(code), default)), like)


# ------------------------------------------------------------------------------------------ which term it is


def term_of(view: View, event: Event) -> str:
    """Which term mediation has: the court's, the organ's, the trade's, else the general one."""
    facts = {**view.facts, **event.data}
    if facts.get("channel") in BY_COURT:
        return str(facts["channel"])
    if facts.get("committee_kind") in ORGANS:
        return str(facts["committee_kind"])
    if facts.get("dispute_type") == "medical":
        return "medical"
    return "labour" if facts.get("dispute_type") in LABOUR else "general"


def has_term(kind: str) -> Callable[[View, Event], bool]:
    """Condition: mediation has this kind of term."""
    return lambda view, event: term_of(view, event) == kind


def of_nature(*natures: str) -> Callable[[View, Event], bool]:
    """Condition: the registered dispute is of this nature."""
    return lambda view, event: nature_of(event.data) in natures


ALREADY_MET: tuple[Stop, ...] = (
    met_on("agree_written", every=True),
    met_on("agree_oral", every=True),
    met_on("fail", every=True),
)
FELL_AWAY: tuple[Stop, ...] = (ends_on("refuse"), ends_on("withdraw"), ends_on("route"))
OVER = (*ALREADY_MET, *FELL_AWAY)
BY_CONSENT = (Extension(on("extend"), to_field="new_due", once=False),)
APPRAISAL = PauseRule(
    on("pause", "commissioned_on", ground=(None, "appraisal")), (on("resume", "reported_on"),), "[]"
)

TERM_GENERAL = Clock(
    code="term_general", title="一般调解期限", nature=Nature.OWN_DUTY,
    starts=(starts_on("accept", "accepted_on", where=has_term("general"), what="受理"),),
    length=local("mediation_term_general", 1, PMW.months(1)), cite=PMW.art(33), stops=OVER, extensions=BY_CONSENT,
    readings=(S0,), on_expiry="提醒；不能达成协议的，终止调解",
)  # fmt: skip

TERM_MEDICAL = Clock(
    code="term_medical", title="医疗纠纷调解期限", nature=Nature.OWN_DUTY,
    starts=(starts_on("accept", "accepted_on", where=has_term("medical"), what="受理"),),
    length=MED18.workdays(30), cite=MED18.art(38), stops=OVER, pauses=(APPRAISAL,), extensions=BY_CONSENT,
    readings=(BOTH_DAYS,), on_expiry="视为调解不成",
)  # fmt: skip

TERM_LABOUR = Clock(
    code="term_labour", title="劳动争议调解期限", nature=Nature.OWN_DUTY,
    starts=(starts_on("register", "received_on", where=has_term("labour"), what="收到调解申请"),),
    length=LAB.days(15), cite=LAB.art(14, 3), stops=OVER, readings=(S0,),
    on_expiry="当事人可以申请劳动仲裁；愿意的，可以继续调解",
)  # fmt: skip

TERM_COURT_BEFORE = Clock(
    code="term_court_before", title="法院委派调解期限", nature=Nature.OWN_DUTY,
    starts=(starts_on("accept", "signed_on", where=has_term("court_before_filing"), what="签收法院移交的材料（在线的为平台确认）"),),
    length=IM16.days(30), cite=both(IM16.art(27), OM22.art(24)), stops=OVER, extensions=BY_CONSENT, readings=(S0,),
    on_expiry="终止调解，退回法院",
)  # fmt: skip

TERM_COURT_AFTER = Clock(
    code="term_court_after", title="法院委托调解期限", nature=Nature.OWN_DUTY,
    starts=(starts_on("accept", "signed_on", where=has_term("court_after_filing"), what="签收法院移交的材料（在线的为平台确认）"),),
    length=by_field("court_procedure", otherwise=IM16.days(15), ordinary=IM16.days(15), summary=IM16.days(7)),
    cite=both(IM16.art(27), OM22.art(24)), stops=OVER, extensions=BY_CONSENT, readings=(S0,),
    on_expiry="退回审理；调解期间不计入审理期限",
)  # fmt: skip

ACCEPT_ONLINE = Clock(
    code="accept_online", title="确认接受法院委派", nature=Nature.OWN_DUTY,
    starts=(starts_on("court_request", "received_on", what="收到法院在线委派"),),
    length=OM22.workdays(3), cite=OM22.art(12), stops=(met_on("accept", "signed_on", every=True), ends_on("refuse")),
    on_expiry="法院可以另行委派",
)  # fmt: skip

HEALTH_MEDIATION = Clock(
    code="health_mediation", title="卫生健康部门调解", nature=Nature.OTHERS_DUTY,
    starts=(
        starts_on("register", "received_on", where=has_term("health"), length=MED18.workdays(5), what="收到申请，决定是否受理"),
        starts_on("accept", "accepted_on", where=has_term("health"), length=MED18.workdays(30), what="受理，完成调解"),
    ),
    length=MED18.workdays(30), cite=MED18.art(40), stops=(met_on("accept", "accepted_on", every=True), *OVER),
    pauses=(APPRAISAL,), readings=(BOTH_DAYS,), on_expiry="视为调解不成",
)  # fmt: skip

ADMIN_MEDIATION = Clock(
    code="admin_mediation", title="行政调解", nature=Nature.OWN_DUTY,
    starts=(
        starts_on("register", "received_on", where=has_term("organ"), length=local("admin_accept_days", 5, local_workdays(5)),
                  what="收到申请，决定是否受理"),
        starts_on("accept", "accepted_on", where=has_term("organ"), length=local("admin_term_days", 30, local_days(30)),
                  what="受理，办结"),
    ),
    length=local("admin_term_days", 30, local_days(30)), cite=ADMIN_RULES,
    stops=(met_on("accept", "accepted_on", every=True), *OVER), pauses=(APPRAISAL,), extensions=BY_CONSENT,
    readings=(S0,), on_expiry="终止调解",
)  # fmt: skip

RISK_REPORT = Clock(
    code="risk_report", title="激化情况报告", nature=Nature.OWN_DUTY,
    starts=(starts_on("register", "found_at", risk="may_become_crime", what="登记时发现可能引起治安、刑事案件"),
            starts_on("find_risk", "found_at", what="发现可能引起治安、刑事案件")),
    length=local("risk_report_hours", 2, local_hours(2)), cite=both(PML.art(25), LOCAL_RISK),
    stops=(met_on("report_risk", "reported_at", every=True),), survives=True, on_expiry="报警，转司法所督办",
)  # fmt: skip


# ------------------------------------------------------------------------------------------- the doors beside


def _days_before(index: int) -> Callable[[View, Instance], date | None]:
    def alert(view: View, instance: Instance) -> date | None:
        days, due = alert_days(view, view.on), instance.due.due
        return due - timedelta(days=days[index]) if due is not None and index < len(days) else None

    return alert


OTHER_ROUTES = Clock(
    code="other_routes", title="其他途径期限提示", nature=Nature.REMINDER, survives=True,
    starts=(
        starts_on("register", day=Field("act_known_on"), where=of_nature("administrative"), what="知道行政行为",
                  length=ByDate(((ANCIENT, L17.days(60)), (REVIEW_2024, L23.days(60)))),
                  cite=ByDate(((ANCIENT, L17.art(9, 1)), (REVIEW_2024, L23.art(20, 1))))),
        starts_on("register", day=Field("infringed_on"), where=of_nature("labour"), what="知道权利被侵害", length=LAB.years(1),
                  cite=LAB.art(27, 1)),
        starts_on("register", "received_on", where=of_nature("civil", "commercial", "police"),
                  what="请求调解，诉讼时效中断后重新计算", length=CIV.years(3),
                  cite=both(CIV.art(188, 1), CIV.art(195, None, 1), LIM.art(12))),
    ),
    length=CIV.years(3), cite=CIV.art(188, 1), stops=(met_on("take_route", "filed_on", every=True),),
    also=(Also("提醒（第一次）", _days_before(0)), Also("提醒（第二次）", _days_before(1))),
    readings=(REQUEST_DAY, KNOWN_YEAR), on_expiry="该途径的期限已过；人民调解不停止复议申请期限的计算",
)  # fmt: skip

PETITION_TRANSFER = Clock(
    code="petition_transfer", title="信访分流", nature=Nature.MONITOR,
    starts=(starts_on("petition_in", "registered_on", what="信访部门登记"),), length=PET.days(15), cite=PET.art(22),
    stops=(met_on("register", "handed_over_on", every=True), ends_on("take_route")), readings=(S0,),
    on_expiry="仅跟踪，由信访部门负责",
)  # fmt: skip

MEDIATION_CLOCKS = (
    TERM_GENERAL, TERM_MEDICAL, TERM_LABOUR, TERM_COURT_BEFORE, TERM_COURT_AFTER, ACCEPT_ONLINE, HEALTH_MEDIATION,
    ADMIN_MEDIATION, RISK_REPORT, OTHER_ROUTES, PETITION_TRANSFER,
)  # fmt: skip
