"""Guards of legal aid up to the decision: preconditions of §7 and invalid input of §12, each with its article."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yifa.language.actions import Facts, of_case
from yifa.language.acts import Command, Problem, refuse
from yifa.language.rules import Finding
from yifa.language.view import View
from yifa.law.citation import Practice, both
from yifa.law.identity import id_number_problem
from yifa.law.periods import add_months
from yifa.lines.legal_aid.eligibility import (
    CRIMINAL_KINDS,
    NO_CONDITION,
    NOTICE_GROUNDS,
    Applicant,
    applicant,
    tables_of,
)
from yifa.lines.legal_aid.law import CITYWIDE, COMMITMENT_RULES, ICPL, LAL, LAR, PR_FROM
from yifa.lines.legal_aid.means import parameter
from yifa.lines.legal_aid.stages import BEFORE_DECISION

Problems = Iterable[Problem]
MEANS_FIELDS = ("household", "per_capita_income", "per_capita_spending", "assets")
ADULT, ELDERLY = 18, 60


def day_of(value: date) -> date:
    """The day of a date or a moment."""
    return value.date() if isinstance(value, datetime) else value


def act_day(cmd: Command) -> date:
    """The day of an act."""
    return day_of(cmd.on)


def known_means(view: View, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the case has said so far that eligibility looks at, this act on top."""
    merged: dict[str, Any] = {}
    for source in (*(view.last_data(a) for a in ("receive", "notify_in", "supplement_in")), data):
        merged |= {name: value for name, value in source.items() if value not in ((), [], False)}
    return merged


def applicant_of(view: View, data: Mapping[str, Any], on: date) -> Applicant:
    """The applicant as the rules see them, by the parameters of the day of receipt."""
    day = view.facts.get("first_received_on") or day_of(data.get("received_at") or on)
    return applicant(known_means(view, data), day, view.env.parameters)


def eligibility(view: View, cmd: Command) -> Finding:
    """The eligibility finding on all that is known with this act."""
    return tables_of(view.version)[1].find(applicant_of(view, cmd.data, cmd.on))


# ------------------------------------------------------------------------------------------------ receipt


def received_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    received = day_of(cmd.data["received_at"])
    if received > facts.ctx.today:
        yield refuse("received_in_future", LAL.art(43, 1), "received_at", today=facts.ctx.today)
    first = cmd.data.get("first_received_on")
    if first is not None and first > received:
        yield refuse("first_after_received", CITYWIDE, "first_received_on", received=received)


