"""Draws that anyone can repeat: `hmac/1` ranks the population by HMAC-SHA256(seed, id) and takes the first n."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import NamedTuple


class Drawn(NamedTuple):
    """A draw with its whole ranking, so that the result can be checked: (digest in hex, id), best first."""

    method: str
    seed: str
    chosen: tuple[str, ...]
    ranking: tuple[tuple[str, str], ...]


def draw(seed: str, population: Iterable[str], size: int) -> Drawn:
    """Choose `size` of `population` (ids, duplicates refused) by the published seed."""
    ids = list(population)
    if len(set(ids)) != len(ids):
        raise ValueError("population holds an id twice")
    if not 0 <= size <= len(ids):
        raise ValueError(f"cannot draw {size} of {len(ids)}")
    key = seed.encode()
    ranking = sorted((hmac.new(key, i.encode(), hashlib.sha256).hexdigest(), i) for i in ids)
    return Drawn("hmac/1", seed, tuple(i for _, i in ranking[:size]), tuple(ranking))


def share(population: int, percent: int, at_least: int = 1) -> int:
    """How many a percentage draws: rounded up, at least `at_least`, at most all."""
    return min(population, max(at_least, -(-population * percent // 100)))
