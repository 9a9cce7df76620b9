"""Seeded chance: the same names give the same draws, whatever else is drawn before or beside."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def chance(*names: object) -> Random:
    """A generator of its own for what these names say."""
    return Random("/".join(str(name) for name in names))  # noqa: S311 — a simulation, nothing secret


def pick(rng: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def allot(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers that add up to `total`, as near to the weights as can be (largest remainders)."""
    full = sum(weights.values())
    shares = {name: total * weight / full for name, weight in weights.items()}
    found = {name: int(share) for name, share in shares.items()}
    rest = sorted(shares, key=lambda name: (found[name] - shares[name], name))
    for name in rest[: total - sum(found.values())]:
        found[name] += 1
    return found


def scaled(count: float, scale: float, rng: Random) -> int:
    """`count` × `scale` as a whole number; what is left of a part happens as often as it is large."""
    exact = count * scale
    return int(exact) + (rng.random() < exact - int(exact))


def sizes(total: int, weights: Sequence[float], rng: Random) -> list[int]:
    """Groups of one, two … people (by weight) that are `total` people together."""
    found, left = list[int](), total
    while left > 0:
        size = min(left, 1 + rng.choices(range(len(weights)), weights)[0])
        found.append(size)
        left -= size
    return found
