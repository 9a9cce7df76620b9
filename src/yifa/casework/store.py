"""The statements of the door, one function each. SQL is written out so that their number can be counted."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from yifa.casework import writing
from yifa.casework.codec import canonical, unseal
from yifa.casework.recent import recent
from yifa.casework.requests import Locked, World
from yifa.engine import empty, refold
from yifa.language.actions import Match
from yifa.language.line import Line
from yifa.language.ports import Port
from yifa.language.view import View
from yifa.people import selectors
from yifa.platform.crypto import vault

atomic = transaction.atomic
keep = writing.keep


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
    commitments: bytes
    commitment: bytes
    head: bytes


_EVENT_COLUMNS = (
    "case_id, seq, action, effective_on, recorded_at, actor, party, re, after, payload, commitments, "
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
        "SELECT r.body, r.case_id, e.seq FROM casework_request r LEFT JOIN casework_event e "
        "ON e.case_id = r.case_id AND e.request_id = r.id WHERE r.actor = %s AND r.key = %s"
    )
    body, case, seq = _query(sql, (actor, key))[0]
    return bytes(body), case, seq


_LOCKED = (
    "SELECT c.id, c.line, c.organ, c.number, c.next_seq, c.head, "
    f"{selectors.above_sql('c.organ')}, {selectors.STAYS_OUT_SQL} FROM casework_case c WHERE c.id = %s"
)


def lock_case(case: UUID, actor: str = "") -> Locked | None:
    """Statement 2: the case row, locked until the end of the transaction; with how the actor stands to it."""
    return _held(_query(f"{_LOCKED} FOR UPDATE OF c", (selectors.user_key(actor), case)))


def read_case(case: UUID, actor: str = "") -> Locked | None:
    """The same without a lock, for who only looks."""
    return _held(_query(_LOCKED, (selectors.user_key(actor), case)))


def _held(rows: list[tuple[Any, ...]]) -> Locked | None:
    if not rows:
        return None
    found, line, organ, number, next_seq, head, above, out = rows[0]
    # Asked after the lock: a statement that has waited for it sees the parties as they were before it waited.
    blinds = people_of(found) if out else ()
    return Locked(
        found,
        line,
        organ,
        number,
        next_seq,
        bytes(head),
        blinds,
        frozenset(above or ()),
        frozenset(out or ()),
    )


def people_of(case: UUID) -> tuple[bytes, ...]:
    """Blind indexes of the ID numbers of the parties."""
    sql = "SELECT blind FROM casework_party_key WHERE case_id = %s AND kind = 'id_number'"
    return tuple(bytes(blind) for (blind,) in _query(sql, (case,)))


def new_case(case: UUID, line: str, organ: str, head: bytes, parent: UUID | None, actor: str) -> Locked:
    """Statement 2 for a new case."""
    sql = (
        "INSERT INTO casework_case (id, line, organ, origin, head, parent_id, number, stage, version, version_final, "
        "closed, sensitive, facts, next_seq) VALUES (%s, %s, %s, %s, %s, %s, '', '', '', false, false, false, '{}', 0) "
        f"RETURNING {selectors.above_sql('organ')}, {selectors.STAYS_OUT_SQL}"
    )
    above, out = _query(sql, (case, line, organ, organ, head, parent, selectors.user_key(actor)))[0]
    return Locked(case, line, organ, "", 0, head, (), frozenset(above or ()), frozenset(out or ()))


def coming_case(case: UUID, line: str, organ: str, actor: str) -> Locked:
    """A case that is drafted and not there yet, with how the actor stands to its organ."""
    sql = f"SELECT {selectors.above_sql('w.organ')}, {selectors.STAYS_OUT_SQL} FROM (SELECT %s::text AS organ) w"
    above, out = _query(sql, (selectors.user_key(actor), organ))[0]
    return Locked(case, line, organ, "", 0, b"", (), frozenset(above or ()), frozenset(out or ()))


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


def ports(world: World) -> Mapping[str, Port]:
    """The ports of the world as they are."""
    return world.ports


def staying_out(case: UUID, users: Sequence[str], parties: Sequence[str]) -> frozenset[str]:
    """Statement 4: which of these users have declared that they must stay out of the case."""
    return selectors.staying_out(str(case), users, parties, people_of(case))


def matching(case: UUID, line: str, matches: Sequence[Match]) -> list[int]:
    """Statement 4: how many other cases, of the line unless another is named, match each."""
    if not matches:
        return []
    sql = (
        "SELECT m.n, count(*) FROM unnest(%s::jsonb[], %s::text[], %s::bool[], %s::text[]) WITH ORDINALITY "
        "AS m(facts, party, live, line, n) "
        "JOIN casework_case k ON k.line = m.line AND k.id <> %s AND k.facts @> m.facts AND NOT (m.live AND k.closed) "
        "WHERE m.party IS NULL OR EXISTS (SELECT 1 FROM casework_party p WHERE p.case_id = k.id AND p.identity = m.party) "
        "GROUP BY m.n"
    )
    facts = [json.dumps(canonical(m.facts)) for m in matches]
    values = (
        facts,
        [m.party and vault().alias(m.party) for m in matches],
        [m.open_only for m in matches],
        [m.line or line for m in matches],
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


def take_claims(case: UUID, claims: Sequence[tuple[str, bytes]]) -> int:
    """Statement 6: claims taken; how many were free (or already this case's own)."""
    sql = (
        "INSERT INTO casework_claim (kind, key, case_id) SELECT k, v, %s FROM unnest(%s::text[], %s::bytea[]) AS t(k, v) "
        "ON CONFLICT (kind, key) WHERE released_at IS NULL DO UPDATE SET kind = EXCLUDED.kind "
        "WHERE casework_claim.case_id = EXCLUDED.case_id RETURNING id"
    )
    return len(_query(sql, (case, [k for k, _ in claims], [v for _, v in claims])))


def release_claims(case: UUID, claims: Sequence[tuple[str, bytes]], at: datetime) -> None:
    """Statement 6 for claims given back."""
    sql = (
        "UPDATE casework_claim SET released_at = %s WHERE case_id = %s AND released_at IS NULL "
        "AND (kind, key) IN (SELECT * FROM unnest(%s::text[], %s::bytea[]))"
    )
    _do(sql, (at, case, [k for k, _ in claims], [v for _, v in claims]))
