"""Guards of mediation up to acceptance: preconditions of §7 and invalid input of §12, each with its article."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from yifa.language.actions import Facts, of_case
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.lines.mediation.facts import act_day, parameter, refusing, silent
from yifa.lines.mediation.law import (
    ADMIN_RULES,
    COMMERCIAL_2026,
    FREE,
    IM16,
    MED18,
    PLATFORM_RULE,
    PML,
    PMR89,
    SCREENING_RULES,
    VOLUNTARY,
)
from yifa.lines.mediation.parameters import SPECIALISED
from yifa.lines.mediation.routing import nature_of
from yifa.lines.mediation.stages import BY_COURT, DISPUTES, ORGANS, REFERRED

Problems = Iterable[Problem]
INTAKE_FORM = Practice("人民调解受理登记表")


# --------------------------------------------------------------------------------------------------- outings


def find_counted(view: View, cmd: Command, facts: Facts) -> Problems:
    """Found or not, and how many, must agree; settling on the spot needs something to settle."""
    found, number = cmd.data["found"], cmd.data["disputes"]
    if not found and (number or cmd.data["prevented"]):
        yield refuse("found_nothing_but", SCREENING_RULES, "disputes")


# ---------------------------------------------------------------------------------------------------- intake


def opposing_sides(view: View, cmd: Command, facts: Facts) -> Problems:
    parties = cmd.data["parties"]
    if len({party.side for party in parties}) < 2:
        yield refuse("one_side_only", PML.art(2), "parties")
    for party, times in Counter(party.id for party in parties).items():
        if times > 1:
            yield refuse("party_twice", PML.art(2), "parties", party=party)


def represented(view: View, cmd: Command, facts: Facts) -> Problems:
    for party in cmd.data["parties"]:
        if party.capacity != "full" and party.agent is None:
            yield refuse("party_unrepresented", INTAKE_FORM, "parties", party=party.id)


def dated_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    """What lies before the act may not lie after it."""
    for name in ("occurred_on", "handed_over_on", "received_on", "act_known_on", "infringed_on"):
        day = cmd.data.get(name)
        if day is not None and day > act_day(cmd):
            yield refuse("dated_later", INTAKE_FORM, name, day=day, on=act_day(cmd))


def referral_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    """Courts, police, petition offices and organs send with a paper and a day (PML 18)."""
    if cmd.data["channel"] not in REFERRED:
        return
    if "referrer_doc" not in cmd.data:
        yield refuse("referral_paper_missing", PML.art(18), "referrer_doc")
    if "handed_over_on" not in cmd.data:
        yield refuse("referral_day_missing", PML.art(18), "handed_over_on")


def organ_item_listed(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["committee_kind"] in ORGANS and not cmd.data["on_list"]:
        yield refuse("organ_item_unlisted", ADMIN_RULES, "on_list")


def lead_named(view: View, cmd: Command, facts: Facts) -> Problems:
    """Joint mediation across areas has one lead committee (PMR89 7)."""
    if cmd.data["joint_with"] and "lead" not in cmd.data:
        yield refuse("lead_missing", PMR89.art(7, 2), "lead")


def no_fee(view: View, cmd: Command, facts: Facts) -> Problems:
    """Mediation is free; only commercial mediation may charge, by its published tariff (PML 4)."""
    kind = cmd.data.get("committee_kind") or view.facts.get("committee_kind")
    if cmd.data.get("fee", Decimal(0)) > 0 and kind != "commercial":
        yield refuse("fee_charged", FREE, "fee", fee=cmd.data["fee"])


# Hints at registration: they do not forbid.


def many_people(view: View, cmd: Command, facts: Facts) -> Problems:
    least = parameter(view.env.parameters, "mass_dispute_min", act_day(cmd), 10)
    if cmd.data["people_count"] >= least:
        yield refuse(
            "mass_dispute", PML.art(25), "people_count", people=cmd.data["people_count"], least=least
        )


def may_flare_up(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["risk"] != "none":
        yield refuse("risk_seen", PML.art(25), "risk")


def specialists_exist(view: View, cmd: Command, facts: Facts) -> Problems:
    lists = parameter(view.env.parameters, "mediation_routing_list", act_day(cmd), SPECIALISED)
    name = lists.get(cmd.data["dispute_type"])
    if name is not None and cmd.data["committee_kind"] in ("village", "town"):
        what = DISPUTES[cmd.data["dispute_type"]]
        yield refuse("specialists_exist", PML.art(34), "committee_kind", type=what, committee=name)


# ------------------------------------------------------------------------------------------------ acceptance


def nobody_refuses(view: View, cmd: Command, facts: Facts) -> Problems:
    for party in refusing(view, cmd.data):
        yield refuse("party_refused", VOLUNTARY, "consent", party=party)


def everybody_consents(view: View, cmd: Command, facts: Facts) -> Problems:
    for party in refusing(view, cmd.data):
        yield refuse("party_refused", VOLUNTARY, "consent", party=party)
    for party in silent(view, cmd.data):
        yield refuse("consent_missing", VOLUNTARY, "consent", party=party)


def somebody_refused(view: View, cmd: Command, facts: Facts) -> Problems:
    """A refusal on behalf of a party needs one that has said no."""
    if cmd.data["ground"] == "party_refuses" and not refusing(view, cmd.data) and cmd.party is None:
        yield refuse("nobody_refused", VOLUNTARY, "ground")


def told_in_writing(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["told_routes"]:
        yield refuse("routes_untold", PML.art(26), "told_routes")


@of_case
def within_scope(view: View, cmd: Command, facts: Facts) -> Problems:
    """Only disputes between people; what an organ alone decides, and crimes, are none (PML 2)."""
    if nature(view) in _NOT_PRIVATE:
        yield refuse("not_private", PML.art(2), "nature", door=_NOT_PRIVATE[nature(view)])


_NOT_PRIVATE = {"administrative": "行政复议或者行政诉讼", "crime": "公安机关报案"}


def nature(view: View) -> str:
    """The nature of the registered dispute."""
    return nature_of({**view.facts, **view.last_data("register")})


@of_case
def not_elsewhere(view: View, cmd: Command, facts: Facts) -> Problems:
    """Another body has it: only what that court itself sent is taken; medical disputes have their own rule."""
    forum = view.facts.get("other_forum", "none")
    if view.facts.get("dispute_type") == "medical" and forum in ("court", "health_authority"):
        yield from _medical_elsewhere(view)
    elif forum != "none" and not (forum == "court" and view.facts.get("channel") in BY_COURT):
        yield refuse("elsewhere_already", PML.art(3, None, 3), "other_forum")


def _medical_elsewhere(view: View) -> Problems:
    if view.facts.get("committee_kind") == "health":
        yield refuse("medical_elsewhere", MED18.art(40), "other_forum")
    elif view.facts.get("channel") not in BY_COURT:
        yield refuse("medical_elsewhere", both(MED18.art(40), PLATFORM_RULE), "other_forum")


def mediators_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    """Adults, and active in the register (PML 14), where the register knows them."""
    known = {row["id"]: row for row in facts.get("mediators") or ()}
    for name in cmd.data.get("mediators", cmd.data.get("ids", ())):
        row: Any = known.get(name)
        if row is None:
            continue
        if not row.get("adult", True):
            yield refuse("mediator_under_age", PML.art(14, 1), "mediators", mediator=name)
        if row.get("state", "active") != "active":
            yield refuse("mediator_inactive", PML.art(13), "mediators", mediator=name)


def court_papers_signed(view: View, cmd: Command, facts: Facts) -> Problems:
    """The term of a court's case runs from the day its papers are signed for (IM16 27)."""
    signed = cmd.data.get("signed_on")
    channel = cmd.data.get("channel") or view.facts.get("channel")
    if channel in BY_COURT and signed is None:
        yield refuse("court_papers_unsigned", IM16.art(27), "signed_on")
    if signed is not None and signed > act_day(cmd):
        yield refuse("dated_later", IM16.art(27), "signed_on", day=signed, on=act_day(cmd))


def licensed(view: View, cmd: Command, facts: Facts) -> Problems:
    """Commercial mediation needs a permission from 2026-05-01."""
    kind = cmd.data.get("committee_kind") or view.facts.get("committee_kind")
    if kind == "commercial" and act_day(cmd) >= COMMERCIAL_2026 and "licence" not in cmd.data:
        yield refuse("licence_missing", PERMISSION, "licence")


PERMISSION = Practice("商事调解条例（2026年）：商事调解组织须经许可（条号待核）")
