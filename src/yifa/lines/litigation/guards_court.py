"""Guards from the hearing to the judgment, appeal and retrial."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from yifa.language.actions import Facts, of_case
from yifa.language.acts import Command, Event, Problem, refuse
from yifa.language.view import View
from yifa.law.citation import both
from yifa.law.periods import add_months
from yifa.lines.litigation.law import (
    APL,
    EXCUSES,
    FROM_KNOWLEDGE,
    HEAD,
    INT,
    NOBODY_GOES_ON,
    NOT_OFFICERS,
    OFFICERS,
    TRACKING,
    retrial_article,
)
from yifa.lines.litigation.tables import ATTENDANCE, ELIGIBLE, present

Problems = Iterable[Problem]


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def hearing_at(view: View) -> Any:
    """The moment of the hearing set last, postponed or not; None if none is set."""
    acts = (*view.acts.get("set_hearing", ()), *view.acts.get("postpone_hearing", ()))
    last = max(acts, key=lambda act: act.seq, default=None)
    return None if last is None else last.data.get("hearing_at", last.data.get("new_hearing_at"))


def answer_given(view: View, cmd: Command, facts: Facts) -> Problems:
    """Set before every defendant has answered: the trial goes on without (APL 67(2)), but somebody is late."""
    waiting = [i for i in view.live("answer_and_evidence") if i.due.due is not None]
    for instance in waiting:
        yield refuse(
            "answer_outstanding", APL.art(67, 2), None, name=instance.subject or "被告", due=instance.due.due
        )


def hearing_ahead(view: View, cmd: Command, facts: Facts) -> Problems:
    at = cmd.data.get("hearing_at") or cmd.data.get("new_hearing_at")
    if _day(at) < cmd.on:
        yield refuse("hearing_past", INT.art(71), "hearing_at", at=_day(at))


def summons_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    received, at = cmd.data.get("summons_received_on"), _day(cmd.data["hearing_at"])
    if received is None or view.facts.get("procedure") == "simplified":
        return
    days = (at - received).days
    if days < 3:
        yield refuse("summons_late", both(INT.art(71), HEAD.art(5, 2)), "summons_received_on", days=days)


@of_case
def hearing_set(view: View, cmd: Command, facts: Facts) -> Problems:
    if hearing_at(view) is None:
        yield refuse("hearing_not_set", INT.art(71))


def officer_fits(view: View, cmd: Command, facts: Facts) -> Problems:
    kind = cmd.data["kind"]
    if kind not in ELIGIBLE:
        cite = NOT_OFFICERS if kind in ("delegated", "subordinate") else OFFICERS
        yield refuse("not_an_officer", cite, "kind", officer=cmd.data["officer"], post=cmd.data["post"])


def identity_proven(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["identity_sealed"]:
        yield refuse("identity_missing", both(HEAD.art(6), INT.art(131, 1)), "identity_sealed")


def officer_free(view: View, cmd: Command, facts: Facts) -> Problems:
    for case in facts.get("officer_time") or ():
        yield refuse("officer_busy", TRACKING, "officer", officer=cmd.data["officer"], case=case)


def before_hearing(view: View, cmd: Command, facts: Facts) -> Problems:
    at = hearing_at(view)
    if at is not None and cmd.on > _day(at):
        yield refuse("hearing_begun", both(HEAD.art(5, 3), INT.art(129, 3)), None, at=_day(at))


def replacement_smooth(view: View, cmd: Command, facts: Facts) -> Problems:
    if not view.happened("nominate_officer"):
        yield refuse("no_officer_yet", HEAD.art(5, 3))
    if cmd.data["disrupts"]:
        yield refuse("replacement_disrupts", HEAD.art(5, 3), "disrupts")


def excuse_sound(view: View, cmd: Command, facts: Facts) -> Problems:
    data = cmd.data
    if data["ground"] not in EXCUSES:
        yield refuse("excuse_ground", HEAD.art(8), "ground", ground=data["ground"])
    if "proof" not in data:
        yield refuse("excuse_proof", HEAD.art(9, 1), "proof")
    if not data["sealed_or_signed"]:
        yield refuse("excuse_unsealed", both(INT.art(129, 3), HEAD.art(9, 1)), "sealed_or_signed")


def staff_come(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["staff"]:
        yield refuse("staff_missing", both(APL.art(3, 3), INT.art(128, 2)), "staff")


def hearing_day_come(view: View, cmd: Command, facts: Facts) -> Problems:
    at = hearing_at(view)
    if at is not None and cmd.data["held"] and cmd.data.get("held_on", cmd.on) < _day(at):
        yield refuse("hearing_not_due", INT.art(71), "held_on", at=_day(at))


def attendance_regular(view: View, cmd: Command, facts: Facts) -> Problems:
    """What happened is recorded, but not by accident."""
    finding = ATTENDANCE.find(present(view, Event(-1, cmd.action, cmd.on, cmd.data)))
    if (
        cmd.data["held"]
        and finding.outcome == "improper"
        and not cmd.data["irregular"]
        and finding.decisive != "A1"
    ):
        code = "only_lawyers_came" if cmd.data["lawyers"] else "nobody_came"
        yield refuse(code, finding.cite, "staff")


def officer_of_organ(view: View, cmd: Command, facts: Facts) -> Problems:
    kind = cmd.data.get("officer_kind")
    if "attended_officer" in cmd.data and kind is None:
        yield refuse("officer_kind_missing", OFFICERS, "officer_kind")


def officer_absent(view: View, cmd: Command, facts: Facts) -> Problems:
    """Flagged: no eligible officer, and no explanation that the law accepts."""
    finding = ATTENDANCE.find(present(view, Event(-1, cmd.action, cmd.on, cmd.data)))
    if cmd.data["held"] and finding.outcome != "counts" and not view.facts.get("excused"):
        yield refuse("officer_did_not_come", both(INT.art(129, 4), INT.art(132)), "attended_officer")


def silent_officer(view: View, cmd: Command, facts: Facts) -> Problems:
    if "attended_officer" in cmd.data and not cmd.data["spoke_on_substance"]:
        yield refuse("officer_silent", HEAD.art(11, 3), "spoke_on_substance")


def court_informed(view: View, cmd: Command, facts: Facts) -> Problems:
    if not cmd.data["court_told"]:
        yield refuse("court_not_told", INT.art(81, 1), "court_told")


@of_case
def mediation_allowed(view: View, cmd: Command, facts: Facts) -> Problems:
    """APL 60(1): compensation, and cases of discretion; anything else is settled by withdrawal."""
    closed = view.facts.get("case_kind") not in (None, "compensation")  # None: taken over without it
    if closed and not view.facts.get("discretionary"):
        yield refuse("mediation_closed", APL.art(60, 1))


def suspension_order(view: View, cmd: Command, facts: Facts) -> Problems:
    begun = view.last_data("suspend").get("suspended_on")
    resumed = cmd.data.get("resumed_on", cmd.on)
    if begun is not None and resumed < begun:
        yield refuse("resumed_too_early", INT.art(87, 2), "resumed_on", begun=begun)


def termination_ripe(view: View, cmd: Command, facts: Facts) -> Problems:
    """INT 88(2): ninety days with nobody to go on."""
    if cmd.data["ground"] != 3:
        return
    if view.stage != "suspended" or view.last_data("suspend").get("ground") not in NOBODY_GOES_ON:
        yield refuse("termination_no_suspension", INT.art(88, 2), "ground")
        return
    due = view.due("suspension_90")
    if due is not None and cmd.on <= due:
        yield refuse("termination_too_early", INT.art(88, 2), "ground", due=due)


def hearing_before_judgment(view: View, cmd: Command, facts: Facts) -> Problems:
    """A judgment needs a hearing; a ruling that rejects the suit may do without (INT 69(3))."""
    heard = view.stage in ("heard", "judged")
    if not heard and not (
        cmd.data["kind"] == "ruling" and cmd.data.get("ruling_kind") in ("suit_rejected", "other")
    ):
        yield refuse("not_heard_yet", both(APL.art(54), INT.art(69, 3)), "kind")


def ruling_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["kind"] == "ruling" and "ruling_kind" not in cmd.data:
        yield refuse("ruling_kind_missing", INT.art(101, 1), "ruling_kind")


def parties_known(view: View, cmd: Command, facts: Facts) -> Problems:
    for name in sorted(set(cmd.data["services"]) - set(view.parties)) if view.parties else ():
        yield refuse("served_on_stranger", APL.art(85), "services", name=name)


@of_case
def ours_decided(view: View, cmd: Command, facts: Facts) -> Problems:
    decided = view.last("decide_appeal")
    if decided is None or not decided.data.get("appeal"):
        yield refuse("appeal_not_decided", TRACKING)


@of_case
def appeal_open(view: View, cmd: Command, facts: Facts) -> Problems:
    if view.facts.get("appealable") == "final":
        yield refuse("ruling_final", INT.art(101, 2))


def appeal_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    """Judged by the party's own period; a postmark within it is enough (INT 48(4))."""
    filed = cmd.data.get("posted_on") or cmd.data.get("filed_on") or cmd.on
    for code in ("appeal_judgment", "appeal_ruling"):
        due = view.due(code, cmd.party)
        if due is not None and filed > due:
            yield refuse("appeal_late", both(APL.art(85), INT.art(48, 4)), "filed_on", due=due)


