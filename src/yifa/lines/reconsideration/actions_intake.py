"""Acts from receipt to acceptance (domain §7)."""

from collections.abc import Mapping
from typing import Any

from yifa.language.actions import Action, Claim, Match, Need
from yifa.language.acts import Command, Event
from yifa.language.values import EFFECTIVE_ON, Fact, Field, First, by_field, by_version
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.reconsideration import guards as g
from yifa.lines.reconsideration import inputs as i
from yifa.lines.reconsideration.clocks_intake import is_cross_district
from yifa.lines.reconsideration.law import L17, L23, R16, REG, V17, V23
from yifa.lines.reconsideration.needs import RESPONDENT_ORGANS
from yifa.lines.reconsideration.stages import CLERKS, HANDLER, SECTION_HEAD
from yifa.lines.reconsideration.tables import (
    APPLY_IN_TIME,
    APPLY_IN_TIME_2017,
    prior_required,
    timeliness_2017,
    timeliness_2023,
)


def parties(view: View, event: Event) -> dict[str, str]:
    """Parties named at intake, with their roles."""
    named = (("applicants", "applicant"), ("respondents", "respondent"), ("third_parties", "third_party"))
    return {_id(party): role for field, role in named for party in event.data.get(field, ())}


def _id(party: Any) -> str:
    return party if isinstance(party, str) else party.id


def dispute_key(view: View, command: Command) -> Any:
    """One dispute: the applicants, the organ, and the act (its number, else its kind, date and content)."""
    received = command.data if "applicants" in command.data else _intake(view)
    act, applicants = received.get("act"), received.get("applicants")
    if act is None or not applicants:
        return None
    respondents = tuple(sorted(_id(p) for p in received.get("respondents", ())))
    what = act.doc_no or f"{act.type}:{act.made_on}:{act.content or ''}"
    return tuple(sorted(_id(p) for p in applicants)), respondents, what


def _intake(view: View) -> Mapping[str, Any]:
    """The application as received here, from the applicant or from the organ that passed it on."""
    return view.last_data("receive_application") or view.last_data("organ_forward")


def _act(name: str) -> Any:
    return lambda view, event: getattr(event.data.get("act"), name, None)


def _respondents_named(view: View, event: Event) -> tuple[str, ...]:
    """Organs, kept in clear for figures; parties are sealed."""
    return tuple(sorted(_id(party) for party in event.data.get("respondents", ())))


def _received_here(view: View, event: Event) -> Any:
    return None if is_cross_district(view, event) else event.data.get("received_on", event.effective_on)


def _prior(view: View, event: Event) -> bool | None:
    """Whether reconsideration must come before a lawsuit (L23 23(1), L17 30); None when nothing says so."""
    act_type = getattr(event.data.get("act"), "type", None)
    by_kind = prior_required(view.version, act_type, inaction=bool(event.data.get("is_inaction")))
    return bool(event.data.get("prior_required")) or by_kind or None


def _accepted_2017(view: View, event: Event) -> Any:
    """L17 17(2): accepted on the day of receipt, whenever clicked; after a supplement, of its receipt (R6)."""
    awaited = view.happened("request_supplement") and not view.happened("submit_supplement")
    named = event.data.get("accepted_on", event.effective_on)
    return named if awaited else view.facts.get("complete_on", named)


def _committee(view: View, event: Event) -> bool | None:
    """L23 52(2): named already at acceptance."""
    return True if event.data.get("committee_grounds") and view.version == "2023" else None


def _suits(view: View, command: Command) -> dict[str, Match] | None:
    """Suits in hand against the same act (by its number) by one of the applicants."""
    received = _intake(view)
    number, applicants = getattr(received.get("act"), "doc_no", None), received.get("applicants") or ()
    if not number:
        return None
    return {
        f"suit{place}": Match({"act_doc_no": number}, _id(who), open_only=True, line="litigation")
        for place, who in enumerate(applicants)
    }


def _pending(key: Any, counts: Mapping[str, int]) -> int:
    """Of several applicants in one suit, each finds it."""
    return max(counts.values(), default=0)


COURT_CASES = Need("court_cases", dispute_key, claim="court_case")
SUITS = Need("suits_pending", _suits, optional=True, answer=_pending)
SAME_DISPUTE = Need("same_dispute", dispute_key, claim="dispute")
WITHDRAWN_BEFORE = Need("withdrawn_before", dispute_key, optional=True, claim="withdrawn_dispute")
DISPUTE = Claim("dispute", dispute_key)


