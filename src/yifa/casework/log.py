"""The city's log: one sequencer appends committed events to the Merkle log and signs checkpoints.

Tiles are kept as rows. Leaves are appended in the order of event ids, so within a case in the order of `seq`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from yifa.casework.models import Checkpoint as CheckpointRow
from yifa.casework.models import EventRow as EventTable
from yifa.casework.models import Tile
from yifa.ledger import signing, verifier
from yifa.ledger.chain import GENESIS, leaf_entry
from yifa.ledger.checkpoint import Checkpoint, sign_checkpoint
from yifa.ledger.export import EventRow, export_files
from yifa.ledger.merkle import EMPTY_ROOT, inclusion_proof, leaf_hashes, root
from yifa.ledger.note import Key
from yifa.ledger.receipt import Receipt
from yifa.ledger.tiles import grow, tile_nodes

SEQUENCER_LOCK = 5_390_001  # one advisory lock for the whole city; any fixed number will do
BATCH = 10_000


def key() -> Key:
    """The city's public key."""
    return Key(settings.LOG_ORIGIN, signing.public_key(_seed()))


def _seed() -> bytes:
    return bytes.fromhex(settings.LOG_KEY)


def sequence(limit: int = BATCH) -> int:
    """Append events that are not in the log yet and sign a new checkpoint; returns how many.

    Several processes may call it: the advisory lock lets one through at a time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (SEQUENCER_LOCK,))
        cursor.execute(
            "SELECT id, head, seq, case_id FROM casework_event WHERE leaf IS NULL ORDER BY id LIMIT %s",
            (limit,),
        )
        waiting = cursor.fetchall()
        if not waiting:
            return 0
        size = log_size()
        entries = [leaf_entry(bytes(head), seq + 1, str(case)) for _, head, seq, case in waiting]
        _write_tiles(grow(_stored_tile, size, leaf_hashes(entries)))
        ids = [row[0] for row in waiting]
        cursor.execute(
            "UPDATE casework_event SET leaf = t.leaf FROM unnest(%s::bigint[], %s::bigint[]) AS t(id, leaf) "
            "WHERE casework_event.id = t.id",
            (ids, list(range(size, size + len(ids)))),
        )
        _sign(size + len(ids))
    return len(waiting)


def _stored_tile(level: int, index: int) -> bytes:
    return bytes(Tile.objects.values_list("data", flat=True).get(level=level, index=index))


def _write_tiles(tiles: dict[tuple[int, int], bytes]) -> None:
    rows = [Tile(level=level, index=index, data=data) for (level, index), data in tiles.items()]
    Tile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["level", "index"], update_fields=["data"]
    )


def _sign(size: int) -> None:
    tree = root(tile_nodes(_stored_tile), size) if size else EMPTY_ROOT
    note = sign_checkpoint(
        Checkpoint(settings.LOG_ORIGIN, size, tree), key(), lambda m: signing.sign(_seed(), m)
    )
    CheckpointRow.objects.create(size=size, note=note, at=timezone.now())


def log_size() -> int:
    """Leaves in the log."""
    newest = CheckpointRow.objects.order_by("-size").values_list("size", flat=True).first()
    return newest or 0


def latest() -> bytes | None:
    """The newest checkpoint, as a signed note."""
    note = CheckpointRow.objects.order_by("-size").values_list("note", flat=True).first()
    return None if note is None else bytes(note)


def receipt(case: UUID, seq: int) -> Receipt | None:
    """The receipt of an act, once it is in the log."""
    row = EventTable.objects.filter(case_id=case, seq=seq).first()
    note = latest()
    if row is None or row.leaf is None or note is None:
        return None
    before = EventTable.objects.filter(case_id=case, seq=seq - 1).values_list("head", flat=True).first()
    proof = inclusion_proof(tile_nodes(_stored_tile), row.leaf, log_size())
    return Receipt(
        str(case), seq + 1, bytes(row.commitment), GENESIS if before is None else bytes(before), bytes(row.head),
        row.leaf, tuple(proof), note.decode(), _fields(row),
    )  # fmt: skip


def _fields(row: Any) -> dict[str, bytes]:
    return {name: bytes.fromhex(value) for name, value in row.commitments.items()}


def export(folder: Path) -> int:
    """Write what an outsider needs to check everything, with the stand-alone verifier; returns the leaves."""
    size, note = log_size(), latest()
    if note is None:
        return 0
    rows = EventTable.objects.filter(leaf__lt=size).order_by("leaf")
    entries = (leaf_entry(bytes(r.head), r.seq + 1, str(r.case_id)) for r in rows.iterator())
    for path, data in export_files(note, [key()], size, _stored_tile, entries, _export_rows(rows)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as file:
            file.write(data)
    source = Path(verifier.__file__)
    (folder / "verifier.py").write_bytes(source.read_bytes())
    return size


def _export_rows(rows: Any) -> Iterator[EventRow]:
    for row in rows.iterator():
        yield EventRow(str(row.case_id), row.seq + 1, row.leaf, bytes(row.head), _fields(row))
