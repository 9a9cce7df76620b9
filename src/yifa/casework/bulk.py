"""The second driver of the same engine: acts decided in memory, kept by COPY.

`BulkDriver.perform` is `services.perform` over a store in memory: the same order, the same refusals, the same rows. The
whole load is one transaction: it is there or it is not. Whoever else gave a number or took a claim meanwhile makes the
load fail as a whole, never a gap. What may differ from the online door is listed in docs/casework.md, "Canonical form".
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from django.db import connection, transaction
from psycopg.errors import UniqueViolation
from pydantic_core import to_json

from yifa.casework import store as postgresql
from yifa.casework import writing
from yifa.casework.bulk_drafts import OPINION, PROPOSAL, jsonb, opinion_row, proposal_row, signed
from yifa.casework.clockwork import notings
from yifa.casework.followups import carry_out
from yifa.casework.memory import Held, MemoryStore, PutOut, Taken
from yifa.casework.outbox import Item, place
from yifa.casework.proposals import Way
from yifa.casework.requests import Answer, Ask, Locked, World
from yifa.casework.services import perform, perform_noting
from yifa.engine import advance


class LoadConflictError(Exception):
    """Someone else gave a number, took a claim or used a key that this load has too; the load is to be done again."""


class BulkDriver:
    """A door for loads. Use as a context: leaving it writes and commits everything, an exception nothing.

        with BulkDriver(world) as door:
            answer = door.perform(ask)
            door.release(answer.case)  # nothing more will happen in this load

    chunk  released cases after which they are written; rows  acts of open cases after which these acts are written: so
    that memory holds open cases, and not what was done in them.
    """

    def __init__(self, world: World, chunk: int = 2_000, rows: int = 10_000) -> None:
        self.world, self._chunk, self._rows, self._unwritten = world, chunk, rows, 0
        self._fires = defaultdict[str, set[UUID]](set)  # day → cases the tick may have to note something in
        self._held_back: set[UUID] = set()
        self._transaction = transaction.atomic()
        self.written = 0

    def __enter__(self) -> Self:
        self._transaction.__enter__()
        self.store = MemoryStore(self.world)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._write(list(self.store.cases.values()))
                _write_series(self.store)
        except BaseException as failed:
            self._transaction.__exit__(type(failed), failed, failed.__traceback__)
            raise
        self._transaction.__exit__(kind, error, trace)

    def perform(self, ask: Ask) -> Answer:
        """One act; as `services.perform`."""
        done = perform(ask, self.world, self.store)
        self._settle()
        return done

    def sign(self, ask: Ask, way: Way) -> Answer:
        """An act that was drafted, reviewed and signed; as `proposals.through`."""
        done = signed(ask, way, self.world, self.store)
        self._settle()
        return done

    def _settle(self) -> None:
        """After an act: what the clock has to look at, and what memory need not hold."""
        self._watch_moved()
        if self._unwritten >= self._rows:
            self._write_acts(list(self.store.cases.values()))

    def deliver(self, prepare: Callable[[UUID, int], object]) -> int:
        """Carry out what acts have left for later in other cases, as a round of the outbox does; how much that was.

        prepare  is told case and place of the act that asked, before each. FollowUpRefusedError if the other case refuses.
        """
        number, later = 0, self.store.later
        while number < len(later):  # what is carried out may itself ask for more
            case, at = later[number]
            outbox, number = self.store.cases[case].outbox, number + 1
            seq, kind, body, _, _ = outbox[at]
            prepare(case, seq)
            told = json.loads(self.world.open(body, place(case, seq)))
            carry_out(Item(0, kind, case, seq, told, 0), self.world, self.store)
            outbox[at] = outbox[at]._replace(done=self.world.now())
            self._watch_moved()
        later.clear()
        for case in sorted(self._held_back):
            self.release(case)
        self._held_back.clear()
        return number

    def born(self, case: UUID) -> list[UUID]:
        """The cases this one has opened in this load, by id."""
        return sorted(held.id for held in self.store.cases.values() if held.parent == case)

    def _watch_moved(self) -> None:
        self._unwritten += len(self.store.moved)
        for case in dict.fromkeys(self.store.moved):  # an act may have told other cases
            self._watch(case)
        self.store.moved.clear()

    def tick(self) -> list[Answer]:
        """Note every effect of law that has come about by the world's now; as `clockwork.tick`."""
        today = self.world.now().date()
        days = [day for day in self._fires if day <= today.isoformat()]
        due = {case for day in days for case in self._fires.pop(day)}
        fires = sorted((fire, case) for case in due if (fire := self._fire_of(case)) is not None)
        return [answer for _, case in fires for answer in self._note(case, today)]

    def _fire_of(self, case: UUID) -> str | None:
        """The day on which the tick has something to note in a case in memory."""
        held = self.store.cases.get(case)
        return None if held is None or held.view is None else writing.next_fire(held.view)

    def _note(self, case: UUID, today: date) -> list[Answer]:
        held = self.store.cases.get(case)
        if held is None or held.view is None:
            return []
        view = advance(held.view, today)
        asks = list(notings(case, held.line, view, today))
        answers = [perform_noting(ask, self.world, self.store) for ask in asks]
        self._watch(case)
        return answers

    def _watch(self, case: UUID) -> None:
        fire = self._fire_of(case)
        if fire is not None:
            self._fires[fire].add(case)

    def release(self, case: UUID) -> None:
        """Nothing more will happen to this case in this load: it may be written and forgotten."""
        if any(case == asking for asking, _ in self.store.later):
            self._held_back.add(case)  # until what it asks of others is done
            return
        self.store.released.add(case)
        if len(self.store.released) >= self._chunk:
            self._write([self.store.cases[case] for case in self.store.released if case in self.store.cases])

    def _write(self, cases: list[Held]) -> None:
        self._write_acts(cases)
        write(cases)
        self.store.forget(cases)

    def _write_acts(self, cases: list[Held]) -> None:
        """Write what was done in these cases; the cases themselves may go on."""
        count = sum(len(case.rows) for case in cases)
        write_acts(cases, self.store.requests, _reserve(count))
        self.written, self._unwritten = self.written + count, max(0, self._unwritten - count)
        for case in cases:
            case.rows.clear()
            case.proposals.clear()