def _withdrawn_key(view: View, command: Command) -> Any:
    """Only what had been accepted counts as withdrawn for good (L23 74(2), Reg 38(2)); once is enough."""
    again = view.last_data("accept").get("withdrawal_involuntary")
    return dispute_key(view, command) if view.facts.get("accepted_on") and not again else None


WITHDRAWN_DISPUTE = Claim("withdrawn_dispute", _withdrawn_key)

RECEIVE = Action(
    code="receive_application",
    title="收件登记",
    by=CLERKS,
    from_=(None,),
    to=by_field("channel", window="transferring", cross_district="transferring", otherwise="received"),
    inputs=i.Application,
    parties=parties,
    sets={
        "filed_on": Field("filed_on", EFFECTIVE_ON),
        "first_received_on": _received_here,
        "complete_on": _received_here,
        "organ": Field("organ"),
        "act_type": _act("type"),
        "respondent": _respondents_named,
        "act_category": Field("act_category"),
        "amount": Field("amount"),
        "topic_tags": lambda view, event: tuple(event.data.get("topic_tags", ())),
        "prior_required": _prior,
        "e_service_consent": Field("e_service_consent"),
        "window_code": Field("window_code"),
        "cross_district": lambda view, event: is_cross_district(view, event) or None,
    },
    requires=(
        g.dates_in_order, g.act_before_knowledge, g.category_known, g.channel_open, g.window_named, g.inaction_dated,
        g.stay_explained, g.sides_distinct, g.representatives_fit, g.agents_fit, g.identities_valid,
        g.attached_documents_fit, g.no_fee,
    ),
    decides=((APPLY_IN_TIME, timeliness_2023), (APPLY_IN_TIME_2017, timeliness_2017)),
    issues=by_field("channel", oral=("receipt", "oral_record"), otherwise=("receipt",)),
    numbers=("case",),
    cite=both(L23.art(22), L23.art(30, 1), L17.art(11), L17.art(17, 1)),
)  # fmt: skip

RECEIVE_TRANSFER = Action(
    code="receive_transfer",
    title="接收转送",
    by=HANDLER,
    from_=("transferring",),
    to="received",
    inputs=i.TransferReceipt,
    sets={
        "complete_on": Field("received_on", EFFECTIVE_ON),
        "first_received_on": Field("received_on", EFFECTIVE_ON),
        "organ": Field("organ"),
    },
    requires=(g.transfer_in_order,),
    cite=both(L23.art(24), R16.source),  # type: ignore[arg-type]
)

VIA_ORGAN = Action(
    code="apply_via_organ",
    title="向作出处罚的机关提交申请",
    inputs=i.ViaOrgan,
    external=True,
    sets={"filed_on": Field("organ_received_on", EFFECTIVE_ON)},
    versions=V23,
    cite=L23.art(32, 1),
)

ORGAN_FORWARD = Action(
    code="organ_forward",
    title="原机关转送",
    by=frozenset({"respondent", "window_clerk", "handler"}),
    from_=(None,),
    to="received",
    inputs=i.OrganForward,
    parties=parties,
    sets={
        "filed_on": Field("organ_received_on"),
        "complete_on": Field("received_on", EFFECTIVE_ON),
        "first_received_on": Field("received_on", EFFECTIVE_ON),
        "organ": Field("organ"),
        "act_type": _act("type"),
        "respondent": _respondents_named,
        "prior_required": _prior,
    },
    requires=(g.on_the_spot_or_monitored, g.forward_in_order, g.not_self_corrected),
    versions=V23,
    numbers=("case",),
    issues=("receipt",),
    cite=L23.art(32, 2),
)

COUNTY_RECEIVE = Action(
    code="county_receive",
    title="县级政府接到申请",
    inputs=i.CountyReceipt,
    external=True,
    versions=V17,
    cite=L17.art(15, 2),
)

SEVERAL_RECEIVED = Action(
    code="several_received",
    title="几个机关同时收到申请",
    inputs=i.Coordination,
    external=True,
    cite=REG.art(30),
)

SETTLE_JURISDICTION = Action(
    code="settle_jurisdiction",
    title="协商或指定受理机关",
    by=SECTION_HEAD,
    from_=("received", "transferring"),
    inputs=i.Coordination,
    cite=REG.art(30),
)

