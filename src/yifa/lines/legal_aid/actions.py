"""Acts of legal aid from receipt to assignment (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Claim, Need
from yifa.language.acts import Command, Event
from yifa.language.rules import RuleTable
from yifa.language.values import EFFECTIVE_ON, Day, Fact, Field, First
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.legal_aid import guards as g
from yifa.lines.legal_aid import inputs as i
from yifa.lines.legal_aid.assignment import ASSIGNMENT
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, MEANS_TEST
from yifa.lines.legal_aid.law import ICPL, LAL, PR
from yifa.lines.legal_aid.stages import ASSIGNER, BEFORE_DECISION, CLERK, HEAD, REVIEWER

_ASKED = (
    "matter_code",
    "household",
    "per_capita_income",
    "no_condition_ground",
    "notice_ground",
    "groups",
    "other_aid",
)


def _subject(view: View, event: Event) -> Any:
    """The applicant, if this act says anything that eligibility looks at."""
    if not any(event.data.get(name) for name in _ASKED):
        return None
    return g.applicant_of(view, Command(event.action, event.effective_on, event.data))


def _candidate(view: View, event: Event) -> Any:
    return g.candidate_of(view, event.data, event.effective_on)


TESTED: tuple[tuple[RuleTable, Any], ...] = ((MEANS_TEST, _subject), (ELIGIBILITY, _subject))
CHECKED: tuple[tuple[RuleTable, Any], ...] = ((ASSIGNMENT, _candidate),)


def applicants(view: View, event: Event) -> dict[str, str]:
    """The applicant named at receipt."""
    name = event.data.get("applicant") or event.data.get("name")
    return {name: "applicant"} if name else {}


def matter_key(view: View, command: Command) -> Any:
    """One aid for one person, matter and stage."""
    received = view.last_data("receive") or command.data
    who = received.get("id_no") or received.get("applicant")
    return (
        None
        if who is None
        else (who, received.get("matter_code"), received.get("stage"), received.get("opponent"))
    )


def _means_facts() -> dict[str, Any]:
    return {
        "kind": Field("kind"), "phase": Field("stage"), "matter": Field("matter_code"), "mode": Field("mode"),
        "groups": lambda view, event: tuple(event.data.get("groups") or ()) or None,
    }  # fmt: skip


INTAKE_ACTIONS = (
    Action(
        code="forward", title="转交", by=frozenset({"custody", "organ", "duty_lawyer", "window_clerk"}), from_=(None,),
        to="received", inputs=i.Forwarding, parties=applicants, requires=(g.times_in_order,),
        sets={"first_received_on": First((Day("received_at"),))}, numbers=("case",), cite=LAL.art(39),
    ),
    Action(
        code="receive", title="收件", by=CLERK, from_=(None, "received"), to="received", inputs=i.Receipt,
        parties=applicants,
        sets={
            "first_received_on": Field("first_received_on", First((Fact("first_received_on"), Day("received_at", EFFECTIVE_ON)))),
            "received_on": Day("received_at", EFFECTIVE_ON), "limitation_date": Field("limitation_date"),
            "receiving_agency": Field("receiving_agency"), "competent_agency": Field("competent_agency"), **_means_facts(),
        },
        needs=(Need("broken_commitments", lambda view, cmd: cmd.data.get("id_no"), port="registers", optional=True),),
        requires=(g.received_in_order, g.identity_valid, g.agent_fits, g.means_not_asked, g.no_certificate, g.commitment_open),
        decides=TESTED, issues=("SJQD",), numbers=("case",), cite=both(LAL.art(38), LAL.art(43, 1)),
    ),
    Action(
        code="transfer", title="转送", by=CLERK, from_=("received",), to="transferred", inputs=i.Transfer,
        cite=both(LAL.art(38), Practice("全市通办：收件后转送有管辖权的机构，收到日期不变")),
    ),
    Action(
        code="ask_supplement", title="补充通知", by=REVIEWER, from_=("received", "reviewing"), to="supplement",
        inputs=i.SupplementNotice, requires=(g.supplement_once, g.term_lies_ahead), issues=("BCTZ",), cite=LAL.art(43, 2),
    ),
    Action(code="extend_supplement", title="延长补充期限", by=REVIEWER, from_=("supplement",),
           inputs=i.SupplementExtension, discretion="是否延长由审查人员决定", cite=LAL.art(43, 2)),
    Action(code="supplement_in", title="补充材料", by=CLERK, from_=("supplement",), to="reviewing", inputs=i.Materials,
           cite=LAL.art(43, 2)),
    Action(code="begin_review", title="开始审查", by=REVIEWER, from_=("received",), to="reviewing", inputs=i.Ground,
           cite=LAL.art(43, 1)),
    Action(code="assist_request", title="请求异地协助核查", by=REVIEWER, from_=("received", "reviewing"), to="reviewing",
           inputs=i.Assistance, cite=both(LAL.art(41, 3), Practice("程序规定第三章"))),
    Action(code="assist_reply", title="收到协助核查结果", by=REVIEWER, from_=("reviewing",), inputs=i.Assistance,
           cite=both(LAL.art(41, 3), Practice("程序规定第三章"))),
    Action(
        code="aid_first", title="先行提供", by=REVIEWER, decided_by=HEAD, from_=("received", "reviewing", "supplement"),
        inputs=i.AidFirst, requires=(g.aid_first_grounds,), sets={"aid_first_on": EFFECTIVE_ON}, issues=("XXTG",),
        discretion="是否先行提供由负责人决定", cite=LAL.art(44, 1),
    ),
    Action(code="make_up", title="补办手续", by=CLERK, from_=("received", "reviewing", "supplement"), inputs=i.Materials,
           cite=LAL.art(44, 2)),
    Action(
        code="grant", title="给予决定", by=REVIEWER, decided_by=HEAD, from_=("received", "reviewing"), to="granted",
        inputs=i.Grant, sets={"granted_on": EFFECTIVE_ON, "decided_on": EFFECTIVE_ON, **_means_facts()},
        requires=(g.not_past_decision, g.not_retained, g.rules_met), decides=TESTED, issues=("GYJD",),
        claims=(Claim("legal_aid_matter", matter_key),), cite=LAL.art(43, 1),
    ),
    Action(
        code="refuse", title="不予决定", by=REVIEWER, decided_by=HEAD, from_=("received", "reviewing"), to="refused",
        inputs=i.Refusal, sets={"decided_on": EFFECTIVE_ON}, requires=(g.not_past_decision, g.failed_rule_named),
        decides=TESTED, issues=("BYJD",), cite=LAL.art(43, 1),
    ),
    Action(code="withdraw", title="撤回申请", by=frozenset({"applicant", "reviewer", "window_clerk"}),
           from_=BEFORE_DECISION, to="withdrawn", inputs=i.Ground, cite=LAL.art(43, 2)),
    Action(
        code="notify_in", title="收到通知辩护、代理", by=CLERK, from_=(None,), to="notified", inputs=i.Notice,
        parties=applicants,
        sets={
            "notified_on": Field("received_on", EFFECTIVE_ON), "kind": Field("kind", "crim_defence_notified"),
            "phase": Field("stage"), "hearing_on": Field("hearing_on"),
        },
        requires=(g.notice_ground_known, g.not_retained), warns=(g.notice_complete,), decides=TESTED, numbers=("case",),
        cite=both(LAL.art(25), LAL.art(28), LAL.art(36), ICPL.art(49)),
    ),
    Action(
        code="assign", title="指派", by=ASSIGNER, from_=("granted", "notified"), to="assigned", inputs=i.Assignment,
        sets={"assigned_on": EFFECTIVE_ON}, requires=(g.checks_pass, g.firm_accepts), decides=CHECKED,
        issues=("ZPTZ", "TZHD"), cite=both(LAL.art(36), LAL.art(43, 1), PR.art(24)),
    ),
    Action(
        code="arrange_inside", title="安排本机构人员", by=ASSIGNER, from_=("granted",), to="assigned", inputs=i.Assignment,
        sets={"assigned_on": EFFECTIVE_ON, "inside": True}, requires=(g.staff_inside,), cite=LAL.art(13),
    ),
    Action(code="propose", title="拟指派人选", external=True, inputs=i.Assignment, decides=CHECKED, cite=PR.art(25)),
    Action(code="apply_through_duty_lawyer", title="通过值班律师提出申请", external=True, inputs=i.Forwarding,
           cite=LAL.art(39, 2)),
    Action(code="organ_finds", title="办案机关发现应当通知的情形", external=True, inputs=i.OrganFinds, cite=LAL.art(36)),
    Action(code="relatives_informed", title="已通知家属", external=True, inputs=i.Filed, cite=LAL.art(40, 2)),
    Action(code="set_hearing", title="确定开庭日期", external=True, inputs=i.Notice, cite=ICPL.art(49)),
    Action(code="court_materials_in", title="收到法院材料", external=True, inputs=i.Filed, cite=ICPL.art(49)),
    Action(code="retain_own", title="自行委托辩护人", external=True, inputs=i.Filed, cite=ICPL.art(50, 2)),
)  # fmt: skip
