"""Deadlines from the act complained of to acceptance (domain §8)."""

from datetime import date, timedelta
from typing import Any

from yifa.language.acts import Event
from yifa.language.clocks import Also, Clock, Extension, Nature, ends_on, met_on, on, starts_on
from yifa.language.values import Field, Fixed, Parameter, Sized, by_version
from yifa.language.view import Instance, View
from yifa.law.citation import Practice, both
from yifa.law.periods import Pause, due_date
from yifa.lines.reconsideration.inputs import CROSS_DISTRICT
from yifa.lines.reconsideration.law import (
    L17,
    L23,
    R1,
    R2,
    R3,
    R7,
    R11,
    R12,
    R13,
    R16,
    R19,
    REG,
    V17,
    V23,
)


def is_cross_district(view: View, event: Event) -> bool:
    """Received at another district's window."""
    return event.data.get("channel") in CROSS_DISTRICT


def at_competent_organ(view: View, event: Event) -> bool:
    """Received where it is to be examined."""
    return not is_cross_district(view, event)


def limit_starts(view: View, event: Event) -> date | None:
    """The day from which the application period runs (L23 20, Reg 15–16)."""
    data = event.data
    if data.get("is_inaction") and not data.get("urgent_protection"):
        return _inaction_starts(data)
    if data.get("remedy_told", "all") != "all":
        return data.get("remedy_known_on")
    return data.get("known_on")


def _inaction_starts(data: Any) -> date | None:
    if data.get("statutory_period_end") is not None:
        return data["statutory_period_end"]  # type: ignore[no-any-return]
    asked = data.get("request_received_on")
    return (
        None if asked is None else asked + timedelta(days=60)
    )  # Reg 16(1)(2): a trigger, not a period, not shifted


def obstacle(view: View, event: Event) -> tuple[Pause, ...]:
    """An obstacle that stops the application period (R11)."""
    begun, ended = event.data.get("obstacle_from"), event.data.get("obstacle_to")
    if begun is None or ended is None:
        return ()
    return (Pause(begun.toordinal(), ended.toordinal()),)


def not_told(view: View, event: Event) -> bool:
    """The organ did not tell all of right, organ and period."""
    return event.data.get("remedy_told", "all") != "all" and "known_on" in event.data


def act_made_on(view: View, event: Event) -> date | None:
    """The day the act was made."""
    act = event.data.get("act")
    return getattr(act, "made_on", None)


def real_estate(view: View, event: Event) -> bool:
    """The act concerns real estate."""
    return bool(getattr(event.data.get("act"), "real_estate", False))


def not_real_estate(view: View, event: Event) -> bool:
    """The act concerns anything else."""
    return not real_estate(view, event)


def not_announced(view: View, event: Event) -> bool:
    """The organ's receipt was not recorded by an act of its own before."""
    return not view.happened("apply_via_organ")


def _unshifted(view: View, instance: Instance) -> date | None:
    return instance.due.raw


def _window_due(view: View, instance: Instance) -> date | None:
    """R16: the same five working days counted from the window."""
    received = view.last("receive_application")
    if received is None or not is_cross_district(view, received):
        return None
    start = received.data.get("filed_on", received.effective_on)
    return due_date(L23.days(5), start, view.env.calendar).due


# Every clock outlives an 提级 (the case moves with all clocks unchanged); these acts end what has lost its object.
CASE_ENDS = (
    ends_on("refuse"), ends_on("refer"), ends_on("mark_abandoned"), ends_on("withdraw"), ends_on("terminate"),
    ends_on("close"), ends_on("superior_order", kind="taken_over"),
)  # fmt: skip

FIVE = by_version(v2023=L23.days(5), v2017=L17.days(5))

