"""Whether a stated figure is right, given what a source says: as exact as it is written, no more and no less."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from yifa.language.acts import EMPTY, Problem
from yifa.language.messages import catalogue, render
from yifa.statistics.checker.figures import Figure, Op
from yifa.statistics.checker.sources import Source

Verdict = Literal["right", "wrong", "unchecked"]
NEAR, ABOUT, FAR = Decimal("0.95"), Decimal("0.05"), Decimal("1.5")


class Judgement(NamedTuple):
    """One source's verdict on a figure: message code with parameters, and the value held against it."""

    verdict: Verdict
    code: str
    source: str
    value: Decimal | None = None
    params: Mapping[str, object] = EMPTY

    @property
    def text(self) -> str:
        """The reason as a Chinese sentence."""
        return render(Problem(self.code, self.params), catalogue("yifa.statistics.checker"))


def judge(figure: Figure, key: str, year: int, source: Source) -> Judgement:
    """The verdict of one source."""
    known = source.known(key, year)
    if known.value is None:
        because = render(Problem(known.because, known.params), catalogue("yifa.statistics.checker"))
        return Judgement("unchecked", "no_source", source.title, None, {"because": because})
    test = _TESTS[figure.op] if known.op == "=" else _against(known.op)
    verdict, code = test(figure, known.value)
    said = {
        "stated": figure.text,
        "known": WORDS[known.op] + number(known.value, figure.unit),
        "source": source.title,
    }
    if verdict == "right" and figure.first:
        return _first(figure, key, year, source, known.value)
    return Judgement(verdict, code, source.title, known.value, said)


def number(value: Decimal, unit: str) -> str:
    """A value for people: 11563件, 97.42%."""
    return f"{value:f}{unit}"


WORDS: Mapping[Op, str] = {"=": "", ">": "超过", ">=": "不少于", "~": "近", "≈": "约"}


def _equal(figure: Figure, known: Decimal) -> tuple[Verdict, str]:
    """Rounded half up to the last digit that is written: 9.22万 holds for 92,150 to 92,249."""
    shown = (known / figure.step).quantize(Decimal(1), ROUND_HALF_UP) * figure.step
    return ("right", "equal") if shown == figure.value else ("wrong", "differs")


def _above(figure: Figure, known: Decimal) -> tuple[Verdict, str]:
    if known <= figure.value:
        return "wrong", "not_above"
    return "right", "far_above" if known >= figure.value * FAR and figure.kind == "count" else "above"


def _at_least(figure: Figure, known: Decimal) -> tuple[Verdict, str]:
    return ("right", "above") if known >= figure.value else ("wrong", "not_above")


def _just_below(figure: Figure, known: Decimal) -> tuple[Verdict, str]:
    fits = figure.value * NEAR <= known <= figure.value
    return ("right", "below") if fits else ("wrong", "not_below")


def _about(figure: Figure, known: Decimal) -> tuple[Verdict, str]:
    fits = abs(known - figure.value) <= figure.value * ABOUT
    return ("right", "about") if fits else ("wrong", "not_about")


_TESTS: Mapping[Op, Callable[[Figure, Decimal], tuple[Verdict, str]]] = {
    "=": _equal, ">": _above, ">=": _at_least, "~": _just_below, "≈": _about,
}  # fmt: skip


# ------------------------------------------------------------------------------ where the source has only a bound

_TOP = Decimal("Infinity")
_RANGES: Mapping[Op, Callable[[Decimal], tuple[Decimal, Decimal]]] = {
    "=": lambda v: (v, v), ">": lambda v: (v, _TOP), ">=": lambda v: (v, _TOP), "~": lambda v: (v * NEAR, v),
    "≈": lambda v: (v * (1 - ABOUT), v * (1 + ABOUT)),
}  # fmt: skip


def _against(op: Op) -> Callable[[Figure, Decimal], tuple[Verdict, str]]:
    """A bound supports what it implies; a number more exact than the bound can only contradict it."""

    def test(figure: Figure, known: Decimal) -> tuple[Verdict, str]:
        low, high = _RANGES[op](known)
        least, most = _RANGES[figure.op](figure.value)
        if figure.op == "=":
            exact = (low < figure.value if op == ">" else low <= figure.value) and figure.value <= high
            return ("unchecked", "finer_than_source") if exact else ("wrong", "differs")
        return ("right", "as_source") if least <= low and high <= most else ("wrong", "differs")

    return test


def _first(figure: Figure, key: str, year: int, source: Source, value: Decimal) -> Judgement:
    """首次突破: right only if no earlier year the source knows was above it, and it knows the year before."""
    earlier = [
        (y, known)
        for y in range(year - 1, year - 30, -1)
        if (known := source.known(key, y).value) is not None
    ]
    if not earlier:
        return Judgement("unchecked", "first_unknown", source.title, value)
    for past, known in earlier:
        if known > figure.value:
            return Judgement("wrong", "not_first_time", source.title, value,
                             {"year": past, "known": number(known, figure.unit)})  # fmt: skip
    return Judgement("right", "first_time", source.title, value)