Ids = Iterator[tuple[int, int]]  # of a request and of its event


def _reserve(count: int) -> Ids:
    """Ids out of the sequences, so that writers beside this load never meet them."""
    sql = "SELECT nextval('casework_request_id_seq'), nextval('casework_event_id_seq') FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, (count,))
        return iter(cursor.fetchall())


def write_acts(cases: list[Held], requests: Mapping[int, Taken], ids: Ids) -> None:
    """Copy the acts of these cases, their requests and the trails they were signed after.

    Acts may be there before their case: all is one transaction.
    """
    rows = [(next(ids), case.id, number, event) for case in cases for number, event in case.rows]
    _copy("casework_request", _REQUEST, ((ids[0], *requests[number][1:]) for ids, _, number, _ in rows))
    _copy("casework_event", _EVENT, ((ids[1], case, ids[0], *event) for ids, case, _, event in rows))
    _copy("casework_waiting", _WAITING, ((ids[1],) for ids, _, _, _ in rows))
    _copy("casework_proposal", PROPOSAL, (proposal_row(row) for case in cases for row, _ in case.proposals))
    said = (opinion for case in cases for _, trail in case.proposals for opinion in trail)
    _copy("casework_opinion", OPINION, map(opinion_row, said))


def write(cases: list[Held]) -> None:
    """Copy everything else of these cases; a case the database has already is updated."""
    new = [case for case in cases if not case.stored]
    values = {case.id: _values(case) for case in cases}
    _copy("casework_case", _CASE, (_case_row(case, values[case.id]) for case in new))
    _copy("casework_number", _NUMBER, ((case.id, *row) for case in cases for row in case.numbers))
    _copy("casework_claim", _CLAIM, ((case.id, *row) for case in cases for row in case.claims))
    _copy("casework_outbox", _OUTBOX, (_outgoing(case, row) for case in cases for row in case.outbox))
    _copy("casework_clock", _CLOCK, ((c.id, *row) for c in new for row in _clocks(c)))
    _copy("casework_party", _PARTY, ((c.id, *who[:3]) for c in new for who in c.people or ()))
    _copy("casework_party_key", _KEY, (row for c in new for row in _keys(c)))
    for case in cases:
        if case.stored and case.done:
            _update(case)


Columns = dict[str, str]  # name → PostgreSQL type, for the binary format

