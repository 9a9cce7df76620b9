"""Deadlines of legal aid up to the decision (domain §8). The review follows the version of the day of receipt."""

from datetime import date
from typing import Any

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
from yifa.language.values import By, ByDate, Field, First, Fixed, Parameter, Sized
from yifa.language.view import Instance, View
from yifa.law.citation import Practice, both
from yifa.lines.legal_aid.law import (
    CITYWIDE,
    FIRST_WINDOW,
    H1,
    ICPL,
    LAL,
    LAL_FROM,
    LAR,
    OLD,
    PPR,
    PR,
    PR12,
    PR_FROM,
    S0,
    S1,
    S2,
    SUPPLEMENT,
    local_days,
)

_ANCIENT = date(2003, 9, 1)
SUPPLEMENTING = PauseRule(on("ask_supplement", "served_on"), (on("supplement_in", "received_on"),), "(]")
ASSISTING = PauseRule(on("assist_request"), (on("assist_reply"),), "(]")


def by_trigger(old: Any, lal: Any, pr: Any = None) -> ByDate:
    """A choice by the trigger's date: before 2022, from 2022 (LAL), from 2023-09-01 (PR)."""
    return ByDate(((_ANCIENT, old), (LAL_FROM, lal), (PR_FROM, lal if pr is None else pr)))


def local(code: str, default: int, like: Any) -> Sized:
    """A length the city sets: the parameter's value on the trigger's date, counted as `like` is."""
    return Sized(First((Parameter(code), default)), like)


def standby(view: View, instance: Instance) -> date | None:
    """S0: the last working day on or before a due date that is a rest day; at once if that day is past."""
    due = instance.due.due
    calendar = view.env.calendar
    if due is None or calendar.is_workday(due):
        return None
    return max(calendar.previous_workday(due), instance.start)


ON_CALL = (Also("值班办理提醒", standby, S0),)


def in_ordinary_trial(view: View, event: Event) -> bool:
    """The 15 days hold, except in summary and fast-track procedure."""
    return not event.data.get("summary_procedure")


def awaits_transfer(view: View, event: Event) -> bool:
    """Received at the first window for another agency."""
    return bool(view.facts.get("citywide")) and not view.facts.get("transferred_from")


ORGAN_NOTIFY = Clock(
    code="organ_notify", title="办案机关通知", nature=Nature.OTHERS_DUTY,
    starts=(starts_on("organ_finds", "found_on", what="办案机关发现应当通知的情形"),),
    length=LAL.days(3, shift=S1), cite=both(LAL.art(36), PPR.art(42), ICPL.art(46)),
    stops=(met_on("notify_in", "notified_on"),), readings=(S1,), on_expiry="记录并提醒办案机关",
)  # fmt: skip

ASSIGN_NOTIFIED = Clock(
    code="assign_notified", title="通知辩护指派", nature=Nature.OWN_DUTY,
    starts=(starts_on("notify_in", "received_on", what="收到通知"),),
    length=by_trigger(PR12.workdays(3), LAL.days(3, shift=S0)),
    cite=by_trigger(PR12.art(20), LAL.art(36), both(LAL.art(36), PR.art(24, 2))),
    stops=(met_on("assign", "organ_told_on", every=True), ends_on("terminate")), readings=(S0,), also=ON_CALL,
    on_expiry="向机构负责人和司法行政部门报警",
)  # fmt: skip

FORWARD_24H = Clock(
    code="forward_24h", title="转交申请", nature=Nature.OTHERS_DUTY,
    starts=(starts_with("applied_at", what="提出申请"),), length=LAL.hours(24),
    cite=both(LAL.art(39), PPR.art(43)), met_by="forwarded_at",
    stops=(met_on("forward", "forwarded_at", every=True), met_on("receive", "received_at", every=True)), readings=(H1,),
    on_expiry="记录",
)  # fmt: skip

