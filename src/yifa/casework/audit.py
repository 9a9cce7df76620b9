"""`yifa casework verify`: every evidenced column against its commitment, every derived one against a rebuild.

What is checked is listed by column in `columns.py`. A change of an evidenced column names its act, of a derived one its
case; numbers, claims and signatures are held against what the acts are evidence of (`evidence.py`).
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet
from django.utils import timezone

from yifa.casework import cards, evidence, store, writing
from yifa.casework.codec import event_of, facts_of, opened, party_of, unseal
from yifa.casework.models import Case
from yifa.casework.requests import Locked, World
from yifa.engine import refold
from yifa.language.view import View
from yifa.ledger.chain import ChainRow, verify_chain
from yifa.ledger.commitments import HASH_BYTES, Opening, commit_event, commit_field, readable
from yifa.registry import line as line_of


class Fault(NamedTuple):
    """Something that is not as it must be: case (None: no single one), act (None: the case itself), and what."""

    case: UUID | None
    seq: int | None
    what: str


_ROWS = (
    "numbers",
    "claims",
    "proposals",
    "papers",
    "clocks",
    "parties",
    "party_keys",
)
Private = tuple[dict[str, Any], dict[str, bytes]]  # fields and salts of an act


def with_rows(cases: QuerySet[Case]) -> Iterator[Case]:
    """Cases with what `case_faults` reads beside their acts, fetched for many of them at once."""
    return cases.prefetch_related(*_ROWS).iterator(chunk_size=500)


def faults(world: World) -> Iterator[Fault]:
    """All faults of all cases, of the number series, and rows that belong to no case."""
    series = evidence.Series()
    for case in with_rows(Case.objects.order_by("id")):
        yield from case_faults(case, world, series)
    yield from (Fault(None, None, what) for what in (*series.faults(), *evidence.strays()))


def case_faults(case: Case, world: World, series: evidence.Series | None = None) -> Iterator[Fault]:
    """Faults of one case: contents, chain, and (if these are sound) projections. Numbers given go into `series`."""
    rows = store.events_of(case.id)
    gone = erased(rows, world)
    read: dict[int, Private] = {}
    found = [
        fault
        for row in rows
        for fault in _content(case, row, world, gone.get(str(row.seq), frozenset()), read)
    ]
    chain = [ChainRow(str(case.id), r.seq + 1, _hash(r.commitment), _hash(r.head)) for r in rows]
    found += [Fault(case.id, f.seq - 1, f"链：{f.code}") for f in verify_chain(chain, bytes(case.head))]
    records = [] if found else [evidence.Record(row, read[row.seq][0]) for row in rows]
    found += [Fault(case.id, seq, what) for seq, what in evidence.beside(case, records, world)]
    yield from found
    if series is not None:
        series.add(case.line, records, whole=bool(records))
    if not found and all(row.payload is not None for row in rows):
        line = line_of(case.line)
        log = tuple(event_of(row, read[row.seq][0], line, world) for row in rows)
        yield from _projections(case, refold(line, world.env, log), world)


def erased(rows: Sequence[store.Row], world: World) -> dict[str, frozenset[str]]:
    """What recorded erasures have taken out, by step (or `proposal:ID`)."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.action == "erase" and row.payload is not None:
            with suppress(InvalidTag, KeyError, ValueError):
                for place, names in opened(row, world)[0]["data.what"].items():
                    found[place] = found.get(place, frozenset()) | frozenset(names)
    return found


def openings(case: UUID, seq: int, world: World) -> dict[str, Opening]:
    """What opens the committed fields of an act: values and salts. Whoever gets them can show what was done."""
    row = next((row for row in store.events_of(case) if row.seq == seq), None)
    if row is None:
        return {}
    private, salts = opened(row, world)
    fields = _meta(row, salts, _commitments(row), world) | private
    return {name: Opening(salt, fields[name]) for name, salt in salts.items()}


def _hash(value: bytes) -> bytes:
    """A stored hash in its proper length, so that a mangled one fails the comparison and not the program."""
    return bytes(value)[:HASH_BYTES].ljust(HASH_BYTES, b"\0")


def _content(
    case: Case, row: store.Row, world: World, gone: frozenset[str], read: dict[int, Private]
) -> Iterator[Fault]:
    """Faults of one act. `gone`: fields whose erasure is recorded; what else is missing was taken away.

    What could be opened goes into `read`, by step.
    """
    commitments = _commitments(row)
    if not commitments or commit_event(commitments) != bytes(row.commitment):
        yield Fault(case.id, row.seq, "承诺值与记录不符")
    if row.payload is None:
        yield Fault(case.id, row.seq, "内容缺失，没有删除记录")
        return
    try:
        private, salts = opened(row, world)
    except (InvalidTag, KeyError, ValueError) as error:
        yield Fault(case.id, row.seq, f"内容无法解密（{type(error).__name__}）")
        return
    read[row.seq] = private, salts
    fields = _meta(row, salts, commitments, world) | private
    for name in sorted(set(commitments) | set(fields)):
        salt = salts.get(name)
        if salt is None and name in gone:
            continue
        if salt is None or commit_field(salt, name, fields.get(name)) != commitments.get(name):
            yield Fault(case.id, row.seq, f"“{name}”被改动")


