"""Is the city's log what was signed, and is every event where the log says? Answers name the event.

The log keeps its own entries, tiles and checkpoints. They are checked against each other and against the events'
rows; truncation and rewriting by whoever holds the key show only against a checkpoint kept outside.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from yifa.casework import log
from yifa.casework.models import Checkpoint as CheckpointRow
from yifa.casework.models import Tile
from yifa.ledger import signing
from yifa.ledger.chain import leaf_entry
from yifa.ledger.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from yifa.ledger.commitments import HASH_BYTES
from yifa.ledger.errors import MalformedError
from yifa.ledger.merkle import CompactRange, leaf_hashes, parents
from yifa.ledger.tiles import WIDTH, decode_bundle


class LogFault(NamedTuple):
    """Something that is not as it must be: chain and number of the event (None: the log itself), and what."""

    case: str | None
    seq: int | None
    what: str


def name_of(entry: bytes) -> tuple[str, int]:
    """The event an entry names."""
    number = int.from_bytes(entry[HASH_BYTES : HASH_BYTES + 8])
    return entry[HASH_BYTES + 8 :].decode(errors="replace"), number


def log_faults() -> list[LogFault]:
    """Everything that is wrong with the log; empty when it holds."""
    size = log.log_size()
    entries: list[bytes] = []
    found = list(_bundles(size, entries))
    if not found:
        found += _events(entries)
        found += _tiles(entries)
        found += _checkpoints(entries)
    return found


def _bundles(size: int, entries: list[bytes]) -> Iterator[LogFault]:
    """Read the entries; what cannot be read is told by its place."""
    stored = dict(Tile.objects.filter(level=log.ENTRIES).values_list("index", "data"))
    for index in range(-(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        try:
            entries += decode_bundle(bytes(stored.pop(index, b"")), width)
        except MalformedError:
            yield LogFault(
                None, None, f"账本第{index * WIDTH}至{index * WIDTH + width - 1}条的登记内容损坏或缺失"
            )
    if stored:
        yield LogFault(None, None, f"账本多出{len(stored)}组未经签署的登记内容")


def _events(entries: list[bytes]) -> Iterator[LogFault]:
    """Every entry has its event and every event its entry."""
    due = 0
    for event in log.events():
        assert event.leaf is not None
        place = event.leaf
        yield from (_missing(entries[at]) for at in range(due, min(place, len(entries))))
        if place < due or place >= len(entries):
            yield LogFault(event.case, event.seq, f"账本中没有这一条（所标位置为第{place}条）")
        elif _entry(event) != entries[place]:
            case, seq = name_of(entries[place])
            yield LogFault(case, seq, f"账本第{place}条与现存记录不符")
        due = max(due, place + 1)
    yield from (_missing(entry) for entry in entries[due:])


def _entry(event: log.Logged) -> bytes | None:
    try:
        return leaf_entry(event.head, event.seq, event.case)
    except MalformedError:
        return None


def _missing(entry: bytes) -> LogFault:
    return LogFault(*name_of(entry), "账本已登记，记录却不在库中")


def _tiles(entries: list[bytes]) -> Iterator[LogFault]:
    """Stored tiles against what the entries give, level by level."""
    stored = {(level, index): data for level, index, data in _stored_tiles()}
    level, hashes = 0, leaf_hashes(entries)
    while hashes:
        tiles = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
        for index, tile in enumerate(tiles):
            yield from _tile(level, index, tile, stored.pop((level, index), b""), entries)
        hashes = [_top(tile) for tile in tiles if len(tile) == WIDTH]
        level += 1
    if stored:
        yield LogFault(None, None, f"账本多出{len(stored)}块散列")


def _stored_tiles() -> Iterator[tuple[int, int, bytes]]:
    rows = Tile.objects.exclude(level=log.ENTRIES).values_list("level", "index", "data")
    return ((level, index, bytes(data)) for level, index, data in rows.iterator())


def _tile(
    level: int, index: int, tile: list[bytes], stored: bytes, entries: list[bytes]
) -> Iterator[LogFault]:
    if b"".join(tile) == stored:
        return
    for at, expected in enumerate(tile):
        if stored[at * HASH_BYTES : (at + 1) * HASH_BYTES] != expected:
            first = (index * WIDTH + at) * WIDTH**level
            case, seq = name_of(entries[first])
            yield LogFault(case, seq, f"账本第{first}条" + ("起" if level else "") + "的散列与登记内容不符")
    if len(stored) > len(tile) * HASH_BYTES:
        yield LogFault(None, None, f"账本第{level}层第{index}块散列过长")


def _top(tile: list[bytes]) -> bytes:
    while len(tile) > 1:
        tile = parents(tile)
    return tile[0]


def _checkpoints(entries: list[bytes]) -> Iterator[LogFault]:
    """Every checkpoint that was ever signed is of this log."""
    tree, leaves, good = CompactRange(), iter(leaf_hashes(entries)), 0
    for size, note in CheckpointRow.objects.order_by("size").values_list("size", "note").iterator():
        state = _opened(bytes(note))
        if state is None or state.size != size:
            yield LogFault(None, None, f"{size}条时的检查点签名无效或被改动")
            continue
        tree = tree.extend(islice(leaves, size - tree.size))
        if tree.root() != state.root:
            case, seq = name_of(entries[good])
            yield LogFault(case, seq, f"账本第{good}至{size - 1}条中有改写，与{size}条时签署的检查点不符")
            return
        good = size


def _opened(note: bytes) -> Checkpoint | None:
    try:
        return open_checkpoint(note, [log.key()], signing.verify)
    except MalformedError:
        return None


def older_faults(note: bytes) -> list[LogFault]:
    """Whether today's log extends a checkpoint that was kept outside."""
    try:
        state = parse_checkpoint(note)
    except MalformedError:
        return [LogFault(None, None, "旧检查点的格式不符")]
    if _opened(note) is None:
        return [LogFault(None, None, "旧检查点不是本市账本的密钥所签")]
    entries: list[bytes] = []
    list(_bundles(log.log_size(), entries))
    if state.size > len(entries):
        case, seq = name_of(entries[-1]) if entries else (None, None)
        return [
            LogFault(
                case, seq, f"账本被截断：旧检查点有{state.size}条，现有{len(entries)}条，这是现存最后一条"
            )
        ]
    if CompactRange().extend(leaf_hashes(entries[: state.size])).root() != state.root:
        return [LogFault(None, None, f"账本被改写：前{state.size}条与旧检查点不一致")]
    return []
