"""Where a figure stands: the words nearest to it, its clause, its sentence, and what the paragraph is about."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from yifa.statistics.checker.figures import Figure

_CLAUSE_END = re.compile(r"[，,。；;！!？?\n]")
_SENTENCE_END = re.compile(r"[。\n]")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)")


class Place(NamedTuple):
    """For people: line and column from 1, section heading, and the sentence within the section from 1."""

    line: int
    column: int
    section: str
    sentence: int


class Context(NamedTuple):
    """Texts around a figure, from the nearest to the widest."""

    before: str
    after: str
    lead: str
    clause: str
    previous: str
    sentence: str
    topic: str


class Reader:
    """A text cut into clauses and sentences once, asked for many figures."""

    def __init__(self, text: str, figures: Sequence[Figure]) -> None:
        self.text = text
        self._clauses = _bounds(text, _CLAUSE_END)
        self._sentences = _bounds(text, _SENTENCE_END)
        self._lines = _bounds(text, re.compile("\n"))
        self._starts = [f.start for f in figures]
        self._ends = [f.end for f in figures]

    def context(self, figure: Figure) -> Context:
        """The texts around one figure."""
        clause, sentence = _around(self._clauses, figure.start), _around(self._sentences, figure.start)
        index = self._starts.index(figure.start)
        begin = max([clause[0], *self._ends[:index][-1:]])
        until = min([clause[1], *self._starts[index + 1 :][:1]])
        first = next(start for start in self._starts if start >= clause[0])
        return Context(
            self.text[begin : figure.start],
            self.text[figure.end : until],
            self.text[clause[0] : first],
            self.text[slice(*clause)],
            self._previous(clause, sentence),
            self.text[slice(*sentence)],
            self._topic(figure.start),
        )

    def _previous(self, clause: tuple[int, int], sentence: tuple[int, int]) -> str:
        """The clause before, in the same sentence: it often names the subject that goes on."""
        if clause[0] <= sentence[0]:
            return ""
        return self.text[slice(*_around(self._clauses, clause[0] - 1))]

    def _topic(self, offset: int) -> str:
        """The first sentence of the paragraph and the section's heading."""
        line = _around(self._lines, offset)
        return self.text[slice(*_around(self._sentences, line[0]))] + self.section(offset)

    def section(self, offset: int) -> str:
        """The heading the place stands under; empty before the first."""
        found = ""
        for start, end in self._lines:
            if start > offset:
                break
            found = self.text[start:end] if _HEADING.match(self.text, start) else found
        return found

    def place(self, figure: Figure) -> Place:
        """Line, column, section and sentence."""
        index = bisect_right([start for start, _ in self._lines], figure.start) - 1
        line = self._lines[index]
        return Place(
            index + 1, figure.start - line[0] + 1, self.section(figure.start), self._number(figure.start)
        )

    def _number(self, offset: int) -> int:
        """Which sentence of its section it is; headings are none."""
        number = 0
        for start, end in self._sentences:
            if start > offset:
                break
            if _HEADING.match(self.text, start):
                number = 0
            elif self.text[start:end].strip():
                number += 1
        return number


def _bounds(text: str, ends: re.Pattern[str]) -> list[tuple[int, int]]:
    """Stretches of the text between the marks, the marks left out."""
    cuts = [match.start() for match in ends.finditer(text)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def _around(bounds: list[tuple[int, int]], offset: int) -> tuple[int, int]:
    return bounds[bisect_right([start for start, _ in bounds], offset) - 1]