RELATIVES_TOLD = Clock(
    code="relatives_told", title="通知家属协助", nature=Nature.OTHERS_DUTY,
    starts=(starts_with("organ_received_on", what="办案机关收到申请"),),
    length=PR.days(3, shift=S1), cite=Practice("程序规定第二章：三日（条号待核）"),
    stops=(met_on("relatives_informed", "told_on"),), readings=(S1,), on_expiry="记录",
)  # fmt: skip

REVIEW = Clock(
    code="review", title="审查决定", nature=Nature.OWN_DUTY,
    starts=(starts_with("first_received_on", what="收到申请"),),
    length=By("version", {OLD: PR12.workdays(7)}, otherwise=LAL.days(7, shift=S0)),
    cite=By("version", {OLD: PR12.art(13)}, otherwise=LAL.art(43, 1)),
    stops=(met_on("grant", "decided_on", every=True), met_on("refuse", "decided_on", every=True), ends_on("withdraw"),
           ends_on("terminate")),
    pauses=(SUPPLEMENTING, ASSISTING), readings=(S0, FIRST_WINDOW, SUPPLEMENT), also=ON_CALL,
    on_expiry="报警；不发生视为给予的效果",
)  # fmt: skip

SUPPLEMENT_TERM = Clock(
    code="supplement", title="补充期限", nature=Nature.RIGHT,
    starts=(starts_on("ask_supplement", "served_on", what="补充通知送达"),),
    length=First((Fixed(Field("due_on"), "通知确定的期限"),
                  Sized(Field("term", First((Parameter("supplement_days"), 10))), local_days(10, S2)))),
    cite=both(LAL.art(43, 2), LAR.art(18), Practice("期限由通知载明，默认十日（本地参数）")),
    stops=(met_on("supplement_in", "received_on"), ends_on("withdraw"), ends_on("terminate")),
    extensions=(Extension(on("extend_supplement"), to_field="new_due"),), readings=(S2,), on_expiry="视为撤回申请",
)  # fmt: skip

CITYWIDE_TRANSFER = Clock(
    code="citywide_transfer", title="全市通办转送", nature=Nature.OWN_DUTY,
    starts=(starts_on("receive", "received_at", where=awaits_transfer, what="首个窗口收件"),),
    length=local("citywide_transfer_days", 1, LAL.workdays(1)), cite=CITYWIDE,
    stops=(met_on("transfer"), ends_on("grant"), ends_on("refuse")), on_expiry="提醒收件窗口",
)  # fmt: skip

AID_FIRST_MAKEUP = Clock(
    code="aid_first_makeup", title="补办手续", nature=Nature.RIGHT, starts=(starts_on("aid_first", what="先行提供决定"),),
    length=local("aid_first_makeup_days", 10, local_days(10, S2)),
    cite=both(LAL.art(44, 2), Practice("“及时”补办，默认十日（本地参数）")),
    stops=(met_on("make_up", "received_on"), ends_on("terminate"), ends_on("withdraw")), readings=(S2,),
    on_expiry="终止法律援助",
)  # fmt: skip

COURT_MATERIALS = Clock(
    code="court_materials", title="法院送材料", nature=Nature.OTHERS_DUTY, before=True,
    starts=(starts_on("notify_in", day=Field("hearing_on"), where=in_ordinary_trial, what="开庭"),
            starts_on("set_hearing", day=Field("hearing_on"), where=in_ordinary_trial, what="开庭")),
    length=ICPL.days(15), cite=ICPL.art(49), stops=(met_on("court_materials_in", "filed_on", every=True),),
    on_expiry="请求法院另定开庭日期",
)  # fmt: skip

INTAKE_CLOCKS = (
    ORGAN_NOTIFY, ASSIGN_NOTIFIED, FORWARD_24H, RELATIVES_TOLD, REVIEW, SUPPLEMENT_TERM, CITYWIDE_TRANSFER,
    AID_FIRST_MAKEUP, COURT_MATERIALS,
)  # fmt: skip
