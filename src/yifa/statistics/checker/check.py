"""The check of a draft: every figure found, led to its indicator, and held against every source."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from yifa.statistics.checker.context import Place, Reader
from yifa.statistics.checker.figures import Claim, Figure, claims, figures
from yifa.statistics.checker.judge import Judgement, Verdict, judge
from yifa.statistics.checker.match import Candidate, Match, match
from yifa.statistics.checker.sources import Source

LARGEST = 4 * 1024 * 1024  # bytes; a year's report has some twenty thousand


class DraftError(ValueError):
    """The draft cannot be read; the message says why, in Chinese."""


class Checked(NamedTuple):
    """A figure with its place, the indicator it was led to, and what each source says."""

    figure: Figure
    place: Place
    match: Match | None
    judgements: tuple[Judgement, ...]

    @property
    def verdict(self) -> Verdict:
        """Wrong if any source says so; right if one does and none objects."""
        said = {j.verdict for j in self.judgements}
        return "wrong" if "wrong" in said else "right" if "right" in said else "unchecked"


class Check(NamedTuple):
    """The result for a whole draft."""

    text: str
    year: int
    figures: tuple[Checked, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]

    def counts(self) -> Counter[str]:
        """How many figures are right, wrong, unchecked."""
        return Counter(checked.verdict for checked in self.figures)


def check(text: str, year: int, candidates: Sequence[Candidate], sources: Sequence[Source]) -> Check:
    """Find, match and judge all figures of a draft about a year."""
    found = figures(text)
    reader, matches = Reader(text, found), match(text, found, candidates)
    checked = tuple(
        Checked(figure, reader.place(figure), matched, _judgements(figure, matched, year, sources))
        for figure, matched in zip(found, matches, strict=True)
    )
    return Check(text, year, checked, tuple(claims(text)), tuple(sources))


def _judgements(
    figure: Figure, matched: Match | None, year: int, sources: Sequence[Source]
) -> tuple[Judgement, ...]:
    if matched is None:
        return (Judgement("unchecked", "no_indicator", ""),)
    return tuple(judge(figure, matched.candidate.key, year, source) for source in sources)


def decoded(data: bytes) -> str:
    """The text of a draft in UTF-8 or GB18030, line ends made one. DraftError says what is wrong."""
    if len(data) > LARGEST:
        raise DraftError(f"文稿过大（{len(data):,} 字节），最多 {LARGEST:,} 字节")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DraftError("不是纯文本文稿：请另存为 UTF-8 或 GB18030 编码的文本文件")


def as_json(found: Check) -> dict[str, Any]:
    """The result as plain data."""
    return {
        "year": found.year,
        "sources": [
            {"title": s.title, "known_at": s.known_at and s.known_at.isoformat()} for s in found.sources
        ],
        "summary": {verdict: found.counts()[verdict] for verdict in ("right", "wrong", "unchecked")},
        "figures": [_figure_json(checked) for checked in found.figures],
        "claims": [{"text": c.text, "start": c.start, "end": c.end} for c in found.claims],
    }


def _figure_json(checked: Checked) -> dict[str, Any]:
    figure, place, matched = checked.figure, checked.place, checked.match
    return {
        "text": figure.text, "start": figure.start, "end": figure.end, "line": place.line, "column": place.column,
        "section": place.section, "sentence": place.sentence, "kind": figure.kind, "value": f"{figure.value:f}",
        "unit": figure.unit, "op": figure.op,
        "indicator": matched and matched.candidate.key, "title": matched and matched.candidate.title,
        "score": matched and matched.score, "verdict": checked.verdict,
        "reasons": [
            {"source": j.source, "verdict": j.verdict, "code": j.code, "text": j.text,
             "value": None if j.value is None else f"{j.value:f}"}
            for j in checked.judgements
        ],
    }  # fmt: skip
