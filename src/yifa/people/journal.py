"""Journals 留痕: who looked (`access`), who did what to accounts and roles (`change`); sealed in batches into the city's log.

A batch lists every record by id and hash, and is a link of the journal's own chain (`people-access`, `people-change`), which
the sequencer takes up like a case. So each record that is changed, taken away or put in later is named. Records newer than
the last batch are held by nothing yet; the worker seals every minute.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone

from yifa.ledger.canonical import encode, plain
from yifa.ledger.chain import GENESIS
from yifa.ledger.record import record
from yifa.people.models import Access, Change, Conflict, Membership, Seal, Substitution, User

SEALING_LOCK = 5_390_002  # one advisory lock for all journals; any fixed number will do
BATCH = 10_000
ID, HASH = 8, 32
CHAIN = "people-"  # before the journal's name: what its chain is called in public

JOURNALS: Mapping[str, type[models.Model]] = {"access": Access, "change": Change}
# Table → the columns that a change records. What machines keep for themselves (password, last_login) is left out.
TRACKED: Mapping[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "user": (User, ("login", "display_name", "power", "is_active")),
    "membership": (Membership, ("user_id", "power", "organ_id", "role", "valid_from", "valid_to", "granted_by_id")),
    "substitution": (
        Substitution,
        ("principal_id", "substitute_id", "power", "organ_id", "role", "authority", "valid_from", "valid_to"),
    ),
    "conflict": (Conflict, ("user_id", "case", "organ_id", "person_blind", "ground", "declared_at", "withdrawn_at")),
}  # fmt: skip


REVOKED = "revoke"  # what is said of a row that is taken back before it came to be: it is gone, the record says what it was


# ------------------------------------------------------------------------------ writing down


def note(kind: str, row: models.Model, what: str, by: int | None, reason: str = "") -> None:
    """Record what was done to a row, in the transaction that does it."""
    after = told(kind, _stored(kind, row))
    Change.objects.create(
        at=timezone.now(), by_id=by, kind=kind, row=str(row.pk), what=what, reason=reason, after=after
    )


def _stored(kind: str, row: models.Model) -> models.Model:
    """The row as the database has it, so that the record says what a reader will find."""
    model, _ = TRACKED[kind]
    found: models.Model = model._default_manager.get(pk=row.pk)  # noqa: SLF001  Django's name for it
    return found


def told(kind: str, row: models.Model) -> dict[str, Any]:
    """The recorded columns of a row, in canonical form."""
    return {name: _plain(getattr(row, name)) for name in TRACKED[kind][1]}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


# ------------------------------------------------------------------------------ sealing


class Entry(NamedTuple):
    """A record as a batch names it."""

    id: int
    hash: bytes


def entry(journal: str, row: models.Model) -> Entry:
    """Id and SHA-256 of `"yifa/" || journal || "/v1\\n"` and the canonical JSON of all columns."""
    names = (field.attname for field in JOURNALS[journal]._meta.concrete_fields)  # noqa: SLF001  public under a private name
    columns = {
        name: plain(value) if isinstance(value := getattr(row, name), dict) else _plain(value)
        for name in names
    }
    return Entry(int(row.pk), hashlib.sha256(f"yifa/{journal}/v1\n".encode() + encode(columns)).digest())


def entries(packed: bytes) -> Iterator[Entry]:
    """The entries of a batch."""
    for at in range(0, len(packed), ID + HASH):
        yield Entry(int.from_bytes(packed[at : at + ID]), packed[at + ID : at + ID + HASH])


def _packed(found: Iterable[Entry]) -> bytes:
    return b"".join(each.id.to_bytes(ID) + each.hash for each in found)


def seal() -> int:
    """Seal what is not sealed yet, of every journal; how many records. Any process may call it, at any time."""
    return sum(_seal(journal) for journal in JOURNALS)


def _seal(journal: str) -> int:
    total = 0
    while _waiting(journal):
        total += _batch(journal)
    return total


def _waiting(journal: str) -> bool:
    return JOURNALS[journal]._default_manager.filter(pk__gt=_sealed(journal)).exists()  # noqa: SLF001


def _sealed(journal: str) -> int:
    """The newest record that is sealed."""
    last = _last(journal)
    return 0 if last is None else int.from_bytes(bytes(last.entries)[-ID - HASH : -HASH])


def _last(journal: str) -> Seal | None:
    return Seal.objects.filter(journal=journal).order_by("-seq").first()


@transaction.atomic
def _batch(journal: str) -> int:
    """One batch. Whoever is writing a record finishes first, so that none with a lower id comes after it."""
    model = JOURNALS[journal]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (SEALING_LOCK,))
        cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")  # noqa: SLF001
    before = _last(journal)
    rows = model._default_manager.filter(pk__gt=_sealed(journal)).order_by("pk")[:BATCH]  # noqa: SLF001
    found = [entry(journal, row) for row in rows]
    if found:
        _write(journal, _packed(found), before)
    return len(found)


def _write(journal: str, packed: bytes, before: Seal | None) -> None:
    seq, now = 1 if before is None else before.seq + 1, timezone.now()
    head = GENESIS if before is None else bytes(before.head)
    fields = fields_of(journal, now, packed)
    made = record(fields, CHAIN + journal, seq, head, lambda count: os.urandom(16 * count))
    Seal.objects.create(
        journal=journal, seq=seq, at=now, entries=packed, salts=made.salts_by_name(), commitments=made.commitments,
        commitment=made.commitment, head=made.head,
    )  # fmt: skip


def fields_of(journal: str, at: datetime, packed: bytes) -> dict[str, Any]:
    """What a batch commits to: whose it is, when, how many records, and all of them by one hash."""
    return {
        "journal": journal, "at": at.astimezone(UTC).isoformat(), "count": len(packed) // (ID + HASH),
        "digest": hashlib.sha256(packed).hexdigest(),
    }  # fmt: skip
