"""Deadlines from the complaint to the hearing (domain §8). Court periods are calendar periods; none is a working-day one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import Clock, Extension, Nature, PauseRule, ends_on, met_on, on, starts_on
from yifa.language.values import Day, Fact, Field, First, Fixed, Parameter, Sized, by_fact
from yifa.language.view import View
from yifa.law.citation import both
from yifa.law.periods import add_months
from yifa.lines.litigation.guards_intake import receipts_of
from yifa.lines.litigation.law import APL, HEAD, INT, L1, L2, L3, L4, L5, L8, L10, LOCAL, SCL, TRACKING, local


def first_instance(view: View, event: Event) -> bool:
    """Registered at first instance, as is assumed where the record says nothing else."""
    return bool(event.data.get("instance", "first") == "first")


def receipts(view: View, event: Event) -> Mapping[str, date]:
    """Each defendant's own day of receipt; a registration that names its party speaks of that party alone."""
    return {} if event.party is not None else receipts_of(event.data)


COMPLAINT = (
    starts_on("register_case", "complaint_received_on", per="defendants", each=receipts, where=first_instance,
              what="收到起诉状副本"),
    starts_on("receive_complaint", "complaint_received_on", per="defendants", what="收到起诉状副本"),
)  # fmt: skip
# What ends the suit before it is judged.
SUIT_ENDS = (ends_on("withdraw_ruling"), ends_on("court_mediation"), ends_on("terminate_suit"))
JUDGED = (ends_on("serve_judgment"), *SUIT_ENDS)

ANSWER = Clock(
    code="answer_and_evidence",
    title="答辩与举证",
    nature=Nature.OWN_DUTY,
    starts=COMPLAINT,
    length=by_fact(
        "procedure",
        simplified=First((Sized(Fact("evidence_days"), INT.days(15)), INT.days(15))),
        otherwise=APL.days(15),
    ),
    cite=by_fact("procedure", simplified=INT.art(104, 1), otherwise=both(APL.art(67, 1), APL.art(34, 2))),
    stops=(met_on("file_answer", "filed_on", timely_by="posted_on"), *JUDGED),
    readings=(L1, L2, L3, L4),
    on_expiry="视为没有相应证据；不提出答辩状不影响审理",
)

EXTENSION_REQUEST = Clock(
    code="evidence_extension_request",
    title="申请延期举证",
    nature=Nature.RIGHT,
    starts=COMPLAINT,
    length=INT.days(15),
    cite=both(APL.art(36, 1), INT.art(34)),
    stops=(met_on("request_evidence_extension", "filed_on", timely_by="posted_on"), *JUDGED),
    readings=(L1, L2, L3, L4),
    on_expiry="不能再申请延期",
)

DEFERRED = Clock(
    code="evidence_deferred",
    title="延期后举证",
    nature=Nature.OWN_DUTY,
    starts=(
        starts_on("grant_evidence_extension", per="defendants", day=Field("cause_ended_on"), granted=(True, None),
                  what="正当事由消除"),
        starts_on("cause_ended", "cause_ended_on", per="defendants", what="正当事由消除"),
    ),
    length=INT.days(15),
    cite=INT.art(34),
    stops=(met_on("file_evidence", "filed_on", timely_by="posted_on", kind=("deferred", None)), *JUDGED),
    readings=(L1, L2, L3),
    on_expiry="视为被诉行政行为没有相应的证据",
)  # fmt: skip

OBJECTION = Clock(
    code="jurisdiction_objection",
    title="管辖异议",
    nature=Nature.RIGHT,
    starts=COMPLAINT,
    length=INT.days(15),
    cite=INT.art(10, 1),
    stops=(met_on("object_jurisdiction", "filed_on", timely_by="posted_on"), *JUDGED),
    readings=(L1, L2, L3, L4),
    on_expiry="不能再提管辖异议",
)


def answer_due(view: View, event: Event) -> date | None:
    """The earliest last day of an answer still owed."""
    return min((i.due.due for i in view.live("answer_and_evidence") if i.due.due is not None), default=None)


DRAFT = Clock(
    code="answer_draft",
    title="答辩稿内部期限",
    nature=Nature.REMINDER,
    before=True,
    starts=(starts_on("assign", day=answer_due, what="答辩期限届满日"),),
    length=First(
        (Fixed(Field("internal_due"), "分办时确定"), Sized(Parameter("litigation_draft_days"), local(5)))
    ),
    cite=TRACKING,
    stops=(met_on("file_answer", "filed_on"),),
    readings=(LOCAL,),
    on_expiry="提醒、督办承办机关",
)

