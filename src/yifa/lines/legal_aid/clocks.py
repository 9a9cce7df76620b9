"""Deadlines of legal aid (domain §8). Steps after the decision follow the law of their own trigger's date."""

from datetime import date, datetime
from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import (
    Clock,
    Extension,
    Nature,
    PauseRule,
    ends_on,
    met_on,
    on,
    starts_on,
    starts_with,
)
from yifa.language.values import By, ByDate, Day, Field, First, Fixed, Parameter, Sized, by_version
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.legal_aid.inputs import TRIAL
from yifa.lines.legal_aid.law import (
    APL,
    DUTY,
    FIRST_WINDOW,
    ICPL,
    L23,
    LAL,
    LAL_FROM,
    LAR,
    PPR,
    PR,
    PR12,
    PR_FROM,
    S0,
    S1,
    S2,
    SUPPLEMENT,
    local_days,
)

_ANCIENT = date(2003, 9, 1)
_TERMINATED = (ends_on("terminate"),)

SUPPLEMENTING = PauseRule(on("ask_supplement", "served_on"), (on("supplement_in", "received_on"),), "(]")
ASSISTING = PauseRule(on("assist_request"), (on("assist_reply"),), "(]")


def by_law(old: Any, lal: Any, pr: Any = None) -> ByDate:
    """A choice by the trigger's date: before 2022, from 2022 (LAL), from 2023-09-01 (PR)."""
    return ByDate(((_ANCIENT, old), (LAL_FROM, lal), (PR_FROM, lal if pr is None else pr)))


def at_trial(view: View, event: Event) -> bool:
    """The case is before a court."""
    return view.facts.get("phase") in TRIAL


def has_hearing(view: View, event: Event) -> bool:
    """A hearing is set, in a procedure for which the 15 days hold (not summary or fast-track)."""
    return "hearing_on" in event.data and not event.data.get("summary_procedure")


def has(name: str) -> Any:
    """The act carries this field."""
    return lambda view, event: name in event.data


def maintained(view: View, event: Event) -> bool:
    """The bureau upheld the agency's decision."""
    return event.data.get("result") == "maintain"


def applied(view: View, event: Event) -> datetime | date | None:
    """When the application was made; a day without a time begins at its start."""
    return event.data.get("applied_at") or event.effective_on


ORGAN_NOTIFY = Clock(
    code="organ_notify", title="办案机关通知", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("organ_finds", "found_on", what="办案机关发现应当通知的情形"),),
    length=LAL.days(3, shift=S1), cite=both(LAL.art(36), PPR.art(42), ICPL.art(46)),
    stops=(met_on("notify_in", "received_on"),), readings=(S1,), on_expiry="记录并提醒办案机关",
)  # fmt: skip

ASSIGN_NOTIFIED = Clock(
    code="assign_notified", title="通知辩护指派", nature=Nature.OWN_DUTY,
    starts=(starts_on("notify_in", "received_on", what="收到通知"),),
    length=by_law(PR12.workdays(3), LAL.days(3, shift=S0)), cite=by_law(PR12.art(20), LAL.art(36)),
    stops=(met_on("assign", every=True),), readings=(S0,), on_expiry="向机构负责人和司法行政部门报警",
)  # fmt: skip

FORWARD_24H = Clock(
    code="forward_24h", title="转交申请", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("apply_through_duty_lawyer", day=applied, what="通过值班律师提出申请", cite=LAL.art(39, 2)),
            starts_on("forward", day=applied, what="在押人员提出申请")),
    length=LAL.hours(24), cite=both(LAL.art(39, 1), PPR.art(43)), met_by="forwarded_at",
    stops=(met_on("receive", "received_at", every=True), met_on("forward", "forwarded_at", every=True)),
    on_expiry="记录",
)  # fmt: skip

