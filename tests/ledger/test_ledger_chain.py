"""A case's chain: whatever is changed, taken out, put in or moved is found and named."""

from dataclasses import replace
from hashlib import sha256

import pytest

from yifa.ledger.chain import GENESIS, ChainRow, case_bytes, leaf_entry, link, verify_chain
from yifa.ledger.errors import MalformedError
from yifa.ledger.findings import TEXTS, Code, Finding

CASE = "示例行复〔2099〕1号"
OTHER = bytes([255]) * 32


def chain(length: int, case: str = CASE) -> list[ChainRow]:
    rows, head = [], GENESIS
    for seq in range(1, length + 1):
        commitment = sha256(f"{case}{seq}".encode()).digest()
        head = link(head, case, seq, commitment)
        rows.append(ChainRow(case, seq, commitment, head))
    return rows


ROWS = chain(6)
SEQS = range(1, 7)


def first(rows: list[ChainRow], head: bytes | None = None) -> tuple[Code, str, int]:
    finding = verify_chain(rows, head)[0]
    return finding.code, finding.case, finding.seq


def test_an_untouched_chain_has_no_findings() -> None:
    assert verify_chain(ROWS) == verify_chain(ROWS, ROWS[-1].head) == verify_chain([]) == []


def test_link_formula_is_the_documented_one() -> None:
    name = CASE.encode()
    data = b"yifa/link/v1\n" + GENESIS + bytes([len(name)]) + name + (7).to_bytes(8) + OTHER
    assert link(GENESIS, CASE, 7, OTHER) == sha256(data).digest()


def test_leaf_entry_names_its_event() -> None:
    assert leaf_entry(OTHER, 3, "A-1") == OTHER + bytes(7) + b"\x03A-1"


@pytest.mark.parametrize("seq", SEQS)
@pytest.mark.parametrize("change", [{"commitment": OTHER}, {"head": OTHER}], ids=["commitment", "head"])
def test_altered(seq: int, change: dict[str, bytes]) -> None:
    rows = [replace(row, **change) if row.seq == seq else row for row in ROWS]  # type: ignore[arg-type]
    assert first(rows) == (Code.ALTERED, CASE, seq)


@pytest.mark.parametrize("seq", SEQS)
def test_foreign(seq: int) -> None:
    rows = [replace(row, case="别案") if row.seq == seq and seq > 1 else row for row in ROWS]
    rows = rows if seq > 1 else [replace(ROWS[0], case="别案"), *ROWS[1:]]
    found = verify_chain(rows)
    assert found
    assert found[0].seq == seq


@pytest.mark.parametrize("seq", range(1, 6))
def test_removed(seq: int) -> None:
    assert verify_chain([row for row in ROWS if row.seq != seq]) == [Finding(Code.MISSING, CASE, seq)]


@pytest.mark.parametrize("kept", range(6))
def test_cut_off_end_is_seen_with_a_head_from_elsewhere(kept: int) -> None:
    assert verify_chain(ROWS[:kept]) == []
    case = CASE if kept else ""
    assert first(ROWS[:kept], ROWS[-1].head) == (Code.TRUNCATED, case, kept + 1)


@pytest.mark.parametrize("at", range(5))
def test_reordered(at: int) -> None:
    rows = [*ROWS[:at], ROWS[at + 1], ROWS[at], *ROWS[at + 2 :]]
    assert verify_chain(rows) == [Finding(Code.MISSING, CASE, at + 1), Finding(Code.REPEATED, CASE, at + 1)]


@pytest.mark.parametrize("at", range(1, 7))
def test_inserted(at: int) -> None:
    copied = [*ROWS[:at], ROWS[at - 1], *ROWS[at:]]
    assert verify_chain(copied) == [Finding(Code.REPEATED, CASE, at)]
    forged = ChainRow(CASE, at, OTHER, link(ROWS[at - 2].head if at > 1 else GENESIS, CASE, at, OTHER))
    shifted = [replace(row, seq=row.seq + 1) for row in ROWS[at - 1 :]]
    assert first([*ROWS[: at - 1], forged, *shifted]) == (Code.ALTERED, CASE, at + 1)


def test_a_later_break_is_found_too() -> None:
    rows = [replace(row, commitment=OTHER) if row.seq in (2, 5) else row for row in ROWS]
    assert [finding.seq for finding in verify_chain(rows)] == [2, 5]


@pytest.mark.parametrize("case", ["", "a" * 256, 'a"b', "a\\b", "a\nb", "a\u2028b"])
def test_bad_case(case: str) -> None:
    with pytest.raises(MalformedError, match="case"):
        case_bytes(case)


@pytest.mark.parametrize(
    ("prev", "seq", "commitment", "code"),
    [
        (GENESIS, 0, OTHER, "seq"),
        (GENESIS, 2**53, OTHER, "seq"),
        (b"", 1, OTHER, "hash"),
        (GENESIS, 1, b"", "hash"),
    ],
)
def test_bad_link(prev: bytes, seq: int, commitment: bytes, code: str) -> None:
    with pytest.raises(MalformedError, match=code):
        link(prev, CASE, seq, commitment)


def test_every_code_has_its_sentence() -> None:
    assert set(TEXTS) == set(Code)
    assert str(Finding(Code.MISSING, CASE, 3)) == f"案件 {CASE} 第 3 号事件:事件缺失"
