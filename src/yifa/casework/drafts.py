"""What a proposal carries: the draft of the act with its documents, and the trail of what was said on the way.

Both are sealed. The trail is bound into the signed act by a hash over salted commitments, so that it can be verified
after the keys were rotated, and still says nothing to who may not read it.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag

from yifa.casework.codec import canonical
from yifa.casework.models import Opinion, Proposal
from yifa.casework.redaction import Secrets, redacted, text
from yifa.casework.requests import World
from yifa.language.acts import EMPTY, Actor, Command
from yifa.language.forms import on_its_day
from yifa.ledger.commitments import commit_plain
from yifa.registry import line as line_of


class Draft(NamedTuple):
    """A command with the drafts of its documents: document code → variable → text."""

    command: Command
    documents: Mapping[str, Mapping[str, Any]] = EMPTY


class Hand(NamedTuple):
    """Whose hand it is: the actor, for somebody else (by id) where a substitution says so."""

    actor: Actor
    instead_of: str | None = None


class Said(NamedTuple):
    """One step of the trail, as a reader sees it."""

    step: int
    at: datetime
    actor: str
    kind: str
    text: str
    instead_of: str
    authority: str


def put(row: Proposal, draft: Draft, world: World) -> Proposal:
    """Seal the draft into the row as its present revision."""
    body = {"command": canonical(draft.command._asdict()), "documents": canonical(dict(draft.documents))}
    row.draft = world.seal(json.dumps(body, ensure_ascii=False).encode(), place(str(row.pk), row.revision))
    return row


def keep(row: Proposal, draft: Draft, world: World) -> None:
    """Seal the draft into the row, and save the row."""
    put(row, draft, world).save()


def place(proposal: str, revision: int) -> bytes:
    """What binds a sealed draft to its proposal and revision."""
    return f"proposal/{proposal}/{revision}".encode()


def read(row: Proposal, world: World, on: date) -> Draft:
    """The draft as it stands, dated `on`: a draft has no legal date before its signature."""
    body = json.loads(world.open(bytes(row.draft), place(str(row.pk), row.revision)))
    given = body["command"]
    command = Command(
        given["action"],
        on,
        dated(row.line, given["action"], given["data"], on),
        given["party"],
        given["re"],
        given["after"],
    )
    return Draft(command, body["documents"])


def dated(line: str, action: str, data: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """The input of an act as it would be on this day."""
    declared = line_of(line).action(action)
    return data if declared is None else on_its_day(declared.inputs, data, on)


def opinion(
    row: Proposal, step: int, hand: Hand, kind: str, words: str, authority: str, world: World
) -> Opinion:
    """A step of the trail, with what was said sealed and committed to."""
    salt = world.salts(1)
    body = json.dumps({"text": words, "salt": salt.hex()}, ensure_ascii=False).encode()
    return Opinion(
        proposal=row, step=step, at=world.now(), actor=hand.actor.id, kind=kind,
        text=world.seal(body, opinion_place(str(row.pk), step)), commitment=commit_plain(salt, "opinion", words),
        instead_of=hand.instead_of or "", authority=authority,
    )  # fmt: skip


def say(row: Proposal, hand: Hand, kind: str, words: str, authority: str, world: World) -> None:
    """One more step of the trail."""
    opinion(row, row.trail.count(), hand, kind, words, authority, world).save()


def opinion_place(proposal: str, step: int) -> bytes:
    """What binds a sealed opinion to its place in the trail."""
    return f"opinion/{proposal}/{step}".encode()


def trail(row: Proposal, world: World) -> tuple[Said, ...]:
    """Everything said on the way, in order."""
    return tuple(
        Said(o.step, o.at, o.actor, o.kind, _text(o, world), o.instead_of, o.authority)
        for o in row.trail.order_by("step")
    )


def _text(opinion: Opinion, world: World) -> str:
    body = world.open(bytes(opinion.text), opinion_place(str(opinion.proposal_id), opinion.step))
    return str(json.loads(body)["text"])


def is_trail_sound(row: Proposal, world: World, erased: Collection[str] = ()) -> bool:
    """Whether every text of the trail is the one its commitment was made of, but for those whose erasure is recorded."""
    return all(_is_sound(opinion, world) for opinion in row.trail.all() if str(opinion.step) not in erased)


class Erasing(NamedTuple):
    """What erasing does to drafts: what tells of the party is marked in every text of drafts and opinions."""

    secrets: Secrets
    party: bool


def erase_drafts(case: UUID, erasing: Erasing, world: World) -> dict[str, list[str]]:
    """Take a party out of the drafts of a case and of what was said about them; opinions changed, by proposal."""
    found: dict[str, list[str]] = {}
    for row in Proposal.objects.select_for_update().filter(case_id=case) if erasing.party else ():
        draft = read(row, world, row.created_at.date())
        command = draft.command._replace(
            data=redacted(canonical(dict(draft.command.data)), erasing.secrets),
            party=redacted(draft.command.party, erasing.secrets),
        )
        keep(row, Draft(command, redacted(canonical(dict(draft.documents)), erasing.secrets)), world)
        steps = [str(o.step) for o in row.trail.order_by("step") if _erased(o, erasing.secrets, world)]
        found |= {f"proposal:{row.pk}": steps} if steps else {}
    return found


def _erased(opinion: Opinion, secrets: Secrets, world: World) -> bool:
    said = _text(opinion, world)
    told = text(said, secrets)
    if told != said:
        place = opinion_place(str(opinion.proposal_id), opinion.step)
        opinion.text = world.seal(json.dumps({"text": told, "salt": ""}, ensure_ascii=False).encode(), place)
        opinion.save(update_fields=["text"])
    return told != said


def _is_sound(opinion: Opinion, world: World) -> bool:
    try:
        place = opinion_place(str(opinion.proposal_id), opinion.step)
        body = json.loads(world.open(bytes(opinion.text), place))
        made = commit_plain(bytes.fromhex(body["salt"]), "opinion", body["text"])
    except (InvalidTag, KeyError, ValueError):
        return False
    return made == bytes(opinion.commitment)


def trail_hash(row: Proposal) -> str:
    """Over every step in order, with the commitments to what was said."""
    return hash_of(row.trail.order_by("step"))


def hash_of(said: Iterable[Opinion]) -> str:
    """The hash of these steps, in their order."""
    steps = [
        [o.step, o.kind, o.actor, o.instead_of, o.authority, o.at.astimezone(UTC).isoformat(), bytes(o.commitment).hex()]
        for o in said
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(steps, ensure_ascii=False).encode()).hexdigest()


def present_hands(row: Proposal) -> frozenset[str]:
    """Drafter, and everybody who took a step (or for whom one was taken) since the draft was last handed in."""
    steps = list(row.trail.order_by("step").values_list("kind", "actor", "instead_of"))
    handed_in = [index for index, step in enumerate(steps) if step[0] == "revise"]
    since = steps[handed_in[-1] + 1 if handed_in else 0 :]
    named = {name for _, actor, principal in since for name in (actor, principal)}
    return frozenset({row.proposer, *named}) - {""}
