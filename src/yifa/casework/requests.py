"""What is asked of the door and what it answers: plain values, the same for desk, portal, API, import and clock."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from yifa.casework.cards import Carded
from yifa.casework.codec import Stored
from yifa.city.model import City
from yifa.language.actions import Match
from yifa.language.acts import EMPTY, Actor, Command, Env, Problem
from yifa.language.line import Line
from yifa.language.ports import Port
from yifa.language.view import View


class Ask(NamedTuple):
    """One act asked for. `case` None opens a new case of `line` at `organ`.

    key  idempotency key of the actor: the same key and body is one act; expected_seq  refuse if the case has
    moved on; signature  how it was signed (proposal, trail, authority of a substitute), stored in the event;
    attached  what comes with the act and is evidenced in it: `documents` (passages by document), `materials`, `service`,
    `follows` (the act of another case that asked for this one); parent  the case a new one comes from.
    """

    command: Command
    actor: Actor
    key: str
    line: str
    case: UUID | None = None
    organ: str | None = None
    expected_seq: int | None = None
    signature: Mapping[str, Any] | None = None
    attached: Mapping[str, Any] = EMPTY
    parent: UUID | None = None


class Done(NamedTuple):
    """The act was done (or had been done before with the same key)."""

    case: UUID
    seq: int
    number: str | None
    documents: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    view: View | None = None
    repeated: bool = False

    def __bool__(self) -> bool:
        return True


class NotDone(NamedTuple):
    """The act was not done; every reason at once."""

    problems: tuple[Problem, ...]

    def __bool__(self) -> bool:
        return False


Answer = Done | NotDone


class RefusedError(Exception):
    """Leaves a transaction so that nothing of what was refused stays behind; the doors turn it into `NotDone`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


class LockAheadError(Exception):
    """Leaves a transaction because it must begin again with these cases locked, in the order of their ids."""

    def __init__(self, cases: frozenset[UUID]) -> None:
        super().__init__()
        self.cases = cases


class World(Protocol):
    """What the door takes from outside: clock, randomness, encryption, numbering, editions, names of the city."""

    env: Env
    ports: Mapping[str, Port]
    city: City

    def now(self) -> datetime: ...

    def salts(self, count: int) -> bytes:
        """So many salts of 16 random bytes, one behind the other."""
        ...

    def new_id(self) -> UUID: ...

    def seal(self, clear: bytes, aad: bytes) -> bytes: ...

    def open(self, sealed: bytes, aad: bytes) -> bytes: ...

    def alias(self, identity: str) -> str: ...

    def unalias(self, alias: str) -> str: ...

    def blind(self, kind: str, key: Any) -> bytes: ...

    def number(self, line: str, organ: str, kind: str, year: int, serial: int) -> str:
        """Raises KeyError if the city has no such series, or the organ no prefix in it."""
        ...

    def serial(self, line: str, organ: str, kind: str, number: str) -> tuple[int, int] | None:
        """Year and serial of a number in this series; None if it is of no series of ours."""
        ...

    def reviewers(self, line: str, action: str, organ: str) -> tuple[str, ...]:
        """Roles that review drafts of this act before the law's signer."""
        ...


class Locked(NamedTuple):
    """A case held for the act: what is known of it before its events are read.

    above  organs over its organ; stays_out  cases, organs and persons (blind indexes in hexadecimal) that whoever acts must
    stay out of (回避); people  blind indexes of the ID numbers of its parties, if there is anything to stay out of.
    """

    id: UUID
    line: str
    organ: str
    number: str
    next_seq: int
    head: bytes
    people: tuple[bytes, ...] = ()
    above: frozenset[str] = frozenset()
    stays_out: frozenset[str] = frozenset()


Claims = Sequence[tuple[str, bytes]]
Outgoing = tuple[str, Callable[[], bytes]]  # kind of what is to be done, and what makes its sealed body


class Kept(NamedTuple):
    """What is kept of an act: the event, the case as it is after it, and what goes with them.

    number  the case's own; people  None if the act cannot have changed them; numbers  given by the act, (kind, text).
    """

    locked: Locked
    request: int
    event: Stored
    view: View
    number: str
    people: Sequence[Carded] | None
    numbers: Sequence[tuple[str, str]]
    outgoing: Sequence[Outgoing]


class Store(Protocol):
    """Where cases are kept: PostgreSQL (`store`, a module), or memory with COPY behind it (`bulk.MemoryStore`)."""

    def atomic(self) -> AbstractContextManager[Any]: ...

    def take_request(self, actor: str, key: str, body: bytes, case: UUID, at: datetime) -> int | None: ...

    def earlier_request(self, actor: str, key: str) -> tuple[bytes, UUID, int | None]: ...

    def lock_case(self, case: UUID, actor: str = "") -> Locked | None: ...

    def new_case(
        self, case: UUID, line: str, organ: str, head: bytes, parent: UUID | None, actor: str
    ) -> Locked: ...

    def view_of(self, case: UUID, line: Line, world: "World", head: bytes = b"") -> View: ...

    def ports(self, world: "World") -> Mapping[str, Port]: ...

    def staying_out(self, case: UUID, users: Sequence[str], parties: Sequence[str]) -> frozenset[str]: ...

    def matching(self, case: UUID, line: str, matches: Sequence[Match]) -> list[int]: ...

    def live_claims(self, keys: Claims, other_than: UUID) -> dict[tuple[str, bytes], list[str]]: ...

    def case_named(self, name: str) -> dict[str, Any] | None: ...

    def next_number(self, organ: str, kind: str, year: int) -> int: ...

    def take_over_number(self, text: str, place: tuple[str, str, int, int] | None) -> bool: ...

    def take_claims(self, case: UUID, claims: Claims) -> int: ...

    def release_claims(self, case: UUID, claims: Claims, at: datetime) -> None: ...

    def keep(self, kept: Kept) -> None: ...
