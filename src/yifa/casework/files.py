"""A case file as a reader is shown it: plain values, composed from the view and what stands beside it in the tables."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from yifa.casework.called import Called, naming_fields
from yifa.casework.requests import World
from yifa.casework.shown import Value, show, values
from yifa.engine.derive import Derived, Reading
from yifa.engine.examine import decided_by, standing_problems, unready
from yifa.language.actions import Action
from yifa.language.acts import Actor, Command, Context, Event, Problem
from yifa.language.kernel_actions import KERNEL_ACTIONS, SYSTEM
from yifa.language.line import Line
from yifa.language.messages import render
from yifa.language.privacy import BY_NAME, PLAIN, Personal
from yifa.language.view import View
from yifa.law.derivations import lines as derivation_lines
from yifa.people.permissions import Field
from yifa.people.roles import ROLES

NAME = Personal("name")


class Said(NamedTuple):
    """A problem in words: code, sentence, article (empty if none), and the field or place it is about."""

    code: str
    text: str
    article: str
    where: str


class Head(NamedTuple):
    """What stands at the top of a case file."""

    id: UUID
    line: str
    line_title: str
    number: str
    organ: str
    organ_name: str
    origin: str
    stage: str
    stage_title: str
    tracks: Mapping[str, str]  # side track → title of its stage
    version: str
    version_title: str
    version_final: bool
    closed: bool
    sensitive: bool
    handlers: tuple[str, ...]
    parent: UUID | None
    next_seq: int  # to be sent back as `expected_seq` with the next act


class Party(NamedTuple):
    """A party as shown. `id` names it in acts; `path` of a value is where `unmask` finds it."""

    id: str
    role: str
    role_title: str
    name: str
    values: tuple[Value, ...]


class Entry(NamedTuple):
    """One step of the file in the order it was recorded. `by_law`: the noting of an effect of law; `struck`: annulled,
    or a noting that later records have defeated; `erased`: its contents were erased.
    """

    seq: int
    action: str
    title: str
    on: date
    recorded_at: datetime
    actor: str
    party: str
    re: int | None
    values: tuple[Value, ...]
    article: str
    by_law: bool
    struck: bool
    erased: bool


class Deadline(NamedTuple):
    """A deadline with how it is reckoned, line by line. `days_left` is negative once it has passed."""

    clock: str
    title: str
    party: str
    nature: str
    status: str
    start: date
    due: date | None
    days_left: int | None
    provisional: bool
    earliest: date | None
    latest: date | None
    also: tuple[tuple[str, date], ...]
    if_resumed_today: date | None
    article: str
    derivation: tuple[str, ...]
    trigger_seq: int


class Choice(NamedTuple):
    """An act the reader may or may not take now.

    way  perform (do it), propose (draft it for who decides), or empty: `problems` say why not; hints  what the case lacks
    until a draft of it can be signed; route  roles that review it, then those that decide, by their titles; per  the act
    concerns one party, to be chosen from these roles.
    """

    action: str
    title: str
    way: str
    route: tuple[tuple[str, ...], ...]
    problems: tuple[Said, ...]
    hints: tuple[Said, ...]
    article: str
    discretion: str
    per: tuple[str, ...]
    external: bool


class Comer(NamedTuple):
    """An effect of law that has come about."""

    code: str
    title: str
    on: date
    party: str
    noted: bool
    article: str


def say(problem: Problem, line: Line) -> Said:
    """A problem in words."""
    article = str(problem.cite) if problem.cite else ""
    return Said(problem.code, render(problem, line.messages), article, problem.where or "")


def names(view: View, cards: Mapping[str, Mapping[str, str]], ceiling: Field | None) -> dict[str, str]:
    """Parties by identity, as this reader may call them."""
    return {who: called(who, cards.get(who, {}), ceiling) for who in view.parties}


def called(who: str, card: Mapping[str, str], ceiling: Field | None) -> str:
    """What a reader may call a party. The name of an organisation is nobody's personal data."""
    plain = card.get("kind") in ("organ", "organisation") or "uscc" in card
    return show(card.get("name") or who, PLAIN if plain else NAME, ceiling)


def parties(
    view: View, cards: Mapping[str, Mapping[str, str]], ceiling: Field | None, alias: Callable[[str], str]
) -> tuple[Party, ...]:  # fmt: skip
    """The parties with what is known of each."""
    return tuple(
        Party(
            who,
            role,
            view.line.roles.get(role, role),
            called(who, cards.get(who, {}), ceiling),
            tuple(_card(alias(who)[:CARD], cards.get(who, {}), ceiling)),
        )
        for who, role in view.parties.items()
    )


CARD = (
    12  # as much of a party's alias as names its card in a path: no name stands in the record of who looked
)


def _card(who: str, card: Mapping[str, str], ceiling: Field | None) -> list[Value]:
    found = []
    for name, title in CARD_TITLES.items():
        if name in card:
            shown = show(card[name], BY_NAME.get(name, NAME), ceiling)
            found.append(Value(f"card.{who}.{name}", title, shown, shown != card[name]))
    return found


CARD_TITLES = {
    "id_number": "证件号码", "uscc": "统一社会信用代码", "phone": "电话", "address": "地址", "birth_date": "出生日期",
}  # fmt: skip


class Log(NamedTuple):
    """A step as stored: the event, when it was recorded, and whether its contents were erased."""

    event: Event
    recorded_at: datetime
    erased: bool


