"""`yifa registers verify`: every change against its commitments and its chain, every derived row against a rebuild."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag

from yifa.ledger.chain import ChainRow, verify_chain
from yifa.ledger.commitments import HASH_BYTES, commit_event, commit_field, readable
from yifa.platform.crypto import vault
from yifa.registers import store
from yifa.registers.codec import fields_of, keep, opened, places_of, unseal_personal
from yifa.registers.history import Change, Rectangle, rectangles
from yifa.registers.models import Change as ChangeRow
from yifa.registers.models import Entry, Version
from yifa.registers.services import entry_row
from yifa.registry import Owned, registers

Place = tuple[Any, ...]


class Fault(NamedTuple):
    """Something that is not as it must be: entry, change (None: the entry itself), and what."""

    entry: UUID
    seq: int | None
    what: str


def faults() -> Iterator[Fault]:
    """All faults of all entries."""
    for entry in Entry.objects.order_by("id").iterator():
        yield from entry_faults(entry)


def entry_faults(entry: Entry) -> Iterator[Fault]:
    """Faults of one entry: contents, chain, and (if these are sound) what is derived."""
    owned = registers().get(entry.register)
    rows = list(ChangeRow.objects.filter(entry=entry).order_by("seq"))
    if owned is None or not rows:
        yield Fault(entry.id, None, "没有声明这一名录" if owned is None else "没有任何变动记录")
        return
    found = [fault for row in rows for fault in _content(owned, row)]
    chain = [ChainRow(str(entry.id), r.seq + 1, _hash(r.commitment), _hash(r.head)) for r in rows]
    found += [Fault(entry.id, f.seq - 1, f"链：{f.code}") for f in verify_chain(chain, bytes(entry.head))]
    yield from found
    if not found and all(row.payload is not None for row in rows):
        yield from _derived(owned, entry)


def _hash(value: Any) -> bytes:
    return bytes(value)[:HASH_BYTES].ljust(HASH_BYTES, b"\0")


def _content(owned: Owned, row: ChangeRow) -> Iterator[Fault]:
    commitments = readable(bytes(row.commitments))
    if not commitments or commit_event(commitments) != bytes(row.commitment):
        yield Fault(row.entry_id, row.seq, "承诺值与记录不符")
    if row.payload is None:
        return
    try:
        private, salts = opened(row.entry_id, row.seq, bytes(row.payload), vault())
    except (InvalidTag, KeyError, ValueError) as error:
        yield Fault(row.entry_id, row.seq, f"内容无法解密（{type(error).__name__}）")
        return
    fields = _fields(row, private)
    for name in sorted(set(commitments) | set(fields)):
        salt = salts.get(name)
        if salt is None or commit_field(salt, name, fields.get(name)) != commitments.get(name):
            yield Fault(row.entry_id, row.seq, f"“{name}”被改动")


def _fields(row: ChangeRow, private: dict[str, Any]) -> dict[str, Any]:
    """The columns beside the payload, as they were committed, and what is in it."""
    kind: Any = row.kind
    change = Change(
        row.seq, kind, row.effective_on, row.recorded_at, {}, row.state, row.move, row.organ, row.target, row.dated,
        "", row.actor,
    )  # fmt: skip
    known = {
        name: value for name, value in fields_of(row.register, change).items() if name.startswith("meta.")
    }
    return known | private


def _derived(owned: Owned, entry: Entry) -> Iterator[Fault]:
    log = store.logs([entry.id], vault())[entry.id]
    expected = entry_row(entry.id, owned, log, bytes(entry.head), vault())
    actual = (entry.id, entry.register, bytes(entry.key), entry.organ, entry.next_seq, bytes(entry.head))
    if tuple(expected) != actual:
        yield Fault(entry.id, None, "条目与重建结果不符")
    due = {_due(owned, entry.id, rectangle) for rectangle in rectangles(log)}
    kept = [_kept(row) for row in Version.objects.filter(entry=entry)]
    if len(kept) != len(due) or set(kept) != due:
        yield Fault(entry.id, None, "历史与重建结果不符")


def _due(owned: Owned, entry: UUID, rectangle: Rectangle) -> Place:
    span, since, until = rectangle
    secret = {name: value for name, value in span.data.items() if name in owned.register.personal}
    clear = {name: value for name, value in span.data.items() if name not in secret}
    found = places_of(owned, span.data, vault())
    return (owned.code, span.seq, span.valid_from, span.valid_to, since, until, span.state, span.organ,
            _text(clear), _text(secret), _text(found))  # fmt: skip


def _kept(row: Version) -> Place:
    try:
        secret = unseal_personal(row.entry_id, None if row.personal is None else bytes(row.personal), vault())
    except (InvalidTag, KeyError, ValueError):
        secret = {"": "无法解密"}
    return (row.register, row.seq, row.valid_from, row.valid_to, row.known_from, row.known_to, row.state, row.organ,
            _text(row.data), _text(secret), _text(row.places))  # fmt: skip


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def rebuild(entry: Entry) -> None:
    """Write what is derived of an entry anew from its changes: the one function that does so."""
    owned, log = registers()[entry.register], store.logs([entry.id], vault())[entry.id]
    with store.atomic():
        store.put_entries([entry_row(entry.id, owned, log, _last_head(entry), vault())])
        Version.objects.filter(entry=entry).delete()
        store.put_versions(
            (entry.id, owned.code, r, keep(owned, entry.id, r.span, vault())) for r in rectangles(log)
        )


def _last_head(entry: Entry) -> bytes:
    return bytes(
        ChangeRow.objects.filter(entry=entry).order_by("seq").values_list("head", flat=True).last() or b""
    )
