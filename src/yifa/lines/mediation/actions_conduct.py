"""Acts of mediation from the first meeting to the agreement or its failure (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Facts
from yifa.language.acts import Command, Event, FollowUp
from yifa.language.values import EFFECTIVE_ON, Fact, Field
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.mediation import guards as intake
from yifa.lines.mediation import guards_conduct as g
from yifa.lines.mediation import inputs_conduct as c
from yifa.lines.mediation.actions import MEDIATORS
from yifa.lines.mediation.facts import in_force_on, last_performance, mediation_started, within_term
from yifa.lines.mediation.law import IM16, MED18, OM22, PML
from yifa.lines.mediation.stages import (
    BEFORE_AGREEMENT,
    HEAD,
    IN_MEDIATION,
    MEDIATOR,
    OPEN,
    PARTY,
    TOWN,
)


def _concluded(view: View, event: Event) -> Any:
    """The day a mediation that had begun ended; what ends before it began counts in no rate."""
    return view.facts.get("concluded_on") or (event.effective_on if mediation_started(view) else None)


def _ended_as(outcome: str) -> Any:
    """The first outcome stays: an agreement that is not kept is no failed mediation."""
    return lambda view, event: (
        view.facts.get("outcome") or (outcome if mediation_started(view) else f"{outcome}_early")
    )


AGREED = {
    "agreed_on": in_force_on, "concluded_on": Fact("concluded_on", in_force_on), "outcome": Fact("outcome", "agreed"),
    "resolved_on": Fact("resolved_on", in_force_on), "performance_due_on": last_performance, "in_term": within_term,
}  # fmt: skip


def _elsewhere(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    """A dispute passed on to another committee goes on there, with what is known and the day it was first received."""
    known = view.last_data("register")
    if command.data["target"] != "committee" or not known:
        return ()
    data = {**known, "channel": "agency", "referrer_doc": "调解转办函", "handed_over_on": command.on,
            "received_on": view.facts.get("received_on"), "committee": command.data.get("body")}  # fmt: skip
    return (FollowUp(Command("register", command.on, data), None, "mediation", "later"),)


CONDUCT_ACTIONS = (
    Action(code="choose_mediator", title="选定调解员", by=PARTY | MEDIATOR | HEAD, from_=("accepted", "mediating"), inputs=c.Choice,
           sets={"mediators": Field("ids")}, needs=(MEDIATORS,), requires=(g.not_rejected, intake.mediators_fit),
           cite=both(PML.art(19), PML.art(23, None, 1))),
    Action(code="invite", title="邀请参与", by=MEDIATOR, from_=("mediating",), inputs=c.Invitation, requires=(g.guests_agreed,),
           cite=PML.art(20, 1)),
    Action(code="find_risk", title="发现激化苗头", by=MEDIATOR, from_=OPEN, inputs=c.RiskFound, cite=PML.art(25)),
    Action(code="report_risk", title="报告激化", by=MEDIATOR, from_=OPEN, inputs=c.RiskReport, requires=(g.report_in_order,),
           issues=("med_risk",), cite=PML.art(25)),
    Action(code="pause", title="暂停", by=MEDIATOR, from_=("mediating",), to="paused", inputs=c.Break,
           requires=(g.appraisal_dated,), cite=both(MED18.art(38), PML.art(23, None, 2))),
    Action(code="resume", title="恢复", by=MEDIATOR, from_=("paused",), to="mediating", inputs=c.Return,
           requires=(g.appraisal_returned,), cite=both(MED18.art(38), PML.art(21, 2))),
    Action(code="extend", title="延长", by=PARTY | MEDIATOR, decided_by=HEAD, from_=("accepted", *IN_MEDIATION), inputs=c.Longer,
           requires=(g.extension_agreed,), discretion="各方当事人和调解组织约定延长到哪一天",
           cite=both(MED18.art(38), IM16.art(27), OM22.art(24))),
    Action(
        code="agree_written", title="书面协议", by=MEDIATOR, from_=("mediating",), to="agreed", inputs=c.Written, sets=AGREED,
        requires=(g.signed_by_all, g.lawful_content, intake.no_fee), warns=(g.content_complete,), issues=("med_agreement",),
        numbers=("agreement",), cite=both(PML.art(28), PML.art(29)),
    ),
    Action(
        code="agree_oral", title="口头协议", by=MEDIATOR, from_=("mediating",), to="agreed", inputs=c.Oral, sets=AGREED,
        requires=(g.no_paper, g.lawful_content, intake.no_fee), issues=("med_oral",), cite=both(PML.art(28), PML.art(30)),
    ),
    Action(
        code="fail", title="终止（不成）", by=MEDIATOR, from_=IN_MEDIATION, to="closed_failed", inputs=c.Failure,
        sets={"concluded_on": Fact("concluded_on", EFFECTIVE_ON), "outcome": Fact("outcome", "failed"), "in_term": within_term},
        requires=(g.routes_told,), warns=(g.limits_running, g.first_offer), issues=("med_fail",), cite=PML.art(26),
    ),
    Action(code="withdraw", title="撤回", by=PARTY | MEDIATOR, from_=("screened", *BEFORE_AGREEMENT), to="closed_withdrawn",
           inputs=c.Withdrawal, sets={"concluded_on": _concluded, "outcome": _ended_as("withdrawn"), "in_term": within_term}, warns=(g.limits_running,),
           cite=PML.art(23, None, 2)),
    Action(
        code="route", title="转办", by=MEDIATOR | TOWN, from_=OPEN, to="closed_routed", inputs=c.Referral,
        sets={"routed_to": Field("target"), "concluded_on": _concluded, "outcome": _ended_as("routed"), "in_term": within_term},
        requires=(g.chosen_freely,), warns=(g.door_shut, g.limits_running), issues=("med_refer",), follow_ups=_elsewhere,
        discretion="转往何处由当事人选择", cite=both(PML.art(3, None, 3), PML.art(26)),
    ),
)  # fmt: skip