def not_yet_effective(view: View, cmd: Command, facts: Facts) -> Problems:
    """The other side's appeal is recorded, with its date: whether it is late is for the court to say."""
    filed, due = (
        cmd.data.get("filed_on"),
        view.due("appeal_judgment", cmd.party) or view.due("appeal_ruling", cmd.party),
    )
    if filed is not None and due is not None and filed > due:
        yield refuse("their_appeal_late", APL.art(85), "filed_on", due=due)


def new_result_named(view: View, cmd: Command, facts: Facts) -> Problems:
    if cmd.data["result"] in ("changed", "appealable") and "new_result" not in cmd.data:
        yield refuse("new_result_missing", APL.art(89, 1, 2), "new_result")


def remanded_once(view: View, cmd: Command, facts: Facts) -> Problems:
    again = any(act.data.get("result") == "remanded" for act in view.acts.get("serve_second", ()))
    if cmd.data["result"] == "remanded" and again:
        yield refuse("remanded_again", APL.art(89, 2), "result")


@of_case
def something_effective(view: View, cmd: Command, facts: Facts) -> Problems:
    """A judgment or mediation document in effect, or a withdrawal that was granted (INT 60(2))."""
    if view.facts.get("effective_on") is None and view.facts.get("settled_on") is None:
        yield refuse("nothing_effective", both(APL.art(90), INT.art(110)))


def retrial_in_time(view: View, cmd: Command, facts: Facts) -> Problems:
    """Six months from effectiveness; for four grounds from when they became known."""
    filed = cmd.data.get("posted_on") or cmd.data.get("filed_on") or cmd.on
    ground, known, due = cmd.data["ground"], cmd.data.get("known_on"), view.due("retrial_apply")
    if ground in FROM_KNOWLEDGE and known is not None:
        due = view.env.calendar.next_workday(add_months(known, 6))
    if due is not None and filed > due:
        yield refuse("retrial_late", both(INT.art(110), retrial_article(ground)), "filed_on", due=due)


def not_before_effect(view: View, cmd: Command, facts: Facts) -> Problems:
    effective, done = view.facts.get("effective_on"), cmd.data.get("done_on", cmd.on)
    if effective is not None and done < effective:
        yield refuse("performed_early", APL.art(94), "done_on", effective=effective)
