"""Effects by operation of law: no evidence, effectiveness when every appeal period has run out, performance overdue."""

from datetime import date

from yifa.language.acts import Command, FollowUp
from yifa.language.effects import Effect
from yifa.language.values import EFFECTIVE_ON, By
from yifa.language.view import Effected, Instance, View
from yifa.law.citation import both
from yifa.lines.litigation.law import APL, INT
from yifa.lines.litigation.stages import ALL_PARTIES


def no_extension(view: View, instance: Instance) -> bool:
    """The defendant has neither asked for nor been given more time."""
    asked = {act.party for act in view.acts.get("request_evidence_extension", ())}
    return not asked or (instance.subject not in asked and None not in asked)


def since_last_judgment(view: View) -> int:
    """Where the present round of the suit begins: after a remand nothing earlier counts."""
    remanded = [a.seq for a in view.acts.get("serve_second", ()) if a.data.get("result") == "remanded"]
    return max(remanded, default=-1)


def nobody_appealed(view: View, instance: Instance) -> bool:
    """Every party has been served, every period has run out, nobody appealed (APL 85). Periods against a ruling on
    jurisdiction do not count: that ruling does not end the suit.
    """
    if view.stage != "judged":
        return False
    begun = since_last_judgment(view)
    codes = ("appeal_judgment", "appeal_ruling")
    rows = [
        i
        for code in codes
        for i in view.clocks.get(code, ())
        if i.seq > begun and i.trigger != "rule_jurisdiction"
    ]
    served = {i.subject for i in rows}
    unserved = set() if None in served else set(view.parties_in(*ALL_PARTIES)) - served
    return not unserved and all(i.state == "lapsed" for i in rows)


def told(view: View, day: date, changed: bool | None = None) -> tuple[FollowUp, ...]:
    """The reconsideration before the suit learns how it ended; `changed`: what a judgment on appeal makes of it."""
    case, lost = view.facts.get("reconsideration_id"), view.facts.get("lost") if changed is None else changed
    if case is None or lost is None:
        return ()
    data = {"final_on": day, "lost": lost}
    return (FollowUp(Command("record_court_result", day, data), case, "reconsideration", "later"),)


def tell_reconsideration(view: View, came: Effected) -> tuple[FollowUp, ...]:
    """Told when effectiveness is noted."""
    return told(view, came.on)


BINDING = By("stage", {None: "effective", "judged": "effective"})

BECOME_EFFECTIVE = Effect(
    code="become_effective",
    title="一审判决生效",
    lapse_of="appeal_judgment",
    day="day_after",
    gives={"effective_on": EFFECTIVE_ON},
    to=BINDING,
    when=nobody_appealed,
    defeated_by=("file_appeal", "receive_appeal", "withdraw_ruling"),
    follow_ups=tell_reconsideration,
    cite=APL.art(85),
)

RULING_EFFECTIVE = Effect(
    code="ruling_effective",
    title="一审裁定生效",
    lapse_of="appeal_ruling",
    day="day_after",
    gives={"effective_on": EFFECTIVE_ON},
    to=BINDING,
    when=nobody_appealed,
    defeated_by=("file_appeal", "receive_appeal", "withdraw_ruling"),
    follow_ups=tell_reconsideration,
    cite=APL.art(85),
)

NO_EVIDENCE = Effect(
    code="no_evidence",
    title="视为没有相应证据",
    lapse_of="answer_and_evidence",
    day="day_after",
    ends_clock=False,
    when=no_extension,
    defeated_by=("file_answer",),
    cite=APL.art(34, 2),
)

NO_DEFERRED_EVIDENCE = Effect(
    code="no_deferred_evidence",
    title="逾期未提供延期证据，视为没有相应证据",
    lapse_of="evidence_deferred",
    day="day_after",
    ends_clock=False,
    defeated_by=("file_evidence",),
    cite=both(INT.art(34), APL.art(34, 2)),
)

PERFORMANCE_OVERDUE = Effect(
    code="performance_overdue",
    title="逾期未履行",
    lapse_of="performance_due",
    day="day_after",
    ends_clock=False,
    gives={"performance_overdue_on": EFFECTIVE_ON},
    defeated_by=("record_performance",),
    cite=APL.art(96, None, 2),
)

EFFECTS = (BECOME_EFFECTIVE, RULING_EFFECTIVE, NO_EVIDENCE, NO_DEFERRED_EVIDENCE, PERFORMANCE_OVERDUE)
