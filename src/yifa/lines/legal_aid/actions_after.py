"""Acts of legal aid from assignment to archive, and the objection (domain §7)."""

from typing import Any

from yifa.language.actions import Action
from yifa.language.acts import Event
from yifa.language.rules import RuleTable
from yifa.language.values import EFFECTIVE_ON, By, Field, IfFact
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.legal_aid import guards as intake
from yifa.lines.legal_aid import guards_conduct as g
from yifa.lines.legal_aid import inputs as i
from yifa.lines.legal_aid import inputs_conduct as c
from yifa.lines.legal_aid import quality
from yifa.lines.legal_aid.actions import MATTER
from yifa.lines.legal_aid.assignment import ASSIGNMENT, candidate_of
from yifa.lines.legal_aid.commitments import CONSEQUENCE, Checked
from yifa.lines.legal_aid.law import CRIM13, ICPL, LAL, LAR, PR, SUBSIDY_RULES
from yifa.lines.legal_aid.means import parameter
from yifa.lines.legal_aid.needs import POOL, person_of
from yifa.lines.legal_aid.parameters import GRADES
from yifa.lines.legal_aid.stages import (
    AFTER_GRANT,
    AIDED,
    ASSESSOR,
    ASSIGNER,
    BEFORE_DECISION,
    BUREAU,
    FINANCE,
    FIRM,
    HEAD,
    IN_HAND,
    OBJECTIONABLE,
    PERSON,
    REVIEWER,
    WORKING,
)


def _candidate(view: View, event: Event) -> Any:
    return candidate_of(view, event.data, event.effective_on, event.facts)


def _named(view: View, event: Event) -> str | None:
    return person_of(event.data)


def _grade(view: View, event: Event) -> Any:
    scores = event.data.get("scores")
    day = event.effective_on
    return (
        quality.grade(scores, parameter(view.env.parameters, "quality_grades", day, GRADES))
        if scores
        else None
    )


def _checked(view: View, event: Event) -> Any:
    result = event.data.get("result")
    return None if result is None else Checked(result, event.data.get("still_eligible", True))


CHECKED: tuple[tuple[RuleTable, Any], ...] = ((ASSIGNMENT, _candidate),)
_STAY_FIRST = By("fact:aid_first_open", {True: None}, otherwise="assigned")
_TO_ORGAN = By("fact:kind", {"crim_defence_notified": ("ZPTZ", "TZHD"), "compulsory_treatment": ("ZPTZ", "TZHD")},
               otherwise=("ZPTZ", "ZPGH"))  # fmt: skip

ASSIGNING_ACTIONS = (
    Action(
        code="assign", title="指派", by=ASSIGNER, from_=("granted", "notified", *BEFORE_DECISION), to=_STAY_FIRST,
        inputs=c.Assignment,
        sets={"assigned_on": EFFECTIVE_ON, "person": _named, "firm": Field("firm"), "assigned_first": By("fact:aid_first_open", {True: True})},
        needs=POOL, requires=(g.aid_is_open, g.checks_pass, g.firm_accepts), warns=(g.checks_to_weigh,), decides=CHECKED,
        issues=_TO_ORGAN, cite=both(LAL.art(36), LAL.art(43, 1), PR.art(24)),
    ),
    Action(
        code="arrange_inside", title="安排本机构人员", by=ASSIGNER, from_=("granted",), to="assigned", inputs=c.Assignment,
        sets={"assigned_on": EFFECTIVE_ON, "person": _named, "firm": Field("firm"), "inside": True}, needs=POOL,
        requires=(g.staff_inside, g.checks_pass), warns=(g.checks_to_weigh,), decides=CHECKED, issues=("ZPGH",),
        cite=LAL.art(13),
    ),
    Action(
        code="change", title="更换决定", by=ASSIGNER, decided_by=HEAD, from_=IN_HAND,
        to=By("field:granted", {False: None}, otherwise="assigned"), inputs=c.Change,
        sets={"person": By("field:granted", {False: None}, otherwise=_named),
              "firm": By("field:granted", {False: None}, otherwise=Field("firm"))}, needs=POOL, requires=(g.change_grounded,),
        warns=(g.checks_to_weigh,), decides=CHECKED, issues=("GHJD",), cite=LAL.art(55),
    ),
)  # fmt: skip

