"""Who may write which register, and what of an entry somebody may see. The rules of `people` decide; nothing is added but roles.

Writing: a role the register (or the move) names, and an entry of the own organ. Reading: public columns for everybody;
the rest by the actor's role and how near the entry's organ is; personal columns masked unless taken out by right.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from yifa.language.acts import Actor, Problem
from yifa.language.records import Move
from yifa.people.models import Organ
from yifa.people.permissions import Allowed, CaseRef, Denied, Field, Verb, may
from yifa.people.roles import ROLES
from yifa.platform.masking import mask
from yifa.registry import Owned

SYSTEM = "system"  # loads and background work: nobody's account can hold it
PUBLIC = Actor("公众", frozenset())


class Organs:
    """Which organs stand over which: one query, whatever is asked."""

    def __init__(self) -> None:
        self._parents: dict[str, str | None] | None = None

    def above(self, code: str) -> frozenset[str]:
        """Codes of all organs over this one."""
        if self._parents is None:
            self._parents = dict(Organ.objects.values_list("code", "parent_id"))
        found, parent = list[str](), self._parents.get(code)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self._parents.get(parent)
        return frozenset(found) - {code}

    def ref(self, entry: str, organ: str, actor: Actor) -> CaseRef:
        """An entry as the rules of people see it: nobody is named to it, so anybody of its organ handles it."""
        return CaseRef(entry, organ, frozenset({actor.id}), self.above(organ))


class Sight(NamedTuple):
    """What an actor sees of an entry: columns, and whether personal ones are whole. No columns: nothing at all."""

    columns: tuple[str, ...]
    whole: bool = False


def may_write(
    owned: Owned, actor: Actor, organ: str, organs: Organs, move: Move | None = None
) -> tuple[Problem, ...]:
    """Why not; empty if the actor may."""
    if SYSTEM in actor.roles:
        return ()
    roles = (move.by if move is not None else ()) or owned.register.written_by
    if not actor.roles & frozenset(roles):
        names = "、".join(ROLES[role].title if role in ROLES else role for role in roles)
        return (Problem("not_writer", {"register": owned.register.title, "roles": names}),)
    found = may(actor, Verb.ACT, organs.ref("", organ, actor))
    return (Problem("not_own_entry"),) if isinstance(found, Denied) else ()


def sight(
    owned: Owned, actor: Actor, organ: str, state: str, organs: Organs, verb: Verb = Verb.LIST
) -> Sight:
    """What of an entry in this state this actor sees (or, with EXPORT, may take out)."""
    every = tuple(owned.register.entry.model_fields)
    if SYSTEM in actor.roles:
        return Sight(every, whole=True)
    found = may(actor, verb, organs.ref("", organ, actor))
    ceiling = found.ceiling if isinstance(found, Allowed) else None
    if ceiling is not None and ceiling >= Field.INTERNAL:
        return Sight(every, whole=verb is Verb.EXPORT and ceiling >= Field.PERSONAL)
    shown = owned.register.shown or tuple(owned.register.states)
    return Sight(owned.register.public if state in shown else ())


def seen(owned: Owned, data: Mapping[str, Any], sight: Sight) -> dict[str, Any]:
    """The columns an actor sees, personal ones masked unless they are whole."""
    found = {name: data.get(name) for name in sight.columns}
    return found if sight.whole else masked(owned, found)


def masked(owned: Owned, data: Mapping[str, Any], columns: Iterable[str] | None = None) -> dict[str, Any]:
    """Personal columns hidden as their kind asks."""
    personal = frozenset(owned.register.personal if columns is None else columns)
    return {name: _hidden(owned, name, value) if name in personal else value for name, value in data.items()}


def _hidden(owned: Owned, name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = owned.register.kind(name)
    return [mask(kind, str(v)) for v in value] if isinstance(value, list) else mask(kind, str(value))
