"""The catalogue of messages: code → Chinese text and what to do next. Texts live in YAML, code only in programs."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from yifa.language.acts import Problem
from yifa.language.rules import show
from yifa.law.derivations import day_zh
from yifa.law.loader import load_yaml


class Message(NamedTuple):
    """A text with `{placeholders}` and the way on."""

    text: str
    next: str = ""


Catalogue = Mapping[str, Message]


@cache
def catalogue(package: str) -> Catalogue:
    """The messages of a package (`messages.yaml` in its folder)."""
    raw: Any = load_yaml(package, "messages.yaml")
    return {code: Message(**row) if isinstance(row, dict) else Message(row) for code, row in raw.items()}


def kernel_catalogue() -> Catalogue:
    """Messages every line shares."""
    return catalogue("yifa.language")


def render(problem: Problem, messages: Catalogue) -> str:
    """One Chinese sentence: what is wrong, the article, what to do."""
    message = messages.get(problem.code) or kernel_catalogue()[problem.code]
    text = message.text.format_map({key: _zh(value, messages) for key, value in problem.params.items()})
    basis = f"（{problem.cite}）" if problem.cite else ""
    return f"{text}{basis}" + (f"。{message.next}" if message.next else "")


def _zh(value: Any, messages: Catalogue) -> str:
    if isinstance(value, Problem):
        return render(value, messages)
    return day_zh(value) if isinstance(value, date) else show(value)
