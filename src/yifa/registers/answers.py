"""How registers answer needs: entries valid on the day of the act, found by column, one statement for all questions of an act.

Answers hold columns that are no personal data; personal columns are only looked up, by blind index. `edition` names the
newest change of the register, so that an answer can be traced to what the register was.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from yifa.language.ports import Found, Question
from yifa.language.records import Follow, Lookup
from yifa.platform.crypto import Vault, vault
from yifa.registers.codec import blind, canonical
from yifa.registry import Owned, register

Condition = Mapping[str, Any]


class Asked(NamedTuple):
    """One condition of one question, split into what is looked up in clear and what blindly."""

    question: int
    register: str
    on: date
    clear: Condition
    blind: Condition


class RegistersPort:
    """The port over PostgreSQL."""

    def ask(self, questions: Sequence[Question]) -> Mapping[str, Found]:
        """Answers by code of the need, in one statement."""
        own = [(q, q.need.lookup) for q in questions if q.need.lookup is not None]
        asked = [a for n, (q, lookup) in enumerate(own) for a in conditions(n, q, lookup, vault())]
        found, followed, editions = _look(asked, [(n, q, lookup) for n, (q, lookup) in enumerate(own)])
        return {
            q.need.code: Found(_rows(q, lookup, found[n], followed[n]), _edition(q, lookup, editions))
            for n, (q, lookup) in enumerate(own)
        }

    def snapshot(self) -> "SnapshotPort":
        """The same answers out of memory."""
        return SnapshotPort()


def code_of(line: str, name: str) -> str:
    """A register as a line names it: its own by code, another's by `owner.code`."""
    return name if "." in name else f"{line}.{name}"


def conditions(number: int, question: Question, lookup: Lookup, vault: Vault) -> Iterator[Asked]:
    """What to look for, each alternative apart."""
    owned = register(code_of(question.line, lookup.register))
    for condition in lookup.where(question.key):
        values = {name: canonical(value) for name, value in condition.items() if value is not None}
        if len(values) < len(condition):
            continue
        yield Asked(number, owned.code, question.on, *_split(owned, values, vault))


def _split(owned: Owned, values: Condition, vault: Vault) -> tuple[Condition, Condition]:
    personal = set(owned.register.personal)
    clear = {name: value for name, value in values.items() if name not in personal}
    secret = {
        name: blind(owned.register, name, value, vault) for name, value in values.items() if name in personal
    }
    return clear, secret


_VALID = (
    "{v}.known_to IS NULL AND {v}.valid_from <= {day} AND ({v}.valid_to IS NULL OR {v}.valid_to >= {day})"
)
_SQL = f"""
WITH asked AS (
    SELECT * FROM unnest(%(n)s::int[], %(register)s::text[], %(day)s::date[], %(clear)s::jsonb[], %(blind)s::jsonb[])
    AS a(n, register, day, clear, blind)
), found AS (
    SELECT DISTINCT ON (a.n, v.entry_id) a.n, a.day, v.entry_id, v.state, v.data
    FROM asked a JOIN registers_version v ON v.register = a.register AND {_VALID.format(v="v", day="a.day")}
    AND v.data @> a.clear AND v.blind @> a.blind ORDER BY a.n, v.entry_id
), follow AS (
    SELECT * FROM unnest(%(fn)s::int[], %(fcolumn)s::text[], %(fregister)s::text[], %(fby)s::text[]) AS f(n, col, register, by)
), reached AS (
    SELECT DISTINCT ON (f.n, v.entry_id) f.n, v.entry_id, v.state, v.data
    FROM follow f JOIN found x ON x.n = f.n AND x.data -> f.col IS NOT NULL
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(x.data -> f.col) WHEN 'array' THEN x.data -> f.col ELSE jsonb_build_array(x.data -> f.col) END
    ) AS e(value)
    JOIN registers_version v ON v.register = f.register AND {_VALID.format(v="v", day="x.day")}
    AND v.data @> jsonb_build_object(f.by, e.value) ORDER BY f.n, v.entry_id
)
SELECT 0, n, state, data::text FROM found UNION ALL SELECT 1, n, state, data::text FROM reached
UNION ALL SELECT 2, COALESCE((SELECT max(c.id) FROM registers_change c WHERE c.register = r.code), 0), r.code, NULL
FROM unnest(%(codes)s::text[]) AS r(code)
"""

Rows = list[dict[str, Any]]


def _look(
    asked: Sequence[Asked], questions: Sequence[tuple[int, Question, Lookup]]
) -> tuple[dict[int, Rows], dict[int, Rows], dict[str, int]]:
    """What was found, what was reached from it, by question; and the newest change of each register."""
    follows = [(n, q, lookup.then) for n, q, lookup in questions if lookup.then is not None]
    values: dict[str, Any] = {
        "n": [a.question for a in asked], "register": [a.register for a in asked], "day": [a.on for a in asked],
        "clear": [json.dumps(a.clear) for a in asked], "blind": [json.dumps(a.blind) for a in asked],
        "fn": [n for n, _, _ in follows], "fcolumn": [f.column for _, _, f in follows],
        "fregister": [code_of(q.line, f.register) for _, q, f in follows], "fby": [f.by for _, _, f in follows],
        "codes": sorted({code for _, q, lookup in questions for code in codes(q, lookup)}),
    }  # fmt: skip
    found, followed, editions = defaultdict[int, Rows](list), defaultdict[int, Rows](list), dict[str, int]()
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        for part, number, text, data in cursor.fetchall():
            if part == 2:
                editions[text] = number
            else:
                (followed if part else found)[number].append({**json.loads(data), "state": text})
    return found, followed, editions


