"""Telling people: in-site notices and e-mail. One message to one user once, and only to who may know of the case."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from yifa.casework.access import handlers_of, reference
from yifa.casework.models import Case
from yifa.casework.requests import World
from yifa.casework.work import Notice
from yifa.language.acts import Actor
from yifa.language.messages import catalogue
from yifa.law.derivations import day_zh
from yifa.people import selectors as people
from yifa.people.models import Contact, Membership, User
from yifa.people.permissions import Denied, Verb, may

HEADS = ("section_head", "agency_head", "body_head", "organ_head")  # who leads, the nearest to the work first


class Message(NamedTuple):
    """What is told: code of the catalogue, parameters without persons, loudness, case, and what makes it the same."""

    code: str
    params: dict[str, Any]
    level: str
    case: Any
    key: str


def tell(message: Message, audience: str, world: World) -> list[int]:
    """Tell an audience (`AUDIENCES`) of a case; returns the ids of those told now."""
    case = Case.objects.get(id=message.case)
    return put(message, AUDIENCES[audience](case, world.now().date()), world)


def put(message: Message, users: Iterable[int], world: World) -> list[int]:
    """One notice a user, and an e-mail to those who have an address. Told twice, it is there once."""
    now = world.now()
    rows = [
        (user, message.case, message.key, message.code, message.level, message.params, now) for user in users
    ]
    told = [row[0] for row in rows if _insert(row)]
    for notice in Notice.objects.filter(key=message.key, user__in=told):
        if Contact.objects.filter(user=notice.user_id).exists():
            _send_out(notice, world)
    return told


def _insert(row: tuple[Any, ...]) -> bool:
    sql = (
        "INSERT INTO casework_notice (user_id, case_id, key, code, level, params, created_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (user_id, key) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (*row[:5], json.dumps(row[5], ensure_ascii=False), row[6]))
        return bool(cursor.rowcount)


def _send_out(notice: Notice, world: World) -> None:
    from yifa.casework.outbox import put_out

    put_out("mail", {"notice": notice.pk}, world, notice.case_id)


# ------------------------------------------------------------------------------------------- who hears it


def handlers(case: Case, day: date) -> list[int]:
    """The handlers named in the case who have an account and may see it; while there are none, the head."""
    named = [int(who) for who in handlers_of(case) if who.isdigit()]
    known = User.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True)
    return may_know(case, sorted(known), day) or head(case, day)


def head(case: Case, day: date) -> list[int]:
    """The head nearest to the work: the first role of HEADS anybody holds in the case's organ."""
    for role in HEADS:
        found = may_know(case, [user.pk for user in people.holders(case.organ, role, day)], day)
        if found:
            return found
    return []


def handlers_and_head(case: Case, day: date) -> list[int]:
    return list(dict.fromkeys([*handlers(case, day), *head(case, day)]))


def administrators(day: date) -> list[int]:
    """Who looks after the system."""
    held = Membership.objects.filter(people.on_day(day), role="system_admin", user__is_active=True)
    return sorted(set(held.values_list("user_id", flat=True)))


AUDIENCES = {"handlers": handlers, "head": head, "handlers_and_head": handlers_and_head}


def may_know(case: Case, users: Iterable[int], day: date) -> list[int]:
    """Those of these users who may see that the case exists: not who must stay out of it, not strangers."""
    chosen = list(users)
    if not chosen:
        return []
    ref = reference(case)
    roles: dict[int, set[str]] = {}
    held = Membership.objects.filter(people.on_day(day), user__in=chosen, organ=case.organ)
    for user, role in held.values_list("user_id", "role"):
        roles.setdefault(user, set()).add(role)
    actors = [Actor(str(user), frozenset(roles.get(user, ())), case.organ) for user in chosen]
    return [int(actor.id) for actor in actors if not isinstance(may(actor, Verb.LIST, ref), Denied)]


# ------------------------------------------------------------------------------------------- reading


class Text(NamedTuple):
    """A notice as it is read."""

    text: str
    next: str


def text_of(notice: Notice) -> Text:
    """The Chinese text. The case is named by its number."""
    return text(notice.code, notice.params, None if notice.case is None else notice.case.number)


def text(code: str, params: Mapping[str, Any], number: str | None) -> Text:
    """A message of the catalogue; `number`: of the case it is about, empty if it has none, None if there is no case."""
    case = "" if number is None else (number or "未立号案件")
    message = catalogue("yifa.casework")[code]
    return Text(
        message.text.format(case=case, **{name: _zh(value) for name, value in params.items()}), message.next
    )


def _zh(value: Any) -> str:
    text = str(value)
    try:
        return day_zh(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
    except ValueError:
        return text


def unread(user: int, limit: int = 50) -> list[Notice]:
    """A user's unread notices, the latest first: one query."""
    rows = Notice.objects.filter(user=user, read_at=None).select_related("case")
    return list(rows.order_by("-created_at", "-id")[:limit])


def mark_read(user: int, notice: int, now: datetime) -> bool:
    """The user has read it; False if it is not theirs or was read before."""
    return bool(Notice.objects.filter(pk=notice, user=user, read_at=None).update(read_at=now))
