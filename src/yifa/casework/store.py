"""The statements of the door, one function each. SQL is written out so that their number can be counted."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from yifa.casework.cards import Carded
from yifa.casework.codec import Stored, canonical, facts_of, unseal
from yifa.casework.models import PartyKey
from yifa.casework.recent import recent
from yifa.casework.requests import Locked, Outgoing, Standing, World
from yifa.engine import empty, refold
from yifa.language.actions import Match
from yifa.language.line import Line
from yifa.language.ports import Port
from yifa.language.view import Instance, View
from yifa.people import selectors
from yifa.platform.crypto import vault

atomic = transaction.atomic


class Row(NamedTuple):
    """A stored event as read back."""

    case_id: UUID
    seq: int
    action: str
    effective_on: str
    recorded_at: datetime
    actor: str
    party: str | None
    re: int | None
    after: int | None
    payload: bytes | None
    commitments: str
    commitment: bytes
    head: bytes


_EVENT_COLUMNS = (
    "case_id, seq, action, effective_on, recorded_at, actor, party, re, after, payload, commitments::text, "
    "commitment, head"
)


def _query(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _do(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def take_request(actor: str, key: str, body: bytes, case: UUID, at: datetime) -> int | None:
    """Statement 1: the idempotency row; None if this key was used before."""
    sql = (
        "INSERT INTO casework_request (actor, key, body, case_id, at) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT (actor, key) DO NOTHING RETURNING id"
    )
    rows = _query(sql, (actor, key, body, case, at))
    return rows[0][0] if rows else None


def earlier_request(actor: str, key: str) -> tuple[bytes, UUID, int | None]:
    """Body, case and seq of the act done with this key before."""
    sql = (
        "SELECT r.body, r.case_id, e.seq FROM casework_request r LEFT JOIN casework_event e ON e.request_id = r.id "
        "WHERE r.actor = %s AND r.key = %s"
    )
    body, case, seq = _query(sql, (actor, key))[0]
    return bytes(body), case, seq


_LOCKED = (
    "SELECT c.id, c.line, c.organ, c.number, c.next_seq, c.head, (SELECT array_agg(k.blind) FROM casework_party_key k "
    "WHERE k.case_id = c.id AND k.kind = 'id_number') FROM casework_case c WHERE c.id = %s"
)


def lock_case(case: UUID) -> Locked | None:
    """Statement 2: the case row, locked until the end of the transaction."""
    return _held(_query(f"{_LOCKED} FOR UPDATE OF c", (case,)))


def read_case(case: UUID) -> Locked | None:
    """The same without a lock, for who only looks."""
    return _held(_query(_LOCKED, (case,)))


def _held(rows: list[tuple[Any, ...]]) -> Locked | None:
    if not rows:
        return None
    found, line, organ, number, next_seq, head, people = rows[0]
    return Locked(found, line, organ, number, next_seq, bytes(head), tuple(bytes(p) for p in people or ()))


def new_case(case: UUID, line: str, organ: str, head: bytes, parent: UUID | None) -> Locked:
    """Statement 2 for a new case."""
    sql = (
        "INSERT INTO casework_case (id, line, organ, origin, head, parent_id, number, stage, version, version_final, "
        "closed, sensitive, facts, next_seq) VALUES (%s, %s, %s, %s, %s, %s, '', '', '', false, false, false, '{}', 0)"
    )
    _do(sql, (case, line, organ, organ, head, parent))
    return Locked(case, line, organ, "", 0, head)


def events_of(case: UUID) -> list[Row]:
    """Statement 3: all events of a case in the order of the log."""
    sql = f"SELECT {_EVENT_COLUMNS} FROM casework_event WHERE case_id = %s ORDER BY seq"
    return [Row(*row) for row in _query(sql, (case,))]


def query_events(cases: Sequence[UUID], until: datetime) -> list[Row]:
    """Events of several cases recorded by a moment, case by case in the order of the log. Not a statement of the door."""
    sql = (
        f"SELECT {_EVENT_COLUMNS} FROM casework_event WHERE case_id = ANY(%s) AND recorded_at <= %s "
        "ORDER BY case_id, seq"
    )
    return [Row(*row) for row in _query(sql, (list(cases), until))]


def view_of(case: UUID, line: Line, world: World, head: bytes = b"") -> View:
    """The fold of a case's events; the empty view of a new case. `head`: where the case stands, if it is locked."""
    known = recent.get(head, line, world.env)
    if known is not None:
        return known
    log = tuple(unseal(row, line, world) for row in events_of(case))
    return refold(line, world.env, log) if log else empty(line, world.env)


