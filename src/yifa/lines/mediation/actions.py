"""Acts of mediation from screening to acceptance (domain §7)."""

from typing import Any

from yifa.language.actions import Action, Facts, Need
from yifa.language.acts import Command, Event, FollowUp
from yifa.language.records import Lookup, one_of
from yifa.language.values import EFFECTIVE_ON, By, Field
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.mediation import guards as g
from yifa.lines.mediation import guards_conduct as conduct
from yifa.lines.mediation import inputs as i
from yifa.lines.mediation import inputs_conduct as c
from yifa.lines.mediation.law import (
    IM16,
    LIM,
    PML,
    PMW,
    SCREENING_RULES,
)
from yifa.lines.mediation.routing import (
    ROUTING,
    ROUTING_2017,
    ROUTING_2024,
    dispute_of,
    nature_of,
    routing_on,
)
from yifa.lines.mediation.stages import HEAD, MEDIATOR, PARTY

# ------------------------------------------------------------------------------------------- what acts give


def sides(view: View, event: Event) -> dict[str, str]:
    """The parties of the dispute; which side each is on stands in the register act."""
    return {party.id: "party" for party in event.data.get("parties", ())}


def _door(table: Any) -> Any:
    """The dispute, where this is the table of the day; a table of another day is not asked."""
    return lambda view, event: dispute_of(event.data) if routing_on(event.effective_on) is table else None


ROUTED = tuple((table, _door(table)) for table in (ROUTING_2017, ROUTING_2024, ROUTING))


def _nature(view: View, event: Event) -> str:
    return nature_of(event.data)


def _others_found(view: View, command: Command, facts: Facts) -> tuple[FollowUp, ...]:
    """Every further dispute found on the outing gets a record of its own."""
    data = {"place": command.data["place"]}
    more = range(1, command.data["disputes"])
    return tuple(FollowUp(Command("found", command.on, data), None, "mediation", "later") for _ in more)


def _ids(view: View, command: Command) -> Any:
    names = command.data.get("mediators") or command.data.get("ids")
    return tuple(names) if names else None


def _rows(key: Any, found: Any) -> Any:
    """What acceptance asks about mediators: adult and active, by id; no names."""
    return tuple(
        {"id": row["id"], "adult": row.get("adult", True), "state": row.get("state")} for row in found
    )


MEDIATORS = Need(
    "mediators", _ids, port="registers", optional=True, lookup=Lookup("mediator", one_of("id")), answer=_rows
)
DESCRIBED = {
    "dispute_type": Field("dispute_type"), "channel": Field("channel"), "committee_kind": Field("committee_kind"),
    "street": Field("street"),
}  # fmt: skip
PREVENTED = {
    "resolved_on": By("field:prevented", {True: EFFECTIVE_ON}),
    "prevented": By("field:prevented", {True: True}),
}
_FOUND = By("field:prevented", {True: "closed_prevented"}, otherwise="screened")

SCREENING_ACTIONS = (
    Action(
        code="screen", title="排查", by=MEDIATOR, from_=(None,), inputs=i.Outing,
        to=By("field:found", {False: "closed_nothing"}, otherwise=_FOUND),
        sets={"screened_on": EFFECTIVE_ON, "found": Field("found"), "dispute_type": Field("dispute_type"),
              "street": Field("street"), "committee_kind": Field("committee_kind"), **PREVENTED},
        requires=(g.find_counted,), follow_ups=_others_found, cite=both(PML.art(21, 2), SCREENING_RULES),
        note="一次外出、一个区域计一次，有无发现均计；发现多件的，其余各自登记",
    ),
    Action(code="found", title="另行登记排查发现的纠纷", by=MEDIATOR, from_=(None,), to=_FOUND, inputs=i.Found,
           sets={"found_on": EFFECTIVE_ON, "dispute_type": Field("dispute_type"), **PREVENTED},
           cite=both(PML.art(21, 2), SCREENING_RULES)),
    Action(code="settle_on_spot", title="当场化解", by=MEDIATOR, from_=("screened",), to="closed_prevented", inputs=i.Settled,
           sets={"prevented": True, "resolved_on": EFFECTIVE_ON}, cite=both(PML.art(21, 2), SCREENING_RULES)),
)  # fmt: skip

INTAKE_ACTIONS = (
    Action(
        code="register", title="登记", by=MEDIATOR, from_=(None, "screened"), to="registered", inputs=i.Registration,
        parties=sides,
        sets={"registered_on": EFFECTIVE_ON, "received_on": Field("received_on", EFFECTIVE_ON), **DESCRIBED, "nature": _nature,
              "other_forum": Field("other_forum"), "interrupted_on": Field("received_on", EFFECTIVE_ON)},
        requires=(g.opposing_sides, g.represented, g.dated_in_order, g.referral_complete, g.organ_item_listed,
                  g.lead_named, g.no_fee),
        warns=(g.many_people, g.may_flare_up, g.specialists_exist), decides=ROUTED,
        issues=By("field:form", {"oral": ("med_application", "med_register")}, otherwise=("med_register",)), numbers=("case",),
        cite=both(PML.art(17), PML.art(18), PML.art(27), LIM.art(12)),
        note="登记之日即当事人提出请求之日，诉讼时效中断",
    ),
    Action(code="ask_consent", title="征求意愿", by=MEDIATOR, from_=("registered",), to="consent_pending", inputs=i.Asking,
           cite=PML.art(17)),
    Action(code="answer_consent", title="当事人答复是否同意", by=PARTY | MEDIATOR, from_=("registered", "consent_pending", "accepted"),
           inputs=i.Answer, per="parties", cite=both(PML.art(17), PML.art(23, None, 2))),
    Action(
        code="refuse", title="拒绝/不受理", by=MEDIATOR, from_=("registered", "consent_pending"), to="closed_refused",
        inputs=i.Refusal, sets={"refused_on": EFFECTIVE_ON, "outcome": "refused"},
        requires=(g.somebody_refused, g.told_in_writing), issues=("med_fail",), cite=both(PML.art(17), PML.art(26)),
    ),
    Action(
        code="accept", title="受理", by=MEDIATOR, decided_by=HEAD, from_=("consent_pending",), to="accepted", inputs=i.Acceptance,
        sets={"accepted_on": Field("accepted_on", EFFECTIVE_ON), "mediators": Field("mediators"), **DESCRIBED},
        needs=(MEDIATORS,),
        requires=(g.nobody_refuses, g.within_scope, g.not_elsewhere, g.mediators_fit, g.court_papers_signed, g.licensed, g.no_fee),
        cite=both(PML.art(17), PML.art(19), IM16.art(11)),
    ),
    Action(
        code="start", title="开始调解", by=MEDIATOR, from_=("accepted",), to="mediating", inputs=c.Meeting,
        sets={"started_on": EFFECTIVE_ON}, requires=(g.everybody_consents, conduct.rights_explained, g.no_fee), issues=("med_record",),
        cite=both(PML.art(17), PML.art(22), PMW.art(30)),
    ),
)  # fmt: skip
