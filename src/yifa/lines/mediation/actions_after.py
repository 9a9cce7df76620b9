"""Acts after the agreement: confirmation, visits, archive, subsidy, release of papers (domain §7, §10)."""

from yifa.language.actions import Action
from yifa.language.values import EFFECTIVE_ON, By, Fact, Field
from yifa.law.citation import both
from yifa.lines.mediation import guards_conduct as g
from yifa.lines.mediation import inputs_conduct as c
from yifa.lines.mediation.facts import confirm_law_day, in_time
from yifa.lines.mediation.law import CPI, LOCAL_FOLLOW_UP, PML, SC11, SUBSIDY_RULES
from yifa.lines.mediation.stages import ANYWHERE, BUREAU, CONCLUDED, COURT, HEAD, MEDIATOR, PARTY, TOWN

CONFIRMING_ACTIONS = (
    Action(
        code="apply_confirm", title="申请司法确认", by=PARTY | MEDIATOR, from_=("agreed", "performing"), to="confirming",
        inputs=c.Confirmation,
        sets={"confirm_filed_on": Field("filed_on", EFFECTIVE_ON), "confirm_law_on": confirm_law_day, "court": Field("court")},
        requires=(g.applied_jointly, g.applied_in_time, g.right_court, g.confirmable), issues=("med_confirm_app",),
        cite=both(PML.art(33, 1), SC11.art(3), CPI.art(353)),
    ),
    Action(
        code="confirm_result", title="确认结果", by=COURT | MEDIATOR, from_=("confirming",), inputs=c.Ruling,
        to=By("field:result", {"valid": "performing"}, otherwise="agreed"),
        sets={"confirmed": By("field:result", {"valid": True}, otherwise=Fact("confirmed", False)),
              "confirmed_on": By("field:result", {"valid": Field("ruled_on", EFFECTIVE_ON)})},
        cite=both(PML.art(33, 2), PML.art(33, 3), SC11.art(8)),
    ),
    Action(code="mediate_again", title="重新调解", by=MEDIATOR, from_=("agreed",), to="mediating", inputs=c.Withdrawal,
           requires=(g.agreed_once_more,), cite=PML.art(33, 3)),
)  # fmt: skip

CLOSING_ACTIONS = (
    Action(
        code="follow_up", title="回访", by=MEDIATOR, from_=("agreed", "performing"), to="performing", inputs=c.Visit,
        sets={"performed": Field("performed"), "performed_in_time": in_time,
              "performed_on": By("field:performed", {"full": Field("performed_on", EFFECTIVE_ON)})},
        issues=("med_visit",), cite=both(PML.art(31, 2), LOCAL_FOLLOW_UP),
    ),
    Action(
        code="close", title="归档", by=MEDIATOR, decided_by=HEAD, from_=("performing",), to="closed_performed", inputs=c.Closing,
        sets={"archived_on": EFFECTIVE_ON, "closed_on": EFFECTIVE_ON, "resolved_on": Fact("resolved_on", EFFECTIVE_ON)},
        requires=(g.performed_as_seen,), cite=both(PML.art(27), PML.art(32)),
    ),
    Action(code="grant_subsidy", title="核定以案定补", by=HEAD | TOWN, decided_by=BUREAU, from_=CONCLUDED, inputs=c.Subsidy,
           sets={"subsidy": Field("amount"), "subsidy_grade": Field("grade")}, requires=(g.file_held,),
           cite=both(PML.art(16), SUBSIDY_RULES)),
    Action(code="pay_subsidy", title="发放以案定补", by=BUREAU, from_=CONCLUDED, inputs=c.Payment,
           sets={"subsidy_paid_on": Field("paid_on", EFFECTIVE_ON)}, requires=(g.subsidy_granted,),
           cite=both(PML.art(16), SUBSIDY_RULES)),
    Action(code="release", title="对外提供材料", by=HEAD | BUREAU, from_=ANYWHERE, inputs=c.Release,
           requires=(g.nothing_private,), cite=PML.art(15, None, 4)),
)  # fmt: skip

AFTER_ACTIONS = (*CONFIRMING_ACTIONS, *CLOSING_ACTIONS)
