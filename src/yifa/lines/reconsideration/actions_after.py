"""Acts after the decision, and those that may happen at any time (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Claim
from yifa.language.acts import Command, Event
from yifa.language.forms import NoInput
from yifa.language.values import EFFECTIVE_ON, Field, WhenAll, by_field
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.reconsideration import guards_after as g
from yifa.lines.reconsideration import inputs_review as i
from yifa.lines.reconsideration.actions_intake import DISPUTE, dispute_key
from yifa.lines.reconsideration.law import APL, CPL, L17, L23, REG, V23
from yifa.lines.reconsideration.stages import (
    ACCEPTED,
    ALL_PARTIES,
    BODY_HEAD,
    HANDLER,
    OPEN,
    ORGAN_HEAD,
    SECTION_HEAD,
    STAGES,
    SUPERIOR,
)

AFTER = ("served", "performance_ordered")
ANY = tuple(stage.code for stage in STAGES)
SUABLE = ("served", "performance_ordered", "closed", "terminated", "refused", "reviewing")


def _order_accepts(view: View, event: Event) -> object:
    """Accepted on the day of the order, if that is what it orders."""
    return event.data.get("on", event.effective_on) if event.data.get("kind") == "accept" else None


def _ordered_procedure(view: View, event: Event) -> str | None:
    """The procedure of an application accepted by order: by the law of that day, as if the organ had accepted it itself."""
    accepted: Any = _order_accepts(view, event)
    return None if accepted is None else "ordinary" if L23.applies_on(accepted) else "legacy"


def _taken_again(view: View, command: Command) -> Any:
    return None if command.data["kind"] == "taken_over" else dispute_key(view, command)


def _given_up(view: View, command: Command) -> Any:
    return dispute_key(view, command) if command.data["kind"] == "taken_over" else None


# A lawsuit about the same act keeps other applications out; several parties may bring it.
COURT_CASE = Claim("court_case", dispute_key)

AFTER_ACTIONS = (
    Action(
        code="serve_decision", title="送达", by=HANDLER, from_=("decided", "served"),
        to=WhenAll("serve_decision", ALL_PARTIES, then="served", by_law=("served_by_notice",)), inputs=i.Service, per="parties",
        requires=(g.served_after_decision, g.e_service_consented), issues=("service_proof",),
        cite=both(L23.art(75, 2), L17.art(31, 3), CPL.art(87)),
    ),
    Action(
        code="serve_refusal", title="送达不予受理决定", by=HANDLER, from_=("refused",), inputs=i.Service, per="parties",
        issues=("service_proof",), cite=both(L23.art(30, 2), CPL.art(87)),
    ),
    Action(
        code="announce_service", title="公告送达", by=HANDLER, from_=("decided", "served", "refused"),
        inputs=i.NoticeService, per="parties", requires=(g.notice_is_last,), cite=CPL.art(95),
    ),
    Action(
        code="issue_opinion", title="制发意见书", by=HANDLER, decided_by=ORGAN_HEAD, from_=(*ACCEPTED, "closed"),
        inputs=i.Opinion, issues=("opinion",), numbers=("opinion",), cite=both(L23.art(76), REG.art(57, 1)),
    ),
    Action(
        code="issue_suggestion", title="制发建议书", by=HANDLER, decided_by=BODY_HEAD, from_=ANY, inputs=i.Opinion,
        issues=("suggestion",), numbers=("suggestion",), cite=REG.art(57, 2),
    ),
    Action(code="record_feedback", title="反馈整改", by=HANDLER, from_=ANY, inputs=i.Received,
           cite=both(L23.art(76), REG.art(57, 1))),
    Action(code="record_performance", title="履行情况", by=HANDLER, from_=AFTER, inputs=i.Performance,
           cite=both(L23.art(77, 1), L17.art(32, 1))),
    Action(
        code="order_performance", title="责令限期履行", by=HANDLER, decided_by=ORGAN_HEAD, from_=("served",),
        to="performance_ordered", inputs=i.PerformanceOrder, requires=(g.order_open_then, g.not_yet_performed),
        issues=("performance_order",), cite=both(L23.art(77, 2), L17.art(32, 2)),
    ),
    Action(
        code="record_lawsuit", title="登记后续诉讼", by=HANDLER,
        from_=SUABLE, inputs=i.Lawsuit,
        sets={"sued_on": Field("filed_on", EFFECTIVE_ON), "court_case_no": Field("court_case_no"),
              "litigation_case": Field("litigation_case")},
        relates="litigation_case", claims=(COURT_CASE,), cite=both(L23.art(34), L17.art(19), APL.art(45)),
    ),
    Action(
        code="record_court_result", title="登记诉讼结果", by=HANDLER, from_=SUABLE, inputs=i.CourtResult,
        sets={"court_effective_on": Field("final_on", EFFECTIVE_ON), "court_lost": Field("lost")},
        requires=(g.lawsuit_on_record,), cite=APL.art(45),
    ),
    Action(
        code="superior_order", title="上级责令", by=SUPERIOR,
        from_=("refused", "received", "reviewing", "suspended", "decided", "served", "closed"),
        to=by_field("kind", accept="reviewing", resume="reviewing", resume_review="reviewing",
                    resume_suspension="reviewing", taken_over="referred"),
        inputs=i.SuperiorOrder, reopens=True, requires=(g.order_fits,),
        # An application accepted by order is complete and accepted on the day of the order, which governs the version.
        sets={"complete_on": _order_accepts, "accepted_on": _order_accepts, "procedure": _ordered_procedure},
        claims=(Claim("dispute", _taken_again),), releases=(Claim("dispute", _given_up),),
        issues=by_field("kind", accept=("acceptance_notice",), resume=("resumption_notice",),
                        resume_review=("resumption_notice",), resume_suspension=("resumption_notice",), taken_over=()),
        cite=both(L23.art(35), L23.art(40), L17.art(20), REG.art(31), REG.art(48, 2)),
    ),
    Action(code="elevate", title="提级审理", by=SUPERIOR, from_=OPEN, to="referred", inputs=i.ToOrgan, versions=V23,
           sets={"elevated_to": Field("to_organ")}, releases=(DISPUTE,), cite=L23.art(38)),
    Action(code="refer_discipline", title="移送线索、处分建议", by=SECTION_HEAD, from_=ANY, inputs=i.Discipline,
           cite=both(L23.art(85), L23.art(86), L17.art(38), REG.art(65))),
    Action(code="copy_to_superior", title="抄告上一级主管部门", by=HANDLER, from_=AFTER, inputs=i.CopyToSuperior,
           requires=(g.respondent_is_department,), versions=V23, cite=L23.art(79, 2)),
    Action(code="publish", title="公开决定书", by=HANDLER, from_=(*AFTER, "closed"), inputs=NoInput, versions=V23,
           cite=L23.art(79, 1)),
    Action(
        code="close", title="结案归档", by=HANDLER, from_=AFTER, to="closed", inputs=NoInput,
        requires=(g.ready_to_close,), cite=Practice("起诉期届满、履行完毕后归档"),
    ),
)  # fmt: skip
