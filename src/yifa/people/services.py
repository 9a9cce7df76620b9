"""Changing people, and recording who looked. Refusals are values; a broken rule that slips by stops at the database."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from yifa.language.acts import Actor
from yifa.people import journal, permissions
from yifa.people.models import Access, Conflict, Membership, Organ, Substitution, User
from yifa.people.permissions import Allowed, CaseRef, Denied, Field, Verb, finds, may
from yifa.people.roles import ROLES, Power
from yifa.platform import clock
from yifa.platform.crypto import blind_index

MESSAGES = {
    "login_taken": "登录名已被使用",
    "login_form": "登录名须为2至60个字母、数字、汉字或者 . @ + - _",
    "name_form": "姓名须为1至60个字",
    "why": "须写明理由",
    "as_it_was": "账号已经是这一状态",
    "self_account": "不得停用、启用自己的账号或者重置自己的密码，请由另一名系统管理员办理",
    "password": "密码不符合要求",
    "role_unknown": "没有这个角色",
    "power": "系统、安全、审计管理员与业务人员的角色不得由同一账号兼任（三员分立）",
    "self_grant": "不得给自己授予角色或者安排代理",
    "self_end": "不得终止自己的任职，请由另一名安全管理员办理",
    "last_administrator": "全市须始终有人担任系统、安全、审计管理员，此人是最后一名，请先由他人任职",
    "period": "结束日期早于开始日期",
    "overlap": "该账号在该机构的同一角色已有重叠的任期",
    "organ_closed": "该机构在任期内尚未设立或者已经撤销",
    "not_held": "被代理人在代理期内不担任该角色",
    "authority": "须写明授权依据，不超过200字",
    "substituted": "同一人在该期间已经代理这一角色",
    "longer": "最后一天不得晚于原定的日期，需要延长的请另行办理",
    "substitution_unknown": "没有这项代理",
    "other_unknown": "没有代理人的账号",
    "reason": "须写明查看的事由",
    "conflict_target": "须指明案件、机关或者人员之一",
    "organ_unknown": "没有这个代码的机关",
    "held_unknown": "没有这项任职",
    "day": "日期须如 2024-02-06",
    "lock_unknown": "没有这项锁定，可能已经到期或者解除",
    "password_wrong": "密码不正确",
    "code_wrong": "验证码不正确或者已经用过，请等待下一个验证码再试",
    "factor_there": "本账号已经启用动态验证码",
    "factor_missing": "没有这个账号，或者该账号没有启用动态验证码",
    "self_reset": "不得重置自己的动态验证码，请由另一名安全管理员办理",
}


class Refusal(NamedTuple):
    """Why not: a code of MESSAGES (or of permissions.MESSAGES), and further ones if there are more reasons."""

    code: str
    also: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every reason."""
        return (self.code, *self.also)

    def __str__(self) -> str:
        texts = MESSAGES | permissions.MESSAGES
        return "；".join(texts[code] for code in self.codes)


def refusal(codes: Iterable[str]) -> Refusal | None:
    """All reasons at once; None if there is none."""
    found = tuple(dict.fromkeys(codes))
    return Refusal(found[0], found[1:]) if found else None


NAME = 60  # letters of a name


class FieldRef(NamedTuple):
    """A masked value: its case, its name, its class, and how to read it once that is allowed and recorded."""

    case: CaseRef
    name: str
    kind: Field
    read: Callable[[], str]


class Shown(NamedTuple):
    """A value shown whole, and the number of the record that says so."""

    value: str
    record: int


def create_user(
    actor: Actor, login: str, display_name: str, password: str | None = None, power: Power = Power.BUSINESS
) -> User | Refusal:
    """A new account, by a system administrator. Without a password it cannot log in with one (single sign-on)."""
    refused = may(actor, Verb.MANAGE_ACCOUNTS, None)
    if isinstance(refused, Denied):
        return Refusal(refused.code)
    return add_user(login, display_name, password, power, int(actor.id))


@transaction.atomic
def add_user(
    login: str, display_name: str, password: str | None = None, power: Power = Power.BUSINESS, by: int | None = None
) -> User | Refusal:  # fmt: skip
    """The same without an actor: for setting up a city and its first three administrators."""
    user = User(login=login.strip(), display_name=display_name.strip(), power=power)
    refused = refusal((*_account_problems(user), *_password_problems(user, password)))
    if refused:
        return refused
    user.set_password(password)
    user.save()
    journal.note("user", user, "add", by)
    return user


def _account_problems(user: User) -> Iterator[str]:
    if not re.fullmatch(r"[\w.@+-]{2,60}", user.login):
        yield "login_form"
    if not 0 < len(user.display_name) <= NAME:
        yield "name_form"
    if User.objects.filter(login__iexact=user.login).exists():
        yield "login_taken"