APPLY_LIMIT = Clock(
    code="apply_limit",
    title="申请期限",
    nature=Nature.RIGHT,
    starts=(
        starts_on(
            "receive_application", day=limit_starts, what="知道行政行为（或复议权利）", paused=obstacle
        ),
    ),
    length=by_version(
        v2023=Sized(Field("longer_limit_days", 60), L23.days(60)),
        v2017=Sized(Field("longer_limit_days", 60), L17.days(60)),
    ),
    cite=by_version(v2023=L23.art(20, 1), v2017=L17.art(9, 1)),
    met_by="filed_on",
    readings=(R1, R3, R11),
    on_expiry="不予受理",
    survives=True,
)

APPLY_MAX_LIMIT = Clock(
    code="apply_max_limit",
    title="最长申请期限",
    nature=Nature.RIGHT,
    starts=(
        starts_on("receive_application", "known_on", where=not_told, length=L23.years(1), cite=L23.art(20, 3),
                  what="知道行政行为内容（未告知权利）"),
        starts_on("receive_application", day=act_made_on, where=real_estate, length=L23.years(20), cite=L23.art(21),
                  what="行政行为作出（不动产）"),
        starts_on("receive_application", day=act_made_on, where=not_real_estate, length=L23.years(5), cite=L23.art(21),
                  what="行政行为作出"),
    ),
    length=L23.years(5),
    cite=both(L23.art(20, 3), L23.art(21)),
    met_by="filed_on",
    versions=V23,
    readings=(R12, R19),
    also=(Also("不顺延之日", _unshifted, R19),),
    on_expiry="不予受理",
    survives=True,
)  # fmt: skip

ORGAN_FORWARD = Clock(
    code="organ_forward",
    title="原机关转送",
    nature=Nature.OTHERS_DUTY,
    starts=(
        starts_on("apply_via_organ", "organ_received_on", what="原机关收到申请"),
        starts_on("organ_forward", "organ_received_on", where=not_announced, what="原机关收到申请"),
    ),
    length=L23.days(5),
    cite=L23.art(32, 2),
    stops=(met_on("organ_forward", "forwarded_on"), *CASE_ENDS),
    survives=True,
    met_by="forwarded_on",
    versions=V23,
    readings=(R2,),
    on_expiry="向该机关发出逾期提醒",
)

LEGACY_FORWARD = Clock(
    code="legacy_forward",
    title="县级政府转送",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("county_receive", "received_on", what="县级政府接到申请"),
            starts_on("refer", "county_received_on", what="县级政府接到申请",
                      where=lambda view, event: "county_received_on" in event.data)),
    length=L17.days(7),
    cite=L17.art(18),
    stops=(met_on("refer"), met_on("receive_transfer")),
    versions=V17,
    survives=True,
    on_expiry="提醒",
)  # fmt: skip

ACCEPTANCE_REVIEW = Clock(
    code="acceptance_review",
    title="受理审查",
    nature=Nature.OWN_DUTY,
    starts=(
        starts_on("receive_application", "received_on", where=at_competent_organ, what="收到申请"),
        starts_on("receive_transfer", "received_on", what="有管辖权机关收到转送"),
        starts_on("organ_forward", "received_on", what="收到原机关转送"),
        starts_on("submit_supplement", "received_on", what="收到补正材料",
                  cite=by_version(v2023=both(L23.art(31, 3), L23.art(30, 1)), v2017=L17.art(17, 1))),
    ),
    length=FIVE,
    cite=by_version(v2023=both(L23.art(30, 1), L23.art(30, 3)), v2017=L17.art(17, 1)),
    stops=(
        met_on("accept", every=True),
        met_on("refuse", every=True),
        met_on("refer", every=True),
        ends_on("request_supplement"),
        ends_on("superior_order"),
        *CASE_ENDS,
    ),
    survives=True,
    readings=(R1, R2, R7),
    also=(Also("自窗口收件起算的预警日", _window_due, R16),),
    on_expiry="2023年修订：期满未作不予受理决定的视为受理；2017年修正：收到之日即为受理",
)  # fmt: skip

