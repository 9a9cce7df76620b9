"""Guards after acceptance."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yifa.language.actions import Facts
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice
from yifa.lines.reconsideration.guards import all_consent
from yifa.lines.reconsideration.law import CPL, L17, L23, R10, REG
from yifa.lines.reconsideration.tables import DECISION_KINDS, SUSPENSION_GROUNDS_60

Problems = Iterable[Problem]


def two_handlers(view: View, cmd: Command, facts: Facts) -> Problems:
    if len(set(cmd.data["handlers"])) < 2:
        cite = REG.art(32) if view.version == "2017" else L23.art(45, 2)
        yield refuse("two_handlers", cite, "handlers")


def no_conflict(view: View, cmd: Command, facts: Facts) -> Problems:
    for name in facts.get("handler_conflicts") or ():
        yield refuse("handler_conflict", Practice("参与作出被复议行为的人员应当回避"), "handlers", name=name)


def party_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if not (cmd.party or cmd.data.get("party")):
        yield refuse("third_party_missing", L23.art(16, 1), "party")


def file_not_secret(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["secret"] != "none":
        cite = L17.art(23, 2) if view.version == "2017" else L23.art(47)
        yield refuse("file_secret", cite, "secret")


def evidence_may_be_added(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["new_ground_raised"]:
        yield refuse("no_new_ground", L23.art(46, 2), "new_ground_raised")
    if not cmd.data["agreed"]:
        yield refuse("evidence_not_agreed", L23.art(46, 2), "agreed")


def copy_after_acceptance(view: View, cmd: Command, facts: Facts) -> Problems:
    sent, served = cmd.data.get("sent_on"), cmd.data["served_on"]
    if sent is not None and served < sent:
        yield refuse("served_before_sent", L23.art(88, 1), "served_on", sent=sent)
    accepted: date | None = view.facts.get("accepted_on")
    if accepted is not None and served < accepted:
        yield refuse("served_before_acceptance", L23.art(48), "served_on", accepted=accepted)


def self_collected_evidence(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data.get("collected_during_review"):
        yield refuse("self_collected", L23.art(46, 1), "documents")


def late_reply(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("respondent_reply", cmd.party)
    posted = cmd.data.get("posted_on") or cmd.data["received_on"]
    if due is not None and posted > due:
        yield refuse(
            "reply_late", L23.art(70) if view.version == "2023" else L17.art(28, 1, 4), None, due=due
        )


def is_simplified(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("procedure") != "simplified":
        yield refuse("not_simplified", L23.art(55))


def everyone_consents(view: View, cmd: Command, facts: Facts) -> Problems:
    if not all_consent(view, cmd.data["consents"]):
        yield refuse("simplified_consent", L23.art(53, 2), "consents")


def views_recorded(view: View, cmd: Command, facts: Facts) -> Problems:
    if "record" not in cmd.data and "impossible_reason" not in cmd.data:
        yield refuse("views_unrecorded", L23.art(49), "record")


def panel_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    if "chair" not in data or len(set(data["officers"])) < 2 or "clerk" not in data:
        yield refuse("panel_incomplete", L23.art(50, 3), "officers")


def hearing_noticed_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    parties = set(view.parties_in("applicant", "respondent", "third_party"))
    if parties and parties <= set(cmd.data["waived_by"]):
        return
    latest = view.env.calendar.add_workdays(cmd.data["hearing_on"], -5)
    if cmd.data.get("served_on", cmd.on) > latest:
        yield refuse("hearing_too_soon", R10.source, "hearing_on", latest=latest)


def hearing_was_noticed(view: View, cmd: Command, facts: Facts) -> Problems:
    if not view.happened("notify_hearing"):
        yield refuse("hearing_not_noticed", L23.art(51, 1))


def respondent_head(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["respondent_head_present"] and "absence_reason" not in cmd.data:
        yield refuse("head_absent", L23.art(51, 3), "absence_reason")


def suspension_ground(view: View, cmd: Command, facts: Facts) -> Problems:
    ground, version = cmd.data["ground"], view.version
    if version == "2017" and ground > 8:
        yield refuse("not_in_2017", REG.art(41, 1), "ground", what="该项中止情形")
    if version == "2023" and ground == 6 and not cmd.data["agreed"]:
        yield refuse("suspension_needs_consent", L23.art(39, 1, 6), "agreed")


def attached_review_suspended(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.stage != "suspended":
        yield refuse("attached_needs_suspension", L23.art(39, 1, 9))


def extension_allowed(view: View, cmd: Command, facts: Facts) -> Problems:
    cite = L23.art(62, 1) if view.version == "2023" else L17.art(31, 1)
    if view.facts.get("procedure") == "simplified":
        yield refuse("simplified_no_extension", L23.art(62, 2))
    if cmd.data["days"] > 30:
        yield refuse("extension_too_long", cite, "days", days=cmd.data["days"])
    if view.happened("extend_review"):
        yield refuse("extension_again", cite)
    due = view.due("review_decision")
    if due is not None and cmd.on > due:
        yield refuse("extension_late", cite, None, due=due)
    if not cmd.data["complex"]:
        yield refuse("extension_not_complex", cite, "complex")


def mediation_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["voluntary"]:
        yield refuse("mediation_involuntary", L23.art(5, 2), "voluntary")
    if view.version == "2017" and not cmd.data["discretionary_or_compensation"]:
        yield refuse("mediation_not_open_2017", REG.art(50, 1), "discretionary_or_compensation")


def everyone_signed(view: View, cmd: Command, facts: Facts) -> Problems:
    missing = set(view.parties_in("applicant", "respondent", "third_party")) - set(cmd.data["signed_by"])
    cite = L23.art(73, 1) if view.version == "2023" else REG.art(50, 2)
    if missing:
        yield refuse("signature_missing", cite, "signed_by", names=sorted(missing))
    if "sealed_on" not in cmd.data:
        yield refuse("seal_missing", cite, "sealed_on")


def termination_ripe(view: View, cmd: Command, facts: Facts) -> Problems:
    if not _needs_sixty_days(view, cmd.data["ground"]):
        return
    cite = L23.art(41, None, 5) if view.version == "2023" else REG.art(42, 2)
    live = view.live("suspend_termination")
    if not live:
        yield refuse("termination_no_suspension", cite, "ground")
    elif live[-1].due.due is not None and cmd.on <= live[-1].due.due:
        yield refuse("termination_too_early", cite, "ground", due=live[-1].due.due)


def _needs_sixty_days(view: View, ground: int) -> bool:
    if view.version == "2023":
        return ground == 5
    last = view.last_data("suspend").get("ground")
    return view.stage == "suspended" and last in SUSPENSION_GROUNDS_60["2017"] and ground in (2, 3)


def views_heard(view: View, cmd: Command, facts: Facts) -> Problems:
    ordinary = view.version == "2023" and view.facts.get("procedure") != "simplified"
    if ordinary and not view.happened("hear_opinions", "hold_hearing"):
        yield refuse("views_not_heard", L23.art(49))


def hearing_held(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.last_data("notify_hearing").get("mandatory") and not view.happened("hold_hearing"):
        yield refuse("hearing_not_held", L23.art(50, 1))


def committee_consulted(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("committee_required") and not view.happened("consult_committee"):
        yield refuse("committee_not_consulted", L23.art(52, 2))


def decision_kinds_open(view: View, cmd: Command, facts: Facts) -> Problems:
    kinds = decision_kinds(cmd.data)
    if not kinds:
        yield refuse("decision_kind_missing", L23.art(61, 1), "decision_type")
    for code in kinds:
        kind = DECISION_KINDS[code]
        if view.version == "2017" and kind.law_2017 is None:
            yield refuse("not_in_2017", L17.art(28, 1), "decision_type", what=kind.title)
    if kinds and all(code.startswith("compensation") for code in kinds):
        yield refuse("compensation_alone", L23.art(72, 1), "decision_type")


def no_worse_change(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    if "change" in decision_kinds(data) and data["worse_for_applicant"] and not data["third_party_opposed"]:
        yield refuse(
            "change_for_worse", L23.art(63, 2) if view.version == "2023" else REG.art(51), "decision_type"
        )


def no_evidence_holds(view: View, cmd: Command, facts: Facts) -> Problems:
    if "no_evidence" in decision_kinds(cmd.data) and not view.effect("no_evidence"):
        yield refuse(
            "evidence_was_given",
            L23.art(70) if view.version == "2023" else L17.art(28, 1, 4),
            "decision_type",
        )


def decided_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("review_decision")
    if due is not None and cmd.data.get("decided_on", cmd.on) > due:
        yield refuse("decided_late", L23.art(62) if view.version == "2023" else L17.art(31, 1), None, due=due)


def not_decided_before_acceptance(view: View, cmd: Command, facts: Facts) -> Problems:
    accepted, decided = view.facts.get("accepted_on"), cmd.data.get("decided_on", cmd.on)
    if accepted is not None and decided < accepted:
        yield refuse("decided_before_acceptance", L23.art(62, 1), "decided_on", accepted=accepted)


def served_after_decision(view: View, cmd: Command, facts: Facts) -> Problems:
    decided: date | None = view.facts.get("decided_on")
    if decided is not None and cmd.data["served_on"] < decided:
        yield refuse("served_before_decision", L23.art(75, 2), "served_on", decided=decided)


def e_service_consented(view: View, cmd: Command, facts: Facts) -> Problems:
    applicant = view.parties.get(cmd.party or "", "applicant") == "applicant"
    if cmd.data["method"] == "electronic" and applicant and view.facts.get("e_service_consent") is False:
        yield refuse("e_service_refused", CPL.art(90), "method")


def notice_is_last(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["exhausted"]:
        yield refuse("notice_not_last", CPL.art(95), "exhausted")


def order_needs_default(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.version == "2017" and cmd.data["of"] != "decision":
        yield refuse("not_in_2017", L17.art(32, 2), "of", what="责令履行调解书、意见书")


def ready_to_close(view: View, cmd: Command, facts: Facts) -> Problems:
    for party in sorted({i.subject or "" for i in view.live("sue_after_decision")}):
        due = view.due("sue_after_decision", party or None)
        if due is not None and cmd.on <= due:
            yield refuse("lawsuit_still_open", L23.art(75, 2), None, party=party or "当事人", due=due)
    if view.live("performance_due") or view.live("remake_act"):
        yield refuse("performance_open", L23.art(77, 1))


def decision_kinds(data: Any) -> tuple[str, ...]:
    """The types of a decision, however many were given."""
    one = data.get("decision_type")
    return (one, *data["decision_types"]) if one else tuple(data["decision_types"])