RELATIVES_TOLD = Clock(
    code="relatives_told", title="通知家属协助", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("forward", day=Day("organ_received_on", Day("applied_at")), what="办案机关收到申请"),),
    length=PR.days(3, shift=S1), cite=Practice("程序规定第二章（条文待核）"), stops=(met_on("relatives_informed"),),
    readings=(S1,), on_expiry="记录",
)  # fmt: skip

REVIEW = Clock(
    code="review", title="审查决定", nature=Nature.OWN_DUTY,
    starts=(starts_with("first_received_on", what="收到申请"),),
    length=by_version(**{"vla-2003": PR12.workdays(7), "vla-2022": LAL.days(7, shift=S0),
                         "vla-2023": LAL.days(7, shift=S0), "vla-gz2026": LAL.days(7, shift=S0)}),
    cite=By("version", {"la-2003": PR12.art(13)}, otherwise=LAL.art(43, 1)),
    stops=(met_on("grant", every=True), met_on("refuse", every=True), ends_on("withdraw"), ends_on("terminate")),
    pauses=(SUPPLEMENTING, ASSISTING), readings=(S0, FIRST_WINDOW, SUPPLEMENT), on_expiry="报警；不发生视为给予的效果",
)  # fmt: skip

SUPPLEMENT_TERM = Clock(
    code="supplement", title="补充期限", nature=Nature.RIGHT,
    starts=(starts_on("ask_supplement", "served_on", what="补充通知送达"),),
    length=First((Fixed(Field("due_on"), "通知确定的期限"),
                  Sized(Field("term", Parameter("supplement_days")), local_days(10, S2)), local_days(10, S2))),
    cite=both(LAL.art(43, 2), Practice("补充期限由通知确定，默认十日（本地参数）")),
    stops=(met_on("supplement_in", "received_on"), ends_on("withdraw")),
    extensions=(Extension(on("extend_supplement"), to_field="new_due"),), readings=(S2,), on_expiry="视为撤回申请",
)  # fmt: skip

ASSIGN = Clock(
    code="assign", title="指派", nature=Nature.OWN_DUTY, starts=(starts_on("grant", what="给予决定"),),
    length=ByDate(((_ANCIENT, By("fact:kind", {"crim_defence_applied": PR12.workdays(3)}, otherwise=PR12.workdays(7))),
                   (LAL_FROM, LAL.days(3, shift=S0)))),
    cite=by_law(PR12.art(20), LAL.art(43, 1), both(LAL.art(43, 1), PR.art(24, 1))),
    stops=(met_on("assign", every=True), met_on("arrange_inside", every=True), *_TERMINATED), readings=(S0,),
    on_expiry="报警",
)  # fmt: skip

AGREEMENT = Clock(
    code="agreement", title="签约", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("assign", "received_on", what="承办机构收到指派"),),
    length=ByDate(((_ANCIENT, PR12.workdays(5)), (PR_FROM, PR.days(5, shift=S2)))),
    cite=ByDate(((_ANCIENT, Practice("2012年程序规定：五个工作日（条号待核）")), (PR_FROM, PR.art(27)))),
    stops=(met_on("sign_agreement", "signed_on"), ends_on("change"), *_TERMINATED),
    readings=(S2,), on_expiry="任务；可以更换；受援人或客观原因的记录在案",
)  # fmt: skip

CONTACT = Clock(
    code="contact", title="约见受援人", nature=Nature.OTHERS_DUTY, kind="L", starts=(starts_on("assign", what="指派"),),
    length=Sized(First((Parameter("contact_days"), 5)), PR.workdays(5)), cite=Practice("本地服务标准：五个工作日内约见"),
    stops=(met_on("first_meeting"), ends_on("change"), *_TERMINATED), on_expiry="任务",
)  # fmt: skip

COURT_PAPERS = Clock(
    code="court_papers", title="向法院提交手续", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("assign", where=at_trial, what="审判阶段的指派"),),
    length=ICPL.days(3, shift=S1), cite=both(ICPL.art(52, 2), ICPL.art(66)),
    stops=(met_on("file_court_papers", "filed_on"), *_TERMINATED), readings=(S1,), on_expiry="任务",
)  # fmt: skip

