"""The city's log: one sequencer appends committed events to the Merkle log and signs checkpoints.

Tiles and entry bundles are kept as rows: the log can name an event whose own row is gone. Leaves are appended in the
order of event ids, so within a chain in the order of `seq`. Whatever table announced itself in `platform.chains` is
sequenced, cases or registers alike.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from yifa.casework.models import Checkpoint as CheckpointRow
from yifa.casework.models import Tile
from yifa.ledger import signing, verifier
from yifa.ledger.chain import GENESIS, MAX_SEQ, leaf_entry
from yifa.ledger.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from yifa.ledger.commitments import Opening, readable
from yifa.ledger.export import EventRow, export_files
from yifa.ledger.merkle import EMPTY_ROOT, Nodes, consistency_proof, inclusion_proof, leaf_hashes, root
from yifa.ledger.note import Key
from yifa.ledger.receipt import Receipt
from yifa.ledger.tiles import WIDTH, decode_bundle, encode_bundle, grow, tile_nodes, tiles_read_by
from yifa.platform.chains import ChainTable, gather, tables

SEQUENCER_LOCK = 5_390_001  # one advisory lock for the whole city; any fixed number will do
BATCH = 10_000
T = TypeVar("T")
ENTRIES = -1  # the level under which entry bundles stand beside the tiles


class Logged(NamedTuple):
    """An event as the log knows it: its chain, its number from 1, its place (None: not sequenced yet)."""

    case: str
    seq: int
    leaf: int | None
    head: bytes
    commitment: bytes
    fields: dict[str, bytes]


def key() -> Key:
    """The city's public key."""
    return Key(settings.LOG_ORIGIN, signing.public_key(_seed()))


def _seed() -> bytes:
    return bytes.fromhex(settings.LOG_KEY)


# ------------------------------------------------------------------------------------------- appending


