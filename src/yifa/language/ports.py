"""Where answers to needs come from: a port takes the questions of one act, all at once, and says by which edition it answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from yifa.language.actions import Need
from yifa.language.validation import SOURCES_OF_ANSWERS


class Question(NamedTuple):
    """One need of an act: what it asks, for a case of which line, as of which day."""

    need: Need
    key: Any
    line: str
    on: date


class Found(NamedTuple):
    """What a port found, as plain values, and the edition of the source it found it in."""

    value: Any
    edition: str


class Port(Protocol):
    """A source of answers. What it does not know is left out; a need without an answer is unanswered, not answered no."""

    def ask(self, questions: Sequence[Question]) -> Mapping[str, Found]:
        """Answers by code of the need."""
        ...

    def snapshot(self) -> "Port":
        """The same answers out of memory, for loads: as of now, whatever is written afterwards."""
        ...


class Told(NamedTuple):
    """A port over a dictionary: need → what is found. For tests and for loads that know their answers."""

    answers: Mapping[str, Any]
    edition: str = "told"

    def ask(self, questions: Sequence[Question]) -> Mapping[str, Found]:
        codes = (q.need.code for q in questions if q.need.code in self.answers)
        return {code: Found(self.answers[code], self.edition) for code in codes}

    def snapshot(self) -> "Told":
        return self


def settle(questions: Sequence[Question], found: Mapping[str, Found]) -> dict[str, Any]:
    """The answers as an act stores them: plain values, and under `sources` the edition each came from.

    What has no key is not asked: its answer is empty.
    """
    answers: dict[str, Any] = {q.need.code: () for q in questions if q.key is None}
    for need, key, _, _ in questions:
        if need.code in found:
            value = found[need.code].value
            answers[need.code] = need.answer(key, value) if need.answer is not None else value
    sources = {code: found[code].edition for code in answers if code in found}
    return answers | ({SOURCES_OF_ANSWERS: sources} if sources else {})
