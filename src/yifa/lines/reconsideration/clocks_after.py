"""Deadlines after the decision: lawsuit, performance, opinions, service by notice (domain §8)."""

from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import Clock, Nature, ends_on, met_on, starts_on
from yifa.language.values import Field, First, Fixed, IfFact, Sized, by_version
from yifa.language.view import View
from yifa.law.citation import both
from yifa.law.statute import Reading
from yifa.lines.reconsideration.law import APL, CPI, CPL, L17, L23, R1, R3, REG

SUE_AFTER_OVERDUE = APL.art(45)
SUE_FIRST_OVERDUE = by_version(v2023=both(L23.art(34), APL.art(45)), v2017=both(L17.art(19), APL.art(45)))
NO_SHIFT = Reading("S0", "公告期满为法律效果，不顺延", both(CPL.art(95), CPI.art(138)))


def rejection(view: View) -> bool:
    """The application was rejected, by its own act or among the types of a decision."""
    return view.facts.get("outcome") == "reject_application"


def prior_required(view: View, event: Event) -> bool:
    """Reconsideration was a precondition of the lawsuit."""
    return bool(view.facts.get("prior_required"))


def rejection_served(view: View, event: Event) -> bool:
    """L23 34: a rejection in a case where reconsideration comes first. L17 19 does not know it."""
    return view.version == "2023" and rejection(view) and prior_required(view, event)


def decision_served(view: View, event: Event) -> bool:
    """Any other decision: sued against under APL 45."""
    return view.stage != "refused" and not rejection_served(view, event)


def refusal_served(view: View, event: Event) -> bool:
    """A served refusal in a case where reconsideration comes first."""
    return "served_on" in event.data and prior_required(view, event)


def refusal_announced(view: View, event: Event) -> bool:
    """A refusal, or such a rejection, served by public notice."""
    return (view.stage == "refused" and prior_required(view, event)) or rejection_served(view, event)


def performed(view: View, event: Event) -> bool:
    """Performed in full, as is assumed where the record says nothing else."""
    return bool(event.data.get("result", "complete") == "complete")


_ROLE_NAMES = {
    "applicant": "applicant",
    "申请人": "applicant",
    "third": "third_party",
    "第三人": "third_party",
}


def to_respondent(view: View, event: Event) -> bool:
    """Served on a respondent; in a dated example without parties the name tells, and silence means the respondent."""
    name = event.party or ""
    by_name = (role for start, role in _ROLE_NAMES.items() if name.startswith(start))
    return view.parties.get(name, next(by_name, "respondent")) == "respondent"


def remake_ordered(view: View, event: Event) -> bool:
    """The decision orders the act to be made again."""
    data = view.last_data("decide")
    return to_respondent(view, event) and bool(
        data.get("remake") or data.get("remake_days") or data.get("remake_due")
    )


def _of_decision(name: str) -> Any:
    return lambda view, event: view.last_data("decide").get(name)


def performance_set(view: View, event: Event) -> Any:
    """The day the decision or mediation document sets for performance."""
    decided = view.last_data("decide").get("performance_due")
    return decided or view.last_data("mediation_agreement").get("performance_due")


SUE_AFTER_DECISION = Clock(
    code="sue_after_decision",
    title="起诉期限",
    nature=Nature.RIGHT,
    starts=(
        starts_on("serve_decision", "served_on", per="parties", where=decision_served, what="复议决定送达"),
        starts_on("served_by_notice", per="parties", where=decision_served, what="公告送达"),
    ),
    length=APL.days(15),
    cite=APL.art(45),
    stops=(met_on("record_lawsuit", "filed_on"),),
    survives=True,
    readings=(R1, R3),
    on_expiry="对该当事人发生终局效力",
)

