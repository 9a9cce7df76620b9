"""A procedure as a guide: stages, who does what on which article, every time limit, the documents."""

from collections.abc import Iterator
from typing import Any

from yifa.guide.lengths import length_text
from yifa.language.actions import Action
from yifa.language.clocks import Clock, Nature, Start, When
from yifa.language.line import Line
from yifa.language.rules import outcome_zh
from yifa.language.values import leaves
from yifa.law.citation import Several, Source
from yifa.law.statute import Length

NATURE_ZH = {
    Nature.OWN_DUTY: "办案机关的期限",
    Nature.OTHERS_DUTY: "其他机关的期限",
    Nature.RIGHT: "当事人的权利期限",
    Nature.WAITING: "最早可以办理的日期",
    Nature.MONITOR: "跟踪",
    Nature.REMINDER: "提醒",
}


def guide(line: Line) -> Iterator[str]:
    """The guide as Markdown lines."""
    yield f"# {line.title}程序指南"
    yield ""
    yield "适用版本：" + "；".join(f"{_edition(v)}{v.title}（{_span(v)}）" for v in line.versions)
    yield from _advice(line)
    yield from _stages(line)
    yield from _actions(line)
    yield from _clocks(line)
    yield from _effects(line)
    yield from _tables(line)
    yield from _documents(line)


def _edition(version: Any) -> str:
    """2023版; nothing for a version whose code is no year: its title says enough."""
    return f"{version.code}版 " if version.code.isdigit() else ""


def _span(version: Any) -> str:
    since = f"自{version.since:%Y年%-m月%-d日}起" if version.since else ""
    until = f"至{version.until:%Y年%-m月%-d日}止" if version.until else ""
    return since + until or "一直适用"


def _advice(line: Line) -> Iterator[str]:
    """What a citizen asks first."""
    if line.advice:
        yield from ("", "## 先看这里")
    for advice in line.advice:
        yield from ("", f"**{advice.question}** {advice.answer}（{_cite(advice.cite)}）")


def _stages(line: Line) -> Iterator[str]:
    yield from ("", "## 阶段", "")
    for stage in line.stages:
        yield f"- {stage.title}" + ("" if stage.open else "（结束）") + ("（副线）" if stage.track else "")


def _actions(line: Line) -> Iterator[str]:
    yield from (
        "",
        "## 办理事项",
        "",
        "| 事项 | 由谁办理 | 适用阶段 | 办理后 | 依据 |",
        "|---|---|---|---|---|",
    )
    for action in line.actions:
        title = action.title + _only(line, action.versions)
        yield f"| {title} | {_who(line, action)} | {_from(line, action)} | {_to(line, action)} | {_cite(action.cite)} |"


def _only(line: Line, versions: frozenset[str]) -> str:
    """Said where a rule is of some versions only."""
    named = [version.code for version in line.versions if version.code in versions]
    return f"（限{'、'.join(named)}版）" if 0 < len(named) < len(line.versions) else ""


def _who(line: Line, action: Action) -> str:
    if action.external:
        return "外部事件"
    by = _roles(line, action.by)
    deciders = "、".join(
        _roles(line, leaf) for leaf in leaves(action.decided_by) if isinstance(leaf, frozenset)
    )
    return f"{by}办理，{deciders}决定" if deciders else by


def _roles(line: Line, roles: frozenset[str]) -> str:
    return "、".join(line.roles.get(role, role) for role in sorted(roles))


def _from(line: Line, action: Action) -> str:
    if len(action.from_) > 4:
        return "多数阶段"
    begin = "副线未开始" if action.track else "尚未登记"
    return "、".join(begin if stage is None else line.stage_title(stage) for stage in action.from_) or "不限"


def _to(line: Line, action: Action) -> str:
    if action.to is None:
        return "—"
    titles = [line.stage_title(leaf) for leaf in leaves(action.to) if isinstance(leaf, str)]
    return "或".join(dict.fromkeys(titles)) or "视情形"