def standing(case: UUID, organ: str, actor: str, parties: Sequence[str], people: Sequence[bytes]) -> Standing:
    """Statement 4: how the actor stands to the case."""
    return Standing(*selectors.standing(str(case), organ, actor, parties, people))


def ports(world: World) -> Mapping[str, Port]:
    """The ports of the world as they are."""
    return world.ports


def staying_out(case: UUID, users: Sequence[str], parties: Sequence[str]) -> frozenset[str]:
    """Statement 4: which of these users have declared that they must stay out of the case."""
    people = PartyKey.objects.filter(case_id=case, kind="id_number").values("blind")
    return selectors.staying_out(str(case), users, parties, people)


def matching(case: UUID, line: str, matches: Sequence[Match]) -> list[int]:
    """Statement 4: how many other cases of the line match each."""
    if not matches:
        return []
    sql = (
        "SELECT m.n, count(*) FROM unnest(%s::jsonb[], %s::text[], %s::bool[]) WITH ORDINALITY AS m(facts, party, live, n) "
        "JOIN casework_case k ON k.line = %s AND k.id <> %s AND k.facts @> m.facts AND NOT (m.live AND k.closed) "
        "WHERE m.party IS NULL OR EXISTS (SELECT 1 FROM casework_party p WHERE p.case_id = k.id AND p.identity = m.party) "
        "GROUP BY m.n"
    )
    facts = [json.dumps(canonical(m.facts)) for m in matches]
    values = (
        facts,
        [m.party and vault().alias(m.party) for m in matches],
        [m.open_only for m in matches],
        line,
        case,
    )
    counts = dict(_query(sql, values))
    return [counts.get(n, 0) for n in range(1, len(matches) + 1)]


def live_claims(keys: Sequence[tuple[str, bytes]], other_than: UUID) -> dict[tuple[str, bytes], list[str]]:
    """Statement 4: cases that hold these claims now, by (kind, key): case numbers or ids."""
    if not keys:
        return {}
    sql = (
        "SELECT c.kind, c.key, COALESCE(NULLIF(k.number, ''), k.id::text) FROM casework_claim c "
        "JOIN casework_case k ON k.id = c.case_id WHERE c.released_at IS NULL AND c.case_id <> %s "
        "AND (c.kind, c.key) IN (SELECT * FROM unnest(%s::text[], %s::bytea[]))"
    )
    found: dict[tuple[str, bytes], list[str]] = {}
    for kind, key, name in _query(sql, (other_than, [k for k, _ in keys], [v for _, v in keys])):
        found.setdefault((kind, bytes(key)), []).append(name)
    return found


def case_named(name: str) -> dict[str, Any] | None:
    """The case of this number (or id): what it is, its parties by role, its facts."""
    by_id = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name)
    named = "c.id = %s::uuid" if by_id else "c.number <> '' AND c.number = %s"
    sql = (
        "SELECT c.id::text, c.number, c.line, c.organ, c.stage, c.facts::text, (SELECT COALESCE("
        "jsonb_object_agg(p.identity, p.role), '{}') FROM casework_party p WHERE p.case_id = c.id)::text "
        f"FROM casework_case c WHERE {named}"
    )
    rows = _query(sql, (name,))
    if not rows:
        return None
    found = dict(zip(("id", "number", "line", "organ", "stage", "facts", "parties"), rows[0], strict=True))
    parties = {vault().unalias(alias): role for alias, role in json.loads(found["parties"]).items()}
    return {**found, "facts": json.loads(found["facts"]), "parties": parties}


def next_number(organ: str, kind: str, year: int) -> int:
    """Statement 5: the next number of a series; its row stays locked until the end of the transaction."""
    sql = (
        "INSERT INTO casework_number_series (organ, kind, year, last) VALUES (%s, %s, %s, 1) "
        "ON CONFLICT (organ, kind, year) DO UPDATE SET last = casework_number_series.last + 1 RETURNING last"
    )
    return int(_query(sql, (organ, kind, year))[0][0])


