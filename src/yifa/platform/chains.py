"""Which tables hold hash chains whose links go into the city's log. Cases are one of them; registers may be others.

A table of chained events has the columns `id` (ascending within a chain), `head`, `commitment` (32 bytes each),
`commitments` (packed: `ledger.commitments.pack`) and `leaf` (null until the log has it). What its chain is called in public
and how its events are numbered (1, 2, …) is said in SQL. Each app announces its own in `AppConfig.ready`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID


def uuid_or_none(text: str) -> UUID | None:
    """The key of a chain that is named by a UUID."""
    try:
        return UUID(text)
    except ValueError:
        return None


class ChainTable(NamedTuple):
    """A table of chained events. `case` and `seq` are SQL over its columns: the chain's public name, the number.

    column, key  where one chain is looked up by its public name: an indexed column, and the name as its value (None:
    no chain of this table is called so).
    leaves, waiting  tables of their own for the places in the log (`event_id`, `leaf`) and for the events that have none yet
    (`event_id`), if `leaf` is not a column of `table`.
    """

    table: str
    case: str = "case_id::text"
    seq: str = "seq + 1"
    column: str = "case_id"
    key: Callable[[str], Any] = uuid_or_none
    leaves: str = ""
    waiting: str = ""


_tables: list[ChainTable] = []
_gathering: list[Callable[[], int]] = []


def register(table: ChainTable) -> None:
    """Announce a table; announcing it twice does nothing."""
    if table not in _tables:
        _tables.append(table)


def tables() -> tuple[ChainTable, ...]:
    """All announced tables, in the order of their names: the same in every process."""
    return tuple(sorted(_tables, key=lambda table: table.table))


def gather_by(function: Callable[[], int]) -> None:
    """Announce what makes events of records kept elsewhere, to be done before the log takes events up."""
    if function not in _gathering:
        _gathering.append(function)


def gather() -> int:
    """Make events of all that waits to become one; of how many records."""
    return sum(function() for function in _gathering)
