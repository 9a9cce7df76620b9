"""Acts after effectiveness, and beside the main stage: performance, enforcement, suggestions, payment (domain §7)."""

from yifa.language.actions import Action
from yifa.language.acts import Event
from yifa.language.forms import NoInput
from yifa.language.values import EFFECTIVE_ON, By, Field
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.litigation import guards_after as g
from yifa.lines.litigation import guards_court
from yifa.lines.litigation import inputs_court as c
from yifa.lines.litigation.guards_intake import suggestion_dated
from yifa.lines.litigation.law import APL, ENF, INT, PIL, SCL, SUG, TRACKING
from yifa.lines.litigation.stages import (
    ANY,
    COORDINATOR,
    DECIDED,
    EVERYBODY,
    LEAD,
    ORGAN_HEAD,
    SECTION_HEAD,
    STAFF,
)

FINANCE = LEAD | {"finance"}


def unanswered(view: View, event: Event) -> int:
    """Suggestions still open after this reply."""
    return view.count("receive_suggestion") - view.count("reply_suggestion") - 1


def still_to_pay(view: View, event: Event) -> int:
    """Payments still open after this one."""
    return view.count("claim_payment") - view.count("record_payment") - 1


AFTER_ACTIONS = (
    Action(
        code="record_performance", title="登记履行情况", by=LEAD, from_=("judged", *DECIDED), inputs=c.Performance,
        sets={"performed_on": Field("done_on", EFFECTIVE_ON)}, warns=(guards_court.not_before_effect,), cite=APL.art(94),
    ),
    Action(
        code="record_loss", title="败诉案件分析", by=LEAD, decided_by=ORGAN_HEAD, from_=DECIDED, inputs=c.LossAnalysis,
        sets={"loss_analysed_on": EFFECTIVE_ON}, requires=(g.was_lost,), issues=("loss_memo",),
        cite=TRACKING,
    ),
    Action(
        code="remind", title="应诉提醒、督办", by=STAFF, decided_by=SECTION_HEAD, from_=ANY, inputs=c.Reminder,
        issues=("supervision_notice",), cite=TRACKING,
    ),
    Action(
        code="apply_enforcement", title="申请执行裁判", by=EVERYBODY, from_=("effective", "retrial"), to="enforcing", inputs=c.Enforcement,
        requires=(g.enforceable,), cite=both(APL.art(95), INT.art(152), INT.art(153), INT.art(154)),
    ),
    Action(
        code="close", title="结案归档", by=COORDINATOR, from_=("effective", "retrial", "enforcing", "nonlit_pending"), to="closed",
        inputs=NoInput, requires=(g.ready_to_close,), cite=Practice("履行完毕、建议已复、败诉已分析后归档"),
    ),
)  # fmt: skip

NON_LITIGATION = (
    Action(
        code="watch_act", title="登记未履行的行政行为", by=EVERYBODY, from_=(None,), to="nonlit_pending", inputs=c.WatchedAct,
        sets={"watched_on": EFFECTIVE_ON}, numbers=("case",), cite=both(APL.art(97), ENF.art(53)),
    ),
    Action(code="serve_demand", title="送达催告书", by=LEAD, from_=("nonlit_pending",), inputs=c.Demand, cite=ENF.art(54)),
    Action(
        code="non_lit_enforcement", title="申请法院强制执行行政行为", by=LEAD, decided_by=ORGAN_HEAD, from_=(None, "nonlit_pending"),
        to="enforcing", inputs=c.NonLitigation, sets={"watched_on": EFFECTIVE_ON},
        requires=(g.no_own_power, g.act_is_final, g.demand_waited, g.nonlit_in_time),
        cite=both(APL.art(97), INT.art(155), INT.art(156), ENF.art(53)),
    ),
    Action(
        code="nonlit_ruling", title="非诉执行裁定", by=STAFF, from_=("enforcing",), inputs=c.NonLitigationRuling,
        sets={"nonlit_ruling": Field("kind")}, cite=both(INT.art(155, 3), INT.art(160), INT.art(161)),
    ),
    Action(
        code="ask_nonlit_review", title="对裁定申请复议", by=LEAD, from_=("enforcing",), inputs=c.Filed, requires=(g.ruling_reviewable,),
        cite=both(INT.art(155, 3), INT.art(161, 2)),
    ),
)  # fmt: skip

# A suggestion stands beside the main stage, or alone; several may be open at once.
SUGGESTIONS = (
    Action(
        code="receive_suggestion", title="收到司法、检察建议", by=STAFF, from_=(None, "suggestion_open", "suggestion_replied"),
        to="suggestion_open", track="suggestion", inputs=c.Suggestion,
        sets={"suggestion_received_on": Field("received_on", EFFECTIVE_ON)},
        warns=(suggestion_dated,), numbers=("suggestion",),
        cite=both(INT.art(149, 4), SUG.art(8), PIL.art(21), APL.art(25, 4), APL.art(66)),
    ),
    Action(
        code="reply_suggestion", title="书面回复建议", by=LEAD, decided_by=ORGAN_HEAD, from_=("suggestion_open",),
        to=By("fact:suggestions_open", {0: "suggestion_replied"}), track="suggestion", inputs=c.SuggestionReply, sets={"suggestions_open": unanswered},
        requires=(g.suggestion_named, g.reply_signed), issues=("suggestion_reply",),
        cite=both(INT.art(149, 4), SUG.art(8), PIL.art(21)),
    ),
)  # fmt: skip

# The award of compensation is paid on the creditor's request (国家赔偿法 第三十七条).
PAYMENT = (
    Action(
        code="claim_payment", title="收到支付赔偿金申请", by=EVERYBODY, from_=(None, "payment_open", "payment_done"), to="payment_open",
        track="compensation", inputs=c.PaymentClaim, sets={"payment_claimed_on": Field("received_on", EFFECTIVE_ON)},
        requires=(g.payment_claimed,), cite=SCL.art(37, 3),
    ),
    Action(code="forward_payment", title="向财政部门申请支付", by=FINANCE, from_=("payment_open",), track="compensation",
           inputs=c.PaymentStep, cite=SCL.art(37, 3)),
    Action(
        code="record_payment", title="赔偿金已支付", by=FINANCE, from_=("payment_open",), to=By("fact:payments_open", {0: "payment_done"}),
        track="compensation", inputs=c.PaymentStep,
        sets={"paid_on": Field("done_on", EFFECTIVE_ON), "payments_open": still_to_pay}, cite=SCL.art(37, 3),
    ),
)  # fmt: skip

LATER_ACTIONS = (*AFTER_ACTIONS, *NON_LITIGATION, *SUGGESTIONS, *PAYMENT)
