"""The stage diagram as SVG: one row for each stage, every act written beside the stage it leaves, one lane for
each stage that acts lead to. Nothing overlaps by construction, and no outside tool is needed.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from yifa.guide.moves import Move, moves, notes, openings
from yifa.language.line import Line
from yifa.language.records import Stage

MARGIN, BOX_W, PORT, PAD, GAP, LANE = 28, 176, 20, 10, 16, 15
SMALL, LARGE = 12, 14  # font sizes
COLOURS = ("#2563eb", "#b45309", "#15803d", "#7c3aed", "#be123c", "#0e7490", "#4d7c0f", "#a21caf")
FONTS = "Noto Sans CJK SC, Noto Sans SC, Noto Serif CJK SC, Microsoft YaHei, SimSun, sans-serif"


class Row(NamedTuple):
    """A stage in the picture: top and height of its box, where acts arrive, and where each act leaves."""

    stage: Stage
    top: int
    height: int
    arrive: int
    leave: tuple[tuple[Move, int], ...]


class Lane(NamedTuple):
    """The vertical line that leads to one stage; `place` counts from the left."""

    row: Row
    place: int
    top: int
    bottom: int


class Picture(NamedTuple):
    """All that is drawn, with the columns."""

    rows: tuple[Row, ...]
    lanes: tuple[Lane, ...]
    entries: Mapping[str, str]
    box_x: int
    lanes_x: int
    width: int
    height: int


def svg(line: Line) -> str:
    """The diagram of the main procedure and of its side tracks; acts open almost anywhere stand in notes below."""
    picture = _picture(line)
    remarks = notes(line)
    height = picture.height + PORT * len(remarks) + MARGIN
    width = max(picture.width, *(text_width(text, SMALL) + 2 * MARGIN for text in remarks), 0)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-family="{FONTS}">',
            f"<title>{escape(line.title)}阶段图</title>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *_lanes(picture),
            *_boxes(picture),
            *_acts(line, picture),
            *(
                _text(MARGIN, picture.height + PORT * (number + 1), remark)
                for number, remark in enumerate(remarks)
            ),
            "</svg>",
        )
    )


def text_width(text: str, size: int) -> int:
    """Width of a text: Chinese characters are square, others little more than half as wide."""
    return sum(size if ord(c) > 0x2E80 else round(size * 0.6) for c in text)


def label(line: Line, move: Move) -> str:
    """受理、视为受理 → 审理中."""
    acts = "、".join(move.titles[:3]) + ("等" if len(move.titles) > 3 else "")
    return f"{acts} → {line.stage_title(move.to)}"


def _picture(line: Line) -> Picture:
    drawn = tuple(rows(line))
    lanes = tuple(assign(drawn))
    entries = openings(line)
    box_x = MARGIN + max((text_width(text, SMALL) + 24 for text in entries.values()), default=0)
    labels = (text_width(label(line, move), SMALL) for row in drawn for move, _ in row.leave)
    lanes_x = box_x + BOX_W + 16 + max(labels, default=0) + 16
    width = lanes_x + LANE * (1 + max((lane.place for lane in lanes), default=0)) + MARGIN
    return Picture(drawn, lanes, entries, box_x, lanes_x, width, drawn[-1].top + drawn[-1].height + GAP)


def rows(line: Line) -> Iterator[Row]:
    """Rows in the order of the declaration, the main procedure first, then each side track."""
    found, top = moves(line), MARGIN
    reached = {move.to for move in found}
    for stage in sorted(line.stages, key=lambda s: s.track or ""):
        own = [move for move in found if move.from_ == stage.code]
        first = 1 if stage.code in reached else 0
        height = 2 * PAD + PORT * max(1, first + len(own))
        middle = top + PAD + PORT // 2
        leave = tuple((move, middle + PORT * (first + place)) for place, move in enumerate(own))
        yield Row(stage, top, height, middle, leave)
        top += height + GAP


def assign(drawn: tuple[Row, ...]) -> Iterator[Lane]:
    """Lanes for all stages that acts lead to: short ones first, each as far left as it is free."""
    spans: list[tuple[Row, int, int]] = []
    for row in drawn:
        ends = [y for other in drawn for move, y in other.leave if move.to == row.stage.code]
        if ends:
            spans.append((row, min(*ends, row.arrive), max(*ends, row.arrive)))
    taken: list[list[tuple[int, int]]] = []
    for row, top, bottom in sorted(spans, key=lambda span: (span[2] - span[1], span[1])):
        free = (i for i, lane in enumerate(taken) if all(bottom < a or b < top for a, b in lane))
        index = next(free, len(taken))
        if index == len(taken):
            taken.append([])
        taken[index].append((top, bottom))
        yield Lane(row, index, top, bottom)


def _boxes(picture: Picture) -> Iterator[str]:
    x = picture.box_x
    for row in picture.rows:
        fill, edge = ("#eff6ff", "#2563eb") if row.stage.open else ("#f1f5f9", "#64748b")
        dash = ' stroke-dasharray="5 3"' if row.stage.track else ""
        yield (
            f'<rect x="{x}" y="{row.top}" width="{BOX_W}" height="{row.height}" rx="6" fill="{fill}" '
            f'stroke="{edge}" stroke-width="1.4"{dash}/>'
        )
        middle = row.top + row.height // 2 + 5
        yield _text(x + BOX_W // 2, middle, row.stage.title, _title_size(row.stage.title), "middle")
        entry = picture.entries.get(row.stage.code)
        if entry:
            yield _text(x - 18, row.top + row.height // 2 + 4, entry, SMALL, "end")
            yield _arrow(x - 14, x, row.top + row.height // 2, "#334155")


def _title_size(title: str) -> int:
    return min(LARGE, LARGE * (BOX_W - 12) // max(1, text_width(title, LARGE)))


def _lanes(picture: Picture) -> Iterator[str]:
    right = picture.box_x + BOX_W
    for lane in picture.lanes:
        x, colour = _lane_x(picture, lane), _colour(picture, lane)
        yield f'<path d="M{x} {lane.top}V{lane.bottom}" stroke="{colour}" stroke-width="1.3" fill="none"/>'
        yield _arrow(x, right, lane.row.arrive, colour)


def _acts(line: Line, picture: Picture) -> Iterator[str]:
    lanes = {lane.row.stage.code: lane for lane in picture.lanes}
    start = picture.box_x + BOX_W + 8
    for row in picture.rows:
        for move, y in row.leave:
            text, lane = label(line, move), lanes[move.to]
            x, colour = _lane_x(picture, lane), _colour(picture, lane)
            end = start + text_width(text, SMALL) + 6
            yield _text(start, y + 4, text)
            yield f'<path d="M{end} {y}H{x}" stroke="{colour}" stroke-width="1" fill="none"/>'
            yield f'<circle cx="{x}" cy="{y}" r="2.4" fill="{colour}"/>'


def _lane_x(picture: Picture, lane: Lane) -> int:
    return picture.lanes_x + LANE * lane.place


def _colour(picture: Picture, lane: Lane) -> str:
    return COLOURS[picture.rows.index(lane.row) % len(COLOURS)]


def _arrow(from_x: int, to_x: int, y: int, colour: str) -> str:
    """A horizontal line whose head touches `to_x`."""
    back = to_x + (7 if from_x > to_x else -7)
    return (
        f'<path d="M{from_x} {y}H{back}" stroke="{colour}" stroke-width="1.3" fill="none"/>'
        f'<path d="M{to_x} {y}L{back} {y - 4}V{y + 4}z" fill="{colour}"/>'
    )


def _text(x: int, y: int, text: str, size: int = SMALL, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="#0f172a">{escape(text)}</text>'
