"""Cases in memory behind the store port: what the bulk driver decides on before COPY writes it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from yifa.casework import store as postgresql
from yifa.casework.cards import Carded
from yifa.casework.codec import Stored, facts_of
from yifa.casework.matching import FactIndex
from yifa.casework.models import NumberGiven, Opinion, Proposal
from yifa.casework.requests import Claims, Kept, Locked, World
from yifa.language.actions import Match
from yifa.language.line import Line
from yifa.language.ports import Port
from yifa.language.view import View
from yifa.people.models import Conflict, Organ
from yifa.registry import line as line_of

_NOTHING: frozenset[str] = frozenset()


class PutOut(NamedTuple):
    """What an act has put out for later; `done` once it has been carried out within the load."""

    seq: int
    kind: str
    body: bytes
    at: datetime
    done: datetime | None = None


@dataclass(slots=True)
class Held:
    """A case in memory. `rows` (request and event) and the lists beside it are what COPY has still to write.

    known  blind indexes of the ID numbers of the parties; done  what was done in this load: request and step.
    """

    id: UUID
    line: str
    origin: str
    parent: UUID | None
    head: bytes
    number: str = ""
    next_seq: int = 0
    organ: str = ""
    view: View | None = None
    people: Sequence[Carded] | None = None
    stored: bool = False
    known: tuple[bytes, ...] = ()
    rows: list[tuple[int, Stored]] = field(default_factory=list)
    numbers: list[tuple[int, str, str]] = field(default_factory=list)
    claims: list[tuple[str, bytes, datetime | None]] = field(default_factory=list)
    freed: list[tuple[str, bytes, datetime]] = field(default_factory=list)
    outbox: list[PutOut] = field(default_factory=list)
    proposals: list[tuple[Proposal, tuple[Opinion, ...]]] = field(default_factory=list)
    done: list[tuple[int, int]] = field(default_factory=list)

    def state(self) -> tuple[Any, ...]:
        """How the case stands, for `restore`."""
        return (
            (self.people, self.known, self.view, self.head, self.number, self.next_seq, self.organ), tuple(self.claims),
            (len(self.rows), len(self.numbers), len(self.freed), len(self.outbox), len(self.done)),
        )  # fmt: skip

    def restore(self, state: tuple[Any, ...]) -> None:
        """As it stood then."""
        (
            (self.people, self.known, self.view, self.head, self.number, self.next_seq, self.organ),
            claims,
            lengths,
        ) = state
        self.claims[:] = claims
        lists: tuple[list[Any], ...] = self.rows, self.numbers, self.freed, self.outbox, self.done
        for grown, length in zip(lists, lengths, strict=True):
            del grown[length:]


class Taken(NamedTuple):
    """An idempotency row: number within the load, actor, key, body, case, moment."""

    id: int
    actor: str
    key: str
    body: bytes
    case: UUID
    at: datetime


class _Act:
    """What is done inside is undone, last first, if an exception leaves it."""

    def __init__(self) -> None:
        self.undo: list[Callable[[], Any]] = []
        self.saved: set[UUID] = set()

    def __enter__(self) -> None:
        self.undo.clear()
        self.saved.clear()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for undo in reversed(self.undo):
                undo()


class MemoryStore:
    """The store port over dictionaries. Numbers and claims go on from what the database holds at the start."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.cases: dict[UUID, Held] = {}
        self.released: set[UUID] = set()
        self.series: dict[tuple[str, str, int], int] = {}
        self.series_before: dict[tuple[str, str, int], int] = {}
        self.requests: dict[int, Taken] = {}
        self._by_key: dict[tuple[str, str], Taken] = {}
        self._serial = 0
        self._live = {(kind, key): case for kind, key, case in _live_claims()}
        self._act = _Act()
        self._undo = self._act.undo
        self.moved: list[UUID] = []
        self.later: list[tuple[UUID, int]] = []  # follow-ups to carry out: case, place in its outbox
        self._facts: FactIndex | None = None
        self._ports = {name: port.snapshot() for name, port in world.ports.items()}
        self._parents = dict(Organ.objects.values_list("code", "parent_id"))
        self._above: dict[str, frozenset[str]] = {}
        self._conflicts = _conflicts()

    def atomic(self) -> AbstractContextManager[None]:
        return self._act

    def take_request(self, actor: str, key: str, body: bytes, case: UUID, at: datetime) -> int | None:
        if (actor, key) in self._by_key:
            return None
        self._serial += 1
        taken = Taken(self._serial, actor, key, body, case, at)
        self.requests[taken.id] = self._by_key[actor, key] = taken
        self._undo.append(lambda: (self.requests.pop(taken.id), self._by_key.pop((actor, key))))
        return taken.id

    def earlier_request(self, actor: str, key: str) -> tuple[bytes, UUID, int | None]:
        taken = self._by_key[actor, key]
        held = self.cases.get(taken.case)
        seqs = [seq for request, seq in held.done if request == taken.id] if held else []
        return taken.body, taken.case, seqs[0] if seqs else None

    def lock_case(self, case: UUID, actor: str = "") -> Locked | None:
        held = self.cases.get(case) or self._load(case)
        if held is None:
            return None
        organ = held.organ or held.origin
        return Locked(
            held.id, held.line, organ, held.number, held.next_seq, held.head, held.known, self._over(organ),
            self._conflicts.get(actor, _NOTHING),
        )  # fmt: skip

    def _load(self, case: UUID) -> Held | None:
        """A case the database already has, taken into memory."""
        locked = postgresql.lock_case(case)
        if locked is None:
            return None
        held = Held(case, locked.line, locked.organ, None, locked.head, locked.number, locked.next_seq)
        held.organ, held.stored, held.known = locked.organ, True, postgresql.people_of(case)
        held.view = postgresql.view_of(case, line_of(locked.line), self._world)
        self.cases[case] = held
        return held

    def new_case(
        self, case: UUID, line: str, organ: str, head: bytes, parent: UUID | None, actor: str
    ) -> Locked:
        self.cases[case] = Held(case, line, organ, parent, head)
        self._undo.append(lambda: self.cases.pop(case))
        out = self._conflicts.get(actor, _NOTHING)
        return Locked(case, line, organ, "", 0, head, (), self._over(organ), out)

    def view_of(self, case: UUID, line: Line, world: World, head: bytes = b"") -> View:
        view = self.cases[case].view
        assert view is not None
        return view

    def _over(self, organ: str) -> frozenset[str]:
        """The organs over an organ."""
        if organ not in self._above:
            found, code = dict[str, None](), self._parents.get(organ)
            while code is not None and code not in found:
                found[code] = None
                code = self._parents.get(code)
            self._above[organ] = frozenset(found) - {organ}
        return self._above[organ]

    def live_claims(self, keys: Claims, other_than: UUID) -> dict[tuple[str, bytes], list[str]]:
        holders = {key: self._live[key] for key in keys if self._live.get(key, other_than) != other_than}
        return {key: [self._name(case)] for key, case in holders.items()}

    def ports(self, world: World) -> Mapping[str, Port]:
        """The world's ports as they were when the load began."""
        return self._ports

    def staying_out(self, case: UUID, users: Sequence[str], parties: Sequence[str]) -> frozenset[str]:
        held = self.cases[case]
        places = (str(case), *parties, *(blind.hex() for blind in held.known))
        return frozenset(u for u in users if not self._conflicts.get(u, _NOTHING).isdisjoint(places))

    def matching(self, case: UUID, line: str, matches: Sequence[Match]) -> list[int]:
        names = {name for match in matches for name in match.facts}
        if self._facts is None or not names <= self._facts.names:
            self._facts = FactIndex(names | (self._facts.names if self._facts else set()))
            for held in self.cases.values():
                self._index(held)
        return [self._facts.count(case, match.line or line, match) for match in matches]

    def _index(self, held: Held) -> None:
        view = held.view
        if self._facts is not None and view is None:
            self._facts.drop(held.id)
        if self._facts is not None and view is not None:
            self._facts.put(held.id, held.line, view.facts, view.parties, closed=view.is_closed)

    def _name(self, case: UUID) -> str:
        held = self.cases.get(case) or self._load(case)
        return (held.number if held else "") or str(case)

    def case_named(self, name: str) -> dict[str, Any] | None:
        held = next((h for h in self.cases.values() if name in (h.number, str(h.id))), None)
        if held is None or held.view is None:
            return postgresql.case_named(name)
        view = held.view
        return {"id": str(held.id), "number": held.number, "line": held.line, "organ": held.organ or held.origin,
                "stage": view.stage or "", "parties": dict(view.parties), "facts": facts_of(view)}  # fmt: skip

    def next_number(self, organ: str, kind: str, year: int) -> int:
        place = organ, kind, year
        if place not in self.series:
            self.series[place] = self.series_before[place] = _last_number(*place)
        self.series[place] += 1
        self._undo.append(lambda: self.series.update({place: self.series[place] - 1}))
        return self.series[place]

    def take_over_number(self, text: str, place: tuple[str, str, int, int] | None) -> bool:
        taken = {number for held in self.cases.values() for _, _, number in held.numbers}
        if text in taken or NumberGiven.objects.filter(text=text).exists():
            return False
        if place is not None:
            organ, kind, year, serial = place
            before = self.next_number(organ, kind, year) - 1
            self.series[organ, kind, year] = max(before, serial)
            self._undo.append(lambda: self.series.update({(organ, kind, year): before + 1}))
        return True

    def keep(self, kept: Kept) -> None:
        held, event = self.cases[kept.locked.id], kept.event
        self._save(held)
        held.rows.append((kept.request, event))
        held.done.append((kept.request, event.seq))
        held.numbers += [(event.seq, kind, text) for kind, text in kept.numbers]
        if kept.people is not None:
            held.people, held.known = kept.people, _numbers(kept.people)
        held.view, held.head, held.number = kept.view, event.head, kept.number
        held.next_seq, held.organ = event.seq + 1, kept.view.organ or kept.locked.organ
        self._put_out(held, kept)
        self.moved.append(held.id)
        self._index(held)

    def _put_out(self, held: Held, kept: Kept) -> None:
        """A document of a load is made when somebody first opens it: which ones there are follows from the acts."""
        before, event = len(self.later), kept.event
        for kind, body in kept.outgoing:
            if kind == "follow_up":
                self.later.append((held.id, len(held.outbox)))
            if kind != "document":
                held.outbox.append(PutOut(event.seq, kind, body(), event.recorded_at))
        if len(self.later) > before:
            self._undo.append(lambda: self.later.__delitem__(slice(before, None)))

    def take_claims(self, case: UUID, claims: Claims) -> int:
        free = [key for key in claims if self._live.get(key, case) == case]
        if len(free) == len(claims):
            new = [key for key in free if key not in self._live]
            self._save(self.cases[case])
            self.cases[case].claims += [(kind, key, None) for kind, key in new]
            self._live.update(dict.fromkeys(new, case))
            self._undo.append(lambda: [self._live.pop(key) for key in new])
        return len(free)

    def release_claims(self, case: UUID, claims: Claims, at: datetime) -> None:
        held = self.cases[case]
        self._save(held)
        for kind, key in claims:
            if self._live.get((kind, key)) != case:
                continue
            del self._live[kind, key]
            self._undo.append(partial(self._live.__setitem__, (kind, key), case))
            if (kind, key, None) in held.claims:
                held.claims[held.claims.index((kind, key, None))] = kind, key, at
            else:
                held.freed.append((kind, key, at))

    def _save(self, held: Held) -> None:
        """Remember how the case stands, once an act: what is refused after this leaves it so."""
        if held.id not in self._act.saved:
            self._act.saved.add(held.id)
            self._undo.append(partial(self._restore, held, held.state()))

    def _restore(self, held: Held, state: tuple[Any, ...]) -> None:
        held.restore(state)
        self._index(held)

    def forget(self, held: Iterable[Held]) -> None:
        """Cases that are written leave the memory, with their idempotency rows."""
        for case in held:
            for request, _ in case.done:
                taken = self.requests.pop(request)
                del self._by_key[taken.actor, taken.key]
            self.cases.pop(case.id, None)
        self.released.clear()


def _numbers(people: Sequence[Carded]) -> tuple[bytes, ...]:
    """Blind indexes of the ID numbers of the parties."""
    return tuple(blind for who in people for kind, blind in who.keys if kind == "id_number")


def _conflicts() -> dict[str, frozenset[str]]:
    """Who must stay out of what: cases, organs, and persons by blind index in hexadecimal."""
    found = defaultdict[str, set[str]](set)
    rows = Conflict.objects.filter(withdrawn_at=None).values_list("user_id", "case", "organ", "person_blind")
    for user, case, organ, person in rows:
        found[str(user)] |= {x for x in (case and str(case), organ, person and bytes(person).hex()) if x}
    return {user: frozenset(places) for user, places in found.items()}


def _live_claims() -> list[tuple[str, bytes, UUID]]:
    sql = "SELECT kind, key, case_id FROM casework_claim WHERE released_at IS NULL"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(kind, bytes(key), case) for kind, key, case in cursor.fetchall()]


def _last_number(organ: str, kind: str, year: int) -> int:
    sql = "SELECT last FROM casework_number_series WHERE organ = %s AND kind = %s AND year = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, (organ, kind, year))
        row = cursor.fetchone()
    return row[0] if row else 0
