"""Deadlines of legal aid after the decision (domain §8). They follow the law of their own trigger's date."""

from datetime import date

from yifa.language.acts import Event
from yifa.language.clocks import Clock, Nature, ends_on, met_on, starts_on, starts_with
from yifa.language.values import By, ByDate, Field
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.legal_aid.clocks import ON_CALL, by_trigger, local
from yifa.lines.legal_aid.inputs import TRIAL
from yifa.lines.legal_aid.law import (
    APL,
    AT_REFUSAL,
    DUTY,
    ICPL,
    L17,
    L23,
    LAL,
    LAL_FROM,
    LAR,
    PR,
    PR12,
    PR_FROM,
    S0,
    S1,
    S2,
    local_days,
)

_ANCIENT = date(2003, 9, 1)
_CRIMINAL = frozenset({"crim_defence_notified", "crim_defence_applied", "crim_rep", "compulsory_treatment"})
_TERMINATED = (
    ends_on("terminate"),
    ends_on("refuse_lawyer", where=lambda view, event: applied_defence(view)),
)


def applied_defence(view: View) -> bool:
    """Refusing the lawyer of an applied defence ends the aid (CRIM13 15)."""
    return view.facts.get("kind") == "crim_defence_applied"


def not_yet_assigned(view: View, event: Event) -> bool:
    """Aid given first has its lawyer already."""
    return not view.facts.get("assigned_first")


def in_criminal_trial(view: View, event: Event) -> bool:
    """Before a court, in a criminal case."""
    return view.facts.get("phase") in TRIAL and view.facts.get("kind") in _CRIMINAL


def changed(view: View, event: Event) -> bool:
    """A change was agreed to."""
    return event.data.get("granted") is not False


def worked_on(view: View, event: Event) -> bool:
    """Somebody had begun to act, so that there is a file to hand in."""
    return view.happened("assign", "arrange_inside") and not view.happened("file_in")


def refusal_ends_aid(view: View, event: Event) -> bool:
    return applied_defence(view) and worked_on(view, event)


def may_redefend(view: View, event: Event) -> bool:
    """Notified defence: refused with good reason that the organ accepts (ICPL 50(2))."""
    return event.data.get("allowed") is not False and not applied_defence(view)


def own_defender_over(view: View, event: Event) -> date | None:
    """The day on which the five days for an own defender end (F3)."""
    return view.due("redefend")


_UNTIL_CHANGED = (ends_on("change", where=changed), *_TERMINATED)

ASSIGN = Clock(
    code="assign", title="指派", nature=Nature.OWN_DUTY,
    starts=(starts_on("grant", "decided_on", where=not_yet_assigned, what="给予决定"),),
    length=by_trigger(By("fact:kind", dict.fromkeys(sorted(_CRIMINAL), PR12.workdays(3)), otherwise=PR12.workdays(7)),
                      LAL.days(3, shift=S0)),
    cite=by_trigger(PR12.art(20), LAL.art(43, 1), both(LAL.art(43, 1), PR.art(24, 1))),
    stops=(met_on("assign", every=True), met_on("arrange_inside", every=True), ends_on("terminate")), readings=(S0,),
    also=ON_CALL, on_expiry="报警",
)  # fmt: skip

AGREEMENT = Clock(
    code="agreement", title="签约", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("assign", "received_on", what="承办机构收到指派"),
            starts_on("change", "received_on", where=changed, what="新的承办机构收到指派")),
    length=ByDate(((_ANCIENT, PR12.workdays(5)), (PR_FROM, PR.days(5, shift=S2)))),
    cite=ByDate(((_ANCIENT, Practice("2012年程序规定：五个工作日（条号待核）")), (PR_FROM, PR.art(27)))),
    stops=(met_on("sign_agreement", "signed_on"), *_UNTIL_CHANGED), readings=(S2,),
    on_expiry="任务；可以更换；受援人或客观原因的记录在案",
)  # fmt: skip

