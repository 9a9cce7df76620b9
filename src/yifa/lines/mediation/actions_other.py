"""Outside events that only start or stop clocks, and committees: set-up, election, filing, end (domain §7, §8, §10)."""

from yifa.language.actions import Action
from yifa.language.values import EFFECTIVE_ON, Field
from yifa.law.citation import both
from yifa.lines.mediation import guards_conduct as g
from yifa.lines.mediation import inputs_conduct as c
from yifa.lines.mediation.law import CPI, LIM, MED18, OM22, PET, PML, SC11
from yifa.lines.mediation.stages import ANYWHERE, BEFORE_ACCEPTANCE, BUREAU

# No permission rule: others do these things. The stages only say when they can happen at all.
EXTERNAL_EVENTS = (
    Action(code="court_request", title="法院在线委派、委托", external=True, from_=(None, *BEFORE_ACCEPTANCE), inputs=c.CourtRequest,
           cite=OM22.art(12)),
    Action(code="petition_in", title="信访部门登记", external=True, from_=(None,), inputs=c.PetitionIn, cite=PET.art(22)),
    Action(code="court_accepts", title="法院受理确认申请", external=True, from_=("confirming",), inputs=c.CourtStep, cite=SC11.art(4, 1)),
    Action(code="court_extends", title="法院延长审查期限", external=True, from_=("confirming",), inputs=c.CourtStep, cite=SC11.art(5, 1)),
    Action(code="serve_ruling", title="送达确认裁定", external=True, from_=("performing", "agreed", "closed_performed"), per="parties",
           inputs=c.Ruling, cite=CPI.art(372)),
    Action(code="outsider_knows", title="案外人知道权益被侵害", external=True, from_=("performing", "closed_performed"),
           inputs=c.OutsiderKnows, cite=both(SC11.art(10), CPI.art(372))),
    Action(code="take_route", title="当事人已转入其他途径", external=True, from_=ANYWHERE, inputs=c.TakenUp,
           sets={"taken_to": Field("forum"), "taken_on": Field("filed_on", EFFECTIVE_ON)}, cite=both(PML.art(3, None, 3), LIM.art(12))),
)  # fmt: skip

COMMITTEE_ACTIONS = (
    Action(code="set_up_committee", title="设立调委会", by=BUREAU, from_=(None,), to="serving", track="committee", inputs=c.Committee,
           requires=(g.composed,), cite=both(PML.art(8), PML.art(9), PML.art(10))),
    Action(code="elect_committee", title="换届推选", by=BUREAU, from_=("serving",), to="serving", track="committee", inputs=c.Committee,
           requires=(g.composed,), cite=both(PML.art(8), PML.art(9, 2))),
    Action(code="file_committee", title="备案、通报法院", by=BUREAU, from_=("serving",), track="committee", inputs=c.Filing,
           cite=both(PML.art(10), MED18.art(32))),
    Action(code="dissolve_committee", title="撤销调委会", by=BUREAU, from_=("serving",), to="dissolved", track="committee",
           inputs=c.Filing, cite=PML.art(10)),
)  # fmt: skip

OTHER_ACTIONS = (*EXTERNAL_EVENTS, *COMMITTEE_ACTIONS)
