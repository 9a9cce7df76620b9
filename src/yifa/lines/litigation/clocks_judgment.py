"""Deadlines from the judgment on: appeal, retrial, performance, enforcement (domain §8)."""

from collections.abc import Mapping
from datetime import date

from yifa.language.acts import Event
from yifa.language.clocks import Clock, Extension, Nature, Start, ends_on, met_on, on, starts_on
from yifa.language.values import Fact, Field, First, Fixed, Sized
from yifa.language.view import View
from yifa.law.citation import both
from yifa.law.periods import add_months, due_date
from yifa.lines.litigation.clocks_intake import NOT_COUNTED
from yifa.lines.litigation.law import APL, ENF, INT, L1, L2, L3, L5, L6, L7, L8, L9
from yifa.lines.litigation.tables import appeal_days


def services(view: View, event: Event) -> Mapping[str, date]:
    """Each party with its own day of service, where one record has several."""
    return event.data.get("services") or {}


def is_judgment(view: View, event: Event) -> bool:
    """A judgment: fifteen days."""
    return appeal_days(view, event) == "judgment_15"


def is_ruling(view: View, event: Event) -> bool:
    """A ruling that may be appealed: ten days."""
    return appeal_days(view, event) == "ruling_10"


def appealable_again(view: View, event: Event) -> bool:
    """Decided in retrial by the procedure of first instance (INT 119(1))."""
    return event.data.get("result") == "appealable"


APPEAL_OVER = (ends_on("court_mediation"), ends_on("withdraw_ruling"))
APPEALS = (
    met_on("file_appeal", "filed_on", timely_by="posted_on"),
    met_on("receive_appeal", "filed_on", timely_by="filed_on"),
    *APPEAL_OVER,
)

APPEAL_JUDGMENT = Clock(
    code="appeal_judgment",
    title="判决上诉期限",
    nature=Nature.RIGHT,
    starts=(
        starts_on("serve_judgment", "served_on", per="parties", each=services, where=is_judgment, what="判决书送达"),
        starts_on("serve_retrial", "served_on", per="parties", each=services, where=appealable_again,
                  cite=both(APL.art(85), INT.art(119, 1)), what="再审判决送达"),
    ),
    length=APL.days(15),
    cite=APL.art(85),
    stops=APPEALS,
    survives=True,
    readings=(L1, L2, L3, L6),
    on_expiry="各方均届满且无人上诉的，判决生效",
)  # fmt: skip

APPEAL_RULING = Clock(
    code="appeal_ruling",
    title="裁定上诉期限",
    nature=Nature.RIGHT,
    starts=(
        starts_on(
            "serve_judgment", "served_on", per="parties", each=services, where=is_ruling, what="裁定书送达"
        ),
        starts_on("rule_jurisdiction", "served_on", upheld=False, what="管辖异议裁定送达"),
    ),
    length=APL.days(10),
    cite=both(APL.art(85), INT.art(101, 2)),
    stops=(*APPEALS, met_on("appeal_jurisdiction", "filed_on", timely_by="posted_on")),
    survives=True,
    readings=(L1, L2, L3, L6),
    on_expiry="各方均届满且无人上诉的，裁定生效",
)


def received_by(view: View, event: Event) -> Mapping[str, date]:
    """Each defendant with its own receipt of the appeal."""
    return event.data.get("received_by") or {}


def second_receipts(view: View, event: Event) -> Mapping[str, date]:
    """Registered only at second instance: each defendant with its own receipt."""
    return {
        d.id: d.complaint_received_on for d in event.data.get("defendants", ()) if d.complaint_received_on
    }


APPEAL_ANSWER = Clock(
    code="appeal_answer",
    title="上诉答辩",
    nature=Nature.OWN_DUTY,
    many=True,
    starts=(
        starts_on("receive_appeal", "received_on", where=lambda v, e: not received_by(v, e), what="收到上诉状副本"),
        starts_on("receive_appeal", per="defendants", each=received_by, where=lambda v, e: bool(received_by(v, e)),
                  what="收到上诉状副本"),
        starts_on("register_case", "complaint_received_on", per="defendants", each=second_receipts, instance="second",
                  what="收到上诉状副本"),
    ),
    length=INT.days(15),
    cite=INT.art(108, 2),
    stops=(met_on("answer_appeal", "filed_on", timely_by="posted_on"), ends_on("serve_second"), *APPEAL_OVER),
    readings=(L1, L2, L3),
    on_expiry="不提出答辩状不影响审理",
)  # fmt: skip