SAFE_DUE = Clock(
    code="safe_due",
    title="受理审查提前预警",
    nature=Nature.REMINDER,
    starts=(starts_on("receive_application", "filed_on", where=is_cross_district, what="窗口收件"),),
    length=L23.days(5),
    cite=R16.source,
    stops=(ends_on("accept"), ends_on("deem_accepted"), ends_on("accepted_by_receipt"), *CASE_ENDS),
    survives=True,
    readings=(R16,),
)

TRANSFER_DUE = Clock(
    code="transfer_due",
    title="跨域转送",
    nature=Nature.OWN_DUTY,
    starts=(starts_on("receive_application", "filed_on", where=is_cross_district, what="窗口收件"),),
    length=Sized(Parameter("reconsideration_transfer_days"), L23.workdays(1)),
    cite=Practice("全城通办：窗口当日转送，逾一个工作日提醒"),
    stops=(met_on("receive_transfer", "received_on"), *CASE_ENDS),
    survives=True,
    on_expiry="提醒窗口所在区",
)

SUPPLEMENT_NOTICE = Clock(
    code="supplement_notice",
    title="补正通知",
    nature=Nature.OWN_DUTY,
    starts=(
        starts_on("receive_application", "received_on", where=at_competent_organ, what="收到申请"),
        starts_on("receive_transfer", "received_on", what="有管辖权机关收到转送"),
        starts_on("organ_forward", "received_on", what="收到原机关转送"),
    ),
    length=by_version(v2023=L23.days(5), v2017=REG.days(5)),
    cite=by_version(v2023=L23.art(31, 1), v2017=REG.art(29)),
    stops=(
        met_on("request_supplement", "issued_on", every=True),
        ends_on("accept"),
        ends_on("deem_accepted"),
        ends_on("accepted_by_receipt"),
        *CASE_ENDS,
    ),
    survives=True,
    readings=(R1, R2),
    on_expiry="不得再要求补正",
)


def _period_named(view: View, event: Event) -> Any:
    return event.data.get("due_on") or view.last_data("request_supplement").get("due_on")


SUPPLEMENT_SUBMIT = Clock(
    code="supplement_submit",
    title="提交补正",
    nature=Nature.RIGHT,
    starts=(
        starts_on("request_supplement", "served_on", what="补正通知送达"),
        starts_on("serve_supplement", "served_on", what="补正通知送达"),
    ),
    length=by_version(v2023=L23.days(10), v2017=Fixed(_period_named, "补正通知确定的期限")),
    cite=by_version(v2023=L23.art(31, 2), v2017=REG.art(29)),
    stops=(
        met_on("submit_supplement", "received_on", timely_by="posted_on", every=True),
        ends_on("serve_supplement"),
        *CASE_ENDS,
    ),
    extensions=(Extension(on("extend_supplement"), to_field="new_due", once=False),),
    survives=True,
    readings=(R1, R2, R13),
    on_expiry="无正当理由的，视为放弃申请",
)

COORDINATION = Clock(
    code="coordination",
    title="协商或指定受理",
    nature=Nature.OWN_DUTY,
    starts=(
        starts_on("several_received", "received_on", what="同时收到申请"),
        starts_on("settle_jurisdiction", failed=True, what="协商不成，报请指定"),
    ),
    # The Regulation counts as the law it implements: ten days are working days since 2024 (L23 88(2)), not before.
    length=by_version(v2023=L23.days(10), v2017=REG.days(10)),
    cite=by_version(v2023=both(REG.art(30), L23.art(88, 2)), v2017=REG.art(30)),
    stops=(met_on("settle_jurisdiction"), *CASE_ENDS),
    survives=True,
    on_expiry="协商、指定所用时间不计入审理期限",
)

INTAKE_CLOCKS = (
    APPLY_LIMIT, APPLY_MAX_LIMIT, ORGAN_FORWARD, LEGACY_FORWARD, ACCEPTANCE_REVIEW, SAFE_DUE, TRANSFER_DUE,
    SUPPLEMENT_NOTICE, SUPPLEMENT_SUBMIT, COORDINATION,
)  # fmt: skip