def take_over_number(text: str, place: tuple[str, str, int, int] | None) -> bool:
    """Statement 5 for a number given elsewhere: whether it is free; its series (organ, kind, year, serial) goes on behind it."""
    if _query("SELECT 1 FROM casework_number WHERE text = %s", (text,)):
        return False
    if place is not None:
        sql = (
            "INSERT INTO casework_number_series (organ, kind, year, last) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (organ, kind, year) DO UPDATE SET last = GREATEST(casework_number_series.last, EXCLUDED.last)"
        )
        _do(sql, place)
    return True


def insert_events(case: UUID, request: int | None, events: Sequence[Stored]) -> None:
    """Statement 6: the events."""
    row = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
    values = [value for e in events for value in (case, request, *e[:9], e.commitments, e.commitment, e.head)]
    sql = (
        "INSERT INTO casework_event (case_id, request_id, seq, action, effective_on, recorded_at, actor, party, re, "
        f"after, payload, commitments, commitment, head) VALUES {', '.join([row] * len(events))}"
    )
    _do(sql, values)


def take_claims(case: UUID, claims: Sequence[tuple[str, bytes]]) -> int:
    """Statement 7: claims taken; how many were free (or already this case's own)."""
    sql = (
        "INSERT INTO casework_claim (kind, key, case_id) SELECT k, v, %s FROM unnest(%s::text[], %s::bytea[]) AS t(k, v) "
        "ON CONFLICT (kind, key) WHERE released_at IS NULL DO UPDATE SET kind = EXCLUDED.kind "
        "WHERE casework_claim.case_id = EXCLUDED.case_id RETURNING id"
    )
    return len(_query(sql, (case, [k for k, _ in claims], [v for _, v in claims])))


def release_claims(case: UUID, claims: Sequence[tuple[str, bytes]], at: datetime) -> None:
    """Statement 7 for claims given back."""
    sql = (
        "UPDATE casework_claim SET released_at = %s WHERE case_id = %s AND released_at IS NULL "
        "AND (kind, key) IN (SELECT * FROM unnest(%s::text[], %s::bytea[]))"
    )
    _do(sql, (at, case, [k for k, _ in claims], [v for _, v in claims]))


def project(locked: Locked, view: View, head: bytes, number: str, people: Sequence[Carded] | None) -> None:
    """Statement 8: the case row, its clocks and (`people`, unless the act cannot have changed them) its parties."""
    clocks = [clock_values(i) for instances in view.clocks.values() for i in instances]
    sql = (
        "WITH kase AS (UPDATE casework_case SET organ = %(organ)s, number = %(number)s, stage = %(stage)s, "
        "version = %(version)s, version_final = %(final)s, closed = %(closed)s, sensitive = %(sensitive)s, facts = %(facts)s, "
        "next_seq = %(next)s, head = %(head)s, next_fire = %(fire)s, next_due = %(due)s WHERE id = %(id)s), "
        "gone AS (DELETE FROM casework_clock WHERE case_id = %(id)s AND (clock, seq, subject, variant) NOT IN "
        "(SELECT * FROM unnest(%(k0)s::text[], %(k1)s::int[], %(k2)s::text[], %(k3)s::int[])))"
        f"{'' if people is None else _PEOPLE} "
        "INSERT INTO casework_clock (case_id, clock, seq, subject, variant, start, due, provisional, state, ended_on) "
        "SELECT %(id)s, * FROM unnest(%(k0)s::text[], %(k1)s::int[], %(k2)s::text[], %(k3)s::int[], %(k4)s::text[], "
        "%(k5)s::text[], %(k6)s::bool[], %(k7)s::text[], %(k8)s::text[]) "
        "ON CONFLICT (case_id, clock, seq, subject, variant) DO UPDATE SET start = EXCLUDED.start, "
        "due = EXCLUDED.due, provisional = EXCLUDED.provisional, state = EXCLUDED.state, ended_on = EXCLUDED.ended_on"
    )
    columns = {f"k{n}": [row[n] for row in clocks] for n in range(9)}
    values = columns | case_values(locked, view, head, number) | _people_values(people or ())
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    recent.put(locked.head, head, view)