def timeline(
    derived: Derived, log: tuple[Log, ...], people: Mapping[str, str], officials: Called,
    ceiling: Field | None,
) -> tuple[Entry, ...]:  # fmt: skip
    """All steps in the order they were recorded."""
    struck, erased = _struck(derived, log), _erased(derived)
    return tuple(
        _entry(
            derived.line, derived.view.version, step, people, officials, ceiling, step.event.seq in struck
        )._replace(erased=step.erased or str(step.event.seq) in erased)
        for step in log
    )


def _erased(derived: Derived) -> frozenset[str]:
    """Steps from which recorded erasures have taken something."""
    return frozenset(seq for event in derived.view.acts.get("erase", ()) for seq in event.data["what"])


def _struck(derived: Derived, log: tuple[Log, ...]) -> frozenset[int]:
    annulled = {step.event.data.get("target") for step in log if step.event.action == "annul"}
    defeated = {int(f.where) for f in derived.findings if f.code == "noting_superseded" and f.where}
    return frozenset(seq for seq in annulled | defeated if isinstance(seq, int))


def _entry(
    line: Line, version: str, step: Log, people: Mapping[str, str], officials: Called, ceiling: Field | None,
    struck: bool,
) -> Entry:  # fmt: skip
    event, action, effect = step.event, line.action(step.event.action), line.effect(step.event.action)
    declared = action or effect
    return Entry(
        event.seq, event.action, declared.title if declared else event.action, event.effective_on, step.recorded_at,
        officials.name(event.actor or ""), people.get(event.party or "", "") if event.party else "",
        event.re, _values(line, event, action, officials, ceiling),
        str(line.cite(declared.cite, version)) if declared and declared.cite else "", effect is not None, struck, step.erased,
    )  # fmt: skip


def _values(
    line: Line, event: Event, action: Action | None, officials: Called, ceiling: Field | None
) -> tuple[Value, ...]:
    """What the act said; handlers by what they are called."""
    fields, said = naming_fields(line), values(event.data, action.inputs if action else None, ceiling)
    return tuple(
        v._replace(text=officials.name(v.text)) if v.path.partition(".")[0] in fields else v for v in said
    )


def deadlines(derived: Derived, people: Mapping[str, str]) -> tuple[Deadline, ...]:
    """Every deadline, those that run first, by date."""
    live = {"running": 0, "lapsed": 0, "paused": 1}
    found = (_deadline(reading, derived, people) for reading in derived.readings)
    return tuple(sorted(found, key=lambda d: (live.get(d.status, 2), str(d.due or "9"), d.clock)))


def _deadline(reading: Reading, derived: Derived, people: Mapping[str, str]) -> Deadline:
    clock = derived.line.clock(reading.clock)
    assert clock is not None
    due = reading.due.date() if isinstance(reading.due, datetime) else reading.due
    return Deadline(
        reading.clock, reading.title, people.get(reading.subject or "", reading.subject or ""), clock.nature.name.lower(),
        reading.status, reading.start, reading.due, (due - derived.as_of).days if due else None, reading.provisional,
        reading.earliest, reading.latest, reading.also, reading.if_resumed_today, str(reading.cite),
        derivation_lines(reading.steps), reading.trigger_seq,
    )  # fmt: skip


def effects(view: View, people: Mapping[str, str]) -> tuple[Comer, ...]:
    """Effects of law that have come about."""
    found = []
    for came in view.effects:
        effect = view.line.effect(came.code)
        assert effect is not None
        party = people.get(came.subject or "", came.subject or "")
        found.append(
            Comer(
                came.code,
                effect.title,
                came.on,
                party,
                came.noted,
                str(view.line.cite(effect.cite, view.version)),
            )
        )
    return tuple(found)


def choices(
    view: View, organ: str, actor: Actor, world: World, outside: tuple[Problem, ...]
) -> tuple[Choice, ...]:  # fmt: skip
    """Every act of the line with the way to take it, or everything that stands against it whatever its input.

    organ  that has the case now; outside  what keeps this actor out of the case altogether.
    """
    ctx = Context(world.now().date(), actor, "sign", world.now())
    found = []
    for action in (*view.line.actions, *KERNEL_ACTIONS):
        if action.by == SYSTEM:
            continue  # the house's own acts are nobody's choice
        signing = tuple(standing_problems(view, action, ctx))
        drafting = standing_problems(view, action, ctx._replace(moment="propose"))
        found.append(_choice(view, organ, action, signing, (*outside, *drafting), world))
    return tuple(sorted(found, key=lambda choice: not choice.way))


def _choice(
    view: View, organ: str, action: Action, signing: tuple[Problem, ...], drafting: tuple[Problem, ...],
    world: World,
) -> Choice:  # fmt: skip
    line = view.line
    reviewers = world.reviewers(line.code, action.code, organ)
    route = (*((role,) for role in reviewers), tuple(sorted(_deciders(view, action, world))))
    direct = not signing and not reviewers
    lacking = unready(view, action)
    closed = (*drafting, *lacking) if direct or drafting else drafting
    way = "" if closed else "perform" if direct else "propose"
    per = line.party_sets.get(action.per, ()) if action.per else ()
    return Choice(
        action.code, action.title, way, tuple(tuple(_role(line, r) for r in step) for step in route),
        tuple(say(problem, line) for problem in closed), tuple(say(problem, line) for problem in lacking if way), str(line.cite(action.cite, view.version)), action.discretion,
        tuple(per), action.external,
    )  # fmt: skip


def _role(line: Line, role: str) -> str:
    """A role as the line calls it, else as the house does."""
    return line.roles.get(role) or (ROLES[role].title if role in ROLES else role)


def _deciders(view: View, action: Action, world: World) -> frozenset[str]:
    """Who decides, as far as it can be said before the input is known."""
    return decided_by(view, Command(action.code, world.now().date()), action) or action.by
