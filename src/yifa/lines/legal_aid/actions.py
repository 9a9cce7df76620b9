"""Acts of legal aid from the application to the decision (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Claim, Facts
from yifa.language.acts import Command, Event, FollowUp
from yifa.language.rules import RuleTable
from yifa.language.values import EFFECTIVE_ON, By, Day, Fact, Field, First, IfFact
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.legal_aid import guards as g
from yifa.lines.legal_aid import inputs as i
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, ELIGIBILITY_2003, MEANS_TEST, MEANS_TEST_2003
from yifa.lines.legal_aid.law import CITYWIDE, ICPL, LAL, LAR, OLD, PR12
from yifa.lines.legal_aid.needs import BROKEN
from yifa.lines.legal_aid.stages import BEFORE_DECISION, CLERK, HEAD, REVIEWER

_TELLING = ("matter_code", "household", "per_capita_income", "no_condition_ground", "notice_ground", "groups", "other_aid",
            "other_reason", "exempt_by_law", "no_fixed_source")  # fmt: skip


def _subject(*, old: bool) -> Any:
    """The applicant, if the case is on that law and this act says anything that eligibility looks at."""

    def about(view: View, event: Event) -> Any:
        if (view.version == OLD) is not old or not any(event.data.get(name) for name in _TELLING):
            return None
        return g.applicant_of(view, event.data, event.effective_on)

    return about


TESTED: tuple[tuple[RuleTable, Any], ...] = (
    (MEANS_TEST, _subject(old=False)),
    (ELIGIBILITY, _subject(old=False)),
    (MEANS_TEST_2003, _subject(old=True)),
    (ELIGIBILITY_2003, _subject(old=True)),
)


def applicants(view: View, event: Event) -> dict[str, str]:
    """The applicant, or the person a notice names."""
    name = event.data.get("applicant") or event.data.get("name") or event.data.get("person")
    return {name: "applicant"} if name else {}


def matter_key(view: View, command: Command) -> Any:
    """One aid for one person, matter and stage."""
    said = view.last_data("receive")
    who = said.get("id_no") or said.get("applicant")
    return None if who is None else (who, said.get("matter_code"), said.get("stage"), said.get("opponent"))


def notice_key(view: View, command: Command) -> Any:
    """One notified defence for one person, criminal case and stage."""
    data = command.data if "notice_ground" in command.data else view.last_data("notify_in")
    name, number = data.get("name"), data.get("organ_case_no")
    return None if name is None or number is None else (name, number, data.get("stage"))


def _groups(view: View, event: Event) -> Any:
    return tuple(event.data.get("groups") or ()) or None


def _migrant(view: View, event: Event) -> Any:
    return True if "migrant_worker" in (event.data.get("groups") or ()) else None


def _citywide(view: View, event: Event) -> Any:
    """Received at a window that is not the competent agency's."""
    first, competent = event.data.get("receiving_agency"), event.data.get("competent_agency")
    differ = first is not None and competent is not None and first != competent
    return True if differ or event.data.get("citywide") else None


