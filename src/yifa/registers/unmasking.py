"""One personal value of an entry, whole: allowed, reasoned, recorded by `people`, and only then read."""

from datetime import datetime
from uuid import UUID

from yifa.language.acts import Actor
from yifa.people.permissions import Denied, Field
from yifa.people.services import FieldRef, Refusal, Shown
from yifa.people.services import unmask as people_unmask
from yifa.platform.crypto import vault
from yifa.registers import store
from yifa.registers.history import spans
from yifa.registers.permissions import Organs
from yifa.registry import register


def unmask(
    entry: UUID, column: str, actor: Actor, reason: str, now: datetime
) -> Shown | Denied | Refusal | None:
    """The value as it stands last; None if there is no such entry or the column is not personal."""
    held = store.entry(entry)
    if held is None or column not in register(held.register).register.personal:
        return None

    def read() -> str:
        found = spans(store.logs([entry], vault())[entry])
        return str(found[-1].data.get(column, "")) if found else ""

    ref = Organs().ref(str(entry), held.organ, actor)
    return people_unmask(actor, FieldRef(ref, f"{held.register}.{column}", Field.PERSONAL, read), reason, now)
