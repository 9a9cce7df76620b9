"""What is asked of the door of registers and what it answers: plain values, the same for desk, API, import and loads."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from yifa.language.acts import EMPTY, Actor, Problem
from yifa.registers.history import Kind


class Ask(NamedTuple):
    """One change asked for.

    kind  enter (登记), change (变更), move (状态变动), correct (更正), annul (撤销误录); on  its legal date (None: today; for
    `enter` the row's 起始日期 goes before); data  columns as given (None empties one); entry  which one (None: the one that
    has the key columns in `data`); move  code of the life cycle;
    state  where an entry begins, if not in the first state; target  `seq` of the change to be corrected or annulled; dated
    the legal date that change should have had; expected_seq  refuse if the entry has moved on.
    """

    register: str
    kind: Kind
    actor: Actor
    on: date | None = None
    data: Mapping[str, Any] = EMPTY
    entry: UUID | None = None
    move: str = ""
    state: str = ""
    target: int | None = None
    dated: date | None = None
    reason: str = ""
    expected_seq: int | None = None


class Done(NamedTuple):
    """The change was recorded."""

    entry: UUID
    seq: int

    def __bool__(self) -> bool:
        return True


class NotDone(NamedTuple):
    """The change was not recorded; every reason at once."""

    problems: tuple[Problem, ...]

    def __bool__(self) -> bool:
        return False


class NoneDone(NamedTuple):
    """Of several changes none was recorded: reasons by position."""

    problems: Mapping[int, tuple[Problem, ...]]

    def __bool__(self) -> bool:
        return False


Answer = Done | NotDone
