"""Acts from mediation before the suit to the answer (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Claim, Facts, Need
from yifa.language.acts import Command, Event, FollowUp
from yifa.language.records import Lookup, one_of
from yifa.language.values import EFFECTIVE_ON, By, Field, IfField, by_field
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.litigation import facts as f
from yifa.lines.litigation import guards_intake as g
from yifa.lines.litigation import inputs as i
from yifa.lines.litigation import inputs_court as c
from yifa.lines.litigation.law import APL, HEAD, INT, L23, MEDIATION_RULES, TRACKING
from yifa.lines.litigation.stages import (
    BEFORE_HEARING,
    COORDINATOR,
    EVERYBODY,
    IN_COURT,
    LEAD,
    MEDIATORS,
    OPEN,
    ORGAN_HEAD,
    STAFF,
)
from yifa.lines.litigation.tables import (
    COURT_LEVEL,
    PROPER_DEFENDANT,
    SUED_IN_TIME,
    level,
    sued,
    timeliness,
)


def _linked(view: View, command: Command) -> Any:
    return command.data.get("reconsideration_case")


def _defendants(view: View, command: Command) -> Any:
    return tuple(d.id for d in command.data.get("defendants", ()))


def _tell_reconsideration(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    """The reconsideration before the suit learns that it has been sued; its lawsuit periods stop."""
    told = facts.get("reconsideration")
    if not told:
        return ()
    data = {"court": command.data["court"], "court_case_no": command.data["court_case_no"],
            "filed_on": command.data.get("court_filed_on", command.on)}  # fmt: skip
    known = [p.id for p in command.data["plaintiffs"] if p.id in told["parties"]]
    lawsuit = Command("record_lawsuit", command.on, data, known[0] if known else None)
    return (FollowUp(lawsuit, told["id"], "reconsideration", "later", "litigation_case"),)


COURT_INSTANCE = Need("court_instance", f.court_key, optional=True)
COURT_CLAIM = Claim("court_instance", f.court_key, blind=False)
RECONSIDERATION = Need(
    "reconsideration", _linked, optional=True, of_case=("outcome", "decided_on", "sued_on", "court_case_no")
)
DEFENDANT_ORGANS = Need(
    "defendant_organs", _defendants, port="registers", optional=True,
    lookup=Lookup("reconsideration.organs", one_of("code", "name")),
)  # fmt: skip

_STAGE_OF = by_field(
    "instance", first="registered", second="appealing", retrial_review="retrial", retrial="retrial",
    non_litigation_enforcement="enforcing", otherwise="registered",
)  # fmt: skip

REGISTER = Action(
    code="register_case",
    title="登记应诉案件",
    by=STAFF,
    from_=(None, "premediation", "registered"),
    to=By("stage", {None: _STAGE_OF, "premediation": "registered"}),
    inputs=i.Registration,
    parties=f.parties,
    relates="reconsideration_case",
    sets={
        "registered_on": EFFECTIVE_ON,
        "complaint_received_on": f.first_receipt,
        "court_filed_on": Field("court_filed_on"),
        "instance": f.instance_of,
        "instance_registered": Field("instance"),
        "procedure": Field("procedure"),
        "evidence_days": Field("evidence_days"),
        "case_kind": Field("case_kind"),
        "court": Field("court"),
        "court_case_no": Field("court_case_no"),
        "act_doc_no": lambda view, event: getattr(event.data.get("act"), "doc_no", None),
        "lead_organ": Field("lead_organ"),
        "handlers": lambda view, event: tuple(event.data.get("handlers", ())) or None,
        "is_major": Field("is_major"),
        "discretionary": Field("discretionary"),
        "amount_claimed": Field("amount_claimed"),
        "reconsideration_case": Field("reconsideration_case"),
        "reconsideration_id": f.reconsideration_id,
    },
    needs=(COURT_INSTANCE, RECONSIDERATION, DEFENDANT_ORGANS),
    requires=(
        g.registered_once, g.case_no_free, g.receipts_plausible, g.filing_not_ahead, g.sides_distinct, g.representatives_fit,
        g.agents_fit, g.identities_valid, g.attached_reviewable, g.amount_stated, g.simplified_evidence, g.procedure_open,
        g.reconsideration_known, g.defendants_complete,
    ),
    warns=(g.defendant_proper, g.court_fits, g.officer_duty_told),
    claims=(COURT_CLAIM,),
    decides=((PROPER_DEFENDANT, sued), (COURT_LEVEL, level), (SUED_IN_TIME, timeliness)),
    follow_ups=_tell_reconsideration,
    numbers=("case",),
    cite=both(L23.art(4, 2), APL.art(67, 1)),
)  # fmt: skip

RECEIVE_COMPLAINT = Action(
    code="receive_complaint", title="另一被告收到起诉状副本", by=EVERYBODY, from_=("registered", *BEFORE_HEARING),
    inputs=i.ComplaintReceipt, per="defendants", requires=(g.complaint_new, g.not_ahead("complaint_received_on")),
    cite=APL.art(67, 1),
)  # fmt: skip

ASSIGN = Action(
    code="assign", title="分办", by=COORDINATOR, from_=("registered",), to="answering", inputs=i.Assignment,
    sets={"lead_organ": Field("lead_organ"), "handlers": lambda view, event: tuple(event.data.get("handlers", ())) or None},
    requires=(g.suit_at_hand,), issues=("assign_letter",), cite=both(L23.art(4, 2), TRACKING),
)  # fmt: skip


def _extension_kept(view: View, event: Event) -> bool | None:
    return True if event.data.get("granted", True) else None


# Evidence for which the court has given more time (APL 36(1)) is listed when it is handed in.
_PLEADINGS = By(
    "field:written_answer", {False: IfField("evidence", ("evidence_list",), ())},
    otherwise=IfField("evidence", ("answer", "evidence_list"), ("answer",)),
)  # fmt: skip

ANSWERING = (
    Action(
        code="request_evidence_extension", title="申请延期举证", by=LEAD, from_=("answering",), inputs=i.EvidenceExtension,
        per="defendants", requires=(g.evidence_extension_in_time, g.extension_in_writing), issues=("evidence_extension_request",),
        cite=both(APL.art(36, 1), INT.art(34)),
    ),
    Action(
        code="grant_evidence_extension", title="法院答复延期举证申请", by=STAFF, from_=BEFORE_HEARING, inputs=i.ExtensionGrant,
        per="defendants", sets={"evidence_deferred": _extension_kept},
        requires=(g.extension_asked, g.not_ahead("cause_ended_on")), cite=both(APL.art(36, 1), INT.art(34)),
    ),
    Action(
        code="cause_ended", title="延期举证的事由消除", by=LEAD, from_=BEFORE_HEARING, inputs=i.CauseEnded, per="defendants",
        requires=(g.extension_asked, g.not_ahead("cause_ended_on")), cite=INT.art(34),
    ),
    Action(
        code="object_jurisdiction", title="管辖异议", by=LEAD, from_=("answering",), inputs=i.Objection, per="defendants",
        requires=(g.objection_in_time,), cite=INT.art(10, 1),
    ),
    Action(
        code="rule_jurisdiction", title="管辖异议裁定", by=STAFF, from_=BEFORE_HEARING, inputs=i.ObjectionRuling,
        sets={"court": Field("court"), "court_case_no": Field("court_case_no")}, requires=(g.objection_pending, g.new_court_named),
        cite=both(INT.art(10, 2), INT.art(101, 2)),
    ),
    Action(
        code="appeal_jurisdiction", title="对管辖异议裁定上诉", by=LEAD, from_=BEFORE_HEARING, inputs=c.Filed,
        cite=both(APL.art(85), INT.art(101, 2)),
    ),
    Action(
        code="file_answer", title="提交答辩状和证据", by=LEAD, decided_by=ORGAN_HEAD, from_=BEFORE_HEARING, to="awaiting_hearing",
        inputs=i.Answer, per="defendants", requires=(g.evidence_numbered, g.not_ahead("filed_on")),
        warns=(g.answer_late,), issues=_PLEADINGS, cite=both(APL.art(67, 1), APL.art(34)),
    ),
    Action(
        code="file_evidence", title="提交延期或者补充的证据", by=LEAD, from_=(*BEFORE_HEARING, "heard"), inputs=i.Evidence,
        per="defendants", requires=(g.evidence_permitted, g.self_collected), warns=(g.deferred_late,), issues=("evidence_list",),
        cite=both(APL.art(36), INT.art(34)),
    ),
    Action(
        code="appoint_agents", title="委托代理人、确定出庭名单", by=LEAD, decided_by=ORGAN_HEAD, from_=(*BEFORE_HEARING, "appealing"),
        inputs=i.Agents, requires=(g.agents_fit, g.not_only_lawyers), issues=("authority_letter",),
        cite=both(APL.art(31, 1), INT.art(128, 2), INT.art(131, 2), HEAD.art(10)),
    ),
    Action(
        code="convert_procedure", title="转为普通程序", by=STAFF, from_=(*BEFORE_HEARING, "heard"), inputs=i.Conversion,
        sets={"procedure": "ordinary"}, requires=(g.is_simplified,), cite=both(APL.art(84), INT.art(105)),
    ),
)  # fmt: skip


def _ended(view: View, event: Event) -> Any:
    """Mediation before a suit: the day it ended."""
    return event.effective_on if view.stage == "premediation" else None


def _result(view: View, event: Event) -> Any:
    return event.data.get("result") if view.stage == "premediation" else None


MEDIATION = (
    Action(
        code="refer_mediation", title="委派、委托调解", by=MEDIATORS, from_=(None, *IN_COURT),
        to=By("stage", {None: "premediation"}), inputs=c.MediationReferral,
        sets={"mediation_referred_on": Field("referred_on", EFFECTIVE_ON), "station": Field("station")},
        requires=(g.mediation_idle, g.parties_agree), cite=MEDIATION_RULES,
        note="诉中委托调解不延长十五日的答辩举证期限，法院书面另行确定的除外",
    ),
    Action(
        code="extend_mediation", title="延长调解期限", by=MEDIATORS, from_=("premediation", *IN_COURT), inputs=c.MediationExtension,
        requires=(g.mediation_going_on, g.parties_agree), cite=MEDIATION_RULES,
    ),
    Action(
        code="close_mediation", title="调解结束", by=MEDIATORS, from_=("premediation", *IN_COURT),
        to=By("stage", {"premediation": by_field("result", settled="settled", failed="registered")}),
        inputs=c.MediationEnd, sets={"premediation_ended_on": _ended, "premediation_result": _result},
        requires=(g.mediation_going_on, g.agreement_recorded),
        issues=by_field("result", settled=("mediation_agreement",), failed=()), cite=MEDIATION_RULES,
    ),
)  # fmt: skip

REASSIGN = Action(
    code="reassign", title="更换应诉人员", by=COORDINATOR, from_=tuple(s for s in OPEN if s not in ("premediation", "registered")),
    inputs=i.Reassignment, sets={"handlers": lambda view, event: tuple(event.data.get("handlers", ())) or None},
    cite=Practice("应诉人员变动的，由应诉机构重新指定并记明理由"),
)  # fmt: skip

INTAKE_ACTIONS = (*MEDIATION, REGISTER, RECEIVE_COMPLAINT, ASSIGN, REASSIGN, *ANSWERING)
