"""Guards of legal aid after the decision: assignment, conduct, closing, objection, duty lawyers (§7, §10, §12)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from yifa.language.actions import Facts, of_case
from yifa.language.acts import Command, Problem, refuse
from yifa.language.kernel_actions import with_dates
from yifa.language.rules import Tried
from yifa.language.view import View
from yifa.law.citation import Practice, Source, both
from yifa.lines.legal_aid import quality
from yifa.lines.legal_aid.assignment import ASSIGNMENT, blocking, candidate_of, weighing
from yifa.lines.legal_aid.guards import act_day
from yifa.lines.legal_aid.law import (
    ICPL,
    LAL,
    LAL_FROM,
    LAR,
    LOCAL_CHECK,
    PR,
    SUBSIDY_RULES,
    TERMINATION_GROUNDS,
)
from yifa.lines.legal_aid.means import parameter
from yifa.lines.legal_aid.roster import Shift, clashes
from yifa.lines.legal_aid.stages import BEFORE_DECISION, OBJECTIONABLE
from yifa.lines.legal_aid.subsidy import amount_due, row_for

Problems = Iterable[Problem]
NOTIFIED = frozenset({"crim_defence_notified", "compulsory_treatment"})
FINE_CAP = Decimal(3000)
REVIEW_GAP = 10


# ------------------------------------------------------------------------------------------ assignment


def _tried(view: View, cmd: Command, facts: Facts) -> tuple[Tried, ...] | None:
    candidate = candidate_of(view, cmd.data, cmd.on, facts.answers)
    return None if candidate is None else ASSIGNMENT.find(candidate).tried


def checks_pass(view: View, cmd: Command, facts: Facts) -> Problems:
    tried = _tried(view, cmd, facts)
    if tried is None:
        yield refuse("lawyer_unknown", PR.art(25), "lawyer")
        return
    for check in blocking(tried):
        yield refuse("assignment_check", check.cite, "lawyer", check=check.rule, title=check.title)


def checks_to_weigh(view: View, cmd: Command, facts: Facts) -> Problems:
    for check in weighing(_tried(view, cmd, facts) or ()):
        yield refuse("assignment_weigh", check.cite, "lawyer", check=check.rule, title=check.title)


def firm_accepts(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["firm_accepts"]:
        yield refuse("firm_declines", LAL.art(46, 1), "firm_accepts")


@of_case
def aid_is_open(view: View, cmd: Command, facts: Facts) -> Problems:
    """Before the decision only aid given first is assigned and worked on (44)."""
    if view.stage in BEFORE_DECISION and not view.facts.get("aid_first_open"):
        yield refuse("not_granted_yet", both(LAL.art(43, 1), LAL.art(44, 1)))


@of_case
def someone_assigned(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.stage in BEFORE_DECISION and not view.happened("assign"):
        yield refuse("nobody_assigned", LAL.art(43, 1))


def staff_inside(view: View, cmd: Command, facts: Facts) -> Problems:
    lawyer = cmd.data.get("lawyer")
    if lawyer is None or lawyer.role != "staff":
        yield refuse("staff_unqualified", LAL.art(13), "lawyer")


# --------------------------------------------------------------------------------------------- conduct


def change_grounded(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["granted"]:
        yield from checks_pass(view, cmd, facts)
    elif "reason" not in cmd.data:
        yield refuse("change_reason_missing", LAL.art(55), "reason")


def evidence_given(view: View, cmd: Command, facts: Facts) -> Problems:
    if "evidence" not in cmd.data:
        yield refuse("change_evidence_missing", LAL.art(55), "evidence")


def refusal_once(view: View, cmd: Command, facts: Facts) -> Problems:
    """Applied defence: free to refuse (CRIM13 15). Notified: once, with good reason the organ has found (ICPL 50)."""
    if view.facts.get("kind") not in NOTIFIED:
        return
    if any(event.data.get("allowed", True) for event in view.acts.get("refuse_lawyer", ())):
        yield refuse("lawyer_refused_again", ICPL.art(50))
    if cmd.data["allowed"] and not cmd.data["good_reason"]:
        yield refuse("no_good_reason", ICPL.art(50), "good_reason")


def termination_grounded(view: View, cmd: Command, facts: Facts) -> Problems:
    number = cmd.data["ground"]
    ground = TERMINATION_GROUNDS[number]
    if act_day(cmd) < LAL_FROM and ground.regulation is None:
        yield refuse("ground_not_in_regulation", LAR.art(23), "ground", title=ground.title)
    if number == 7:
        yield from _recipient_asks(view, cmd, ground.cite)
    if view.stage in BEFORE_DECISION and not view.facts.get("aid_first_open"):
        yield refuse("nothing_to_terminate", LAL.art(48, 1))


def _recipient_asks(view: View, cmd: Command, cite: Source) -> Problems:
    """Needs a good reason; in notified defence the organ examines it (48(1)(7), ICPL 50)."""
    if not cmd.data["good_reason"]:
        yield refuse("termination_no_reason", cite, "good_reason")
    if view.facts.get("kind") in NOTIFIED and not cmd.data["organ_examined"]:
        yield refuse("organ_must_examine", ICPL.art(50), "organ_examined")


# ------------------------------------------------------------------------------------------- objection


@of_case
def objection_open(view: View, cmd: Command, facts: Facts) -> Problems:
    """One objection to each refusal or termination; there is no time limit (49(1))."""
    if view.stage not in OBJECTIONABLE or view.facts.get("closed_as") not in ("refused", "terminated"):
        yield refuse("nothing_to_object", LAL.art(49, 1))
    elif view.count("object") >= view.count("refuse") + view.count("terminate"):
        yield refuse("objected_already", LAL.art(49, 3))


@of_case
def correction_ordered(view: View, cmd: Command, facts: Facts) -> Problems:
    """Each order is carried out once."""
    ordered = [act for act in view.acts.get("objection_decide", ()) if act.data.get("result") == "correct"]
    if len(ordered) <= view.count("resume_after_objection"):
        yield refuse("no_correction_ordered", LAL.art(49, 2))


# --------------------------------------------------------------------------------------------- closing


def ended_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    ended = cmd.data.get("ended_on")
    if ended is not None and ended > act_day(cmd):
        yield refuse("ended_in_future", LAL.art(50), "ended_on", on=act_day(cmd))


@of_case
def work_was_done(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.stage == "terminated" and not view.happened("assign", "arrange_inside"):
        yield refuse("no_work_done", LAL.art(50))


def file_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["missing"]:
        yield refuse("file_incomplete", LAL.art(50), "missing", missing=tuple(cmd.data["missing"]))


def missing_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["missing"]:
        yield refuse("missing_unnamed", LAL.art(50), "missing")


@of_case
def ready_to_archive(view: View, cmd: Command, facts: Facts) -> Problems:
    """The subsidy first, unless agency staff acted or no work was done."""
    worked = view.happened("assign") and not view.happened("arrange_inside")
    if worked and view.stage != "paid":
        yield refuse("not_paid_yet", LAL.art(52, 1))


def payment_due(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["agency_staff"] or view.happened("arrange_inside"):
        yield refuse("no_subsidy_for_staff", SUBSIDY_RULES, "agency_staff")
    if view.happened("pay"):
        yield refuse("paid_already", SUBSIDY_RULES)
    if cmd.data["share"] < 1 and not view.happened("terminate"):
        yield refuse("share_only_if_terminated", SUBSIDY_RULES, "share")


def payment_by_table(view: View, cmd: Command, facts: Facts) -> Problems:
    """The row in force when the case ended, by the factor and share given; without a loaded row nothing is paid."""
    row = _row(view, cmd)
    if row is None:
        yield refuse(
            "table_row_missing", both(LAL.art(52, 2), SUBSIDY_RULES), "amount", kind=view.facts.get("kind")
        )
        return
    due = amount_due(row, cmd.data["factor"], cmd.data["share"])
    if cmd.data["amount"] != due:
        yield refuse("amount_differs", LAL.art(52, 2), "amount", due=due)


def _row(view: View, cmd: Command) -> Any:
    day = view.facts.get("ended_on") or act_day(cmd)
    table = parameter(view.env.parameters, "subsidy_table", day)
    return row_for(table, view.facts.get("kind"), view.facts.get("phase"), cmd.data.get("area"))


def assessed_well(view: View, cmd: Command, facts: Facts) -> Problems:
    scores, assessors = cmd.data["scores"], cmd.data["assessors"]
    if len(set(assessors)) < 2 or len(set(assessors)) != len(scores):
        yield refuse("two_assessors", LAL.art(57), "assessors")
    elif quality.needs_third(scores, parameter(view.env.parameters, "review_gap", act_day(cmd), REVIEW_GAP)):
        yield refuse("third_assessor", LAL.art(57), "scores")
    if any(not 0 <= score <= 100 for score in scores):
        yield refuse("score_out_of_range", LAL.art(57), "scores")
    for name in set(assessors) & {view.facts.get("person")}:
        yield refuse("assessor_interested", LAL.art(57), "assessors", name=name)


# ------------------------------------------------------------------------------------------ commitments


@of_case
def on_commitment(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("mode") != "commitment":
        yield refuse("no_commitment", LAL.art(41, 2))


@of_case
def drawn_before(view: View, cmd: Command, facts: Facts) -> Problems:
    if not view.happened("draw_commitment"):
        yield refuse("not_drawn", LOCAL_CHECK)


@of_case
def only_after_fraud(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.last_data("terminate").get("ground") != 1:
        yield refuse("no_fraud_found", LAL.art(64))
    if view.happened("recover"):
        yield refuse("recovered_already", LAL.art(64))


def fine_capped(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["fine"] > FINE_CAP:
        yield refuse("fine_too_high", LAL.art(64), "fine", cap=FINE_CAP)


# ----------------------------------------------------------------------------- duty lawyers, consultation


def no_defender(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["has_defender"]:
        yield refuse("has_defender", both(LAL.art(30), LAL.art(37)), "has_defender")


def one_place_at_once(view: View, cmd: Command, facts: Facts) -> Problems:
    """The roster answers where the lawyer sits on that day: rows of place, day and half."""
    asked = Shift(*(cmd.data.get(name) for name in Shift._fields))
    rows = facts.get("duty_roster") or ()
    held = (Shift(row["place"], with_dates(row["day"]), row["half"], asked.lawyer) for row in rows)
    for other, shift in clashes((*held, asked)):
        if shift is asked:
            yield refuse("two_places", Practice("值班表规则"), "lawyer", place=other.place, day=other.day)


def content_given(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["content"]:
        yield refuse("help_without_content", LAL.art(30), "content")


def told_right(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["told_right"]:
        yield refuse("right_not_told", LAL.art(23), "told_right")