_PEOPLE = (
    ", left_ AS (DELETE FROM casework_party WHERE case_id = %(id)s AND identity <> ALL(%(people)s::text[])), "
    "unkeyed AS (DELETE FROM casework_party_key WHERE case_id = %(id)s AND (identity, kind, blind) NOT IN "
    "(SELECT * FROM unnest(%(p0)s::text[], %(p1)s::text[], %(p2)s::bytea[]))), "
    "people AS (INSERT INTO casework_party (case_id, identity, role, card) SELECT %(id)s, * "
    "FROM unnest(%(people)s::text[], %(roles)s::text[], %(cards)s::bytea[]) "
    "ON CONFLICT (case_id, identity) DO UPDATE SET role = EXCLUDED.role, card = EXCLUDED.card), "
    "keyed AS (INSERT INTO casework_party_key (case_id, identity, kind, blind) SELECT %(id)s, * "
    "FROM unnest(%(p0)s::text[], %(p1)s::text[], %(p2)s::bytea[]) ON CONFLICT DO NOTHING) "
)


def _people_values(people: Sequence[Carded]) -> dict[str, Any]:
    keys = [(who.identity, *key) for who in people for key in who.keys]
    return {
        "people": [who.identity for who in people], "roles": [who.role for who in people],
        "cards": [who.card for who in people], **{f"p{n}": [key[n] for key in keys] for n in range(3)},
    }  # fmt: skip


def case_values(locked: Locked, view: View, head: bytes, number: str) -> dict[str, Any]:
    """The derived columns of a case row."""
    live = [
        i.due.due for c in view.clocks.values() for i in c if i.ended_on is None and i.due.due is not None
    ]
    days = sorted(str(day)[:10] for day in live)
    return {
        "id": locked.id, "organ": view.organ or locked.organ, "number": number, "stage": view.stage or "",
        "version": view.version, "final": view.version_final, "closed": view.is_closed, "facts": json.dumps(facts_of(view)),
        "next": view.events[-1].seq + 1, "head": head, "due": days[0] if days else None,
        "fire": next_fire(view), "sensitive": view.line.is_sensitive(view),
    }  # fmt: skip


def next_fire(view: View) -> str | None:
    """The day on which the tick has something to note: of an effect that came about unnoted, else of the next one.

    An act recorded after an effect's day brings the effect about in its own fold; it is still to be noted.
    """
    coming = None if view.next_fire is None else date.fromordinal(view.next_fire).isoformat()
    if not view.effects:
        return coming
    noted = {(event.action, event.party) for event in view.events}
    days = [str(e.on)[:10] for e in view.effects if (e.code, e.subject) not in noted]
    return min([*days, coming] if coming else days, default=None)


def clock_values(instance: Instance) -> tuple[Any, ...]:
    """The columns of a clock row."""
    due = instance.due
    return (
        instance.code, instance.seq, vault().alias(instance.subject) if instance.subject else "", instance.variant, instance.start.isoformat(),
        due.due.isoformat() if due.due else "", due.provisional, instance.state,
        instance.ended_on.isoformat() if instance.ended_on else "",
    )  # fmt: skip


def put_out(case: UUID, seq: int, items: Iterable[Outgoing], at: datetime) -> None:
    """Statement 9: what is to be done after the transaction."""
    rows = [(kind, body()) for kind, body in items]
    if not rows:
        return
    sql = (
        "INSERT INTO casework_outbox (case_id, seq, kind, body, created_at, next_try_at, tries, error) "
        "SELECT %s, %s, k, b, %s, %s, 0, '' FROM unnest(%s::text[], %s::bytea[]) AS t(k, b)"
    )
    _do(sql, (case, seq, at, at, [k for k, _ in rows], [b for _, b in rows]))


def give_numbers(case: UUID, seq: int, numbers: Sequence[tuple[str, str]]) -> None:
    """Numbers as given, with the act that took them."""
    sql = (
        "INSERT INTO casework_number (case_id, seq, kind, text) "
        "SELECT %s, %s, k, t FROM unnest(%s::text[], %s::text[]) AS n(k, t)"
    )
    _do(sql, (case, seq, [k for k, _ in numbers], [t for _, t in numbers]))