def _carry_on(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    """The file is opened anew at the competent agency, with the original day of receipt."""
    if command.data["how"] == "tell":
        return ()
    said = view.last_data("receive")
    data = {
        **said,
        "received_at": command.on,
        "first_received_on": view.facts["first_received_on"],
        "receiving_agency": view.facts.get("receiving_agency"),
        "competent_agency": command.data["target"],
        "transferred_from": view.facts.get("receiving_agency") or view.organ or "window",
    }
    data = {name: value for name, value in data.items() if value is not None}
    return (FollowUp(Command("receive", command.on, data), line="legal_aid", organ=command.data["target"]),)


SAID = {
    "kind": Field("kind"), "phase": Field("stage"), "matter": Field("matter_code"), "mode": Field("mode"),
    "groups": _groups, "migrant_worker": _migrant,
}  # fmt: skip
# What an application by a detained person starts: 24 hours to hand it on, three days to tell the relatives.
APPLIED = {
    "applied_at": Field("applied_at"),
    "organ_received_on": Day("organ_received_on", Day("applied_at")),
}
ACCEPTED = First((Fact("accepted_on"), EFFECTIVE_ON))
DECIDED = Field("decided_on", EFFECTIVE_ON)
MATTER = Claim("legal_aid_matter", matter_key)
NOTICE = Claim("legal_aid_notice", notice_key)
HELPERS = Practice("程序规定第三章：异地协助核查")

INTAKE_ACTIONS = (
    Action(code="save_draft", title="填报", by=CLERK | {"applicant"}, from_=(None, "draft"), to="draft", inputs=i.Draft,
           cite=LAL.art(38)),
    Action(
        code="forward", title="转交", by=frozenset({"custody", "organ", "duty_lawyer", "window_clerk"}), from_=(None,),
        to="received", inputs=i.Forwarding, parties=applicants, requires=(g.forwarded_in_order,),
        sets={"first_received_on": Day("received_at", EFFECTIVE_ON), **APPLIED},
        cite=LAL.art(39),
    ),
    Action(
        code="receive", title="收件", by=CLERK, from_=(None, "draft", "received"), to="received", inputs=i.Receipt,
        parties=applicants,
        sets={
            "first_received_on": Field("first_received_on", Day("received_at", First((Fact("first_received_on"), EFFECTIVE_ON)))),
            "receiving_agency": Field("receiving_agency"), "competent_agency": Field("competent_agency"),
            "transferred_from": Field("transferred_from"), "citywide": _citywide,
            "limitation_date": Field("limitation_date"), **SAID,
        },
        needs=(BROKEN,),
        requires=(g.received_once, g.matter_named, g.received_in_order, g.identity_valid, g.groups_fit_age, g.agent_fits, g.means_not_asked,
                  g.no_certificate, g.commitment_open, g.no_fee),
        decides=TESTED, issues=By("field:mode", {"commitment": ("SJQD", "GZCN")}, otherwise=("SJQD",)), numbers=("case",),
        cite=both(LAL.art(38), LAL.art(43, 1)),
    ),
    Action(
        code="transfer", title="转送", by=CLERK, from_=("received",), to="transferred", inputs=i.Transfer,
        requires=(g.transfer_open,), follow_ups=_carry_on, cite=both(LAL.art(38), CITYWIDE),
    ),
    Action(
        code="ask_supplement", title="补充通知", by=REVIEWER, from_=("received", "reviewing"), to="supplement",
        inputs=i.SupplementNotice, requires=(g.supplement_once, g.items_fit, g.term_ahead, g.competent_here), issues=("BCTZ",),
        cite=both(LAL.art(43, 2), LAR.art(18)),
    ),
    Action(code="extend_supplement", title="延长补充期限", by=REVIEWER, from_=("supplement",),
           inputs=i.SupplementExtension, requires=(g.extension_once,), discretion="是否延长由审查人员决定",
           cite=both(LAL.art(43, 2), Practice("应申请人请求延长一次"))),
    Action(code="supplement_in", title="补充材料", by=CLERK | {"applicant"}, from_=("supplement",), to="reviewing",
           inputs=i.Supplement, sets=SAID, decides=TESTED, cite=both(LAL.art(43, 2), LAR.art(18))),
    Action(code="begin_review", title="开始审查", by=REVIEWER, from_=("received",), to="reviewing", inputs=i.Ground,
           sets={"accepted_on": ACCEPTED}, requires=(g.competent_here,), cite=LAL.art(43, 1)),
    Action(code="assist_request", title="请求异地协助核查", by=REVIEWER, from_=("received", "reviewing"), to="reviewing",
           inputs=i.Assistance, cite=both(LAL.art(41, 3), HELPERS)),
    Action(code="assist_reply", title="收到协助核查结果", by=REVIEWER, from_=("reviewing",), inputs=i.Assistance,
           cite=both(LAL.art(41, 3), HELPERS)),
    Action(
        code="aid_first", title="先行提供", by=REVIEWER, decided_by=HEAD, from_=(None,), to="aid_first", track="aid_first",
        inputs=i.AidFirst, requires=(g.aid_first_open, g.aid_first_grounds, g.not_retained),
        sets={"aid_first_on": EFFECTIVE_ON, "aid_first_open": True}, issues=("XXTG",),
        discretion="是否先行提供由负责人决定", cite=LAL.art(44, 1),
    ),
    Action(code="make_up", title="补办手续", by=CLERK | {"applicant"}, from_=("aid_first",), to="made_up", track="aid_first",
           inputs=i.Materials, cite=LAL.art(44, 2)),
    Action(
        code="grant", title="给予决定", by=REVIEWER, decided_by=HEAD, from_=("received", "reviewing"),
        to=IfFact("assigned_first", then="assigned", otherwise="granted"), inputs=i.Grant,
        sets={"accepted_on": ACCEPTED, "granted_on": DECIDED, "counted_on": DECIDED, "aid_first_open": False, **SAID},
        requires=(g.decided_in_order, g.competent_here, g.not_retained, g.standard_known, g.rules_met, g.proof_given),
        decides=TESTED, issues=("GYJD",), claims=(MATTER,), discretion="“其他原因”由负责人决定", cite=LAL.art(43, 1),
    ),
    Action(
        code="refuse", title="不予决定", by=REVIEWER, decided_by=HEAD, from_=("received", "reviewing"), to="refused",
        inputs=i.Refusal, sets={"accepted_on": ACCEPTED, "refused_on": DECIDED, "closed_as": "refused"},
        requires=(g.decided_in_order, g.competent_here, g.standard_known, g.failed_rule_named, g.no_aid_given_first),
        decides=TESTED, issues=("BYJD",), cite=both(LAL.art(43, 1), LAR.art(18)),
    ),
    Action(code="withdraw", title="撤回申请", by=frozenset({"applicant", "reviewer", "window_clerk"}),
           from_=("draft", *BEFORE_DECISION), to="withdrawn", inputs=i.Ground, cite=Practice("决定作出前可以撤回申请")),
    Action(
        code="notify_in", title="收到通知辩护、代理", by=CLERK, from_=(None,), to="notified", inputs=i.Notice,
        parties=applicants,
        sets={
            "notified_on": Field("received_on", EFFECTIVE_ON), "counted_on": Field("received_on", EFFECTIVE_ON),
            "kind": Field("kind", By("field:notice_ground", {"compulsory_treatment": "compulsory_treatment"},
                                     otherwise="crim_defence_notified")),
            "phase": Field("stage"), "hearing_on": Field("hearing_on"), "organ_case_no": Field("organ_case_no"), "groups": _groups, "migrant_worker": _migrant,
        },
        requires=(g.not_retained, g.minor_at_stage), warns=(g.notice_complete,), decides=TESTED, numbers=("case",),
        claims=(NOTICE,), cite=both(LAL.art(25), LAL.art(28), LAL.art(36), ICPL.art(49), PR12.art(20)),
    ),
)  # fmt: skip
