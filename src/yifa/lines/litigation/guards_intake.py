"""Guards from registration to the answer. A guard is total and pure: problems or nothing, each with its article."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yifa.language.actions import Facts, Guard, of_case
from yifa.language.acts import Command, Event, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.law.identity import id_number_problem, uscc_problem
from yifa.lines.litigation.law import APL, DEF, HEAD, INT, MEDIATION_RULES, SUG, TRACKING
from yifa.lines.litigation.tables import COURT_LEVEL, PROPER_DEFENDANT, level, sued

Problems = Iterable[Problem]


def not_ahead(field: str) -> Guard:
    """A date recorded with an act is not later than the act itself."""

    def guard(view: View, cmd: Command, facts: Facts) -> Problems:
        day = cmd.data.get(field)
        if day is not None and day > cmd.on:
            yield refuse("dated_ahead", TRACKING, field, day=day, on=cmd.on)

    return guard


@of_case
def registered_once(view: View, cmd: Command, facts: Facts) -> Problems:
    """After failed mediation the suit itself is still to be registered; nothing else is registered twice."""
    if view.facts.get("registered_on") is not None:
        yield refuse("suit_registered", TRACKING)


def case_no_free(view: View, cmd: Command, facts: Facts) -> Problems:
    for case in facts.get("court_instance") or ():
        yield refuse(
            "court_case_no_taken", TRACKING, "court_case_no", number=cmd.data["court_case_no"], case=case
        )


def receipts_of(data: Mapping[str, Any]) -> dict[str, date]:
    """Each defendant with the day it received the complaint; the common day where it has none of its own."""
    common = data.get("complaint_received_on")
    own = {d.id: d.complaint_received_on or common for d in data.get("defendants", ())}
    return {name: day for name, day in own.items() if day is not None}


def receipts_plausible(view: View, cmd: Command, facts: Facts) -> Problems:
    receipts, filed = receipts_of(cmd.data), cmd.data.get("court_filed_on")
    if cmd.data["instance"] == "first" and not receipts:
        yield refuse("receipt_missing", APL.art(67, 1), "complaint_received_on")
    for name, day in receipts.items():
        if day > min(facts.ctx.today, cmd.on) or (filed is not None and day < filed):
            yield refuse("receipt_implausible", APL.art(67, 1), "complaint_received_on", name=name, day=day)


def filing_not_ahead(view: View, cmd: Command, facts: Facts) -> Problems:
    filed = cmd.data.get("court_filed_on")
    if filed is not None and filed > cmd.on:
        yield refuse("filed_in_future", APL.art(51, 1), "court_filed_on", on=cmd.on)


def sides_distinct(view: View, cmd: Command, facts: Facts) -> Problems:
    both_sides = {p.id for p in cmd.data["plaintiffs"]} & {d.id for d in cmd.data["defendants"]}
    for name in sorted(both_sides):
        yield refuse("both_sides", APL.art(49, None, 2), "defendants", name=name)


def representatives_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    chosen, plaintiffs = cmd.data["representatives"], {p.id for p in cmd.data["plaintiffs"]}
    if len(plaintiffs) >= 10 and not 2 <= len(chosen) <= 5:
        yield refuse("representatives_number", INT.art(29, 3), "representatives", count=len(chosen))
    for name in sorted(set(chosen) - plaintiffs):
        yield refuse("representative_no_plaintiff", APL.art(28), "representatives", name=name)


def agents_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    for principal, count in Counter(agent.principal for agent in cmd.data["agents"]).items():
        if count > 2:
            yield refuse(
                "too_many_agents", APL.art(31, 1), "agents", principal=principal or "被告", count=count
            )


def not_only_lawyers(view: View, cmd: Command, facts: Facts) -> Problems:
    """Staff or the officer must be among those who go to court."""
    kinds = {agent.kind for agent in cmd.data["agents"]}
    nominated = view.happened("nominate_officer") and not view.facts.get("excused")
    if kinds <= {"lawyer", "other"} and not nominated:
        yield refuse("only_lawyers", INT.art(128, 2), "agents")


def identities_valid(view: View, cmd: Command, facts: Facts) -> Problems:
    for party in (*cmd.data["plaintiffs"], *cmd.data["third_parties"]):
        if party.id_number and party.kind == "person" and id_number_problem(party.id_number):
            yield refuse("id_number_invalid", Practice("GB 11643"), "plaintiffs", party=party.id)
        if party.credit_code and uscc_problem(party.credit_code):
            yield refuse("credit_code_invalid", Practice("GB 32100"), "plaintiffs", party=party.id)


def attached_reviewable(view: View, cmd: Command, facts: Facts) -> Problems:
    for document in cmd.data["normative_docs"]:
        if document.kind != "document":
            yield refuse("attached_not_reviewable", APL.art(53, 2), "normative_docs", title=document.title)


def amount_stated(view: View, cmd: Command, facts: Facts) -> Problems:
    asked = cmd.data["case_kind"] == "compensation" or "compensation" in cmd.data["claims"]
    if asked and "amount_claimed" not in cmd.data:
        yield refuse("amount_missing", INT.art(68, 2), "amount_claimed")


def simplified_evidence(view: View, cmd: Command, facts: Facts) -> Problems:
    days = cmd.data.get("evidence_days")
    if days is None:
        return
    if cmd.data["procedure"] != "simplified":
        yield refuse("evidence_days_ordinary", APL.art(67, 1), "evidence_days")
    elif days > 15:
        yield refuse("evidence_days_too_many", INT.art(104, 1), "evidence_days", days=days)


def procedure_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["procedure"] == "simplified" and cmd.data["instance"] != "first":
        yield refuse("simplified_closed", APL.art(82), "procedure")


def reconsideration_known(view: View, cmd: Command, facts: Facts) -> Problems:
    """The linked case must be there, and a reconsideration."""
    name = cmd.data.get("reconsideration_case")
    told = facts.get("reconsideration")
    if name is not None and (not told or told["line"] != "reconsideration"):
        yield refuse("reconsideration_unknown", TRACKING, "reconsideration_case", case=name)


def defendants_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    """INT 134(1): where the reconsideration upheld the act both organs are defendants."""
    question = sued(view, Event(-1, cmd.action, cmd.on, cmd.data, facts=facts.answers))
    if question is None:
        return
    finding, roles = PROPER_DEFENDANT.find(question), {d.role for d in cmd.data["defendants"]}
    for role, code in (
        ("reconsideration", "reconsideration_organ_missing"),
        ("original", "original_organ_missing"),
    ):
        if finding.outcome == "both" and role not in roles:
            yield refuse(code, both(APL.art(26, 2), INT.art(134, 1)), "defendants")


def defendant_proper(view: View, cmd: Command, facts: Facts) -> Problems:
    """Flagged only: who is sued is for the court; the objection belongs into the answer, and no period stops."""
    if "wrong_defendant" in cmd.data:
        yield refuse(
            "defendant_doubtful",
            both(INT.art(26, 1), DEF.art(1)),
            "wrong_defendant",
            why=cmd.data["wrong_defendant"],
        )
    question = sued(view, Event(-1, cmd.action, cmd.on, cmd.data, facts=facts.answers))
    roles = {d.role for d in cmd.data["defendants"]}
    if question is None or len(roles) != 1:
        return
    finding = PROPER_DEFENDANT.find(question)
    (role,) = roles
    if finding.outcome != "both" and role not in (finding.outcome, "sole"):
        yield refuse("defendant_doubtful", finding.cite, "defendants", why=finding.tried[-1].title)


def court_fits(view: View, cmd: Command, facts: Facts) -> Problems:
    """Flagged only: an objection to jurisdiction has its own fifteen days."""
    question, court = level(view, Event(-1, cmd.action, cmd.on, cmd.data)), cmd.data.get("court_level")
    if question is None or court not in ("basic", "intermediate"):
        return
    finding = COURT_LEVEL.find(question)
    if finding.outcome != court:
        yield refuse("court_level_doubtful", finding.cite, "court_level")


def complaint_new(view: View, cmd: Command, facts: Facts) -> Problems:
    if any(i.subject == cmd.party for i in view.clocks.get("answer_and_evidence", ())):
        yield refuse(
            "complaint_received_before", APL.art(67, 1), "complaint_received_on", name=cmd.party or "被告"
        )


@of_case
def suit_at_hand(view: View, cmd: Command, facts: Facts) -> Problems:
    """After failed mediation there is nothing to answer before the court has sent its papers."""
    if view.facts.get("registered_on") is None:
        yield refuse("suit_not_registered", APL.art(67, 1))


def _filed(cmd: Command) -> date:
    day: date = cmd.data.get("posted_on") or cmd.data.get("filed_on") or cmd.on
    return day


def _within(clock: str, code: str, cite: Any) -> Guard:
    """Filed or posted by the last day of the party's own period."""

    def guard(view: View, cmd: Command, facts: Facts) -> Problems:
        due = view.due(clock, cmd.party)
        if due is not None and _filed(cmd) > due:
            yield refuse(code, cite, "filed_on", due=due)

    return guard


