"""The Merkle tree of RFC 9162 section 2.1 over SHA-256: compact range, roots and proofs.

Proofs are generated from a reader ``nodes(level, index)`` giving the hash of the complete subtree of
``2**level`` leaves starting at leaf ``index * 2**level``; ``yifa.ledger.tiles`` reads them from hash tiles.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from yifa.ledger.errors import MalformedError

Nodes: TypeAlias = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """RFC 9162 section 2.1.1: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """Leaf hashes of a batch."""
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 section 2.1.1: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def parents(hashes: Sequence[bytes]) -> list[bytes]:
    """Hashes of consecutive pairs; an odd last one is left out."""
    lefts = iter(hashes)
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(lefts, lefts, strict=False)]


def fold(peaks: Sequence[bytes]) -> bytes:
    """Root over the roots of complete subtrees, largest (leftmost) first; the empty tree's root for none."""
    if not peaks:
        return EMPTY_ROOT
    *rest, root = peaks
    for peak in reversed(rest):
        root = node_hash(peak, root)
    return root


@dataclass(frozen=True, slots=True)
class CompactRange:
    """All a log needs to go on: its size and the roots of its complete subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """Root of the tree at this size."""
        return fold(self.peaks)

    def extend(self, leaves: Iterable[bytes]) -> "CompactRange":
        """Return the range after appending leaf hashes; one hash operation a leaf on average."""
        hashes = list(leaves)
        added, level, left = len(hashes), 0, list(self.peaks)
        right: list[bytes] = []
        while hashes:
            if self.size >> level & 1:
                hashes = [left.pop(), *hashes]
            if len(hashes) & 1:
                right.append(hashes.pop())
            hashes, level = parents(hashes), level + 1
        return CompactRange(self.size + added, (*left, *reversed(right)))


def root(nodes: Nodes, size: int) -> bytes:
    """Root of the tree of the first ``size`` leaves."""
    return fold(_peaks(nodes, 0, size))


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """RFC 9162 section 2.1.3.1: sibling hashes from leaf ``index`` up, in the tree of ``size`` leaves."""
    if not 0 <= index < size:
        raise MalformedError("index_outside_tree")
    return _path(nodes, 0, index, size)


def consistency_proof(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """RFC 9162 section 2.1.4.1: proof that the tree of ``old`` leaves is a prefix of that of ``new`` leaves."""
    if not 0 <= old <= new:
        raise MalformedError("sizes_out_of_order")
    if old in (0, new):
        return []
    level, index = _last_complete(old)
    known = [] if index == 0 else [nodes(level, index)]
    return known + _path(nodes, level, index, new)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2: True when ``leaf`` (a leaf hash) is at ``index`` of the tree with ``root``."""
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            current = node_hash(sibling, current)
            shift = _trailing_zeros(node)
            node, last = node >> shift, last >> shift
        else:
            current = node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and current == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 section 2.1.4.2; the empty tree is a prefix of every tree, with an empty proof."""
    if old == 0 or old == new:
        expected = EMPTY_ROOT if old == 0 else new_root
        return 0 <= old <= new and not proof and old_root == expected
    if not 0 < old < new:
        return False
    level, node = _last_complete(old)
    path = list(proof) if node else [old_root, *proof]
    return bool(path) and _climb(node, (new - 1) >> level, path) == (0, old_root, new_root)


def _climb(node: int, last: int, path: Sequence[bytes]) -> tuple[int, bytes, bytes]:
    """Walk both trees up the path; returns what is left of ``last`` and the two roots reached."""
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return -1, old, new
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            shift = _trailing_zeros(node)
            node, last = node >> shift, last >> shift
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last, old, new


def _last_complete(size: int) -> tuple[int, int]:
    """Level and index of the smallest complete subtree ending at leaf ``size - 1``."""
    level = _trailing_zeros(size)
    return level, (size >> level) - 1


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1


def _path(nodes: Nodes, level: int, index: int, size: int) -> list[bytes]:
    """Siblings of node ``index`` on ``level``, upwards to the root of the tree of ``size`` leaves."""
    path: list[bytes] = []
    last = (size - 1) >> level
    while last:
        sibling = index ^ 1
        if sibling < last:
            path.append(nodes(level, sibling))
        elif sibling == last:
            path.append(fold(_peaks(nodes, sibling << level, size)))
        index, last, level = index >> 1, last >> 1, level + 1
    return path


def _peaks(nodes: Nodes, start: int, end: int) -> list[bytes]:
    """Roots of the complete subtrees covering leaves ``start`` to ``end``; ``start`` begins a subtree."""
    peaks: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(nodes(level, start >> level))
        start += 1 << level
    return peaks
