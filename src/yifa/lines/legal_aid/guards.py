"""Guards of legal aid: preconditions of §7 and invalid input of §12, each with its article."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yifa.language.actions import Facts
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.law.identity import id_number_problem
from yifa.lines.legal_aid.assignment import ASSIGNMENT, Candidate
from yifa.lines.legal_aid.eligibility import ELIGIBILITY, NO_CONDITION, NOTICE_GROUNDS, Applicant, applicant
from yifa.lines.legal_aid.law import COMMITMENT_RULES, ICPL, LAL, LAR, PR, PR_FROM, SUBSIDY_RULES

Problems = Iterable[Problem]
MEANS_FIELDS = ("household", "per_capita_income", "assets")
FINE_CAP = Decimal(3000)


def day_of(value: date | None) -> date | None:
    """The day of a date or a moment."""
    return value.date() if isinstance(value, datetime) else value


def known_means(view: View, cmd: Command) -> dict[str, Any]:
    """Eligibility inputs of the case so far, those of this act on top."""
    merged: dict[str, Any] = {}
    for action in ("receive", "forward", "notify_in", "supplement_in"):
        merged |= {k: v for k, v in view.last_data(action).items() if v not in ((), [], False)}
    return merged | {k: v for k, v in cmd.data.items() if v not in ((), [], False)}


def applicant_of(view: View, cmd: Command) -> Applicant:
    """The applicant as the rules see them, by the parameters of the day of receipt."""
    day = view.facts.get("first_received_on") or day_of(cmd.data.get("received_at")) or cmd.on
    return applicant(known_means(view, cmd), day, view.env.parameters)


def received_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    received = day_of(cmd.data["received_at"])
    assert received is not None
    if received > facts.ctx.today:
        yield refuse("received_in_future", LAL.art(43, 1), "received_at", today=facts.ctx.today)
    first = cmd.data.get("first_received_on")
    if first is not None and first > received:
        yield refuse("first_after_received", LAL.art(43, 1), "first_received_on", received=received)


def identity_valid(view: View, cmd: Command, facts: Facts) -> Problems:
    number = cmd.data.get("id_no")
    if number and len(number) == 18 and id_number_problem(number):
        yield refuse("id_number_invalid", Practice("GB 11643"), "id_no")


def agent_fits(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    if data["capacity"] != "full" and "agent" not in data:
        yield refuse("agent_missing", LAL.art(40, 1), "agent")
    if data["agent_is_wrongdoer"]:
        yield refuse("agent_is_wrongdoer", LAL.art(40, 1), "agent")


def means_not_asked(view: View, cmd: Command, facts: Facts) -> Problems:
    """No question about means where the law asks none (25, 28, 32)."""
    data = cmd.data
    free = data.get("no_condition_ground") in NO_CONDITION or data.get("notice_ground") in NOTICE_GROUNDS
    if free and any(data.get(name) for name in MEANS_FIELDS):
        yield refuse("means_not_asked", both(LAL.art(25), LAL.art(28), LAL.art(32)), "household")


def no_certificate(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["hardship_certificate_required"] and cmd.on >= PR_FROM:
        yield refuse("certificate_required", LAL.art(41, 2), "hardship_certificate_required")


def commitment_open(view: View, cmd: Command, facts: Facts) -> Problems:
    broken = cmd.data.get("commitment_broken") or facts.get("broken_commitments")
    if cmd.data.get("mode") == "commitment" and broken:
        yield refuse("commitment_broken", COMMITMENT_RULES, "mode")


def times_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    applied, forwarded = cmd.data.get("applied_at"), cmd.data.get("forwarded_at")
    if applied is not None and forwarded is not None and _moment(forwarded) < _moment(applied):
        yield refuse("forwarded_before_applied", LAL.art(39, 1), "forwarded_at", applied=applied)


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def supplement_once(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.happened("ask_supplement"):
        yield refuse("supplement_again", LAL.art(43, 2))


def term_lies_ahead(view: View, cmd: Command, facts: Facts) -> Problems:
    notice, due = cmd.data.get("served_on") or cmd.on, cmd.data.get("due_on")
    if due is not None and due <= notice:
        yield refuse("term_in_past", LAL.art(43, 2), "due_on", notice=notice)


def aid_first_grounds(view: View, cmd: Command, facts: Facts) -> Problems:
    """Less than seven days left, or preservation or advance execution needed at once (44)."""
    if cmd.data["ground"] != "limitation":
        return
    ends = cmd.data.get("limitation_date") or view.facts.get("limitation_date")
    if ends is None:
        yield refuse("limitation_missing", LAL.art(44, 1, 1), "limitation_date")
        return
    left = (ends - cmd.on).days
    if left >= 7:
        yield refuse("aid_first_too_early", LAL.art(44, 1, 1), "limitation_date", left=left, ends=ends)


def not_retained(view: View, cmd: Command, facts: Facts) -> Problems:
    if applicant_of(view, cmd).retained:
        yield refuse("already_retained", both(LAL.art(24), LAL.art(25, 1), LAL.art(31)), "other_aid")


def rules_met(view: View, cmd: Command, facts: Facts) -> Problems:
    finding = ELIGIBILITY.find(applicant_of(view, cmd))
    if finding.outcome == "refuse" and finding.decisive != "E-R":
        yield refuse(
            "not_eligible", finding.cite, "rule_path", rule=finding.decisive, title=finding.tried[-1].title
        )
    if finding.outcome == "manual_review" and "head_decides" not in cmd.data:
        yield refuse("head_must_decide", LAL.art(24), "head_decides")


def failed_rule_named(view: View, cmd: Command, facts: Facts) -> Problems:
    finding = ELIGIBILITY.find(applicant_of(view, cmd))
    if finding.outcome == "grant":
        yield refuse("refusal_without_ground", LAL.art(43, 1), "rule", rule=finding.decisive)


def notice_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    for name in ("cause", "name", "contact"):
        if name not in cmd.data:
            yield refuse("notice_incomplete", ICPL.art(49), name, name=_NOTICE_FIELDS[name])


_NOTICE_FIELDS = {"cause": "案由", "name": "犯罪嫌疑人、被告人姓名", "contact": "承办人及联系方式"}


def notice_ground_known(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["notice_ground"] not in NOTICE_GROUNDS:
        yield refuse(
            "notice_ground_unknown", LAL.art(25, 1), "notice_ground", ground=cmd.data["notice_ground"]
        )


def candidate_of(view: View, data: Any, day: date) -> Candidate | None:
    """The candidate of an assignment, if enough is said about them."""
    lawyer = data.get("lawyer")
    if lawyer is None:
        return None
    return Candidate(
        day, view.facts.get("kind") or "civil", lawyer, data.get("may_be_life_or_death", False),
        data.get("minor_at_stage", False), data.get("needs_interpreter", False), data.get("no_other_firm", False),
        data.get("head_override"),
    )  # fmt: skip


def checks_pass(view: View, cmd: Command, facts: Facts) -> Problems:
    candidate = candidate_of(view, cmd.data, cmd.on)
    if candidate is None:
        yield refuse("lawyer_unknown", PR.art(25), "lawyer")
        return
    for tried in ASSIGNMENT.find(candidate).tried:
        if tried.holds:
            yield refuse("assignment_check", tried.cite, "lawyer", check=tried.rule, title=tried.title)


def firm_accepts(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["firm_accepts"]:
        yield refuse("firm_declines", LAL.art(46, 1), "firm_accepts")


def staff_inside(view: View, cmd: Command, facts: Facts) -> Problems:
    lawyer = cmd.data.get("lawyer")
    if lawyer is not None and (lawyer.role != "staff" or not lawyer.staff_qualified):
        yield refuse("staff_unqualified", LAL.art(13), "lawyer")


def change_grounded(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["granted"] and "person" not in cmd.data:
        yield refuse("new_person_missing", LAL.art(55), "person")


def evidence_given(view: View, cmd: Command, facts: Facts) -> Problems:
    if "evidence" not in cmd.data:
        yield refuse("change_evidence_missing", LAL.art(55), "evidence")


def refusal_once(view: View, cmd: Command, facts: Facts) -> Problems:
    """Notified defence: once, with good reason, found by the organ (ICPL 50)."""
    if view.facts.get("kind") != "crim_defence_notified":
        return
    if view.happened("refuse_lawyer"):
        yield refuse("lawyer_refused_again", ICPL.art(50))
    if not cmd.data["good_reason"]:
        yield refuse("no_good_reason", ICPL.art(50), "good_reason")


def termination_grounded(view: View, cmd: Command, facts: Facts) -> Problems:
    """Ground 7 needs a good reason; in notified defence the organ examines it (48(7), ICPL 50)."""
    if cmd.data["ground"] == 7 and not cmd.data["good_reason"]:
        yield refuse("termination_no_reason", both(LAL.art(48, 1, 7), ICPL.art(50)), "good_reason")


def objection_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.stage not in ("refused", "terminated"):
        yield refuse("nothing_to_object", LAL.art(49, 1))


def file_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["missing"]:
        yield refuse("file_incomplete", LAL.art(50), "missing", missing=tuple(cmd.data["missing"]))


def payment_due(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["agency_staff"] or view.happened("arrange_inside"):
        yield refuse("no_subsidy_for_staff", SUBSIDY_RULES, "agency_staff")
    if view.happened("pay"):
        yield refuse("paid_already", SUBSIDY_RULES)
    if "table_row" not in cmd.data:
        yield refuse("table_row_missing", LAL.art(52, 2), "table_row")


def assessors_differ(view: View, cmd: Command, facts: Facts) -> Problems:
    if len(set(cmd.data["assessors"])) < 2:
        yield refuse("two_assessors", LAL.art(57), "assessors")


def fine_capped(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["fine"] > FINE_CAP:
        yield refuse("fine_too_high", LAL.art(64), "fine", cap=FINE_CAP)


def only_after_fraud(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.last_data("terminate").get("ground") != 1:
        yield refuse("no_fraud_found", LAL.art(64))


def no_defender(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["has_defender"]:
        yield refuse("has_defender", both(LAL.art(30), LAL.art(37)), "has_defender")


def told_right(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["told_right"]:
        yield refuse("right_not_told", both(LAL.art(23), LAR.art(25)), "told_right")


def not_past_decision(view: View, cmd: Command, facts: Facts) -> Problems:
    received = view.facts.get("first_received_on")
    if received is not None and cmd.on < received:
        yield refuse("decision_before_receipt", LAL.art(43, 1), None, received=received)
