"""Deadlines of the review itself (domain §8)."""

from datetime import date, timedelta
from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import (
    Also,
    Clock,
    Extension,
    Nature,
    PauseRule,
    Start,
    ends_on,
    met_on,
    on,
    starts_on,
    starts_with,
)
from yifa.language.values import Fact, First, Sized, by_fact, by_version
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.law.periods import Pause
from yifa.law.statute import Length
from yifa.lines.reconsideration.clocks_intake import CASE_ENDS
from yifa.lines.reconsideration.grounds import SIXTY_DAYS, suspension_item
from yifa.lines.reconsideration.law import (
    HEARING,
    L17,
    L23,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R8,
    R10,
    R13,
    R14,
    R15,
    R17,
    R18,
    REG,
    V23,
)
from yifa.lines.reconsideration.stages import ALL_PARTIES

RESUMES = ("resume", "resume_review", "resume_suspension")
SUSPENSION = PauseRule(
    on("suspend", "suspended_on"),
    (on("resume", "resumed_on"), on("superior_order", "on", kind=RESUMES)),
)
APPRAISAL = PauseRule(on("start_appraisal", "start"), (on("end_appraisal", "end"),))
INSPECTION = PauseRule(on("start_site_inspection", "start"), (on("end_site_inspection", "end"),))

# Acts that conclude the review, each on the day it is dated.
CONCLUDING = (
    met_on("decide", "decided_on", every=True),
    met_on("reject_application", "decided_on", every=True),
    met_on("mediation_agreement", "signed_on", every=True),
    met_on("terminate", every=True),
    met_on("withdraw", every=True),
    *CASE_ENDS,
)


def _literal_2017(view: View, instance: Instance) -> date | None:
    """R6's literal alternative: original receipt + 60 + time of the supplement."""
    asked, received = view.last("request_supplement"), view.last("submit_supplement")
    first = view.facts.get("first_received_on")
    if view.version != "2017" or asked is None or received is None or first is None:
        return None
    issued = asked.data.get("issued_on", asked.effective_on)
    spent = (received.data.get("received_on", received.effective_on) - issued).days
    return view.env.calendar.next_workday(first + timedelta(days=60 + spent))


def coordination_spent(view: View, event: Event) -> tuple[Pause, ...]:
    """Time spent on settling which organ accepts is left out (Reg 30); it ends before the clock is known to run."""
    begun, settled = view.last("several_received"), view.last("settle_jurisdiction")
    if begun is None or settled is None or settled.data.get("failed"):
        return ()
    start = begun.data.get("received_on", begun.effective_on)
    return (Pause(start.toordinal(), max(start, settled.effective_on).toordinal()),)


def rejected(view: View, event: Event) -> bool:
    """The application had been rejected, so that the review goes on again."""
    return view.facts.get("outcome") == "reject_application" and not view.live("review_decision")


def _earlier(view: View) -> Instance | None:
    found = view.clocks.get("review_decision", ())
    return found[-1] if found else None


def rejection_spent(view: View, event: Event) -> tuple[Pause, ...]:
    """All earlier pauses, and the time between the rejection and the order that undid it."""
    before = _earlier(view)
    day = event.data.get("on", event.effective_on)
    ended = view.facts.get("decided_on", day)
    gap = Pause(ended.toordinal(), max(day, ended).toordinal())
    return (*(before.pauses if before else ()), gap)


def _days(view: View, event: Event) -> int | None:
    """The length the review had before it was ended, extension included."""
    before = _earlier(view)
    if before is None or not isinstance(before.length, Length):
        return None
    return before.length.number + (0 if before.live else before.extension)


def _shorter(limit: int) -> Any:
    """The number of days another law sets, if it is less than the period of this one."""

    def number(view: View, event: Event) -> int | None:
        days = view.facts.get("review_days")
        return days if days is not None and days < limit else None

    return number


def _at_most(length: Length) -> First:
    return First((Sized(_shorter(length.number), length), length))


def _rejected_review() -> Start:
    return starts_on("superior_order", "on", kind=RESUMES, day=Fact("accepted_on"), where=rejected,
                     paused=rejection_spent, length=Sized(_days, L23.days(60)), what="受理（上级责令恢复审理）")  # fmt: skip


