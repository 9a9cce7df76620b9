"""提醒与预警: which clocks are near or past their day, how loud that is by the nature of the clock, and who hears it.

It tells, and changes no date. Each level is told once for each due date of a clock instance; after a standstill the
next look tells what is true then, not what was missed.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from yifa.casework import notices
from yifa.casework.requests import World
from yifa.language.clocks import Clock, Nature
from yifa.law.calendar import Calendar
from yifa.law.citation import Practice
from yifa.registry import line as line_of

AHEAD = 3  # working days before the last day
HORIZON = 15  # calendar days that are sure to hold them, the longest holiday included
CITE = Practice("期限届满前三个工作日预警（黄），逾期督办（红）；各地内部督办办法通例")


class Rule(NamedTuple):
    """How loud a nature of clock is before its day and from `after` on, and who hears it: notices.AUDIENCES."""

    ahead: str | None
    ahead_to: str
    after: str
    after_to: str
    on_day: bool = False  # the day itself already counts as come


RULES = {
    Nature.OWN_DUTY: Rule("amber", "handlers", "red", "handlers_and_head"),
    Nature.OTHERS_DUTY: Rule(None, "", "amber", "handlers"),
    Nature.RIGHT: Rule(None, "", "info", "handlers"),
    Nature.WAITING: Rule(None, "", "info", "handlers", on_day=True),
    Nature.MONITOR: Rule(None, "", "amber", "handlers"),
    Nature.REMINDER: Rule(None, "", "info", "handlers", on_day=True),
}


def has_come(nature: Nature, due: date, now: datetime) -> bool:
    """Whether the day (or, where the law counts hours, the moment) is over; for some natures: is there."""
    if isinstance(due, datetime):
        return due < now.replace(tzinfo=None)
    return due <= now.date() if RULES[nature].on_day else due < now.date()


def level_of(nature: Nature, due: date, now: datetime, calendar: Calendar) -> str | None:
    """amber, red, info or None: the colour of a running clock on a day."""
    rule = RULES[nature]
    if has_come(nature, due, now):
        return rule.after
    left = calendar.workdays_between(now.date(), due.date() if isinstance(due, datetime) else due)
    return rule.ahead if left <= AHEAD else None


class Near(NamedTuple):
    """A running clock whose day is near or past."""

    case: UUID
    line: str
    clock: str
    seq: int
    subject: str
    variant: int
    due: str
    ahead_told: bool


def look(world: World) -> int:
    """Raise what is due to be raised; returns how many alerts are new."""
    return sum(_raise(near, world) for near in _near(world.now()))


def _near(now: datetime) -> Iterator[Near]:
    """Running clocks up to the horizon whose passing was not told yet. A provisional day alarms nobody."""
    until = date.fromordinal(now.date().toordinal() + HORIZON).isoformat() + "T99"
    same = " AND ".join(
        f"a.{name} = k.{name}" for name in ("case_id", "clock", "seq", "subject", "variant", "due")
    )
    told = f"EXISTS (SELECT 1 FROM casework_alert a WHERE {same} AND a.passed = %s)"
    sql = (
        f"SELECT k.case_id, c.line, k.clock, k.seq, k.subject, k.variant, k.due, {told} FROM casework_clock k "
        "JOIN casework_case c ON c.id = k.case_id WHERE k.state = 'running' AND k.due <> '' AND k.due <= %s "
        f"AND NOT k.provisional AND NOT {told} ORDER BY k.due, k.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (False, until, True))
        yield from (Near(*row) for row in cursor.fetchall())


def _raise(near: Near, world: World) -> int:
    clock, now = line_of(near.line).clock(near.clock), world.now()
    if clock is None:
        return 0
    due = datetime.fromisoformat(near.due) if "T" in near.due else date.fromisoformat(near.due)
    passed, level = has_come(clock.nature, due, now), level_of(clock.nature, due, now, world.env.calendar)
    if level is None or (near.ahead_told and not passed):
        return 0
    with transaction.atomic():
        if not _first(near, passed, level, now):
            return 0
        rule = RULES[clock.nature]
        audience = rule.after_to if passed else rule.ahead_to
        notices.tell(_message(near, clock, passed, level), audience, world)
    return 1


def _first(near: Near, passed: bool, level: str, now: datetime) -> bool:
    """Note that this is told; False if it was told meanwhile."""
    sql = (
        "INSERT INTO casework_alert (case_id, clock, seq, subject, variant, due, passed, level, at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (*near[:1], *near[2:7], passed, level, now))
        return bool(cursor.rowcount)


def _message(near: Near, clock: Clock, passed: bool, level: str) -> notices.Message:
    code = f"clock_{clock.nature.name.lower()}" + ("" if passed else "_ahead")
    key = f"alert:{near.case}:{near.clock}:{near.seq}:{near.variant}:{near.due}:{int(passed)}"
    return notices.Message(code, {"clock": clock.title, "due": near.due}, level, near.case, key)
