"""What acts are evidence of beside themselves: where the case was opened, numbers, claims, signatures.

Each is a committed field of the act's record, so that the rows kept of it elsewhere can be derived again and compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from yifa.casework import drafts, kept
from yifa.casework.models import Case, NumberSeries, Paper, Proposal
from yifa.casework.requests import World

Place = tuple[int | None, str]


class Record(NamedTuple):
    """A stored act with its committed fields (none of them once they are erased)."""

    row: Any
    fields: Mapping[str, Any]

    @property
    def erased(self) -> bool:
        return self.row.payload is None


def beside(case: Case, records: Sequence[Record], world: World) -> Iterator[Place]:
    """What is not as the acts say; step (None: the case) and what."""
    if not records or any(record.erased for record in records):
        return  # of erased acts only the commitments are left
    yield from _origin(case, records[0].fields)
    yield from _numbers(case, records)
    yield from _claims(case, records)
    yield from _signatures(case, records, world)
    yield from _papers(case, records)
    yield from kept.faults((r.row.seq, r.row.action, r.fields) for r in records)


def _origin(case: Case, first: Mapping[str, Any]) -> Iterator[Place]:
    told = {
        "case.line": case.line,
        "case.origin": case.origin,
        "case.parent": case.parent_id and str(case.parent_id),
    }
    for name, value in told.items():
        if first.get(name) != value:
            yield 0, f"案件“{name.removeprefix('case.')}”与立案记录不符"


def _numbers(case: Case, records: Sequence[Record]) -> Iterator[Place]:
    given = {(r.row.seq, kind, each["text"]) for r in records for kind, each in _given(r)}
    kept = Counter((row.seq, row.kind, row.text) for row in case.numbers.all())
    for seq, kind, text in sorted(
        given.symmetric_difference(kept) | {n for n, count in kept.items() if count > 1}
    ):
        yield seq, f"编号“{text}”（{kind}）与记录不符"
    numbers = [text for _, kind, text in sorted(given) if kind == "case"]
    if case.number != (numbers[-1] if numbers else ""):
        yield None, "案号与记录不符"


def _given(record: Record) -> list[tuple[str, Mapping[str, Any]]]:
    return [(n.removeprefix("number."), v) for n, v in record.fields.items() if n.startswith("number.")]


def _claims(case: Case, records: Sequence[Record]) -> Iterator[Place]:
    """Claims as taken and released in the order of the log."""
    live: dict[tuple[str, str], int] = {}
    found: Counter[tuple[str, str, Any]] = Counter()
    for record in records:
        for kind, key in record.fields.get("claims.taken", ()):
            live.setdefault((kind, key), record.row.seq)
        for kind, key in record.fields.get("claims.released", ()):
            if live.pop((kind, key), None) is not None:
                found[kind, key, record.row.recorded_at] += 1
    found.update((kind, key, None) for kind, key in live)
    kept = Counter((row.kind, bytes(row.key).hex(), row.released_at) for row in case.claims.all())
    if found != kept:
        kinds = sorted({kind for kind, _, _ in (found - kept) + (kept - found)})
        yield None, f"占用登记（{'、'.join(kinds)}）与记录不符"


def _signatures(case: Case, records: Sequence[Record], world: World) -> Iterator[Place]:
    """A signed act names its proposal, and covers what was said on the way by a hash."""
    erased = {
        place.removeprefix("proposal:"): steps
        for r in records
        if r.row.action == "erase"
        for place, steps in r.fields["data.what"].items()
    }
    signed = {r.row.seq: r.fields["fact.signature"] for r in records if "fact.signature" in r.fields}
    proposals = {p.signed_seq: p for p in case.proposals.all() if p.signed_seq is not None}
    for seq in sorted(signed.keys() | proposals.keys(), key=str):
        if (
            seq not in signed
            or seq not in proposals
            or not _covers(signed[seq], proposals[seq], world, erased)
        ):
            yield seq, "审批过程与签发时不符"


def _covers(
    signature: Mapping[str, Any], proposal: Proposal, world: World, erased: Mapping[str, Sequence[str]]
) -> bool:
    told = (signature["proposal"], signature["revision"], signature["drafter"], signature["trail"])
    kept = (str(proposal.pk), proposal.revision, proposal.proposer, drafts.trail_hash(proposal))
    return told == kept and drafts.is_trail_sound(proposal, world, erased.get(str(proposal.pk), ()))


def _papers(case: Case, records: Sequence[Record]) -> Iterator[Place]:
    """Documents as they were frozen: every one by its act, every act with its document."""
    frozen = {_frozen(r) for r in records if r.row.action == "freeze_document"}
    kept = {_as_kept(paper) for paper in case.papers.all()}
    for at, seq, document, *_ in sorted(frozen ^ kept, key=str):
        yield at, f"文书“{document}”（第{seq}步制发）与定稿记录不符"


def _frozen(record: Record) -> tuple[Any, ...]:
    told = (record.fields.get(f"data.{name}") for name in ("of", "document", "code", "sha256", *_SHOWN))
    return record.row.seq, *told, record.row.recorded_at


def _as_kept(paper: Paper) -> tuple[Any, ...]:
    shown = (paper.title, paper.organ, paper.number, paper.dated.isoformat())
    return (
        paper.frozen_seq,
        paper.seq,
        paper.document,
        paper.code,
        bytes(paper.sha256).hex(),
        *shown,
        paper.made_at,
    )


_SHOWN = ("title", "organ", "number", "dated")  # what the public page shows beside the hash


class Series:
    """Numbers of all cases, to see that each series is 1, 2, … n and its counter n."""

    def __init__(self) -> None:
        self._serials: dict[tuple[str, str, int], list[int]] = {}
        self._before: dict[
            tuple[str, str, int], int
        ] = {}  # highest number taken over: below it others may be missing
        self._partial = False

    def add(self, line: str, records: Iterable[Record], whole: bool = True) -> None:
        """The numbers given in a case; not `whole`: its acts cannot be read, and the gaps they leave mean nothing."""
        self._partial |= not whole
        for record in records:
            self._partial |= record.erased
            for kind, each in _given(record):
                if "serial" not in each:  # taken over from a series that is not ours
                    continue
                place = each["organ"], f"{line}.{kind}", each["year"]
                self._serials.setdefault(place, []).append(each["serial"])
                if each.get("taken_over"):
                    self._before[place] = max(self._before.get(place, 0), each["serial"])

    def faults(self) -> Iterator[str]:
        """Gaps, repetitions, and counters that do not fit; gaps are not told where records were erased."""
        kept = {(organ, kind, year): last for organ, kind, year, last in NumberSeries.objects.values_list(
            "organ", "kind", "year", "last")}  # fmt: skip
        for place in sorted(self._serials.keys() | kept.keys()):
            serials, last = sorted(self._serials.get(place, ())), kept.get(place, 0)
            before = self._before.get(place, 0)
            own = [serial for serial in serials if serial > before]
            whole = own == list(range(before + 1, last + 1)) and len(set(serials)) == len(serials)
            if not whole and not (
                self._partial and len(set(serials)) == len(serials) and serials[-1:] <= [last]
            ):
                yield f"{place[0]} {place[2]}年“{place[1]}”的编号不连续，或与计数不符（末号{last}，已用{len(serials)}个）"


# Rows of these tables belong to a case; the database does not forbid all of them to stay without one.
_OF_CASES = ("event", "paper", "claim", "number", "clock", "party", "party_key")


def strays() -> Iterator[str]:
    """Rows whose case is not there."""
    with connection.cursor() as cursor:
        for name in _OF_CASES:
            cursor.execute(
                f"SELECT count(*) FROM casework_{name} r WHERE NOT EXISTS "
                "(SELECT 1 FROM casework_case c WHERE c.id = r.case_id)"
            )
            count = cursor.fetchone()[0]
            if count:
                yield f"casework_{name} 中有{count}行不属于任何案件"
        cursor.execute(
            "SELECT count(*) FROM casework_event e FULL JOIN (SELECT event_id FROM casework_leaf UNION ALL "
            "SELECT event_id FROM casework_waiting) p ON p.event_id = e.id WHERE e.id IS NULL OR p.event_id IS NULL"
        )
        count = cursor.fetchone()[0]
        if count:
            yield f"有{count}条办理记录在账本中的位置缺失，或者多出位置"
