"""Cases as they were known at a moment: for figures with a cut-off, the few cases that projections do not answer.

Projections (case, clock and party rows) speak of now. For a cut-off they hold for every case in which nothing was
recorded after it and no effect of law was still to be noted; the others are folded again from the events known then.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from yifa.casework.codec import unseal
from yifa.casework.requests import World
from yifa.casework.store import Row, query_events
from yifa.engine import advance, refold
from yifa.language.line import Line
from yifa.language.view import View

BATCH = 2_000
RECORDS = ("correct", "annul")  # records about records: after them an event row no longer says what counts


class Known(NamedTuple):
    """A case with the view of it that the events known at the moment give."""

    id: UUID
    organ: str
    number: str
    view: View


def local_day(moment: datetime) -> date:
    """The legal day of a moment."""
    return timezone.localtime(moment).date()


def changed_since(line: str, moment: datetime) -> list[UUID]:
    """Cases whose projections do not hold for this moment: recorded in later, or an effect has come about unnoted."""
    sql = (
        "SELECT c.id FROM casework_case c WHERE c.line = %s AND (c.next_fire <= %s OR c.id IN "
        "(SELECT case_id FROM casework_event WHERE recorded_at > %s)) ORDER BY c.id"
    )
    return _ids(sql, (line, local_day(moment), moment))


def corrected(line: str, moment: datetime) -> list[UUID]:
    """Cases in which, by this moment, an act had been corrected or annulled."""
    sql = (
        "SELECT DISTINCT e.case_id FROM casework_event e JOIN casework_case c ON c.id = e.case_id "
        "WHERE c.line = %s AND e.action = ANY(%s) AND e.recorded_at <= %s ORDER BY e.case_id"
    )
    return _ids(sql, (line, list(RECORDS), moment))


def _ids(sql: str, values: Sequence[Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def as_known(cases: Sequence[UUID], line: Line, moment: datetime, world: World) -> Iterator[Known]:
    """These cases as known at the moment; one in which nothing had been recorded by then does not come.

    A case of which a payload has been erased cannot be folded again; its projection stays what there is to know.
    """
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        names = _names(batch)
        events = query_events(batch, moment)
        for case, rows in groupby(events, key=lambda row: row.case_id):
            log = list(rows)
            if all(row.payload is not None for row in log):
                yield _known(case, log, names[case], line, moment, world)


def unreadable(cases: Sequence[UUID]) -> list[UUID]:
    """Those of the cases of which a payload has been erased."""
    sql = "SELECT DISTINCT case_id FROM casework_event WHERE payload IS NULL AND case_id = ANY(%s)"
    return _ids(sql, (list(cases),))


def _known(
    case: UUID, rows: list[Row], name: tuple[str, list[tuple[int, str]]], line: Line, moment: datetime, world: World
) -> Known:  # fmt: skip
    view = refold(line, world.env, tuple(unseal(row, line, world) for row in rows))
    view = advance(view, local_day(moment))
    origin, numbers = name
    given = [text for seq, text in numbers if seq <= rows[-1].seq]
    return Known(case, view.organ or origin, given[-1] if given else "", view)


def _names(cases: Iterable[UUID]) -> dict[UUID, tuple[str, list[tuple[int, str]]]]:
    """Organ at the opening (cases kept before it was: the organ now) and the case numbers given, in order."""
    sql = (
        "SELECT c.id, COALESCE(NULLIF(c.origin, ''), c.organ), n.seq, n.text FROM casework_case c LEFT JOIN casework_number n "
        "ON n.case_id = c.id AND n.kind = 'case' WHERE c.id = ANY(%s) ORDER BY c.id, n.seq"
    )
    found: dict[UUID, tuple[str, list[tuple[int, str]]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, (list(cases),))
        for case, origin, seq, text in cursor.fetchall():
            numbers = found.setdefault(case, (origin, []))[1]
            if text is not None:
                numbers.append((seq, text))
    return found
