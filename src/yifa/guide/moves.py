"""Which acts and effects lead from stage to stage, as the declaration says."""

from typing import Any, NamedTuple

from yifa.language.actions import Action
from yifa.language.effects import Effect
from yifa.language.line import Line
from yifa.language.values import By, leaves

FEW = 3  # an act open in more stages than this is told in a note, not drawn as so many arrows


class Move(NamedTuple):
    """Acts that lead from one stage to another."""

    from_: str
    to: str
    titles: tuple[str, ...]


def moves(line: Line) -> list[Move]:
    """All moves between stages, acts of one move together; acts open almost anywhere are left to the notes."""
    found: dict[tuple[str, str], list[str]] = {}
    for action in line.actions:
        if not common(action):
            _add(found, action.title, _stages(action.from_), action.to)
    for effect in line.effects:
        _add(found, effect.title, _waiting(line, effect), effect.to)
    return [Move(origin, target, tuple(dict.fromkeys(titles))) for (origin, target), titles in found.items()]


def _add(found: dict[tuple[str, str], list[str]], title: str, origins: tuple[str, ...], to: Any) -> None:
    for origin in origins:
        for target in _targets(to, origin):
            if origin != target:
                found.setdefault((origin, target), []).append(title)


def _stages(from_: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(stage for stage in from_ if stage is not None)


def _targets(to: Any, origin: str | None) -> tuple[str, ...]:
    """Where an act leads from a stage; what depends on facts leads to each of them."""
    if isinstance(to, By) and to.selector == "stage":
        to = to.table.get(origin, to.otherwise)
    return tuple(leaf for leaf in leaves(to) if isinstance(leaf, str))


def _leaving(action: Action) -> tuple[str, ...]:
    """The stages from which the act leads on."""
    return tuple(s for s in _stages(action.from_) if set(_targets(action.to, s)) - {s})


def common(action: Action) -> bool:
    """Whether the act leads on from so many stages that arrows would hide the rest."""
    return len(_leaving(action) or _stages(action.from_)) > FEW


def _waiting(line: Line, effect: Effect) -> tuple[str, ...]:
    """Stages in which the effect may still be defeated: there it is waiting to come about."""
    codes = effect.defeated_by if isinstance(effect.defeated_by, tuple) else ()
    actions = [action for code in codes if (action := line.action(code)) is not None]
    own = [a for a in actions if not common(a) and a.track is None]
    return tuple(dict.fromkeys(stage for action in own for stage in _stages(action.from_)))


def openings(line: Line) -> dict[str, str]:
    """The acts by which a case begins, by the stage they lead to."""
    found: dict[str, list[str]] = {}
    for action in line.actions:
        if None in action.from_:
            for target in _targets(action.to, None):
                found.setdefault(target, []).append(action.title)
    return {stage: "、".join(dict.fromkeys(titles)) for stage, titles in found.items()}


def notes(line: Line) -> list[str]:
    """Acts open in many stages, in words."""
    found = []
    for action in line.actions:
        origins = _leaving(action)
        if origins and common(action):
            led = dict.fromkeys(target for origin in origins for target in _targets(action.to, origin))
            named = "、".join(map(line.stage_title, origins))
            found.append(f"{action.title}（{named}）→ {'或'.join(map(line.stage_title, led))}")
    return found
