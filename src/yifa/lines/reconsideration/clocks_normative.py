"""Deadlines of the attached review of normative documents (L23 56–60; L17 26–27)."""

from datetime import date, timedelta

from yifa.language.acts import Event
from yifa.language.clocks import Also, Clock, Nature, Start, ends_on, met_on, starts_on
from yifa.language.values import by_version
from yifa.language.view import Instance, View
from yifa.law.citation import both
from yifa.lines.reconsideration.clocks_intake import CASE_ENDS
from yifa.lines.reconsideration.grounds import suspension_item
from yifa.lines.reconsideration.law import L17, L23, R2, R3, R9, R13, V23

REVIEW_OF_DOCUMENT = 9  # L23 39(1)(9)


def _suspended_for_review(view: View, event: Event) -> bool:
    return view.version == "2023" and suspension_item("2023", event.data.get("ground")) == REVIEW_OF_DOCUMENT


def suspended_with_power(view: View, event: Event) -> bool:
    """Suspended for attached review, within the organ's power or not yet said: both periods are shown until it is."""
    return _suspended_for_review(view, event) and event.data.get("has_power") is not False


def suspended_without_power(view: View, event: Event) -> bool:
    """Suspended for attached review, beyond the organ's power or not yet said."""
    return _suspended_for_review(view, event) and event.data.get("has_power") is not True


def with_power(view: View, event: Event) -> bool:
    """The review organ may itself deal with the document."""
    return event.data.get("has_power") is True


def without_power(view: View, event: Event) -> bool:
    """It must pass the document on."""
    return event.data.get("has_power") is False


def _first(code: str, power: bool) -> object:
    """The request starts the clock only where the suspension has not done so already."""

    def where(view: View, event: Event) -> bool:
        return event.data.get("has_power") is power and not view.live(code)

    return where


def suspended_day(view: View, event: Event) -> date:
    """R9: the day of the suspension under which the attached review runs."""
    found = event.data.get("suspended_on")
    if found is None:
        last = view.last("suspend")
        found = last.data.get("suspended_on", last.effective_on) if last else event.effective_on
    return found


def _first_request(view: View, instance: Instance) -> date | None:
    """R9's other reading: from the request itself, where it came on another day than the suspension."""
    asked = view.last("request_normative_review")
    if asked is None or asked.effective_on == instance.start:
        return None
    return view.env.calendar.next_workday(asked.effective_on + timedelta(days=30))


def _starts(code: str, power: bool) -> tuple[Start, Start]:
    suspended = suspended_with_power if power else suspended_without_power
    return (
        starts_on("suspend", "suspended_on", where=suspended, what="中止"),
        starts_on("request_normative_review", day=suspended_day, where=_first(code, power), what="中止"),  # type: ignore[arg-type]
    )


_CITE = by_version(v2023=both(L23.art(56), L23.art(57)), v2017=both(L17.art(26), L17.art(27)))
_RESUMED = (ends_on("resume"), ends_on("superior_order"))

NORMATIVE_HANDLE = Clock(
    code="normative_handle",
    title="附带审查：有权处理",
    nature=Nature.OWN_DUTY,
    starts=_starts("normative_handle", power=True),
    length=by_version(v2023=L23.days(30), v2017=L17.days(30)),
    cite=_CITE,
    stops=(
        met_on("handle_normative"),
        ends_on("request_normative_review", where=without_power),
        *_RESUMED,
        *CASE_ENDS,
    ),
    survives=True,
    readings=(R9,),
    also=(Also("自提出之日起算", _first_request, R9),),
    on_expiry="提醒",
)

NORMATIVE_TRANSFER = Clock(
    code="normative_transfer",
    title="附带审查：转送有权机关",
    nature=Nature.OWN_DUTY,
    starts=_starts("normative_transfer", power=False),
    length=by_version(v2023=L23.days(7), v2017=L17.days(7)),
    cite=_CITE,
    stops=(
        met_on("transfer_normative"),
        ends_on("request_normative_review", where=with_power),
        ends_on("notify_issuer"),
        ends_on("handle_normative"),
        *_RESUMED,
        *CASE_ENDS,
    ),
    survives=True,
    readings=(R9,),
    on_expiry="提醒",
)

NORMATIVE_NOTIFY_ISSUER = Clock(
    code="normative_notify_issuer",
    title="通知制定机关",
    nature=Nature.OWN_DUTY,
    starts=_starts("normative_notify_issuer", power=True),
    length=L23.days(3),
    cite=L23.art(58, 1),
    stops=(
        met_on("notify_issuer", "notified_on"),
        ends_on("request_normative_review", where=without_power),
        ends_on("transfer_normative"),
        *_RESUMED,
        *CASE_ENDS,
    ),
    versions=V23,
    survives=True,
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
    stops=(met_on("receive_issuer_reply", "received_on", timely_by="posted_on", every=True), *CASE_ENDS),
    versions=V23,
    survives=True,
    readings=(R2, R13),
    on_expiry="不待答复径行处理",
)

NORMATIVE_TRANSFEREE_REPLY = Clock(
    code="normative_transferee_reply",
    title="受转送机关回复",
    nature=Nature.OTHERS_DUTY,
    starts=(starts_on("transfer_normative", "received_by_transferee_on", what="受转送机关收到转送"),),
    length=by_version(v2023=L23.days(60), v2017=L17.days(60)),
    cite=by_version(v2023=L23.art(60), v2017=both(L17.art(26), L17.art(27))),
    stops=(met_on("receive_transferee_reply", "received_on"), *CASE_ENDS),
    survives=True,
    readings=(R3,),
    on_expiry="催办",
)

NORMATIVE_CLOCKS = (
    NORMATIVE_HANDLE, NORMATIVE_TRANSFER, NORMATIVE_NOTIFY_ISSUER, NORMATIVE_ISSUER_REPLY, NORMATIVE_TRANSFEREE_REPLY,
)  # fmt: skip