evidence_extension_in_time = _within("evidence_extension_request", "evidence_extension_late", INT.art(34))
objection_in_time = _within("jurisdiction_objection", "objection_late", INT.art(10, 1))


def extension_in_writing(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["in_writing"]:
        yield refuse("extension_not_written", INT.art(34), "in_writing")


def extension_asked(view: View, cmd: Command, facts: Facts) -> Problems:
    asked = [act.party for act in view.acts.get("request_evidence_extension", ())]
    if cmd.party not in asked and None not in asked and not (cmd.party is None and asked):
        yield refuse("extension_not_asked", INT.art(34), "granted")


def evidence_numbered(view: View, cmd: Command, facts: Facts) -> Problems:
    """A written answer may come without evidence only where evidence was allowed to come later."""
    deferred = view.happened("grant_evidence_extension", "request_evidence_extension")
    if not cmd.data["evidence"] and not deferred:
        yield refuse("evidence_missing", APL.art(34, 1), "evidence")


def answer_late(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("answer_and_evidence", cmd.party)
    if due is not None and _filed(cmd) > due:
        yield refuse("answer_overdue", both(APL.art(34, 2), APL.art(67, 1)), "filed_on", due=due)


def deferred_late(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("evidence_deferred", cmd.party)
    if cmd.data["kind"] == "deferred" and due is not None and _filed(cmd) > due:
        yield refuse("deferred_overdue", INT.art(34), "filed_on", due=due)


def evidence_permitted(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["permitted"]:
        yield refuse("evidence_not_permitted", APL.art(36), "permitted")
    if cmd.data["kind"] == "deferred" and not view.clocks.get("evidence_deferred"):
        yield refuse("extension_not_granted", INT.art(34), "kind")


def self_collected(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["collected_during_suit"]:
        yield refuse("self_collected", APL.art(35), "collected_during_suit")


@of_case
def objection_pending(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.count("object_jurisdiction") <= view.count("rule_jurisdiction"):
        yield refuse("no_objection", INT.art(10, 2))


def new_court_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["upheld"] and "court" not in cmd.data:
        yield refuse("new_court_missing", INT.art(10, 2), "court")


@of_case
def is_simplified(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("procedure") != "simplified":
        yield refuse("not_simplified", APL.art(84))


def parties_agree(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["agreed"]:
        yield refuse("mediation_not_agreed", APL.art(60, 2), "agreed")


@of_case
def mediation_going_on(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.count("refer_mediation") <= view.count("close_mediation"):
        yield refuse("no_mediation", MEDIATION_RULES)


@of_case
def mediation_idle(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.count("refer_mediation") > view.count("close_mediation"):
        yield refuse("mediation_open", MEDIATION_RULES)


def agreement_recorded(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["result"] == "settled" and "agreement" not in cmd.data:
        yield refuse("agreement_missing", MEDIATION_RULES, "agreement")


def suggestion_dated(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["kind"] == "governance" and "stated_due" not in cmd.data:
        yield refuse("suggestion_undated", SUG.art(8), "stated_due")


def officer_duty_told(view: View, cmd: Command, facts: Facts) -> Problems:
    """Flagged: cases of great public interest, where the officer must come (HEAD 4(1))."""
    if cmd.data["is_major"]:
        yield refuse("officer_expected", both(HEAD.art(4, 1), INT.art(129, 1)), "is_major")
