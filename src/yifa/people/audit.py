"""Are the journals what was sealed, and are accounts and roles what the journal says? Answers name the record.

A role given past the door has no record and is named; one that was taken back silently is named too.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from yifa.ledger.chain import ChainRow, verify_chain
from yifa.ledger.commitments import HASH_BYTES, commit_event, commit_field, unpack
from yifa.people.journal import (
    CHAIN,
    HASH,
    ID,
    JOURNALS,
    REVOKED,
    TRACKED,
    Entry,
    entries,
    entry,
    fields_of,
    told,
)
from yifa.people.models import Change, Seal

TITLES = {
    "access": "查阅记录", "change": "账号和任职记录",
    "user": "账号", "membership": "任职", "substitution": "代理", "conflict": "回避声明",
}  # fmt: skip


class Fault(NamedTuple):
    """Something that is not as it must be: which table (by its Chinese name), which row (empty: none), and what."""

    title: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.title}{' ' + self.row if self.row else ''}：{self.what}"


def faults() -> Iterator[Fault]:
    """Everything that is wrong with journals, accounts, roles, substitutions, declarations."""
    for journal in JOURNALS:
        yield from _journal(journal)
    for kind in TRACKED:
        yield from _rows(kind)


# ------------------------------------------------------------------------------ journals


def _journal(journal: str) -> Iterator[Fault]:
    seals = list(Seal.objects.filter(journal=journal).order_by("seq"))
    title, chain = TITLES[journal], CHAIN + journal
    for each in seals:
        if not _is_whole(each):
            yield Fault(title, f"第{each.seq}批", "与封存时不符")
    links = [ChainRow(chain, each.seq, _hash(each.commitment), _hash(each.head)) for each in seals]
    yield from (Fault(title, f"第{found.seq}批", f"链：{found.code}") for found in verify_chain(links))
    yield from _entries(journal, seals)


def _hash(value: Any) -> bytes:
    return bytes(value)[:HASH_BYTES].ljust(HASH_BYTES, b"\0")


def _is_whole(seal: Seal) -> bool:
    """Whether columns, salts and commitments of a batch fit together."""
    try:
        commitments = unpack(bytes(seal.commitments))
        salts = {name: bytes.fromhex(value) for name, value in seal.salts.items()}
        fields = fields_of(seal.journal, seal.at, bytes(seal.entries))
        made = {name: commit_field(salts[name], name, value) for name, value in fields.items()}
        same = made == commitments and salts.keys() == fields.keys()
        return same and commit_event(made) == bytes(seal.commitment)
    except (ValueError, KeyError, AttributeError, TypeError):
        return False


def _entries(journal: str, seals: list[Seal]) -> Iterator[Fault]:
    """Every sealed record is there as it was; none stands between them that was not sealed."""
    sealed = {each.id: each.hash for seal in seals if _fits(seal) for each in entries(bytes(seal.entries))}
    last, title = max(sealed, default=0), TITLES[journal]
    rows = JOURNALS[journal]._default_manager.filter(pk__lte=last).order_by("pk")  # noqa: SLF001
    for row in rows.iterator():
        found = sealed.pop(int(row.pk), None)
        if found is None:
            yield Fault(title, f"第{row.pk}号", "没有封存，是后来插入的")
        elif Entry(int(row.pk), found) != entry(journal, row):
            yield Fault(title, f"第{row.pk}号", "被改动")
    yield from (Fault(title, f"第{number}号", "已经封存，记录却不在库中") for number in sorted(sealed))


def _fits(seal: Seal) -> bool:
    return len(bytes(seal.entries)) % (ID + HASH) == 0


# ------------------------------------------------------------------------------ accounts and roles


def _rows(kind: str) -> Iterator[Fault]:
    """Every row is what the last change of it says, and not there if it was taken back."""
    changes = Change.objects.filter(kind=kind).order_by("id").values_list("row", "after", "what")
    last = {row: (after, what) for row, after, what in changes.iterator()}
    expected = {row: after for row, (after, what) in last.items() if what != REVOKED}
    model, _ = TRACKED[kind]
    for row in model._default_manager.order_by("pk").iterator():  # noqa: SLF001
        after = expected.pop(str(row.pk), None)
        if after is None:
            yield Fault(TITLES[kind], str(row.pk), "没有办理记录")
        elif after != told(kind, row):
            yield Fault(TITLES[kind], str(row.pk), "与办理记录不符")
    yield from (Fault(TITLES[kind], row, "有办理记录，却不在库中") for row in sorted(expected))