REQUEST_SUPPLEMENT = Action(
    code="request_supplement",
    title="通知补正",
    by=HANDLER,
    from_=("received",),
    to="supplementing",
    inputs=i.SupplementNotice,
    # Not complete before the notice at the earliest; so a notice of 2024 already speaks for the law of 2023.
    sets={"complete_on": Field("issued_on", EFFECTIVE_ON)},
    requires=(g.supplement_once, g.supplement_in_time, g.supplement_period_named, g.served_after_issued),
    issues=("supplement_notice",),
    cite=both(L23.art(31, 1), REG.art(29)),
)

SERVE_SUPPLEMENT = Action(
    code="serve_supplement",
    title="送达补正通知",
    by=HANDLER,
    from_=("supplementing",),
    inputs=i.SupplementService,
    requires=(g.notice_awaits_service,),
    issues=("service_proof",),
    cite=both(L23.art(31, 2), REG.art(29)),
)

EXTEND_SUPPLEMENT = Action(
    code="extend_supplement",
    title="延长补正期限",
    by=HANDLER,
    from_=("supplementing",),
    inputs=i.SupplementExtension,
    requires=(g.extension_asked_in_time,),
    discretion="是否有正当理由，由复议机构判断",
    cite=both(L23.art(31, 2), REG.art(29)),
)

SUBMIT_SUPPLEMENT = Action(
    code="submit_supplement",
    title="收到补正材料",
    by=CLERKS,
    from_=("supplementing",),
    to="received",
    inputs=i.Supplement,
    sets={"complete_on": Field("received_on", EFFECTIVE_ON)},
    cite=both(L23.art(31, 3), REG.art(29)),
)

MARK_ABANDONED = Action(
    code="mark_abandoned",
    title="视为放弃申请",
    by=HANDLER,
    from_=("supplementing",),
    to="abandoned",
    inputs=i.Abandonment,
    requires=(g.supplement_expired,),
    discretion="逾期有无正当理由，由复议机构判断并记录在案",
    cite=both(L23.art(31, 2), REG.art(29)),
)

ACCEPT = Action(
    code="accept",
    title="受理",
    by=HANDLER,
    decided_by=SECTION_HEAD,
    from_=("received",),
    to="reviewing",
    inputs=i.Acceptance,
    sets={
        "complete_on": First((Fact("complete_on"), Field("accepted_on", EFFECTIVE_ON))),
        "procedure": by_version(v2023=Field("procedure", "ordinary"), v2017="legacy"),
        "reply_procedure": by_version(v2023=Field("procedure", "ordinary"), v2017="legacy"),
        "review_days": Field("review_days"),
        "committee_required": _committee,
        "accepted_on": by_version(v2023=Field("accepted_on", EFFECTIVE_ON), v2017=_accepted_2017),
    },
    needs=(COURT_CASES, SUITS, SAME_DISPUTE, WITHDRAWN_BEFORE, RESPONDENT_ORGANS),
    requires=(
        g.all_conditions_met, g.filed_in_time, g.competent_here, g.no_parallel_lawsuit, g.no_duplicate,
        g.reapplication_kept_out, g.simplified_allowed, g.accepted_in_order, g.not_ahead("accepted_on"),
    ),
    claims=(DISPUTE,),
    issues=("acceptance_notice",),
    cite=both(L23.art(30, 1), REG.art(28)),
)  # fmt: skip

REFUSE = Action(
    code="refuse",
    title="不予受理",
    by=HANDLER,
    decided_by=SECTION_HEAD,
    from_=("received",),
    to="refused",
    inputs=i.Refusal,
    requires=(g.competent_organ_named,),
    issues=("refusal_decision",),
    cite=both(L23.art(30, 2), L17.art(17, 1)),
)

REFER = Action(
    code="refer",
    title="告知或转送有关机关",
    by=HANDLER,
    from_=("received",),
    to="referred",
    inputs=i.Referral,
    versions=V17,
    cite=both(L17.art(17, 1), L17.art(18)),
)

INTAKE_ACTIONS = (
    RECEIVE, RECEIVE_TRANSFER, VIA_ORGAN, ORGAN_FORWARD, COUNTY_RECEIVE, SEVERAL_RECEIVED, SETTLE_JURISDICTION,
    REQUEST_SUPPLEMENT, SERVE_SUPPLEMENT, EXTEND_SUPPLEMENT, SUBMIT_SUPPLEMENT, MARK_ABANDONED, ACCEPT, REFUSE, REFER,
)  # fmt: skip
