"""Blind keys of claims in an erasure: what only served a purpose that is over goes; what still keeps a matter from being
taken twice stays, for the time in which the law asks for that.

A key is an HMAC over what makes the matter unique, the party among it: nobody reads it back, but whoever holds the blind key
could tell a person by it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from yifa.casework import store
from yifa.casework.models import ClaimRow
from yifa.language.acts import Problem
from yifa.language.kernel_actions import ARCHIVE, PURPOSE_OVER

Key = tuple[str, str]  # kind, key in hexadecimal
FIELDS = ("claims.taken", "claims.released")


class Step(NamedTuple):
    """A step as it will be: its remaining fields and salts, the party it concerns, and what was taken out."""

    row: store.Row
    fields: Mapping[str, Any]
    salts: Mapping[str, bytes]
    party: str | None
    gone: tuple[str, ...]


class Keys(NamedTuple):
    """Keys that go, and what is said of those that stay."""

    gone: frozenset[Key]
    held: tuple[Problem, ...] = ()

    def forget(self, case: UUID) -> None:
        """Take the rows away."""
        for kind, key in self.gone:
            ClaimRow.objects.filter(case_id=case, kind=kind, key=bytes.fromhex(key)).delete()


def erasable(case: UUID, steps: Sequence[Step], sole: bool, ground: str) -> Keys:
    """Keys of claims that may tell of the party: taken in steps from which something goes, or in any if the party is the
    only one of its role (`sole`). Those in force stay where only the purpose is over.
    """
    telling = [step for step in steps if step.gone or sole]
    taken = {(kind, key) for step in telling for kind, key in step.fields.get("claims.taken", ())}
    if ground not in PURPOSE_OVER:
        return Keys(frozenset(taken))
    rows = ClaimRow.objects.filter(case_id=case, released_at=None).values_list("kind", "key")
    live = taken & {(kind, bytes(key).hex()) for kind, key in rows}
    held = (Problem("erasure_claim_live", {"count": len(live)}, ARCHIVE, "claims"),) if live else ()
    return Keys(frozenset(taken - live), held)


def without_claims(step: Step, gone: frozenset[Key]) -> Step:
    """The step without these keys."""
    fields = dict(step.fields)
    for name in FIELDS:
        left = [pair for pair in fields.get(name, ()) if (pair[0], pair[1]) not in gone]
        if left != list(fields.get(name, ())):
            fields[name] = left
            if not left:
                fields.pop(name)
    lost = {name for name in FIELDS if fields.get(name) != step.fields.get(name)}
    salts = {name: salt for name, salt in step.salts.items() if name not in lost}
    return step._replace(fields=fields, salts=salts, gone=tuple(sorted({*step.gone, *lost})))
