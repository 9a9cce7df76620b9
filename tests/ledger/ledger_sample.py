"""A small made-up log: four cases, their events interleaved, with everything an export holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from yifa.ledger import signing
from yifa.ledger.chain import GENESIS, leaf_entry, link
from yifa.ledger.checkpoint import Checkpoint, sign_checkpoint
from yifa.ledger.commitments import Opening, commit_event, commit_field
from yifa.ledger.export import EventRow, export_files
from yifa.ledger.merkle import Nodes, inclusion_proof, leaf_hash, root
from yifa.ledger.note import Key
from yifa.ledger.receipt import Receipt
from yifa.ledger.tiles import grow, tile_nodes

ORIGIN = "log.example/yifa"
SEED = bytes(range(32))
KEY = Key(ORIGIN, signing.public_key(SEED))


def sign(message: bytes) -> bytes:
    return signing.sign(SEED, message)


def salt_of(*parts: object) -> bytes:
    """Fixed salts keep the sample repeatable; real ones are random."""
    return sha256(repr(parts).encode()).digest()[:16]


@dataclass
class Log:
    """An in-memory log with the stores a caller would keep in a database."""

    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    entries: list[bytes] = field(default_factory=list)
    rows: list[EventRow] = field(default_factory=list)
    previous: list[bytes] = field(default_factory=list)
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def read(self, level: int, index: int) -> bytes:
        return self.tiles[level, index]

    def nodes(self) -> Nodes:
        return tile_nodes(self.read)

    def act(self, case: str, values: Mapping[str, object], opened: bool = True) -> EventRow:
        """Record one event."""
        seq, prev = self.heads.get(case, (0, GENESIS))
        openings = {name: Opening(salt_of(case, seq, name), value) for name, value in values.items()}
        fields = {name: commit_field(item.salt, name, item.value) for name, item in openings.items()}
        head = link(prev, case, seq + 1, commit_event(fields))
        row = EventRow(case, seq + 1, len(self.rows), head, fields, openings if opened else {})
        self.heads[case] = seq + 1, head
        self.previous.append(prev)
        self.rows.append(row)
        entry = leaf_entry(head, seq + 1, case)
        self.tiles |= grow(self.read, len(self.entries), [leaf_hash(entry)])
        self.entries.append(entry)
        return row

    def checkpoint(self, size: int | None = None) -> bytes:
        size = len(self.entries) if size is None else size
        return sign_checkpoint(Checkpoint(ORIGIN, size, root(self.nodes(), size)), KEY, sign)

    def receipt(self, index: int, size: int | None = None) -> Receipt:
        size = len(self.entries) if size is None else size
        row = self.rows[index]
        return Receipt(
            case=row.case,
            seq=row.seq,
            event=commit_event(row.fields),
            previous=self.previous[index],
            head=row.head,
            index=index,
            proof=tuple(inclusion_proof(self.nodes(), index, size)),
            checkpoint=self.checkpoint(size).decode(),
            fields=row.fields,
            opened=row.opened,
        )

    def files(self, receipts: tuple[int, ...] = ()) -> dict[str, bytes]:
        """The export as path -> content."""
        files: dict[str, bytes] = {}
        made = [self.receipt(index) for index in receipts]
        size = len(self.entries)
        for path, part in export_files(
            self.checkpoint(), [KEY], size, self.read, self.entries, self.rows, made
        ):
            files[path] = files.get(path, b"") + part
        return files


def build(events: int = 40, cases: int = 4) -> Log:
    """A log of ``events`` acts, dealt in turn to ``cases`` cases."""
    log = Log()
    for number in range(events):
        case = f"示例行复〔2099〕{number % cases + 1}号"
        values = {"action": f"动作{number}", "effective_on": date(2099, 1, 1 + number % 28), "fee": number}
        log.act(case, values, opened=number % 3 != 0)
    return log


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder
