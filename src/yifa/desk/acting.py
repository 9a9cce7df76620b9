"""Carrying an act from its form to the door: raw data in, done, proposed, or every problem beside its field."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from yifa.casework.materials import Upload, perform_with
from yifa.casework.proposals import Proposed, propose
from yifa.casework.requests import Answer, Ask, NotDone
from yifa.casework.services import perform
from yifa.desk.fields import Posted, raw
from yifa.desk.session import Desk
from yifa.language.actions import Action
from yifa.language.acts import Command, Problem
from yifa.language.line import Line
from yifa.language.messages import render


class Intent(NamedTuple):
    """What somebody wants to do, as posted. `key` makes sending the form twice one act."""

    command: Command
    key: str
    as_draft: bool
    uploads: tuple[Upload, ...] = ()


class Outcome(NamedTuple):
    """What came of it: the door's answer, or the proposal."""

    answer: Answer | Proposed
    problems: tuple[Problem, ...]


def intent(action: Action, posted: Posted, today: date, uploads: tuple[Upload, ...] = ()) -> Intent:
    """The command of a posted form, with the files that came with it."""
    data = raw(action.inputs, posted, lambda: f"p-{uuid4().hex[:12]}")
    one = {name: values[-1].strip() for name, values in posted.items() if name.startswith("act-")}
    command = Command(
        action.code,
        day_of(one.get("act-on", ""), today),
        data,
        one.get("act-party") or None,
        _number(one.get("act-re", "")),
    )
    return Intent(command, one.get("act-key") or uuid4().hex, "act-draft" in posted, uploads)


_PASSING = frozenset({"csrfmiddlewaretoken", "act-key", "act-keep", "act-do", "act-draft"})


def kept(posted: Posted) -> dict[str, list[str]]:
    """What of a posted form is worth keeping for later."""
    return {name: values for name, values in posted.items() if name not in _PASSING}


def day_of(text: str, today: date) -> date:
    """The legal date of the act: the given day (or moment); today where none is given."""
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return today


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def carry(desk: Desk, line: Line, case: UUID | None, wanted: Intent, organ: str | None = None) -> Outcome:
    """Through the door, or into a draft."""
    ask = Ask(wanted.command, desk.actor, wanted.key, line.code, case, organ)
    if wanted.as_draft:
        answer: Answer | Proposed = propose(ask, desk.world)
    else:
        answer = perform_with(ask, wanted.uploads, desk.world) if wanted.uploads else perform(ask, desk.world)
    return Outcome(answer, answer.problems if isinstance(answer, NotDone) else ())


class Told(NamedTuple):
    """Problems as pages show them: beside their field by path, and the rest above the form."""

    fields: Mapping[str, Sequence[str]]
    above: Sequence[str]


def told(line: Line, problems: Sequence[Problem], paths: Sequence[str]) -> Told:
    """Every problem once: beside the nearest field that is shown, else above."""
    fields: dict[str, list[str]] = defaultdict(list)
    above = []
    for problem in problems:
        place = _nearest(problem.where or "", paths)
        text = render(problem, line.messages)
        if place:
            fields[place].append(text)
        else:
            above.append(text)
    return Told(fields, above)


def _nearest(where: str, paths: Sequence[str]) -> str:
    while where and where not in paths:
        where = where.rpartition(".")[0]
    return where


def paths_of(fields: Sequence[Any]) -> list[str]:
    """Paths of all fields shown, groups and rows included."""
    found = []
    for field in fields:
        found.append(field.name)
        rows = field.parts if field.kind == "rows" else (field.parts,)
        for row in rows:
            found += paths_of(row)
    return found
