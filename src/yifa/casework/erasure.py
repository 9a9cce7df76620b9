"""删除个人信息 (个人信息保护法 第四十七条): the values go, with their salts; the record that they were there stays verifiable.

Recorded first, as an act of a named head with ground and reason; what it names may be missing afterwards, and nothing
else. A party is taken out of the whole case under a stand-in, so that the case folds to the same stage and dates. Official
documents already issued and materials are archives and stay: they are taken out by the rules for archives.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from yifa.casework import cards, store, unfinished
from yifa.casework.audit import rebuild
from yifa.casework.cards import BESIDE
from yifa.casework.codec import aad, facts_of, opened, party_of, typed, unseal
from yifa.casework.drafts import Erasing, erase_drafts
from yifa.casework.models import Case, Outbox, Request
from yifa.casework.redaction import Secrets, cut, redacted
from yifa.casework.requests import Answer, Ask, Done, NotDone, RefusedError, World
from yifa.casework.services import perform
from yifa.engine import refold
from yifa.language.acts import Actor, Command, Problem
from yifa.language.privacy import PLAIN, personal
from yifa.language.view import View
from yifa.registry import line as line_of


class Wanted(NamedTuple):
    """What is to go: a party with everything said of them, or single values by place (`SEQ.PATH`)."""

    party: str | None = None
    fields: tuple[str, ...] = ()


class _Step(NamedTuple):
    """A step as it will be: its remaining fields and salts, the party it concerns, and what was taken out."""

    row: store.Row
    fields: Mapping[str, Any]
    salts: Mapping[str, bytes]
    party: str | None
    gone: tuple[str, ...]


def erase(
    case: UUID, wanted: Wanted, actor: Actor, ground: str, reason: str, key: str, world: World
) -> Answer:
    """Take personal data out of a case, or say why not. Asked again with the same key, it was done."""
    try:
        with transaction.atomic():
            return _erase(
                case,
                wanted,
                Ask(Command("erase", world.now().date()), actor, key, "", case),
                ground,
                reason,
                world,
            )
    except RefusedError as refusal:
        return NotDone(refusal.problems)


def _erase(case: UUID, wanted: Wanted, ask: Ask, ground: str, reason: str, world: World) -> Answer:
    row = Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise RefusedError(Problem("case_unknown", {"case": str(case)}, None, "case"))
    before = _earlier(ask)
    if before is not None:
        return before
    rows, stand_in = store.events_of(case), f"erased-{world.salts(1).hex()[:16]}"
    secrets = _secrets(row, rows, wanted, stand_in, world)
    _only_personal(row.line, rows, wanted)
    steps = [_step(each, wanted, secrets, world) for each in rows]
    trail = erase_drafts(case, Erasing(secrets, wanted.party is not None), world)
    what = {str(step.row.seq): list(step.gone) for step in steps if step.gone} | trail
    if not what:
        raise RefusedError(Problem("erasure_nothing", {}, None, "what"))
    data = {"what": what, "ground": ground, "reason": reason, "party": stand_in if wanted.party else None}
    answer = perform(ask._replace(command=ask.command._replace(data=data), line=row.line), world)
    if isinstance(answer, NotDone):
        raise RefusedError(*answer.problems)
    _take_out(row, [step for step in steps if step.gone], secrets, world)
    return answer


def _earlier(ask: Ask) -> Done | None:
    """The erasure done with this key before: what it took out is gone, so it cannot be compared."""
    row = Request.objects.filter(
        actor=ask.actor.id, key=ask.key, case=ask.case, events__action="erase"
    ).first()
    seq = None if row is None else row.events.values_list("seq", flat=True).first()
    return None if seq is None or ask.case is None else Done(ask.case, seq, None, repeated=True)


def _view(row: Case, rows: Sequence[store.Row], world: World) -> View:
    line = line_of(row.line)
    return refold(line, world.env, tuple(unseal(each, line, world) for each in rows))


def _secrets(row: Case, rows: Sequence[store.Row], wanted: Wanted, stand_in: str, world: World) -> Secrets:
    """What is known of the party, to be found wherever it was written down."""
    if wanted.party is None:
        return Secrets("", stand_in, ())
    card = cards.cards(_view(row, rows, world)).get(wanted.party)
    if card is None:
        raise RefusedError(Problem("erasure_nothing", {}, None, "party"))
    told = (card.get(name, "") for name in ("name", "id_number", "uscc", "phone", "address"))
    return Secrets(wanted.party, stand_in, tuple(sorted({wanted.party, *told} - {""}, key=len, reverse=True)))


def _only_personal(line: str, rows: Sequence[store.Row], wanted: Wanted) -> None:
    """Days, codes and numbers tell nothing of a person: they are the record of the matter."""
    actions = {str(row.seq): line_of(line).action(row.action) for row in rows}
    for place in wanted.fields:
        seq, *parts = place.split(".")
        action, name = actions.get(seq), next((part for part in reversed(parts) if not part.isdigit()), "")
        if personal(action.inputs if action else None, name) == PLAIN:
            raise RefusedError(Problem("erasure_not_personal", {"place": place}, None, "fields"))


def _step(row: store.Row, wanted: Wanted, secrets: Secrets, world: World) -> _Step:
    private, salts = opened(row, world)
    fields = {name: redacted(value, secrets) for name, value in private.items()}
    if (
        secrets.identity and secrets.identity in private.values()
    ):  # named alone: what stands beside is about the party
        fields = {n: v for n, v in fields.items() if n.removeprefix("data.") not in BESIDE}
    for place in wanted.fields:
        seq, _, path = place.partition(".")
        if seq == str(row.seq):
            fields = _without(fields, f"data.{path}")
    party = party_of(row, world)
    moved = secrets.stand_in if party is not None and party == secrets.identity else party
    gone = [name for name in private if fields.get(name) != private[name]]
    if moved != party:
        gone.append("meta.party")
    return _Step(row, fields, {n: s for n, s in salts.items() if n not in gone}, moved, tuple(sorted(gone)))


def _without(fields: Mapping[str, Any], path: str) -> dict[str, Any]:
    name, _, rest = path.removeprefix("data.").partition(".")
    kept = dict(fields)
    if rest:
        kept[f"data.{name}"] = cut(kept.get(f"data.{name}"), rest.split("."))
    else:
        kept.pop(f"data.{name}", None)
    return kept


# ------------------------------------------------------------------------------ writing


def _take_out(row: Case, steps: Sequence[_Step], secrets: Secrets, world: World) -> None:
    """Write the steps without what goes, and everything derived from them anew; refused if the case would change."""
    before = _shape(_view(row, store.events_of(row.id), world))
    for step in steps:
        _write(step, world)
    row.refresh_from_db()
    try:
        after = _shape(_view(row, store.events_of(row.id), world))
    except ValueError:  # an act no longer fits its model without what was taken out
        after = {}
    if before != after:
        raise RefusedError(Problem("erasure_needed", {}, None, "what"))
    rebuild(row, world)
    _forget(row.id, [step.row.seq for step in steps], secrets, world)


def _shape(view: View) -> dict[str, Any]:
    """What must not change: stage, version, dates, and how many parties there are in which role."""
    clocks = sorted(
        (i.code, i.seq, i.variant, str(i.due.due), i.state) for c in view.clocks.values() for i in c
    )
    dates = {name: value for name, value in facts_of(view).items() if name.endswith(("_on", "_at"))}
    return {"stage": view.stage, "tracks": view.tracks, "version": view.version, "closed": view.is_closed, "clocks": clocks,
            "dates": dates, "parties": sorted(view.parties.values())}  # fmt: skip


def _write(step: _Step, world: World) -> None:
    line = line_of(Case.objects.values_list("line", flat=True).get(id=step.row.case_id))
    data = {n.removeprefix("data."): v for n, v in step.fields.items() if n.startswith("data.")}
    typed(line, step.row.action, data)
    body = {"fields": step.fields, "salts": {name: salt.hex() for name, salt in step.salts.items()}}
    sealed = world.seal(
        json.dumps(body, ensure_ascii=False).encode(), aad(str(step.row.case_id), step.row.seq)
    )
    alias = None if step.party is None else world.alias(step.party)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_event SET payload = %s, party = %s WHERE case_id = %s AND seq = %s",
            (sealed, alias, step.row.case_id, step.row.seq),
        )


def _forget(case: UUID, seqs: Sequence[int], secrets: Secrets, world: World) -> None:
    """What other tables still hold of it: hashes of requests, done work, alerts, forms begun."""
    unfinished.forget(case)
    Request.objects.filter(events__case_id=case, events__seq__in=list(seqs)).update(body=bytes(32))
    Outbox.objects.filter(case_id=case).exclude(done_at=None).delete()
    if secrets.identity:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_alert SET subject = %s WHERE case_id = %s AND subject = %s",
                (world.alias(secrets.stand_in), case, world.alias(secrets.identity)),
            )