def sequence(limit: int = BATCH) -> int:
    """Append events that are not in the log yet and sign a new checkpoint; returns how many.

    Several processes may call it: the advisory lock lets one through at a time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (SEQUENCER_LOCK,))
        before = size = log_size()
        for table in tables():
            size += _append(table, size, limit - (size - before))
        if size > before:
            _sign(size)
    return size - before


def sequence_all() -> int:
    """Seal the journals, then append until nothing is left; returns how many events."""
    gather()
    total = 0
    while done := sequence():
        total += done
    return total


def waiting() -> int:
    """Committed events that the log has not got yet."""
    with connection.cursor() as cursor:
        return sum(_count_waiting(cursor, table) for table in tables())


def _count_waiting(cursor: Any, table: ChainTable) -> int:
    cursor.execute(f"SELECT count(*) FROM {_waiting(table)}")
    return int(cursor.fetchone()[0])


def _waiting(table: ChainTable) -> str:
    """The events without a place, as SQL behind FROM."""
    if table.waiting:
        return f"{table.waiting} JOIN {table.table} ON id = event_id"
    return f"{table.table} WHERE leaf IS NULL"


def _append(table: ChainTable, size: int, limit: int) -> int:
    """Up to `limit` events of one table behind the `size` leaves there are."""
    first = "event_id" if table.waiting else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, head, {table.seq}, {table.case} FROM {_waiting(table)} ORDER BY {first} LIMIT %s",
            (limit,),
        )
        found = cursor.fetchall()
        if not found:
            return 0
        entries = [leaf_entry(bytes(head), seq, case) for _, head, seq, case in found]
        _write_tiles(grow(_stored_tile, size, leaf_hashes(entries)) | _bundles(size, entries))
        _place(cursor, table, [row[0] for row in found], size)
    return len(found)


def _place(cursor: Any, table: ChainTable, ids: list[int], size: int) -> None:
    """Write down where these events stand: one behind the other, the first at `size`."""
    if not table.waiting:
        sql = f"UPDATE {table.table} AS e SET leaf = t.leaf FROM unnest(%s::bigint[], %s::bigint[]) AS t(id, leaf) WHERE e.id = t.id"
        cursor.execute(sql, (ids, list(range(size, size + len(ids)))))
        return
    with cursor.copy(f"COPY {table.leaves} (event_id, leaf) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int8", "int8"])
        for leaf, event in enumerate(ids, size):
            copy.write_row((event, leaf))
    cursor.execute(f"DELETE FROM {table.waiting} WHERE event_id = ANY(%s)", (ids,))


def _bundles(size: int, entries: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """Entry bundles that are new or longer."""
    index, used = divmod(size, WIDTH)
    start = [_stored_tile(ENTRIES, index)] if used else []
    first = WIDTH - used
    cuts = [entries[:first], *(entries[at : at + WIDTH] for at in range(first, len(entries), WIDTH))]
    bundles = [encode_bundle(cut) for cut in cuts]
    bundles[0] = b"".join([*start, bundles[0]])
    return {(ENTRIES, index + at): bundle for at, bundle in enumerate(bundles)}


def _stored_tile(level: int, index: int) -> bytes:
    return bytes(Tile.objects.values_list("data", flat=True).get(level=level, index=index))


def _write_tiles(tiles: dict[tuple[int, int], bytes]) -> None:
    rows = [Tile(level=level, index=index, data=data) for (level, index), data in tiles.items()]
    Tile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["level", "index"], update_fields=["data"]
    )


def _sign(size: int) -> None:
    state = Checkpoint(settings.LOG_ORIGIN, size, root_at(size))
    note = sign_checkpoint(state, key(), lambda m: signing.sign(_seed(), m))
    CheckpointRow.objects.create(size=size, note=note, at=timezone.now())


# ------------------------------------------------------------------------------------------- reading


def log_size() -> int:
    """Leaves in the log."""
    newest = CheckpointRow.objects.order_by("-size").values_list("size", flat=True).first()
    return newest or 0


def latest() -> bytes | None:
    """The newest checkpoint, as a signed note."""
    note = CheckpointRow.objects.order_by("-size").values_list("note", flat=True).first()
    return None if note is None else bytes(note)


def _prefetched(make: Callable[[Nodes], T]) -> T:
    """What is made out of the stored tree, all its tiles fetched in one query."""
    places = tiles_read_by(make)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, index, data FROM casework_tile WHERE (level, index) IN "
            "(SELECT * FROM unnest(%s::int[], %s::bigint[]))",
            ([place[0] for place in places], [place[1] for place in places]),
        )
        tiles = {(row[0], row[1]): bytes(row[2]) for row in cursor.fetchall()}

    def read(level: int, index: int) -> bytes:
        return tiles[level, index]

    return make(tile_nodes(read))


def _newest() -> tuple[int, bytes] | None:
    """Size and note of the newest checkpoint."""
    found = CheckpointRow.objects.order_by("-size").values_list("size", "note").first()
    return None if found is None else (found[0], bytes(found[1]))


def root_at(size: int) -> bytes:
    """Root of the tree of the first `size` leaves."""
    return _prefetched(lambda nodes: root(nodes, size)) if size else EMPTY_ROOT


def entries(size: int) -> Iterator[bytes]:
    """The log's own entries, in order."""
    rows = Tile.objects.filter(level=ENTRIES).order_by("index").values_list("index", "data")
    for index, data in rows.iterator():
        width = min(WIDTH, size - index * WIDTH)
        if width > 0:
            yield from decode_bundle(bytes(data), width)


def events(where: str = "leaf IS NOT NULL", values: Sequence[Any] = ()) -> Iterator[Logged]:
    """Events of all tables in the order of the log. `where` is SQL over `kase`, `number` and `leaf`."""
    union = " UNION ALL ".join(_select(table) for table in tables())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"DECLARE logged NO SCROLL CURSOR FOR SELECT * FROM ({union}) AS e WHERE {where} ORDER BY leaf, kase, number",
            values,
        )
        try:
            while rows := _fetched(cursor):
                yield from rows
        finally:
            if not connection.needs_rollback:
                cursor.execute("CLOSE logged")