COURT_MATERIALS = Clock(
    code="court_materials", title="法院送材料", nature=Nature.OTHERS_DUTY, before=True,
    starts=(starts_on("notify_in", "hearing_on", where=has_hearing, what="开庭"),
            starts_on("set_hearing", "hearing_on", where=has_hearing, what="开庭")),
    length=ICPL.days(15), cite=ICPL.art(49), stops=(met_on("court_materials_in"),), on_expiry="请求法院另定开庭日期",
)  # fmt: skip

REDEFEND = Clock(
    code="redefend", title="另行委托", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("refuse_lawyer", "allowed_on", where=lambda view, event: event.data.get("allowed", True),
                      what="准许拒绝辩护"),),
    length=ICPL.days(5, shift=S1), cite=ICPL.art(50, 2), stops=(met_on("retain_own"),), readings=(S1,), survives=True,
    on_expiry="法院另行通知法律援助机构",
)  # fmt: skip

REDEFEND_NOTICE = Clock(
    code="redefend_notice", title="法院另行通知", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("redefend_over", what="另行委托的期限届满"),),
    length=ICPL.days(3, shift=S1), cite=ICPL.art(50, 2), stops=(met_on("notify_in", "received_on"),), readings=(S1,),
    survives=True, on_expiry="按新的通知辩护案件办理",
)  # fmt: skip

AID_FIRST_MAKEUP = Clock(
    code="aid_first_makeup", title="补办手续", nature=Nature.RIGHT, starts=(starts_on("aid_first", what="先行提供决定"),),
    length=Sized(First((Parameter("aid_first_makeup_days"), 10)), local_days(10, S2)),
    cite=both(LAL.art(44, 2), Practice("“及时”补办，默认十日（本地参数）")),
    stops=(met_on("make_up", "received_on"), met_on("grant"), ends_on("refuse"), *_TERMINATED), readings=(S2,),
    on_expiry="终止法律援助",
)  # fmt: skip

CHANGE_DECIDE = Clock(
    code="change_decide", title="更换决定", nature=Nature.OWN_DUTY,
    starts=(starts_on("change_request", "received_on", what="收到更换申请"),),
    length=PR.days(5, shift=S0), cite=both(LAL.art(55), Practice("程序规定第五章：五日（条号待核）")),
    stops=(met_on("change", every=True), *_TERMINATED), readings=(S0,), on_expiry="报警",
)  # fmt: skip

OBJECTION_REVIEW = Clock(
    code="objection_review", title="异议审查", nature=Nature.OWN_DUTY,
    starts=(starts_on("object", "received_on", what="司法行政部门收到异议"),),
    length=by_law(LAR.workdays(5), LAL.days(5, shift=S0)), cite=by_law(LAR.art(19), LAL.art(49, 2)),
    stops=(met_on("objection_decide", every=True),), readings=(S0,), survives=True, on_expiry="报警",
)  # fmt: skip

FILE_RETURN = Clock(
    code="file_return", title="交卷", nature=Nature.OTHERS_DUTY, kind="L",
    starts=(starts_on("end", "ended_on", what="结案"),),
    length=PR.days(30, shift=S2), cite=both(LAL.art(50), Practice("程序规定第五章：三十日（条号待核）")),
    stops=(met_on("file_in", "received_on"),), readings=(S2,), on_expiry="提醒，计入承办机构记录",
)  # fmt: skip

FILE_REVIEW = Clock(
    code="file_review", title="卷宗审查", nature=Nature.OWN_DUTY,
    starts=(starts_on("file_in", "received_on", what="收到卷宗"),),
    length=PR.days(30, shift=S0), cite=Practice("程序规定第五章：三十日（条号待核）"),
    stops=(met_on("file_accept"), ends_on("file_return_back")), readings=(S0,), on_expiry="报警",
)  # fmt: skip

