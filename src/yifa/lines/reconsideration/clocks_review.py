"""Deadlines of the review itself (domain §8)."""

from datetime import date, timedelta

from yifa.language.acts import Event
from yifa.language.clocks import (
    Also,
    Clock,
    Extension,
    Nature,
    PauseRule,
    ends_on,
    met_on,
    on,
    starts_on,
    starts_with,
)
from yifa.language.values import by_fact, by_version
from yifa.language.view import Instance, View
from yifa.law.citation import both
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
    R9,
    R10,
    R13,
    R14,
    R15,
    R17,
    R18,
    REG,
    V23,
)
from yifa.lines.reconsideration.tables import SUSPENSION_GROUNDS_60

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
    ends_on("elevate"),
    ends_on("superior_order", kind="taken_over"),
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


REVIEW_DECISION = Clock(
    code="review_decision",
    title="审理期限",
    nature=Nature.OWN_DUTY,
    starts=(starts_with("accepted_on", what="受理"),),
    length=by_version(
        v2023=by_fact("procedure", ordinary=L23.days(60), simplified=L23.days(30), otherwise=L23.days(60)),
        v2017=L17.days(60),
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
    readings=(R1, R3, R4, R5, R8, R15),
    also=(Also("按原收件日并扣除补正时间计算", _literal_2017, R6),),
    on_expiry="申请人可以在十五日内起诉，上级可以责令纠正",
)

SEND_COPY = Clock(
    code="send_copy",
    title="发送副本",
    nature=Nature.OWN_DUTY,
    starts=(starts_with("accepted_on", what="受理"),),
    length=by_version(
        v2023=by_fact("procedure", ordinary=L23.days(7), simplified=L23.days(3), otherwise=L23.days(7)),
        v2017=L17.days(7),
    ),
    cite=by_version(
        v2023=by_fact("procedure", ordinary=L23.art(48), simplified=L23.art(54, 1), otherwise=L23.art(48)),
        v2017=L17.art(23, 1),
    ),
    stops=(met_on("send_copy", "sent_on", every=True),),
    pauses=(SUSPENSION,),
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
        v2023=by_fact("procedure", ordinary=L23.days(10), simplified=L23.days(5), otherwise=L23.days(10)),
        v2017=L17.days(10),
    ),
    cite=by_version(
        v2023=by_fact("procedure", ordinary=L23.art(48), simplified=L23.art(54, 1), otherwise=L23.art(48)),
        v2017=L17.art(23, 1),
    ),
    stops=(met_on("receive_reply", "received_on", timely_by="posted_on"),),
    pauses=(SUSPENSION,),
    readings=(R1, R2, R13, R17, R18),
    on_expiry="视为该行政行为没有证据、依据",
)


def waived(view: View, event: Event) -> bool:
    """All parties known have waived the notice in writing."""
    parties = set(view.parties_in("applicant", "respondent", "third_party"))
    return bool(parties) and parties <= set(event.data.get("waived_by", ()))


HEARING_NOTICE = Clock(
    code="hearing_notice",
    title="听证通知最迟送达",
    nature=Nature.OWN_DUTY,
    before=True,
    starts=(starts_on("notify_hearing", "hearing_on", per="parties", what="听证"),),
    length=L23.days(5),
    cite=both(L23.art(51, 1), HEARING.art(4)),
    met_by="served_on",
    stops=(ends_on("hold_hearing"),),
    unless=waived,
    readings=(R10,),
    on_expiry="另定听证日期，或者取得当事人书面同意",
)


def sixty_day_ground(view: View, event: Event) -> bool:
    """Death, incapacity or dissolution with the successor not yet settled."""
    return event.data.get("ground") in SUSPENSION_GROUNDS_60[view.version]


SUSPEND_TERMINATION = Clock(
    code="suspend_termination",
    title="中止满六十日",
    nature=Nature.WAITING,
    starts=(starts_on("suspend", "suspended_on", where=sixty_day_ground, what="中止"),),
    length=by_version(v2023=L23.days(60), v2017=REG.days(60)),
    cite=by_version(v2023=L23.art(41, None, 5), v2017=REG.art(42, 2)),
    stops=(ends_on("resume"), ends_on("superior_order", kind=RESUMES), met_on("terminate")),
    readings=(R14,),
    on_expiry="原因仍未消除的，次日起可以终止",
)


