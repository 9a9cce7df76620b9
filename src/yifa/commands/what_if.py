"""The deadlines of a running case, and what an act would make of them: nothing is written."""

import os
import shlex
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import click
import yaml

from yifa.engine import Reading, advance, decide
from yifa.engine.derive import read
from yifa.language.acts import Allowed, Command, Context
from yifa.language.messages import render
from yifa.language.view import View
from yifa.law.derivations import day_zh, lines

BESIDE = ("party", "re", "on")  # what an act has beside its data


def view_of(number: str) -> View:
    """The running case of this number (or id), as it is recorded."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    from yifa import registry
    from yifa.casework import store
    from yifa.casework.world import SystemWorld

    found = store.case_named(number)
    if found is None:
        raise click.UsageError(f"--case：没有找到案件 {number}，请核对案号")
    return store.view_of(UUID(found["id"]), registry.line(found["line"]), SystemWorld())


def command_of(text: str, today: date) -> Command:
    """`extend_review days=30 party=甲` as a command; values are read as YAML, so that lists and dates can be written."""
    action, *given = shlex.split(text) or [""]
    wrong = [f"--if：“{part}”应写作 字段=值" for part in given if "=" not in part]
    if not action:
        wrong.append("--if：没有写事项，如 'extend_review days=30'")
    if wrong:
        raise click.UsageError("\n  ".join(("", *wrong)))
    data: dict[str, Any] = {}
    for part in given:
        name, _, value = part.partition("=")
        data[name] = yaml.safe_load(value)
    beside = {name: data.pop(name) for name in BESIDE if name in data}
    return Command(action, beside.get("on", today), data, beside.get("party"), beside.get("re"))


def deadlines(view: View, today: date) -> Iterator[str]:
    """Every deadline of the case as it stands."""
    yield f"{view.line.title}，{view.line.stage_title(view.stage)}（截至 {day_zh(today)}）"
    for reading in read(advance(view, today), today).readings:
        if reading.status in ("running", "paused", "lapsed"):
            yield from _shown(reading)


def if_done(view: View, command: Command, today: date) -> Iterator[str]:
    """What would change if the act were done; or every reason why it could not be."""
    action = view.line.action(command.action)
    needs = action.needs if action else ()
    decision = decide(view, command, {need.code: () for need in needs}, Context(today=max(today, command.on)))
    if not isinstance(decision, Allowed):
        yield f"不能办理“{action.title if action else command.action}”："
        yield from (f"  ✗ {render(problem, view.line.messages)}" for problem in decision.problems)
        return
    assert action is not None
    yield f"如果于 {day_zh(command.on)} 办理“{action.title}”" + (
        "（假定应核对的事项均无妨碍）：" if needs else "："
    )
    yield from (f"  ! {render(warning, view.line.messages)}" for warning in decision.warnings)
    day = max(today, command.on)
    before = {_key(r): r for r in read(advance(view, day), day).readings}
    changed = [
        (before.get(_key(r)), r)
        for r in read(advance(decision.view, day), day).readings
        if (r.due, r.status) != _standing(before.get(_key(r)))
    ]
    for old, new in changed:
        yield from _shown(new, old)
    if not changed:
        yield "  各期限不变"


def _key(reading: Reading) -> tuple[str, str | None, int, date]:
    return reading.clock, reading.subject, reading.trigger_seq, reading.start


def _standing(reading: Reading | None) -> tuple[date | None, str] | None:
    return None if reading is None else (reading.due, reading.status)


def _shown(reading: Reading, old: Reading | None = None) -> Iterator[str]:
    who = f"（{reading.subject}）" if reading.subject else ""
    was = f"{_due(old)} → " if old is not None else ""
    yield f"  · {reading.title}{who}：{was}{_due(reading)} {reading.cite}"
    yield from (f"      {line}" for line in lines(reading.steps))


def _due(reading: Reading) -> str:
    due = "中止中" if reading.due is None else day_zh(reading.due)
    ended = {
        "met": "，已办",
        "late": "，逾期办理",
        "stopped": "，不再计算",
        "replaced": "，已重新起算",
        "lapsed": "，已届满",
    }
    return due + ("（暂定）" if reading.provisional else "") + ended.get(reading.status, "")