SUMMONS = Clock(
    code="hearing_summons",
    title="传票、负责人出庭通知",
    nature=Nature.OTHERS_DUTY,
    before=True,
    met_by="summons_received_on",
    starts=(starts_on("set_hearing", day=Day("hearing_at"), what="开庭"),),
    length=INT.days(3),
    cite=both(INT.art(71), HEAD.art(5, 2)),
    stops=(ends_on("record_hearing"), ends_on("postpone_hearing"), *SUIT_ENDS),
    unless=lambda view, event: view.facts.get("procedure") == "simplified",
    readings=(L10,),
    on_expiry="记录传唤不合规，可以请求延期",
)

HEARING = (
    starts_on("set_hearing", length=Fixed(Field("hearing_at"), "开庭时"), what="登记开庭"),
    starts_on("postpone_hearing", length=Fixed(Field("new_hearing_at"), "延期后的开庭时"), what="延期开庭"),
)
HEARING_OVER = (ends_on("record_hearing"), ends_on("set_hearing"), ends_on("postpone_hearing"), *SUIT_ENDS)

HEAD_REPORT = Clock(
    code="head_report",
    title="负责人不能出庭的说明",
    nature=Nature.OWN_DUTY,
    starts=HEARING,
    length=Fixed(Field("hearing_at"), "开庭时"),
    cite=both(INT.art(129, 3), HEAD.art(9, 1), HEAD.art(12)),
    stops=(met_on("excuse_officer"), ends_on("nominate_officer"), *HEARING_OVER),
    on_expiry="法院记录在案，可以提出司法建议",
)

ATTENDANCE_CONFIRMED = Clock(
    code="attendance_confirmed",
    title="确定出庭负责人的内部期限",
    nature=Nature.REMINDER,
    before=True,
    starts=(
        starts_on("set_hearing", day=Day("hearing_at"), what="开庭"),
        starts_on("postpone_hearing", day=Day("new_hearing_at"), what="延期后的开庭"),
    ),
    length=Sized(Parameter("litigation_officer_days"), local(3)),
    cite=TRACKING,
    stops=(met_on("nominate_officer"), met_on("excuse_officer"), *HEARING_OVER),
    readings=(LOCAL,),
    on_expiry="提醒被诉机关确定出庭负责人",
)

# ------------------------------------------------------------------------------- the court's own limits, watched

SUSPENSION = PauseRule(on("suspend", "suspended_on"), (on("resume", "resumed_on"),))
APPRAISAL = PauseRule(on("start_appraisal", "day"), (on("end_appraisal", "day"),))
NOTICE = PauseRule(on("start_notice", "day"), (on("end_notice", "day"),))
OBJECTING = PauseRule(on("object_jurisdiction", "filed_on"), (on("rule_jurisdiction", "served_on"),))
MEDIATING = PauseRule(
    on(
        "refer_mediation",
        "referred_on",
        where=lambda view, event: view.facts.get("registered_on") is not None,
    ),
    (on("close_mediation"),),
)
NOT_COUNTED = (SUSPENSION, APPRAISAL, NOTICE, OBJECTING, MEDIATING)


def ordinary(view: View, event: Event) -> bool:
    """Registered for ordinary procedure."""
    return first_instance(view, event) and event.data.get("procedure", "ordinary") == "ordinary"


def simplified(view: View, event: Event) -> bool:
    """Registered for simplified procedure."""
    return first_instance(view, event) and event.data.get("procedure") == "simplified"


COURT_FIRST = Clock(
    code="court_first_instance",
    title="一审审理期限",
    nature=Nature.MONITOR,
    starts=(
        starts_on("register_case", day=Field("court_filed_on"), where=ordinary, what="法院立案"),
        starts_on("convert_procedure", day=Fact("court_filed_on"), cite=both(APL.art(81), INT.art(105, 2)),
                  what="法院立案（转为普通程序，仍自立案起算）"),
    ),
    length=APL.months(6),
    cite=APL.art(81),
    stops=(met_on("serve_judgment", every=True), *SUIT_ENDS),
    pauses=NOT_COUNTED,
    extensions=(Extension(on("extend_court_limit", of=("first", None)), to_field="until"),),
    readings=(L5, L8, L2),
    on_expiry="向法院了解进展",
)  # fmt: skip

COURT_SIMPLIFIED = Clock(
    code="court_simplified",
    title="简易程序审理期限",
    nature=Nature.MONITOR,
    starts=(starts_on("register_case", day=Field("court_filed_on"), where=simplified, what="法院立案"),),
    length=APL.days(45),
    cite=APL.art(83),
    stops=(met_on("serve_judgment", every=True), ends_on("convert_procedure"), *SUIT_ENDS),
    pauses=NOT_COUNTED,
    readings=(L5, L2),
    on_expiry="应转为普通程序",
)

