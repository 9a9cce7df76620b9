"""The stage diagram as SVG: stages in layers from intake to the end, acts as arrows. No outside tool."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from yifa.language.actions import Action
from yifa.language.effects import Effect
from yifa.language.line import Line
from yifa.language.values import leaves

BOX_W, BOX_H, GAP_X, GAP_Y, MARGIN = 168, 44, 60, 104, 40
FEW = 3  # an act open in more stages than this is told in a note, not drawn as so many arrows


class Arrow(NamedTuple):
    """Acts that lead from one stage to another."""

    from_: str
    to: str
    titles: tuple[str, ...]


def arrows(line: Line) -> list[Arrow]:
    """All moves between stages of the main procedure, acts of one move together."""
    found: dict[tuple[str, str], list[str]] = {}
    main = {stage.code for stage in line.stages if stage.track is None}
    for action in line.actions:
        if action.track is not None or _common(line, action):
            continue
        for target in (leaf for leaf in leaves(action.to) if isinstance(leaf, str)):
            for origin in action.from_:
                if origin in main and target in main and origin != target:
                    found.setdefault((origin or "", target), []).append(action.title)
    for effect in line.effects:
        for target in (leaf for leaf in leaves(effect.to) if isinstance(leaf, str)):
            for origin in _defeated_in(line, effect):
                if origin != target and origin in main and target in main:
                    found.setdefault((origin, target), []).append(effect.title)
    return [Arrow(origin, target, tuple(dict.fromkeys(titles))) for (origin, target), titles in found.items()]


def _common(line: Line, action: Action) -> bool:
    return sum(stage is not None for stage in action.from_) > FEW


def notes(line: Line) -> list[str]:
    """Acts open in many stages, in words."""
    found = []
    for action in line.actions:
        targets = [line.stage_title(leaf) for leaf in leaves(action.to) if isinstance(leaf, str)]
        if targets and action.track is None and _common(line, action):
            origins = "、".join(line.stage_title(stage) for stage in action.from_ if stage)
            found.append(f"{action.title}（{origins}）→ {'或'.join(dict.fromkeys(targets))}")
    return found


def _defeated_in(line: Line, effect: Effect) -> tuple[str, ...]:
    """Stages in which the effect may still be defeated: there it is waiting to come about."""
    actions = (
        [line.action(code) for code in effect.defeated_by] if isinstance(effect.defeated_by, tuple) else []
    )
    stages = (stage for a in actions if a and not _common(line, a) and not a.track for stage in a.from_)
    return tuple(dict.fromkeys(stage for stage in stages if stage))


def layers(line: Line, moves: list[Arrow]) -> dict[str, int]:
    """The layer of each stage: the length of the shortest way from an opening act."""
    level = {
        t: 0
        for a in line.actions
        if None in a.from_ and not a.track
        for t in leaves(a.to)
        if isinstance(t, str)
    }
    depth = 0
    while True:
        reached = {m.to for m in moves if level.get(m.from_) == depth and m.to not in level}
        if not reached:
            break
        depth += 1
        level |= dict.fromkeys(reached, depth)
    for stage in line.stages:
        if stage.track is None:
            level.setdefault(stage.code, depth + 1)
    return level


def svg(line: Line) -> str:
    """The diagram of the main procedure."""
    moves = arrows(line)
    level = layers(line, moves)
    places = _places(line, level)
    width = max(x for x, _ in places.values()) + BOX_W + MARGIN
    bottom = max(y for _, y in places.values()) + BOX_H + MARGIN
    remarks = notes(line)
    height = bottom + 22 * len(remarks) + (MARGIN if remarks else 0)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            'font-family="Noto Sans CJK SC, Noto Serif CJK SC, Microsoft YaHei, SimSun, sans-serif">',
            f"<title>{escape(line.title)}阶段图</title>",
            '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0L8 4L0 8z" fill="#64748b"/></marker></defs>',
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *_lines(moves, places),
            *_boxes(line, places),
            *_labels(moves, places),
            *(
                f'<text x="{MARGIN}" y="{bottom + 22 * row}" font-size="12" fill="#334155">{escape(text)}</text>'
                for row, text in enumerate(remarks)
            ),
            "</svg>",
        )
    )


def _places(line: Line, level: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Top left corner of each stage's box, layers centred."""
    rows: dict[int, list[str]] = {}
    for stage in line.stages:
        if stage.code in level:
            rows.setdefault(level[stage.code], []).append(stage.code)
    widest = max(len(row) for row in rows.values())
    places: dict[str, tuple[int, int]] = {}
    for depth, row in rows.items():
        left = MARGIN + (widest - len(row)) * (BOX_W + GAP_X) // 2
        for index, code in enumerate(row):
            places[code] = (left + index * (BOX_W + GAP_X), MARGIN + depth * (BOX_H + GAP_Y))
    return places


