"""删除个人信息 (个人信息保护法 第四十七条): the values go, with their salts; the record that they were there stays verifiable.

Recorded first, as an act of a named head with ground and reason; what it names may be missing afterwards, and nothing
else. A party is taken out of the whole case under a stand-in, so that the case folds to the same stage and dates; files of
theirs and blind keys of claims go with them as far as the ground allows. What stays is told with its reason, and so are
other cases in which the same person is a party.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from yifa.casework import cards, kept, store, unfinished
from yifa.casework.audit import rebuild
from yifa.casework.cards import BESIDE
from yifa.casework.codec import aad, facts_of, opened, party_of, typed, unseal
from yifa.casework.drafts import Erasing, erase_drafts
from yifa.casework.erasure_claims import Step, erasable, without_claims
from yifa.casework.erasure_files import Act, choose, hashes, named_wrongly, remove
from yifa.casework.models import Case, EventRow, Outbox, PartyKey, Request
from yifa.casework.redaction import Secrets, cut, redacted
from yifa.casework.requests import Answer, Ask, Done, NotDone, RefusedError, World
from yifa.casework.services import perform
from yifa.engine import refold
from yifa.language.acts import Actor, Command, Problem
from yifa.language.privacy import PLAIN, personal
from yifa.language.view import View
from yifa.law.statute import statute
from yifa.registry import line as line_of

PIPL = statute("PIPL")


class Wanted(NamedTuple):
    """What is to go: a party with everything said of them and their files, single values by place (`SEQ.PATH`), single
    files by place (`SEQ.N`, the Nth file the act names, from 1).
    """

    party: str | None = None
    fields: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Why(NamedTuple):
    """On which of the grounds of 第四十七条第一款 (see ERASURE_GROUNDS), by which decision or judgment if any, and why."""

    ground: str
    reason: str
    order: str | None = None


def erase(case: UUID, wanted: Wanted, actor: Actor, why: Why, key: str, world: World) -> Answer:
    """Take personal data out of a case, or say why not; `warnings` of the answer are what stays, each with its reason.

    Asked again with the same key, it was done. The files go when the act is committed; should the machine stop before,
    the sweep takes them.
    """
    ask = Ask(Command("erase", world.now().date()), actor, key, "", case)
    try:
        with transaction.atomic():
            return _erase(case, wanted, ask, why, world)
    except RefusedError as refusal:
        return NotDone(refusal.problems)


def everywhere(
    case: UUID, wanted: Wanted, actor: Actor, why: Why, key: str, world: World
) -> list[tuple[UUID, Answer]]:
    """The same in every case of which this person is surely a party: each an act of its own with its own answer."""
    others = [other for other in elsewhere(case, wanted.party, world) if other.certain]
    found = [(case, erase(case, wanted, actor, why, key, world))]
    if found[0][1]:
        found += [
            (other.case, erase(other.case, Wanted(other.party), actor, why, f"{key}:{other.case}", world))
            for other in others
        ]
    done = {str(done) for done, answer in found if answer}
    return [(one, _unsaid(answer, done)) for one, answer in found]


def _unsaid(answer: Answer, done: set[str]) -> Answer:
    """Without the word that there is more in cases where it was done by now."""
    if isinstance(answer, NotDone):
        return answer
    return answer._replace(warnings=tuple(w for w in answer.warnings if w.params.get("id") not in done))


class Other(NamedTuple):
    """A party of another case who is the same person by ID number or credit code (`certain`), or may be by name or phone."""

    case: UUID
    number: str
    party: str
    certain: bool


def elsewhere(case: UUID, party: str | None, world: World) -> list[Other]:
    """Parties of other cases with a number, phone or name of this party, found by blind index. Two queries."""
    known = PartyKey.objects.filter(case_id=case, identity=world.alias(party or "")).values_list(
        "kind", "blind"
    )
    wanted = {(kind, bytes(blind)) for kind, blind in known}
    if not wanted:
        return []
    hit = reduce(or_, (Q(kind=kind, blind=blind) for kind, blind in wanted))
    rows = PartyKey.objects.filter(hit).exclude(case_id=case).order_by("case_id", "identity")
    found: dict[tuple[UUID, str, str], set[str]] = {}
    for other, number, alias, kind in rows.values_list("case_id", "case__number", "identity", "kind"):
        found.setdefault((other, number, alias), set()).add(kind)
    return [
        Other(other, number, world.unalias(alias), bool(kinds & {"id_number", "uscc"}))
        for (other, number, alias), kinds in found.items()
    ]


def _told_elsewhere(others: Iterable[Other]) -> Iterator[Problem]:
    for other in others:
        code = "erasure_elsewhere" if other.certain else "erasure_namesake"
        params = {"case": other.number or str(other.case), "id": str(other.case)}
        yield Problem(code, params, PIPL.art(47), "party")


def _erase(case: UUID, wanted: Wanted, ask: Ask, why: Why, world: World) -> Answer:
    row = Case.objects.select_for_update().filter(id=case).first()
    if row is None:
        raise RefusedError(Problem("case_unknown", {"case": str(case)}, None, "case"))
    before = _earlier(ask)
    if before is not None:
        return before
    rows, stand_in = store.events_of(case), f"erased-{world.salts(1).hex()[:16]}"
    secrets = _secrets(row, rows, wanted, stand_in, world)
    _only_personal(row.line, rows, wanted)
    acts = [Act(each.seq, each.action, party_of(each, world), opened(each, world)[0]) for each in rows]
    _only_named(acts, wanted)
    told = tuple(_told_elsewhere(elsewhere(case, wanted.party, world)))
    chosen = choose(case, acts, secrets, wanted.files, why.ground, world)
    steps = [_step(each, wanted, secrets, world) for each in rows]
    keys = erasable(case, steps, _is_sole(row, rows, wanted.party, world), why.ground)
    steps = [without_claims(step, keys.gone) for step in steps]
    trail = erase_drafts(case, Erasing(secrets, wanted.party is not None), world)
    what = {str(step.row.seq): list(step.gone) for step in steps if step.gone} | trail
    if not what and not chosen.files:
        raise RefusedError(Problem("erasure_nothing", {}, None, "what"), *chosen.held)
    changed = [step.row.seq for step in steps if kept.MATERIALS in step.gone]
    data = {
        "what": what, "files": list(chosen.files), "hashes": hashes(acts, changed), "party": stand_in if wanted.party else None,
        **why._asdict(),
    }  # fmt: skip
    answer = perform(ask._replace(command=ask.command._replace(data=data), line=row.line), world)
    if isinstance(answer, NotDone):
        raise RefusedError(*answer.problems)
    _take_out(row, [step for step in steps if step.gone], secrets, world)
    keys.forget(case)
    transaction.on_commit(lambda: remove(chosen.files, case, world))
    return answer._replace(warnings=(*answer.warnings, *chosen.held, *keys.held, *told))


def _only_named(acts: Sequence[Act], wanted: Wanted) -> None:
    """Files are named by places at which there are some."""
    wrong = [place.partition(".") for place in named_wrongly(acts, wanted.files)]
    if wrong:
        raise RefusedError(
            *(
                Problem("material_unknown", {"seq": seq, "place": place}, None, "files")
                for seq, _, place in wrong
            )
        )


def _earlier(ask: Ask) -> Done | None:
    """The erasure done with this key before: what it took out is gone, so it cannot be compared."""
    if ask.case is None:
        return None
    taken = Request.objects.filter(actor=ask.actor.id, key=ask.key).values("id")
    done = EventRow.objects.filter(case_id=ask.case, action="erase", request_id__in=taken)
    seq = done.values_list("seq", flat=True).first()
    return None if seq is None else Done(ask.case, seq, None, repeated=True)


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


def _is_sole(row: Case, rows: Sequence[store.Row], party: str | None, world: World) -> bool:
    """Whether nobody else has the party's role in the case."""
    parties = _view(row, rows, world).parties
    return party in parties and list(parties.values()).count(parties[party]) == 1


