"""What the acts of every line do beyond their declarations: opening balance, hand-over, ties to other cases."""

from collections.abc import Callable
from typing import Any

from yifa.engine import timing
from yifa.language.acts import Event
from yifa.language.line import version_of
from yifa.language.values import resolve
from yifa.language.view import Instance, View


def opening_balance(view: View, event: Event) -> None:
    """Take over a running case: stage, parties, facts and version; its clocks follow at the end of the act."""
    data = event.data
    view.stage = data["stage"]
    view.parties = {**view.parties, **data.get("parties", {})}
    view.facts = {**view.facts, **data.get("facts", {})}
    view.version = version_of(view.line, view.facts, event)
    view.version_final = True


def balances(view: View, event: Event) -> None:
    """The clocks that were running elsewhere, from the days they started there; those met there do not run here."""
    for code in event.data.get("met", ()):
        view.clocks[code] = tuple(i for i in view.clocks.get(code, ()) if i.seq != event.seq)
    for row in event.data.get("clocks", ()):
        _take_over(view, event, row)


def _take_over(view: View, event: Event, row: Any) -> None:
    clock = view.line.clock(row.clock)
    if clock is None:
        return
    asked = event._replace(party=row.subject)
    length = resolve(clock.length, view, asked)
    if length is None:  # the facts taken over do not say how long it is
        return
    due = timing.measure(clock, view.env, row.start, length, (), row.extension)
    cite = resolve(clock.cite, view, asked)
    made = Instance(row.clock, event.seq, row.subject, 0, row.start, length, (), row.extension, due,
                    "running", None, event.action, cite)  # fmt: skip
    # A fact taken over may have started the clock already; what the balance says of it prevails.
    others = (i for i in view.clocks.get(row.clock, ()) if (i.seq, i.subject) != (event.seq, row.subject))
    view.clocks[row.clock] = (*others, made)


def _hand_over(view: View, event: Event) -> None:
    view.organ = event.data["to_organ"]


def _relate(view: View, event: Event) -> None:
    view.links = (*view.links, (event.action, event.data["case"]))


KERNEL: dict[str, Callable[[View, Event], None]] = {
    "opening_balance": balances,
    "hand_over": _hand_over,
    "join": _relate,
    "split": _relate,
    "link": _relate,
}
