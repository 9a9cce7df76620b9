"""Answers to the needs of an act: each port is asked once, about everything of its own at once.

cases and people are answered from the store, parameters from the environment; the rest by the ports of the world.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from yifa.casework import store as postgresql
from yifa.casework.codec import canonical
from yifa.casework.requests import Store, World
from yifa.engine import questions
from yifa.language.acts import Command
from yifa.language.ports import Found, Question, settle
from yifa.language.view import View


class _Asking(NamedTuple):
    """For which case, where, and in which world."""

    case: UUID
    view: View
    world: World
    store: Store


def answer(
    case: UUID, view: View, command: Command, world: World, store: Store = postgresql
) -> dict[str, Any]:
    """Answers by need, with the editions they came from."""
    asked = questions(view, command)
    if not asked:
        return {}
    asking, found = _Asking(case, view, world, store), dict[str, Found]()
    for port in dict.fromkeys(q.need.port for q in asked):
        own = [q for q in asked if q.need.port == port and q.key is not None]
        if own:
            found.update(_ask(port, own, asking))
    return settle(asked, found)


def _ask(port: str, own: Sequence[Question], asking: _Asking) -> Mapping[str, Found]:
    if port in _OWN:
        return _OWN[port](own, asking)
    outside = asking.store.ports(asking.world).get(port)
    return {} if outside is None else outside.ask(own)


def _cases(own: Sequence[Question], asking: _Asking) -> dict[str, Found]:
    """Three kinds of questions about other cases, a statement each: who holds a claim, how many match, what one is."""
    edition = f"cases@{asking.world.now().isoformat(timespec='seconds')}"
    named: dict[str, Any] = {
        q.need.code: about(str(q.key), q.need.of_case, asking.store) if q.key else None
        for q in own
        if q.need.of_case is not None
    }
    rest = [q for q in own if q.need.of_case is None]
    matching = {q.need.code: q for q in rest if isinstance(q.key, dict)}
    found = (
        named | _counts(matching, asking) | _holders([q for q in rest if q.need.code not in matching], asking)
    )
    return {code: Found(value, edition) for code, value in found.items()}


def _holders(own: Sequence[Question], asking: _Asking) -> dict[str, tuple[str, ...]]:
    keys = {q.need.code: (kind, asking.world.blind(kind, canonical(q.key)))
            for q in own for kind in (q.need.claim or q.need.code,)}  # fmt: skip
    holders = asking.store.live_claims(list(keys.values()), asking.case)
    return {code: tuple(holders.get(key, ())) for code, key in keys.items()}


def _counts(own: Mapping[str, Question], asking: _Asking) -> dict[str, dict[str, int]]:
    places = [(code, name, match) for code, q in own.items() for name, match in q.key.items()]
    counts = asking.store.matching(asking.case, asking.view.line.code, [match for _, _, match in places])
    found: dict[str, dict[str, int]] = {code: {} for code in own}
    for (code, name, _), count in zip(places, counts, strict=True):
        found[code][name] = count
    return found


def about(name: str, facts: tuple[str, ...], store: Store) -> dict[str, Any] | None:
    """What another case may know of the case of this number or id: what it is, and these of its facts."""
    found = store.case_named(name)
    if found is None:
        return None
    return {**found, "facts": {fact: found["facts"].get(fact) for fact in facts}}


def _parameters(own: Sequence[Question], asking: _Asking) -> dict[str, Found]:
    env = asking.world.env
    values = {q.need.code: (q.key, q.on) for q in own if q.key in env.parameters.table}
    return {
        code: Found(
            env.parameters.at(key, day), f"{env.registers_edition}：{env.parameters.source(key, day)}"
        )
        for code, (key, day) in values.items()
    }


def _people(own: Sequence[Question], asking: _Asking) -> dict[str, Found]:
    """Which of those named must stay out of the case, by their own declarations."""
    users = sorted({str(user) for q in own for user in q.key})
    out = asking.store.staying_out(asking.case, users, tuple(asking.view.parties))
    edition = f"people@{asking.world.now().isoformat(timespec='seconds')}"
    return {q.need.code: Found(tuple(u for u in q.key if str(u) in out), edition) for q in own}


_OWN: Mapping[str, Callable[[Sequence[Question], _Asking], Mapping[str, Found]]] = {
    "cases": _cases,
    "parameters": _parameters,
    "people": _people,
}
