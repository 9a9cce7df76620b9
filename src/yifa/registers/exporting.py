"""Export of a register as people keep tables: by right, personal columns masked unless they go out by right; or what is public."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from yifa.language.acts import Actor
from yifa.people.permissions import Verb
from yifa.platform import sheets
from yifa.registers.fields import STATE_TITLE, Column, columns, write_cell
from yifa.registers.selectors import Listed, entries, published
from yifa.registry import Owned, register

Format = Literal["csv", "xlsx"]


class Export(NamedTuple):
    """A file, how it is called, and how many entries it holds."""

    name: str
    data: bytes
    entries: int


def export(
    code: str, actor: Actor, as_of: date, known_at: datetime | None = None, kind: Format = "csv"
) -> Export:
    """Entries this actor may take out; of others what is public."""
    return _file(register(code), list(entries(code, actor, as_of, known_at, verb=Verb.EXPORT)), as_of, kind)


def export_public(code: str, as_of: date, kind: Format = "csv") -> Export:
    """What anybody may see."""
    return _file(register(code), list(published(code, as_of)), as_of, kind)


def _file(owned: Owned, listed: Sequence[Listed], as_of: date, kind: Format) -> Export:
    shown = _columns(owned, listed)
    header = [*(column.title for column in shown), STATE_TITLE]
    rows = _cells(owned, shown, listed)
    title = owned.register.title
    data = sheets.to_csv(header, rows) if kind == "csv" else sheets.to_xlsx(title, header, rows)
    return Export(f"{title}{as_of.isoformat()}.{kind}", data, len(listed))


def _columns(owned: Owned, listed: Iterable[Listed]) -> tuple[Column, ...]:
    """Columns that at least one of the entries shows; of an empty list the public ones."""
    names = {name for entry in listed for name in entry.columns} or set(owned.register.public)
    return tuple(column for column in columns(owned) if column.name in names)


def _cells(owned: Owned, shown: Sequence[Column], listed: Iterable[Listed]) -> Iterator[list[str]]:
    for entry in listed:
        cells = [write_cell(owned.register, column, entry.columns.get(column.name)) for column in shown]
        yield [*cells, entry.state_title]
