"""Tile paths and contents after C2SP tlog-tiles."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.ledger.errors import MalformedError
from yifa.ledger.merkle import consistency_proof, inclusion_proof, node_hash, root
from yifa.ledger.tiles import (
    TILE_BYTES,
    Tile,
    bundles_of,
    decode_bundle,
    encode_bundle,
    grow,
    parse_path,
    tile_nodes,
    tiles_of,
    tiles_read_by,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(63, 999, 1), "tile/63/999.p/1"),
        (Tile(1, 1000, 255), "tile/1/x001/000.p/255"),
        (Tile(None, 273, 112), "tile/entries/273.p/112"),
    ],
)
def test_paths(tile: Tile, path: str) -> None:
    assert tile.path() == path
    assert parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/001/000",
        "tile/0/x000/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/",
        "tile/entry/000",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/0/٠٠٠",
        "tile/0/" + "x001/" * 9 + "000",
    ],
)
def test_other_spellings_are_refused(path: str) -> None:
    with pytest.raises(MalformedError, match="tile_path"):
        parse_path(path)


def test_the_example_of_the_specification() -> None:
    tiles = list(tiles_of(70_000))
    assert tiles[:273] == [Tile(0, index) for index in range(273)]
    assert tiles[273:] == [Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []
    assert list(bundles_of(257)) == [Tile(None, 0), Tile(None, 1, 1)]


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_round_trip(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries), len(entries)) == entries


@pytest.mark.parametrize(("data", "width"), [(b"", 1), (b"\x00", 1), (b"\x00\x02a", 1), (b"\x00\x01a", 2)])
def test_bad_bundles(data: bytes, width: int) -> None:
    with pytest.raises(MalformedError, match="bundle"):
        decode_bundle(data, width)


def test_an_entry_may_have_65535_bytes() -> None:
    assert len(encode_bundle([bytes(65535)])) == 65537
    with pytest.raises(MalformedError, match="entry_length"):
        encode_bundle([bytes(65536)])


@pytest.mark.parametrize("portion", [1, 255, 256, 257, 5000, 66_000])
def test_growing_in_any_portions_gives_the_same_tiles(portion: int) -> None:
    total = 66_000 if portion > 1000 else 1100
    leaves = [sha256(number.to_bytes(4)).digest() for number in range(total)]
    tiles: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return tiles[level, index]

    for start in range(0, total, portion):
        tiles.update(grow(read, start, leaves[start : start + portion]))
    assert {at: len(tile) // 32 for at, tile in tiles.items()} == {
        (tile.level, tile.index): tile.width for tile in tiles_of(total)
    }
    assert b"".join(tiles[0, index] for index in range(-(-total // 256))) == b"".join(leaves)
    assert tiles[1, 0][:32] == pyramid(leaves[:256])


def test_a_longer_stored_tile_is_cut_to_the_size_asked_for() -> None:
    one, other = bytes(32), bytes([1]) * 32
    assert grow(lambda *_: one + one, 1, [other]) == {(0, 0): one + other}


def test_growing_by_nothing_changes_nothing() -> None:
    assert grow(lambda *_: b"", 300, []) == {}


def test_a_full_tile_is_8192_bytes() -> None:
    tiles = grow(lambda *_: b"", 0, [bytes(32)] * 256)
    assert len(tiles[0, 0]) == TILE_BYTES == 8192


def pyramid(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


@given(st.data())
def test_what_a_proof_reads_is_known_before(data: st.DataObject) -> None:
    size = data.draw(st.sampled_from([1, 255, 256, 257, 700, 66_000]) | st.integers(1, 70_000))
    index = data.draw(st.integers(0, size - 1))
    read: set[tuple[int, int]] = set()

    def tile(level: int, at: int) -> bytes:
        read.add((level, at))
        return bytes(32 * min(256, (size >> 8 * level) - 256 * at))

    for make in (
        lambda nodes: inclusion_proof(nodes, index, size), lambda nodes: root(nodes, size),
        lambda nodes: consistency_proof(nodes, index, size),
    ):  # fmt: skip
        read.clear()
        made = make(tile_nodes(tile))
        assert set(tiles_read_by(make)) == read
        assert made is not None
