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
from yifa.registers.codec import canonical, place_of
from yifa.registry import Owned, register


class Asked(NamedTuple):
    """One condition of one question: the places at which an entry must be found, all of them."""

    question: int
    register: str
    on: date
    places: list[str]


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
    """What to look for, each alternative apart; what has no value is not looked for."""
    owned = register(code_of(question.line, lookup.register))
    for condition in lookup.where(question.key):
        if None not in condition.values():
            places = [place_of(owned, name, canonical(value), vault) for name, value in condition.items()]
            yield Asked(number, owned.code, question.on, places)


_VALID = "v.known_to IS NULL AND v.valid_from <= {day} AND (v.valid_to IS NULL OR v.valid_to >= {day})"
# Each look is a lateral query of its own behind OFFSET 0: whatever the planner expects, it goes by the index of places. The
# newest change of a register is the last one not after (register, ∞): a look into the index, however old that change is.
_SQL = f"""
WITH asked AS (
    SELECT a.n, a.day, string_to_array(a.places, chr(31)) AS places
    FROM unnest(%(n)s::int[], %(day)s::date[], %(places)s::text[]) AS a(n, day, places)
), found AS MATERIALIZED (
    SELECT DISTINCT ON (a.n, v.entry_id) a.n, a.day, v.entry_id, v.state, v.data
    FROM asked a CROSS JOIN LATERAL (SELECT * FROM registers_version v WHERE v.places @> a.places OFFSET 0) v
    WHERE {_VALID.format(day="a.day")} ORDER BY a.n, v.entry_id
), reached AS (
    SELECT DISTINCT ON (f.n, v.entry_id) f.n, v.entry_id, v.state, v.data
    FROM unnest(%(fn)s::int[], %(fcolumn)s::text[], %(fplace)s::text[]) AS f(n, col, place)
    JOIN found x ON x.n = f.n AND x.data -> f.col IS NOT NULL
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE jsonb_typeof(x.data -> f.col) WHEN 'array' THEN x.data -> f.col ELSE jsonb_build_array(x.data -> f.col) END
    ) AS e(value)
    CROSS JOIN LATERAL (
        SELECT * FROM registers_version v WHERE v.places @> ARRAY[f.place || (e.value #>> '{{}}')] OFFSET 0
    ) v WHERE {_VALID.format(day="x.day")} ORDER BY f.n, v.entry_id
)
SELECT 0, n, state, data::text FROM found UNION ALL SELECT 1, n, state, data::text FROM reached
UNION ALL SELECT 2, COALESCE((
    SELECT CASE WHEN c.register = r.code THEN c.id ELSE 0 END FROM registers_change c
    WHERE (c.register, c.id) <= (r.code, 9223372036854775807) ORDER BY c.register DESC, c.id DESC LIMIT 1
), 0), r.code, NULL FROM unnest(%(codes)s::text[]) AS r(code)
"""
_UNIT = "\x1f"  # between the places of one condition; no value of a register holds it

Rows = list[dict[str, Any]]


def _look(
    asked: Sequence[Asked], questions: Sequence[tuple[int, Question, Lookup]]
) -> tuple[dict[int, Rows], dict[int, Rows], dict[str, int]]:
    """What was found, what was reached from it, by question; and the newest change of each register."""
    follows = [(n, q, lookup.then) for n, q, lookup in questions if lookup.then is not None]
    values: dict[str, Any] = {
        "n": [a.question for a in asked], "day": [a.on for a in asked], "places": [_UNIT.join(a.places) for a in asked],
        "fn": [n for n, _, _ in follows], "fcolumn": [f.column for _, _, f in follows],
        "fplace": [f"{code_of(q.line, f.register)}.{f.by}=" for _, q, f in follows],
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
        self._places: dict[str, dict[str, list[_Valid]]] = {}
        self._editions: dict[str, int] = {}

    def snapshot(self) -> "SnapshotPort":
        """Itself: it does not change."""
        return self

    def ask(self, questions: Sequence[Question]) -> Mapping[str, Found]:
        """Answers by code of the need."""
        return {q.need.code: self._one(q, q.need.lookup) for q in questions if q.need.lookup is not None}

    def _one(self, question: Question, lookup: Lookup) -> Found:
        wanted = conditions(0, question, lookup, vault())
        rows = _once(row for a in wanted for row in self._find(a.register, a.places, a.on))
        reached: Rows = []
        if lookup.then is not None:
            code, by = code_of(question.line, lookup.then.register), lookup.then.by
            values = [row.get(lookup.then.column) for row in rows]
            each = [one for value in values for one in (value if isinstance(value, list) else [value])]
            places = [place_of(register(code), by, one, vault()) for one in each if one is not None]
            reached = _once(row for place in places for row in self._find(code, [place], question.on))
        edition = _edition(question, lookup, {code: self._edition(code) for code in codes(question, lookup)})
        return Found(_rows(question, lookup, rows, reached), edition)

    def _find(self, code: str, places: Sequence[str], day: date) -> Iterator[dict[str, Any]]:
        index = self._index(code)
        for version in index.get(places[0], []):
            everywhere = all(any(v is version for v in index.get(place, ())) for place in places[1:])
            if (
                everywhere
                and version.valid_from <= day
                and (version.valid_to is None or day <= version.valid_to)
            ):
                yield version.row

    def _edition(self, code: str) -> int:
        self._index(code)
        return self._editions[code]

    def _index(self, code: str) -> dict[str, list[_Valid]]:
        if code not in self._places:
            self._places[code] = self._load(code)
        return self._places[code]

    def _load(self, code: str) -> dict[str, list[_Valid]]:
        sql = (
            "SELECT valid_from, valid_to, state, data::text, places FROM registers_version "
            "WHERE register = %s AND known_to IS NULL"
        )
        found = defaultdict[str, list[_Valid]](list)
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM registers_change WHERE register = %s", (code,))
            self._editions[code] = cursor.fetchone()[0] or 0
            cursor.execute(sql, (code,))
            for since, until, state, data, places in cursor.fetchall():
                version = _Valid(since, until, {**json.loads(data), "state": state})
                for place in places:
                    found[place].append(version)
        return dict(found)


def _once(rows: Iterable[dict[str, Any]]) -> Rows:
    """Each row once, however many conditions it meets."""
    return list({id(row): row for row in rows}.values())