CONDUCT_ACTIONS = (
    Action(code="sign_agreement", title="签订委托协议", by=FIRM, from_=("assigned", *BEFORE_DECISION),
           to=By("fact:aid_first_open", {True: None}, otherwise="agreed"), inputs=c.Agreement,
           requires=(g.someone_assigned, intake.no_fee), cite=PR.art(27)),
    Action(code="begin_handling", title="开始承办", by=FIRM, from_=("assigned", "agreed"), to="handling", inputs=i.Ground,
           cite=LAL.art(46, 1)),
    Action(code="file_court_papers", title="向法院提交手续", by=FIRM, from_=WORKING, inputs=c.Filed,
           requires=(g.someone_assigned,), cite=both(ICPL.art(52, 2), ICPL.art(66))),
    Action(code="first_meeting", title="首次会见、约见", by=PERSON, from_=WORKING,
           to=By("fact:aid_first_open", {True: None}, otherwise="handling"), inputs=c.Meeting,
           requires=(g.someone_assigned,), cite=CRIM13.art(14)),
    Action(code="report_progress", title="通报", by=PERSON, from_=WORKING, inputs=i.Ground, requires=(g.someone_assigned,),
           cite=LAL.art(46, 2)),
    Action(code="report_ground", title="报告终止或冲突情形", by=PERSON, from_=WORKING, inputs=i.Ground,
           requires=(g.someone_assigned,), cite=LAL.art(48, 2)),
    Action(code="change_request", title="申请更换", by=frozenset({"recipient", "reviewer"}), from_=IN_HAND,
           inputs=c.ChangeRequest, warns=(g.evidence_given,), cite=LAL.art(55)),
    Action(code="refuse_lawyer", title="拒绝辩护", by=frozenset({"organ", "aid_person", "reviewer"}), from_=IN_HAND,
           to=By("fact:kind", {"crim_defence_applied": "terminated"}), inputs=c.LawyerRefused,
           sets={"closed_as": By("fact:kind", {"crim_defence_applied": "terminated"})}, requires=(g.refusal_once,),
           cite=both(CRIM13.art(15), ICPL.art(50))),
    Action(
        code="terminate", title="终止决定", by=REVIEWER, decided_by=HEAD, from_=(*AIDED, *BEFORE_DECISION), to="terminated",
        inputs=c.Termination,
        sets={"terminated_on": EFFECTIVE_ON, "concluded_on": EFFECTIVE_ON, "closed_as": "terminated", "aid_first_open": False},
        requires=(g.termination_grounded,), issues=("ZZJD",), releases=(MATTER,),
        cite=both(LAL.art(48, 1), LAR.art(23)),
    ),
    Action(code="end", title="办结", by=PERSON, from_=IN_HAND, to="ended", inputs=c.Ending,
           sets={"ended_on": Field("ended_on", EFFECTIVE_ON), "concluded_on": Field("ended_on", EFFECTIVE_ON)},
           requires=(g.ended_in_order, intake.no_fee), cite=LAL.art(50)),
    Action(code="file_in", title="交卷", by=FIRM, from_=("ended", "terminated"), to="file_in", inputs=c.FileIn,
           requires=(g.work_was_done,), cite=LAL.art(50)),
    Action(code="file_accept", title="卷宗审查合格", by=REVIEWER, from_=("file_in",), to="file_review", inputs=c.FileIn,
           sets={"file_accepted_on": Field("accepted_on", EFFECTIVE_ON)}, requires=(g.file_complete,), cite=LAL.art(50)),
    Action(code="file_return_back", title="退回补正卷宗", by=REVIEWER, from_=("file_in",),
           to=IfFact("terminated_on", then="terminated", otherwise="ended"), inputs=c.FileIn, requires=(g.missing_named,),
           cite=LAL.art(50)),
    Action(code="pay", title="支付补贴", by=FINANCE, from_=("file_review",), to="paid", inputs=c.Payment,
           sets={"paid_on": Field("paid_on", EFFECTIVE_ON)}, requires=(g.payment_due, g.payment_by_table),
           issues=("BZFD",), cite=both(LAL.art(52), SUBSIDY_RULES)),
    Action(code="archive", title="归档", by=REVIEWER, from_=("file_review", "paid", "terminated"), to="archived",
           inputs=i.Ground, requires=(g.ready_to_archive,), cite=LAL.art(50)),
    Action(code="assess", title="质量评估", by=ASSESSOR, from_=("paid", "archived"), inputs=c.Assessment,
           sets={"assessed_on": EFFECTIVE_ON, "grade": _grade}, requires=(g.assessed_well,), cite=LAL.art(57)),
    Action(code="draw_commitment", title="抽中承诺核查", by=REVIEWER, from_=AFTER_GRANT, inputs=c.CommitmentDraw,
           sets={"commit_drawn_on": Field("drawn_on", EFFECTIVE_ON)}, requires=(g.on_commitment,), cite=LAL.art(41, 2)),
    Action(
        code="commit_check", title="承诺核查", by=REVIEWER, from_=AFTER_GRANT, inputs=c.CommitmentCheck,
        sets={"commit_checked_on": Field("checked_on", EFFECTIVE_ON), "commit_result": Field("result")},
        requires=(g.on_commitment, g.drawn_before), decides=((CONSEQUENCE, _checked),), cite=LAL.art(41, 2),
    ),
    Action(code="recover", title="追缴", by=BUREAU, from_=OBJECTIONABLE,
           inputs=c.Recovery, requires=(g.only_after_fraud, g.fine_capped), cite=LAL.art(64)),
)  # fmt: skip

OBJECTION_ACTIONS = (
    Action(code="object", title="提出异议", by=frozenset({"applicant", "recipient", "bureau"}),
           from_=(None, "objection_decided"), to="objection", track="objection", inputs=c.Objection,
           requires=(g.objection_open,), cite=both(LAL.art(49, 1), LAR.art(19))),
    Action(
        code="objection_decide", title="异议审查决定", by=BUREAU, from_=("objection",), to="objection_decided",
        track="objection", inputs=c.ObjectionDecision,
        sets={"objection_decided_on": EFFECTIVE_ON, "objection_result": Field("result")}, issues=("YYJD",),
        cite=both(LAL.art(49, 2), LAR.art(19)),
    ),
    Action(
        code="resume_after_objection", title="依责令改正", by=REVIEWER, decided_by=HEAD, from_=OBJECTIONABLE,
        to=By("fact:closed_as", {"refused": "reviewing", "terminated": "handling"}, otherwise="reviewing"), inputs=i.Ground,
        requires=(g.correction_ordered,), reopens=True, claims=(MATTER,), cite=LAL.art(49, 2),
    ),
)  # fmt: skip

AFTER_ACTIONS = (*ASSIGNING_ACTIONS, *CONDUCT_ACTIONS, *OBJECTION_ACTIONS)
