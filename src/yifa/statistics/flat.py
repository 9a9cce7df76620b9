"""The tables of figures as SQL over casework: what PostgreSQL answers live and what a snapshot is written from.

Every table is a common table expression; `%(out)s` are cases whose projections do not hold for the cut-off, `%(over)s`
the same cases as known then. So the rows of both come out of the same statements.
"""

from collections.abc import Iterable, Mapping

from yifa import registry
from yifa.language.indicators import Column
from yifa.language.line import Line
from yifa.language.sources import CASES, CLOCK_COLUMNS, REGISTER
from yifa.registry import Owned

# How a fact, kept as JSON, becomes a column. Lists that are empty say as little as facts that are missing.
_FACT = {
    "date": "left(facts->>'{0}', 10)::date",
    "text": "facts->>'{0}'",
    "flag": "(facts->>'{0}')::boolean",
    "number": "(facts->>'{0}')::numeric(18,2)",
    "texts": "CASE WHEN jsonb_typeof(facts->'{0}') = 'array' AND facts->'{0}' <> '[]' "
    "THEN ARRAY(SELECT jsonb_array_elements_text(facts->'{0}')) END",
}
_OWN = {
    "case": "id::text",
    "number": "NULLIF(number, '')",
    "organ": "organ",
    "district": "%(districts)s::jsonb ->> organ",
    "stage": "stage",
    "version": "version",
    "closed": "closed",
}
_CLOCK = {
    "due": "(array_agg(due ORDER BY status = 'replaced', start DESC, seq DESC))[1]",
    "status": "(array_agg(status ORDER BY status = 'replaced', start DESC, seq DESC))[1]",
    "open": "bool_or(status IN ('running', 'paused'))",
}

_OVER = (
    "over AS (SELECT * FROM jsonb_to_recordset(%(over)s::jsonb) AS t(id uuid, number text, organ text, stage text, "
    "version text, closed boolean, facts jsonb, clocks jsonb))"
)
_BASE_CASE = (
    "base_case AS (SELECT id, number, organ, stage, version, closed, facts FROM casework_case "
    "WHERE line = %(line)s AND id <> ALL(%(out)s::uuid[]) "
    "UNION ALL SELECT id, number, organ, stage, version, closed, facts FROM over)"
)
_BASE_CLOCK = (
    "clock_row AS (SELECT k.case_id, k.clock, k.seq, k.start, k.due, k.state, k.ended_on FROM casework_clock k "
    "JOIN casework_case c ON c.id = k.case_id WHERE c.line = %(line)s AND c.id <> ALL(%(out)s::uuid[]) "
    "UNION ALL SELECT o.id, x.* FROM over o, jsonb_to_recordset(o.clocks) "
    "AS x(clock text, seq int, start text, due text, state text, ended_on text)), "
    # A clock still running whose day has passed has lapsed, whether or not anything was recorded since.
    "base_clock AS (SELECT case_id, clock, seq, left(start, 10)::date AS start, left(NULLIF(due, ''), 10)::date AS due, "
    "left(NULLIF(ended_on, ''), 10)::date AS ended_on, CASE WHEN ended_on = '' AND due <> '' "
    "AND left(due, 10)::date < %(as_of)s THEN 'lapsed' ELSE state END AS status FROM clock_row)"
)
_ACTS = (
    'acts AS (SELECT e.case_id::text AS "case", e.seq::numeric(18,2) AS seq, e.action, '
    "left(e.effective_on, 10)::date AS effective_on, (e.recorded_at AT TIME ZONE %(zone)s)::date AS recorded_on "
    "FROM casework_event e JOIN casework_case c ON c.id = e.case_id "
    "WHERE c.line = %(line)s AND e.action <> ALL(%(no_acts)s) AND e.recorded_at <= %(known_at)s "
    "AND e.case_id <> ALL(%(acts_out)s::uuid[]) "
    "UNION ALL SELECT * FROM jsonb_to_recordset(%(acts_over)s::jsonb) "
    'AS t("case" text, seq numeric(18,2), action text, effective_on date, recorded_on date))'
)
_CLOCKS = (
    'clocks AS (SELECT case_id::text AS "case", clock, start, due, status, ended_on FROM base_clock '
    "WHERE status <> 'replaced')"
)