def _password_problems(user: User, password: str | None) -> Iterator[str]:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError:
            yield "password"


def disable(actor: Actor, user: User, reason: str) -> User | Refusal:
    """The account can no longer be used, by a system administrator and never one's own; what it did stays."""
    return _switch(actor, user, reason, on=False)


def enable(actor: Actor, user: User, reason: str) -> User | Refusal:
    """A disabled account can be used again."""
    return _switch(actor, user, reason, on=True)


@transaction.atomic
def _switch(actor: Actor, user: User, reason: str, on: bool) -> User | Refusal:
    user = User.objects.select_for_update().get(pk=user.pk)
    refused = refusal((*_not_by(actor, user), *(() if reason.strip() else ("why",)),
                       *(("as_it_was",) if user.is_active is on else () if on else _last_of(user))))  # fmt: skip
    if refused:
        return refused
    user.is_active = on
    user.save(update_fields=["is_active"])
    journal.note("user", user, "enable" if on else "disable", int(actor.id), reason.strip())
    return user


def _not_by(actor: Actor, user: User) -> Iterator[str]:
    """Why this actor may not manage this account."""
    refused = may(actor, Verb.MANAGE_ACCOUNTS, None)
    if isinstance(refused, Denied):
        yield refused.code
    if actor.id == str(user.pk):
        yield "self_account"


def _last_of(user: User) -> Iterator[str]:
    """That nobody else would be an administrator of this one's kind from today on."""
    today = clock.today()
    held = user.memberships.exclude(power=Power.BUSINESS).exclude(valid_to__lt=today)
    if not all(_goes_on(each, max(today, each.valid_from)) for each in held):
        yield "last_administrator"


@transaction.atomic
def reset_password(actor: Actor, user: User, password: str) -> User | Refusal:
    """Another password, by a system administrator and never one's own. The second factor of the account stays as it is."""
    user = User.objects.select_for_update().get(pk=user.pk)
    refused = refusal((*_not_by(actor, user), *_password_problems(user, password)))
    if refused:
        return refused
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.note("user", user, "password", int(actor.id))
    return user


def grant(
    actor: Actor, user: User, organ: Organ, role: str, start: date, end: date | None = None
) -> Membership | Refusal:
    """A role in an organ for a time, by a security administrator and never to oneself."""
    refused = may(actor, Verb.GRANT_ROLES, None)
    if isinstance(refused, Denied):
        return Refusal(refused.code)
    if actor.id == str(user.pk):
        return Refusal("self_grant")
    return add_membership(user, organ, role, start, end, granted_by=int(actor.id))


@transaction.atomic
def add_membership(
    user: User, organ: Organ, role: str, start: date, end: date | None = None, granted_by: int | None = None
) -> Membership | Refusal:
    """The same without an actor: for setting up a city and its first three administrators."""
    User.objects.select_for_update().get(pk=user.pk)  # two grants to one account come one after the other
    refused = refusal(membership_problems(user, organ, role, start, end))
    if refused:
        return refused
    made = Membership.objects.create(
        user=user,
        power=user.power,
        organ=organ,
        role=role,
        valid_from=start,
        valid_to=end,
        granted_by_id=granted_by,
    )
    journal.note("membership", made, "grant", granted_by)
    return made


def membership_problems(user: User, organ: Organ, role: str, start: date, end: date | None) -> Iterator[str]:
    """Why this role cannot be held there for this time; all reasons."""
    if role not in ROLES:
        yield "role_unknown"
    elif ROLES[role].power != user.power:
        yield "power"
    if organ.valid_from > start or (organ.valid_to and (end is None or end > organ.valid_to)):
        yield "organ_closed"
    if end is not None and end < start:
        yield "period"
    elif _held(user, organ, role, start, end).exists():
        yield "overlap"


def _held(user: User, organ: Organ, role: str, start: date, end: date | None) -> QuerySet[Membership]:
    """The same role in the same organ at some day of this time."""
    held = Membership.objects.filter(user=user, organ=organ, role=role).exclude(valid_to__lt=start)
    return held.filter(valid_from__lte=end) if end else held


def end_membership(actor: Actor, membership: Membership, end: date) -> Membership | Refusal:
    """The last day of a role; the row stays, because what was done in the role stays. A role that has not begun and ends
    before it would is taken back.
    """
    denied = may(actor, Verb.GRANT_ROLES, None)
    if isinstance(denied, Denied):
        return Refusal(denied.code)
    with transaction.atomic():
        refused = refusal(_not_ended(actor, membership, end))
        if refused:
            return refused
        close("membership", membership, end, int(actor.id))
    return membership


