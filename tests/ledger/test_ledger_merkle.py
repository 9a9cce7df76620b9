"""The tree against the Certificate Transparency reference vectors, a naive recursive tree, and bit flips."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.ledger.errors import MalformedError
from yifa.ledger.merkle import (
    EMPTY_ROOT,
    CompactRange,
    Nodes,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from yifa.ledger.tiles import grow, tile_nodes

INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
L01 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
L04 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
L06 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
N11 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N12 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N13 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N21 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSION = [
    (0, 1, []),
    (0, 8, [L01, N11, N21]),
    (5, 8, [L04, N13, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], N11, L04]),
]
CONSISTENCY = [
    (1, 1, []),
    (1, 8, [L01, N11, N21]),
    (2, 8, [N11, N21]),
    (6, 8, [N12, N13, ROOTS[4]]),
    (2, 5, [N11, L04]),
    (6, 7, [N12, L06, ROOTS[4]]),
]


def tree(entries: Sequence[bytes]) -> Nodes:
    tiles: dict[tuple[int, int], bytes] = {}
    tiles |= grow(lambda level, index: tiles[level, index], 0, leaf_hashes(entries))
    return tile_nodes(lambda level, index: tiles[level, index])


def naive(entries: Sequence[bytes]) -> bytes:
    """RFC 9162 section 2.1.1 word for word."""
    if len(entries) < 2:
        return leaf_hash(entries[0]) if entries else sha256(b"").digest()
    split = 1 << (len(entries) - 1).bit_length() - 1
    return node_hash(naive(entries[:split]), naive(entries[split:]))


def unhex(texts: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


def flipped(data: bytes, bit: int) -> bytes:
    bit %= len(data) * 8
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


REFERENCE = tree(INPUTS)
MANY = [number.to_bytes(3) for number in range(700)]
MANY_NODES = tree(MANY)
SIZES = st.integers(1, len(MANY))


@pytest.mark.parametrize("size", range(9))
def test_reference_roots(size: int) -> None:
    expected = bytes.fromhex(ROOTS[size])
    assert root(REFERENCE, size) == CompactRange().extend(leaf_hashes(INPUTS[:size])).root() == expected


def test_empty_root() -> None:
    assert bytes.fromhex(ROOTS[0]) == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_reference_inclusion(index: int, size: int, proof: list[str]) -> None:
    assert inclusion_proof(REFERENCE, index, size) == unhex(proof)
    leaf = leaf_hash(INPUTS[index])
    assert verify_inclusion(leaf, index, size, unhex(proof), bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_reference_consistency(old: int, new: int, proof: list[str]) -> None:
    assert consistency_proof(REFERENCE, old, new) == unhex(proof)
    assert verify_consistency(old, new, *unhex([ROOTS[old], ROOTS[new]]), unhex(proof))


@given(SIZES, st.lists(st.integers(0, 300), max_size=4))
def test_compact_range_in_any_portions_equals_the_naive_tree(size: int, cuts: list[int]) -> None:
    log, start = CompactRange(), 0
    for cut in [*cuts, size]:
        log, start = log.extend(leaf_hashes(MANY[start : min(size, start + cut)])), min(size, start + cut)
    assert (log.size, log.root()) == (start, naive(MANY[:start]))
    assert root(MANY_NODES, start) == log.root()


@given(st.data(), SIZES)
def test_inclusion_holds_and_no_bit_may_flip(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf, top, proof = (
        leaf_hash(MANY[index]),
        root(MANY_NODES, size),
        inclusion_proof(MANY_NODES, index, size),
    )
    assert verify_inclusion(leaf, index, size, proof, top)
    bit = data.draw(st.integers(0, 10**6))
    assert not verify_inclusion(flipped(leaf, bit), index, size, proof, top)
    assert not verify_inclusion(leaf, index, size, proof, flipped(top, bit))
    for at, sibling in enumerate(proof):
        changed = [*proof[:at], flipped(sibling, bit), *proof[at + 1 :]]
        assert not verify_inclusion(leaf, index, size, changed, top)
    assert not verify_inclusion(leaf, index, size, [*proof, top], top)
    if proof:
        assert not verify_inclusion(leaf, index, size, proof[:-1], top)
    wrong = data.draw(st.integers(-1, size))
    assert verify_inclusion(leaf, wrong, size, proof, top) == (wrong == index)


@given(st.data(), SIZES)
def test_consistency_holds_and_no_bit_may_flip(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new))
    before, after = root(MANY_NODES, old), root(MANY_NODES, new)
    proof = consistency_proof(MANY_NODES, old, new)
    assert verify_consistency(old, new, before, after, proof)
    bit = data.draw(st.integers(0, 10**6))
    assert not verify_consistency(old, new, flipped(before, bit), after, proof)
    assert not verify_consistency(old, new, before, flipped(after, bit), proof)
    for at, sibling in enumerate(proof):
        changed = [*proof[:at], flipped(sibling, bit), *proof[at + 1 :]]
        assert not verify_consistency(old, new, before, after, changed)
    assert not verify_consistency(old, new, before, after, [*proof, after])
    if proof:
        assert not verify_consistency(old, new, before, after, proof[:-1])


def test_the_empty_tree_is_a_prefix_of_every_tree() -> None:
    top = root(MANY_NODES, 7)
    assert consistency_proof(MANY_NODES, 0, 7) == []
    assert verify_consistency(0, 7, EMPTY_ROOT, top, [])
    assert not verify_consistency(0, 7, top, top, [])
    assert not verify_consistency(0, 7, EMPTY_ROOT, top, [top])


@pytest.mark.parametrize(("old", "new"), [(-1, 4), (5, 4), (-1, -1)])
def test_sizes_that_make_no_sense(old: int, new: int) -> None:
    assert not verify_consistency(old, new, EMPTY_ROOT, EMPTY_ROOT, [])
    with pytest.raises(MalformedError, match="sizes"):
        consistency_proof(MANY_NODES, old, new)


def test_an_empty_proof_between_different_sizes_fails() -> None:
    assert not verify_consistency(3, 4, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(4, 6, EMPTY_ROOT, EMPTY_ROOT, [])


@pytest.mark.parametrize("index", [-1, 8])
def test_index_outside_the_tree(index: int) -> None:
    with pytest.raises(MalformedError, match="index"):
        inclusion_proof(REFERENCE, index, 8)
