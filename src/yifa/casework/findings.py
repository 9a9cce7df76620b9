"""Findings and who gets them: an act or a noting that no longer stands becomes a 待办 of a named person.

A finding is derived from the events each time; the task only remembers that somebody has it. When the finding goes
away (a correction was corrected), its open task goes too; when it comes back, the task is open again.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from yifa.casework import notices, store
from yifa.casework.models import Case, ClockRow
from yifa.casework.requests import World
from yifa.casework.work import Todo, Watch
from yifa.engine import advance
from yifa.engine.derive import read
from yifa.language.acts import Problem
from yifa.language.view import View
from yifa.people import selectors as people
from yifa.registry import known
from yifa.registry import line as line_of

KINDS = ("noting_superseded", "act_no_longer_stands")
REWRITING = ("correct", "annul", "move_version")


class Found(NamedTuple):
    """What a case must have somebody look at: step, kind, what to tell, and the role that gets it."""

    seq: int
    kind: str
    params: dict[str, Any]
    role: str


def look(world: World) -> int:
    """Make, reopen, lapse and hand out tasks; returns how many are new or open again."""
    made = sum(_settle(Case.objects.get(id=case), world) for case in _changed())
    for todo in Todo.objects.filter(done_at=None, assignee=None).select_related("case"):
        _hand_out(todo, world)
    return made


def _changed() -> list[UUID]:
    """Cases with a noting or a rewriting act, in which something has happened since they were looked at."""
    effects = {effect.code for code in known() for effect in line_of(code).effects}
    sql = (
        "SELECT DISTINCT c.id FROM casework_event e JOIN casework_case c ON c.id = e.case_id "
        "LEFT JOIN casework_watch w ON w.case_id = c.id WHERE e.action = ANY(%s) "
        "AND c.next_seq > COALESCE(w.seq, 0) ORDER BY c.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, ([*sorted(effects), *REWRITING],))
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def _settle(case: Case, world: World) -> int:
    today = world.now().date()
    view = advance(store.view_of(case.id, line_of(case.line), world), today)
    found = {(f.seq, f.kind): f for f in findings(view, today)}
    held = {(todo.seq, todo.kind): todo for todo in Todo.objects.filter(case=case)}
    made = sum(_open(case, item, held.get(place), world) for place, item in found.items())
    for place, todo in held.items():
        if place not in found and todo.done_at is None:
            _close(todo, "lapsed", "", world)
    Watch.objects.update_or_create(case=case, defaults={"seq": case.next_seq})
    return made


def findings(view: View, today: date) -> Iterator[Found]:
    """What `derive` finds, reduced to what may be told without opening the file."""
    for problem in read(view, today, view.events).findings:
        if problem.code in KINDS and problem.where is not None:
            seq = int(problem.where)
            effect = view.line.effect(view.events[seq].action)
            yield Found(seq, problem.code, _told(problem), effect.task if effect else "section_head")


def _told(problem: Problem) -> dict[str, Any]:
    return {name: str(problem.params[name]) for name in ("on", "effect", "action") if name in problem.params}


def _open(case: Case, item: Found, held: Todo | None, world: World) -> int:
    if held is not None and (held.done_at is None or held.outcome == "done"):
        return 0
    todo = held or Todo(case=case, seq=item.seq, kind=item.kind, created_at=world.now())
    todo.params, todo.role, todo.done_at, todo.outcome = item.params, item.role, None, ""
    todo.save()
    _hand_out(todo, world)
    return 1


def _hand_out(todo: Todo, world: World) -> None:
    """To one named person: a holder of the role, else a handler, else the head."""
    day = world.now().date()
    holders = [user.pk for user in people.holders(todo.case.organ, todo.role, day)]
    chosen = notices.may_know(todo.case, holders, day) or notices.handlers(todo.case, day)
    if chosen:
        todo.assignee_id = chosen[0]
        todo.save(update_fields=["assignee"])
        _tell(todo, world)


def _tell(todo: Todo, world: World) -> None:
    key = f"todo:{todo.pk}:{todo.created_at.isoformat()}:{todo.assignee_id}"
    message = notices.Message(f"todo_{todo.kind}", todo.params, "red", todo.case_id, key)
    notices.put(message, [todo.assignee_id] if todo.assignee_id else [], world)


def done(todo: int, user: int, world: World) -> bool:
    """The person has dealt with it; False if it is not theirs or no longer open."""
    row = Todo.objects.filter(pk=todo, assignee=user, done_at=None).first()
    if row is None:
        return False
    _close(row, "done", str(user), world)
    return True


def _close(todo: Todo, outcome: str, by: str, world: World) -> None:
    todo.outcome, todo.done_at, todo.done_by = outcome, world.now(), by
    todo.save(update_fields=["outcome", "done_at", "done_by"])


def text_of(todo: Todo) -> str:
    """What the task is about, in Chinese, as the notice about it says."""
    return notices.text(f"todo_{todo.kind}", todo.params, todo.case.number).text


def worklist(user: int) -> list[Todo]:
    """A person's open tasks, oldest first: one query."""
    return list(
        Todo.objects.filter(assignee=user, done_at=None).select_related("case").order_by("created_at", "id")
    )


# ------------------------------------------------------------------------------------------- holiday notices


def calendar_due(world: World) -> int:
    """Tell the system administrators when a provisional day has come: only the holiday notice can say what it means."""
    today, edition = world.now().date(), world.env.calendar.edition
    waiting = ClockRow.objects.filter(
        provisional=True, state="running", due__gt="", due__lt=today.isoformat()
    )
    count = waiting.count()
    if not count:
        return 0
    params = {"count": count, "edition": edition}
    message = notices.Message("calendar_missing", params, "red", None, f"calendar:{edition}")
    return len(notices.put(message, notices.administrators(today), world))
