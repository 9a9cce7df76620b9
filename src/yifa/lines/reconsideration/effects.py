"""Effects by operation of law in reconsideration."""

from yifa.language.effects import Effect
from yifa.language.values import EFFECTIVE_ON, Fact, Field, First, IfFact, WhenAll
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.lines.reconsideration.law import APL, CPI, CPL, L17, L23, V17, V23
from yifa.lines.reconsideration.stages import ALL_PARTIES


def still_here(view: View, instance: Instance) -> bool:
    """A case taken up by a superior keeps its clocks, but its further course is not ours."""
    return view.stage != "referred"


DEEM_ACCEPTED = Effect(
    code="deem_accepted",
    title="视为受理",
    lapse_of="acceptance_review",
    versions=V23,
    gives={
        "complete_on": First((Fact("complete_on"), EFFECTIVE_ON)),
        "accepted_on": Field("accepted_on", EFFECTIVE_ON),
        "procedure": Fact("procedure", "ordinary"),
    },
    to="reviewing",
    when=still_here,
    defeated_by=("refuse", "request_supplement", "accept"),
    cite=L23.art(30, 3),
)

ACCEPTED_BY_RECEIPT = Effect(
    code="accepted_by_receipt",
    title="自收到之日起即为受理",
    lapse_of="acceptance_review",
    versions=V17,
    gives={"accepted_on": First((Fact("complete_on"), EFFECTIVE_ON)), "procedure": "legacy"},
    to="reviewing",
    defeated_by=("refuse", "refer", "request_supplement", "accept"),
    cite=L17.art(17, 2),
)

NO_EVIDENCE = Effect(
    code="no_evidence",
    title="视为没有证据、依据",
    lapse_of="respondent_reply",
    day="day_after",
    ends_clock=False,
    defeated_by=("receive_reply",),
    cite=both(L23.art(70), L17.art(28, 1, 4)),
)

REVIEW_OVERDUE = Effect(
    code="review_overdue",
    title="复议期限届满未作决定",
    lapse_of="review_decision",
    ends_clock=False,
    defeated_by=(
        "decide",
        "reject_application",
        "mediation_agreement",
        "terminate",
        "withdraw",
        "extend_review",
    ),
    cite=both(L23.art(34), L17.art(19), APL.art(45)),
)

SERVED_BY_NOTICE = Effect(
    code="served_by_notice",
    title="公告期满视为送达",
    lapse_of="announce_service",
    on_day=True,
    # A refusal served by notice leaves the case refused.
    to=IfFact("decided_on", then=WhenAll("serve_decision", ALL_PARTIES, then="served")),
    defeated_by=("serve_decision",),
    cite=both(CPL.art(95), CPI.art(138)),
)

EFFECTS = (DEEM_ACCEPTED, ACCEPTED_BY_RECEIPT, NO_EVIDENCE, REVIEW_OVERDUE, SERVED_BY_NOTICE)