SUE_AFTER_REFUSAL = Clock(
    code="sue_after_refusal",
    title="前置案件起诉期限",
    nature=Nature.RIGHT,
    starts=(
        starts_on("refuse", "served_on", where=refusal_served, what="不予受理决定送达"),
        starts_on("serve_refusal", "served_on", where=prior_required, what="不予受理决定送达"),
        starts_on("serve_decision", "served_on", per="parties", where=rejection_served, what="驳回决定送达"),
        starts_on("served_by_notice", per="parties", where=refusal_announced, what="公告送达"),
        starts_on("review_overdue", cite=IfFact("prior_required", SUE_FIRST_OVERDUE, SUE_AFTER_OVERDUE),
                  what="复议期满未作决定"),
    ),
    length=by_version(v2023=L23.days(15), v2017=L17.days(15)),
    cite=by_version(v2023=L23.art(34), v2017=L17.art(19)),
    stops=(met_on("record_lawsuit", "filed_on"),),
    survives=True,
    readings=(R1, R3),
    on_expiry="丧失起诉权",
)  # fmt: skip

REMAKE_ACT = Clock(
    code="remake_act",
    title="重作期限",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("serve_decision", "served_on", where=remake_ordered, what="决定送达被申请人"),),
    length=First(
        (
            Fixed(_of_decision("remake_due"), "法律、法规、规章规定的期限"),
            Sized(_of_decision("remake_days"), REG.days(60)),
            REG.days(60),
        )
    ),
    cite=by_version(v2023=both(L23.art(64), REG.art(49, 1)), v2017=REG.art(49, 1)),
    stops=(met_on("record_performance", "performed_on", where=performed, every=True),),
    survives=True,
    readings=(R1, R3),
    on_expiry="责令履行，追究责任",
)

PERFORMANCE_DUE = Clock(
    code="performance_due",
    title="履行期限",
    nature=Nature.OTHERS_DUTY,
    starts=(
        starts_on("serve_decision", "served_on", where=to_respondent, length=Fixed(performance_set, "决定书确定")),
        starts_on("mediation_agreement", length=Fixed(Field("performance_due"), "调解书约定")),
        starts_on("order_performance", length=Fixed(Field("due_on"), "责令履行通知书确定"),
                  cite=by_version(v2023=L23.art(77, 2), v2017=L17.art(32, 2))),
    ),
    length=Fixed(performance_set, "决定书确定"),
    cite=by_version(v2023=both(L23.art(66), L23.art(77)), v2017=L17.art(32)),
    stops=(met_on("record_performance", "performed_on", where=performed, every=True),),
    survives=True,
    on_expiry="责令限期履行",
)  # fmt: skip

OPINION_FEEDBACK = Clock(
    code="opinion_feedback",
    title="意见书反馈",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("issue_opinion", "received_on", what="有关机关收到意见书"),),
    length=by_version(v2023=L23.days(60), v2017=REG.days(60)),
    cite=by_version(v2023=L23.art(76), v2017=REG.art(57, 1)),
    stops=(met_on("record_feedback", "received_on"),),
    many=True,
    survives=True,
    readings=(R3,),
    on_expiry="责令限期履行",
)

SUGGESTION_FEEDBACK = Clock(
    code="suggestion_feedback",
    title="建议书约定反馈",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("issue_suggestion", "received_on", what="有关机关收到建议书"),),
    length=Fixed(Field("agreed_due"), "约定的反馈日期"),
    cite=REG.art(57, 2),
    stops=(met_on("record_feedback", "received_on"),),
    many=True,
    survives=True,
)

ANNOUNCE_SERVICE = Clock(
    code="announce_service",
    title="公告送达",
    nature=Nature.MONITOR,
    kind="L",
    starts=(starts_on("announce_service", "issued_on", per="parties", what="公告发出"),),
    length=CPL.days(30, shift=NO_SHIFT),
    cite=both(CPL.art(95), CPI.art(138)),
    stops=(ends_on("serve_decision", every=False),),
    survives=True,
    on_expiry="第三十日视为送达",
)

AFTER_CLOCKS = (
    SUE_AFTER_DECISION, SUE_AFTER_REFUSAL, REMAKE_ACT, PERFORMANCE_DUE, OPINION_FEEDBACK, SUGGESTION_FEEDBACK,
    ANNOUNCE_SERVICE,
)  # fmt: skip
