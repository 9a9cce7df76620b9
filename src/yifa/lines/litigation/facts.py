"""Facts an act leaves behind, where more than one field makes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yifa.language.acts import EMPTY, Command, Event
from yifa.language.view import View
from yifa.lines.litigation.guards_intake import receipts_of
from yifa.lines.litigation.stages import INSTANCES
from yifa.lines.litigation.tables import ATTENDANCE, appeal_days, lost, present

# ------------------------------------------------------------------------------- intake


def parties(view: View, event: Event) -> dict[str, str]:
    """Parties named at intake, with their roles."""
    named = (("plaintiffs", "plaintiff"), ("defendants", "defendant"), ("third_parties", "third_party"))
    return {p.id: role for field, role in named for p in event.data.get(field, ())}


def first_receipt(view: View, event: Event) -> Any:
    """The first receipt by a defendant: the day that counts in the figures, each case once."""
    own = receipts_of(event.data) or {}
    return min(own.values(), default=event.data.get("complaint_received_on"))


def instance_of(view: View, event: Event) -> str:
    """The instance in which the case comes to us."""
    said = event.data.get("instance", "first")
    return {"second": "second", "retrial": "retrial", "retrial_review": "retrial"}.get(said, "first")


def reconsideration_id(view: View, event: Event) -> Any:
    """The linked case as the door found it."""
    told = event.facts.get("reconsideration")
    return told["id"] if told else None


def court_key(view: View, command: Command) -> Any:
    """Court number and instance: one suit is registered once."""
    number = command.data.get("court_case_no")
    return None if number is None else (number, command.data.get("instance") or _INSTANCE_OF[command.action])


_INSTANCE_OF = {"file_appeal": "second", "receive_appeal": "second", "receive_retrial": "retrial_review"}


# ------------------------------------------------------------------------------- judgments


def judged_result(view: View, event: Event) -> Any:
    """What the court decided; a rejection of the suit may be told by the kind of ruling alone."""
    by_ruling = "suit_rejected" if event.data.get("ruling_kind") in ("suit_rejected", "not_filed") else None
    return event.data.get("result") or by_ruling


def is_lost(view: View, event: Event) -> bool | None:
    """Whether the organ has lost, by the result that now stands."""
    return lost(event.data.get("new_result") or judged_result(view, event))


def second_result(view: View, event: Event) -> Any:
    """The result that stands after the second instance."""
    return event.data.get("new_result")


def lost_again(view: View, event: Event) -> bool | None:
    """A changed judgment changes who has lost."""
    return lost(event.data.get("new_result"))


def last_service(view: View, event: Event) -> date:
    """The day the last of the parties was served."""
    services = event.data.get("services") or {}
    day: date = max(services.values(), default=event.data.get("served_on", event.effective_on))
    return day


def effective_at_once(view: View, event: Event) -> date | None:
    """Judgments of second instance take effect when served; a remand none at all."""
    return None if event.data.get("result") == "remanded" else last_service(view, event)


def final_ruling(view: View, event: Event) -> date | None:
    """A ruling that cannot be appealed takes effect when served."""
    return last_service(view, event) if appeal_days(view, event) == "final" else None


def retrial_effect(view: View, event: Event) -> date | None:
    """A new final judgment in retrial takes effect when served; refused or ordered, the old one stands."""
    return last_service(view, event) if event.data.get("result") in ("changed", "upheld") else None


def next_instance(view: View, event: Event) -> str:
    """Appealed: second instance, or the one after a remand."""
    return "remand_second" if view.facts.get("instance") in ("remand", "remand_second") else "second"


def remanded(view: View, event: Event) -> str | None:
    """Back at first instance, which counts as an instance of its own."""
    return "remand" if event.data.get("result") == "remanded" else None


# ------------------------------------------------------------------------------- attendance


def _here(view: View, instance: str) -> bool:
    return bool(view.facts.get("instance", "first") == instance)


def heard_on(instance: str) -> Any:
    """The first hearing held in this instance."""

    def value(view: View, event: Event) -> Any:
        if (
            not _here(view, instance)
            or not event.data.get("held", True)
            or f"{instance}_heard_on" in view.facts
        ):
            return None
        return event.data.get("held_on", event.effective_on)

    return value


def _came(view: View, event: Event) -> bool:
    return ATTENDANCE.find(present(view, event)).outcome == "counts"


def attended(instance: str) -> Any:
    """The officer came to one hearing at least, and to every one for which the court sent a further notice (HEAD 7(1))."""

    def value(view: View, event: Event) -> Any:
        if not _here(view, instance) or not event.data.get("held", True):
            return None
        return missed_none(view, event, instance) and (
            _came(view, event) or bool(view.facts.get(f"{instance}_came"))
        )

    return value


def missed_none(view: View, event: Event, instance: str) -> bool:
    """No hearing with a further notice was missed."""
    further = bool(view.last_data("set_hearing").get("further_notice"))
    return not view.facts.get(f"{instance}_missed") and (not further or _came(view, event))


def came(instance: str) -> Any:
    """The officer has come to a hearing of this instance."""
    return lambda view, event: True if _here(view, instance) and _came(view, event) else None


def missed(instance: str) -> Any:
    """A hearing with a further notice was missed."""

    def value(view: View, event: Event) -> Any:
        here = _here(view, instance) and event.data.get("held", True)
        return True if here and not missed_none(view, event, instance) else None

    return value


def by_principal(instance: str) -> Any:
    """The principal officer 正职 came."""

    def value(view: View, event: Event) -> Any:
        principal = event.data.get("officer_kind") == "principal" and _came(view, event)
        return True if _here(view, instance) and principal else None

    return value


def notified(instance: str) -> Any:
    """The court notified the officer."""

    def value(view: View, event: Event) -> Any:
        asked = event.data.get("court_required_head") or event.data.get("further_notice")
        return True if _here(view, instance) and asked else None

    return value


ATTENDED = {
    f"{instance}_{name}": make(instance)
    for instance in INSTANCES
    for name, make in (("heard_on", heard_on), ("attended", attended), ("missed", missed), ("came", came),
                       ("by_principal", by_principal))
}  # fmt: skip
NOTIFIED = {f"{instance}_notified": notified(instance) for instance in INSTANCES}


# ------------------------------------------------------------------------------ the hearing


def _last(view: View, *acts: str) -> Mapping[str, Any]:
    found = max(
        (act for code in acts for act in view.acts.get(code, ())), key=lambda act: act.seq, default=None
    )
    return EMPTY if found is None else found.data


def hearing_place(view: View) -> str:
    """The court room of the hearing set last; what was said before a postponement is not true of the new day."""
    return _last(view, "set_hearing", "postpone_hearing").get("place") or ""


def hearing_lawyers(view: View) -> tuple[str, ...]:
    """Lawyers among the agents of our side, as named last."""
    agents = _last(view, "register_case", "appoint_agents").get("agents") or ()
    return tuple(each.id for each in agents if each.kind in ("lawyer", "public_lawyer"))