def codes(question: Question, lookup: Lookup) -> tuple[str, ...]:
    """The registers a question is answered from."""
    names = (lookup.register, *((lookup.then.register,) if lookup.then else ()))
    return tuple(code_of(question.line, name) for name in names)


def _edition(question: Question, lookup: Lookup, editions: Mapping[str, int]) -> str:
    return " ".join(f"{code}@{editions[code]}" for code in codes(question, lookup))


def _rows(question: Question, lookup: Lookup, found: Rows, reached: Rows) -> tuple[dict[str, Any], ...]:
    """What was found, complete, in the order of the key, each with the day and with what was reached from it."""
    owned = register(code_of(question.line, lookup.register))
    empty = {name: None for name in owned.register.entry.model_fields if name not in owned.register.personal}
    rows = [{**empty, **row, "on": question.on.isoformat()} for row in found]
    if lookup.then is not None:
        name = lookup.then.register.rpartition(".")[2]
        rows = [{**row, name: tuple(_reached(row, lookup.then, reached))} for row in rows]
    return tuple(sorted(rows, key=lambda row: [str(row[column]) for column in _key(owned)]))


def _key(owned: Owned) -> tuple[str, ...]:
    return tuple(name for name in owned.register.key if name not in owned.register.personal)


def _reached(row: Mapping[str, Any], follow: Follow, reached: Rows) -> Iterable[dict[str, Any]]:
    value = row.get(follow.column)
    wanted = value if isinstance(value, list) else [value]
    return (other for one in wanted for other in reached if other.get(follow.by) == one)


# ------------------------------------------------------------------------------ in memory


class _Valid(NamedTuple):
    """A version in memory."""

    valid_from: date
    valid_to: date | None
    row: dict[str, Any]


class SnapshotPort:
    """The port over memory: each register is read once, when it is first asked, as known then."""

    def __init__(self) -> None:
        self._versions: dict[str, list[tuple[_Valid, Mapping[str, Any]]]] = {}
        self._editions: dict[str, int] = {}
        self._index: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[_Valid]]] = {}

    def snapshot(self) -> "SnapshotPort":
        """Itself: it does not change."""
        return self

    def ask(self, questions: Sequence[Question]) -> Mapping[str, Found]:
        """Answers by code of the need."""
        found: dict[str, Found] = {}
        for q in questions:
            if q.need.lookup is not None:
                found[q.need.code] = self._one(q, q.need.lookup)
        return found

    def _one(self, question: Question, lookup: Lookup) -> Found:
        wanted = conditions(0, question, lookup, vault())
        rows = _once(row for a in wanted for row in self._find(a.register, {**a.clear, **a.blind}, a.on))
        reached: Rows = []
        if lookup.then is not None:
            values = [row.get(lookup.then.column) for row in rows]
            each = [one for value in values for one in (value if isinstance(value, list) else [value])]
            code = code_of(question.line, lookup.then.register)
            places = [{lookup.then.by: one} for one in each if one is not None]
            reached = _once(row for place in places for row in self._find(code, place, question.on))
        edition = _edition(question, lookup, {code: self._edition(code) for code in codes(question, lookup)})
        return Found(_rows(question, lookup, rows, reached), edition)

    def _find(self, code: str, place: Condition, day: date) -> Iterator[dict[str, Any]]:
        columns = tuple(sorted(place))
        index = self._index.get((code, columns))
        if index is None:
            index = self._index[code, columns] = self._indexed(code, columns)
        for version in index.get(tuple(place[name] for name in columns), ()):
            if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
                yield version.row

    def _indexed(self, code: str, columns: tuple[str, ...]) -> dict[tuple[Any, ...], list[_Valid]]:
        found = defaultdict[tuple[Any, ...], list[_Valid]](list)
        for version, blinds in self._read(code):
            values = {**version.row, **blinds}
            place = tuple(values.get(name) for name in columns)
            if not any(isinstance(value, list | dict) for value in place):
                found[place].append(version)
        return found

    def _read(self, code: str) -> list[tuple[_Valid, Mapping[str, Any]]]:
        if code not in self._versions:
            self._load(code)
        return self._versions[code]

    def _edition(self, code: str) -> int:
        self._read(code)
        return self._editions[code]

    def _load(self, code: str) -> None:
        sql = (
            "SELECT valid_from, valid_to, state, data::text, blind::text FROM registers_version "
            "WHERE register = %s AND known_to IS NULL"
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM registers_change WHERE register = %s", (code,))
            self._editions[code] = cursor.fetchone()[0] or 0
            cursor.execute(sql, (code,))
            self._versions[code] = [
                (_Valid(since, until, {**json.loads(data), "state": state}), json.loads(blinds))
                for since, until, state, data, blinds in cursor.fetchall()
            ]


def _once(rows: Iterable[dict[str, Any]]) -> Rows:
    """Each row once, however many conditions it meets."""
    return list({id(row): row for row in rows}.values())