def _commitments(row: store.Row) -> dict[str, bytes]:
    """What the row says was committed; nothing if it is not in its form."""
    return readable(bytes(row.commitments))


def _meta(
    row: store.Row, salts: dict[str, bytes], commitments: dict[str, bytes], world: World
) -> dict[str, Any]:
    """The columns beside the payload, as they were committed."""
    found = {
        "meta.action": row.action,
        "meta.effective_on": row.effective_on,
        "meta.recorded_at": _as_recorded(row, salts, commitments),
        "meta.actor": row.actor,
        "meta.party": _party(row, world),
        "meta.re": row.re,
        "meta.after": row.after,
    }
    return {name: value for name, value in found.items() if value is not None}


def _party(row: store.Row, world: World) -> str | None:
    """The party an act concerns; a mangled alias as it stands, which no commitment fits."""
    try:
        return party_of(row, world)
    except InvalidTag:
        return row.party


def _as_recorded(row: store.Row, salts: dict[str, bytes], commitments: dict[str, bytes]) -> str:
    """The recording moment in the offset it was committed in (the database keeps the instant, not the offset)."""
    utc = row.recorded_at.isoformat()
    salt = salts.get("meta.recorded_at")
    if salt and commit_field(salt, "meta.recorded_at", utc) == commitments.get("meta.recorded_at"):
        return utc
    return timezone.localtime(row.recorded_at).isoformat()


def _projections(case: Case, view: View, world: World) -> Iterator[Fault]:
    """What the rows beside the acts say, against the fold of the acts."""
    locked = Locked(case.id, case.line, case.origin, case.number, case.next_seq, bytes(case.head))
    expected = writing.case_values(locked, view, bytes(case.head), case.number)
    actual = {
        "organ": case.organ, "stage": case.stage, "version": case.version, "final": case.version_final, "closed": case.closed,
        "sensitive": case.sensitive, "next": case.next_seq, "due": _text(case.next_due), "fire": _text(case.next_fire),
    }  # fmt: skip
    for name, value in actual.items():
        if expected[name] != value:
            yield Fault(case.id, None, f"案件“{name}”与重建结果不符")
    if facts_of(view) != case.facts:
        yield Fault(case.id, None, "案件“facts”与重建结果不符")
    clocks = {writing.clock_values(i) for instances in view.clocks.values() for i in instances}
    kept = {_clock(row) for row in case.clocks.all()}
    if clocks != kept:
        yield Fault(case.id, None, "期限与重建结果不符")
    if _stored_people(case, world) != _people(view, world):
        yield Fault(case.id, None, "当事人与重建结果不符")


_clock = attrgetter("clock", "seq", "subject", "variant", "start", "due", "provisional", "state", "ended_on")


def _people(view: View, world: World) -> Any:
    """Parties with role and card, and their blind indexes, as the acts say."""
    found = {world.alias(who): card for who, card in cards.cards(view).items()}
    people = {(world.alias(who), role, _card(found[world.alias(who)])) for who, role in view.parties.items()}
    return people, {(alias, *key) for alias, card in found.items() for key in cards.keys(card, world)}


def _stored_people(case: Case, world: World) -> Any:
    rows, keys = case.parties.all(), case.party_keys.all()
    people = {
        (row.identity, row.role, _opened_card(row.card, str(case.id), row.identity, world)) for row in rows
    }
    return people, {(key.identity, key.kind, bytes(key.blind)) for key in keys}


def _card(card: cards.Card) -> str:
    return json.dumps(card, sort_keys=True)


def _opened_card(card: Any, case: str, alias: str, world: World) -> str:
    try:
        return _card(cards.opened(card, case, alias, world))
    except (InvalidTag, KeyError, ValueError):
        return ""


def _text(day: Any) -> str | None:
    return None if day is None else str(day)


def rebuild(case: Case, world: World) -> None:
    """Write the derived columns and rows of a case anew from its events: the one function that does so."""
    line = line_of(case.line)
    view = refold(line, world.env, tuple(unseal(row, line, world) for row in store.events_of(case.id)))
    locked = Locked(case.id, case.line, case.organ, case.number, case.next_seq, bytes(case.head))
    writing.project(locked, view, bytes(case.head), case.number, cards.carded(view, str(case.id), world))
