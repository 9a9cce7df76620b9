"""Guards after the decision: service, performance, superior orders, closing."""

from collections.abc import Iterable
from datetime import date

from yifa.language.actions import Facts
from yifa.language.acts import Command, Problem, refuse
from yifa.language.view import View
from yifa.lines.reconsideration.law import APL, L17, L23, REG, civil_procedure

Problems = Iterable[Problem]


def served_after_decision(view: View, cmd: Command, facts: Facts) -> Problems:
    decided: date | None = view.facts.get("decided_on")
    if decided is not None and cmd.data["served_on"] < decided:
        cite = L17.art(31, 3) if view.version == "2017" else L23.art(75, 2)
        yield refuse("served_before_decision", cite, "served_on", decided=decided)


def e_service_consented(view: View, cmd: Command, facts: Facts) -> Problems:
    applicant = view.parties.get(cmd.party or "", "applicant") == "applicant"
    if cmd.data["method"] == "electronic" and applicant and view.facts.get("e_service_consent") is False:
        yield refuse("e_service_refused", civil_procedure(view.version).art(90), "method")


def notice_is_last(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["exhausted"]:
        yield refuse("notice_not_last", civil_procedure(view.version).art(95), "exhausted")


def order_open_then(view: View, cmd: Command, facts: Facts) -> Problems:
    """The old law knows the order for decisions only, and neither interview nor public criticism."""
    if view.version == "2023":
        return
    if cmd.data["of"] != "decision":
        yield refuse("not_in_2017", L17.art(32, 2), "of", what="责令履行调解书、意见书")
    if cmd.data["interview"] or cmd.data["criticism"]:
        yield refuse("not_in_2017", L17.art(32, 2), "interview", what="约谈、通报批评")


def not_yet_performed(view: View, cmd: Command, facts: Facts) -> Problems:
    """A default: nothing says that the decision has been performed in full."""
    done = any(act.data.get("result") == "complete" for act in view.acts.get("record_performance", ()))
    if done and cmd.data["of"] != "opinion":
        cite = L17.art(32, 2) if view.version == "2017" else L23.art(77, 2)
        yield refuse("already_performed", cite)


def lawsuit_on_record(view: View, cmd: Command, facts: Facts) -> Problems:
    """A judgment belongs to a lawsuit, and comes after it was brought."""
    sued: date | None = view.facts.get("sued_on")
    effective = cmd.data.get("final_on") or cmd.on
    if sued is None:
        yield refuse("no_lawsuit_on_record", APL.art(45))
    elif effective < sued:
        yield refuse("judgment_before_lawsuit", APL.art(45), "final_on", sued=sued)


def respondent_is_department(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["department"]:
        yield refuse("not_a_department", L23.art(79, 2), "department")


AFTER_REJECTION = ("decided", "served", "closed")
# Which order a superior can give in which stage; after a decision only where the application was rejected.
ORDERS_OPEN: dict[str, tuple[str, ...]] = {
    "accept": ("refused", "received"),
    "resume_suspension": ("suspended",),
    "resume_review": ("reviewing", *AFTER_REJECTION),
    "resume": ("reviewing", "suspended", *AFTER_REJECTION),
    "taken_over": ("refused", "received", "reviewing", "suspended", *AFTER_REJECTION),
}


def order_fits(view: View, cmd: Command, facts: Facts) -> Problems:
    kind = cmd.data["kind"]
    rejected = view.facts.get("outcome") == "reject_application"
    open_ = view.stage in ORDERS_OPEN[kind] and (view.stage not in AFTER_REJECTION or rejected)
    if not open_:
        cite = REG.art(31) if view.version == "2017" else L23.art(35)
        yield refuse("order_unfit", cite, "kind", stage=view.line.stage_title(view.stage))


def ready_to_close(view: View, cmd: Command, facts: Facts) -> Problems:
    for code in ("sue_after_decision", "sue_after_refusal"):
        for instance in view.live(code):
            due = instance.due.due
            if due is not None and cmd.on <= due:
                party = instance.subject or "当事人"
                yield refuse("lawsuit_still_open", instance.cite, None, party=party, due=due)
    if view.live("performance_due") or view.live("remake_act"):
        cite = L17.art(32, 1) if view.version == "2017" else L23.art(77, 1)
        yield refuse("performance_open", cite)
