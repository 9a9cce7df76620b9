"""Which indicator a figure speaks of: how much of the indicator's name stands around it, rare words counting more.

No value is looked at, so that a wrong figure is led to the same indicator as the right one would be.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from yifa.statistics.checker.context import Context, Reader
from yifa.statistics.checker.figures import Figure


class Candidate(NamedTuple):
    """Something a figure may speak of. kind  count, rate, rank, award, list, event; words  what it is called."""

    key: str
    title: str
    kind: str
    unit: str
    words: str = ""


class Match(NamedTuple):
    """The candidate chosen and how sure it is (0–1)."""

    candidate: Candidate
    score: float


# Below this no candidate is named; ranks and runs of years have few candidates, so less is enough.
ENOUGH: Mapping[str, float] = {"count": 0.32, "rate": 0.28, "rank": 0.2, "streak": 0.2}
# How much a word counts by where it stands. The noun right after a measure word is what is counted (6个单项).
WEIGHTS: Mapping[str, float] = {
    "before": 1.0,
    "after": 0.5,
    "lead": 0.75,
    "clause": 0.6,
    "previous": 0.5,
    "sentence": 0.45,
    "topic": 0.25,
}
NOUN_AFTER: Mapping[str, float] = {**WEIGHTS, "before": 0.75, "after": 1.0}
# A short name is found anywhere: this much is added to what a name must show.
SHORT = 4.0
# Records of a mechanism are seldom what a number speaks of.
LESS_LIKELY: Mapping[str, float] = {"event": 0.85, "mechanism": 0.6, "list": 0.95}
UNITS = (
    {"件", "宗", "起"},
    {"件次", "人次", "次"},
    {"人", "名", "位"},
    {"个", "家", "所", "项", "份"},
    {"件", "份", "部", "篇"},
)
SAME_KIND, OTHER_UNIT, FIT = 0.9, 0.6, 1.0
SAME_WORDS = {"省内": "全省", "名次": "排名", "首位": "第一", "各类": ""}
_WORD = re.compile(r"(?:(?!的)[\u4e00-\u9fffA-Za-z])+")


def match(text: str, figures: Sequence[Figure], candidates: Sequence[Candidate]) -> list[Match | None]:
    """The best candidate of every figure; within one sentence a candidate is given once, to the best."""
    reader, rarity = Reader(text, figures), _rarity(candidates)
    contexts = [reader.context(figure) for figure in figures]
    ranked = []
    for index, (figure, context) in enumerate(zip(figures, contexts, strict=True)):
        if _qualifies(figure, context, figures[index - 1] if index else None):
            continue
        weights = _weights(figure, context)
        ranked += [
            (found, index, context.sentence, candidate)
            for candidate in candidates
            if (found := _fit(figure, candidate) * _likeness(candidate, weights, rarity))
            >= ENOUGH[figure.kind]
        ]
    return _carried(_assigned(ranked, len(figures)), figures, contexts)


def _qualifies(figure: Figure, context: Context, before: Figure | None) -> bool:
    """A rank after a count in one clause says which of them are meant (有7项排名第一): no rank of its own."""
    counted = before is not None and before.kind == "count" and context.lead != context.before
    return figure.kind == "rank" and counted


def _carried(
    found: list[Match | None], figures: Sequence[Figure], contexts: Sequence[Context]
) -> list[Match | None]:
    """A bare figure right after another (…11563件，首次突破万宗) speaks of the same thing."""
    for index in range(1, len(figures)):
        bare = not (contexts[index].before.strip() or contexts[index].after.strip())
        near = contexts[index].sentence == contexts[index - 1].sentence
        if (
            bare
            and near
            and found[index] is None
            and _same_unit(figures[index].unit, figures[index - 1].unit)
        ):
            found[index] = found[index - 1]
    return found


def _same_unit(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in UNITS)


def _assigned(ranked: list[tuple[float, int, str, Candidate]], count: int) -> list[Match | None]:
    found: list[Match | None] = [None] * count
    taken = set()
    for score, index, sentence, candidate in sorted(ranked, key=lambda row: (-row[0], row[1], row[3].key)):
        if found[index] is None and (sentence, candidate.key) not in taken:
            found[index] = Match(candidate, round(score, 3))
            taken.add((sentence, candidate.key))
    return found


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring characters, the usual words of Chinese search."""
    for word, same in SAME_WORDS.items():
        text = text.replace(word, same)
    return [run[i : i + 2] for run in _WORD.findall(text) for i in range(max(1, len(run) - 1))]


def _rarity(candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """A pair in few names says more than one in many."""
    seen = Counter(pair for c in candidates for pair in set(pairs(c.title + "，" + c.words)))
    return {pair: log(1 + len(candidates) / count) for pair, count in seen.items()}


def _weights(figure: Figure, context: Context) -> Mapping[str, float]:
    table = NOUN_AFTER if _NOUN.match(context.after) else WEIGHTS
    found: dict[str, float] = {}
    for name, weight in table.items():
        words = context.before + figure.text if name == "before" else getattr(context, name)
        for pair in pairs(words):
            found[pair] = max(found.get(pair, 0.0), weight)
    return found


_NOUN = re.compile(r"[\u4e00-\u9fff“](?<![和及与或等的])")


def _likeness(candidate: Candidate, weights: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    return max(
        _covered(pairs(words), weights, rarity) for words in (candidate.title, candidate.words) if words
    )


def _covered(names: Iterable[str], weights: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    wanted = set(names)
    whole = sum(rarity[pair] for pair in wanted)
    found = sum(rarity[pair] * weights.get(pair, 0.0) for pair in wanted)
    return found / (whole + SHORT) if whole else 0.0


_KINDS = {"rate": {"rate"}, "rank": {"rank"}}


def _fit(figure: Figure, candidate: Candidate) -> float:
    """Whether measure words agree: a rate is never a count, 件 and 宗 are the same thing, 人 and 人次 are not."""
    likely = LESS_LIKELY.get(candidate.kind, 1.0)
    special = _KINDS.get(figure.kind) or _KINDS.get(candidate.kind)
    if special:
        return FIT if figure.kind == candidate.kind else 0.0
    if (figure.kind == "streak") is not ("连续" in candidate.title):
        return 0.0
    if figure.unit == candidate.unit:
        return FIT * likely
    return likely * (
        SAME_KIND if any({figure.unit, candidate.unit} <= group for group in UNITS) else OTHER_UNIT
    )