@of_case
def received_once(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.happened("receive"):
        yield refuse("received_already", LAL.art(43, 1))


def matter_named(view: View, cmd: Command, facts: Facts) -> Problems:
    """The matter decides which rules are tried; criminal kinds name it by themselves."""
    kind = cmd.data["kind"]
    if kind in NOT_APPLIED_FOR:
        yield refuse("not_by_application", both(LAL.art(22), LAL.art(36)), "kind", way=NOT_APPLIED_FOR[kind])
    elif "matter_code" not in cmd.data and kind not in CRIMINAL_KINDS:
        yield refuse("matter_missing", both(LAL.art(31), LAL.art(43, 2)), "matter_code")


NOT_APPLIED_FOR = {
    "crim_defence_notified": "由办案机关通知",
    "compulsory_treatment": "由人民法院通知",
    "duty_help": "由值班律师办理",
    "consult": "登记为咨询",
    "drafting": "登记为代拟文书",
}


def identity_valid(view: View, cmd: Command, facts: Facts) -> Problems:
    number = cmd.data.get("id_no")
    if number and cmd.data["id_type"] == "resident" and id_number_problem(number):
        yield refuse("id_number_invalid", Practice("GB 11643"), "id_no")


def groups_fit_age(view: View, cmd: Command, facts: Facts) -> Problems:
    born, groups = cmd.data.get("birth_date"), cmd.data["groups"]
    if born is None:
        return
    if "minor" in groups and _is_aged(born, ADULT, act_day(cmd)):
        yield refuse("not_a_minor", LAL.art(42, None, 1), "groups", born=born)
    if "elderly" in groups and not _is_aged(born, ELDERLY, act_day(cmd)):
        yield refuse("not_elderly", LAL.art(42, None, 1), "groups", born=born)


def _is_aged(born: date, years: int, day: date) -> bool:
    return add_months(born, 12 * years) <= day


def agent_fits(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    if data["capacity"] != "full" and "agent" not in data:
        yield refuse("agent_missing", LAL.art(40, 1), "agent")
    if data["agent_is_wrongdoer"]:
        yield refuse("agent_is_wrongdoer", LAL.art(40, 1), "agent")
    if data["detained"] and data.get("agent_ground") == "entrusted":
        yield refuse("agent_of_detained", LAL.art(40, 2), "agent_ground")


def means_not_asked(view: View, cmd: Command, facts: Facts) -> Problems:
    """No question about means where the law asks none (25, 28, 32)."""
    data = cmd.data
    free = data.get("no_condition_ground") in NO_CONDITION or data.get("notice_ground") in NOTICE_GROUNDS
    if free and any(data.get(name) for name in MEANS_FIELDS):
        yield refuse("means_not_asked", both(LAL.art(25), LAL.art(28), LAL.art(32)), "household")


def no_certificate(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["hardship_certificate_required"] and act_day(cmd) >= PR_FROM:
        yield refuse("certificate_required", LAL.art(41, 2), "hardship_certificate_required")


def commitment_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data.get("mode") != "commitment":
        return
    if facts.get("broken_commitments"):
        yield refuse("commitment_broken", COMMITMENT_RULES, "mode")
    if "situation" not in cmd.data:
        yield refuse("situation_missing", LAL.art(41, 2), "situation")


def no_fee(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data.get("fee", Decimal(0)) > 0:
        yield refuse("fee_charged", both(LAL.art(20), LAL.art(61), LAL.art(63)), "fee", fee=cmd.data["fee"])


def forwarded_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    applied, forwarded = cmd.data["applied_at"], cmd.data.get("forwarded_at")
    if forwarded is not None and _moment(forwarded) < _moment(applied):
        yield refuse("forwarded_before_applied", LAL.art(39, 1), "forwarded_at", applied=applied)


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


# --------------------------------------------------------------------------------------- jurisdiction


def transfers_here(view: View) -> bool:
    """The city sends files received for another agency on, rather than deciding them at the window."""
    mode: str = parameter(view.env.parameters, "citywide_mode", day_of(view.on), "transfer")
    return mode == "transfer"


def elsewhere(view: View) -> bool:
    """The file lies at a window that is not the competent agency's."""
    return bool(view.facts.get("citywide")) and not view.facts.get("transferred_from")


@of_case
def competent_here(view: View, cmd: Command, facts: Facts) -> Problems:
    if elsewhere(view) and transfers_here(view):
        agency = view.facts.get("competent_agency") or ""
        yield refuse("transfer_first", both(LAL.art(38), CITYWIDE), None, agency=agency)


def transfer_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["how"] == "tell":
        return
    if not transfers_here(view):
        yield refuse("decided_at_window", CITYWIDE)
    if cmd.data["target"] == view.facts.get("receiving_agency"):
        yield refuse("transfer_to_itself", LAL.art(38), "target")


# ---------------------------------------------------------------------------------------- examination


@of_case
def supplement_once(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.happened("ask_supplement"):
        yield refuse("supplement_again", both(LAL.art(43, 2), LAR.art(18)))


def items_fit(view: View, cmd: Command, facts: Facts) -> Problems:
    """Neither a certificate of hardship since 2023-09-01 nor proof of means where the law asks none."""
    items = cmd.data["items"]
    if "hardship_certificate" in items and act_day(cmd) >= PR_FROM:
        yield refuse("certificate_required", LAL.art(41, 2), "items")
    free = view.last_data("receive").get("no_condition_ground") in NO_CONDITION
    if free and any(item.startswith(("means_", "hardship_")) for item in items):
        yield refuse("means_not_asked", LAL.art(32), "items")


def term_ahead(view: View, cmd: Command, facts: Facts) -> Problems:
    """The notice is served on or after its day, and its term ends after that."""
    served = cmd.data.get("served_on", act_day(cmd))
    if served < act_day(cmd):
        yield refuse("served_before_notice", LAL.art(43, 2), "served_on", on=act_day(cmd))
    due = cmd.data.get("due_on")
    if due is not None and due <= served:
        yield refuse("new_due_not_later", LAL.art(43, 2), "due_on", due=served)


def extension_once(view: View, cmd: Command, facts: Facts) -> Problems:
    due = view.due("supplement")
    if view.happened("extend_supplement"):
        yield refuse("extended_already", Practice("补充期限延长一次为限"))
    if due is not None and cmd.data["new_due"] <= due:
        yield refuse("new_due_not_later", Practice("补充期限由通知确定"), "new_due", due=due)


@of_case
def aid_first_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.stage not in BEFORE_DECISION:
        yield refuse("aid_first_after_decision", LAL.art(44, 1))


def aid_first_grounds(view: View, cmd: Command, facts: Facts) -> Problems:
    """Less than seven days left, or preservation or advance execution needed at once (44)."""
    if cmd.data["ground"] != "limitation":
        return
    ends = cmd.data.get("limitation_date") or view.facts.get("limitation_date")
    if ends is None:
        yield refuse("limitation_missing", LAL.art(44, 1, 1), "limitation_date")
        return
    left = (ends - act_day(cmd)).days
    if left >= 7:
        yield refuse("aid_first_too_early", LAL.art(44, 1, 1), "limitation_date", left=left, ends=ends)
    if left < 0:
        yield refuse("limitation_over", LAL.art(44, 1, 1), "limitation_date", ends=ends)


# ------------------------------------------------------------------------------------------- decision


def decided_in_order(view: View, cmd: Command, facts: Facts) -> Problems:
    received, decided = view.facts.get("first_received_on"), cmd.data.get("decided_on", act_day(cmd))
    if received is not None and decided < received:
        yield refuse("decision_before_receipt", LAL.art(43, 1), "decided_on", received=received)


def not_retained(view: View, cmd: Command, facts: Facts) -> Problems:
    if applicant_of(view, cmd.data, cmd.on).retained:
        yield refuse("already_retained", both(LAL.art(24), LAL.art(25, 1), LAL.art(31)), "other_aid")


def standard_known(view: View, cmd: Command, facts: Facts) -> Problems:
    """Hardship cannot be judged before the city has loaded the standard of that day."""
    about = applicant_of(view, cmd.data, cmd.on)
    if eligibility(view, cmd).decisive in ("E5", "E6") and about.hardship_standard is None:
        yield refuse("standard_missing", LAL.art(34))


def rules_met(view: View, cmd: Command, facts: Facts) -> Problems:
    finding = eligibility(view, cmd)
    if finding.outcome == "refuse" and finding.decisive != "E-R":
        title = finding.tried[-1].title
        yield refuse("not_eligible", finding.cite, "rule_path", rule=finding.decisive, title=title)
    if finding.decisive == "E1" and "head_decides" not in cmd.data:
        yield refuse("head_must_decide", LAL.art(24), "head_decides")


def proof_given(view: View, cmd: Command, facts: Facts) -> Problems:
    """Exemption needs proof of membership (42), hardship a statement that can be checked (41)."""
    rule = eligibility(view, cmd).decisive
    if rule.startswith(("E4", "E5")) and "mode" not in known_means(view, cmd.data):
        yield refuse("proof_missing", LAL.art(42 if rule.startswith("E4") else 41), "mode")


def failed_rule_named(view: View, cmd: Command, facts: Facts) -> Problems:
    finding = eligibility(view, cmd)
    named = cmd.data["rule"]
    if finding.outcome == "grant":
        yield refuse("refusal_without_ground", LAL.art(43, 1), "rule", rule=finding.decisive)
    elif named != finding.decisive and not (finding.outcome == "manual_review" and named == "E6"):
        yield refuse("refusal_rule_differs", LAL.art(43, 1), "rule", named=named, rule=finding.decisive)


@of_case
def no_aid_given_first(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("aid_first_open"):
        yield refuse("terminate_instead", both(LAL.art(44, 2), LAL.art(48, 1)))


# --------------------------------------------------------------------------------------------- notice


def notice_complete(view: View, cmd: Command, facts: Facts) -> Problems:
    for name, title in _NOTICE_FIELDS.items():
        if name not in cmd.data:
            yield refuse("notice_incomplete", ICPL.art(49), name, name=title)


_NOTICE_FIELDS = {"cause": "案由", "name": "犯罪嫌疑人、被告人姓名", "contact": "承办人及联系方式"}


def minor_at_stage(view: View, cmd: Command, facts: Facts) -> Problems:
    """Minority is tested per stage: at trial, under 18 at trial (ICPL 564)."""
    born = cmd.data.get("birth_date")
    if cmd.data["notice_ground"] == "minor" and born is not None and _is_aged(born, ADULT, act_day(cmd)):
        yield refuse("not_a_minor", both(LAL.art(25, 1, 1), ICPL.art(564)), "birth_date", born=born)
