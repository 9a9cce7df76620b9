"""What is asked of the door and what it answers: plain values, the same for desk, portal, API, import and clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from yifa.language.acts import Actor, Command, Env, Moment, NeedRequest, Problem
from yifa.language.view import View


class Ask(NamedTuple):
    """One act asked for. `case` None opens a new case of `line` at `organ`.

    key  idempotency key of the actor: the same key and body is one act; expected_seq  refuse if the case has
    moved on; moment  propose or sign.
    """

    command: Command
    actor: Actor
    key: str
    line: str
    case: UUID | None = None
    organ: str | None = None
    expected_seq: int | None = None
    moment: Moment = "sign"


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


class World(Protocol):
    """What the door takes from outside: clock, randomness, encryption, numbering, editions."""

    env: Env

    def now(self) -> datetime: ...

    def salt(self) -> bytes: ...

    def new_id(self) -> UUID: ...

    def seal(self, clear: bytes, aad: bytes) -> bytes: ...

    def open(self, sealed: bytes, aad: bytes) -> bytes: ...

    def blind(self, kind: str, key: Any) -> bytes: ...

    def number(self, line: str, organ: str, kind: str, year: int, serial: int) -> str: ...


class Answers(Protocol):
    """A port that answers needs: one call for all questions of an act."""

    def __call__(self, case: UUID, questions: tuple[NeedRequest, ...]) -> Mapping[str, Any]: ...