def with_power(view: View, event: Event) -> bool:
    """The review organ may itself deal with the document."""
    return event.data.get("has_power") is True


def without_power(view: View, event: Event) -> bool:
    """It must pass the document on."""
    return event.data.get("has_power") is False


def suspended_day(view: View, event: Event) -> date:
    """R9: the day of the suspension under which the attached review runs."""
    found = event.data.get("suspended_on")
    if found is None:
        last = view.last("suspend")
        found = last.data.get("suspended_on", last.effective_on) if last else event.effective_on
    return found


def attached_suspension(view: View, event: Event) -> bool:
    """A suspension for attached review, said to be within the organ's power or not yet said."""
    return event.data.get("ground") == 9 and view.version == "2023"


def _first_request(view: View, instance: Instance) -> date | None:
    """R9's other reading: from the request itself, where it came on another day than the suspension."""
    asked = view.last("request_normative_review")
    if asked is None or asked.effective_on == instance.start:
        return None
    return view.env.calendar.next_workday(asked.effective_on + timedelta(days=30))


_NORMATIVE_CITE = by_version(v2023=both(L23.art(56), L23.art(57)), v2017=both(L17.art(26), L17.art(27)))

NORMATIVE_HANDLE = Clock(
    code="normative_handle",
    title="附带审查：有权处理",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("request_normative_review", day=suspended_day, where=with_power, what="中止"),),
    length=by_version(v2023=L23.days(30), v2017=L17.days(30)),
    cite=_NORMATIVE_CITE,
    stops=(met_on("handle_normative"), ends_on("resume")),
    readings=(R9,),
    also=(Also("自提出之日起算", _first_request, R9),),
    on_expiry="提醒",
)

NORMATIVE_TRANSFER = Clock(
    code="normative_transfer",
    title="附带审查：转送有权机关",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("request_normative_review", day=suspended_day, where=without_power, what="中止"),),
    length=by_version(v2023=L23.days(7), v2017=L17.days(7)),
    cite=_NORMATIVE_CITE,
    stops=(met_on("transfer_normative"),),
    readings=(R9,),
    on_expiry="提醒",
)

NORMATIVE_NOTIFY_ISSUER = Clock(
    code="normative_notify_issuer",
    title="通知制定机关",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("request_normative_review", day=suspended_day, where=with_power, what="中止"),),
    length=L23.days(3),
    cite=L23.art(58, 1),
    stops=(met_on("notify_issuer", "notified_on"),),
    versions=V23,
    readings=(R2,),
    on_expiry="提醒",
)


def issuer_informed(view: View, event: Event) -> bool:
    """The same act records that the issuer has received the notice."""
    return "issuer_received_on" in event.data


NORMATIVE_ISSUER_REPLY = Clock(
    code="normative_issuer_reply",
    title="制定机关答复",
    nature=Nature.OTHERS_DUTY,
    starts=(
        starts_on("notify_issuer", "received_on", what="制定机关收到通知"),
        starts_on(
            "request_normative_review", "issuer_received_on", what="制定机关收到通知", where=issuer_informed
        ),
    ),
    length=L23.days(10),
    cite=L23.art(58, 1),
    stops=(met_on("receive_issuer_reply", "received_on", timely_by="posted_on"),),
    versions=V23,
    readings=(R2, R13),
    on_expiry="不待答复径行处理",
)

NORMATIVE_TRANSFEREE_REPLY = Clock(
    code="normative_transferee_reply",
    title="受转送机关回复",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("transfer_normative", "received_by_transferee_on", what="受转送机关收到转送"),),
    length=by_version(v2023=L23.days(60), v2017=L17.days(60)),
    cite=by_version(v2023=L23.art(60), v2017=L17.art(26)),
    stops=(met_on("receive_transferee_reply", "received_on"),),
    readings=(R3,),
    on_expiry="催办",
)

REVIEW_CLOCKS = (
    REVIEW_DECISION, SEND_COPY, RESPONDENT_REPLY, HEARING_NOTICE, SUSPEND_TERMINATION, NORMATIVE_HANDLE,
    NORMATIVE_TRANSFER, NORMATIVE_NOTIFY_ISSUER, NORMATIVE_ISSUER_REPLY, NORMATIVE_TRANSFEREE_REPLY,
)  # fmt: skip
