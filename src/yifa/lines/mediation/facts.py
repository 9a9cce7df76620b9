"""What guards, clocks and tables ask of a case of mediation: consents, dates of signature, visits, limits."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from yifa.language.acts import Command, Event, ParameterValues
from yifa.language.view import View
from yifa.lines.mediation.law import CONFIRM_2022
from yifa.lines.mediation.parameters import ALERTS, FOLLOW_UP


def plain(day: date) -> date:
    """The day of a date or a moment."""
    return day.date() if isinstance(day, datetime) else day


def act_day(cmd: Command) -> date:
    """The day of an act."""
    return plain(cmd.on)


def parameter(parameters: ParameterValues, code: str, day: date, default: Any = None) -> Any:
    """A parameter's value on `day`, or `default` where the city has none."""
    value = parameters.at(code, plain(day)) if code in parameters.table else None
    return default if value is None else value


# --------------------------------------------------------------------------------------------------- consent


def consents(view: View, data: Mapping[str, Any]) -> dict[str, bool]:
    """What each party has answered so far, the latest answer on top."""
    said: dict[str, bool] = {}
    for event in sorted((e for a in _ASKED for e in view.acts.get(a, ())), key=lambda e: e.seq):
        said |= _said(event.data, event.party)
    return said | _said(data, None)


_ASKED = ("register", "ask_consent", "answer_consent", "accept")


def _said(data: Mapping[str, Any], party: str | None) -> dict[str, bool]:
    found = {item.party: item.agrees for item in data.get("consent", ())}
    if party is not None and "agrees" in data:
        found[party] = data["agrees"]
    return found


def refusing(view: View, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Parties that have said no."""
    return tuple(party for party, agrees in consents(view, data).items() if not agrees)


def silent(view: View, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Parties that have not answered: a consent is never presumed."""
    said = consents(view, data)
    return tuple(party for party in view.parties_in("party") if party not in said)


# ------------------------------------------------------------------------------------------------ agreement

SIGNATURES = {
    "parties_signed_on": "各方当事人签名盖章",
    "mediator_signed_on": "调解员签名",
    "sealed_on": "加盖调委会印章",
}


def in_force_on(view: View, event: Event) -> date:
    """A written agreement takes effect on the last of its three signatures (PML 29)."""
    signed = [event.data[name] for name in SIGNATURES if event.data.get(name) is not None]
    return max(signed, default=plain(event.effective_on))


def performance_days(data: Mapping[str, Any]) -> tuple[date, ...]:
    """The days on which something is to be performed, in order."""
    days = {item.due_on for item in data.get("instalments", ())}
    if data.get("performance_due_on") is not None:
        days.add(data["performance_due_on"])
    return tuple(sorted(days))


def last_performance(view: View, event: Event) -> date | None:
    """The last day for performance."""
    return max(performance_days(event.data), default=None)


def agreement_data(view: View) -> Mapping[str, Any]:
    """Data of the latest agreement, written or oral."""
    found = [view.last("agree_written"), view.last("agree_oral")]
    latest = max((e for e in found if e is not None), key=lambda e: (e.effective_on, e.seq), default=None)
    return latest.data if latest is not None else {}


def confirm_law_day(view: View, event: Event) -> date:
    """The day that chooses the law of confirmation: filing, but agreements from before 2022 stay (domain §3)."""
    agreed = view.facts.get("agreed_on")
    filed: date = event.data.get("filed_on") or plain(event.effective_on)
    return agreed if agreed is not None and agreed < CONFIRM_2022 else filed


TERMS = ("term_general", "term_medical", "term_labour", "term_court_before", "term_court_after", "health_mediation",
         "admin_mediation")  # fmt: skip
# Organs have a first, shorter term for accepting; the one that counts is the second start of the clock.
_FINISHING = {"health_mediation": 1, "admin_mediation": 1}


def within_term(view: View, event: Event) -> bool | None:
    """Whether the talks ended within their term, pauses and extensions in it; the first end counts. None: no term."""
    known: bool | None = view.facts.get("in_term")
    if known is not None:
        return known
    terms = [i for code in TERMS for i in view.clocks.get(code, ()) if i.variant == _FINISHING.get(code, 0)]
    day = in_force_on(view, event)
    return all(i.due.due is None or day <= plain(i.due.due) for i in terms) if terms else None


# ---------------------------------------------------------------------------------------------------- visits


def first_after_performance(view: View, event: Event) -> date | None:
    """The first performance day, if the visit after it comes before the one 30 days after effect."""
    days = performance_days(event.data)
    if not days:
        return None
    agreed = in_force_on(view, event)
    after = parameter(view.env.parameters, "follow_up_days", agreed, FOLLOW_UP["after_performance"])
    effect = parameter(view.env.parameters, "follow_up_effect_days", agreed, FOLLOW_UP["after_effect"])
    sooner = days[0] + timedelta(days=after) <= agreed + timedelta(days=effect)
    return days[0] if sooner else None


def effect_comes_first(view: View, event: Event) -> bool:
    """Nothing falls due earlier than the visit 30 days after effect."""
    return first_after_performance(view, event) is None


def next_performance(view: View, event: Event) -> date | None:
    """The next performance day after this visit; none once all is performed."""
    if event.data.get("performed") == "full":
        return None
    visited = event.data.get("visited_on") or plain(event.effective_on)
    return next((day for day in performance_days(agreement_data(view)) if day > visited), None)


def in_time(view: View, event: Event) -> bool | None:
    """Whether an agreement found fully performed was so by its last day; None: not asked, or no day agreed."""
    due = view.facts.get("performance_due_on")
    if event.data.get("performed") != "full" or due is None:
        return None
    done: date = event.data.get("performed_on") or plain(event.effective_on)
    return bool(done <= due)


# ---------------------------------------------------------------------------------------------------- limits


def alert_days(view: View, day: date) -> tuple[int, ...]:
    """How many days before a limit next door the parties are told."""
    return tuple(parameter(view.env.parameters, "route_alert_days", day, ALERTS))


def mediation_started(view: View) -> bool:
    """Whether the parties had begun to talk: what ends before counts in no rate."""
    return view.happened("start")
