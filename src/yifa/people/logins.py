"""Being let in: password, then the second factor where there is one; every try recorded, failures lock for a while.

The moment is an argument; it is the real one even where a demonstration lives on another day. Call these outside of any
transaction: a try that is undone would not count.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Count, Q

from yifa.language.acts import Actor
from yifa.people import factors
from yifa.people.lockout import MEMORY, Limits, Standing, standing
from yifa.people.models import LoginRecord, User
from yifa.people.permissions import Denied, Verb, may
from yifa.people.services import Refusal
from yifa.platform.crypto import blind_index

PAGE = 50


class Let(NamedTuple):
    """The password was right; whether a code is still asked for."""

    user: User
    asks_code: bool


class Turned(NamedTuple):
    """Turned away: wrong, code_wrong, account_locked or address_locked. `left`: tries before a lock."""

    code: str
    until: datetime | None = None
    left: int | None = None


def limits(kind: str) -> Limits:
    """The limits of this installation for `account` or `address`."""
    failures = settings.LOGIN_FAILURES if kind == "account" else settings.LOGIN_ADDRESS_FAILURES
    return Limits(failures, settings.LOGIN_LOCK_MINUTES)


def with_password(login: str, password: str, address: str, now: datetime) -> Let | Turned:
    """First step. A locked account stays closed to the right password too; unknown accounts are answered alike."""
    tried = _try(login, address, now, "wrong")
    if isinstance(tried, Turned):
        return tried
    record, turned = tried
    user = authenticate(username=login, password=password)
    if not isinstance(user, User):
        return turned
    asks = factors.confirmed(user) is not None
    LoginRecord.objects.filter(id=record).update(kind=LoginRecord.HALF if asks else LoginRecord.IN)
    return Let(user, asks)


def with_code(user: User, text: str, address: str, now: datetime) -> Let | Turned:
    """Second step: a code of the device, or a recovery code."""
    tried = _try(user.login, address, now, "code_wrong")
    if isinstance(tried, Turned):
        return tried
    record, turned = tried
    how = factors.accept(user, text, now) if user.is_active else None
    if how is None:
        return turned
    LoginRecord.objects.filter(id=record).update(kind=LoginRecord.IN)
    if how is factors.How.RECOVERY:
        LoginRecord.objects.create(at=now, kind=LoginRecord.RECOVERED, user=user)
    return Let(user, False)


@transaction.atomic(durable=True)
def _try(login: str, address: str, now: datetime, code: str) -> tuple[UUID, Turned] | Turned:
    """The record of a try, failed until it is settled, and what to say if it stays so; or why nobody may try."""
    user = User.objects.filter(login__iexact=login).first()
    account = blind_index("login", (user.login if user else login).casefold())
    place = blind_index("address", address)
    _one_at_a_time(account, place)
    stands = {"account": standing_of_account(account, now), "address": standing_of_address(place, now)}
    for kind, found in stands.items():
        if found.locked(now):
            return Turned(f"{kind}_locked", found.until)
    row = LoginRecord.objects.create(
        at=now, kind=LoginRecord.WRONG, user=user, login_blind=account, address=address
    )
    after = standing_of_account(account, now)
    left = limits("account").failures - after.failures
    return row.id, Turned(code, after.until, left) if left > 0 else Turned("account_locked", after.until)


def _one_at_a_time(*blinds: bytes) -> None:
    """Tries at one account or from one address wait for each other, so that none is examined uncounted."""
    with connection.cursor() as cursor:
        for key in sorted(int.from_bytes(blind[:8], "big", signed=True) for blind in blinds):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def standing_of_account(blind: bytes, now: datetime) -> Standing:
    """How an account stands: a log-in or an unlocking wipes out the failures before it."""
    cleared = (LoginRecord.IN, LoginRecord.UNLOCKED)
    return _standing(Q(login_blind=blind), cleared, now, limits("account"))


def standing_of_address(blind: bytes, now: datetime) -> Standing:
    """How an address stands: only an unlocking wipes out, else an own account would open it for guesses at others."""
    return _standing(Q(address_blind=blind), (LoginRecord.UNLOCKED,), now, limits("address"))


def _standing(where: Q, cleared: tuple[str, ...], now: datetime, limit: Limits) -> Standing:
    rows = LoginRecord.objects.filter(where, at__gt=now - MEMORY, kind__in=(LoginRecord.WRONG, *cleared))
    found = list(rows.values_list("kind", "at"))
    return standing(
        (at for kind, at in found if kind == LoginRecord.WRONG),
        (at for kind, at in found if kind in cleared),
        now,
        limit,
    )


# ------------------------------------------------------------------------------ what the security administrator does


class Lock(NamedTuple):
    """Something locked now: an account (without a name if there is none such), or an address."""

    kind: str
    record: UUID  # the last failure: names the lock when it is undone
    name: str
    failures: int
    until: datetime


def locks(actor: Actor, now: datetime) -> list[Lock] | Denied:
    """Everything locked now. Seven queries at most for each thing locked, two where nothing is."""
    refused = may(actor, Verb.MANAGE_LOGINS, None)
    if isinstance(refused, Denied):
        return refused
    found = [*_locked("account", "login_blind", now), *_locked("address", "address_blind", now)]
    return sorted(found, key=lambda lock: (lock.kind, lock.until))


def _locked(kind: str, column: str, now: datetime) -> Iterable[Lock]:
    recent = LoginRecord.objects.filter(kind=LoginRecord.WRONG, at__gt=now - MEMORY)
    often = recent.values(column).annotate(times=Count("id")).filter(times__gte=limits(kind).failures)
    judge = standing_of_account if kind == "account" else standing_of_address
    for blind in often.values_list(column, flat=True):
        found = judge(bytes(blind), now)
        if found.until is not None and found.locked(now):
            last = recent.filter(**{column: blind}).select_related("user").latest("at")
            name = last.address if kind == "address" else last.user.display_name if last.user else ""
            yield Lock(kind, last.id, name, found.failures, found.until)


def unlock(actor: Actor, kind: str, record: UUID, reason: str, now: datetime) -> LoginRecord | Refusal:
    """Undo a lock, by a security administrator, for a reason; recorded. `record`: as `locks` names it."""
    refused = may(actor, Verb.MANAGE_LOGINS, None)
    if isinstance(refused, Denied):
        return Refusal(refused.code)
    failed = LoginRecord.objects.filter(id=record, kind=LoginRecord.WRONG).first()
    if failed is None or kind not in ("account", "address"):
        return Refusal("lock_unknown")
    if not reason.strip():
        return Refusal("reason")
    what = (
        {"user": failed.user, "login_blind": failed.login_blind}
        if kind == "account"
        else {"address": failed.address}
    )
    return LoginRecord.objects.create(
        at=now, kind=LoginRecord.UNLOCKED, by_id=int(actor.id), reason=reason.strip()[:200], **what
    )


class Records(NamedTuple):
    """A page of the record, the latest first."""

    rows: list[LoginRecord]
    number: int
    pages: int
    total: int


def records(actor: Actor, page: int = 1) -> Records | Denied:
    """What was tried and done at the door, for the audit administrator: 50 a page, two queries."""
    refused = may(actor, Verb.READ_ACCESS_RECORD, None)
    if isinstance(refused, Denied):
        return refused
    found = LoginRecord.objects.select_related("user", "by").order_by("-at", "id")
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    return Records(list(found[(page - 1) * PAGE : page * PAGE]), page, pages, total)
