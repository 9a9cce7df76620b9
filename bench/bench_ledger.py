"""Ledger figures, measured in one run beside pymerkle (if installed) and the bare limit of hashlib.

Run: python bench/bench_ledger.py [leaves]. Prints a table; every rate is the best of three.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from yifa.ledger import signing, verifier
from yifa.ledger.chain import GENESIS, leaf_entry, link
from yifa.ledger.checkpoint import Checkpoint, sign_checkpoint
from yifa.ledger.commitments import commit_event, commit_field
from yifa.ledger.export import EventRow, export_files
from yifa.ledger.merkle import (
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    root,
    verify_consistency,
    verify_inclusion,
)
from yifa.ledger.note import Key
from yifa.ledger.tiles import grow, tile_nodes

LEAVES = 200_000
PROOFS = 20_000
FIELDS = tuple(f"data.field{number}" for number in range(10))
SEED = bytes(32)


def rate(count: int, work: Callable[[], object], rounds: int = 3) -> float:
    """Operations a second, best of ``rounds``."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return count / best


def hash_limit(entries: list[bytes]) -> None:
    """The two SHA-256 calls a leaf costs any Merkle log, and nothing else."""
    pair = b"\x01" + bytes(64)
    for entry in entries:
        sha256(b"\x00" + entry).digest()
        sha256(pair).digest()


def append_tiles(entries: list[bytes]) -> dict[tuple[int, int], bytes]:
    tiles: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return tiles[level, index]

    for start in range(0, len(entries), 1000):
        leaves = leaf_hashes(entries[start : start + 1000])
        tiles.update(grow(read, start, leaves))
    return tiles


def append_singly(entries: list[bytes]) -> CompactRange:
    log = CompactRange()
    for entry in entries:
        log = log.extend((leaf_hash(entry),))
    return log


def ours(entries: list[bytes]) -> Iterable[tuple[str, float]]:
    size = len(entries)
    tiles = append_tiles(entries)
    nodes = tile_nodes(lambda level, index: tiles[level, index])
    top = root(nodes, size)
    chosen = [number * 7919 % size for number in range(PROOFS)]
    yield "append, batches of 1000, tiles kept", rate(size, lambda: append_tiles(entries))
    yield "append, batch, compact range", rate(size, lambda: CompactRange().extend(leaf_hashes(entries)))
    yield "append, one by one, compact range", rate(size, lambda: append_singly(entries))
    yield (
        "inclusion proofs, random",
        rate(PROOFS, lambda: [inclusion_proof(nodes, at, size) for at in chosen]),
    )
    proofs = [inclusion_proof(nodes, at, size) for at in chosen]
    leaves = [leaf_hash(entries[at]) for at in chosen]
    cases = list(zip(leaves, chosen, proofs, strict=True))
    yield (
        "inclusion, verify",
        rate(PROOFS, lambda: [verify_inclusion(a, b, size, c, top) for a, b, c in cases]),
    )
    yield (
        "consistency proofs, random",
        rate(PROOFS, lambda: [consistency_proof(nodes, at, size) for at in chosen]),
    )
    old = chosen[1]
    proof, old_root = consistency_proof(nodes, old, size), root(nodes, old)
    yield (
        "consistency, verify",
        rate(PROOFS, lambda: [verify_consistency(old, size, old_root, top, proof) for _ in chosen]),
    )


def peer(entries: list[bytes]) -> Iterable[tuple[str, float]]:
    try:
        from pymerkle import InmemoryTree
    except ImportError:
        return
    size = len(entries)

    def build() -> Any:
        tree = InmemoryTree(algorithm="sha256")
        for entry in entries:
            tree.append_entry(entry)
        return tree

    yield "pymerkle: append, in memory", rate(size, build, 1)
    tree = build()
    chosen = [number * 7919 % size + 1 for number in range(PROOFS // 10)]
    yield "pymerkle: inclusion proofs", rate(len(chosen), lambda: [tree.prove_inclusion(at) for at in chosen])
    yield (
        "pymerkle: consistency proofs",
        rate(len(chosen), lambda: [tree.prove_consistency(at) for at in chosen]),
    )


def events(count: int) -> list[EventRow]:
    """Events of ten closed fields, eight a case."""
    rows: list[EventRow] = []
    head = GENESIS
    for index in range(count):
        fields = {name: os.urandom(32) for name in FIELDS}
        case, seq = f"示例行复〔2099〕{index // 8 + 1}号", index % 8 + 1
        head = link(head if seq > 1 else GENESIS, case, seq, commit_event(fields))
        rows.append(EventRow(case, seq, index, head, fields))
    return rows


def chains(rows: list[EventRow]) -> Iterable[tuple[str, float]]:
    salt = bytes(16)
    count = len(rows)
    yield "field commitments", rate(count, lambda: [commit_field(salt, "name", "示例文字") for _ in rows])
    yield "event commitments, 10 fields", rate(count, lambda: [commit_event(row.fields) for row in rows])
    yield "links", rate(count, lambda: [link(row.head, row.case, row.seq, GENESIS) for row in rows])


def export(rows: list[EventRow], folder: Path) -> None:
    entries = [leaf_entry(row.head, row.seq, row.case) for row in rows]
    tiles = append_tiles(entries)
    nodes = tile_nodes(lambda level, index: tiles[level, index])
    key = Key("log.example/bench", signing.public_key(SEED))
    state = Checkpoint(key.name, len(rows), root(nodes, len(rows)))
    note = sign_checkpoint(state, key, lambda message: signing.sign(SEED, message))
    for path, part in export_files(note, [key], len(rows), lambda *at: tiles[at], entries, rows):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as file:
            file.write(part)


def verify(folder: str, jobs: int) -> None:
    """The whole program as an outsider starts it, start-up and reading included."""
    subprocess.run(
        [sys.executable, "-I", "-S", verifier.__file__, folder, "--jobs", str(jobs)],
        check=True,
        capture_output=True,
    )


def verifying(rows: list[EventRow]) -> Iterable[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "export, write", rate(len(rows), lambda: export(rows, Path(folder)), 1)
        for jobs in sorted({1, os.cpu_count() or 1}):
            yield (
                f"verifier.py, {jobs} process(es), 10 fields",
                rate(len(rows), partial(verify, folder, jobs)),
            )


def main(leaves: int = LEAVES) -> None:
    entries = [number.to_bytes(8) * 8 for number in range(leaves)]
    limit = rate(leaves, lambda: hash_limit(entries))
    rows = events(leaves)
    print(f"{leaves:,} leaves; limit = two bare SHA-256 calls a leaf")
    print(f"{'what':<42}{'a second':>14}{'of limit':>10}")
    print(f"{'hashlib limit':<42}{limit:>14,.0f}{1:>10.2f}")
    for part in (ours(entries), peer(entries), chains(rows), verifying(rows)):
        for name, value in part:
            print(f"{name:<42}{value:>14,.0f}{value / limit:>10.2f}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