_REGISTER_OWN = {
    "entry": "v.entry_id::text", "begun": "v.valid_from", "ended": "v.valid_to", "state": "v.state",
    "followed": "lead(v.valid_from) OVER (PARTITION BY v.entry_id ORDER BY v.valid_from)",
}  # fmt: skip
_OF_ORGAN = {"organ": "NULLIF(v.organ, '')", "district": "%(districts)s::jsonb ->> v.organ"}


def register(owned: Owned, columns: Iterable[Column]) -> str:
    """The versions of a register's entries, as known at the cut-off."""
    fields = owned.register.entry.model_fields
    own = _REGISTER_OWN | {name: sql for name, sql in _OF_ORGAN.items() if name not in fields}
    picked = ", ".join(f'{own.get(c.name) or _field(c)} AS "{c.name}"' for c in columns)
    return (
        f"\"{REGISTER}{owned.code}\" AS (SELECT {picked} FROM registers_version v WHERE v.register = '{owned.code}' "
        "AND v.known_from <= %(known_at)s AND (v.known_to IS NULL OR v.known_to > %(known_at)s))"
    )


def _field(column: Column) -> str:
    return _FACT[column.kind].format(column.name).replace("facts", "v.data")


def tables(line: Line, wanted: Mapping[str, Iterable[Column]]) -> str:
    """The WITH list for these tables (cases, acts, clocks, registers), with at least these columns."""
    clocks = _clock_codes(line, wanted.get("cases", ()))
    parts = [_OVER, _BASE_CASE] if "cases" in wanted else []
    if clocks or "clocks" in wanted:
        parts = [_OVER, *parts[1:], _BASE_CLOCK]
    if "cases" in wanted:
        parts.append(_cases(line, tuple(wanted["cases"]), clocks))
    own = {"acts": _ACTS, "clocks": _CLOCKS}
    parts += [own[name] for name in own if name in wanted]
    registers = (name for name in wanted if name.startswith(REGISTER))
    parts += [register(registry.register(name.removeprefix(REGISTER)), wanted[name]) for name in registers]
    return ", ".join(parts)


def _clock_codes(line: Line, columns: Iterable[Column]) -> tuple[str, ...]:
    found = (clock_of(line, column.name) for column in columns)
    return tuple(dict.fromkeys(split[0] for split in found if split))


def clock_of(line: Line, name: str) -> tuple[str, str] | None:
    """review_decision_due → (review_decision, due), if the line has such a clock and no fact of that name."""
    code, _, suffix = name.rpartition("_")
    taken = {column.name for column in (*CASES, *line.columns)}
    return (code, suffix) if suffix in CLOCK_COLUMNS and line.clock(code) and name not in taken else None


def _cases(line: Line, columns: tuple[Column, ...], clocks: tuple[str, ...]) -> str:
    picked = ", ".join(f'{_column(line, column)} AS "{column.name}"' for column in columns)
    joins = " ".join(f"LEFT JOIN {_newest(code, n)} ON k{n}.case_id = id" for n, code in enumerate(clocks))
    return f"cases AS (SELECT {_numbered(picked, clocks)} FROM base_case {joins})"


def _newest(code: str, number: int) -> str:
    picked = ", ".join(f"{sql} AS {name}" for name, sql in _CLOCK.items())
    return f"(SELECT case_id, {picked} FROM base_clock WHERE clock = '{code}' GROUP BY case_id) AS k{number}"


def _numbered(picked: str, clocks: tuple[str, ...]) -> str:
    for number, code in enumerate(clocks):
        picked = picked.replace(f"[{code}].", f"k{number}.")
    return picked


def _column(line: Line, column: Column) -> str:
    clock = clock_of(line, column.name)
    if clock is not None:
        value = f"[{clock[0]}].{clock[1]}"
        return f"coalesce({value}, false)" if clock[1] == "open" else value
    return _OWN.get(column.name) or _FACT[column.kind].format(column.name)