_CASE: Columns = {
    "id": "uuid", "line": "text", "parent_id": "uuid", "organ": "text", "origin": "text", "number": "text", "stage": "text",
    "version": "text", "version_final": "bool", "closed": "bool", "sensitive": "bool", "facts": "jsonb", "next_seq": "int4", "head": "bytea",
    "next_fire": "date", "next_due": "date",
}  # fmt: skip
_REQUEST: Columns = {
    "id": "int8", "actor": "text", "key": "text", "body": "bytea", "case_id": "uuid", "at": "timestamptz",
}  # fmt: skip
_WAITING: Columns = {"event_id": "int8"}
_EVENT: Columns = {
    "id": "int8", "case_id": "uuid", "request_id": "int8", "seq": "int4", "action": "text", "effective_on": "text",
    "recorded_at": "timestamptz", "actor": "text", "party": "text", "re": "int4", "after": "int4", "payload": "bytea",
    "commitments": "bytea", "commitment": "bytea", "head": "bytea",
}  # fmt: skip
_NUMBER: Columns = {"case_id": "uuid", "seq": "int4", "kind": "text", "text": "text"}
_CLAIM: Columns = {"case_id": "uuid", "kind": "text", "key": "bytea", "released_at": "timestamptz"}
_OUTBOX: Columns = {
    "case_id": "uuid", "seq": "int4", "kind": "text", "body": "bytea", "created_at": "timestamptz",
    "next_try_at": "timestamptz", "tries": "int4", "error": "text", "done_at": "timestamptz",
}  # fmt: skip
_CLOCK: Columns = {
    "case_id": "uuid", "clock": "text", "seq": "int4", "subject": "text", "variant": "int4", "start": "text",
    "due": "text", "provisional": "bool", "state": "text", "ended_on": "text",
}  # fmt: skip
_PARTY: Columns = {"case_id": "uuid", "identity": "text", "role": "text", "card": "bytea"}
_KEY: Columns = {"case_id": "uuid", "identity": "text", "kind": "text", "blind": "bytea"}


_WRITTEN_AS = {"jsonb": "bytea"}  # `jsonb` makes the bytes of the binary format


def _copy(table: str, columns: Columns, rows: Iterable[tuple[Any, ...]]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    try:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types([_WRITTEN_AS.get(kind, kind) for kind in columns.values()])
            for row in rows:
                copy.write_row(row)
    except UniqueViolation as error:
        raise LoadConflictError(f"{table}: {error.diag.constraint_name}") from error


def _values(case: Held) -> dict[str, Any]:
    assert case.view is not None
    return writing.case_values(_locked(case), case.view, case.head, case.number)


def _locked(case: Held) -> Locked:
    return Locked(case.id, case.line, case.organ, case.number, case.next_seq, case.head)


def _case_row(case: Held, values: Mapping[str, Any]) -> tuple[Any, ...]:
    derived = (values[name] for name in ("stage", "version", "final", "closed", "sensitive"))
    return (
        case.id, case.line, case.parent, values["organ"], case.origin, case.number, *derived, jsonb(to_json(values["facts"])),
        values["next"], case.head, _day(values["fire"]), _day(values["due"]),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _clocks(case: Held) -> Iterator[tuple[Any, ...]]:
    assert case.view is not None
    for instances in case.view.clocks.values():
        for instance in instances:
            yield writing.clock_values(instance)


def _keys(case: Held) -> Iterator[tuple[Any, ...]]:
    for who in case.people or ():
        for kind, blind in who.keys:
            yield case.id, who.identity, kind, blind


def _outgoing(case: Held, row: PutOut) -> tuple[Any, ...]:
    return case.id, row.seq, row.kind, row.body, row.at, row.at, 0, "", row.done


def _update(case: Held) -> None:
    assert case.view is not None
    writing.project(_locked(case), case.view, case.head, case.number, case.people)
    for kind, key, at in case.freed:
        postgresql.release_claims(case.id, [(kind, key)], at)


def _write_series(store: MemoryStore) -> None:
    """The last numbers given, provided nobody else gave any meanwhile."""
    new = (
        "INSERT INTO casework_number_series (organ, kind, year, last) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (organ, kind, year) DO UPDATE SET last = EXCLUDED.last WHERE casework_number_series.last = %s"
    )
    with connection.cursor() as cursor:
        for place, last in sorted(store.series.items()):
            cursor.execute(new, (*place, last, store.series_before[place]))
            if cursor.rowcount != 1:
                raise LoadConflictError(f"numbers of {place} were given by someone else meanwhile")
