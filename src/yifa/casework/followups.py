"""Follow-ups for later: what one case asks of another, carried out by the worker as an ordinary act, once.

An act the other case refuses is tried again, for the case may be suspended today; one that keeps being refused is parked
like any item of the outbox, and somebody is told.
"""

from uuid import UUID

from yifa.casework import store as postgresql
from yifa.casework.codec import moment
from yifa.casework.following import Sender, ask_for
from yifa.casework.outbox import Item
from yifa.casework.requests import NotDone, Store, World
from yifa.casework.services import perform
from yifa.language.acts import Command

HOUSE = "系统"  # who is named where an effect of law asks


class FollowUpRefusedError(Exception):
    """The other case does not allow the act now. Holds codes only: texts may quote people's data."""


def carry_out(item: Item, world: World, store: Store = postgresql) -> None:
    """Do what the item asks, or raise so that it is tried again. The same item is the same act, whichever door carries it out."""
    body = item.body
    sent, found = store.case_named(str(item.case)), store.case_named(str(body["case"] or item.case))
    if sent is None or found is None or item.case is None or item.seq is None:
        raise FollowUpRefusedError("case_unknown")
    organ = body.get("organ") or sent["organ"]
    sender = Sender(item.case, sent["number"] or sent["id"], item.seq, body.get("actor") or HOUSE, organ)
    command = Command(
        body["action"], moment(body["on"]), body["data"], body.get("party"), body.get("re"), body.get("after")
    )
    case = None if body["case"] is None else UUID(found["id"])
    line = body["line"] or found["line"] if case is None else found["line"]
    key = f"later:{item.case}:{item.seq}:{body['place']}"
    done = perform(ask_for(command, line, case, organ, sender, key), world, store)
    if isinstance(done, NotDone):
        raise FollowUpRefusedError(*sorted({problem.code for problem in done.problems}))
