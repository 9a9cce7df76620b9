"""The second factor 动态验证码: enrolling, accepting a code, recovery codes, and who must have one.

Source: GB/T 22239-2019 8.1.4.1 (two or more kinds of identification together, one of them by cryptography).
"""

import os
from base64 import b32encode
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from yifa.language.acts import Actor
from yifa.language.values import leaves
from yifa.people.models import LoginRecord, RecoveryCode, SecondFactor, User
from yifa.people.permissions import Denied, Verb, may
from yifa.people.roles import ADMINS, Power
from yifa.people.selectors import capacities
from yifa.people.services import Refusal
from yifa.platform import totp
from yifa.platform.crypto import blind_index
from yifa.registry import known, line

RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # 16 letters: too many to guess, so a keyed hash keeps them


class How(Enum):
    """What was accepted."""

    DEVICE = "device"
    RECOVERY = "recovery"


class Enrolment(NamedTuple):
    """What a device needs to know: the secret as text, the address for the QR code."""

    secret: str
    address: str


def confirmed(user: User) -> SecondFactor | None:
    """The account's second factor in use."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def begin(user: User, now: datetime, issuer: str) -> Enrolment | Refusal:
    """A new secret, or the one begun and not yet confirmed."""
    if confirmed(user):
        return Refusal("factor_there")
    fresh = {"secret": totp.text_of(os.urandom(totp.SECRET_BYTES)), "made_at": now}
    row, _ = SecondFactor.objects.get_or_create(user=user, defaults=fresh)
    return Enrolment(row.secret, totp.address(_secret(row), user.login, issuer))


@transaction.atomic
def confirm(user: User, password: str, text: str, now: datetime) -> tuple[str, ...] | Refusal:
    """In use from now on, once password and a first code prove that it works. The recovery codes, shown this once."""
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if row is None:
        return Refusal("factor_there")
    if not user.check_password(password):
        return Refusal("password_wrong")
    step = totp.matching(_secret(row), _tidy(text), now.timestamp())
    if step is None:
        return Refusal("code_wrong")
    row.confirmed_at, row.last_step = now, step
    row.save(update_fields=["confirmed_at", "last_step"])
    LoginRecord.objects.create(at=now, kind=LoginRecord.ENROLLED, user=user)
    return _recovery_codes(row)


def _recovery_codes(row: SecondFactor) -> tuple[str, ...]:
    codes = [b32encode(os.urandom(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    row.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=row, digest=_digest(row, code)) for code in codes)
    return tuple("-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes)


def _digest(row: SecondFactor, code: str) -> bytes:
    return blind_index("recovery_code", f"{row.pk}:{code}")


def _secret(row: SecondFactor) -> bytes:
    return totp.secret_of(row.secret)


def _tidy(text: str) -> str:
    return text.replace(" ", "").replace("-", "").upper()


@transaction.atomic
def accept(user: User, text: str, now: datetime) -> How | None:
    """Whether this is a code of the account now; each is good once."""
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if row is None:
        return None
    text = _tidy(text)
    step = totp.matching(_secret(row), text, now.timestamp(), row.last_step)
    if step is not None:
        SecondFactor.objects.filter(pk=row.pk).update(last_step=step)
        return How.DEVICE
    unused = row.recovery_codes.filter(digest=_digest(row, text), used_at=None)
    return How.RECOVERY if unused.update(used_at=now) else None


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are still good."""
    return RecoveryCode.objects.filter(factor__user=user, used_at=None).count()


@transaction.atomic
def remove(user: User, password: str, text: str, now: datetime) -> Refusal | None:
    """Give the second factor up (also: to enrol another device), proved by password and code."""
    if not user.check_password(password):
        return Refusal("password_wrong")
    if accept(user, text, now) is None:
        return Refusal("code_wrong")
    SecondFactor.objects.filter(user=user).delete()
    LoginRecord.objects.create(at=now, kind=LoginRecord.REMOVED, user=user)
    return None


@transaction.atomic
def reset(actor: Actor, login: str, reason: str, now: datetime) -> User | Refusal:
    """Take away a lost device's factor, by a security administrator, never one's own; the reason is recorded."""
    refused = may(actor, Verb.MANAGE_LOGINS, None)
    user = User.objects.filter(login__iexact=login.strip()).first()
    problems = (
        (isinstance(refused, Denied), "verb"), (user is None or confirmed(user) is None, "factor_missing"),
        (user is not None and actor.id == str(user.pk), "self_reset"), (not reason.strip(), "reason"),
    )  # fmt: skip
    code = next((code for wrong, code in problems if wrong), None)
    if code or user is None:
        return Refusal(code or "factor_missing")
    SecondFactor.objects.filter(user=user).delete()
    LoginRecord.objects.create(
        at=now, kind=LoginRecord.RESET, user=user, by_id=int(actor.id), reason=reason.strip()[:200]
    )
    return user


# ------------------------------------------------------------------------------ who must have one


def signing_roles() -> frozenset[str]:
    """Roles that decide in any line."""
    values = (action.decided_by for code in known() for action in line(code).actions)
    return frozenset(
        role for value in values for leaf in leaves(value) if isinstance(leaf, frozenset) for role in leaf
    )


def must_have(user: User, day: date) -> bool:
    """Whether the installation demands a second factor of this account (YIFA_SECOND_FACTOR)."""
    rule = settings.SECOND_FACTOR
    if rule == "everybody" or (rule != "voluntary" and Power(user.power) in ADMINS):
        return True
    return rule == "signers" and any(c.roles & signing_roles() for c in capacities(user, day))