def close(kind: str, row: Membership | Substitution, last: date, by: int) -> None:
    """End what somebody holds, or take it back if it never came to be; on record."""
    if last < row.valid_from:
        journal.note(kind, row, journal.REVOKED, by)
        row.delete()
        return
    row.valid_to = last
    row.save(update_fields=["valid_to"])
    journal.note(kind, row, "end", by)


def has_begun(row: Membership | Substitution) -> bool:
    """Whether its first day has come."""
    return row.valid_from <= clock.today()


def _not_ended(actor: Actor, membership: Membership, end: date) -> Iterator[str]:
    if actor.id == str(membership.user_id):
        yield "self_end"
    after = max(end + timedelta(days=1), membership.valid_from)
    if end < membership.valid_from and has_begun(membership):
        yield "period"
    elif membership.valid_to and end > membership.valid_to:
        yield "longer"
    elif membership.power != Power.BUSINESS and not _goes_on(membership, after):
        yield "last_administrator"


def _goes_on(membership: Membership, after: date) -> bool:
    """Whether somebody else has the same administrator's role from that day on, for as long as this one would have had it."""
    others = Membership.objects.select_for_update().filter(role=membership.role, user__is_active=True)
    others = others.exclude(user=membership.user_id).filter(valid_from__lte=after)
    until = Q(valid_to=None) | (Q(valid_to__gte=membership.valid_to) if membership.valid_to else Q(pk__in=()))
    return others.filter(until).exists()


def declare_conflict(
    user: User,
    ground: str,
    now: datetime,
    case: str | None = None,
    organ: Organ | None = None,
    id_number: str | None = None,
) -> Conflict | Refusal:
    """An official's own declaration that they must stay out of a case, an organ's cases or a person's."""
    if sum(target is not None for target in (case, organ, id_number)) != 1:
        return Refusal("conflict_target")
    with transaction.atomic():
        made = Conflict.objects.create(
            user=user, ground=ground, declared_at=now, case=case, organ=organ, person_id_number=id_number
        )
        journal.note("conflict", made, "declare", user.pk)
    return made


@transaction.atomic
def withdraw_conflict(conflict: Conflict, now: datetime) -> None:
    """The ground has gone; the declaration stays on record."""
    conflict.withdrawn_at = now
    conflict.save(update_fields=["withdrawn_at"])
    journal.note("conflict", conflict, "withdraw", conflict.user_id)


def record_opening(
    actor: Actor, case: CaseRef, now: datetime, reason: str = "", instead_of: int | None = None
) -> Allowed | Denied:
    """Whether the file may be opened; if so, that it was is recorded before anything is shown.

    Not to be called inside another transaction: what undoes the record must not leave the look (raises RuntimeError).
    """
    allowed = may(actor, Verb.OPEN, case)
    if isinstance(allowed, Allowed):
        _record(actor, case, now, Access.OPEN, reason=reason, instead_of=instead_of)
    return allowed


def record_search(
    actor: Actor, kind: str, value: str, now: datetime, instead_of: int | None = None
) -> Allowed | Denied:
    """Whether cases may be looked for by a person's data; if so, that they were is recorded before anything is shown.

    The value is kept as its blind index only. Like `record_opening`, not to be called inside another transaction.
    """
    if not finds(actor):
        return Denied("verb")
    with transaction.atomic(durable=True):
        Access.objects.create(
            at=now, actor_id=int(actor.id), organ=actor.organ or "", instead_of_id=instead_of, kind=Access.SEARCH,
            field=kind, blind=blind_index(kind, value),
        )  # fmt: skip
    return Allowed(None)


def unmask(
    actor: Actor, ref: FieldRef, reason: str, now: datetime, instead_of: int | None = None
) -> Shown | Denied | Refusal:
    """The whole value of a masked field: allowed, reasoned, recorded, and only then read."""
    allowed = may(actor, Verb.UNMASK, ref.case, ref.kind)
    if isinstance(allowed, Denied):
        return allowed
    if not reason.strip():
        return Refusal("reason")
    record = _record(actor, ref.case, now, Access.UNMASK, ref.name, reason.strip(), instead_of)
    return Shown(ref.read(), record)


def _record(
    actor: Actor, case: CaseRef, now: datetime, kind: str, field: str = "", reason: str = "",
    instead_of: int | None = None,
) -> int:  # fmt: skip
    with transaction.atomic(durable=True):
        row = Access.objects.create(
            at=now, actor_id=int(actor.id), organ=actor.organ or "", instead_of_id=instead_of, case=case.id,
            kind=kind, field=field, reason=reason,
        )  # fmt: skip
    return int(row.pk)