def _boxes(line: Line, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for stage in line.stages:
        if stage.code not in places:
            continue
        x, y = places[stage.code]
        fill, edge = ("#eff6ff", "#2563eb") if stage.open else ("#f1f5f9", "#64748b")
        yield (
            f'<rect x="{x}" y="{y}" width="{BOX_W}" height="{BOX_H}" rx="6" fill="{fill}" stroke="{edge}" stroke-width="1.4"/>'
            f'<text x="{x + BOX_W // 2}" y="{y + 27}" font-size="14" text-anchor="middle" fill="#0f172a">{escape(stage.title)}</text>'
        )


def _ends(move: Arrow, places: Mapping[str, tuple[int, int]]) -> tuple[float, float, float, float]:
    (x1, y1), (x2, y2) = places[move.from_], places[move.to]
    centre1, centre2 = x1 + BOX_W / 2, x2 + BOX_W / 2
    if y1 == y2 and abs(x1 - x2) > BOX_W + GAP_X:
        return centre1, y1 + BOX_H, centre2, y2 + BOX_H
    if y1 == y2:
        return (x1 + BOX_W, y1 + 12, x2, y2 + 12) if x1 < x2 else (x1, y1 + 32, x2 + BOX_W, y2 + 32)
    if y1 < y2:
        return centre1, y1 + BOX_H, centre2, y2
    return centre1 + 24, y1, centre2 + 24, y2 + BOX_H


def _path(move: Arrow, places: Mapping[str, tuple[int, int]]) -> str:
    x1, y1, x2, y2 = _ends(move, places)
    if y1 == y2 and abs(x1 - x2) > BOX_W:  # past the boxes between: an arc below them
        return f"M{x1} {y1}C{x1} {y1 + 50} {x2} {y2 + 50} {x2} {y2}"
    if y1 == y2:
        return f"M{x1} {y1}L{x2} {y2}"
    middle = (y1 + y2) / 2
    return f"M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}"


def _lines(moves: list[Arrow], places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for move in moves:
        yield f'<path d="{_path(move, places)}" fill="none" stroke="#94a3b8" stroke-width="1.2" marker-end="url(#a)"/>'


def _labels(moves: list[Arrow], places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    taken: list[tuple[float, float]] = []
    for move in moves:
        x1, y1, x2, y2 = _ends(move, places)
        text = "、".join(move.titles[:2]) + ("等" if len(move.titles) > 2 else "")
        arc = y1 == y2 and abs(x1 - x2) > BOX_W
        x, y = x1 + (x2 - x1) * 0.55, y1 + (y2 - y1) * 0.62 + (40 if arc else -4)
        while any(abs(x - a) < 8 * len(text) and abs(y - b) < 13 for a, b in taken):
            y += 13
        taken.append((x, y))
        yield (
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="11" text-anchor="middle" fill="#334155" '
            f'stroke="#ffffff" stroke-width="3" paint-order="stroke">{escape(text)}</text>'
        )
