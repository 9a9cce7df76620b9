"""A run as JSON (a fixed shape) and as Chinese text."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from yifa.engine import Derived, Reading
from yifa.language.acts import Problem
from yifa.language.line import Line
from yifa.language.messages import render
from yifa.language.rules import Finding, explain
from yifa.language.view import Effected
from yifa.law.derivations import day_zh, lines
from yifa.timelines.run import Run, Step, describe

STATUS_ZH = {
    "running": "计算中", "paused": "中止计算", "met": "已办", "late": "逾期办理", "lapsed": "已届满", "stopped": "已终止计算",
    "replaced": "已重新计算",
}  # fmt: skip


def as_json(run: Run) -> dict[str, Any]:
    """One element of the published array."""
    final = run.final
    return {
        "id": run.entry.id,
        "line": run.entry.line.code,
        "version": final.version,
        "version_tentative": not final.view.version_final,
        "problems": list(run.problems),
        "steps": [_step(index, step) for index, step in enumerate(run.steps)],
        "final": {
            "as_of": _iso(final.as_of),
            "stage": final.stage,
            "deadlines": [_reading(r) for r in final.readings],
            "outcomes": _outcomes(final, (), with_findings=True),
            "effects": [_effect(final, effect) for effect in final.effects],
        },
    }  # fmt: skip


def _effect(derived: Derived, effect: Effected) -> dict[str, Any]:
    """An effect of law; `noted`: whether an event of the file says so too."""
    noted = (e for e in derived.view.events if e.action == effect.code and e.party in (None, effect.subject))
    return {
        "effect": effect.code,
        "date": _iso(effect.on),
        "for": effect.subject,
        "noted": effect.noted or any(noted),
        "cite": _effect_cite(derived, effect.code),
    }


def _effect_cite(derived: Derived, code: str) -> str:
    effect = derived.line.effect(code)
    return str(derived.line.cite(effect.cite, derived.version)) if effect else ""


def _step(index: int, step: Step) -> dict[str, Any]:
    return {
        "event": index,
        "label": step.dated.label,
        "date": _iso(step.dated.event.effective_on),
        "action": step.dated.event.action,
        "stage": step.derived.stage,
        "deadlines": [_reading(r) for r in step.derived.readings],
        "outcomes": _outcomes(step.derived, step.refused),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "deadline": reading.clock,
        "for": reading.subject,
        "kind": reading.kind,
        "due": _iso(reading.due),
        "provisional": reading.provisional,
        "earliest": _iso(reading.earliest),
        "latest": _iso(reading.latest),
        "also": [_iso(day) for _, day in reading.also],
        "status": reading.status,
        "cite": str(reading.cite),
        "derivation": list(derivation(reading)),
    }


def derivation(reading: Reading) -> tuple[str, ...]:
    """The lines of a reading, other readings of the text at the end."""
    also = (f"另示：{title} {day_zh(day)}" for title, day in reading.also)
    resumed = (
        (f"如今日恢复，届满日为 {day_zh(reading.if_resumed_today)}",) if reading.if_resumed_today else ()
    )
    return (*lines(reading.steps), *also, *resumed)


def _outcomes(
    derived: Derived, refused: tuple[Problem, ...], *, with_findings: bool = False
) -> dict[str, Any]:
    """Results of rules; `refused`: why the event itself was; `findings`: what a person has to look at."""
    found = {code: _outcome(derived.line, finding) for code, finding in derived.outcomes.items()}
    if refused:
        found["refused"] = _told(derived.line, "refuse", refused)
    if with_findings and derived.findings:
        found["findings"] = _told(derived.line, "manual_review", derived.findings)
    return found


def _told(line: Line, outcome: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    cites = dict.fromkeys(str(p.cite) for p in problems if p.cite)
    return {
        "outcome": outcome,
        "cite": "；".join(cites),
        "reasons": [render(p, line.messages) for p in problems],
    }


def _outcome(line: Line, finding: Finding) -> dict[str, Any]:
    table = next((t for t in line.tables if t.code == finding.table), None)
    reasons = list(explain(table, finding)) if table else [t.title for t in finding.tried]
    return {"outcome": finding.outcome, "cite": str(finding.cite or ""), "reasons": reasons}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# ------------------------------------------------------------------------------------------ text


def as_text(run: Run) -> Iterator[str]:
    """A run for people."""
    entry, final = run.entry, run.final
    tentative = "" if final.view.version_final else "，暂定"
    yield f"■ {entry.id}  {entry.line.title}（{final.version}版{tentative}）"
    before: dict[Any, Any] = {}
    for step in run.steps:
        event = step.dated.event
        plan = entry.line.plan(event.action)
        party = f"（{event.party}）" if event.party else ""
        yield f"  {day_zh(event.effective_on)} {plan.title if plan else event.action}{party} → {_stage(step.derived)}"
        yield from (f"    ✗ 不予办理：{render(p, entry.line.messages)}" for p in step.refused)
        for reading in step.derived.readings:
            key, now = (
                (reading.clock, reading.subject, reading.trigger_seq, reading.start),
                (reading.due, reading.status),
            )
            if before.get(key) != now:
                yield from _reading_text(reading, full=key not in before or before[key][0] != reading.due)
            before[key] = now
    yield f"  截至 {day_zh(final.as_of)}：{_stage(final)}"
    yield from (f"    依法发生：{_effect_text(final, effect)}" for effect in final.effects)
    for finding in final.outcomes.values():
        yield from (f"    {line}" for line in _outcome(entry.line, finding)["reasons"])
    yield from (f"    ! {render(f, entry.line.messages)}" for f in final.findings)
    for item in run.checked:
        yield f"  {'✓' if item.found is None else '✗'} {describe(item.expectation)}" + (
            f"：{item.found}" if item.found else ""
        )
    yield from (f"  ✗ {p}" for p in run.problems if p.startswith("适用版本"))


def _stage(derived: Derived) -> str:
    """The main stage, and the side tracks there are."""
    stages = (stage for stage in (derived.stage, *derived.view.tracks.values()) if stage is not None)
    return "；".join(map(derived.line.stage_title, stages)) or derived.line.stage_title(None)


def _effect_text(derived: Derived, effect: Effected) -> str:
    who = f"（{effect.subject}）" if effect.subject else ""
    return (
        f"{day_zh(effect.on)} {_effect_title(derived, effect.code)}{who} {_effect_cite(derived, effect.code)}"
    )


def _effect_title(derived: Derived, code: str) -> str:
    effect = derived.line.effect(code)
    return effect.title if effect else code


def _reading_text(reading: Reading, *, full: bool) -> Iterator[str]:
    who = f"（{reading.subject}）" if reading.subject else ""
    due = day_zh(reading.due) if reading.due else "未定"
    mark = " 暂定" if reading.provisional else ""
    yield f"    · {reading.title}{who}：{due}{mark}［{STATUS_ZH[reading.status]}］ {reading.cite}"
    if full:
        yield from (f"        {line}" for line in derivation(reading))
