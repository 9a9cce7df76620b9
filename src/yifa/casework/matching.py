"""Cases in memory by some of their facts, so that a load counts other cases without asking the database for each."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from yifa.casework.codec import canonical
from yifa.language.actions import Match
from yifa.platform.crypto import vault


class Known(NamedTuple):
    """What matching looks at: line, the facts asked about so far, parties, whether it is closed; and the facts they are of."""

    line: str
    facts: Mapping[str, Any]
    parties: frozenset[str]
    closed: bool
    told: Mapping[str, Any] | None = None


class FactIndex:
    """Cases by fact. Values are plain (texts, numbers, yes or no): they are equal or not."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._cases: dict[UUID, Known] = {}
        self._by_fact: dict[tuple[str, str, Any], set[UUID]] = defaultdict(set)
        for case, line, facts, parties, closed in _stored(sorted(self.names)):
            self._put(
                case, Known(line, json.loads(facts), frozenset(map(vault().unalias, parties or ())), closed)
            )

    def put(
        self, case: UUID, line: str, facts: Mapping[str, Any], parties: Mapping[str, str], *, closed: bool
    ) -> None:
        """A case as it is after an act. `facts` is replaced, never changed in place: the same one says the same."""
        last = self._cases.get(case)
        if (
            last is not None
            and last.told is facts
            and last.closed is closed
            and len(last.parties) == len(parties)
        ):
            return
        asked = canonical({name: facts[name] for name in self.names if facts.get(name) is not None})
        self._put(case, Known(line, asked, frozenset(parties), closed, facts))

    def drop(self, case: UUID) -> None:
        """A case that does not come about after all."""
        self._put(case, Known("", {}, frozenset(), closed=True))

    def _put(self, case: UUID, known: Known) -> None:
        self._cases[case] = known
        for name, value in known.facts.items():
            if not isinstance(value, list | dict):
                self._by_fact[known.line, name, value].add(case)

    def count(self, case: UUID, line: str, match: Match) -> int:
        """How many other cases match; what a case no longer is, it does not match."""
        wanted = canonical(dict(match.facts))
        found = set.intersection(*(self._by_fact[line, name, value] for name, value in wanted.items()))
        return sum(_fits(self._cases[other], wanted, match) for other in found - {case})


def _fits(known: Known, wanted: Mapping[str, Any], match: Match) -> bool:
    same = all(known.facts.get(name) == value for name, value in wanted.items())
    return same and not (match.open_only and known.closed) and match.party in (None, *known.parties)


def _stored(names: list[str]) -> list[tuple[UUID, str, str, list[str] | None, bool]]:
    sql = (
        "SELECT k.id, k.line, (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(k.facts) f WHERE f.key = ANY(%s))::text, "
        "(SELECT array_agg(p.identity) FROM casework_party p WHERE p.case_id = k.id), k.closed "
        "FROM casework_case k WHERE k.facts ?| %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (names, names))
        return list(cursor.fetchall())