COURT_SECOND = Clock(
    code="court_second_instance",
    title="二审审理期限",
    nature=Nature.MONITOR,
    starts=(
        starts_on("file_appeal", day=Field("court_received_on"), what="二审法院收到上诉状"),
        starts_on("receive_appeal", day=Field("court_received_on"), what="二审法院收到上诉状"),
    ),
    length=APL.months(3),
    cite=APL.art(88),
    stops=(met_on("serve_second", every=True), *APPEAL_OVER),
    pauses=NOT_COUNTED,
    extensions=(Extension(on("extend_court_limit", of="second"), to_field="until"),),
    readings=(L5, L8, L2),
    on_expiry="向法院了解进展",
)

RETRIAL_APPLY = Clock(
    code="retrial_apply",
    title="申请再审",
    nature=Nature.RIGHT,
    starts=(Start(fact="effective_on", what="裁判、调解书生效"),),
    length=INT.months(6),
    cite=INT.art(110),
    stops=(met_on("apply_retrial", "filed_on", timely_by="posted_on"),),
    survives=True,
    readings=(L7, L8, L2, L3),
    on_expiry="丧失申请再审的权利（第九十一条第二、三、七、八项自知道之日起算）",
)

RETRIAL_ANSWER = Clock(
    code="retrial_answer",
    title="再审书面意见",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("receive_retrial", "received_on", what="收到再审申请书副本"),),
    length=INT.days(15),
    cite=INT.art(111),
    stops=(met_on("answer_retrial", "filed_on", timely_by="posted_on"), ends_on("serve_retrial")),
    readings=(L1, L2, L3),
    on_expiry="不提交意见不影响审查",
)

COURT_RETRIAL = Clock(
    code="court_retrial_review",
    title="再审申请审查期限",
    nature=Nature.MONITOR,
    starts=(
        starts_on("apply_retrial", "filed_on", what="申请再审"),
        starts_on("receive_retrial", "received_on", what="收到再审申请书副本"),
    ),
    length=INT.months(6),
    cite=INT.art(112),
    stops=(met_on("serve_retrial", every=True),),
    readings=(L8, L2),
    on_expiry="逾期未裁定的，可以申请检察监督",
)


def procuratorate_day(view: View, event: Event) -> date:
    """No period is fixed for the party: the day itself, so that the right is seen."""
    day: date = event.data.get("served_on", event.effective_on)
    return day


PROCURATORATE = Clock(
    code="procuratorate_after_retrial",
    title="申请检察监督",
    nature=Nature.MONITOR,
    starts=(starts_on("serve_retrial", "served_on", length=Fixed(procuratorate_day, "自此可以申请，法律未定期限"),
                      result=("refused", "upheld", "changed"), what="再审裁定、裁判送达"),),
    length=Fixed(procuratorate_day, "自此可以申请，法律未定期限"),
    cite=INT.art(117, 1),
    on_expiry="法律未定期限，仅作跟踪",
)  # fmt: skip

# ------------------------------------------------------------------------------- performance and enforcement


JUDGMENTS = ("serve_judgment", "serve_second", "serve_retrial")


def orders_something(view: View, event: Event) -> bool:
    """Whether the judgment that stands leaves the organ anything to perform. One that dismisses the claims (APL 69) leaves
    only what it sets a period for itself; what an earlier one had ordered is gone.
    """
    if view.facts.get("lost") is not False:
        return True
    acts = (event, *(act for code in JUDGMENTS for act in view.acts.get(code, ())))
    last = max((act for act in acts if act.action in JUDGMENTS), key=lambda act: act.seq, default=event)
    return bool(last.data.get("performance_due") or last.data.get("performance_days"))


def performance_end(view: View, event: Event) -> date | None:
    """The last day of the period of performance the judgment sets; None if it sets none."""
    if not orders_something(view, event):
        return None
    fixed, days = view.facts.get("performance_due"), view.facts.get("performance_days")
    if fixed is not None or days is None:
        return fixed
    return due_date(APL.days(15).times(days), view.facts["effective_on"], view.env.calendar).due


