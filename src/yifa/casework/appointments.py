"""日程: what people must be at, made from the facts that lines declare; place and lawyers are read from the case."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from yifa.casework import store
from yifa.casework.codec import moment, unseal
from yifa.casework.models import Case
from yifa.casework.requests import World
from yifa.casework.selectors import Reader, Row, beside_of, row_of
from yifa.casework.shown import show
from yifa.casework.within import listable
from yifa.engine import refold
from yifa.language.privacy import Personal
from yifa.language.records import Meeting
from yifa.language.view import View
from yifa.people import selectors as people
from yifa.registry import known
from yifa.registry import line as line_of

MOST, NAME = 200, Personal("name")


class Appointment(NamedTuple):
    """Something people must be at: when (a day, or a moment), what for, where, with which lawyers, and the case."""

    at: date
    title: str
    place: str
    lawyers: tuple[str, ...]
    row: Row


def calendar(reader: Reader, world: World, first: date, last: date) -> tuple[Appointment, ...]:
    """Appointments of these days in cases the reader may list, in order of time: at most 200, in a fixed number of queries."""
    below = people.organs_below(reader.actor.organ or "")
    found = list(listable(reader.actor, below, world).filter(_within(first, last)).order_by("id")[:MOST])
    beside, views = beside_of(found, world), _views(found, world)
    made = [
        _made(at, meeting, views.get(case.pk), row_of(case, reader, below, beside, world))
        for case in found
        for fact, meeting in line_of(case.line).appointments.items()
        if fact in case.facts and first <= _day(at := moment(case.facts[fact])) <= last
    ]
    return tuple(sorted(made, key=lambda each: (str(each.at), each.row.number)))


def _within(first: date, last: date) -> Q:
    """Cases with an appointment on these days."""
    where = Q(pk__in=())
    for code in known():
        for fact in line_of(code).appointments:
            until = (last + timedelta(days=1)).isoformat()
            where |= Q(line=code, **{f"facts__{fact}__gte": first.isoformat(), f"facts__{fact}__lt": until})
    return where


def _views(cases: list[Case], world: World) -> dict[UUID, View]:
    """The cases folded anew, in one query: corrected acts as corrected, annulled ones gone."""
    lines = {case.pk: line_of(case.line) for case in cases}
    rows = groupby(store.query_events([*lines], world.now()), key=lambda row: row.case_id)
    return {
        case: refold(lines[case], world.env, tuple(unseal(row, lines[case], world) for row in log))
        for case, log in rows
    }


def _made(at: date, meeting: Meeting, view: View | None, row: Row) -> Appointment:
    if view is None:
        return Appointment(at, meeting.title, "", (), row)
    lawyers = tuple(show(who, NAME, row.ceiling) for who in meeting.lawyers(view))
    return Appointment(at, meeting.title, meeting.place(view), lawyers, row)


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at