def _cite(source: Source | Any) -> str:
    parts = (
        part for leaf in leaves(source) for part in (leaf.cites if isinstance(leaf, Several) else (leaf,))
    )
    return "；".join(dict.fromkeys(str(part) for part in parts))


def _clocks(line: Line) -> Iterator[str]:
    yield from ("", "## 期限")
    for clock in line.clocks:
        yield from ("", f"### {clock.title}{_only(line, clock.versions)}", "")
        yield f"- 性质：{NATURE_ZH[clock.nature]}"
        yield f"- 长度：{length_text(line, clock)}"
        starts = "；".join(dict.fromkeys(_start(line, start) for start in clock.starts))
        yield f"- {'倒数自' if clock.before else '起算'}：{starts}，{_first_unit(clock)}不计入"
        yield from _line("办理即停止", (_act(line, s.when) for s in clock.stops if s.met))
        yield from _line("不再计算", (_act(line, s.when) for s in clock.stops if not s.met))
        yield from _line(
            "扣除",
            (f"{_act(line, p.begins)}至{'或'.join(_act(line, e) for e in p.ends)}" for p in clock.pauses),
        )
        yield from _line("可以延长", (_extension(line, e) for e in clock.extensions))
        yield from _line("届满后", (clock.on_expiry,) if clock.on_expiry else ())
        yield from _line("理解口径", (f"{r.code} {r.title}" for r in clock.readings))
        yield from _line("依据", (_cite(source) for source in _sources(clock)))


def _sources(clock: Clock) -> tuple[Any, ...]:
    """Where the clock's length stands: at its starts where they have their own source, else at the clock."""
    own = tuple(start.cite for start in clock.starts if start.cite is not None)
    return own if len(own) == len(clock.starts) else (clock.cite, *own)


def _line(title: str, parts: Any) -> Iterator[str]:
    text = "；".join(dict.fromkeys(part for part in parts if part))
    if text:
        yield f"- {title}：{text}"


def _act(line: Line, when: When) -> str:
    plan = line.plan(when.action)
    return plan.title if plan else when.action


def _extension(line: Line, extension: Any) -> str:
    cap = f"，最多{extension.cap}日" if extension.cap else ""
    return _act(line, extension.when) + cap + ("，一次" if extension.once else "")


def _first_unit(clock: Clock) -> str:
    hours = any(isinstance(leaf, Length) and leaf.unit == "hour" for leaf in leaves(clock.length))
    return "开始的小时" if hours else "当日"


def _start(line: Line, start: Start) -> str:
    return start.what or (_act(line, start.when) if start.when else "相应事实发生")


def _effects(line: Line) -> Iterator[str]:
    if line.effects:
        yield from ("", "## 依法自动发生的效果", "")
    for effect in line.effects:
        clock = line.clock(effect.lapse_of)
        yield f"- {effect.title}{_only(line, effect.versions)}：{clock.title if clock else ''}届满而未办理的，依法发生。依据：{_cite(effect.cite)}"


def _tables(line: Line) -> Iterator[str]:
    """Rule tables, each once: of several for one question the first declared is shown."""
    if line.tables:
        yield from ("", "## 怎样认定")
    first: dict[str, Any] = {}
    for table in line.tables:
        first.setdefault(table.code, table)
    for table in first.values():
        yield from ("", f"### {table.title}", "")
        for rule in table.rules:
            outcome = "" if rule.outcome is None else f" → {outcome_zh(table, rule.outcome)}"
            yield f"- {rule.title}{outcome}。依据：{_cite(rule.cite)}"


def _documents(line: Line) -> Iterator[str]:
    yield from ("", "## 文书", "")
    for document in line.documents:
        yield f"- {document.title}{_only(line, document.versions)}：{document.when}时制发，载明{'、'.join(document.contents.values())}。依据：{_cite(document.cite)}"