def service_days(view: View, event: Event) -> Mapping[str, date]:
    """Where no period is set: each party with the service of what became effective."""
    if performance_end(view, event) is not None:
        return {}
    found = {
        i.subject: i.start
        for code in ("appeal_judgment", "appeal_ruling")
        for i in view.clocks.get(code, ())
        if i.subject
    }
    return {**found, **services(view, event)}


PERFORMANCE = Clock(
    code="performance_due",
    title="履行期限",
    nature=Nature.OWN_DUTY,
    starts=(Start(fact="effective_on", where=orders_something, what="裁判、调解书生效"),),
    length=First(
        (Fixed(Fact("performance_due"), "裁判、调解书确定"), Sized(Fact("performance_days"), APL.days(15)))
    ),
    cite=both(APL.art(94), APL.art(96)),
    stops=(met_on("record_performance", "done_on", result=("complete", None), every=True),),
    survives=True,
    readings=(L2,),
    on_expiry="自期满之日起，对行政机关负责人按日处五十元至一百元罚款等",
)

ENFORCEMENT = Clock(
    code="enforcement_apply",
    title="申请执行期限",
    nature=Nature.RIGHT,
    starts=(
        Start(fact="effective_on", day=performance_end, where=lambda v, e: performance_end(v, e) is not None,
              what="履行期间最后一日"),
        Start(fact="effective_on", per="parties", each=service_days, day=lambda v, e: None, what="法律文书送达"),
    ),
    length=INT.years(2),
    cite=INT.art(153),
    stops=(met_on("apply_enforcement", "filed_on", every=True), ends_on("record_performance", result=("complete", None))),
    survives=True,
    readings=(L8, L2),
    on_expiry="除有正当理由外不予受理；中止、中断依时效规定",
)  # fmt: skip


def suit_period_end(view: View, event: Event) -> date | None:
    """The end of the obliged party's time to sue: as given; else 15 days after a reconsideration, else six months."""
    data = event.data
    if data.get("suit_period_end") is not None:
        return data["suit_period_end"]  # type: ignore[no-any-return]
    if data.get("reconsideration_served_on") is not None:
        return due_date(APL.days(15), data["reconsideration_served_on"], view.env.calendar).due
    if data.get("served_on") is not None:
        return view.env.calendar.next_workday(add_months(data["served_on"], 6))
    return None


NONLIT_APPLY = Clock(
    code="nonlit_enforcement_apply",
    title="非诉执行申请",
    nature=Nature.RIGHT,
    starts=(
        starts_on("watch_act", day=suit_period_end, what="义务人的法定起诉期限届满"),
        starts_on("non_lit_enforcement", day=suit_period_end, what="义务人的法定起诉期限届满",
                  where=lambda v, e: not v.happened("watch_act")),
    ),
    length=INT.months(3),
    cite=both(INT.art(156), ENF.art(53)),
    stops=(met_on("non_lit_enforcement", "filed_on"),),
    readings=(L8, L2),
    on_expiry="除有正当理由外不予受理",
)  # fmt: skip

DEMAND_WAIT = Clock(
    code="demand_wait",
    title="催告后的等待期",
    nature=Nature.WAITING,
    starts=(
        starts_on("serve_demand", "demand_served_on", what="催告书送达"),
        starts_on("non_lit_enforcement", day=Field("demand_served_on"), what="催告书送达"),
    ),
    length=ENF.days(10),
    cite=both(ENF.art(54), ENF.art(69)),
    readings=(L9,),
    on_expiry="次日起可以申请法院强制执行",
)

NONLIT_REVIEW = Clock(
    code="nonlit_review",
    title="对不予受理、不准予执行裁定的复议",
    nature=Nature.RIGHT,
    starts=(starts_on("nonlit_ruling", "served_on", kind=("not_accepted", "refused"), what="裁定送达"),),
    length=INT.days(15),
    cite=both(INT.art(155, 3), INT.art(161, 2)),
    stops=(met_on("ask_nonlit_review", "filed_on", timely_by="posted_on"),),
    survives=True,
    readings=(L1, L2, L3),
    on_expiry="裁定终局",
)

JUDGMENT_CLOCKS = (
    APPEAL_JUDGMENT, APPEAL_RULING, APPEAL_ANSWER, COURT_SECOND, RETRIAL_APPLY, RETRIAL_ANSWER, COURT_RETRIAL,
    PROCURATORATE, PERFORMANCE, ENFORCEMENT, NONLIT_APPLY, DEMAND_WAIT, NONLIT_REVIEW,
)  # fmt: skip
