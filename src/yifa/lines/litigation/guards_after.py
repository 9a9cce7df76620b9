"""Guards of enforcement, suggestions, payment and closing."""

from collections.abc import Iterable

from yifa.language.actions import Facts, of_case
from yifa.language.acts import Command, Event, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import both
from yifa.lines.litigation.law import APL, ENF, INT, SCL, SUG, TRACKING

Problems = Iterable[Problem]


def enforceable(view: View, cmd: Command, facts: Facts) -> Problems:
    due, filed = view.due("enforcement_apply"), cmd.data.get("filed_on", cmd.on)
    if due is not None and filed > due:
        yield refuse("enforcement_late", INT.art(153), "filed_on", due=due)


def no_own_power(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["own_power"]:
        yield refuse("own_power", both(ENF.art(53), INT.art(156)), "own_power")


def act_is_final(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["sued_or_performed"]:
        yield refuse("act_not_final", both(APL.art(97), INT.art(155, 1, 2)), "sued_or_performed")


def demand_waited(view: View, cmd: Command, facts: Facts) -> Problems:
    """ENF 54: ten working days after the demand was served."""
    served = cmd.data.get("demand_served_on") or view.last_data("serve_demand").get("demand_served_on")
    if served is None and not view.happened("serve_demand"):
        yield refuse("demand_missing", ENF.art(54), "demand_served_on")
        return
    served = served or view.acts["serve_demand"][-1].effective_on
    waited = view.env.calendar.workdays_between(served, cmd.data.get("filed_on", cmd.on))
    if waited <= 10:
        yield refuse("demand_too_recent", both(ENF.art(54), ENF.art(69)), "demand_served_on", served=served)


def nonlit_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    end = cmd.data.get("suit_period_end")
    filed = cmd.data.get("filed_on", cmd.on)
    if end is not None and filed <= end:
        yield refuse("suit_period_open", APL.art(97), "suit_period_end", end=end)
    due = view.due("nonlit_enforcement_apply")
    if due is not None and filed > due and "proper_reason" not in cmd.data:
        yield refuse("nonlit_late", both(INT.art(156), ENF.art(53)), "filed_on", due=due)


def ruling_reviewable(view: View, cmd: Command, facts: Facts) -> Problems:
    ruled = view.last("nonlit_ruling")
    if ruled is None or ruled.data.get("kind") == "granted":
        yield refuse("nothing_to_review", both(INT.art(155, 3), INT.art(161, 2)))
        return
    due, filed = view.due("nonlit_review"), cmd.data.get("posted_on") or cmd.data.get("filed_on") or cmd.on
    if due is not None and filed > due:
        yield refuse("nonlit_review_late", both(INT.art(155, 3), INT.art(161, 2)), "filed_on", due=due)


def replied_kind(view: View, event: Event | Command) -> str | None:
    """Which kind of suggestion a reply answers: the one it names, of the act it answers, or the only open one."""
    if event.data.get("kind"):
        return str(event.data["kind"])
    asked = view.acts.get("receive_suggestion", ())
    named = next((act for act in asked if act.seq == event.re), None)
    if named is not None:
        return str(named.data.get("kind"))
    open_ = {act.data.get("kind") for act in asked}
    return str(next(iter(open_))) if len(open_) == 1 else None


def suggestion_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if replied_kind(view, cmd) is None:
        yield refuse("suggestion_unnamed", TRACKING, "kind")


def reply_signed(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["sealed"]:
        yield refuse("reply_unsealed", SUG.art(8), "sealed")
    if cmd.data["adopted"] != "no" and not cmd.data["measures"]:
        yield refuse("measures_missing", SUG.art(8), "measures")


@of_case
def payment_claimed(view: View, cmd: Command, facts: Facts) -> Problems:
    if not view.facts.get("lost"):
        yield refuse("no_award", SCL.art(37), "amount")


def ready_to_close(view: View, cmd: Command, facts: Facts) -> Problems:
    """Every thing still open, each with its article."""
    for code in ("appeal_judgment", "appeal_ruling"):
        for i in view.live(code):
            if i.due.due is not None and cmd.on <= i.due.due:
                yield refuse(
                    "appeal_still_open", APL.art(85), None, party=i.subject or "当事人", due=i.due.due
                )
    if view.live("performance_due"):
        yield refuse("performance_open", APL.art(94))
    if view.tracks.get("suggestion") == "suggestion_open":
        yield refuse("suggestion_open", TRACKING)
    if view.tracks.get("compensation") == "payment_open":
        yield refuse("payment_open", SCL.art(37))
    if view.facts.get("lost") and not view.happened("record_loss"):
        yield refuse("loss_not_analysed", TRACKING)


@of_case
def was_lost(view: View, cmd: Command, facts: Facts) -> Problems:
    if not view.facts.get("lost"):
        yield refuse("not_lost", TRACKING)