def _only_personal(line: str, rows: Sequence[store.Row], wanted: Wanted) -> None:
    """Days, codes and numbers tell nothing of a person: they are the record of the matter."""
    actions = {str(row.seq): line_of(line).action(row.action) for row in rows}
    for place in wanted.fields:
        seq, *parts = place.split(".")
        action, name = actions.get(seq), next((part for part in reversed(parts) if not part.isdigit()), "")
        if personal(action.inputs if action else None, name) == PLAIN:
            raise RefusedError(Problem("erasure_not_personal", {"place": place}, None, "fields"))


def _step(row: store.Row, wanted: Wanted, secrets: Secrets, world: World) -> Step:
    private, salts = opened(row, world)
    if row.action == "freeze_document":  # says what the public page shows: nothing of a person
        return Step(row, private, salts, party_of(row, world), ())
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
    return Step(row, fields, {n: s for n, s in salts.items() if n not in gone}, moved, tuple(sorted(gone)))


def _without(fields: Mapping[str, Any], path: str) -> dict[str, Any]:
    name, _, rest = path.removeprefix("data.").partition(".")
    kept = dict(fields)
    if rest:
        kept[f"data.{name}"] = cut(kept.get(f"data.{name}"), rest.split("."))
    else:
        kept.pop(f"data.{name}", None)
    return kept


# ------------------------------------------------------------------------------ writing


def _take_out(row: Case, steps: Sequence[Step], secrets: Secrets, world: World) -> None:
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


def _write(step: Step, world: World) -> None:
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
