"""Figures from the live tables of PostgreSQL, as of a cut-off."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import ibis
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from yifa.casework.codec import facts_of
from yifa.casework.known import Known, as_known, changed_since, corrected, local_day, unreadable
from yifa.casework.requests import World
from yifa.casework.world import SystemWorld
from yifa.casework.writing import clock_values
from yifa.city.load import load as load_city
from yifa.language.acts import Env
from yifa.language.kernel_actions import META
from yifa.language.line import Line
from yifa.registry import CITY
from yifa.statistics.compile import Query
from yifa.statistics.flat import tables

Row = tuple[Any, ...]


class NotKeptError(LookupError):
    """A source that is not kept here: the snapshot has no such table."""


class Engine(Protocol):
    """Where figures come from: the live tables, or a snapshot. Its cut-off is part of every figure."""

    known_at: datetime
    env: Env

    def run(self, query: Query) -> list[Row]:
        """The rows of a query. NotKeptError if a source is not kept here."""
        ...


class Over(NamedTuple):
    """Cases that projections do not answer for the cut-off: which, and as known then (JSON)."""

    out: list[UUID]
    rows: str


class Live:
    """The live tables, as known at a moment (now, unless given). What is recorded later changes no figure of it."""

    def __init__(self, known_at: datetime | None = None, world: World | None = None) -> None:
        self.world = world or SystemWorld()
        self.known_at = known_at or self.world.now()
        self.env = self.world.env
        self._over: dict[str, Over] = {}
        self._acts: dict[str, Over] = {}

    def run(self, query: Query) -> list[Row]:
        """The rows of a query, in one statement."""
        select = ibis.to_sql(query.expr, dialect="postgres").replace("%", "%%")
        sql = f"WITH {tables(query.line, query.tables)} {select}"
        return self.fetch(sql, self.values(query.line, query.tables))

    def values(self, line: Line, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters of the statements of `flat.tables`."""
        over = self._overlay(line) if {"cases", "clocks"} & set(wanted) else Over([], "[]")
        acts = self._corrected(line) if "acts" in wanted else Over([], "[]")
        effects = [effect.code for effect in line.effects]
        return {
            "line": line.code, "known_at": self.known_at, "as_of": local_day(self.known_at), "zone": settings.TIME_ZONE,
            "districts": districts(), "out": over.out, "over": over.rows, "acts_out": acts.out, "acts_over": acts.rows,
            "no_acts": [*META, *effects],
        }  # fmt: skip

    def fetch(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        """All rows of a statement."""
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[Row] = cursor.fetchall()
            return rows

    def _overlay(self, line: Line) -> Over:
        if line.code not in self._over:
            changed = changed_since(line.code, self.known_at)
            erased = set(unreadable(changed)) if changed else set()
            out = [case for case in changed if case not in erased]
            known = as_known(out, line, self.known_at, self.world)
            self._over[line.code] = Over(out, json.dumps([_row(case) for case in known]))
        return self._over[line.code]

    def _corrected(self, line: Line) -> Over:
        if line.code not in self._acts:
            cases = corrected(line.code, self.known_at)
            known = list(as_known(cases, line, self.known_at, self.world))
            rows = [row for case in known for row in _acts(case)]
            self._acts[line.code] = Over([case.id for case in known], json.dumps(rows))
        return self._acts[line.code]


@contextmanager
def live(known_at: datetime | None = None, world: World | None = None) -> Iterator[Live]:
    """The live tables as one moment shows them: all queries inside see the same rows."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield Live(known_at or timezone.now(), world)


def districts() -> str:
    """Organ → district code, as JSON; what belongs to no district stands under the city's own code (GB/T 2260)."""
    city = load_city(CITY)
    own = city.districts[0].code[:4] + "00"
    return json.dumps({organ.code: organ.seat or own for organ in city.organs.values()})


def _row(case: Known) -> dict[str, Any]:
    view = case.view
    names = ("clock", "seq", "subject", "variant", "start", "due", "provisional", "state", "ended_on")
    clocks = (clock_values(i) for instances in view.clocks.values() for i in instances)
    return {
        "id": str(case.id), "number": case.number, "organ": case.organ, "stage": view.stage or "", "version": view.version,
        "closed": view.is_closed, "facts": facts_of(view),
        "clocks": [dict(zip(names, values, strict=True)) for values in clocks],
    }  # fmt: skip


def _acts(case: Known) -> Iterator[dict[str, Any]]:
    for acts in case.view.acts.values():
        for act in acts:
            if not act.by_law and act.recorded_on is not None:
                yield {
                    "case": str(case.id), "seq": act.seq, "action": act.action,
                    "effective_on": act.effective_on.isoformat()[:10], "recorded_on": act.recorded_on.isoformat(),
                }  # fmt: skip
