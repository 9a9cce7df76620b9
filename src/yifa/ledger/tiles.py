"""Hash tiles and entry bundles after C2SP tlog-tiles: paths, contents, growing, and reading nodes from tiles.

A tile is the concatenation of up to 256 hashes of one tile level; tile level L holds tree level 8 * L.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from yifa.ledger.commitments import HASH_BYTES
from yifa.ledger.errors import MalformedError
from yifa.ledger.merkle import Nodes, parents

WIDTH = 256
TILE_BYTES = WIDTH * HASH_BYTES
MAX_ENTRY_BYTES = 65535
ENTRIES = "entries"
_HEIGHT = 8
_PATH = re.compile(
    r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?",
    re.ASCII,
)

ReadTile: TypeAlias = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Tile:
    """Place of a tile: level (``None`` for an entry bundle), index in the level, number of hashes in it."""

    level: int | None
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Path below the log's prefix, e.g. ``tile/0/x001/x234/067.p/5``."""
        level = ENTRIES if self.level is None else str(self.level)
        *high, low = _thousands(self.index)
        name = "".join(f"x{part:03}/" for part in high) + f"{low:03}"
        return f"tile/{level}/{name}" + ("" if self.width == WIDTH else f".p/{self.width}")


def parse_path(path: str) -> Tile:
    """Parse a tile path strictly: only the one spelling ``Tile.path`` writes is accepted."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise MalformedError("tile_path")
    level, high, low, width = match.groups()
    index = int(high.replace("x", "").replace("/", "") + low)
    tile = Tile(None if level == ENTRIES else int(level), index, int(width or WIDTH))
    if tile.width > WIDTH or tile.path() != path:
        raise MalformedError("tile_path")
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Every hash tile of a tree of ``size`` leaves, level by level, partial ones last in their level."""
    level = 0
    while size:
        yield from bundles_of(size, level)
        level, size = level + 1, size // WIDTH


def bundles_of(size: int, level: int | None = None) -> Iterator[Tile]:
    """Places of ``size`` consecutive items of one level (default: the entry bundles)."""
    full, rest = divmod(size, WIDTH)
    for index in range(full):
        yield Tile(level, index)
    if rest:
        yield Tile(level, full, rest)


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Concatenate entries, each after its length as two bytes big-endian."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise MalformedError("entry_length")
        parts += (len(entry).to_bytes(2), entry)
    return b"".join(parts)


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """Split a bundle of exactly ``width`` entries."""
    entries: list[bytes] = []
    start = 0
    while start < len(data):
        end = start + 2 + int.from_bytes(data[start : start + 2])
        entries.append(data[start + 2 : end])
        start = end
    if start != len(data) or len(entries) != width:
        raise MalformedError("bundle")
    return entries


def grow(read: ReadTile, size: int, leaves: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """Append leaf hashes to a tree of ``size`` leaves; return every new or longer tile, keyed (level, index).

    ``read`` gives a stored tile's bytes (at least as many hashes as the tree of ``size`` needs) and is asked
    only for the partial tile at the right edge of each level.
    """
    changed: dict[tuple[int, int], bytes] = {}
    level, hashes = 0, list(leaves)
    while hashes:
        index, used = divmod(size, WIDTH)
        start = read(level, index)[: used * HASH_BYTES] if used else b""
        new = {(level, index + at): tile for at, tile in enumerate(_cut(start + b"".join(hashes)))}
        hashes = [_pyramid(tile)[-1][0] for tile in new.values() if len(tile) == TILE_BYTES]
        changed |= new
        level, size = level + 1, size // WIDTH
    return changed


def tile_nodes(read: ReadTile, cached: int = 1024) -> Nodes:
    """Return a reader of tree nodes over stored tiles, keeping the inner hashes of ``cached`` tiles."""

    @lru_cache(maxsize=cached)
    def levels(level: int, index: int) -> list[list[bytes]]:
        return _pyramid(read(level, index))

    def node(level: int, index: int) -> bytes:
        tile_level, inner = divmod(level, _HEIGHT)
        per_tile = _HEIGHT - inner
        return levels(tile_level, index >> per_tile)[inner][index & ((1 << per_tile) - 1)]

    return node


def tiles_read_by(make: Callable[[Nodes], object]) -> list[tuple[int, int]]:
    """The tiles that a proof or a root reads, (level, index) in order, so that all can be fetched at once.

    make  makes it out of a reader of nodes; what it reads must not depend on the hashes.
    """
    found: dict[tuple[int, int], None] = {}

    def node(level: int, index: int) -> bytes:
        tile_level, inner = divmod(level, _HEIGHT)
        found[tile_level, index >> (_HEIGHT - inner)] = None
        return b""

    make(node)
    return list(found)


def _pyramid(tile: bytes) -> list[list[bytes]]:
    """The tile's hashes and all complete levels above them inside the tile."""
    rows = [[tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]]
    while len(rows[-1]) > 1:
        rows.append(parents(rows[-1]))
    return rows


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + TILE_BYTES] for at in range(0, len(data), TILE_BYTES)]


def _thousands(number: int) -> list[int]:
    parts = [number % 1000]
    while number := number // 1000:
        parts.insert(0, number % 1000)
    return parts
