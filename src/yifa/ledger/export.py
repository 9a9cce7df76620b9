"""The files of an export: what an outsider needs to check the records without our code or our database.

Pure: yields (path, bytes) pairs, parts of one file in order under the same path; the caller writes them.
The format is written down in docs/ledger.md, "Export"; ``verifier.py`` checks it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeAlias

from yifa.ledger.canonical import encode
from yifa.ledger.chain import case_bytes
from yifa.ledger.commitments import HASH_BYTES, Opening
from yifa.ledger.note import Key
from yifa.ledger.receipt import Receipt, opened_form, to_json
from yifa.ledger.tiles import ReadTile, bundles_of, encode_bundle, tiles_of

ColumnClass: TypeAlias = Literal["evidenced", "derived", "operational"]

COLUMNS: dict[str, ColumnClass] = {
    "case": "evidenced",
    "seq": "evidenced",
    "fields": "evidenced",
    "open": "evidenced",
    "head": "derived",
    "index": "derived",
}
"""Class of every column of an exported event: the verifier detects a change in any of them."""

_ROWS_A_PART = 1000


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as exported: field commitments always, values and salts where the reader may see them."""

    case: str
    seq: int
    index: int
    head: bytes
    fields: Mapping[str, bytes]
    opened: Mapping[str, Opening] = field(default_factory=dict)


def row_line(row: EventRow) -> bytes:
    """Canonical JSON line of a row; ``open`` is left out when nothing is opened."""
    case_bytes(row.case)
    form: dict[str, object] = {
        "case": row.case,
        "fields": {name: commitment.hex() for name, commitment in row.fields.items()},
        "head": row.head.hex(),
        "index": row.index,
        "seq": row.seq,
    }
    if row.opened:
        form["open"] = opened_form(row.opened)
    return encode(form) + b"\n"


def export_files(
    checkpoint: bytes,
    keys: Iterable[Key],
    size: int,
    tiles: ReadTile,
    entries: Iterable[bytes],
    rows: Iterable[EventRow],
    receipts: Iterable[Receipt] = (),
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the log at ``size`` leaves.

    ``entries`` are all leaf entries in order; ``rows`` ascend by index and may leave whole cases out.
    """
    yield "checkpoint", checkpoint
    yield "keys", "".join(f"{key}\n" for key in keys).encode()
    for tile in tiles_of(size):
        yield tile.path(), tiles(tile.level or 0, tile.index)[: tile.width * HASH_BYTES]
    source = iter(entries)
    for bundle in bundles_of(size):
        yield bundle.path(), encode_bundle(islice(source, bundle.width))
    lines = map(row_line, rows)
    while part := b"".join(islice(lines, _ROWS_A_PART)):
        yield "events.ndjson", part
    for receipt in receipts:
        yield f"receipts/{receipt.index:012}.json", to_json(receipt)