CONTACT = Clock(
    code="contact", title="约见受援人", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("assign", what="指派"), starts_on("change", where=changed, what="更换")),
    length=local("contact_days", 5, PR.workdays(5)), cite=Practice("本地服务标准：五个工作日内约见"),
    stops=(met_on("first_meeting"), *_UNTIL_CHANGED), on_expiry="任务",
)  # fmt: skip

COURT_PAPERS = Clock(
    code="court_papers", title="向法院提交手续", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("assign", "received_on", where=in_criminal_trial, what="审判阶段的指派"),),
    length=ICPL.days(3, shift=S1), cite=both(ICPL.art(52, 2), ICPL.art(66)),
    stops=(met_on("file_court_papers", "filed_on"), *_UNTIL_CHANGED), readings=(S1,), on_expiry="任务",
)  # fmt: skip

REDEFEND = Clock(
    code="redefend", title="另行委托", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("refuse_lawyer", "allowed_on", where=may_redefend, what="准许拒绝辩护"),),
    length=ICPL.days(5, shift=S1), cite=ICPL.art(50, 2), stops=(met_on("retain_own", "filed_on"), ends_on("terminate")),
    readings=(S1,), on_expiry="法院另行通知法律援助机构",
)  # fmt: skip

# Shown as soon as the refusal is allowed, so that the new notice can be expected; it falls away with an own defender.
REDEFEND_NOTICE = Clock(
    code="redefend_notice", title="法院另行通知", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("refuse_lawyer", day=own_defender_over, where=may_redefend, what="另行委托的期限届满"),),
    length=ICPL.days(3, shift=S1), cite=ICPL.art(50, 2),
    stops=(met_on("court_notifies_again", "filed_on"), ends_on("retain_own"), ends_on("terminate")),
    readings=(S1, AT_REFUSAL), on_expiry="按新的通知辩护案件办理",
)  # fmt: skip

CHANGE_DECIDE = Clock(
    code="change_decide", title="更换决定", nature=Nature.OWN_DUTY,
    starts=(starts_on("change_request", "received_on", what="收到更换申请"),),
    length=PR.days(5, shift=S0), cite=both(LAL.art(55), Practice("程序规定第五章：五日（条号待核）")),
    stops=(met_on("change", every=True), *_TERMINATED), readings=(S0,), also=ON_CALL, on_expiry="报警",
)  # fmt: skip

OBJECTION_REVIEW = Clock(
    code="objection_review", title="异议审查", nature=Nature.OWN_DUTY,
    starts=(starts_on("object", "received_on", what="司法行政部门收到异议"),),
    length=by_trigger(LAR.workdays(5), LAL.days(5, shift=S0)), cite=by_trigger(LAR.art(19), LAL.art(49, 2)),
    stops=(met_on("objection_decide", every=True),), readings=(S0,), also=ON_CALL, survives=True, on_expiry="报警",
)  # fmt: skip

FILE_RETURN = Clock(
    code="file_return", title="交卷", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("end", "ended_on", what="结案"),
            starts_on("terminate", "firm_received_on", where=worked_on, what="承办机构收到终止决定"),
            starts_on("refuse_lawyer", "allowed_on", where=refusal_ends_aid, what="拒绝辩护，援助终止")),
    length=PR.days(30, shift=S2), cite=both(LAL.art(50), Practice("程序规定第五章：三十日（条号待核）")),
    stops=(met_on("file_in", "received_on", every=True),), readings=(S2,), on_expiry="提醒，计入承办机构记录",
)  # fmt: skip

FILE_REVIEW = Clock(
    code="file_review", title="卷宗审查", nature=Nature.OWN_DUTY,
    starts=(starts_on("file_in", "received_on", what="收到卷宗"),),
    length=PR.days(30, shift=S0), cite=Practice("程序规定第五章：三十日（条号待核）"),
    stops=(met_on("file_accept", "accepted_on"), ends_on("file_return_back")), readings=(S0,), also=ON_CALL,
    on_expiry="报警",
)  # fmt: skip

