"""What an act writes, in one statement: the event, numbers, what is put out, and the projections of its case.

The parts go as JSON: a dozen arrays of columns cost both sides more than all the rows do. Clocks are written only where they
differ from what is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import to_json

from yifa.casework.cards import Carded
from yifa.casework.codec import facts_of
from yifa.casework.recent import recent
from yifa.casework.requests import Kept, Locked
from yifa.language.clocks import Nature
from yifa.language.view import Instance, View
from yifa.platform.crypto import vault

_EVENT = (
    "seq", "action", "effective_on", "recorded_at", "actor", "party", "re", "after", "payload", "commitments", "commitment", "head",
)  # fmt: skip


def keep(kept: Kept) -> None:
    """Everything an act writes of its own case, beside the request, claims and counters."""
    event, case = kept.event, kept.locked.id
    parts: dict[str, Mapping[str, Any]] = {"event": {"request": kept.request, **event._asdict()}}
    if kept.people is not None:
        parts["people"] = _people(kept.people)
    if kept.numbers:
        parts["numbers"] = {"numbers": _json({"kind": kind, "text": text} for kind, text in kept.numbers)}
    if kept.outgoing:
        kinds = [kind for kind, _ in kept.outgoing]
        parts["outgoing"] = {"kinds": kinds, "bodies": [body() for _, body in kept.outgoing]}
    _write(case, _projection(kept.locked, kept.view, event.head, kept.number), parts)
    recent.put(kept.locked.head, event.head, kept.view)


def project(locked: Locked, view: View, head: bytes, number: str, people: Sequence[Carded] | None) -> None:
    """The projections of a case alone: its row, its clocks and (`people`, unless they are the same) its parties."""
    parts = {} if people is None else {"people": _people(people)}
    _write(locked.id, _projection(locked, view, head, number), parts)


def _write(case: UUID, projection: Mapping[str, Any], parts: Mapping[str, Mapping[str, Any]]) -> None:
    values = {"id": case, **projection}
    for part in parts.values():
        values |= part
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(parts)), values)


def _projection(locked: Locked, view: View, head: bytes, number: str) -> dict[str, Any]:
    row = {**case_values(locked, view, head, number), "head": head.hex()}
    del row["id"]
    clocks = (dict(zip(_CLOCK, clock_values(i), strict=True)) for own in view.clocks.values() for i in own)
    return {"case": to_json(row).decode(), "clocks": _json(clocks)}


def _people(people: Sequence[Carded]) -> dict[str, Any]:
    return {
        "people": _json({"identity": who.identity, "role": who.role, "card": who.card.hex()} for who in people),
        "keys": _json(
            {"identity": who.identity, "kind": kind, "blind": blind.hex()} for who in people for kind, blind in who.keys
        ),
    }  # fmt: skip


def _json(rows: Iterable[Mapping[str, Any]]) -> str:
    return to_json(list(rows)).decode()


# ------------------------------------------------------------------------------ the statement

_CLOCK = ("clock", "seq", "subject", "variant", "start", "due", "provisional", "state", "ended_on")
_CLOCKS = ", ".join(_CLOCK)
_CASE = (
    "WITH clocks AS (SELECT * FROM json_to_recordset(%(clocks)s::json) AS t(clock text, seq int, subject text, variant int, "
    "start text, due text, provisional bool, state text, ended_on text)), "
    "kase AS (UPDATE casework_case SET organ = v.organ, number = v.number, stage = v.stage, version = v.version, "
    "version_final = v.final, closed = v.closed, sensitive = v.sensitive, facts = v.facts, next_seq = v.next, "
    "head = decode(v.head, 'hex'), next_fire = v.fire, next_due = v.due FROM json_to_record(%(case)s::json) AS v(organ text, "
    "number text, stage text, version text, final bool, closed bool, sensitive bool, facts jsonb, next int, head text, "
    "fire date, due date) WHERE id = %(id)s), "
    "gone AS (DELETE FROM casework_clock WHERE case_id = %(id)s "
    "AND (clock, seq, subject, variant) NOT IN (SELECT clock, seq, subject, variant FROM clocks))"
)
_REST = (
    f" INSERT INTO casework_clock (case_id, {_CLOCKS}) SELECT %(id)s, {_CLOCKS} FROM clocks AS new WHERE NOT EXISTS "
    f"(SELECT 1 FROM casework_clock AS old WHERE case_id = %(id)s AND {' AND '.join(f'old.{c} = new.{c}' for c in _CLOCK)}) "
    "ON CONFLICT (case_id, clock, seq, subject, variant) DO UPDATE SET start = EXCLUDED.start, "
    "due = EXCLUDED.due, provisional = EXCLUDED.provisional, state = EXCLUDED.state, ended_on = EXCLUDED.ended_on"
)
_PARTS = {
    "event": (
        f", event AS (INSERT INTO casework_event (case_id, request_id, {', '.join(_EVENT)}) "
        f"VALUES (%(id)s, %(request)s, {', '.join(f'%({name})s' for name in _EVENT)}) RETURNING id), "
        "waiting AS (INSERT INTO casework_waiting (event_id) SELECT id FROM event)"
    ),
    "people": (
        ", who AS (SELECT identity, role, decode(card, 'hex') AS card FROM json_to_recordset(%(people)s::json) "
        "AS t(identity text, role text, card text)), "
        "keys AS (SELECT identity, kind, decode(blind, 'hex') AS blind FROM json_to_recordset(%(keys)s::json) "
        "AS t(identity text, kind text, blind text)), "
        "left_ AS (DELETE FROM casework_party WHERE case_id = %(id)s AND identity NOT IN (SELECT identity FROM who)), "
        "unkeyed AS (DELETE FROM casework_party_key WHERE case_id = %(id)s AND (identity, kind, blind) NOT IN "
        "(SELECT identity, kind, blind FROM keys)), "
        "people AS (INSERT INTO casework_party (case_id, identity, role, card) SELECT %(id)s, identity, role, card FROM who "
        "ON CONFLICT (case_id, identity) DO UPDATE SET role = EXCLUDED.role, card = EXCLUDED.card), "
        "keyed AS (INSERT INTO casework_party_key (case_id, identity, kind, blind) SELECT %(id)s, identity, kind, blind "
        "FROM keys ON CONFLICT DO NOTHING)"
    ),
    "numbers": (
        ", numbers AS (INSERT INTO casework_number (case_id, seq, kind, text) SELECT %(id)s, %(seq)s, kind, text "
        "FROM json_to_recordset(%(numbers)s::json) AS t(kind text, text text))"
    ),
    "outgoing": (
        ", outgoing AS (INSERT INTO casework_outbox (case_id, seq, kind, body, created_at, next_try_at, tries, error) SELECT "
        "%(id)s, %(seq)s, kind, body, %(recorded_at)s, %(recorded_at)s, 0, '' FROM unnest(%(kinds)s::text[], %(bodies)s::bytea[]) "
        "AS t(kind, body))"
    ),
}  # fmt: skip


@cache
def _statement(parts: tuple[str, ...]) -> str:
    """The statement that writes these parts and the projections of the case."""
    return "".join([_CASE, *(_PARTS[part] for part in parts), _REST])


# ------------------------------------------------------------------------------ what follows from the fold

DUTIES = frozenset({Nature.OWN_DUTY, Nature.OTHERS_DUTY})


def case_values(locked: Locked, view: View, head: bytes, number: str) -> dict[str, Any]:
    """The derived columns of a case row. `due` is the next day something must be done, ours or another's: a right that has
    run out or a period that is only watched presses nobody.
    """
    clock = view.line.clock
    live = [
        i.due.due
        for code, own in view.clocks.items()
        if (declared := clock(code)) is None or declared.nature in DUTIES
        for i in own
        if i.ended_on is None and i.due.due is not None
    ]
    return {
        "id": locked.id, "organ": view.organ or locked.organ, "number": number, "stage": view.stage or "",
        "version": view.version, "final": view.version_final, "closed": view.is_closed, "facts": facts_of(view),
        "next": view.events[-1].seq + 1, "head": head, "due": min((str(day)[:10] for day in live), default=None),
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
