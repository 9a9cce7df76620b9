"""Guards of the review: from acceptance to the decision."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yifa.language.actions import Facts, Guard, of_case
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice
from yifa.lines.reconsideration.grounds import suspension_item, termination_item
from yifa.lines.reconsideration.guards import all_consent
from yifa.lines.reconsideration.law import L17, L23, R10, REG
from yifa.lines.reconsideration.stages import ALL_PARTIES
from yifa.lines.reconsideration.tables import DECISION_KINDS

Problems = Iterable[Problem]


def two_handlers(view: View, cmd: Command, facts: Facts) -> Problems:
    """Two for every trial under the old law; under the new one for the finding of facts."""
    few = len(set(cmd.data["handlers"])) < 2
    if few and view.version == "2017":
        yield refuse("two_handlers", REG.art(32), "handlers")
    elif few and cmd.data["fact_finding"]:
        yield refuse("two_handlers", L23.art(45, 2), "handlers")


@of_case
def two_on_the_spot(view: View, cmd: Command, facts: Facts) -> Problems:
    handlers = view.facts.get("handlers")
    if handlers is not None and len(set(handlers)) < 2:
        cite = REG.art(34, 2) if view.version == "2017" else L23.art(45, 2)
        yield refuse("two_handlers", cite, "handlers")


def qualified(view: View, cmd: Command, facts: Facts) -> Problems:
    for name in facts.get("handler_unqualified") or ():
        cite = L17.art(3, 2) if view.version == "2017" else L23.art(6, 2)
        yield refuse("handler_unqualified", cite, "handlers", name=name)


def no_conflict(view: View, cmd: Command, facts: Facts) -> Problems:
    for name in facts.get("handler_conflicts") or ():
        yield refuse("handler_conflict", Practice("参与作出被复议行为的人员应当回避"), "handlers", name=name)


def party_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if not (cmd.party or cmd.data.get("party")):
        yield refuse("third_party_missing", L23.art(16, 1), "party")


def file_not_secret(view: View, cmd: Command, facts: Facts) -> Problems:
    """Danger to public security or stability keeps a file closed only since 2024."""
    kept = {"state", "business", "privacy"} | ({"security"} if view.version == "2023" else set())
    if cmd.data["secret"] in kept:
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
        cite = L17.art(23, 1) if view.version == "2017" else L23.art(48)
        yield refuse("served_before_acceptance", cite, "served_on", accepted=accepted)


def self_collected_evidence(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data.get("collected_during_review"):
        cite = L17.art(24) if view.version == "2017" else L23.art(46, 1)
        yield refuse("self_collected", cite, "documents")


def late_reply(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("respondent_reply", cmd.party)
    posted = cmd.data.get("posted_on") or cmd.data["received_on"]
    if due is not None and posted > due:
        yield refuse(
            "reply_late", L23.art(70) if view.version == "2023" else L17.art(28, 1, 4), None, due=due
        )


@of_case
def is_simplified(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("procedure") != "simplified":
        yield refuse("not_simplified", L23.art(55))


def everyone_consents(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("procedure") == "simplified":
        yield refuse("already_simplified", L23.art(53, 2))
    if not all_consent(view, cmd.data["consents"]):
        yield refuse("simplified_consent", L23.art(53, 2), "consents")


def still_short_enough(view: View, cmd: Command, facts: Facts) -> Problems:
    """Thirty days from acceptance must not be over when the simplified procedure is agreed on."""
    accepted: date | None = view.facts.get("accepted_on")
    if accepted is not None and (cmd.on - accepted).days > 30:
        yield refuse("simplified_too_late", L23.art(62, 2), None, accepted=accepted)


def conversion_overdue(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("review_decision")
    if due is not None and cmd.on > due:
        yield refuse("conversion_late", L23.art(62, 2), None, due=due)


def views_recorded(view: View, cmd: Command, facts: Facts) -> Problems:
    if "record" not in cmd.data and "impossible_reason" not in cmd.data:
        yield refuse("views_unrecorded", L23.art(49), "record")


def panel_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    if view.version == "2017":
        return
    if "chair" not in data or len(set(data["officers"])) < 2 or "clerk" not in data:
        yield refuse("panel_incomplete", L23.art(50, 3), "officers")


def hearing_noticed_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    """Five working days before, unless the party (or everybody) has waived them in writing; no rule before 2024."""
    everybody, waived = set(view.parties_in(*ALL_PARTIES)), set(cmd.data["waived_by"])
    concerned = {cmd.party} if cmd.party else everybody
    if view.version == "2017" or (concerned and concerned <= waived):
        return
    latest = view.env.calendar.add_workdays(cmd.data["hearing_on"], -5)
    if cmd.data.get("served_on", cmd.on) > latest:
        yield refuse("hearing_too_soon", R10.source, "hearing_on", latest=latest)


@of_case
def hearing_was_noticed(view: View, cmd: Command, facts: Facts) -> Problems:
    notices = view.acts.get("notify_hearing", ())
    told = {notice.party for notice in notices}
    missing = set() if None in told else set(view.parties_in(*ALL_PARTIES)) - told
    if not notices or missing:
        cite = REG.art(33) if view.version == "2017" else L23.art(51, 1)
        yield refuse("hearing_not_noticed", cite, None, names=sorted(missing) or "各方当事人")


def respondent_head(view: View, cmd: Command, facts: Facts) -> Problems:
    excused = "absence_reason" in cmd.data or "reason" in cmd.data
    if view.version == "2023" and not cmd.data["respondent_head_present"] and not excused:
        yield refuse("head_absent", L23.art(51, 3), "absence_reason")


def stay_reasoned(view: View, cmd: Command, facts: Facts) -> Problems:
    if "ground" not in cmd.data and "reason" not in cmd.data:
        cite = L17.art(21) if view.version == "2017" else L23.art(42)
        yield refuse("stay_unreasoned", cite, "ground")


def _open_spans(view: View, start: str, end: str) -> int:
    return view.count(start) - view.count(end)


def begins_once(start: str, end: str) -> Guard:
    """An appraisal or inspection begins when none is going on."""

    @of_case
    def guard(view: View, cmd: Command, facts: Facts) -> Problems:
        if _open_spans(view, start, end) > 0:
            yield refuse("span_going_on", REG.art(37))

    return guard


def ends_begun(start: str, end: str) -> Guard:
    """It ends when one is going on, and not before it began."""

    def guard(view: View, cmd: Command, facts: Facts) -> Problems:
        if _open_spans(view, start, end) < 1:
            yield refuse("span_not_begun", REG.art(37))
            return
        last = view.last(start)
        begun = last.data.get("start", last.effective_on) if last else cmd.on
        if cmd.data.get("end", cmd.on) < begun:
            yield refuse("span_ends_early", REG.art(37), "end", begun=begun)

    return guard


def suspension_ground(view: View, cmd: Command, facts: Facts) -> Problems:
    item = suspension_item(view.version, cmd.data["ground"])
    if item is None:
        yield refuse("not_in_2017", REG.art(41, 1), "ground", what="该项中止情形")
    if view.version == "2023" and item == 6 and not cmd.data["agreed"]:
        yield refuse("suspension_needs_consent", L23.art(39, 1, 6), "agreed")


def suspended_since_acceptance(view: View, cmd: Command, facts: Facts) -> Problems:
    accepted, begun = view.facts.get("accepted_on"), cmd.data.get("suspended_on", cmd.on)
    if accepted is not None and begun < accepted:
        cite = REG.art(41, 1) if view.version == "2017" else L23.art(39, 1)
        yield refuse("suspended_before_acceptance", cite, "suspended_on", accepted=accepted)


def resumed_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    last = view.last("suspend")
    begun = last.data.get("suspended_on", last.effective_on) if last else None
    if begun is not None and cmd.data.get("resumed_on", cmd.on) < begun:
        cite = REG.art(41, 2) if view.version == "2017" else L23.art(39, 2)
        yield refuse("resumed_before_suspension", cite, "resumed_on", begun=begun)


@of_case
def attached_review_suspended(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.stage != "suspended":
        cite = L17.art(26) if view.version == "2017" else L23.art(39, 1, 9)
        yield refuse("attached_needs_suspension", cite)


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
        cite = REG.art(50, 1) if view.version == "2017" else L23.art(5, 2)
        yield refuse("mediation_involuntary", cite, "voluntary")
    if view.version == "2017" and not cmd.data.get("discretionary_or_compensation"):
        yield refuse("mediation_not_open_2017", REG.art(50, 1), "discretionary_or_compensation")


@of_case
def mediated_before(view: View, cmd: Command, facts: Facts) -> Problems:
    """Under the old law only what could be mediated may end in a mediation document."""
    if view.version == "2017" and not view.happened("mediate"):
        yield refuse("mediation_not_open_2017", REG.art(50, 1))


def everyone_signed(view: View, cmd: Command, facts: Facts) -> Problems:
    missing = set(view.parties_in("applicant", "respondent", "third_party")) - set(cmd.data["signed_by"])
    cite = L23.art(73, 1) if view.version == "2023" else REG.art(50, 2)
    if missing:
        yield refuse("signature_missing", cite, "signed_by", names=sorted(missing))
    if "sealed_on" not in cmd.data:
        yield refuse("seal_missing", cite, "sealed_on")


def termination_ripe(view: View, cmd: Command, facts: Facts) -> Problems:
    new = view.version == "2023"
    item = termination_item(view.version, cmd.data["ground"])
    if item is None:
        yield refuse("termination_ground_unknown", L23.art(41) if new else REG.art(42), "ground")
    elif item == (5 if new else 6):
        yield from _sixty_days_over(view, cmd)


def _sixty_days_over(view: View, cmd: Command) -> Problems:
    cite = L23.art(41, None, 5) if view.version == "2023" else REG.art(42, 2)
    live = view.live("suspend_termination")
    if not live:
        yield refuse("termination_no_suspension", cite, "ground")
    elif live[-1].due.due is not None and cmd.on <= live[-1].due.due:
        yield refuse("termination_too_early", cite, "ground", due=live[-1].due.due)


@of_case
def views_heard(view: View, cmd: Command, facts: Facts) -> Problems:
    ordinary = view.version == "2023" and view.facts.get("procedure") != "simplified"
    if ordinary and not view.happened("hear_opinions", "hold_hearing"):
        yield refuse("views_not_heard", L23.art(49))


def views_of_everybody(view: View, cmd: Command, facts: Facts) -> Problems:
    """Flagged only: the law wants the parties heard and leaves room where one of them is out of reach."""
    acts = view.acts.get("hear_opinions", ())
    heard = {act.party for act in acts}
    missing = set(view.parties_in(*ALL_PARTIES)) - heard
    if heard - {None} and None not in heard and missing:
        yield refuse("views_missing", L23.art(49), None, names=sorted(missing))


@of_case
def hearing_held(view: View, cmd: Command, facts: Facts) -> Problems:
    mandatory = any(notice.data.get("mandatory") for notice in view.acts.get("notify_hearing", ()))
    if view.version == "2023" and mandatory and not view.happened("hold_hearing"):
        yield refuse("hearing_not_held", L23.art(50, 1))


@of_case
def committee_consulted(view: View, cmd: Command, facts: Facts) -> Problems:
    opinions = [act for act in view.acts.get("consult_committee", ()) if act.data.get("opinion")]
    if view.facts.get("committee_required") and not opinions:
        yield refuse("committee_not_consulted", L23.art(52, 2))


def members_serve(view: View, cmd: Command, facts: Facts) -> Problems:
    """Opinions are given by members; whoever the register does not know as serving on the day is none."""
    for number in sorted(set(cmd.data.get("members", ())) - set(facts.get("committee_members") or ())):
        yield refuse("no_committee_member", L23.art(52, 1), "members", member=number)


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
    """L23 forbids the worse change unless a third party asked for it; Reg 51 every worse decision, without exception."""
    data = cmd.data
    if not data["worse_for_applicant"]:
        return
    if view.version == "2017":
        yield refuse("decision_for_worse", REG.art(51), "decision_type")
    elif "change" in decision_kinds(data) and not data["third_party_opposed"]:
        yield refuse("change_for_worse", L23.art(63, 2), "decision_type")


def no_evidence_holds(view: View, cmd: Command, facts: Facts) -> Problems:
    if "no_evidence" in decision_kinds(cmd.data) and not _silent(view, cmd.on):
        cite = L23.art(70) if view.version == "2023" else L17.art(28, 1, 4)
        yield refuse("evidence_was_given", cite, "decision_type")


def _silent(view: View, day: date) -> bool:
    """Whether a respondent's period has run out by `day` without a reply in time (also after a conversion, R17)."""
    replies = view.clocks.get("respondent_reply", ())
    over = (i for i in replies if i.live and i.due.due is not None and i.due.due < day)
    return any(i.state == "late" for i in replies) or any(over)


def decided_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("review_decision")
    if due is not None and cmd.data.get("decided_on", cmd.on) > due:
        yield refuse("decided_late", L23.art(62) if view.version == "2023" else L17.art(31, 1), None, due=due)


def not_decided_before_acceptance(view: View, cmd: Command, facts: Facts) -> Problems:
    accepted, decided = view.facts.get("accepted_on"), cmd.data.get("decided_on", cmd.on)
    if accepted is not None and decided < accepted:
        cite = L17.art(31, 1) if view.version == "2017" else L23.art(62, 1)
        yield refuse("decided_before_acceptance", cite, "decided_on", accepted=accepted)


def decision_kinds(data: Any) -> tuple[str, ...]:
    """The types of a decision, however many were given."""
    one, several = data.get("decision_type"), tuple(data.get("decision_types", ()))
    return (one, *several) if one else several