SUBSIDY_PAY = Clock(
    code="subsidy_pay", title="支付补贴", nature=Nature.OWN_DUTY,
    starts=(starts_on("file_accept", "accepted_on", where=lambda view, event: not view.facts.get("inside"),
                      what="卷宗审查合格"),),
    length=local("subsidy_pay_days", 30, local_days(30, S0)),
    cite=both(LAL.art(52, 1), Practice("“及时”支付，默认三十日（本地参数）")),
    stops=(met_on("pay", "paid_on"),), readings=(S0,), also=ON_CALL, on_expiry="报警",
)  # fmt: skip

COMMIT_CHECK = Clock(
    code="commit_check", title="承诺抽查", nature=Nature.OWN_DUTY, starts=(starts_with("commit_drawn_on", what="抽中"),),
    length=local("commit_check_days", 30, local_days(30, S0)),
    cite=both(LAL.art(41, 2), Practice("抽中后默认三十日内核查（本地参数）")),
    stops=(met_on("commit_check", "checked_on"),), readings=(S0,), also=ON_CALL, survives=True, on_expiry="任务",
)  # fmt: skip

DUTY_NOTICE = Clock(
    code="duty_notice", title="法律帮助通知", nature=Nature.OTHERS_DUTY, before=True, met_by="notice_received_on",
    starts=(starts_on("duty_request", day=Field("planned_on"), what="拟提供帮助之日"),),
    length=DUTY.workdays(3), cite=Practice("值班律师工作办法：提前三个工作日通知（条号待核）"),
    stops=(ends_on("duty_help"),), on_expiry="任务",
)  # fmt: skip

DUTY_FIX = Clock(
    code="duty_fix", title="确定值班律师", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("duty_request", "notice_received_on", what="收到法律帮助通知"),),
    length=DUTY.workdays(2), cite=Practice("值班律师工作办法：二个工作日内确定（条号待核）"),
    stops=(met_on("duty_arrange", "arranged_on"), ends_on("duty_help")), on_expiry="任务",
)  # fmt: skip

RECON = Clock(
    code="recon", title="申请复议", nature=Nature.RIGHT,
    starts=(starts_on("objection_decide", "served_on", result="maintain", what="维持决定送达"),),
    length=ByDate(((_ANCIENT, L17.days(60)), (L23.in_force, L23.days(60)))),
    cite=ByDate(((_ANCIENT, L17.art(9, 1)), (LAL_FROM, both(LAL.art(49, 3), L17.art(9, 1))),
                 (L23.in_force, both(LAL.art(49, 3), L23.art(20, 1))))),
    stops=(met_on("apply_reconsideration", "filed_on"),), survives=True, on_expiry="丧失申请复议的权利",
)  # fmt: skip

SUIT = Clock(
    code="suit", title="提起诉讼", nature=Nature.RIGHT,
    starts=(starts_on("objection_decide", "served_on", result="maintain", what="维持决定送达"),),
    length=APL.months(6), cite=ByDate(((_ANCIENT, APL.art(46, 1)), (LAL_FROM, both(LAL.art(49, 3), APL.art(46, 1))))),
    stops=(met_on("sue", "filed_on"),), survives=True, on_expiry="丧失起诉的权利",
)  # fmt: skip

AFTER_CLOCKS = (
    ASSIGN, AGREEMENT, CONTACT, COURT_PAPERS, REDEFEND, REDEFEND_NOTICE, CHANGE_DECIDE, OBJECTION_REVIEW, FILE_RETURN,
    FILE_REVIEW, SUBSIDY_PAY, COMMIT_CHECK, DUTY_NOTICE, DUTY_FIX, RECON, SUIT,
)  # fmt: skip