SUBSIDY_PAY = Clock(
    code="subsidy_pay", title="支付补贴", nature=Nature.OWN_DUTY, starts=(starts_on("file_accept", what="卷宗审查合格"),),
    length=Sized(First((Parameter("subsidy_pay_days"), 30)), local_days(30, S0)),
    cite=both(LAL.art(52, 1), Practice("“及时”支付，默认三十日（本地参数）")),
    stops=(met_on("pay", "paid_on"),), readings=(S0,), on_expiry="报警",
)  # fmt: skip

COMMIT_CHECK = Clock(
    code="commit_check", title="承诺抽查", nature=Nature.OWN_DUTY, starts=(starts_on("draw_commitment", what="抽中"),),
    length=Sized(First((Parameter("commit_check_days"), 30)), local_days(30, S0)),
    cite=both(LAL.art(41, 2), Practice("抽查后默认三十日内核查（本地参数）")),
    stops=(met_on("commit_check"),), readings=(S0,), survives=True, on_expiry="任务",
)  # fmt: skip

DUTY_NOTICE = Clock(
    code="duty_notice", title="法律帮助通知", nature=Nature.OTHERS_DUTY, before=True, met_by="notice_received_on",
    starts=(starts_on("duty_request", "planned_on", where=has("planned_on"), what="拟提供帮助之日"),),
    length=DUTY.workdays(3), cite=Practice("值班律师工作办法：提前三个工作日通知（条号待核）"), on_expiry="任务",
)  # fmt: skip

DUTY_FIX = Clock(
    code="duty_fix", title="确定值班律师", nature=Nature.OWN_DUTY,
    starts=(starts_on("duty_request", "notice_received_on", what="收到法律帮助通知"),),
    length=DUTY.workdays(2), cite=Practice("值班律师工作办法：二个工作日内确定（条号待核）"),
    stops=(met_on("duty_arrange", "arranged_on"),), on_expiry="任务",
)  # fmt: skip

RECON = Clock(
    code="recon", title="申请复议", nature=Nature.RIGHT,
    starts=(starts_on("objection_decide", "served_on", where=maintained, what="维持决定送达"),),
    length=L23.days(60), cite=both(LAL.art(49, 3), L23.art(20, 1)), survives=True, on_expiry="丧失申请复议的权利",
)  # fmt: skip

SUIT = Clock(
    code="suit", title="提起诉讼", nature=Nature.RIGHT,
    starts=(starts_on("objection_decide", "served_on", where=maintained, what="维持决定送达"),),
    length=APL.months(6), cite=both(LAL.art(49, 3), APL.art(46, 1)), survives=True, on_expiry="丧失起诉的权利",
)  # fmt: skip

CITYWIDE_TRANSFER = Clock(
    code="citywide_transfer", title="全市通办转送", nature=Nature.OWN_DUTY,
    starts=(starts_on("receive", "received_at", where=lambda view, event: bool(event.data.get("citywide")),
                      what="首个窗口收件"),),
    length=Sized(First((Parameter("citywide_transfer_days"), 1)), LAL.workdays(1)),
    cite=Practice("全市通办：一个工作日内转送"), stops=(met_on("transfer"), ends_on("grant"), ends_on("refuse")),
    on_expiry="提醒收件窗口",
)  # fmt: skip

CLOCKS = (
    ORGAN_NOTIFY, ASSIGN_NOTIFIED, FORWARD_24H, RELATIVES_TOLD, REVIEW, SUPPLEMENT_TERM, ASSIGN, AGREEMENT, CONTACT,
    COURT_PAPERS, COURT_MATERIALS, REDEFEND, REDEFEND_NOTICE, AID_FIRST_MAKEUP, CHANGE_DECIDE, OBJECTION_REVIEW,
    FILE_RETURN, FILE_REVIEW, SUBSIDY_PAY, COMMIT_CHECK, DUTY_NOTICE, DUTY_FIX, RECON, SUIT, CITYWIDE_TRANSFER,
)  # fmt: skip