def _select(table: ChainTable) -> str:
    placed = f"{table.table} LEFT JOIN {table.leaves} ON event_id = id" if table.leaves else table.table
    return f"SELECT {table.case} AS kase, {table.seq} AS number, leaf, head, commitment, commitments AS fields FROM {placed}"


def chain(case: str, first: int = 1, last: int = MAX_SEQ) -> list[Logged]:
    """Events of one chain, numbered from `first` through `last`: found by the tables' own keys."""
    for table in tables():
        key = table.key(case)
        if key is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"{_select(table)} WHERE {table.column} = %s AND {table.seq} BETWEEN %s AND %s ORDER BY number",
                (key, first, last),
            )
            found = [_logged(row) for row in cursor.fetchall()]
        if found:
            return found
    return []


def _fetched(cursor: Any) -> list[Logged]:
    cursor.execute("FETCH 2000 FROM logged")
    return [_logged(row) for row in cursor.fetchall()]


def _logged(row: tuple[Any, ...]) -> Logged:
    case, seq, leaf, head, commitment, fields = row
    return Logged(case, seq, leaf, bytes(head), bytes(commitment), readable(bytes(fields)))


# ------------------------------------------------------------------------------------------- handing out


def receipt(case: object, seq: int, opened: dict[str, Opening] | None = None) -> Receipt | None:
    """The receipt of event `seq` (0, 1, …) of a chain, once it is in the log. `opened`: what its holder may see."""
    found = chain(str(case), max(seq, 1), seq + 1)
    row = next((e for e in found if e.seq == seq + 1), None)
    newest = _newest()
    if row is None or row.leaf is None or newest is None:
        return None
    size, note = newest
    leaf = row.leaf
    before = next((e.head for e in found if e.seq == seq), GENESIS)
    proof = _prefetched(lambda nodes: inclusion_proof(nodes, leaf, size))
    return Receipt(
        row.case, row.seq, row.commitment, before, row.head, leaf, tuple(proof), note.decode(), row.fields,
        opened or {},
    )  # fmt: skip


class Consistency(NamedTuple):
    """That the log of an older checkpoint is the beginning of today's (RFC 9162 section 2.1.4)."""

    old: Checkpoint
    new: Checkpoint
    proof: tuple[bytes, ...]


def consistency(old: bytes) -> Consistency | None:
    """Proof towards the newest checkpoint from an older one; None if the log is shorter than that or empty."""
    note, before = latest(), parse_checkpoint(old)
    if note is None or before.size > log_size():
        return None
    now = parse_checkpoint(note)
    proof = _prefetched(lambda nodes: consistency_proof(nodes, before.size, now.size))
    return Consistency(before, now, tuple(proof))


def export(folder: Path, cases: Iterable[str] | None = None, receipts: Iterable[Receipt] = ()) -> int:
    """Write what an outsider needs to check everything, with the stand-alone verifier; returns the leaves.

    cases  only the events of these chains (a partial export); the log itself is always complete.
    """
    size, note = log_size(), latest()
    if note is None:
        return 0
    chosen = None if cases is None else list(cases)
    where, values = (
        ("leaf < %s", [size]) if chosen is None else ("leaf < %s AND kase = ANY(%s)", [size, chosen])
    )
    rows = (EventRow(e.case, e.seq, e.leaf or 0, e.head, e.fields) for e in events(where, values))
    for path, data in export_files(note, [key()], size, _stored_tile, entries(size), rows, receipts):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as file:
            file.write(data)
    source = Path(verifier.__file__)
    (folder / "verifier.py").write_bytes(source.read_bytes())
    return size
