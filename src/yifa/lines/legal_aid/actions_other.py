"""Duty lawyers' help, consultation, drafting, and the external events that only start or stop clocks (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Claim
from yifa.language.acts import Command, Event
from yifa.language.values import EFFECTIVE_ON, Fact, Field, First
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.legal_aid import guards_conduct as g
from yifa.lines.legal_aid import inputs as i
from yifa.lines.legal_aid import inputs_conduct as c
from yifa.lines.legal_aid.actions import APPLIED, applicants
from yifa.lines.legal_aid.actions_after import CHECKED
from yifa.lines.legal_aid.law import APL, CRPL, ICPL, L23, LAL, LAR, PR
from yifa.lines.legal_aid.needs import ROSTER
from yifa.lines.legal_aid.stages import (
    AIDED,
    ASSIGNER,
    BEFORE_DECISION,
    CLERK,
    DUTY,
    FIRM,
    OBJECTIONABLE,
)


def help_key(view: View, command: Command) -> Any:
    """One record for one person, criminal case and stage."""
    said = {**view.last_data("duty_request"), **command.data}
    who, number = said.get("person"), said.get("organ_case_no")
    return None if who is None or number is None else (who, number, said.get("stage"))


def _substantive(view: View, event: Event) -> Any:
    """More than plain consultation, at any of the meetings."""
    content = event.data.get("content")
    more = None if content is None else any(item != "consultation" for item in content)
    return view.facts.get("substantive") or more


DUTY_CLAIM = Claim("duty_help", help_key)

DUTY_ACTIONS = (
    Action(code="duty_request", title="请求法律帮助", by=CLERK | DUTY | {"organ"}, from_=(None,), to="requested",
           inputs=c.DutyRequest, parties=applicants,
           sets={"kind": "duty_help", "notified_on": Field("notice_received_on", EFFECTIVE_ON), "phase": Field("stage")},
           requires=(g.no_defender,), claims=(DUTY_CLAIM,), numbers=("case",), cite=both(LAL.art(30), LAL.art(37))),
    Action(code="duty_arrange", title="确定值班律师", by=ASSIGNER | CLERK, from_=("requested",), to="arranged",
           inputs=c.DutyArrangement, sets={"person": Field("lawyer")}, needs=(ROSTER,), requires=(g.one_place_at_once,),
           cite=both(LAL.art(14), LAL.art(37))),
    Action(
        code="duty_help", title="提供法律帮助", by=DUTY, from_=("requested", "arranged", "helped"), to="helped",
        inputs=c.DutyHelp, parties=applicants,
        sets={"kind": "duty_help", "helped_on": EFFECTIVE_ON, "counted_on": First((Fact("counted_on"), EFFECTIVE_ON)), "phase": Field("stage"),
              "person": Field("lawyer"), "substantive": _substantive},
        requires=(g.no_defender, g.content_given), claims=(DUTY_CLAIM,), issues=("FLBZ",),
        cite=both(LAL.art(30), CRPL.art(174)),
    ),
    Action(code="duty_record", title="记录归档", by=CLERK | DUTY, from_=("helped",), to="recorded", inputs=i.Ground,
           cite=LAL.art(37)),
    Action(code="consult", title="咨询", by=CLERK | FIRM | DUTY, from_=(None,), to="recorded", inputs=c.Consultation,
           sets={"kind": "consult", "consulted_on": EFFECTIVE_ON, "persons": Field("persons", 1),
                 "counted_in": Field("counted_in", "legal_aid")},
           requires=(g.told_right,), cite=both(LAL.art(22, None, 1), LAL.art(23), LAR.art(25))),
    Action(code="draft_document", title="代拟法律文书", by=CLERK | FIRM | DUTY, from_=(None,), to="recorded",
           inputs=c.Drafting, parties=applicants, sets={"kind": "drafting", "drafted_on": EFFECTIVE_ON},
           cite=LAL.art(22, None, 2)),
)  # fmt: skip

# No permission rule: others do these things. The stages only say when they can happen at all.
EXTERNAL_EVENTS = (
    Action(code="propose", title="拟指派人选", external=True, from_=(*BEFORE_DECISION, *AIDED), inputs=c.Assignment,
           decides=CHECKED, cite=PR.art(25)),
    Action(code="apply_through_duty_lawyer", title="通过值班律师提出申请", external=True, from_=(None,), inputs=i.Forwarding,
           sets={**APPLIED, "applied_at": Field("applied_at", EFFECTIVE_ON)}, cite=LAL.art(39, 2)),
    Action(code="organ_finds", title="办案机关发现应当通知的情形", external=True, from_=(None,), inputs=i.OrganFinds,
           cite=LAL.art(36)),
    Action(code="relatives_informed", title="已通知家属", external=True, from_=(None, *BEFORE_DECISION), inputs=i.Told,
           cite=LAL.art(40, 2)),
    Action(code="set_hearing", title="确定开庭日期", external=True, from_=AIDED, inputs=i.Hearing, cite=ICPL.art(49)),
    Action(code="court_materials_in", title="收到法院材料", external=True, from_=AIDED, inputs=c.Filed, cite=ICPL.art(49)),
    Action(code="retain_own", title="自行委托辩护人", external=True, from_=AIDED, inputs=c.Filed, cite=ICPL.art(50, 2)),
    Action(code="court_notifies_again", title="法院另行通知", external=True, from_=AIDED, inputs=c.Filed, cite=ICPL.art(50, 2)),
    Action(code="apply_reconsideration", title="申请行政复议", external=True, from_=OBJECTIONABLE, inputs=c.Filed,
           cite=both(LAL.art(49, 3), L23.art(20, 1))),
    Action(code="sue", title="提起行政诉讼", external=True, from_=OBJECTIONABLE, inputs=c.Filed,
           cite=both(LAL.art(49, 3), APL.art(46, 1))),
)  # fmt: skip

OTHER_ACTIONS = (*DUTY_ACTIONS, *EXTERNAL_EVENTS)
