"""Acts from the hearing to the judgment, appeal and retrial (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Claim, Facts, Need
from yifa.language.acts import Command, Event, FollowUp
from yifa.language.values import EFFECTIVE_ON, By, Fact, Field, First, by_fact, by_field
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.litigation import facts as f
from yifa.lines.litigation import guards_court as g
from yifa.lines.litigation import guards_intake as intake
from yifa.lines.litigation import inputs_court as c
from yifa.lines.litigation.actions_intake import COURT_CLAIM, COURT_INSTANCE
from yifa.lines.litigation.effects import told
from yifa.lines.litigation.law import APL, HEAD, INT
from yifa.lines.litigation.stages import (
    BEFORE_HEARING,
    FIRST_INSTANCE,
    LEAD,
    ORGAN_HEAD,
    SECTION_HEAD,
    STAFF,
)
from yifa.lines.litigation.tables import APPEALABLE, ATTENDANCE, present, served

TRIAL = ("awaiting_hearing", "appealing", "retrial")
RUNNING = (*FIRST_INSTANCE, "suspended", "appealing")
GOES_ON = ("answering", "awaiting_hearing", "heard", "appealing")


def _slot(view: View, officer: Any) -> Any:
    at = g.hearing_at(view)
    return None if at is None or officer is None else (officer, at.isoformat())


def _nominee(view: View, command: Command) -> Any:
    return _slot(view, command.data.get("officer"))


def _before(view: View, command: Command) -> Any:
    """The place in court the last nominee held."""
    acts = (*view.acts.get("nominate_officer", ()), *view.acts.get("replace_officer", ()))
    last = max(acts, key=lambda act: act.seq, default=None)
    return None if last is None else _slot(view, last.data.get("officer"))


OFFICER_TIME = Need("officer_time", _nominee, optional=True)
HOLDS_TIME = Claim("officer_time", _nominee)
GIVES_TIME = Claim("officer_time", _before)


HEARING_ACTIONS = (
    Action(
        code="set_hearing", title="登记开庭", by=STAFF, from_=("answering", *TRIAL), inputs=c.HearingSet,
        to=By("stage", dict.fromkeys((None, "answering"), "awaiting_hearing")),
        sets=f.NOTIFIED | {"hearing_at": Field("hearing_at"), "excused": False}, requires=(g.hearing_ahead,),
        warns=(g.summons_in_time, g.answer_given), cite=both(INT.art(71), HEAD.art(5)),
    ),
    Action(
        code="postpone_hearing", title="延期开庭", by=STAFF, from_=TRIAL, inputs=c.Postponement,
        sets={"hearing_at": Field("new_hearing_at")}, requires=(g.hearing_set, g.hearing_ahead), releases=(GIVES_TIME,),
        cite=both(INT.art(72), HEAD.art(9, 3)),
    ),
    Action(
        code="nominate_officer", title="确定出庭负责人", by=LEAD, decided_by=ORGAN_HEAD, from_=TRIAL, inputs=c.Nomination,
        needs=(OFFICER_TIME,), requires=(g.hearing_set, g.before_hearing, g.officer_fits, g.identity_proven, g.officer_free),
        sets={"excused": False}, claims=(HOLDS_TIME,), issues=("officer_identity",),
        cite=both(APL.art(3, 3), INT.art(128, 1), HEAD.art(2), HEAD.art(6)),
    ),
    Action(
        code="replace_officer", title="更换出庭负责人", by=LEAD, decided_by=ORGAN_HEAD, from_=TRIAL, inputs=c.Nomination,
        needs=(OFFICER_TIME,),
        requires=(g.hearing_set, g.before_hearing, g.replacement_smooth, g.officer_fits, g.identity_proven, g.officer_free),
        sets={"excused": False}, claims=(HOLDS_TIME,), releases=(GIVES_TIME,), issues=("officer_identity",),
        cite=HEAD.art(5, 3),
    ),
    Action(
        code="excuse_officer", title="负责人不能出庭说明", by=LEAD, decided_by=ORGAN_HEAD, from_=TRIAL, inputs=c.Excuse,
        requires=(g.hearing_set, g.before_hearing, g.excuse_sound, g.staff_come), sets={"excused": True}, releases=(GIVES_TIME,),
        issues=("officer_excuse",), cite=both(APL.art(3, 3), INT.art(129, 3), HEAD.art(8), HEAD.art(9)),
        note="经说明的缺席不计为负责人出庭",
    ),
    Action(
        code="record_hearing", title="登记庭审", by=STAFF, from_=TRIAL, inputs=c.HearingHeld,
        to=By("stage", dict.fromkeys((None, "awaiting_hearing"), By("field:held", {False: None}, "heard"))),
        sets=f.ATTENDED, requires=(g.hearing_set, g.hearing_day_come, g.officer_of_organ, g.attendance_regular),
        warns=(g.officer_absent, g.silent_officer), decides=((ATTENDANCE, present),),
        cite=both(INT.art(128), INT.art(132), HEAD.art(11)),
    ),
    Action(
        code="change_act", title="被告改变行政行为", by=LEAD, decided_by=ORGAN_HEAD, from_=(*BEFORE_HEARING, "heard"),
        inputs=c.ChangedAct, sets={"act_changed_on": EFFECTIVE_ON}, requires=(g.court_informed,),
        discretion="是否改变行政行为由作出机关决定；原告不撤诉的，法院仍可确认原行为违法",
        cite=both(INT.art(81), APL.art(62)),
    ),
    Action(
        code="suspend", title="中止诉讼", by=STAFF, from_=GOES_ON, to="suspended", inputs=c.Suspension,
        sets={"suspended_from": lambda view, event: view.stage}, cite=INT.art(87, 1),
    ),
    Action(
        code="resume", title="恢复诉讼", by=STAFF, from_=("suspended",), to=by_fact("suspended_from", **{s: s for s in GOES_ON}),
        inputs=c.Resumption, requires=(g.suspension_order,), cite=INT.art(87, 2),
    ),
    Action(code="start_appraisal", title="鉴定开始", by=STAFF, from_=GOES_ON, inputs=c.Span, cite=INT.art(50, 1)),
    Action(code="end_appraisal", title="鉴定结束", by=STAFF, from_=GOES_ON, inputs=c.Span, cite=INT.art(50, 1)),
    Action(code="start_notice", title="公告送达开始", by=STAFF, from_=GOES_ON, inputs=c.Span, cite=INT.art(50, 1)),
    Action(code="end_notice", title="公告送达结束", by=STAFF, from_=GOES_ON, inputs=c.Span, cite=INT.art(50, 1)),
    Action(
        code="extend_court_limit", title="上级法院批准延长审限", by=STAFF, from_=GOES_ON, inputs=c.CourtExtension,
        cite=both(APL.art(81), APL.art(88)),
    ),
)  # fmt: skip

ENDED = {"first_ended_on": First((Fact("first_ended_on"), Field("served_on", EFFECTIVE_ON)))}

ENDING_ACTIONS = (
    Action(
        code="withdraw_ruling", title="准许撤诉、按撤诉处理", by=STAFF, from_=RUNNING, to="settled", inputs=c.Withdrawal,
        sets=ENDED | {"outcome": "withdrawn", "ended_by": Field("why"), "settled_on": Field("served_on", EFFECTIVE_ON)},
        cite=both(APL.art(62), APL.art(58), INT.art(61)),
    ),
    Action(
        code="court_mediation", title="行政调解书", by=STAFF, from_=RUNNING, to="settled", inputs=c.CourtMediation,
        sets=ENDED | {"outcome": "mediated", "ended_by": "settled", "settled_on": Field("served_on", EFFECTIVE_ON),
                      "performance_due": Field("performance_due"), "effective_on": f.last_service},
        requires=(g.mediation_allowed,), discretion="是否调解由当事人自愿决定", cite=both(APL.art(60), INT.art(85, 3)),
    ),
    Action(
        code="terminate_suit", title="终结诉讼", by=STAFF, from_=RUNNING, to="closed", inputs=c.Termination,
        sets=ENDED | {"outcome": "terminated"}, requires=(g.termination_ripe,), cite=INT.art(88),
    ),
)  # fmt: skip


def _tell_second(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    """A judgment of second instance is effective when served."""
    if command.data["result"] == "remanded":
        return ()
    event = Event(-1, command.action, command.on, command.data)
    return told(view, f.last_service(view, event), f.lost_again(view, event))


JUDGMENT_ACTIONS = (
    Action(
        code="serve_judgment", title="收到一审判决、裁定", by=STAFF, from_=(*BEFORE_HEARING, "heard", "judged"),
        to=By("stage", {"judged": None}, By("fact:appealable", {"final": "effective"}, "judged")), inputs=c.Judgment,
        sets={
            "appealable": lambda view, event: APPEALABLE.find(served(view, event)).outcome,
            "judged_on": Field("served_on", EFFECTIVE_ON), "result": f.judged_result, "lost": f.is_lost,
            "performance_due": Field("performance_due"), "performance_days": Field("performance_days"),
            "amount_awarded": Field("amount"), "effective_on": f.final_ruling,
        } | ENDED,
        requires=(g.hearing_before_judgment, g.ruling_named, g.parties_known), decides=((APPEALABLE, served),),
        cite=both(APL.art(80), APL.art(85), INT.art(101)),
    ),
    Action(
        code="decide_appeal", title="上诉决定", by=LEAD, decided_by=SECTION_HEAD | ORGAN_HEAD, from_=("judged", "appealing"),
        inputs=c.AppealDecision, sets={"appeal_decided": Field("appeal")}, requires=(g.appeal_open,),
        discretion="是否上诉由被告行政机关决定", cite=both(APL.art(85), INT.art(101, 2)),
    ),
    Action(
        code="file_appeal", title="提起上诉", by=LEAD, from_=("judged", "appealing"), to="appealing", inputs=c.Appeal,
        sets={"instance": f.next_instance, "court_case_no": Field("court_case_no")},
        needs=(COURT_INSTANCE,), requires=(g.appeal_open, g.ours_decided, g.appeal_in_time, intake.case_no_free),
        claims=(COURT_CLAIM,), issues=("appeal",), cite=APL.art(85),
    ),
    Action(
        code="receive_appeal", title="收到上诉状副本", by=STAFF, from_=("judged", "appealing"), to="appealing",
        inputs=c.AppealReceived, sets={"instance": f.next_instance, "court_case_no": Field("court_case_no")},
        needs=(COURT_INSTANCE,), requires=(g.appeal_open, intake.case_no_free), warns=(g.not_yet_effective,), claims=(COURT_CLAIM,),
        cite=INT.art(108, 2),
    ),
    Action(code="answer_appeal", title="提交上诉答辩状", by=LEAD, decided_by=ORGAN_HEAD, from_=("appealing",), inputs=c.Filed,
           issues=("answer",), cite=INT.art(108, 2)),
    Action(
        code="serve_second", title="收到二审裁判", by=STAFF, from_=("appealing",),
        to=by_field("result", remanded="awaiting_hearing", suit_withdrawn="settled", otherwise="effective"), inputs=c.SecondJudgment,
        sets={
            "result": f.second_result, "lost": f.lost_again, "instance": f.remanded, "court_case_no": Field("court_case_no"),
            "second_result": Field("result"), "performance_due": Field("performance_due"),
            "performance_days": Field("performance_days"), "effective_on": f.effective_at_once,
        },
        requires=(g.new_result_named, g.remanded_once), follow_ups=_tell_second, cite=both(APL.art(89), INT.art(109)),
    ),
    Action(
        code="apply_retrial", title="申请再审", by=LEAD, decided_by=ORGAN_HEAD, from_=("effective", "enforcing", "settled", "closed"),
        to="retrial", reopens=True, inputs=c.RetrialRequest, sets={"instance": "retrial"}, requires=(g.something_effective, g.retrial_in_time),
        cite=both(APL.art(90), APL.art(91), INT.art(110)), note="申请再审不停止判决、裁定的执行",
    ),
    Action(
        code="receive_retrial", title="收到再审申请书副本", by=STAFF, from_=("effective", "enforcing", "settled", "closed"),
        to="retrial", reopens=True, inputs=c.RetrialReceived, sets={"instance": "retrial", "court_case_no": Field("court_case_no")},
        needs=(COURT_INSTANCE,), requires=(g.something_effective, intake.case_no_free), claims=(COURT_CLAIM,), cite=INT.art(111),
    ),
    Action(code="answer_retrial", title="提交再审书面意见", by=LEAD, from_=("retrial",), inputs=c.Filed, cite=INT.art(111)),
    Action(
        code="serve_retrial", title="收到再审裁定、裁判", by=STAFF, from_=("retrial",),
        to=by_field("result", ordered=None, appealable="judged", otherwise="effective"), inputs=c.RetrialResult,
        sets={"retrial_result": Field("result"), "result": f.second_result, "lost": f.lost_again, "effective_on": f.retrial_effect},
        requires=(g.new_result_named,), cite=both(INT.art(116), INT.art(119), INT.art(121)),
    ),
)  # fmt: skip

COURT_ACTIONS = (*HEARING_ACTIONS, *ENDING_ACTIONS, *JUDGMENT_ACTIONS)