REVIEW_DECISION = Clock(
    code="review_decision",
    title="审理期限",
    nature=Nature.OWN_DUTY,
    starts=(Start(fact="accepted_on", what="受理", paused=coordination_spent), _rejected_review()),
    length=by_version(
        v2023=by_fact(
            "procedure",
            ordinary=_at_most(L23.days(60)),
            simplified=_at_most(L23.days(30)),
            otherwise=_at_most(L23.days(60)),
        ),
        v2017=_at_most(L17.days(60)),
    ),
    cite=by_version(
        v2023=by_fact(
            "procedure", ordinary=L23.art(62, 1), simplified=L23.art(62, 2), otherwise=L23.art(62, 1)
        ),
        v2017=L17.art(31, 1),
    ),
    stops=CONCLUDING,
    pauses=(SUSPENSION, APPRAISAL, INSPECTION),
    extensions=(Extension(on("extend_review"), cap=30),),
    survives=True,
    readings=(R1, R3, R4, R5, R8, R15),
    also=(Also("按原收件日并扣除补正时间计算", _literal_2017, R6),),
    on_expiry="申请人可以在十五日内起诉，上级可以责令纠正",
)


def copies_complete(view: View, event: Event) -> bool:
    """This copy is the last one owed: every respondent known has one, or it names nobody."""
    sent = {act.party for act in view.acts.get("send_copy", ())} | {event.party}
    return None in sent or set(view.parties_in("respondent")) <= sent


SEND_COPY = Clock(
    code="send_copy",
    title="发送副本",
    nature=Nature.OWN_DUTY,
    starts=(starts_with("accepted_on", what="受理"),),
    length=by_version(
        v2023=by_fact("reply_procedure", ordinary=L23.days(7), simplified=L23.days(3), otherwise=L23.days(7)),
        v2017=L17.days(7),
    ),
    cite=by_version(
        v2023=by_fact(
            "reply_procedure", ordinary=L23.art(48), simplified=L23.art(54, 1), otherwise=L23.art(48)
        ),
        v2017=L17.art(23, 1),
    ),
    stops=(
        met_on("send_copy", "sent_on", every=True, where=copies_complete),
        ends_on("decide"),
        ends_on("reject_application"),
        ends_on("mediation_agreement"),
        *CASE_ENDS,
    ),
    pauses=(SUSPENSION,),
    survives=True,
    readings=(R1, R2, R18),
    on_expiry="提醒",
)

RESPONDENT_REPLY = Clock(
    code="respondent_reply",
    title="被申请人答复",
    nature=Nature.OTHERS_DUTY,
    kind="L",
    starts=(starts_on("send_copy", "served_on", per="respondents", what="被申请人收到副本"),),
    length=by_version(
        v2023=by_fact(
            "reply_procedure", ordinary=L23.days(10), simplified=L23.days(5), otherwise=L23.days(10)
        ),
        v2017=L17.days(10),
    ),
    cite=by_version(
        v2023=by_fact(
            "reply_procedure", ordinary=L23.art(48), simplified=L23.art(54, 1), otherwise=L23.art(48)
        ),
        v2017=L17.art(23, 1),
    ),
    stops=(met_on("receive_reply", "received_on", timely_by="posted_on"), *CASE_ENDS),
    pauses=(SUSPENSION,),
    survives=True,
    readings=(R1, R2, R13, R17, R18),
    on_expiry="视为该行政行为没有证据、依据",
)


def waived(view: View, event: Event) -> bool:
    """The party concerned, or everybody known, has waived the notice in writing."""
    concerned = {event.party} if event.party else set(view.parties_in(*ALL_PARTIES))
    return bool(concerned) and concerned <= set(event.data.get("waived_by", ()))


HEARING_NOTICE = Clock(
    code="hearing_notice",
    title="听证通知最迟送达",
    nature=Nature.OWN_DUTY,
    before=True,
    starts=(starts_on("notify_hearing", "hearing_on", per="parties", what="听证"),),
    length=L23.days(5),
    cite=both(L23.art(51, 1), HEARING.art(4)),
    met_by="served_on",
    stops=(ends_on("hold_hearing"), *CASE_ENDS),
    unless=waived,
    versions=V23,
    survives=True,
    readings=(R10,),
    on_expiry="另定听证日期，或者取得当事人书面同意",
)


def sixty_day_ground(view: View, event: Event) -> bool:
    """Death, incapacity or dissolution with the successor not yet settled."""
    return suspension_item(view.version, event.data.get("ground")) in SIXTY_DAYS[view.version]


SUSPEND_TERMINATION = Clock(
    code="suspend_termination",
    title="中止满六十日",
    nature=Nature.WAITING,
    starts=(starts_on("suspend", "suspended_on", where=sixty_day_ground, what="中止"),),
    length=by_version(v2023=L23.days(60), v2017=REG.days(60)),
    cite=by_version(v2023=L23.art(41, None, 5), v2017=REG.art(42, 2)),
    stops=(ends_on("resume"), ends_on("superior_order", kind=RESUMES), met_on("terminate"), *CASE_ENDS),
    survives=True,
    readings=(R14,),
    on_expiry="原因仍未消除的，次日起可以终止",
)


REVIEW_CLOCKS = (REVIEW_DECISION, SEND_COPY, RESPONDENT_REPLY, HEARING_NOTICE, SUSPEND_TERMINATION)
