"""The one door of registers. Nothing reaches an entry except through `perform`; what was there is never lost.

One transaction: lock the entries · read their changes · decide · salt and hash into each entry's chain · write the changes ·
versions that follow. Many changes are one transaction too, with as many statements: all of them, or none.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError

from yifa.language.acts import Problem
from yifa.language.forms import validate_partial
from yifa.ledger.chain import GENESIS
from yifa.platform.crypto import Vault, vault
from yifa.registers import store
from yifa.registers.codec import Salts, Stored, canonical, keep, key_of, seal
from yifa.registers.decide import decide
from yifa.registers.history import Change, Rectangle, Span, effective, spans
from yifa.registers.permissions import Organs, may_write
from yifa.registers.requests import Answer, Ask, Done, NoneDone, NotDone
from yifa.registry import Owned, registers


class RefusedError(Exception):
    """Leaves the transaction so that nothing stays behind; never seen outside this module."""

    def __init__(self, problems: dict[int, tuple[Problem, ...]]) -> None:
        super().__init__()
        self.problems = problems


def perform(ask: Ask, now: datetime) -> Answer:
    """Do the change, or say every reason why not."""
    answer = perform_all([ask], now)
    return NotDone(answer.problems[0]) if isinstance(answer, NoneDone) else answer[0]


def perform_all(
    asks: Sequence[Ask], now: datetime, salts: Salts = lambda count: os.urandom(16 * count)
) -> tuple[Done, ...] | NoneDone:
    """Do all the changes in their order, or none."""
    if not asks:
        return ()
    try:
        with store.atomic():
            work = _Work(now, salts, vault())
            return work.do(asks)
    except RefusedError as refusal:
        return NoneDone(refusal.problems)


class _Matter(NamedTuple):
    """An entry while it is worked on: what was, and what is added."""

    id: UUID
    owned: Owned
    held: store.Held | None
    before: tuple[Change, ...]
    added: list[Change]

    @property
    def log(self) -> tuple[Change, ...]:
        return (*self.before, *self.added)


def _by_key(ask: Ask) -> bool:
    return ask.entry is None and ask.register in registers()


class _Work:
    """Several changes in one transaction."""

    def __init__(self, now: datetime, salts: Salts, vault: Vault) -> None:
        self._now, self._salts, self._vault = now, salts, vault
        self._organs = Organs()
        self._by_id: dict[UUID, _Matter] = {}
        self._by_key: dict[tuple[str, bytes], _Matter] = {}

    def do(self, asks: Sequence[Ask]) -> tuple[Done, ...]:
        keys = {n: self._key(ask) for n, ask in enumerate(asks) if _by_key(ask)}
        self._read([ask.entry for ask in asks if ask.entry], list(keys.values()))
        done, problems = list[Done](), dict[int, tuple[Problem, ...]]()
        for number, ask in enumerate(asks):
            answer = self._one(ask, keys.get(number))
            if isinstance(answer, Done):
                done.append(answer)
            else:
                problems[number] = answer
        if problems:
            raise RefusedError(problems)
        self._write()
        return tuple(done)

    def _key(self, ask: Ask) -> tuple[str, bytes]:
        owned = registers()[ask.register]
        given = {name: ask.data[name] for name in owned.register.key if ask.data.get(name) is not None}
        parsed, _ = validate_partial(
            owned.register.entry, given
        )  # what is not valid is refused, whatever its key
        return ask.register, key_of(owned, canonical({**given, **parsed}), self._vault)

    def _read(self, ids: list[UUID], keys: list[tuple[str, bytes]]) -> None:
        held = store.lock(ids, keys)
        logs = store.logs([row.id for row in held], self._vault)
        for row in held:
            matter = _Matter(row.id, registers()[row.register], row, tuple(logs[row.id]), [])
            self._by_id[row.id] = self._by_key[row.register, row.key] = matter

    def _one(self, ask: Ask, key: tuple[str, bytes] | None) -> Done | tuple[Problem, ...]:
        owned = registers().get(ask.register)
        if owned is None:
            return (Problem("register_unknown", {"register": ask.register}, None, "register"),)
        matter = self._by_key.get(key) if key else self._by_id.get(ask.entry) if ask.entry else None
        if matter.owned is not owned if matter else ask.kind != "enter":
            return (Problem("entry_unknown", {}, None, "entry"),)
        if key and ask.kind != "enter":
            ask = ask._replace(data={k: v for k, v in ask.data.items() if k not in owned.register.key})
        matter = matter or _Matter(uuid4(), owned, None, (), [])
        barred = self._barred(owned, matter, ask)
        if barred:
            return barred
        change = decide(owned.register, matter.log, ask, self._now, self._organ_said(owned, ask))
        if not isinstance(change, Change):
            return change
        matter.added.append(change)
        self._by_id[matter.id] = matter
        if key:
            self._by_key[key] = matter
        return Done(matter.id, change.seq)

    def _barred(self, owned: Owned, matter: _Matter, ask: Ask) -> tuple[Problem, ...]:
        """Whether this actor may do this to this entry at all, as it stands."""
        held = _organ(matter)
        organs = {self._organ_said(owned, ask) or held or ask.actor.organ or "", held} - {""}
        move = owned.register.move(ask.move)
        found = [
            p
            for organ in sorted(organs) or [""]
            for p in may_write(owned, ask.actor, organ, self._organs, move)
        ]
        if ask.kind == "enter" and effective(matter.log):
            found.append(Problem("entry_exists", {"key": _key_text(owned, ask)}, None, owned.register.key[0]))
        if ask.expected_seq is not None and ask.expected_seq != len(matter.log):
            params = {"expected": ask.expected_seq, "actual": len(matter.log)}
            found.append(Problem("entry_moved_on", params, None, "expected_seq"))
        return tuple({problem.code: problem for problem in found}.values())

    def _organ_said(self, owned: Owned, ask: Ask) -> str:
        """The organ that the row names; a new entry without one belongs to whoever enters it."""
        named = ask.data.get(owned.register.organ) if owned.register.organ else None
        return str(named) if named else (ask.actor.organ or "") if ask.kind == "enter" else ""

    def _write(self) -> None:
        changed = [m for m in self._by_id.values() if m.added]
        sealed = {m.id: self._sealed(m) for m in changed}
        try:
            store.put_entries([self._entry(m, sealed[m.id][-1].head) for m in changed])
        except IntegrityError as error:
            raise RefusedError({0: (Problem("entry_exists", {"key": "该条"}, None, "key"),)}) from error
        store.put_changes(
            (m.id, m.owned.code, c, s) for m in changed for c, s in zip(m.added, sealed[m.id], strict=True)
        )
        gone, new = list[tuple[UUID, Span, datetime]](), list[tuple[_Matter, Span, datetime]]()
        for matter in changed:
            before, after = spans(matter.before), spans(matter.log)
            at = matter.added[-1].recorded_at
            gone += [(matter.id, span, at) for span in before if span not in after]
            new += [(matter, span, at) for span in after if span not in before]
        store.close_versions(gone)
        store.put_versions(
            (m.id, m.owned.code, Rectangle(span, at, None), keep(m.owned, m.id, span, self._vault))
            for m, span, at in new
        )

    def _sealed(self, matter: _Matter) -> list[Stored]:
        head, found = matter.held.head if matter.held else GENESIS, list[Stored]()
        for change in matter.added:
            found.append(seal(matter.owned.code, matter.id, change, head, self._vault, self._salts))
            head = found[-1].head
        return found

    def _entry(self, matter: _Matter, head: bytes) -> store.NewEntry:
        return entry_row(matter.id, matter.owned, matter.log, head, self._vault)


def entry_row(entry: UUID, owned: Owned, log: Sequence[Change], head: bytes, vault: Vault) -> store.NewEntry:
    """The derived row of an entry: its key and organ as they stand last; of an entry annulled whole, as it was entered."""
    found = spans(log)
    data = found[-1].data if found else {**log[0].data}
    organ = found[-1].organ if found else log[0].organ
    return store.NewEntry(entry, owned.code, key_of(owned, data, vault), organ, len(log), head)


def _organ(matter: _Matter) -> str:
    found = spans(matter.log)
    return found[-1].organ if found else ""


def _key_text(owned: Owned, ask: Ask) -> str:
    """The key for people; nothing of it that is personal."""
    names = (name for name in owned.register.key if name not in owned.register.personal)
    return "、".join(str(ask.data.get(name)) for name in names) or "该条"