SUSPENSION_90 = Clock(
    code="suspension_90",
    title="中止满九十日无人继续诉讼",
    nature=Nature.WAITING,
    starts=(starts_on("suspend", "suspended_on", ground=(1, 2, 3), what="中止诉讼"),),
    length=INT.days(90),
    cite=INT.art(88, 2),
    stops=(ends_on("resume"), *SUIT_ENDS),
    readings=(L1, L2),
    on_expiry="法院可以裁定终结诉讼",
)

# ------------------------------------------------------------------------------- was the suit in time? (watched)


def not_reconsidered(view: View, event: Event) -> bool:
    """Sued directly."""
    reconsidered = ("reconsideration_case", "reconsideration_served_on")
    return not any(event.data.get(name) for name in reconsidered)


def sued_directly(view: View, event: Event) -> bool:
    """APL 46: an act, sued without reconsideration."""
    return not_reconsidered(view, event) and event.data.get("case_kind") not in ("inaction", "compensation")


def told_late(view: View, event: Event) -> bool:
    """INT 64: the period was not told."""
    return sued_directly(view, event) and event.data.get("period_told") is False


def idle(view: View, event: Event) -> bool:
    """APL 47: the organ did not act."""
    return not_reconsidered(view, event) and event.data.get("case_kind") == "inaction"


def period_known(view: View, event: Event) -> Any:
    """The day from which the six months run: when the act was known; untold, when the period was known."""
    if event.data.get("period_told") is False:
        return event.data.get("period_known_on")
    return event.data.get("act_known_on")


def duty_ended(view: View, event: Event) -> Any:
    """The end of the organ's own time to act: a special one, else two months from the request."""
    asked = event.data.get("request_received_on")
    return event.data.get("special_period_end") or (add_months(asked, 2) if asked else None)


SUE_DIRECTLY = Clock(
    code="sue_6_months",
    title="直接起诉期限",
    nature=Nature.MONITOR,
    met_by="court_filed_on",
    starts=(
        starts_on("register_case", day=period_known, where=sued_directly, what="知道行政行为（起诉期限）"),
    ),
    length=APL.months(6),
    cite=both(APL.art(46, 1), INT.art(64, 1)),
    readings=(L8, L2),
    on_expiry="可以在答辩中提出超过起诉期限",
)

SUE_LONGEST = Clock(
    code="sue_one_year",
    title="未告知期限的最长起诉期限",
    nature=Nature.MONITOR,
    met_by="court_filed_on",
    starts=(starts_on("register_case", day=Field("act_known_on"), where=told_late, what="知道行政行为内容"),),
    length=INT.years(1),
    cite=INT.art(64, 1),
    readings=(L8, L2),
    on_expiry="可以在答辩中提出超过起诉期限",
)

SUE_INACTION = Clock(
    code="sue_inaction",
    title="不履职起诉期限",
    nature=Nature.MONITOR,
    met_by="court_filed_on",
    starts=(starts_on("register_case", day=duty_ended, where=idle, what="履行法定职责期限届满"),),
    length=INT.months(6),
    cite=both(APL.art(47, 1), INT.art(66)),
    readings=(L8, L2),
    on_expiry="可以在答辩中提出超过起诉期限",
)

SUE_RECONSIDERED = Clock(
    code="sue_after_reconsideration",
    title="复议后起诉期限",
    nature=Nature.MONITOR,
    met_by="court_filed_on",
    starts=(starts_on("register_case", day=Field("reconsideration_served_on"), what="复议决定送达原告"),),
    length=APL.days(15),
    cite=APL.art(45),
    readings=(L1, L2),
    on_expiry="可以在答辩中提出超过起诉期限",
)

SUE_COMPENSATION = Clock(
    code="sue_compensation",
    title="单独提起赔偿诉讼的期限",
    nature=Nature.MONITOR,
    met_by="court_filed_on",
    starts=(starts_on("register_case", day=Field("act_known_on"), case_kind="compensation",
                      what="知道赔偿决定，或者作出决定的期限届满"),),
    length=INT.months(3),
    cite=SCL.art(14),
    readings=(L8, L2),
    on_expiry="可以在答辩中提出超过起诉期限",
)  # fmt: skip

INTAKE_CLOCKS = (
    ANSWER, EXTENSION_REQUEST, DEFERRED, OBJECTION, DRAFT, SUMMONS, HEAD_REPORT, ATTENDANCE_CONFIRMED, COURT_FIRST,
    COURT_SIMPLIFIED, SUSPENSION_90, SUE_DIRECTLY, SUE_LONGEST, SUE_INACTION, SUE_RECONSIDERED, SUE_COMPENSATION,
)  # fmt: skip
